import type { Change } from '#kernel/change.ts'
import type { Id } from '#kernel/id.ts'
import { type Actor, covers, type Grant, type OrgFacts, type RoleTable } from '#platform/access/policy.ts'
import { statement } from '#platform/db/database.ts'
import type { Tx } from '#platform/db/transaction.ts'
import { orRefuse, RefusalError } from '#platform/refusal/refusal-error.ts'
import { withdrawLinks } from './links.ts'
import { endMembership, isStandingAdministrator, keepsAdministrator } from './membership.ts'
import type { ApiToken, Membership } from './records.ts'
import { revokeToken } from './token.ts'

/**
 * Lets one change of members happen at a time in an organization, so that two administrators cannot remove each other
 * at once. Take it before any membership row. Other writes do not wait for it.
 */
export async function lockMembers(tx: Tx): Promise<void> {
  await tx.rows(statement('select id from organization where org_id = $1 for no key update', [tx.org.id]))
}

/**
 * Writes a changed membership, after `lockMembers`. Refuses to lose the last administrator; API tokens that could do
 * more than their maker still can are revoked with it, and with an ended membership all of the person's tokens and
 * open invitations.
 */
export async function saveMembership(
  tx: Tx,
  grant: Grant,
  change: Change<Membership>,
  roleTable: RoleTable | null,
): Promise<void> {
  const { after } = change
  const [members, tokens] = await Promise.all([
    tx.rows<Pick<Membership, 'roles' | 'acceptedAt' | 'endedAt' | 'expiresAt'>>(
      statement(
        `select roles, accepted_at, ended_at, expires_at from membership
         where org_id = $1 and id <> $2 and 'administrator' = any(roles) and ended_at is null
           and account_id not in (select a.account_id from identity.absent_accounts() a)`,
        [tx.org.id, after.id],
      ),
    ),
    tx.rows<ApiToken>(
      statement('select * from api_token where org_id = $1 and created_by = $2 and revoked_at is null for update', [
        tx.org.id,
        after.accountId,
      ]),
    ),
  ])
  orRefuse(keepsAdministrator(change, members.filter(isStandingAdministrator).length))
  const excessive = tokens.filter(
    (token) => after.endedAt !== null || (roleTable !== null && !covers(roleTable, after.roles, token.roles)),
  )
  const reason =
    after.endedAt === null ? 'The roles of its maker no longer cover it.' : 'The membership of its maker ended.'
  await tx.commit(grant, [change, ...excessive.map((token) => revokeToken(token, reason, tx.now))])
  if (after.endedAt !== null) {
    await withdrawLinks(tx, { accountId: after.accountId, orgId: tx.org.id, kind: 'invitation' }, tx.now)
  }
}

/**
 * Ends the membership a person of the directory holds, if any: who has left keeps no access. Their API tokens end with
 * it. Refuses with `member.last_administrator`.
 * @returns the membership as it was; null when there was none
 */
export async function endMembershipOf(
  tx: Tx,
  grant: Grant,
  personId: Id<'person'>,
  reason: string,
): Promise<Membership | null> {
  await lockMembers(tx)
  const member = await tx.first<Membership>(
    statement('select * from membership where org_id = $1 and person_id = $2 and ended_at is null for update', [
      tx.org.id,
      personId,
    ]),
  )
  if (!member) return null
  await saveMembership(tx, grant, orRefuse(endMembership(member, reason, tx.now)), null)
  return member
}

/**
 * Everybody may act as administrator of the demo: through it nobody gets an account under an address, which need not be
 * theirs, nor a link to one. Refuses with `member.demo_no_invitations`.
 */
export function requireNoDemo(org: Pick<OrgFacts, 'demo'>): void {
  if (!org.demo) return
  throw new RefusalError({
    code: 'member.demo_no_invitations',
    message:
      'The demo organization invites nobody and issues no reset links. Set up an organization of your own to work with others.',
    facts: {},
  })
}

/** Refuses when another member already is this person. */
export async function requireFreePerson(
  tx: Tx,
  personId: Id<'person'> | null,
  accountId: Id<'account'> | null,
): Promise<void> {
  const holder = personId === null ? undefined : await holderOf(tx, personId)
  if (holder && holder.accountId !== accountId) {
    throw new RefusalError({
      code: 'member.person_taken',
      message: `This person is a member already, as ${holder.email}: one person holds one membership.`,
      facts: { email: holder.email },
      field: 'personId',
    })
  }
}

/**
 * Refuses when somebody changes the person of their own membership, to another one or to none: they would sign and
 * approve as whoever they choose.
 */
export function requireOtherMember(actor: Actor, member: Pick<Membership, 'accountId'>): void {
  if (member.accountId !== actor.id) return
  throw new RefusalError({
    code: 'member.own_person',
    message:
      'Nobody changes which person of the directory they are themselves, because they sign and approve as that person: ask another administrator.',
    facts: {},
    field: 'personId',
  })
}

/** The membership that is a person of the directory at present. */
function holderOf(tx: Tx, personId: Id<'person'>): Promise<Pick<Membership, 'accountId' | 'email'> | undefined> {
  return tx.first(
    statement('select account_id, email from membership where org_id = $1 and person_id = $2 and ended_at is null', [
      tx.org.id,
      personId,
    ]),
  )
}
