import type { Cell } from '../import.ts'
import { fold } from './text.ts'

/**
 * A number as people write it: `8000`, `8.000`, `8,000.50`, `8 000,5`, `12 %` (0.12). Null when it is not one number.
 * One separator followed by exactly three digits is taken for a thousands separator, as amounts in registers have them.
 */
export function readNumber(cell: Cell): number | null {
  return cell.number ?? parseNumber(cell.text)
}

function parseNumber(text: string): number | null {
  const compact = text.replace(/[\s\u00A0\u202F'’]/g, '')
  const m = /^([+-]?)([\d.,]*\d)(%?)$/.exec(compact)
  if (!m) return null
  const digits = m[2] ?? ''
  const lastDot = digits.lastIndexOf('.')
  const lastComma = digits.lastIndexOf(',')
  let plain: string
  if (lastDot >= 0 && lastComma >= 0) {
    const decimal = lastDot > lastComma ? '.' : ','
    const thousands = decimal === '.' ? ',' : '.'
    if (digits.indexOf(decimal) !== digits.lastIndexOf(decimal)) return null
    plain = digits.replaceAll(thousands, '').replace(decimal, '.')
  } else if (/^\d{1,3}(?:[.,]\d{3})+$/.test(digits) && !/^0[.,]/.test(digits)) {
    plain = digits.replace(/[.,]/g, '')
  } else {
    if ((digits.match(/[.,]/g) ?? []).length > 1) return null
    plain = digits.replace(',', '.')
  }
  const value = Number(plain) * (m[1] === '-' ? -1 : 1) * (m[3] === '%' ? 0.01 : 1)
  return Number.isFinite(value) ? value : null
}

export interface Money {
  readonly amount: number
  /** ISO 4217 code; null when neither cell nor heading nor mapping says. */
  readonly currency: string | null
}

const signs: Readonly<Record<string, string>> = { '€': 'EUR', $: 'USD', '£': 'GBP', '¥': 'JPY', '₹': 'INR', zł: 'PLN' }
const codes = /\b(EUR|USD|GBP|CHF|SEK|NOK|DKK|PLN|CZK|HUF|RON|BGN|JPY|CNY|INR|AUD|CAD|NZD|SGD|ZAR|BRL|TRY)\b/u
const scales: readonly (readonly [RegExp, number])[] = [
  [/(?:^|[\d\s(])(?:T(?=€|EUR|CHF|USD|GBP)|k(?=€|\$|£|\b)|tsd\b\.?|thousand\b|tausend\b)/iu, 1_000],
  [/(?:^|[\d\s(])(?:m(?=€|\$|£|\b)|mio\b\.?|mn\b|million(?:en)?\b)/iu, 1_000_000],
]

/** Currency and unit a heading names: `Budget (EUR)`, `Kosten in T€`. */
export function unitOf(heading: string): { currency: string | null; factor: number } {
  const upper = heading.replace(/T(EUR|CHF|USD|GBP)\b/u, 'T $1')
  let currency = codes.exec(upper)?.[1] ?? null
  for (const [sign, code] of Object.entries(signs)) if (currency === null && heading.includes(sign)) currency = code
  const factor = scales.find(([pattern]) => pattern.test(heading.replace(/T (EUR|CHF|USD|GBP)/u, 'T$1')))?.[1] ?? 1
  return { currency, factor }
}

/**
 * An amount of money: `8000`, `EUR 8.000,50`, `$5,000`, `8 T€`, `12k`. Null when the cell holds no single amount.
 * @param heading the column's heading, whose currency and unit count when the cell has none
 * @param fallback currency when neither says
 */
export function readMoney(cell: Cell, heading: string, fallback: string | null): Money | null {
  const inHeading = unitOf(heading)
  const currencyOfHeading = inHeading.currency ?? fallback
  if (cell.number !== undefined) return { amount: cell.number * inHeading.factor, currency: currencyOfHeading }
  const inCell = unitOf(cell.text)
  const bare = cell.text
    .replace(/T?(?:EUR|USD|GBP|CHF)|\p{Sc}|zł|,-+(?=\s|$)|,-+(?=\p{Sc})/gu, ' ')
    .replace(codes, ' ')
    .replace(/(?<=\d\s*)(?:k|tsd\.?|thousand|tausend|mio\.?|mn|million(?:en)?|m|T)(?=\s|$)/giu, ' ')
    .replace(/^\s*(?:ca\.?|approx\.?|~|about|etwa)\s*/iu, '')
    .trim()
  const amount = parseNumber(bare)
  if (amount === null || bare.endsWith('%')) return null
  const factor = inCell.factor === 1 ? inHeading.factor : inCell.factor
  return { amount: Math.round(amount * factor * 100) / 100, currency: inCell.currency ?? currencyOfHeading }
}

const yes = new Set([
  'yes',
  'y',
  'ja',
  'j',
  'true',
  'wahr',
  'x',
  '1',
  'applicable',
  'anwendbar',
  'zutreffend',
  'included',
  'in scope',
  'oui',
  'si',
  'checked',
  'required',
  'relevant',
])
const no = new Set([
  'no',
  'n',
  'nein',
  'false',
  'falsch',
  '0',
  'not applicable',
  'nicht anwendbar',
  'nicht zutreffend',
  'excluded',
  'ausgeschlossen',
  'out of scope',
  'non',
  'n a',
  'na',
  'entfaellt',
  'unchecked',
  'not required',
  'not relevant',
  'nicht relevant',
])

/** `Yes`, `Ja`, `Y`, `X`, `✓`, `true`, `1` and their opposites; null when it is neither. */
export function readYesNo(text: string): boolean | null {
  const mark = text.trim()
  if (/^[✓✔☑☒]$/u.test(mark)) return true
  if (/^[✗✘☐]$/u.test(mark)) return false
  // None of the words is longer; a cell may hold a whole document.
  if (mark.length > 40) return null
  const folded = fold(text)
  if (yes.has(folded)) return true
  return no.has(folded) ? false : null
}
