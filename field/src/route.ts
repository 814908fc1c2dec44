/** Which screen: the address after the hash, so that the phone's own back button works and one file serves all. */
import { computed, nextTick, ref } from 'vue'

export type Screen = 'today' | 'building' | 'door' | 'search' | 'me'
export interface Route { screen: Screen; id: string }

const SCREENS: readonly string[] = ['today', 'building', 'door', 'search', 'me']

export function parse(hash: string): Route {
  const [, screen = '', id = ''] = hash.split('/')
  return SCREENS.includes(screen) ? { screen: screen as Screen, id: decodeURIComponent(id) } : { screen: 'today', id: '' }
}

const hash = ref(typeof location === 'undefined' ? '' : location.hash)
export const route = computed(() => parse(hash.value))

export const link = (screen: Screen, id = '') => `#/${screen}${id && `/${encodeURIComponent(id)}`}`

export function go(screen: Screen, id = ''): void {
  location.hash = link(screen, id)
}

/** The next door takes the place of this one: "back" returns to the list, not through every door knocked. */
export function replace(screen: Screen, id = ''): void {
  location.replace(link(screen, id))
}

export function back(): void {
  if (history.length > 1) history.back()
  else go('today')
}

/** Where each list was left; a door always opens at its top. */
const places = new Map<string, number>()

function moved(): void {
  places.set(hash.value, scrollY)
  hash.value = location.hash
  const { screen } = route.value
  const top = screen === 'door' || screen === 'me' ? 0 : (places.get(hash.value) ?? 0)
  void nextTick(() => scrollTo(0, top))
}

if (typeof window !== 'undefined') {
  history.scrollRestoration = 'manual'
  window.addEventListener('hashchange', moved)
}
