import { type Id, newId } from '#kernel/id.ts'
import type { Grant } from '#platform/access/policy.ts'
import { statement } from '#platform/db/database.ts'
import type { Tx } from '#platform/db/transaction.ts'
import { orRefuse, RefusalError } from '#platform/refusal/refusal-error.ts'
import { type IssuedLink, issueLink } from './links.ts'
import { lockMembers, requireFreePerson, requireNoDemo } from './members.ts'
import { inviteMember, type MembershipFields, takeUpMembership } from './membership.ts'
import type { Membership } from './records.ts'
import type { Directory } from './services.ts'

/**
 * Invites an address into the organization in scope and issues its link; one that was invited before gets a new link
 * in place of the old. An address nobody has used yet gets an account without a password, which only the link can give
 * it. The invitation names the person of the directory it is for, null for somebody to be entered there: nobody is looked
 * up by an address later, which whoever edits the directory could change. Refuses members (`member.exists`), personas of
 * the demo and its organization, a person who is not here or is a member already, and a new entry for an address the
 * directory has (`member.entry_has_address`).
 */
export async function invite(
  tx: Tx,
  grant: Grant,
  { url, directory }: { readonly url: URL; readonly directory: Directory },
  invited: MembershipFields & Pick<Membership, 'email' | 'name'>,
): Promise<IssuedLink & { readonly membershipId: Id<'membership'> }> {
  requireNoDemo(tx.org)
  await lockMembers(tx)
  await directory.requireHere(tx, invited.personId, 'personId')
  const accountId = await accountOf(tx, invited)
  const before = await membershipOf(tx, accountId, invited.email)
  const imported = before !== undefined && before.accountId !== accountId
  const personId = invited.personId ?? (imported ? before.personId : null)
  await requireFreePerson(tx, personId, before?.accountId ?? accountId)
  const key = { id: tx.newId<'membership'>(), orgId: tx.org.id, accountId }
  const change = orRefuse(
    imported
      ? takeUpMembership(before, accountId, invited, tx.now)
      : inviteMember(before ?? null, key, invited, tx.now),
  )
  if (personId === null) await requireNewAddress(tx, directory, invited.email)
  await tx.commit(grant, change)
  const issued = await issueLink(tx, url, { accountId, orgId: tx.org.id, kind: 'invitation' }, tx.now)
  return { ...issued, membershipId: change.after.id }
}

async function requireNewAddress(tx: Tx, directory: Directory, email: string): Promise<void> {
  const entry = await directory.entryBy(tx, { email })
  if (!entry) return
  const { name, ref } = entry
  throw new RefusalError({
    code: 'member.entry_has_address',
    message: `${name} (${ref}) has the address ${email} in the directory: invite that person, or give the entry another address first.`,
    facts: { name, ref, email },
    field: 'personId',
  })
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
