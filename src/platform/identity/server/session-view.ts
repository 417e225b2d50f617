import type { z } from 'zod'
import type { Id } from '#kernel/id.ts'
import type { Clock, Instant } from '#kernel/time.ts'
import { type Database, statement } from '#platform/db/database.ts'
import { type PlatformTx, platformTransaction } from '#platform/db/transaction.ts'
import type { membershipView, sessionView } from '../contract.ts'

type SessionView = z.output<typeof sessionView>

/** What the browser learns about who is signed in: the account and the organizations it may enter now. */
export async function viewSession(tx: PlatformTx, accountId: Id<'account'>, expiresAt: Instant): Promise<SessionView> {
  const [account, organizations] = await Promise.all([
    tx.first<SessionView['account']>(
      statement('select id, name, email, locale from identity.account where id = $1', [accountId]),
    ),
    tx.rows<z.output<typeof membershipView>>(
      statement('select * from identity.memberships_of($1, $2)', [accountId, tx.now]),
    ),
  ])
  if (!account) throw new Error('The account of a session is missing.')
  return { account, organizations, expiresAt }
}

/** The same in a transaction of its own. */
export const sessionOf = (
  db: Database,
  clock: Clock,
  accountId: Id<'account'>,
  expiresAt: Instant,
): Promise<SessionView> => platformTransaction(db, clock, (tx) => viewSession(tx, accountId, expiresAt), 'read')
