import type { RowIssue } from '../import.ts'
import { quote } from './text.ts'

/** Cuts a text to what a field holds, saying so. */
export function fit(text: string, max: number, field: string, issues: RowIssue[]): string {
  if (text.length <= max) return text
  const message = `${quote(text, 40)} has ${text.length} characters; this field holds ${max}, the rest is cut off`
  issues.push({ severity: 'warning', code: 'import.cut', field, message, facts: { max } })
  return `${text
    .slice(0, max - 2)
    .toWellFormed()
    .trimEnd()} …`
}

/** What a refusal says about a row: it is left out. */
export const errorIssue = (refusal: { code: string; message: string; field?: string }): RowIssue => ({
  severity: 'error',
  code: refusal.code,
  field: refusal.field ?? null,
  message: refusal.message,
  facts: {},
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
