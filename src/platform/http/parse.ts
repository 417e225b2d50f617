import type { z } from 'zod'
import type { Refusal } from '#kernel/result.ts'
import { issueRule } from '#platform/contract/issue-rule.ts'
import { notStorable, storable } from '#platform/contract/schemas.ts'
import { RefusalError } from '#platform/refusal/refusal-error.ts'

const partNames = { params: 'address', query: 'query', body: 'request' } as const

/**
 * Reads one part of a request by its schema. Refuses with `request.invalid`, one sentence per field; an id of the
 * address that is none is `…not_found`, since no such record exists.
 */
export function parsePart<S extends z.ZodType>(schema: S, value: unknown, part: keyof typeof partNames): z.output<S> {
  const result = schema.safeParse(value ?? {}, { reportInput: true })
  const issues = result.success ? unstorable(result.data) : result.error.issues
  if (result.success && issues.length === 0) return result.data
  if (part === 'params') {
    throw new RefusalError({ code: 'address.not_found', message: 'There is nothing at this address.', facts: {} })
  }
  const refusals = issues.map((issue): Refusal => {
    const field = issue.path.map(String).join('.')
    const { rule, facts } = issueRule(issue)
    return {
      code: 'request.invalid',
      message: field === '' ? `The ${partNames[part]} ${wordsOf(issue)}.` : `${field} ${wordsOf(issue)}.`,
      facts: { rule, ...facts },
      field,
    }
  })
  const [first, ...others] = refusals
  throw new RefusalError(first ?? { code: 'request.invalid', message: 'The request is not valid.', facts: {} }, others)
}

interface Place {
  readonly value: unknown
  readonly key: string
  readonly within: Place | null
}

// Whatever its schema let through: no text reaches the database that it would stumble over, keys of objects included.
// Without recursion, and a path only for what is refused: what is unknown to a schema may be nested ever so deep.
function unstorable(data: unknown): z.core.$ZodIssue[] {
  const open: Place[] = [{ value: data, key: '', within: null }]
  for (let one = open.pop(); one !== undefined; one = open.pop()) {
    const { value, key } = one
    if (!storable(key) || (typeof value === 'string' && !storable(value))) {
      return [{ code: 'custom', message: notStorable, path: pathTo(one), input: value }]
    }
    if (value === null || typeof value !== 'object') continue
    for (const [name, member] of Object.entries(value)) open.push({ value: member, key: name, within: one })
  }
  return []
}

function pathTo(place: Place): string[] {
  const path: string[] = []
  for (let one = place; one.within !== null; one = one.within) path.push(one.key)
  return path.toReversed()
}

function wordsOf(issue: z.core.$ZodIssue): string {
  switch (issue.code) {
    case 'invalid_type':
      return issue.input === undefined ? 'is missing' : `must be ${issue.expected}`
    case 'invalid_value':
      return `must be one of ${issue.values.map(String).join(', ')}`
    case 'unrecognized_keys':
      return `has unknown fields: ${issue.keys.join(', ')}`
    default:
      return issue.message.replace(/\.$/, '').replace(/^([A-Z])(?=[a-z])/, (letter) => letter.toLowerCase())
  }
}
