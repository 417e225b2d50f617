import type { z } from 'zod'
import type { Refusal } from '#kernel/result.ts'
import { issueRule } from '#platform/contract/issue-rule.ts'
import { RefusalError } from '#platform/refusal/refusal-error.ts'

const partNames = { params: 'address', query: 'query', body: 'request' } as const

/**
 * Reads one part of a request by its schema. Refuses with `request.invalid`, one sentence per field; an id of the
 * address that is none is `…not_found`, since no such record exists.
 */
export function parsePart<S extends z.ZodType>(schema: S, value: unknown, part: keyof typeof partNames): z.output<S> {
  const result = schema.safeParse(value ?? {}, { reportInput: true })
  if (result.success) return result.data
  if (part === 'params') {
    throw new RefusalError({ code: 'address.not_found', message: 'There is nothing at this address.', facts: {} })
  }
  const refusals = result.error.issues.map((issue): Refusal => {
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
