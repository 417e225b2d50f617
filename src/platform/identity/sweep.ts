import type { Clock } from '#kernel/time.ts'
import { type Database, statement } from '#platform/db/database.ts'
import { platformTransaction } from '#platform/db/transaction.ts'
import { sweepAllowances } from '#platform/http/allowance.ts'

/**
 * Forgets what has run out: sessions, links a month after their end, counted attempts. Nothing depends on it being
 * done in time; run it at start and every hour.
 * @returns the number of sessions swept
 */
export function sweepIdentity(db: Database, clock: Clock): Promise<number> {
  return platformTransaction(db, clock, async (tx) => {
    const daysAgo = (days: number): string => new Date(Date.parse(tx.now) - days * 86_400_000).toISOString()
    const sessions = await tx.count(
      statement('delete from identity.session where expires_at <= $1 or seen_at <= $2', [tx.now, daysAgo(7)]),
    )
    await tx.rows(statement('delete from identity.link where expires_at < $1', [daysAgo(30)]))
    await sweepAllowances(tx, tx.now)
    return sessions
  })
}
