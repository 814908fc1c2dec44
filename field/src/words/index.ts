/** The words of the language in use; English is loaded only by those who read it. */
import { computed, shallowRef } from 'vue'
import zh from './zh'

export type Words = typeof zh
export type Language = 'zh' | 'en'

const KEY = 'fengchao.language'
const words = shallowRef<Words>(zh)

export const w = computed(() => words.value)
export const language = computed<Language>(() => (words.value === zh ? 'zh' : 'en'))

export async function speak(next: Language): Promise<void> {
  words.value = next === 'zh' ? zh : (await import('./en')).default
  localStorage.setItem(KEY, next)
  document.documentElement.lang = next === 'zh' ? 'zh-Hans' : 'en'
  document.title = words.value.app
}

export function remembered(): Language {
  return localStorage.getItem(KEY) === 'en' ? 'en' : 'zh'
}
