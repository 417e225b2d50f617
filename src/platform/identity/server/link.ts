import type { Clock } from '#kernel/time.ts'
import { type Actor, ownAct } from '#platform/access/policy.ts'
import { type Database, statement } from '#platform/db/database.ts'
import { type PlatformTx, platformTransaction, type ScopeOpener, transaction } from '#platform/db/transaction.ts'
import { orRefuse, RefusalError } from '#platform/refusal/refusal-error.ts'
import { endSession, endSessions, type OpenedSession, openSession, setPassword } from '../accounts.ts'
import { identity } from '../contract.ts'
import { resetLetter } from '../letters.ts'
import { consumeLink, isByOperator, type LinkFacts, linkFacts, requestReset, withdrawLinks } from '../links.ts'
import { lockMembers } from '../members.ts'
import { acceptMembership } from '../membership.ts'
import { acceptPassword, hashPassword, verifyPassword } from '../password.ts'
import { membershipRecord } from '../records.ts'
import { type IdentityServices, outside } from '../services.ts'
import { revokeTokensOf } from '../system.ts'
import { changedMeanwhile } from './account.ts'
import { countAttempt, forgiveAttempt, network } from './attempts.ts'
import { sessionOf } from './session-view.ts'

const nameOf = (facts: LinkFacts): string =>
  facts.arrived ? facts.accountName : (facts.invitedName ?? facts.accountName)

export const showLinkUseCase = outside(identity.link, async ({ db, clock, body, http }) => {
  await countAttempt({ db, clock }, [network('link', http.address)])
  const facts = await platformTransaction(db, clock, (tx) => linkFacts(tx, body.token), 'read')
  const { kind, email, org, locale, arrived, expiresAt } = facts
  // Whoever holds an invitation need not be the invited person: it shows the name it was written for.
  const name = kind === 'invitation' ? (facts.invitedName ?? '') : facts.accountName
  return { kind, email, name, organization: org?.name ?? null, locale, hasAccount: arrived, expiresAt }
})

/**
 * Uses a link. A reset sets the password and ends all sessions; one the operator issued revokes the account's API tokens too. An invitation makes the person a member: a new account
 * gets its password here, an account somebody already has proves itself with the password it has, so that whoever
 * wrote the invitation can never choose it.
 */
export const useLinkUseCase = outside(identity.useLink, async ({ db, clock, body, services, http }) => {
  await countAttempt({ db, clock }, [network('link', http.address)])
  const [facts, byOperator] = await platformTransaction(
    db,
    clock,
    async (tx) => [await linkFacts(tx, body.token), await isByOperator(tx, body.token)] as const,
    'read',
  )
  const next = await provePassword(db, clock, facts, body, http.address)
  const begin = async (tx: PlatformTx): Promise<OpenedSession> => {
    await consumeLink(tx, body.token)
    if (next !== null && !(await setPassword(tx, facts.accountId, { seen: facts.passwordHash, next }))) {
      throw changedMeanwhile()
    }
    if (facts.kind === 'reset') {
      await endSessions(tx, facts.accountId)
      await withdrawLinks(tx, { accountId: facts.accountId, orgId: null, kind: 'reset' }, tx.now)
    }
    await endSession(tx, http.sessionToken)
    return openSession(tx, facts.accountId)
  }
  // Before the link is used up, so that none is left should it end there; and after the sessions, which could make more.
  if (byOperator) await revokeTokensOf(db, clock, facts.accountId)
  const session =
    facts.kind === 'reset'
      ? await platformTransaction(db, clock, begin)
      : await arrive(
          db,
          clock,
          facts,
          { name: body.name ?? nameOf(facts), locale: body.locale ?? null },
          services,
          begin,
        )
  if (byOperator) await revokeTokensOf(db, clock, facts.accountId)
  http.setSession(session.token, session.expiresAt)
  return sessionOf(db, clock, facts.accountId, session.expiresAt)
})

