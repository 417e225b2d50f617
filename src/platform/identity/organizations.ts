import { created } from '#kernel/change.ts'
import type { Id, OrgId } from '#kernel/id.ts'
import { ok, type Result, refuse } from '#kernel/result.ts'
import type { Instant } from '#kernel/time.ts'
import { type Actor, type Grant, type OrgFacts, ownAct, systemGrant } from '#platform/access/policy.ts'
import type { Role } from '#platform/access/roles.ts'
import type { SystemName } from '#platform/access/system-actors.ts'
import { statement } from '#platform/db/database.ts'
import type { PlatformTx, ScopeOpener, Tx } from '#platform/db/transaction.ts'
import { orRefuse } from '#platform/refusal/refusal-error.ts'
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

// Words the web app and the API use in addresses, and the slug of the demo.
const reserved = new Set(['api', 'assets', 'demo', 'link', 'new', 'set-up', 'settings', 'sign-in'])

/** Refuses what cannot be a short name: wrong characters (`organization.slug_form`) or a word of Plumbline's own. */
export function requireSlug(slug: string, demo: boolean): Result<string> {
  if (!/^[a-z][a-z0-9-]{0,39}$/.test(slug)) {
    return refuse(
      'organization.slug_form',
      `“${slug}” cannot be a short name: use small letters, digits and hyphens, a letter first, 40 at most.`,
      { slug },
      'slug',
    )
  }
  return isReserved(slug, demo) ? slugTaken(slug, 'slug') : ok(slug)
}

const isReserved = (slug: string, demo: boolean): boolean => reserved.has(slug) && !(demo && slug === 'demo')

const slugTaken = (slug: string, field: string): Result<never> =>
  refuse(
    'organization.slug_taken',
    `The short name “${slug}” is taken or kept for Plumbline itself: choose another.`,
    { slug },
    field,
  )

/** Refuses a slug that is taken, or that would hide a page of the web app. `field` named it. */
export async function requireFreeSlug(tx: PlatformTx, slug: string, demo: boolean, field: string): Promise<void> {
  const found = await tx.first<{ id: OrgId | null }>(statement('select identity.organization_id($1) as id', [slug]))
  if (found?.id || isReserved(slug, demo)) orRefuse(slugTaken(slug, field))
}

/** Puts an organization in scope that is about to be created. Used by set-up and the command line only. */
export function newOrganizationScope(id: OrgId, organization: NewOrganization): ScopeOpener<{ org: OrgFacts }> {
  return async (tx) => {
    await tx.rows(statement(`select set_config('app.org', $1, true)`, [id]))
    const { slug, name, language, currency, timeZone, demo } = organization
    return { org: { id, slug, name, language, currency, timeZone, demo } }
  }
}

/** What a module gives every new organization, in the transaction that creates it. Filled in `app`. */
export const foundings: ((tx: Tx, grant: Grant) => Promise<void>)[] = []

/**
 * Writes the organization put in scope by `newOrganizationScope`. A taken slug is a duplicate.
 * @param by a grant, or as what the system does it
 */
export async function createOrganization(tx: Tx, organization: NewOrganization, by: Grant | SystemName): Promise<void> {
  const row: Organization = { ...organization, id: tx.org.id, orgId: tx.org.id, version: 1, createdAt: tx.now }
  const grant = typeof by === 'string' ? systemGrant(tx.org, by) : by
  await tx.commit(grant, created('organization', row, 'organization.created'))
  for (const founding of foundings) await founding(tx, grant)
}

/** Makes an account a member of the organization in scope, without an invitation. */
export async function addMembership(
  tx: Tx,
  actor: Actor | null,
  member: {
    accountId: Id<'account'>
    email: string
    name: string
    personId: Id<'person'> | null
    roles: readonly Role[]
    expiresAt: Instant | null
  },
): Promise<Membership> {
  const row: Membership = {
    ...member,
    id: tx.newId(),
    orgId: tx.org.id,
    version: 1,
    acceptedAt: tx.now,
    endedAt: null,
  }
  const grant = actor === null ? systemGrant(tx.org, 'set-up') : ownAct(actor, 'member.add')
  await tx.commit(grant, created('membership', row, 'member.added'))
  return row
}
