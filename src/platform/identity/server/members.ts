import { changed, defined } from '#kernel/change.ts'
import { type Actor, grantForNew, type OrgFacts } from '#platform/access/policy.ts'
import { statement } from '#platform/db/database.ts'
import { afterCommit } from '#platform/http/use-case.ts'
import { orRefuse, RefusalError } from '#platform/refusal/refusal-error.ts'
import { identity } from '../contract.ts'
import { invite } from '../invitation.ts'
import { invitationLetter } from '../letters.ts'
import { issueLink } from '../links.ts'
import { lockMembers, requireFreePerson, requireOtherMember, saveMembership } from '../members.ts'
import { changeMembership, endMembership } from '../membership.ts'
import { membershipRecord } from '../records.ts'
import { inOrganization } from '../services.ts'
import { listMembers, showMember } from './member-views.ts'

export const listMembersUseCase = inOrganization(identity.members, async ({ tx, actor, can }) => ({
  items: await listMembers(tx, { actor, can }),
  can: {
    edit: actor.kind === 'person' && can('member.edit'),
    invite: actor.kind === 'person' && can('member.edit') && !actor.org.demo,
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
 * Everybody may act as administrator of the demo: through it nobody gets an account under an address, which need not be
 * theirs, nor a link to one. Refuses with `member.demo_no_invitations`.
 */
function requireNoDemo(org: OrgFacts): void {
  if (!org.demo) return
  throw new RefusalError({
    code: 'member.demo_no_invitations',
    message:
      'The demo organization invites nobody and issues no reset links. Set up an organization of your own to work with others.',
    facts: {},
  })
}

/**
 * Invites somebody: the link is answered this once, and sent where a mail server is configured. An address that was
 * invited before gets a new link in place of the old one. The demo invites nobody. Mail that fails loses nothing: the
 * answer says so.
 */
export const inviteUseCase = inOrganization(identity.invite, async ({ tx, permission, actor, can, body, services }) => {
  requirePerson(actor)
  requireNoDemo(tx.org)
  const grant = orRefuse(grantForNew(permission))
  await services.directory.requireHere(tx, body.personId, 'personId')
  const { membershipId, ...issued } = await invite(tx, grant, services.url, body)
  const member = await showMember(tx, membershipId, { actor, can })
  const letter = invitationLetter({
    email: body.email,
    name: body.name,
    organization: tx.org.name,
    by: actor.name,
    link: issued.link,
    locale: tx.org.language,
  })
  const { mail } = services
  return afterCommit(async () => ({ ...issued, mailed: mail === null ? false : await mail.send(letter), member }))
})

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
    return { ...(await issueLink(tx, services.url, target, tx.now)), mailed: false }
  },
)
