import type { Problem } from '#platform/contract/schemas.ts'

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

/** Somebody else changed the record since it was read (412, or 409 with a stale version). */
export const isConflict = (error: unknown): error is ProblemError =>
  error instanceof ProblemError &&
  (error.problem.status === 412 || (error.problem.status === 409 && /stale|version/.test(error.problem.code)))

interface Translates {
  (key: string, options?: Record<string, unknown>): string
}

/**
 * What to tell a person about a failure, in their language where the module translates the code
 * (`risk.above_authority` → `risk:problems.above_authority` with the problem's facts), else the server's own sentence.
 */
export function errorText(error: unknown, t: Translates, exists: (key: string) => boolean): string {
  if (error instanceof ProblemError) {
    const { code, facts, detail } = error.problem
    const dot = code.indexOf('.')
    const key = dot > 0 ? `${code.slice(0, dot)}:problems.${code.slice(dot + 1)}` : ''
    return key !== '' && exists(key) ? t(key, facts) : detail
  }
  if (error instanceof NetworkError) return t('ui:error.network')
  return t('ui:error.unexpected')
}
