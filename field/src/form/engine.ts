/**
 * A questionnaire at work. The logic (relevance, constraints, calculations, repeats, translations) is ODK's engine;
 * this folder is the only one that knows it, and is loaded only when a questionnaire opens.
 */
import { createInstance, type GeneralChildNode, type RootNode } from '@getodk/xforms-engine'
import { reactive } from 'vue'
import type { Answer, Answers } from '../protocol'

export type Node = GeneralChildNode
export type { RootNode }

export async function openForm(xform: string, language: string): Promise<RootNode> {
  const { root } = await createInstance(xform, {
    form: { fetchFormAttachment: () => Promise.reject(new Error('forms carry no attachments')), missingResourceBehavior: 'BLANK' },
    instance: { stateFactory: reactive },
  })
  speakForm(root, language)
  return root
}

/** Chooses the form's translation for `zh` or `en`: named "中文 (zh)" by convention, or by the language alone. */
export function speakForm(root: RootNode, language: string): void {
  const names = language === 'zh' ? /\bzh\b|中文|汉语|chinese/i : /\ben\b|english|英/i
  for (const offered of root.languages) {
    if (!offered.isSyntheticDefault && names.test(offered.language)) return void root.setLanguage(offered)
  }
}

export const nameOf = (node: Node) => node.currentState.reference.split('/').pop()!.replace(/\[\d+\]$/, '')

/** Answers by name: groups are laid flat, a repeat is a list, a question nobody was asked is absent. */
export function answersOf(children: readonly Node[]): Answers {
  const answers: Answers = {}
  for (const node of children) {
    if (!node.currentState.relevant) continue
    switch (node.nodeType) {
      case 'group':
        if (nameOf(node) !== 'meta') Object.assign(answers, answersOf(node.currentState.children))
        break
      case 'repeat-range:controlled':
      case 'repeat-range:uncontrolled':
        answers[nameOf(node)] = node.currentState.children
          .map((one: { currentState: { children: readonly Node[] } }) => answersOf(one.currentState.children))
        break
      case 'note':
        break
      default: {
        const value = plain(node.currentState.value)
        if (value !== null) answers[nameOf(node)] = node.nodeType === 'select' ? chosen(node.selectType, value) : value
      }
    }
  }
  return answers
}

const chosen = (type: string, value: Answer): Answer => (type === 'select1' && Array.isArray(value) ? value[0]! : value)

/** The engine's values as JSON: whole numbers are bigints there, dates are objects that print as ISO 8601. */
function plain(value: unknown): Answer {
  if (value === null || value === undefined || value === '') return null
  if (typeof value === 'bigint') return Number(value)
  if (typeof value === 'number') return value
  if (Array.isArray(value)) return value.length ? value.map(String) : null
  if (value instanceof File) return value.name
  return String(value)
}

export function photoOf(children: readonly Node[]): File | null {
  for (const node of children) {
    if (!node.currentState.relevant) continue
    const inner = node.currentState.children as readonly Node[] | null
    const found = node.nodeType === 'upload' ? node.currentState.value : inner && photoOf(inner)
    if (found) return found
  }
  return null
}
