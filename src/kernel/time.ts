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

// Four digits for every year: text order stays time order, and PostgreSQL, which has no year 0, reads all of them.
const firstDay = '1000-01-01' as LocalDate
const lastDay = '9999-12-31' as LocalDate
const firstMillis = Date.parse(`${firstDay}T00:00:00.000Z`)
const lastMillis = Date.parse(`${lastDay}T23:59:59.999Z`)

const withinCalendar = (millis: number): Date =>
  new Date(Number.isNaN(millis) ? lastMillis : Math.min(Math.max(millis, firstMillis), lastMillis))

/** The day of a moment in UTC. Reckoning that leads out of the calendar stops at its first or last day. */
export const utcDay = (millis: number): LocalDate => withinCalendar(millis).toISOString().slice(0, 10) as LocalDate

/** Reads ISO 8601 with a time, `2026-03-31T12:00:00Z`; null when it is none, or of a year before 1000 or after 9999. */
export function parseInstant(text: string): Instant | null {
  const millis = /^\d{4}-\d{2}-\d{2}T/.test(text) ? Date.parse(text) : Number.NaN
  return millis >= firstMillis && millis <= lastMillis ? (new Date(millis).toISOString() as Instant) : null
}

/** Reads `YYYY-MM-DD`; null when it is not a day of the calendar, or of a year before 1000. */
export function parseDate(text: string): LocalDate | null {
  if (!datePattern.test(text) || text < firstDay) return null
  const date = new Date(`${text}T00:00:00.000Z`)
  return Number.isNaN(date.getTime()) || date.toISOString().slice(0, 10) !== text ? null : (text as LocalDate)
}

/** The day `days` after `date` (before, when negative). */
export function addDays(date: LocalDate, days: number): LocalDate {
  const moved = new Date(`${date}T00:00:00.000Z`)
  return utcDay(moved.setUTCDate(moved.getUTCDate() + days))
}

/** The last millisecond of a day in a time zone: what “as of 31 March” means. */
export function endOfDay(date: LocalDate, timeZone: string): Instant {
  const nextMidnightUtc = Date.parse(`${date}T00:00:00.000Z`) + 86_400_000
  // The zone's offset is looked up twice: once near the target and once at it, for days on which clocks change.
  let at = nextMidnightUtc
  for (let i = 0; i < 2; i++) at = nextMidnightUtc - offsetAt(at, timeZone)
  return withinCalendar(at - 1).toISOString() as Instant
}

const offsetAt = (millis: number, timeZone: string): number =>
  wallClockAt(millis, timeZone) - Math.floor(millis / 1000) * 1000

/** What a clock on the wall of a time zone shows at a moment, to the second, as if it were UTC: milliseconds. */
export function wallClockAt(millis: number, timeZone: string): number {
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
  return Date.UTC(get('year'), get('month') - 1, get('day'), get('hour'), get('minute'), get('second'))
}
