import type { Id } from '#kernel/id.ts'
import type { Clock, Instant } from '#kernel/time.ts'
import type { Database } from '#platform/db/database.ts'
import { statement } from '#platform/db/database.ts'
import { platformTransaction } from '#platform/db/transaction.ts'
import type { HttpFacts } from '#platform/http/use-case.ts'
import { RefusalError } from '#platform/refusal/refusal-error.ts'
import { endSession, endSessions, findAccount, openSession } from '../accounts.ts'
import { identity } from '../contract.ts'
import { personasOpen } from '../demo-load.ts'
import { verifyPassword } from '../password.ts'
import { secretHash } from '../scope.ts'
import { outside } from '../services.ts'
import { countAttempt, forgiveAttempt, network } from './attempts.ts'
import { personas } from './personas.ts'
import { viewSession } from './session-view.ts'

/**
 * Begins a session in this browser. The token is always a new one and the session the browser had before ends: nobody
 * can prepare a session for somebody else to sign in to.
 */
export async function beginSession(db: Database, clock: Clock, http: HttpFacts, accountId: Id<'account'>) {
  const { session, view } = await platformTransaction(db, clock, async (tx) => {
    await endSession(tx, http.sessionToken)
    const session = await openSession(tx, accountId)
    return { session, view: await viewSession(tx, accountId, session.expiresAt) }
  })
  http.setSession(session.token, session.expiresAt)
  return view
}

/** Signs in. One sentence for every failure, after the same work: it never tells whether the address has an account. */
export const signInUseCase = outside(identity.signIn, async ({ db, clock, body, http }) => {
  const attempt = [network('signInNetwork', http.address), { limit: 'signInAccount', of: body.email } as const]
  await countAttempt({ db, clock }, attempt)
  const account = await platformTransaction(db, clock, (tx) => findAccount(tx, body.email), 'read')
  const fits = await verifyPassword(account?.passwordHash ?? null, body.password)
  if (!account || !fits) {
    throw new RefusalError({
      code: 'session.wrong_credentials',
      message: 'E-mail address and password do not match: check both, or choose a new password.',
      facts: {},
    })
  }
  await forgiveAttempt({ db, clock }, attempt)
  return beginSession(db, clock, http, account.id)
})

/** Signs in as a persona of the demo, without a password: only where a demo is loaded and the server shows it. */
export const signInAsPersonaUseCase = outside(identity.signInAsPersona, async ({ db, clock, body, services, http }) => {
  await countAttempt({ db, clock }, [network('persona', http.address)])
  const { open, offered } = await platformTransaction(
    db,
    clock,
    async (tx) => {
      const open = await personasOpen(tx, services.demo)
      return { open, offered: open ? await personas(tx) : [] }
    },
    'read',
  )
  const persona = offered.find((one) => one.key === body.key)
  if (!persona) {
    throw new RefusalError({
      code: 'persona.not_found',
      message: open
        ? `There is no “${body.key}” in the demo organization.`
        : 'This installation does not show the demo: start it with --demo.',
      facts: { key: body.key },
      field: 'key',
    })
  }
  return beginSession(db, clock, http, persona.accountId)
})

const restMillis = 5 * 60_000

/** Who is signed in. Coming back keeps the session alive, which is written down every five minutes at most. */
export const showSessionUseCase = outside(identity.session, async ({ db, clock, caller, http }) => {
  const { accountId, expiresAt, seenAt } = caller
  const now = Date.parse(clock())
  const stale = now - Date.parse(seenAt) >= restMillis
  return platformTransaction(
    db,
    clock,
    async (tx) => {
      if (stale) await keepAlive(tx, http.sessionToken ?? '', tx.now)
      return viewSession(tx, accountId, expiresAt)
    },
    stale ? 'write' : 'read',
  )
})

const keepAlive = (tx: Parameters<typeof endSession>[0], token: string, now: Instant): Promise<unknown> =>
  tx.rows(
    statement('update identity.session set seen_at = $2 where token_hash = $1 and seen_at < $2', [
      secretHash(token),
      now,
    ]),
  )

export const signOutUseCase = outside(identity.signOut, async ({ db, clock, http }) => {
  await platformTransaction(db, clock, (tx) => endSession(tx, http.sessionToken))
  http.clearSession()
  return undefined
})

/** Signs out on every device. A demo persona is many people: there it is this browser only. */
export const signOutEverywhereUseCase = outside(identity.signOutEverywhere, async ({ db, clock, caller, http }) => {
  await platformTransaction(db, clock, (tx) =>
    caller.persona ? endSession(tx, http.sessionToken) : endSessions(tx, caller.accountId),
  )
  http.clearSession()
  return undefined
})
