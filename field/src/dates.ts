/** How many midnights lie between two moments, on this phone's calendar. */
export function daysApart(time: Date, now: Date): number {
  const midnight = (at: Date) => new Date(at.getFullYear(), at.getMonth(), at.getDate()).getTime()
  return Math.round((midnight(time) - midnight(now)) / 86_400_000)
}
