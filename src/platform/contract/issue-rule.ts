import type { z } from 'zod'

/** A rule of a schema that a value breaks, and what its sentence needs. */
export interface IssueRule {
  readonly rule: string
  readonly facts: Readonly<Record<string, string | number>>
}

/**
 * Which rule an issue is about, by a name that does not depend on the language: server and web app word it from this.
 * A sentence of the contracts' own is named by its words. Issues need their input (`reportInput`).
 */
export function issueRule(issue: z.core.$ZodIssue): IssueRule {
  const missing = issue.input === undefined || issue.input === null || issue.input === ''
  if (issue.code === 'invalid_type') return { rule: missing ? 'empty' : 'type', facts: {} }
  if (issue.code === 'invalid_union') return { rule: missing ? 'notChosen' : 'type', facts: {} }
  if (issue.code === 'invalid_value') return { rule: missing ? 'notChosen' : 'notOffered', facts: {} }
  if (issue.code === 'unrecognized_keys') return { rule: 'unknownFields', facts: { keys: issue.keys.join(', ') } }
  if (issue.code === 'too_small') {
    if (issue.origin === 'number') return { rule: 'tooSmall', facts: { min: Number(issue.minimum) } }
    if (issue.origin === 'array' && issue.message.startsWith('Too small')) {
      return { rule: 'tooFew', facts: { min: Number(issue.minimum) } }
    }
    if (issue.origin === 'string' && issue.message.startsWith('Too small')) {
      return { rule: 'tooShort', facts: { min: Number(issue.minimum) } }
    }
  }
  if (issue.code === 'too_big') {
    const rule = { number: 'tooBig', string: 'tooLong', array: 'tooMany' }[issue.origin as string]
    if (rule !== undefined) return { rule, facts: { max: Number(issue.maximum) } }
  }
  if (issue.message.startsWith('is not an id of the form')) return { rule: 'id', facts: {} }
  return { rule: `sentences.${slugOf(issue.message)}`, facts: {} }
}

/** A sentence as a key: “is not a date” → `is-not-a-date`. */
export const slugOf = (text: string): string =>
  text
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-|-$/g, '')
