import { parseDate, wallClockAt } from '#kernel/time.ts'
import { isInstant } from './cell-text.ts'

/**
 * A day or moment as a spreadsheet stores it: a date whose UTC fields are what a clock on the wall of the zone shows.
 * Null when the text is neither.
 */
export function wallClock(text: string, timeZone: string): Date | null {
  if (!isInstant(text)) {
    const day = parseDate(text)
    return day === null ? null : new Date(`${day}T00:00:00.000Z`)
  }
  return new Date(wallClockAt(Date.parse(text), timeZone))
}
