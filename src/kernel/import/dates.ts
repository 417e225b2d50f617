import type { Cell } from '../import.ts'
import { addDays, type LocalDate, parseDate } from '../time.ts'
import { fold, isNothing } from './text.ts'

/** What a date cell says. `note`: it was the end of a span, or the bare number of a day. */
export type ReadDate =
  | { readonly kind: 'date'; readonly date: LocalDate; readonly note: 'span' | 'serial' | null }
  | { readonly kind: 'recurring' }
  | { readonly kind: 'none' }
  | { readonly kind: 'ambiguous'; readonly dmy: LocalDate; readonly mdy: LocalDate }
  | { readonly kind: 'unreadable' }

const months: Readonly<Record<string, number>> = Object.fromEntries(
  [
    'jan januar january jaenner',
    'feb februar february feber',
    'mar maerz march mrz mae',
    'apr april',
    'may mai',
    'jun juni june',
    'jul juli july',
    'aug august',
    'sep sept september',
    'oct okt oktober october',
    'nov november',
    'dec dez dezember december',
  ].flatMap((names, index) => names.split(' ').map((name) => [name, index + 1])),
)

const recurringWords =
  /^(?:recurring|ongoing|on going|continuous|continuously|continual|rolling|permanent|regular|regularly|periodic|periodically|daily|weekly|biweekly|monthly|bi monthly|quarterly|half yearly|semi annual(?:ly)?|biannual(?:ly)?|annual|annually|yearly|fortlaufend|laufend|dauerhaft|kontinuierlich|staendig|regelmaessig|wiederkehrend|turnusmaessig|taeglich|woechentlich|monatlich|quartalsweise|vierteljaehrlich|halbjaehrlich|jaehrlich|every .+|jede[rsn]? .+|alle \d+ .+)$/u

/** A day of the calendar between 1950 and 2150; a year of two digits is one of the nearest hundred. */
function dayOf(year: string | number | undefined, month: number, day: number): LocalDate | null {
  const value = Number(year)
  const full = String(year).length === 2 ? (value < 70 ? 2000 + value : 1900 + value) : value
  if (full < 1950 || full > 2150) return null
  return parseDate(`${full}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`)
}

function endOfMonth(year: string | undefined, month: number): LocalDate | null {
  const first = dayOf(year, month, 1)
  return first && addDays(`${addDays(first, 31).slice(0, 7)}-01` as LocalDate, -1)
}

/** First or last day of a span of months; a due date given as `Q4-2026` is meant to its end, a start to its beginning. */
function span(year: string | undefined, from: number, to: number, edge: 'start' | 'end'): ReadDate {
  if (from < 1 || to > 12) return { kind: 'unreadable' }
  const date = edge === 'start' ? dayOf(year, from, 1) : endOfMonth(year, to)
  if (!date) return { kind: 'unreadable' }
  return { kind: 'date', date, note: 'span' }
}

/** Day 0 of the serial numbers spreadsheets count days with (1900 system, with its invented 29 February 1900). */
export function dateOfSerial(serial: number, date1904 = false): LocalDate | null {
  const days = Math.floor(serial) + (date1904 ? 1462 : 0)
  if (days < 61 || days > 91_000) return null
  return addDays('1899-12-30' as LocalDate, days)
}

const exact = (date: LocalDate | null): ReadDate => (date ? { kind: 'date', date, note: null } : { kind: 'unreadable' })

/**
 * Reads a date as people write it in registers: `2026-02-01`, `01.02.2026`, `1/2/26`, `1 Feb 2026`, `Februar 2026`,
 * `02/2026`, `Q4-2026`, `H1 2026`, `2026`, words for “recurring”, or a date cell.
 * @param order which of day and month comes first in `03/04/26`; null reports such a date as ambiguous
 * @param edge which end of a quarter, month or year is meant
 */
