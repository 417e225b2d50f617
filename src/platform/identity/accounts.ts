import { randomBytes } from 'node:crypto'
import { type Id, newId } from '#kernel/id.ts'
import type { Instant } from '#kernel/time.ts'
import { statement } from '#platform/db/database.ts'
import type { PlatformTx } from '#platform/db/transaction.ts'
import { secretHash } from './scope.ts'

const sessionDays = 30

/** 256 random bits as URL-safe text: session tokens, links, API tokens. Only a hash of it is stored. */
export const newSecret = (): string => randomBytes(32).toString('base64url')

/** A new account. The e-mail address must be in small letters; a taken one is a duplicate. */
export async function createAccount(
  tx: PlatformTx,
  account: { email: string; name: string; locale: string; passwordHash: string | null; persona?: string },
): Promise<Id<'account'>> {
  const id = newId<'account'>(Date.parse(tx.now))
  await tx.rows(
    statement(
      `insert into identity.account (id, email, name, locale, password_hash, created_at, persona)
       values ($1, $2, $3, $4, $5, $6, $7)`,
      [id, account.email, account.name, account.locale, account.passwordHash, tx.now, account.persona ?? null],
    ),
  )
  return id
}

/** Opens a session: the token goes to the browser, its hash to the table. */
export async function openSession(
  tx: PlatformTx,
  accountId: Id<'account'>,
): Promise<{ token: string; expiresAt: Instant }> {
  const token = newSecret()
  const expiresAt = new Date(Date.parse(tx.now) + sessionDays * 86_400_000).toISOString() as Instant
  await tx.rows(
    statement(
      `insert into identity.session (token_hash, account_id, created_at, seen_at, expires_at) values ($1, $2, $3, $3, $4)`,
      [secretHash(token), accountId, tx.now, expiresAt],
    ),
  )
  return { token, expiresAt }
}
