import { statement } from '#platform/db/database.ts'
import { platformTransaction } from '#platform/db/transaction.ts'
import { orRefuse, RefusalError } from '#platform/refusal/refusal-error.ts'
import { endSessions, findAccount, openSession, setPassword } from '../accounts.ts'
import { identity } from '../contract.ts'
import { withdrawLinks } from '../links.ts'
import { acceptPassword, hashPassword, verifyPassword } from '../password.ts'
import { outside } from '../services.ts'
import { countAttempt, forgiveAttempt } from './attempts.ts'
import { sessionOf } from './session-view.ts'

const sharedAccount = (): RefusalError =>
  new RefusalError({
    code: 'account.persona',
    message: 'This is a persona of the demo, shared by everybody who looks at it: it cannot be changed.',
    facts: {},
  })

/** Changes the own password: every session ends, this browser gets a new one, and open reset links stop working. */
export const changePasswordUseCase = outside(identity.changePassword, async ({ db, clock, caller, body, http }) => {
  if (caller.persona) throw sharedAccount()
  const attempt = [{ limit: 'signInAccount', of: caller.email } as const]
  await countAttempt({ db, clock }, attempt)
  const account = await platformTransaction(db, clock, (tx) => findAccount(tx, caller.email), 'read')
  const seen = account?.passwordHash ?? null
  if (!(await verifyPassword(seen, body.current))) {
    throw new RefusalError({
      code: 'account.wrong_password',
      message: 'This is not your present password.',
      facts: {},
      field: 'current',
    })
  }
  await forgiveAttempt({ db, clock }, attempt)
  if (body.next === body.current) {
    throw new RefusalError({
      code: 'password.unchanged',
      message: 'The new password is the present one: choose another.',
      facts: {},
      field: 'next',
    })
  }
  orRefuse(acceptPassword(body.next, caller, 'next'))
  const next = await hashPassword(body.next)
  const session = await platformTransaction(db, clock, async (tx) => {
    if (!(await setPassword(tx, caller.accountId, { seen, next }))) throw changedMeanwhile()
    await endSessions(tx, caller.accountId)
    await withdrawLinks(tx, { accountId: caller.accountId, orgId: null, kind: 'reset' }, tx.now)
    return openSession(tx, caller.accountId)
  })
  http.setSession(session.token, session.expiresAt)
  return undefined
})

/** Two requests set a password at the same time: the later one looks again. */
export const changedMeanwhile = (): RefusalError =>
  new RefusalError({
    code: 'account.changed_meanwhile',
    message: 'The password of this account was changed a moment ago: sign in with the new one.',
    facts: {},
  })

/** Changes the own name or language. */
export const changeProfileUseCase = outside(identity.changeProfile, async ({ db, clock, caller, body }) => {
  if (caller.persona && body.name !== undefined && body.name !== caller.name) throw sharedAccount()
  await platformTransaction(db, clock, (tx) =>
    tx.rows(
      statement('update identity.account set name = coalesce($2, name), locale = coalesce($3, locale) where id = $1', [
        caller.accountId,
        body.name ?? null,
        body.locale ?? null,
      ]),
    ),
  )
  return sessionOf(db, clock, caller.accountId, caller.expiresAt)
})
