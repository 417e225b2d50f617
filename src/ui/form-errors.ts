import { z } from 'zod'
import { issueRule } from '#platform/contract/issue-rule.ts'
import type { Problem } from '#platform/contract/schemas.ts'
import { isRecord } from './paths.ts'
import { saidBy } from './problem.ts'
import type { Said } from './refusal-text.ts'

/** Errors of a form: path of the field → what is wrong with it, following the field's name (“is empty”). */
export type FieldErrors = Readonly<Record<string, string>>

interface Translates {
  (key: string, values?: Record<string, unknown>): string
  has: (key: string) => boolean
}

/**
 * What was typed, as the schema wants it: blank text in a field that may be missing and cannot be blank counts as
 * missing. Nothing else is changed; the server trims.
 */
export function cleaned(schema: z.ZodType, value: unknown): unknown {
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodDefault) {
    if (value === undefined) return undefined
    const inner = schema.unwrap() as z.ZodType
    const clean = cleaned(inner, value)
    // Emptied is a value where the field may be empty; elsewhere it is missing.
    return (value === '' || value === null) && !inner.safeParse(clean).success ? undefined : clean
  }
  if (schema instanceof z.ZodNullable) {
    return value === '' || value === undefined || value === null ? null : cleaned(schema.unwrap() as z.ZodType, value)
  }
  if (schema instanceof z.ZodObject && isRecord(value)) {
    const shape = schema.shape as Record<string, z.ZodType>
    return Object.fromEntries(
      Object.entries(value).flatMap(([key, one]) => {
        const field = shape[key]
        const clean = field === undefined ? one : cleaned(field, one)
        return clean === undefined ? [] : [[key, clean]]
      }),
    )
  }
  return value
}

/** One issue in words that continue the field's name. */
function issueText(issue: z.core.$ZodIssue, t: Translates): string {
  const { rule, facts } = issueRule(issue)
  return ruleText(rule, facts, t) ?? issue.message
}

function ruleText(rule: string, facts: Record<string, unknown>, t: Translates): string | null {
  const key = `validation.${rule}`
  return t.has(key) ? t(key, facts) : null
}

/** Checks typed values against a contract's body; the first issue of each field counts. */
export function validate(schema: z.ZodType, values: unknown, t: Translates): FieldErrors {
  const outcome = schema.safeParse(cleaned(schema, values), { reportInput: true })
  if (outcome.success) return {}
  const errors: Record<string, string> = {}
  for (const issue of outcome.error.issues) {
    const path = issue.path.join('.')
    errors[path] ??= issueText(issue, t)
  }
  return errors
}

/**
 * Places a problem's errors on the fields they name, in the reader's language.
 * @param known paths the form shows; what names another field stays in `rest`, so that nothing is swallowed
 * @param textOf says a refusal in the reader's language
 */
export function placeProblem(
  problem: Problem,
  known: readonly string[],
  t: Translates,
  textOf: (said: Said) => string,
): { fields: FieldErrors; rest: readonly string[] } {
  // `field` repeats the first of `errors`, for readers that know of one field only.
  const named = problem.errors ?? (problem.field === undefined ? [] : [{ ...saidBy(problem), field: problem.field }])
  const fields: Record<string, string> = {}
  const rest: string[] = []
  for (const error of named) {
    const { field } = error
    const path = field
      .replace(/^\//, '')
      .replaceAll('/', '.')
      .replace(/^body\./, '')
    const home = known.find((one) => path === one || path.startsWith(`${one}.`))
    // A broken rule continues the field's name, which the form puts before it; other refusals stand alone.
    const rule = typeof error.facts['rule'] === 'string' ? ruleText(error.facts['rule'], error.facts, t) : null
    if (home !== undefined) fields[home] ??= rule ?? textOf(error)
    else rest.push(rule === null ? textOf(error) : t('validation.elsewhere', { field, what: rule }))
  }
  if (named.length === 0) rest.push(textOf(saidBy(problem)))
  return { fields, rest }
}