export function readDate(cell: Cell, order: 'dmy' | 'mdy' | null, edge: 'start' | 'end'): ReadDate {
  if (cell.date) return exact(cell.date)
  const text = cell.text.trim()
  if (isNothing(text)) return { kind: 'none' }
  // No way to write a date is longer; a cell may hold a whole document.
  if (text.length > 200) return { kind: 'unreadable' }
  if (cell.number !== undefined && cell.number > 20_000 && cell.number < 80_000) {
    const date = dateOfSerial(cell.number)
    return date ? { kind: 'date', date, note: 'serial' } : { kind: 'unreadable' }
  }
  return readNumericDate(text, order) ?? readWordDate(text, edge) ?? { kind: 'unreadable' }
}

function readNumericDate(text: string, order: 'dmy' | 'mdy' | null): ReadDate | null {
  let m = /^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[T ].*)?$/.exec(text)
  if (m) return exact(dayOf(m[1], Number(m[2]), Number(m[3])))
  m = /^(\d{4})(\d{2})(\d{2})$/.exec(text)
  if (m) return exact(dayOf(m[1], Number(m[2]), Number(m[3])))
  m = /^(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{4}|\d{2})(?:,? \d{1,2}:\d{2}.*)?$/.exec(text)
  if (m) return exact(dayOf(m[3], Number(m[2]), Number(m[1])))
  m = /^(\d{1,2})([/-])(\d{1,2})\2(\d{4}|\d{2})(?:,? \d{1,2}:\d{2}.*)?$/.exec(text)
  if (!m) return null
  const [first, second, year] = [Number(m[1]), Number(m[3]), m[4]]
  const dmy = dayOf(year, second, first)
  const mdy = dayOf(year, first, second)
  if (dmy && mdy && dmy !== mdy) {
    if (order === null) return { kind: 'ambiguous', dmy, mdy }
    return exact(order === 'dmy' ? dmy : mdy)
  }
  return exact(dmy ?? mdy)
}

function readWordDate(text: string, edge: 'start' | 'end'): ReadDate | null {
  const folded = fold(text)
  if (recurringWords.test(folded)) return { kind: 'recurring' }
  const plain = folded.replace(/^(?:by|until|till|before|end of|ende|bis ende|bis|ab|from|im|in|per|zum) /u, '')
  let m =
    /^(?:q|qu|quartal|quarter) ?([1-4]) (?:of )?(\d{4}|\d{2})$/.exec(plain) ??
    /^([1-4]) ?(?:q|quartal|quarter) (\d{4})$/.exec(plain)
  if (m) return span(m[2], Number(m[1]) * 3 - 2, Number(m[1]) * 3, edge)
  m = /^(\d{4}) ?(?:q|quartal|quarter) ?([1-4])$/.exec(plain)
  if (m) return span(m[1], Number(m[2]) * 3 - 2, Number(m[2]) * 3, edge)
  m = /^(?:h|hj) ?([12]) (\d{4}|\d{2})$/.exec(plain) ?? /^([12]) ?(?:h|hj|halbjahr) (\d{4})$/.exec(plain)
  if (m) return span(m[2], Number(m[1]) * 6 - 5, Number(m[1]) * 6, edge)
  m = /^(\d{1,2}) (\d{4})$/.exec(plain)
  if (m && Number(m[1]) <= 12) return span(m[2], Number(m[1]), Number(m[1]), edge)
  m = /^(\d{4}) (\d{1,2})$/.exec(plain)
  if (m && Number(m[2]) <= 12) return span(m[1], Number(m[2]), Number(m[2]), edge)
  m = /^(\d{4})$/.exec(plain)
  if (m) return span(m[1], 1, 12, edge)
  m = /^(?:[a-z]+ )?(\d{1,2})(?:st|nd|rd|th)? (\p{L}+) (\d{4}|\d{2})$/u.exec(plain)
  if (m && months[m[2] ?? '']) return exact(dayOf(m[3], months[m[2] ?? ''] ?? 0, Number(m[1])))
  m = /^(?:[a-z]+ )?(\p{L}+) (\d{1,2})(?:st|nd|rd|th)? (\d{4})$/u.exec(plain)
  if (m && months[m[1] ?? '']) return exact(dayOf(m[3], months[m[1] ?? ''] ?? 0, Number(m[2])))
  m = /^(\p{L}+) (\d{4}|\d{2})$/u.exec(plain)
  const month = m && months[m[1] ?? '']
  if (m && month) return span(m[2], month, month, edge)
  return null
}
