import { type Id, newId, type OrgId } from '#kernel/id.ts'
import type { Clock, Instant } from '#kernel/time.ts'
import { systemGrant } from '#platform/access/policy.ts'
import type { Role } from '#platform/access/roles.ts'
import { commandLine } from '#platform/access/system-actors.ts'
import { type Database, statement } from '#platform/db/database.ts'
import { type PlatformTx, platformTransaction, type Tx, transaction } from '#platform/db/transaction.ts'
import { orRefuse, RefusalError } from '#platform/refusal/refusal-error.ts'
import { findAccount } from './accounts.ts'
import { invite } from './invitation.ts'
import { type IssuedLink, issueLink } from './links.ts'
import {
  createOrganization,
  type NewOrganization,
  newOrganizationScope,
  requireFreeSlug,
  requireSlug,
} from './organizations.ts'
import type { ApiToken } from './records.ts'
import { openSystemScope } from './scope.ts'
import type { Directory } from './services.ts'
import { issueToken, revokeToken } from './token.ts'
import { storeTokenSecret } from './token-secret.ts'

// What the operator of an installation does from its command line. There is no role to ask for: whoever may run it
// owns the data. Every change inside an organization is in its ledger all the same.

/** An organization of this installation. */
export interface OrganizationSummary {
  readonly id: OrgId
  readonly slug: string
  readonly name: string
  readonly demo: boolean
  readonly createdAt: Instant
  /** Members who may enter now. */
  readonly members: number
}

/** All organizations of the installation, by slug. */
export const listOrganizations = (db: Database, clock: Clock): Promise<OrganizationSummary[]> =>
  platformTransaction(
    db,
    clock,
    (tx) => tx.rows<OrganizationSummary>(statement('select * from identity.organizations($1)', [tx.now])),
    'read',
  )

/**
 * Creates an organization without members. Refuses a slug that is no slug (`organization.slug_form`) or is taken
 * (`organization.slug_taken`).
 */
export async function createOrganizationBySystem(
  db: Database,
  clock: Clock,
  organization: Pick<NewOrganization, 'slug' | 'name'> & Partial<NewOrganization>,
): Promise<OrgId> {
  const facts: NewOrganization = {
    sector: 'other',
    size: '11-50',
    language: 'en',
    currency: 'EUR',
    timeZone: 'UTC',
    demo: false,
    ...organization,
  }
  orRefuse(requireSlug(facts.slug, facts.demo))
  const id = newId<'org'>(Date.parse(clock()))
  const scope = newOrganizationScope(id, facts)
  await transaction(
    db,
    clock,
    async (tx) => {
      await requireFreeSlug(tx, facts.slug, facts.demo, 'slug')
      return scope(tx)
    },
    { mode: 'write' },
    (tx) => createOrganization(tx, facts, commandLine.name),
  )
  return id
}

const inside = <T>(db: Database, clock: Clock, slug: string, work: (tx: Tx) => Promise<T>): Promise<T> =>
  transaction(db, clock, openSystemScope(slug, commandLine), { mode: 'write' }, work)

/** Issues an API token for an organization; its secret is returned this once. `expiresAt` is a year away at most. */
export function createTokenBySystem(
  db: Database,
  clock: Clock,
  slug: string,
  asked: Pick<ApiToken, 'roles' | 'expiresAt'> & { readonly name?: string },
): Promise<{ token: string; id: Id<'token'>; expiresAt: Instant }> {
  return inside(db, clock, slug, async (tx) => {
    const key = { id: tx.newId<'token'>(), orgId: tx.org.id, createdBy: null }
    const { roles, expiresAt, name = 'command line' } = asked
    await tx.commit(systemGrant(tx.org, commandLine.name), issueToken(key, { name, roles, expiresAt }, null, tx.now))
    return { token: await storeTokenSecret(tx, key.id), id: key.id, expiresAt }
  })
}

/**
 * Invites somebody from the command line: the first administrator of an organization created there, or a new one where
 * the last cannot sign in any more. `person`: the reference `P-3` of the entry it is for; without one they are entered
 * on acceptance. Refuses as `invite` does, and with `person.not_found`.
 */
export function inviteBySystem(
  db: Database,
  clock: Clock,
  place: { readonly url: URL; readonly directory: Directory },
  slug: string,
  invited: {
    readonly email: string
    readonly name: string
    readonly roles: readonly Role[]
    readonly expiresAt?: Instant
    readonly person?: string
  },
): Promise<IssuedLink> {
  return inside(db, clock, slug, async (tx) => {
    const { name, roles, expiresAt = null, person } = invited
    const email = invited.email.trim().toLowerCase()
    const entry = person === undefined ? null : await place.directory.entryBy(tx, { ref: person.trim() })
    if (entry === undefined) {
      throw new RefusalError({
        code: 'person.not_found',
        message: `There is no ${person} in the directory of ${tx.org.name}: name somebody by reference, as P-3.`,
        facts: {},
      })
    }
    const fields = { email, name, roles, expiresAt, personId: entry?.id ?? null }
    const { link, expiresAt: until } = await invite(tx, systemGrant(tx.org, commandLine.name), place, fields)
    return { link, expiresAt: until }
  })
}

/**
 * A reset link for any account that has a password, for the operator to hand over: the way out where no mail is
 * configured, no administrator may issue one, or somebody else set the password of an address before its holder came.
 * Using it ends every session of the account and revokes every API token it made. Refuses with `account.not_found`.
 * @returns the link, the short names of the organizations the account may enter, and how many tokens it has there
 */
export function resetLinkBySystem(
  db: Database,
  clock: Clock,
  url: URL,
  email: string,
): Promise<IssuedLink & { readonly organizations: readonly string[]; readonly tokens: number }> {
  return platformTransaction(db, clock, async (tx) => {
    const account = await findAccount(tx, email.trim().toLowerCase())
    if (!account?.passwordHash) {
      throw new RefusalError({
        code: 'account.not_found',
        message: `There is no account with a password for ${email}.`,
        facts: { email },
      })
    }
    const target = { accountId: account.id, orgId: null, kind: 'resetByOperator' } as const
    const memberships = await tx.rows<{ slug: string }>(
      statement('select slug from identity.memberships_of($1, $2)', [account.id, tx.now]),
    )
    const tokens = await tokensOf(tx, account.id)
    return {
      ...(await issueLink(tx, url, target, tx.now)),
      organizations: memberships.map(({ slug }) => slug),
      tokens: tokens.reduce((sum, one) => sum + one.tokens, 0),
    }
  })
}

const tokensOf = (tx: PlatformTx, account: Id<'account'>): Promise<{ slug: string; tokens: number }[]> =>
  tx.rows(statement('select slug, tokens::int as tokens from identity.tokens_of($1, $2)', [account, tx.now]))

/** Revokes every API token an account made, in every organization, with an entry in the ledger of each. */
export async function revokeTokensOf(db: Database, clock: Clock, account: Id<'account'>): Promise<void> {
  const found = await platformTransaction(db, clock, (tx) => tokensOf(tx, account), 'read')
  for (const { slug } of found) {
    await inside(db, clock, slug, async (tx) => {
      const tokens = await tx.rows<ApiToken>(
        statement('select * from api_token where org_id = $1 and created_by = $2 and revoked_at is null for update', [
          tx.org.id,
          account,
        ]),
      )
      const reason = 'The operator gave the account of its maker a new password.'
      await tx.commit(
        systemGrant(tx.org, commandLine.name),
        tokens.map((token) => revokeToken(token, reason, tx.now)),
      )
    })
  }
}
