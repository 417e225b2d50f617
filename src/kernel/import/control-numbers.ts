import type { Cell } from '../import.ts'
import { tidy } from './text.ts'

/** A control as a text names it: `A.5.17`, with the words that follow it when there are some. */
export interface NamedControl {
  /** Number without the leading `A.`: `5.17`, `9.2.1`. */
  readonly number: string
  readonly title: string | null
}

const prefixed = /(?<![\p{L}\p{N}])A[\s._-]{0,2}(\d{1,2}(?:\.\d{1,2}){1,2})(?![\d.]*\d)/giu
const bare = /(?<![\p{L}\p{N}.,])(?:A[\s._-]{0,2})?(\d{1,2}(?:\.\d{1,2}){1,2})(?![\p{L}\p{N}]|\.\d)/giu

/**
 * Finds the control numbers in a text: `A 5.17 A 8.5`, `A.8.12; A.8.20`, `5.15, 8.3`, `A.5.15–A.5.18`, `A.9.2.1`.
 * In a column of controls the words between two numbers are the title of the first.
 * @param loose whether numbers without the leading A count, as they do in a column of controls but not in prose
 */
export function readControls(text: string, loose: boolean): NamedControl[] {
  const found: { number: string; from: number; to: number }[] = []
  for (const match of text.matchAll(loose ? bare : prefixed)) {
    found.push({ number: plainNumber(match[1] ?? ''), from: match.index, to: match.index + match[0].length })
  }
  const named: NamedControl[] = []
  for (const [i, item] of found.entries()) {
    const next = found[i + 1]
    const between = text.slice(item.to, next?.from ?? text.length)
    if (next && /^\s*(?:[-–—]|bis|to|through)\s*$/iu.test(between)) {
      const range = rangeOf(item.number, next.number)
      if (range) {
        named.push(...range.map((number) => ({ number, title: null })))
        continue
      }
    }
    const title = tidy(between.replace(/^[\s:;,.)\]–—-]+|[\s:;,.([–—-]+$/gu, '').split('\n')[0] ?? '')
    named.push({ number: item.number, title: loose && /\p{L}{4}/u.test(title) ? title : null })
  }
  const seen = new Set<string>()
  return named.filter((control) => !seen.has(control.number) && seen.add(control.number))
}

/** `05.01` is 5.1. */
export function plainNumber(number: string): string {
  return number
    .split('.')
    .map((part) => String(Number(part)))
    .join('.')
}

/** Everything from the first to the one before the last (which names itself), when both are in one clause. */
function rangeOf(first: string, last: string): string[] | null {
  const [clause, from, ...rest] = first.split('.')
  const [lastClause, to, ...lastRest] = last.split('.')
  if (rest.length > 0 || lastRest.length > 0 || clause !== lastClause) return null
  const count = Number(to) - Number(from)
  return count > 0 && count < 40 ? Array.from({ length: count }, (_, i) => `${clause}.${Number(from) + i}`) : null
}

/**
 * Numbers a numeric cell may stand for. A spreadsheet keeps `5.10` as the number 5.1, so 5.1 may mean either; the title
 * has to decide.
 */
export function controlNumbersOf(cell: Cell): {
  readonly number: string | null
  readonly alternatives: readonly string[]
} {
  if (cell.number !== undefined && !cell.date) {
    const m = /^(\d{1,2})[.,](\d{1,2})$/.exec(cell.text) ?? /^(\d{1,2})\.(\d{1,2})$/.exec(String(cell.number))
    if (!m) return { number: null, alternatives: [] }
    const [clause, rest] = [m[1] ?? '', m[2] ?? '']
    const short = String(Number(rest))
    if (rest.length === 1) return { number: `${clause}.${short}`, alternatives: [`${clause}.${short}0`] }
    // Shown with two decimals, `5.10` is what the author saw; 5.1 looks the same then.
    return rest.endsWith('0')
      ? { number: `${clause}.${short}`, alternatives: [`${clause}.${rest[0]}`] }
      : { number: `${clause}.${short}`, alternatives: [] }
  }
  const [first] = readControls(cell.text, true)
  return { number: first?.number ?? null, alternatives: [] }
}
