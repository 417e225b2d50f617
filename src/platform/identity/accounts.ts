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
  account: {
    email: string
    name: string
    locale: string
    passwordHash: string | null
    /** Key and job title of a demo persona. */
    persona?: { readonly key: string; readonly title: string }
  },
): Promise<Id<'account'>> {
  const id = newId<'account'>(Date.parse(tx.now))
  const { email, name, locale, passwordHash, persona } = account
  await tx.rows(
    statement(
      `insert into identity.account (id, email, name, locale, password_hash, created_at, persona, persona_title)
       values ($1, $2, $3, $4, $5, $6, $7, $8)`,
      [id, email, name, locale, passwordHash, tx.now, persona?.key ?? null, persona?.title ?? null],
    ),
  )
  return id
}

/** A session as the browser gets it: the token exists nowhere else, only its hash is stored. */
export interface OpenedSession {
  readonly token: string
  readonly expiresAt: Instant
}

/** Opens a session. It ends after 30 days, or after a week in which nobody came back. */
export async function openSession(tx: PlatformTx, accountId: Id<'account'>): Promise<OpenedSession> {
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

/** Ends one session; an unknown token changes nothing. */
export async function endSession(tx: PlatformTx, token: string | null): Promise<void> {
  if (token === null) return
  await tx.rows(statement('delete from identity.session where token_hash = $1', [secretHash(token)]))
}

/** Ends every session of an account. */
export async function endSessions(tx: PlatformTx, accountId: Id<'account'>): Promise<void> {
  await tx.rows(statement('delete from identity.session where account_id = $1', [accountId]))
}

interface SignInRow {
  readonly id: Id<'account'>
  readonly email: string
  readonly name: string
  readonly passwordHash: string | null
}

/** The account of an address, for sign-in only: it carries the password's hash. */
export function findAccount(tx: PlatformTx, email: string): Promise<SignInRow | undefined> {
  return tx.first<SignInRow>(
    statement('select id, email, name, password_hash from identity.account where email = $1', [email]),
  )
}

/**
 * Sets a password if the account's hash is still the one that was looked at.
 * @returns false when it was changed meanwhile
 */
export async function setPassword(
  tx: PlatformTx,
  accountId: Id<'account'>,
  hashes: { readonly seen: string | null; readonly next: string },
): Promise<boolean> {
  const count = await tx.count(
    statement(
      `update identity.account set password_hash = $2
       where id = $1 and persona is null and password_hash is not distinct from $3`,
      [accountId, hashes.next, hashes.seen],
    ),
  )
  return count === 1
}
