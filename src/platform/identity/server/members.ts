import { changed, defined } from '#kernel/change.ts'
import type { Instant } from '#kernel/time.ts'
import { type Actor, grantForNew } from '#platform/access/policy.ts'
import { statement } from '#platform/db/database.ts'
import { afterCommit } from '#platform/http/use-case.ts'
import type { Mail } from '#platform/mail/mailer.ts'
import { orRefuse, RefusalError } from '#platform/refusal/refusal-error.ts'
import { identity } from '../contract.ts'
import { invite } from '../invitation.ts'
import { invitationLetter, resetLetter } from '../letters.ts'
import { type IssuedLink, issueLink } from '../links.ts'
import { lockMembers, requireFreePerson, requireNoDemo, requireOtherMember, saveMembership } from '../members.ts'
import { changeMembership, endMembership } from '../membership.ts'
import { type Membership, membershipRecord } from '../records.ts'
import { type IdentityServices, inOrganization } from '../services.ts'
import { listMembers, showMember } from './member-views.ts'

export const listMembersUseCase = inOrganization(identity.members, async ({ tx, actor, can }) => ({
  items: await listMembers(tx, { actor, can }),
  can: {
    edit: actor.kind === 'person' && can('member.edit'),
    invite: actor.kind === 'person' && can('member.edit') && !actor.org.demo,
    enterSelf: actor.kind === 'person' && actor.personId === null && can('member.enterSelf'),
  },
}))

/**
 * Who works here is decided by people: a stolen API token must not be able to make itself lasting company.
 * Refuses tokens with `access.person_needed`.
 */
export function requirePerson(actor: Actor): void {
  if (actor.kind !== 'token') return
  throw new RefusalError({
    code: 'access.person_needed',
    message: 'Members and API tokens are managed by people who are signed in, not with an API token.',
    facts: {},
  })
}

/**
 * What the one who asked for a link is answered. With a mail server the link goes to its address alone, so that the
 * password chosen with it proves the address; without one it is handed over by hand.
 */
async function handOver(
  { mail }: Pick<IdentityServices, 'mail'>,
  { link, expiresAt }: IssuedLink,
  letter: Mail,
): Promise<{ link: string | null; expiresAt: Instant; mailed: boolean }> {
  if (mail === null) return { link, expiresAt, mailed: false }
  return { link: null, expiresAt, mailed: await mail.send(letter) }
}

/**
 * Invites somebody. An address that was invited before gets a new link in place of the old one. The demo invites
 * nobody. Mail that fails loses nothing: the answer says so, and inviting again sends a new link.
 */
export const inviteUseCase = inOrganization(identity.invite, async ({ tx, permission, actor, can, body, services }) => {
  requirePerson(actor)
  const grant = orRefuse(grantForNew(permission))
  const { membershipId, ...issued } = await invite(tx, grant, services, body)
  const member = await showMember(tx, membershipId, { actor, can })
  const letter = invitationLetter({
    email: body.email,
    name: body.name,
    organization: tx.org.name,
    by: actor.name,
    link: issued.link,
    locale: tx.org.language,
  })
  return afterCommit(async () => ({ ...(await handOver(services, issued, letter)), member }))
})

/**
 * Enters an administrator who is linked to nobody in the directory, under the name and address of their account: the
 * way out of a sole administrator, whom nobody else could link. Never links to an entry that exists, since they would
 * sign as that person. Refuses with `member.entered_already` and `member.own_address_taken`.
 */
export const enterSelfUseCase = inOrganization(
  identity.enterSelf,
  async ({ tx, permission, actor, can, services: { directory } }) => {
    requirePerson(actor)
    const grant = orRefuse(grantForNew(permission))
    await lockMembers(tx)
    const member = await tx.first<Membership>(
      statement('select * from membership where org_id = $1 and account_id = $2 and ended_at is null for update', [
        tx.org.id,
        actor.id,
      ]),
    )
    if (!member) throw new Error('Somebody in scope without a membership.')
    const { email } = member
    if (member.personId !== null) {
      throw new RefusalError({
        code: 'member.entered_already',
        message: 'You are linked to an entry of the directory already.',
        facts: {},
      })
    }
    const taken = await directory.entryBy(tx, { email })
    if (taken) {
      const { name, ref } = taken
      throw new RefusalError({
        code: 'member.own_address_taken',
        message: `${name} (${ref}) has your address ${email} in the directory: ask another administrator to link you to that entry, or give it another address first.`,
        facts: { name, ref, email },
      })
    }
    const personId = await directory.enter(tx, grant, { name: actor.name, email, external: false })
    await tx.commit(grant, orRefuse(changeMembership(member, { personId }, tx.now)))
    return showMember(tx, member.id, { actor, can })
  },
)

export const changeMemberUseCase = inOrganization(
  identity.changeMember,
  async ({ tx, permission, actor, can, params, body, version, services }) => {
    requirePerson(actor)
    await lockMembers(tx)
    const { row, grant } = await tx.lock(permission, membershipRecord, params.membershipId, version)
    if (body.personId !== undefined && body.personId !== row.personId) {
      requireOtherMember(actor, row)
      await services.directory.requireHere(tx, body.personId, 'personId')
      await requireFreePerson(tx, body.personId, row.accountId)
    }
    await saveMembership(tx, grant, orRefuse(changeMembership(row, defined(body), tx.now)), services.roleTable)
    return showMember(tx, row.id, { actor, can })
  },
)

export const endMemberUseCase = inOrganization(
  identity.endMember,
  async ({ tx, permission, actor, can, params, body, services }) => {
    requirePerson(actor)
    await lockMembers(tx)
    const { row, grant } = await tx.lock(permission, membershipRecord, params.membershipId)
    await saveMembership(tx, grant, orRefuse(endMembership(row, body.reason, tx.now)), services.roleTable)
    return showMember(tx, row.id, { actor, can })
  },
)

const resetObstacles: Readonly<Record<string, string>> = {
  not_here: 'is not a member at present: only members can be given a reset link.',
  persona: 'is a persona of the demo and has no password.',
  elsewhere:
    'belongs to other organizations too, so nobody here may reset the password. They can do it themselves from the sign-in page, or the operator of this installation with “plumbline account reset”.',
}

/**
 * Issues a reset link for a member. Only for an account that belongs to this organization alone: otherwise its
 * administrator could take over an account that works for others. None in the demo. Left in the ledger.
 */
export const resetMemberUseCase = inOrganization(
  identity.resetMember,
  async ({ tx, permission, actor, params, services }) => {
    requirePerson(actor)
    const { row, grant } = await tx.lock(permission, membershipRecord, params.membershipId)
    const { email, name } = row
    const found = await tx.first<{ obstacle: string | null }>(
      statement('select identity.reset_obstacle($1) as obstacle', [row.accountId]),
    )
    const obstacle = found ? found.obstacle : 'not_here'
    if (obstacle !== null) {
      throw new RefusalError({
        code: `member.reset_${obstacle}`,
        message: `${row.email} ${resetObstacles[obstacle] ?? 'cannot be given a reset link.'}`,
        facts: { email: row.email },
      })
    }
    requireNoDemo(tx.org)
    await tx.commit(grant, changed('membership', row, {}, 'member.resetIssued'))
    const target = { accountId: row.accountId, orgId: tx.org.id, kind: 'resetByAdministrator' } as const
    const issued = await issueLink(tx, services.url, target, tx.now)
    const letter = resetLetter({ email, name, link: issued.link, locale: tx.org.language, by: actor.name })
    return afterCommit(() => handOver(services, issued, letter))
  },
)
