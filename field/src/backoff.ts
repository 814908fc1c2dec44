/** Waiting between tries: doubling, capped, and spread out so that a street of phones does not knock together. */

const FIRST_MS = 2_000
const LONGEST_MS = 5 * 60_000

export function backoff(failures: number, random: () => number = Math.random): number {
  const ceiling = Math.min(LONGEST_MS, FIRST_MS * 2 ** Math.min(failures, 16))
  return Math.round(ceiling / 2 + (random() * ceiling) / 2)
}
