import { type Id, newId } from '#kernel/id.ts'
import type { Grant } from '#platform/access/policy.ts'
import { statement } from '#platform/db/database.ts'
import type { Tx } from '#platform/db/transaction.ts'
import { orRefuse, RefusalError } from '#platform/refusal/refusal-error.ts'
import { type IssuedLink, issueLink } from './links.ts'
import { lockMembers, requireFreePerson } from './members.ts'
import { inviteMember, type MembershipFields, takeUpMembership } from './membership.ts'
import type { Membership } from './records.ts'

/**
 * Invites an address into the organization in scope and issues its link; one that was invited before gets a new link
 * in place of the old. An address nobody has used yet gets an account without a password, which only the link can give
 * it. Refuses members (`member.exists`) and personas of the demo.
 */
export async function invite(
  tx: Tx,
  grant: Grant,
  url: URL,
  invited: MembershipFields & Pick<Membership, 'email' | 'name'>,
): Promise<IssuedLink & { readonly membershipId: Id<'membership'> }> {
  await lockMembers(tx)
  const accountId = await accountOf(tx, invited)
  const before = await membershipOf(tx, accountId, invited.email)
  await requireFreePerson(tx, invited.personId, before?.accountId ?? accountId)
  const key = { id: tx.newId<'membership'>(), orgId: tx.org.id, accountId }
  const imported = before !== undefined && before.accountId !== accountId
  const change = orRefuse(
    imported
      ? takeUpMembership(before, accountId, invited, tx.now)
      : inviteMember(before ?? null, key, invited, tx.now),
  )
  await tx.commit(grant, change)
  const issued = await issueLink(tx, url, { accountId, orgId: tx.org.id, kind: 'invitation' }, tx.now)
  return { ...issued, membershipId: change.after.id }
}

// What the account holds here already, or what somebody of this address held where the organization was imported from.
async function membershipOf(tx: Tx, accountId: Id<'account'>, email: string): Promise<Membership | undefined> {
  return tx.first<Membership>(
    statement(
      `select * from membership m where org_id = $1 and (account_id = $2 or email = $3
         and account_id in (select a.account_id from identity.absent_accounts() a))
       order by account_id = $2 desc, ended_at is null desc, id limit 1 for update of m`,
      [tx.org.id, accountId, email],
    ),
  )
}

async function accountOf(tx: Tx, { email, name }: { email: string; name: string }): Promise<Id<'account'>> {
  const language = tx.org.language === 'de' ? 'de' : 'en'
  const found = await tx.first<{ accountId: Id<'account'>; persona: boolean }>(
    statement('select account_id, persona from identity.account_for_invitation($1, $2, $3, $4, $5)', [
      email,
      name,
      language,
      newId(Date.parse(tx.now)),
      tx.now,
    ]),
  )
  if (!found) throw new Error('No account for an invitation.')
  if (!found.persona) return found.accountId
  throw new RefusalError({
    code: 'member.persona',
    message: `${email} belongs to a persona of the demo, which cannot be invited.`,
    facts: { email },
    field: 'email',
  })
}
