import { type Instant, type LocalDate, utcDay } from '#kernel/time.ts'

/** The same day `months` later, or the last day of that month when it is shorter: 31 January + 1 = 28 or 29 February. */
export function addMonths(date: LocalDate, months: number): LocalDate {
  const year = Number(date.slice(0, 4))
  const month = Number(date.slice(5, 7)) - 1 + months
  const lastDay = new Date(Date.UTC(year, month + 1, 0)).getUTCDate()
  const day = Math.min(Number(date.slice(8, 10)), lastDay)
  return utcDay(Date.UTC(year, month, day))
}

/** The latest of several moments; null when there is none. */
export function latest(moments: readonly (Instant | null)[]): Instant | null {
  let last: Instant | null = null
  for (const moment of moments) if (moment !== null && (last === null || moment > last)) last = moment
  return last
}
