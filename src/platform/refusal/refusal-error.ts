import type { Refusal, Result } from '#kernel/result.ts'

/** Carries a refusal up to the one place that answers with it. Thrown by the platform only; rules return refusals. */
export class RefusalError extends Error {
  readonly refusal: Refusal
  /** Further refusals of the same request, one per field. */
  readonly others: readonly Refusal[]

  constructor(refusal: Refusal, others: readonly Refusal[] = []) {
    super(refusal.message)
    this.name = 'RefusalError'
    this.refusal = refusal
    this.others = others
  }
}

/** The value of a result; a refusal ends the request with its sentence. */
export function orRefuse<T>(result: Result<T>): T {
  if (result.ok) return result.value
  throw new RefusalError(result.refusal)
}
