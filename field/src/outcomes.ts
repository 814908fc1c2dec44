/** How an outcome looks: always a shape as well as a colour, for bright sun and for those who see no red. */
import type { IconName } from './parts/icons'
import type { Outcome } from './protocol'
import type { Language } from './words'

const ICONS: Record<string, IconName> = {
  met: 'check', by_phone: 'phone', nobody_home: 'away', refused: 'stop', vacant: 'empty', wrong_address: 'wrong',
}

export const iconOf = (code: string): IconName => ICONS[code] ?? 'dot'
export const nameOf = (outcome: Outcome, language: Language) => outcome[language] || outcome.zh

export function find(outcomes: Outcome[], code: string | null): Outcome | undefined {
  return outcomes.find((outcome) => outcome.code === code)
}
