import { z } from 'zod'
import type { Problem } from '#platform/contract/schemas.ts'
import { isRecord } from './paths.ts'

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
  const missing = issue.input === undefined || issue.input === null || issue.input === ''
  if (issue.code === 'invalid_type' && missing) return t('validation.empty')
  if (issue.code === 'invalid_value' && missing) return t('validation.notChosen')
  if (issue.code === 'invalid_type') return t('validation.type')
  if (issue.code === 'too_small' && issue.origin === 'number') return t('validation.tooSmall', { min: issue.minimum })
  if (issue.code === 'too_big' && issue.origin === 'number') return t('validation.tooBig', { max: issue.maximum })
  if (issue.code === 'too_big' && issue.origin === 'string') return t('validation.tooLong', { max: issue.maximum })
  // The contracts' own sentences; translated where the texts know them.
  const key = `validation.sentences.${slug(issue.message)}`
  return t.has(key) ? t(key) : issue.message
}

const slug = (text: string): string =>
  text
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-|-$/g, '')

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
 * Places a problem's errors on the fields they name.
 * @param known paths the form shows; what names another field stays in `rest`, so that nothing is swallowed
 */
export function placeProblem(
  problem: Problem,
  known: readonly string[],
): { fields: FieldErrors; rest: readonly string[] } {
  const named = [
    ...(problem.errors ?? []),
    ...(problem.field === undefined ? [] : [{ field: problem.field, message: problem.detail }]),
  ]
  const fields: Record<string, string> = {}
  const rest: string[] = []
  for (const { field, message } of named) {
    const path = field
      .replace(/^\//, '')
      .replaceAll('/', '.')
      .replace(/^body\./, '')
    const home = known.find((one) => path === one || path.startsWith(`${one}.`))
    if (home === undefined) rest.push(message)
    // The server names the field by its path; the form puts its own label before the words.
    else fields[home] ??= message.startsWith(`${field} `) ? message.slice(field.length + 1).replace(/\.$/, '') : message
  }
  if (named.length === 0) rest.push(problem.detail)
  return { fields, rest }
}
