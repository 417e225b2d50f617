import type { Question, RowIssue, Severity } from '../import.ts'
import { type FactsOf, type ImportCode, sentence } from './sentences.ts'

/** Code, sentence and facts of a question. */
export function asking<Code extends ImportCode>(
  code: Code,
  ...facts: FactsOf<Code>
): Pick<Question, 'code' | 'message' | 'facts'> {
  return { code, message: sentence(code, ...facts), facts: facts[0] ?? {} }
}

/** Something to say about a row. */
export function issueOf<Code extends ImportCode>(
  severity: Severity,
  code: Code,
  field: string | null,
  ...facts: FactsOf<Code>
): RowIssue {
  return { severity, code, field, message: sentence(code, ...facts), facts: facts[0] ?? {} }
}
