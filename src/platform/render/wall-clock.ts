import { parseDate } from '#kernel/time.ts'
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
  const parts = new Intl.DateTimeFormat('en-CA', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
  }).formatToParts(new Date(text))
  const part = (type: Intl.DateTimeFormatPartTypes): number => Number(parts.find((p) => p.type === type)?.value)
  return new Date(Date.UTC(part('year'), part('month') - 1, part('day'), part('hour'), part('minute'), part('second')))
}
