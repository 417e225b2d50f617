import { fold } from '#kernel/import/text.ts'
import type { ImportField } from '#kernel/import.ts'

/** A heading taken apart once, to be compared with many synonyms. */
export interface Heading {
  readonly text: string
  /** All of it, folded. */
  readonly full: string
  /** Without what stands in brackets: “Likelihood (1-5)” → `likelihood`. */
  readonly bare: string
  readonly tokens: readonly string[]
  /** Things joined by &, /, + or “and”: “Owner & Location”. */
  readonly parts: readonly string[]
}

export function headingOf(raw: string): Heading {
  // Exports of directories write `displayName`.
  const text = raw.replace(/(\p{Ll}{2})(\p{Lu}\p{Ll})/gu, '$1 $2')
  const bare = fold(text.replace(/[([{][^)\]}]*[)\]}]/gu, ' ')) || fold(text)
  const parts = text
    .replace(/[([{][^)\]}]*[)\]}]/gu, ' ')
    .split(/\s*[&/+,]\s*|\s+(?:and|und|or|oder)\s+/iu)
    .map(fold)
    .filter((part) => part !== '')
  return { text: raw, full: fold(text), bare, tokens: bare.split(' '), parts: parts.length > 1 ? parts : [] }
}

export interface HeadingScore {
  readonly score: number
  readonly reason: string
}

const none: HeadingScore = { score: 0, reason: '' }
const synonyms = new WeakMap<ImportField, readonly { text: string; tokens: readonly string[] }[]>()

function synonymsOf(field: ImportField): readonly { text: string; tokens: readonly string[] }[] {
  let known = synonyms.get(field)
  if (!known) {
    known = field.headers.map((header) => ({ text: fold(header), tokens: fold(header).split(' ') }))
    synonyms.set(field, known)
  }
  return known
}

/** How well a heading names a field, 0 to 1, and in what way. */
export function matchHeading(heading: Heading, field: ImportField): HeadingScore {
  if (heading.bare === '') return none
  if (field.not?.some((word) => heading.tokens.includes(fold(word)) || heading.full.includes(` ${fold(word)} `)))
    return none
  let best: HeadingScore = none
  for (const synonym of synonymsOf(field)) {
    const found = compare(heading, synonym.text, synonym.tokens)
    if (found.score > best.score) best = found
    if (best.score === 1) break
  }
  return best.score === 0 ? none : { score: best.score, reason: best.reason.replace('{}', field.label) }
}

function compare(heading: Heading, text: string, tokens: readonly string[]): HeadingScore {
  if (heading.full === text) return { score: 1, reason: `“${heading.text.trim()}” is a name for {}` }
  if (heading.bare === text) return { score: 0.97, reason: `“${heading.text.trim()}” is a name for {}` }
  // “Jobtitle”, “E Mail”, “Riskowner”: the same letters, spaced otherwise.
  if (text.length > 3 && heading.bare.replaceAll(' ', '') === text.replaceAll(' ', ''))
    return { score: 0.95, reason: `“${heading.text.trim()}” is a name for {}` }
  if (heading.parts.includes(text))
    return {
      score: 0.8 - 0.01 * heading.parts.indexOf(text),
      reason: `part of “${heading.text.trim()}” is a name for {}`,
    }
  const matched = tokens.filter((token) => heading.tokens.some((word) => sameWord(word, token)))
  if (matched.length === tokens.length) {
    const share = tokens.length / heading.tokens.length
    const exact = tokens.every((token) => heading.tokens.includes(token))
    // One misspelled word in an otherwise equal heading is nearly the heading.
    if (share === 1) return { score: exact ? 0.95 : 0.88, reason: `“${heading.text.trim()}” is nearly a name for {}` }
    const important = tokens.join('').length / heading.tokens.join('').length
    return {
      score: 0.45 + 0.4 * Math.max(share, important) - (exact ? 0 : 0.05),
      reason: `“${heading.text.trim()}” contains a name for {}`,
    }
  }
  if (tokens.length === 1 && text.length >= 6) {
    for (const word of heading.tokens) {
      if (word.length > text.length && (word.endsWith(text) || word.startsWith(text))) {
        return {
          score: (0.4 + 0.4 * (text.length / word.length)) * (heading.tokens.length === 1 ? 1 : 0.85),
          reason: `“${heading.text.trim()}” contains a name for {}`,
        }
      }
    }
  }
  return none
}

/** Equal, or one letter apart in a word long enough for a slip. */
function sameWord(a: string, b: string): boolean {
  if (a === b) return true
  if (Math.min(a.length, b.length) < 6 || Math.abs(a.length - b.length) > 1) return false
  let i = 0
  while (i < a.length && a[i] === b[i]) i++
  const [restA, restB] = [a.slice(i), b.slice(i)]
  return (
    restA.slice(1) === restB.slice(1) ||
    restA.slice(1) === restB ||
    restA === restB.slice(1) ||
    (restA[0] === restB[1] && restA[1] === restB[0] && restA.slice(2) === restB.slice(2))
  )
}
