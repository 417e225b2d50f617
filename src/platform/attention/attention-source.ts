import type { Tx } from '#platform/db/transaction.ts'

/**
 * What can need attention in one register, by records alone. Modules declare it; `app` hands all of them to the platform.
 * Counts are of the whole organization: who asks decides only whether they are told.
 */
export interface AttentionSource {
  /** Address of the register in the web app, inside the organization: `/obligations`. */
  readonly path: string
  /** The action of the role table that reading the register takes. */
  readonly readAction: string
  /** The word for it, which the module's `attention.<reason>` text says: `reviewOverdue`. */
  readonly reason: string
  /**
   * How many: a SELECT of one number for organization `$1` on day `$2`, which stands beside those of the other registers
   * in one statement; or, where rules have to decide, a function over a bounded number of statements.
   */
  readonly count: string | ((tx: Tx) => Promise<number>)
}