// The hash of the password just chosen; null where the account keeps the one it has, which must fit.
async function provePassword(
  db: Database,
  clock: Clock,
  facts: LinkFacts,
  body: { readonly password: string; readonly name?: string | undefined },
  address: string,
): Promise<string | null> {
  if (facts.kind === 'reset' || !facts.arrived) {
    if (body.password.length < 12) {
      throw new RefusalError({
        code: 'password.too_short',
        message: 'The password has fewer than 12 characters; a sentence you remember makes a good password.',
        facts: { least: 12 },
        field: 'password',
      })
    }
    orRefuse(acceptPassword(body.password, { email: facts.email, name: body.name ?? nameOf(facts) }, 'password'))
    return hashPassword(body.password)
  }
  const attempt = [network('signInNetwork', address), { limit: 'signInAccount', of: facts.email } as const]
  await countAttempt({ db, clock }, attempt)
  if (!(await verifyPassword(facts.passwordHash, body.password))) {
    throw new RefusalError({
      code: 'session.wrong_credentials',
      message: `There is an account for ${facts.email} already: accept with the password of that account.`,
      facts: {},
      field: 'password',
    })
  }
  await forgiveAttempt({ db, clock }, attempt)
  return null
}

// The account's part and the organization's part of an arrival in one transaction.
async function arrive(
  db: Database,
  clock: Clock,
  facts: LinkFacts,
  chosen: { readonly name: string; readonly locale: string | null },
  services: IdentityServices,
  begin: (tx: PlatformTx) => Promise<OpenedSession>,
): Promise<OpenedSession> {
  const { org, membershipId, accountId, email } = facts
  if (org === null || membershipId === null) throw new Error('An invitation without an organization.')
  const name = facts.arrived ? facts.accountName : chosen.name
  const open: ScopeOpener<Actor & { session: OpenedSession }> = async (tx) => {
    const session = await begin(tx)
    if (!facts.arrived) {
      await tx.rows(
        statement('update identity.account set name = $2, locale = coalesce($3, locale) where id = $1', [
          accountId,
          name,
          chosen.locale,
        ]),
      )
    }
    await tx.rows(statement(`select set_config('app.org', $1, true)`, [org.id]))
    return { kind: 'person', id: accountId, name, personId: null, roles: [], org, session }
  }
  return transaction(db, clock, open, { mode: 'write' }, async (tx, { session, ...actor }) => {
    await lockMembers(tx)
    const member = await tx.lockWith(ownAct(actor, 'member.accept'), membershipRecord, membershipId)
    // Whether it may be accepted at all, before anybody is entered in the directory.
    orRefuse(acceptMembership(member, { name, personId: null }, tx.now))
    const external = member.roles.every((role) => role === 'externalAuditor')
    const { directory } = services
    const entry = member.personId === null ? undefined : await directory.entryHere(tx, member.personId)
    // Exactly whom the invitation names, or somebody new under the name it gives them: who is in the directory is not for
    // the arrival to say. Where neither is possible any more, who this is stays open until an administrator says so.
    const enters = member.personId === null && !(await directory.entryBy(tx, { email }))
    // From here on it is the directory that says who acts, as in `identity.open_scope`.
    const grant = ownAct({ ...actor, name: entry?.name ?? (enters ? member.name : name) }, 'member.accept')
    const arrival = { name: member.name, email, external }
    const personId = enters ? await directory.enter(tx, grant, arrival) : (entry?.id ?? null)
    await tx.commit(grant, acceptMembership(member, { name, personId }, tx.now))
    return session
  })
}

/**
 * Sends a reset link to an address, if somebody with a password has it. Everything that depends on that happens after
 * the answer, which is therefore the same, and as fast, either way. Refuses where no mail is configured.
 */
export const requestResetUseCase = outside(identity.requestReset, async ({ db, clock, body, services, http }) => {
  const { mail, url } = services
  if (mail === null) {
    throw new RefusalError({
      code: 'mail.not_configured',
      message: 'This installation sends no mail: ask an administrator for a reset link.',
      facts: {},
    })
  }
  await countAttempt({ db, clock }, [network('resetNetwork', http.address), { limit: 'resetAccount', of: body.email }])
  http.later(async () => {
    const reset = await platformTransaction(db, clock, (tx) => requestReset(tx, url, body.email))
    if (reset) await mail.send(resetLetter({ ...reset, by: null }))
  })
  return undefined
})
