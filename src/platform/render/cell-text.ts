import { dateAt, type Instant, parseDate } from '#kernel/time.ts'
import { type Cell, type ColumnKind, isBadge, isNoted, type ReportMeta } from './report.ts'

/**
 * The text of a cell as people read it, the same in every format: a badge is its word, a list has one item per line.
 * Numbers and dates are written in the report's language, moments in its zone: “31 Mar 2026, 14:05”, „31.03.2026, 14:05“.
 */
export function cellText(cell: Cell | undefined, kind: ColumnKind, meta: ReportMeta): string {
  if (cell === undefined || cell === null) return ''
  if (typeof cell === 'number') return Number.isFinite(cell) ? numberFormat(meta.language).format(cell) : ''
  if (typeof cell === 'string') return kind === 'date' ? dateText(cell, meta) : cleanText(cell)
  if (isBadge(cell)) return cleanText(cell.text)
  if (isNoted(cell)) return [cell.text, cell.noted].filter(Boolean).map(cleanText).join('\n')
  return cell.map((item) => cleanText(item).replaceAll('\n', ' ')).join('\n')
}

/** Whether a text is a moment (rather than a day or anything else). */
export const isInstant = (text: string): text is Instant =>
  /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/.test(text) && !Number.isNaN(Date.parse(text))

/** The text of a cell for programs: as `cellText`, but a day is `2026-03-31`, a moment `2026-03-31 14:05` in the report's zone. */
export function plainCellText(cell: Cell | undefined, kind: ColumnKind, meta: ReportMeta): string {
  if (kind !== 'date' || typeof cell !== 'string') return cellText(cell, kind, meta)
  if (!isInstant(cell)) return cleanText(cell)
  const zone = zoneOf(meta)
  return `${dateAt(cell, zone)} ${timeFormat(zone).format(new Date(cell))}`
}

/** A day as tables and lists of a language write it: “31 Mar 2026”, „31.03.2026“; other text stays. It never breaks. */
export function dayText(day: string, language: string): string {
  return parseDate(day) === null
    ? cleanText(day)
    : unbroken(dayFormat(language).format(new Date(`${day}T12:00:00.000Z`)))
}

function dateText(text: string, meta: ReportMeta): string {
  if (!isInstant(text)) return dayText(text, meta.language)
  const format = { dateStyle: 'medium', timeStyle: 'short', timeZone: zoneOf(meta) } as const
  return unbroken(new Intl.DateTimeFormat(dateLocale(meta.language), format).format(new Date(text)))
}

const unbroken = (text: string): string => text.replaceAll(' ', '\u00a0')

/** A moment or day as a sentence carries it: “31 March 2026” or “31 March 2026 at 14:05 UTC”. */
export function momentText(moment: string, meta: ReportMeta): string {
  const day = !isInstant(moment)
  const at = new Date(day ? `${moment}T12:00:00.000Z` : moment)
  if (Number.isNaN(at.getTime())) return cleanText(moment)
  const date = { year: 'numeric', month: 'long', day: 'numeric', timeZone: day ? 'UTC' : zoneOf(meta) } as const
  const time = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23', timeZoneName: 'short' } as const
  return new Intl.DateTimeFormat(dateLocale(meta.language), day ? date : { ...date, ...time }).format(at)
}

/**
 * Text every format can carry: line ends are `\n`, control characters and halves of surrogate pairs (XML and Typst
 * refuse them) become nothing or U+FFFD. Everything else stays exactly as it was typed.
 */
export function cleanText(text: string): string {
  return unsafe.test(text) ? text.replace(lineEnds, '\n').replace(controls, '').toWellFormed() : text
}

const lineEnds = /\r\n?|[\u0085\u2028\u2029]/g
// oxlint-disable-next-line no-control-regex -- removing control characters is the point
const controls = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\ufffe\uffff]/g
// oxlint-disable-next-line no-control-regex -- as above
const unsafe = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u2028\u2029\ud800-\udfff\ufffe\uffff]/

/** The language as Intl takes it; English where it is not a BCP 47 tag. */
export function localeOf(language: string): Intl.Locale {
  try {
    return new Intl.Locale(language)
  } catch {
    return new Intl.Locale('en')
  }
}

/** English dates as the doc comment above writes them, day first, where the language names no country. */
const dateLocale = (language: string): Intl.Locale =>
  language === 'en' ? new Intl.Locale('en-GB') : localeOf(language)

const zoneOf = (meta: ReportMeta): string => meta.timeZone ?? 'UTC'

// Making a formatter costs more than formatting a hundred values with it.
const numberFormat = remember(
  (language) => new Intl.NumberFormat(localeOf(language), { maximumFractionDigits: 6, useGrouping: true }),
)
const dayFormat = remember(
  (language) => new Intl.DateTimeFormat(dateLocale(language), { dateStyle: 'medium', timeZone: 'UTC' }),
)
const timeFormat = remember(
  (timeZone) => new Intl.DateTimeFormat('en-GB', { timeZone, hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }),
)

function remember<T>(make: (key: string) => T): (key: string) => T {
  const known = new Map<string, T>()
  return (key) => {
    const value = known.get(key) ?? make(key)
    known.set(key, value)
    return value
  }
}
