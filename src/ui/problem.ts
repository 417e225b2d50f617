import type { Problem } from '#platform/contract/schemas.ts'
import { refusalText, type Said, type Wording } from './refusal-text.ts'

/** A refusal of the API (RFC 9457): `problem.code` is stable, `problem.detail` a sentence for people. */
export class ProblemError extends Error {
  readonly problem: Problem

  constructor(problem: Problem) {
    super(problem.detail)
    this.name = 'ProblemError'
    this.problem = problem
  }
}

/** The request never got an answer: no connection, or the server is away. Nothing is known to be saved. */
export class NetworkError extends Error {
  constructor(cause?: unknown) {
    super('The server did not answer.', { cause })
    this.name = 'NetworkError'
  }
}

/** The reader's roles do not reach what was asked for: asking again does not help. */
export const isForbidden = (error: unknown): boolean => error instanceof ProblemError && error.problem.status === 403

/** Somebody else changed the record since it was read (412, or 409 with a stale version). */
export const isConflict = (error: unknown): error is ProblemError =>
  error instanceof ProblemError &&
  (error.problem.status === 412 || (error.problem.status === 409 && /stale|version/.test(error.problem.code)))

/** What to tell a person about a failure, in their language. */
export function errorText(error: unknown, wording: Wording): string {
  if (error instanceof ProblemError) return refusalText(saidBy(error.problem), wording)
  return wording.text(error instanceof NetworkError ? 'ui:error.network' : 'ui:error.unexpected', {})
}

/** What a problem says, apart from HTTP. */
export const saidBy = ({ code, facts, detail }: Problem): Said => ({ code, facts, message: detail })
