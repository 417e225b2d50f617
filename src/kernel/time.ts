declare const instantBrand: unique symbol
declare const dateBrand: unique symbol

/** A moment in UTC with millisecond precision, ISO 8601: `2026-03-31T22:00:00.000Z`. Text order is time order. */
export type Instant = string & { readonly [instantBrand]: true }

/** A calendar day without a zone: `2026-03-31`. */
export type LocalDate = string & { readonly [dateBrand]: true }

/** The clock rules and use-cases are given; tests and the demo organization move it. */
export type Clock = () => Instant

export const systemClock: Clock = () => new Date().toISOString() as Instant

/** The calendar day an instant falls on in a time zone (IANA name). */
export function dateAt(instant: Instant, timeZone: string): LocalDate {
  return dayFormat(timeZone).format(new Date(instant)) as LocalDate
}

// Making a format costs as much as a hundred uses of it, and registers ask for thousands of days.
const dayFormats = new Map<string, Intl.DateTimeFormat>()

function dayFormat(timeZone: string): Intl.DateTimeFormat {
  const known = dayFormats.get(timeZone)
  if (known) return known
  const made = new Intl.DateTimeFormat('en-CA', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' })
  dayFormats.set(timeZone, made)
  return made
}

const datePattern = /^(\d{4})-(\d{2})-(\d{2})$/

/** Reads `YYYY-MM-DD`; null when it is not a day of the calendar. */
export function parseDate(text: string): LocalDate | null {
  if (!datePattern.test(text)) return null
  const date = new Date(`${text}T00:00:00.000Z`)
  return Number.isNaN(date.getTime()) || date.toISOString().slice(0, 10) !== text ? null : (text as LocalDate)
}

/** The day `days` after `date` (before, when negative). */
export function addDays(date: LocalDate, days: number): LocalDate {
  const moved = new Date(`${date}T00:00:00.000Z`)
  moved.setUTCDate(moved.getUTCDate() + days)
  return moved.toISOString().slice(0, 10) as LocalDate
}

/** The last millisecond of a day in a time zone: what “as of 31 March” means. */
export function endOfDay(date: LocalDate, timeZone: string): Instant {
  const nextMidnightUtc = new Date(`${addDays(date, 1)}T00:00:00.000Z`).getTime()
  // The zone's offset is looked up twice: once near the target and once at it, for days on which clocks change.
  let at = nextMidnightUtc
  for (let i = 0; i < 2; i++) at = nextMidnightUtc - offsetAt(at, timeZone)
  return new Date(at - 1).toISOString() as Instant
}

function offsetAt(millis: number, timeZone: string): number {
  const parts = new Intl.DateTimeFormat('en-US', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  }).formatToParts(new Date(millis))
  const get = (type: Intl.DateTimeFormatPartTypes): number => Number(parts.find((p) => p.type === type)?.value)
  const asUtc = Date.UTC(get('year'), get('month') - 1, get('day'), get('hour'), get('minute'), get('second'))
  return asUtc - Math.floor(millis / 1000) * 1000
}
