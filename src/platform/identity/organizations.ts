import { created } from '#kernel/change.ts'
import type { Id, OrgId } from '#kernel/id.ts'
import type { Instant } from '#kernel/time.ts'
import { type Actor, type OrgFacts, systemGrant } from '#platform/access/policy.ts'
import type { Role } from '#platform/access/roles.ts'
import { statement } from '#platform/db/database.ts'
import type { ScopeOpener, Tx } from '#platform/db/transaction.ts'
import type { Membership, Organization } from './records.ts'

/** What a new organization is given. */
export type NewOrganization = Pick<
  Organization,
  'slug' | 'name' | 'sector' | 'size' | 'language' | 'currency' | 'timeZone' | 'demo'
>

/** A readable address part for an organization’s name: `Müller & Söhne GmbH` → `mueller-soehne-gmbh`. */
export function slugOf(name: string): string {
  const plain = name
    .toLowerCase()
    .replaceAll('ä', 'ae')
    .replaceAll('ö', 'oe')
    .replaceAll('ü', 'ue')
    .replaceAll('ß', 'ss')
    .normalize('NFKD')
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^[^a-z]+|-+$/g, '')
    .slice(0, 40)
    .replace(/-+$/, '')
  return plain === '' ? 'organization' : plain
}

/** Puts an organization in scope that is about to be created. Used by set-up and the command line only. */
export function newOrganizationScope(id: OrgId, organization: NewOrganization): ScopeOpener<{ org: OrgFacts }> {
  return async (tx) => {
    await tx.rows(statement(`select set_config('app.org', $1, true)`, [id]))
    const { slug, name, language, currency, timeZone, demo } = organization
    return { org: { id, slug, name, language, currency, timeZone, demo } }
  }
}

/** Writes the organization put in scope by `newOrganizationScope`. A taken slug is a duplicate. */
export async function createOrganization(tx: Tx, organization: NewOrganization, reason: string): Promise<void> {
  const row: Organization = { ...organization, id: tx.org.id, orgId: tx.org.id, version: 1, createdAt: tx.now }
  await tx.commit(systemGrant(tx.org, reason), created('organization', row, 'organization.created'))
}

/** Makes an account a member of the organization in scope. */
export async function addMembership(
  tx: Tx,
  actor: Actor | null,
  member: {
    accountId: Id<'account'>
    personId: Id<'person'> | null
    roles: readonly Role[]
    expiresAt: Instant | null
  },
): Promise<Membership> {
  const row: Membership = { ...member, id: tx.newId(), orgId: tx.org.id, version: 1, endedAt: null }
  const grant = systemGrant(tx.org, actor?.name ?? 'set-up')
  await tx.commit(grant, created('membership', row, 'member.added'))
  return row
}
