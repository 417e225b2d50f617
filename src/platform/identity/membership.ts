import { type Change, changed, created } from '#kernel/change.ts'
import type { Id, OrgId } from '#kernel/id.ts'
import { ok, type Result, refuse } from '#kernel/result.ts'
import type { Instant } from '#kernel/time.ts'
import { needsExpiry } from '#platform/access/roles.ts'
import type { Membership } from './records.ts'

/** What an administrator decides about a member. */
export type MembershipFields = Pick<Membership, 'roles' | 'personId' | 'expiresAt'>

/** Where a membership stands. `lapsed`: its time is over, which nobody had to record. */
export type MembershipState = 'pending' | 'active' | 'lapsed' | 'ended'

export function stateOf(
  member: Pick<Membership, 'acceptedAt' | 'endedAt' | 'expiresAt'>,
  now: Instant,
): MembershipState {
  if (member.endedAt !== null) return 'ended'
  if (member.expiresAt !== null && member.expiresAt <= now) return 'lapsed'
  return member.acceptedAt === null ? 'pending' : 'active'
}

/**
 * Checks what an administrator asks for. Refuses an end in the past, and an external auditor without one: their access
 * is limited to the audit it serves.
 */
function allowed(fields: MembershipFields, now: Instant): Result<true> {
  if (fields.expiresAt !== null && fields.expiresAt <= now) {
    return refuse(
      'member.expiry_past',
      `The access would end on ${fields.expiresAt.slice(0, 10)}, which is past: choose a later day, or end the membership.`,
      { expiresAt: fields.expiresAt },
      'expiresAt',
    )
  }
  if (needsExpiry(fields.roles) && fields.expiresAt === null) {
    return refuse(
      'member.auditor_needs_expiry',
      'An external auditor’s access must end by itself: say until when it is needed.',
      {},
      'expiresAt',
    )
  }
  return ok(true)
}

/**
 * Invites an account into an organization, or again after an earlier membership ended or an earlier link was lost.
 * @param before the account's membership of this organization so far
 */
export function inviteMember(
  before: Membership | null,
  key: { readonly id: Id<'membership'>; readonly orgId: OrgId; readonly accountId: Id<'account'> },
  invited: MembershipFields & Pick<Membership, 'email' | 'name'>,
  now: Instant,
): Result<Change<Membership>> {
  const checked = allowed(invited, now)
  if (!checked.ok) return checked
  if (before === null) {
    const row: Membership = { ...key, ...invited, version: 1, acceptedAt: null, endedAt: null }
    return ok(created('membership', row, 'member.invited'))
  }
  const state = before.acceptedAt === null && before.endedAt === null ? 'pending' : stateOf(before, now)
  if (state === 'active') {
    return refuse(
      'member.exists',
      `${before.email} is a member already: change the roles in the list of members.`,
      { email: before.email },
      'email',
    )
  }
  if (state === 'lapsed') {
    return refuse(
      'member.exists',
      `${before.email} is a member whose access ended on ${before.expiresAt?.slice(0, 10) ?? ''}: set a later day in the list of members.`,
      { email: before.email },
      'email',
    )
  }
  return ok(changed('membership', before, { ...invited, acceptedAt: null, endedAt: null }, 'member.invited'))
}

/**
 * Invites somebody into a membership that came with an imported organization and belongs to an account of another
 * installation. Whatever it opened there, here it opens nothing until the invitation is accepted.
 * @param accountId the account of this installation that is invited
 */
export function takeUpMembership(
  before: Membership,
  accountId: Id<'account'>,
  invited: MembershipFields & Pick<Membership, 'email' | 'name'>,
  now: Instant,
): Result<Change<Membership>> {
  const checked = allowed(invited, now)
  if (!checked.ok) return checked
  const personId = invited.personId ?? before.personId
  const patch = { ...invited, accountId, personId, acceptedAt: null, endedAt: null }
  return ok(changed('membership', before, patch, 'member.invited'))
}

/** An invited person arrives. Refuses when the invitation was withdrawn, ran out or was accepted before. */
export function acceptMembership(
  member: Membership,
  arrival: { readonly name: string; readonly personId: Id<'person'> | null },
  now: Instant,
): Result<Change<Membership>> {
  switch (stateOf(member, now)) {
    case 'pending':
      return ok(changed('membership', member, { ...arrival, acceptedAt: now }, 'member.arrived'))
    case 'active':
      return refuse('link.used', 'This invitation was accepted already: sign in.')
    case 'lapsed':
    case 'ended':
      return refuse(
        'link.expired',
        'This invitation was withdrawn or its time is over: ask an administrator for a new one.',
      )
  }
}

/** Changes roles, person or end of a membership. Refuses an ended one. */
export function changeMembership(
  member: Membership,
  patch: Partial<MembershipFields>,
  now: Instant,
): Result<Change<Membership>> {
  if (member.endedAt !== null) return hasEnded(member)
  // An end that was fine when it was set may stay as it is while something else changes.
  const moved = patch.expiresAt !== undefined && patch.expiresAt !== member.expiresAt
  const fields = { ...member, ...patch }
  const checked = allowed(moved || fields.expiresAt === null ? fields : { ...fields, expiresAt: farAway }, now)
  if (!checked.ok) return checked
  return ok(changed('membership', member, patch, 'member.changed'))
}

const farAway = '9999-12-31T00:00:00.000Z' as Instant

/** Ends a membership, at once. */
export function endMembership(member: Membership, reason: string, now: Instant): Result<Change<Membership>> {
  if (member.endedAt !== null) return hasEnded(member)
  return ok(changed('membership', member, { endedAt: now }, 'member.ended', reason))
}

const hasEnded = (member: Membership): Result<never> =>
  refuse(
    'member.ended',
    `The membership of ${member.email} ended on ${member.endedAt?.slice(0, 10) ?? ''}: invite them again.`,
    { email: member.email },
  )

/** Whether a membership keeps an organization manageable: an administrator who is here and stays. */
export const isStandingAdministrator = (
  member: Pick<Membership, 'roles' | 'acceptedAt' | 'endedAt' | 'expiresAt'>,
): boolean =>
  member.roles.includes('administrator') &&
  member.acceptedAt !== null &&
  member.endedAt === null &&
  member.expiresAt === null

/**
 * Keeps an organization from losing its last administrator.
 * @param others how many other standing administrators there are, under a lock
 */
export function keepsAdministrator(change: Change<Membership>, others: number): Result<true> {
  const loses =
    change.before !== null && isStandingAdministrator(change.before) && !isStandingAdministrator(change.after)
  if (!loses || others > 0) return ok(true)
  return refuse(
    'member.last_administrator',
    'This is the last administrator whose access has no end: make somebody else an administrator first.',
    {},
    'roles',
  )
}
