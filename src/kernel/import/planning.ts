import type { RowIssue } from '../import.ts'
import type { Refusal } from '../result.ts'
import { issueOf } from './questions.ts'

/** Cuts a text to what a field holds, saying so. */
export function fit(text: string, max: number, field: string, issues: RowIssue[]): string {
  if (text.length <= max) return text
  issues.push(issueOf('warning', 'import.cut', field, { text: cut(text), length: text.length, max }))
  return `${text
    .slice(0, max - 2)
    .toWellFormed()
    .trimEnd()} …`
}

const cut = (text: string): string => (text.length > 40 ? `${text.slice(0, 39).toWellFormed()}…` : text)

/** What a refusal says about a row: it is left out. */
export const errorIssue = (refusal: Refusal): RowIssue => ({
  severity: 'error',
  code: refusal.code,
  field: refusal.field ?? null,
  message: refusal.message,
  facts: refusal.facts,
})

/** Named facts of a row for people; those without a value are left out. */
export const factsOf = (
  facts: Readonly<Record<string, string | null | undefined>>,
): { label: string; value: string }[] =>
  Object.entries(facts).flatMap(([label, value]) => (value ? [{ label, value }] : []))

/** Remarks under their labels, one per line: “Lifespan: 5 years”. Empty when there are none. */
export const notesOf = (notes: Readonly<Record<string, string | null | undefined>>): string =>
  factsOf(notes)
    .map(({ label, value }) => `${label}: ${value}`)
    .join('\n')
