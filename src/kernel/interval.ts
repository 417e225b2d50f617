import { addDays, type LocalDate, utcDay } from './time.ts'

/** How often something is due: every 3 months, every 2 weeks. The organization's own choice, never a standard's. */
export interface Interval {
  /** A whole number from 1. */
  readonly every: number
  readonly unit: 'day' | 'week' | 'month' | 'year'
}

/**
 * The day one interval after `date` (before it, with a negative `times`). Months and years keep the day of the month, or
 * take the last one where it is missing: a month after 31 January is 28 or 29 February.
 */
export function addInterval(date: LocalDate, { every, unit }: Interval, times = 1): LocalDate {
  const count = every * times
  switch (unit) {
    case 'day':
      return addDays(date, count)
    case 'week':
      return addDays(date, 7 * count)
    case 'month':
      return addMonths(date, count)
    case 'year':
      return addMonths(date, 12 * count)
  }
}

function addMonths(date: LocalDate, months: number): LocalDate {
  const moved = new Date(`${date}T00:00:00.000Z`)
  const day = moved.getUTCDate()
  moved.setUTCDate(1)
  moved.setUTCMonth(moved.getUTCMonth() + months)
  const lastDay = new Date(Date.UTC(moved.getUTCFullYear(), moved.getUTCMonth() + 1, 0)).getUTCDate()
  return utcDay(moved.setUTCDate(Math.min(day, lastDay)))
}

/** Days from one day to another; negative when the second comes first. */
export function daysBetween(from: LocalDate, to: LocalDate): number {
  return Math.round((Date.parse(`${to}T00:00:00.000Z`) - Date.parse(`${from}T00:00:00.000Z`)) / 86_400_000)
}
