import type { Clock } from '#kernel/time.ts'
import { type Database, statement } from '#platform/db/database.ts'
import { platformTransaction } from '#platform/db/transaction.ts'
import { sweepAllowances } from '#platform/http/allowance.ts'
import { personasOpen } from './demo-load.ts'

/**
 * Forgets what has run out: sessions, links a month after their end, counted attempts; and sessions of personas where
 * they may not sign in any more. Run it at start and every hour.
 * @param demo the server was started to show the demo
 * @returns the number of sessions swept
 */
export function sweepIdentity(db: Database, clock: Clock, demo = false): Promise<number> {
  return platformTransaction(db, clock, async (tx) => {
    const daysAgo = (days: number): string => new Date(Date.parse(tx.now) - days * 86_400_000).toISOString()
    const open = await personasOpen(tx, demo)
    const sessions = await tx.count(
      statement(
        `delete from identity.session s where s.expires_at <= $1 or s.seen_at <= $2 or not $3
           and exists (select from identity.account a where a.id = s.account_id and a.persona is not null)`,
        [tx.now, daysAgo(7), open],
      ),
    )
    await tx.rows(statement('delete from identity.link where expires_at < $1', [daysAgo(30)]))
    await sweepAllowances(tx, tx.now)
    return sessions
  })
}
