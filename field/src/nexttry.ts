/** When to knock again: a few plain choices, the likeliest first. */

export type Choice = 'best' | 'tonight' | 'tomorrow' | 'tomorrow_night' | 'weekend'
export interface NextTry { choice: Choice; at: Date }

const EVENING = 19
const MORNING = 9

function at(now: Date, days: number, hour: number): Date {
  return new Date(now.getFullYear(), now.getMonth(), now.getDate() + days, hour)
}

export function nextTries(now: Date, bestHour: number | null): NextTry[] {
  const soon = new Date(now.getTime() + 30 * 60_000)
  const saturday = (6 - now.getDay() + 7) % 7 || 7
  const choices: NextTry[] = [
    { choice: 'tonight', at: at(now, 0, EVENING) },
    { choice: 'tomorrow', at: at(now, 1, MORNING) },
    { choice: 'tomorrow_night', at: at(now, 1, EVENING) },
    { choice: 'weekend', at: at(now, saturday, 10) },
  ]
  if (bestHour !== null) {
    const next = [0, 1, 2].map((days) => at(now, days, bestHour)).find((time) => time > soon)
    if (next) choices.unshift({ choice: 'best', at: next })
  }
  const seen = new Set<number>()
  return choices.filter(({ at: time }) => time > soon && !seen.has(+time) && seen.add(+time))
}
