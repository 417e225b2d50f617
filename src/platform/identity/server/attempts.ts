import type { Clock } from '#kernel/time.ts'
import type { Database } from '#platform/db/database.ts'
import { platformTransaction } from '#platform/db/transaction.ts'
import { type Allowed, allowanceKey, networkOf, returnAllowance, useAllowance } from '#platform/http/allowance.ts'

const quarter = 15 * 60

/** How often one may fail, or ask, per window. */
export const limits = {
  /** Wrong passwords for one address, from wherever. */
  signInAccount: { uses: 10, seconds: quarter },
  /** Wrong passwords from one network, for whatever addresses. */
  signInNetwork: { uses: 50, seconds: quarter },
  setUp: { uses: 5, seconds: quarter },
  link: { uses: 50, seconds: quarter },
  persona: { uses: 100, seconds: quarter },
  resetAccount: { uses: 3, seconds: 3600 },
  resetNetwork: { uses: 20, seconds: 3600 },
} as const satisfies Record<string, Allowed>

/** One thing that is counted: what for, and whose. */
export interface Counted {
  readonly limit: keyof typeof limits
  readonly of: string
}

export const network = (limit: keyof typeof limits, address: string): Counted => ({ limit, of: networkOf(address) })

interface Place {
  readonly db: Database
  readonly clock: Clock
}

/**
 * Counts an attempt before it is made, each in a transaction of its own: of many at the same time none slips through,
 * and refused ones stay counted. Refuses with `rate.exceeded`.
 */
export async function countAttempt({ db, clock }: Place, counted: readonly Counted[]): Promise<void> {
  for (const { limit, of } of counted) {
    await platformTransaction(db, clock, (tx) => useAllowance(tx, allowanceKey(limit, of), limits[limit], tx.now))
  }
}

/** Takes attempts back that turned out right: only failures count. */
export function forgiveAttempt({ db, clock }: Place, counted: readonly Counted[]): Promise<void> {
  return platformTransaction(db, clock, async (tx) => {
    for (const { limit, of } of counted) await returnAllowance(tx, allowanceKey(limit, of), limits[limit], tx.now)
  })
}
