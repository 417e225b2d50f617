import { ok, type Result, refuse } from '#kernel/result.ts'

declare const ordered: unique symbol

/** Leave to remove stored bytes for good. Only `orderErasure` makes one, so every erasure names its rule and reason. */
export interface ErasureOrder {
  readonly [ordered]: true
  /** The retention rule that demands it, as the organization calls it. */
  readonly rule: string
  readonly reason: string
}

/**
 * Orders the erasure of files under a retention rule. The caller has made sure that no live record needs them, and
 * writes the erasure to the ledger.
 * Refuses `files.erasure_unfounded` when rule or reason is blank.
 */
export function orderErasure(rule: string, reason: string): Result<ErasureOrder> {
  if (rule.trim() === '' || reason.trim() === '') {
    return refuse(
      'files.erasure_unfounded',
      'Files are erased only under a retention rule and with a reason: give both.',
    )
  }
  return ok({ rule: rule.trim(), reason: reason.trim() } as ErasureOrder)
}
