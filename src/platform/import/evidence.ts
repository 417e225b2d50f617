import { readControls } from '#kernel/import/control-numbers.ts'
import { readDate } from '#kernel/import/dates.ts'
import { readNumber, readYesNo } from '#kernel/import/numbers.ts'
import { fold, isNothing, isPlaceholder, tidy } from '#kernel/import/text.ts'
import type { Cell, Choice, FieldKind, SheetRow } from '#kernel/import.ts'

/** What a column's values look like. Shares are of its filled cells, template text and “n/a” left out. */
export interface ColumnProfile {
  readonly filled: number
  /** Distinct values with how often each occurs, most frequent first; at most a few hundred. */
  readonly values: readonly { readonly text: string; readonly count: number; readonly cell: Cell }[]
  readonly unique: number
  readonly numbers: number
  readonly smallNumbers: number
  readonly dates: number
  readonly emails: number
  readonly yesNo: number
  readonly controls: number
  readonly references: number
  readonly meanLength: number
}

const maxValues = 400

const referencePattern = /^[\p{L}]{0,8}[-_. #/]{0,2}\d{1,6}(?:[-_.]\d{1,4}){0,3}$/u

/** Looks at every value of a column; equal values are looked at once, so that the order of rows plays no part. */
export function profileColumn(rows: readonly SheetRow[], index: number): ColumnProfile {
  const counts = new Map<string, { count: number; cell: Cell }>()
  let filled = 0
  let length = 0
  for (const row of rows) {
    const cell = row.cells[index]
    if (!cell || cell.text === '' || isPlaceholder(cell.text)) continue
    const text = tidy(cell.text)
    if (isNothing(text)) continue
    filled++
    length += text.length
    const known = counts.get(text)
    if (known) known.count++
    else counts.set(text, { count: 1, cell: { ...cell, text } })
  }
  const share = { numbers: 0, smallNumbers: 0, dates: 0, emails: 0, yesNo: 0, controls: 0, references: 0 }
  for (const [text, { count, cell }] of counts) {
    const number = text.length < 24 ? readNumber(cell) : null
    if (number !== null) share.numbers += count
    if (number !== null && number >= 0 && number <= 25 && Number.isInteger(number)) share.smallNumbers += count
    if (isDateLike(cell)) share.dates += count
    if (text.length < 255 && /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(text)) share.emails += count
    if (readYesNo(text) !== null) share.yesNo += count
    if (text.length < 400 && readControls(text, true).length > 0) share.controls += count
    if (referencePattern.test(text)) share.references += count
  }
  const values = [...counts].map(([text, { count, cell }]) => ({ text, count, cell }))
  values.sort((a, b) => b.count - a.count || (a.text < b.text ? -1 : 1))
  const of = (n: number): number => (filled === 0 ? 0 : n / filled)
  return {
    filled,
    values: values.slice(0, maxValues),
    unique: of(counts.size),
    numbers: of(share.numbers),
    smallNumbers: of(share.smallNumbers),
    dates: of(share.dates),
    emails: of(share.emails),
    yesNo: of(share.yesNo),
    controls: of(share.controls),
    references: of(share.references),
    meanLength: of(length),
  }
}

function isDateLike(cell: Cell): boolean {
  if (cell.date) return true
  if (cell.number !== undefined || cell.text.length > 30 || /^\d{1,6}$/.test(cell.text)) return false
  const read = readDate(cell, 'dmy', 'end')
  return read.kind === 'date' || read.kind === 'recurring'
}

const levelWords = new Set(
  'very low,low,minor,minimal,negligible,insignificant,medium,moderate,mittel,high,major,significant,hoch,very high,sehr hoch,niedrig,gering,sehr gering,sehr niedrig,unbedeutend,spuerbar,erheblich,critical,kritisch,severe,catastrophic,katastrophal,extreme,schwerwiegend,existenzbedrohend,rare,selten,unlikely,unwahrscheinlich,possible,moeglich,likely,wahrscheinlich,almost certain,fast sicher,frequent,haeufig,certain,sicher,normal'.split(
    ',',
  ),
)

/** Is this a step of a scale: a small number, a word like “high”, or both (`4 - High`)? */
function isLevelLike(text: string): boolean {
  const folded = fold(text)
  if (/^\d{1,2}$/.test(folded)) return true
  const words = folded.replace(/^\d{1,2} | \d{1,2}$/g, '')
  return levelWords.has(words)
}

export interface Evidence {
  /** −1 (contradicts) to 1 (confirms). */
  readonly score: number
  readonly reason: string
}

/** Whether a column's values look like a field of this kind. Few or no values say little. */
export function evidenceFor(kind: FieldKind, choices: readonly Choice[] | undefined, profile: ColumnProfile): Evidence {
  if (profile.filled === 0) return { score: 0, reason: '' }
  const raw = rawEvidence(kind, choices, profile)
  const weight = Math.min(1, 0.5 + profile.filled / 6)
  return { score: raw.score * weight, reason: raw.reason }
}

const linear = (share: number): number => Math.max(-1, Math.min(1, share * 2 - 1))

function rawEvidence(kind: FieldKind, choices: readonly Choice[] | undefined, p: ColumnProfile): Evidence {
  switch (kind) {
    case 'email':
      return { score: linear(p.emails), reason: 'its values are e-mail addresses' }
    case 'date':
      return { score: linear(p.dates), reason: 'its values are dates' }
    case 'number':
    case 'money':
      return { score: linear(p.numbers), reason: 'its values are numbers' }
    case 'yesNo':
      return { score: linear(p.yesNo), reason: 'its values are yes or no' }
    case 'controls':
      return { score: linear(p.controls), reason: 'its values are control numbers' }
    case 'scale': {
      const levels = shareOf(p, (text) => isLevelLike(text))
      return { score: linear(Math.max(levels, p.smallNumbers)), reason: 'its values are steps of a scale' }
    }
    case 'choice': {
      const words = new Set((choices ?? []).flatMap((choice) => choice.words.map(fold)))
      const known = shareOf(p, (text) => words.has(fold(text)))
      if (known >= 0.5) return { score: linear(known), reason: 'its values are known' }
      if (p.meanLength > 40 || p.numbers > 0.9 || p.dates > 0.9) return { score: -0.6, reason: '' }
      return { score: known === 0 && p.values.length > 2 && words.size > 0 ? -0.4 : 0, reason: '' }
    }
    case 'ref':
      return {
        score: p.references > 0.7 && p.unique > 0.9 ? 0.9 : p.unique < 0.5 || p.meanLength > 40 ? -0.6 : 0,
        reason: 'its values are references, each used once',
      }
    case 'name':
      // A column “Risk” of highs and lows holds levels, not names.
      if (shareOf(p, isLevelLike) > 0.8) return { score: -0.9, reason: '' }
      return p.numbers > 0.8 || p.dates > 0.8 || p.unique < 0.2
        ? { score: -0.7, reason: '' }
        : { score: p.unique > 0.9 && p.meanLength > 4 ? 0.5 : 0, reason: 'each value is used once' }
    case 'person':
      return p.numbers > 0.5 || p.dates > 0.5 || p.meanLength > 70
        ? { score: -0.8, reason: '' }
        : { score: p.meanLength < 40 && p.yesNo < 0.5 ? 0.3 : 0, reason: 'its values can be names or roles' }
    case 'longText':
      return {
        score: p.numbers > 0.9 && p.meanLength < 4 ? -0.6 : p.meanLength > 20 ? 0.3 : 0,
        reason: 'its values are sentences',
      }
    case 'text':
      return { score: 0, reason: '' }
  }
}

function shareOf(profile: ColumnProfile, test: (text: string) => boolean): number {
  let count = 0
  let total = 0
  for (const value of profile.values) {
    total += value.count
    if (test(value.text)) count += value.count
  }
  return total === 0 ? 0 : count / total
}
