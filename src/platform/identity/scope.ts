import { createHash } from 'node:crypto'
import type { Id, OrgId } from '#kernel/id.ts'
import type { Instant } from '#kernel/time.ts'
import type { Actor } from '#platform/access/policy.ts'
import type { Role } from '#platform/access/roles.ts'
import { statement } from '#platform/db/database.ts'
import type { PlatformTx, ScopeOpener } from '#platform/db/transaction.ts'
import { RefusalError } from '#platform/refusal/refusal-error.ts'

const slugPattern = /^[a-z][a-z0-9-]{0,39}$/

/** What a request brings to prove who calls. */
export interface Credential {
  readonly kind: 'session' | 'token'
  readonly secret: string
}

/** SHA-256 of a secret: all that is ever stored of one. */
export const secretHash = (secret: string): Buffer => createHash('sha256').update(secret).digest()

interface ScopeRow {
  actorKind: 'person' | 'token'
  actorId: Id
  actorName: string
  email: string | null
  locale: 'en' | 'de'
  persona: string | null
  credentialExpiresAt: Instant
  credentialSeenAt: Instant | null
  orgId: OrgId | null
  orgSlug: string
  orgName: string
  orgLanguage: string
  orgCurrency: string
  orgTimeZone: string
  orgDemo: boolean
  personId: Id<'person'> | null
  roles: Role[]
}

/** A signed-in caller, with or without an organization. */
export interface Caller {
  readonly accountId: Id<'account'>
  readonly name: string
  readonly email: string
  readonly locale: 'en' | 'de'
  /** A demo persona is shared by everybody who looks at the demo. */
  readonly persona: boolean
  readonly expiresAt: Instant
  readonly seenAt: Instant
}

async function lookUp(tx: PlatformTx, credential: Credential | null, slug: string | null): Promise<ScopeRow> {
  const row = credential
    ? await tx.first<ScopeRow>(
        statement('select * from identity.open_scope($1, $2, $3, $4)', [
          credential.kind,
          secretHash(credential.secret),
          slug,
          tx.now,
        ]),
      )
    : undefined
  if (!row) throw new RefusalError({ code: 'session.required', message: 'Sign in to go on.', facts: {} })
  return row
}

/**
 * Puts the organization a caller asks for in scope, if the caller is a member of it. Refuses with `session.required`,
 * or with `organization.not_found`, which does not tell whether such an organization exists.
 */
export function openScope(credential: Credential | null, slug: string): ScopeOpener<Actor> {
  return async (tx) => {
    // What cannot be a slug need not be stored text either (NUL): it is no organization of anybody's.
    const row = await lookUp(tx, credential, slugPattern.test(slug) ? slug : null)
    if (row.orgId === null) {
      throw new RefusalError({
        code: 'organization.not_found',
        message: `You are not a member of an organization “${slug}”.`,
        facts: { slug },
      })
    }
    return {
      kind: row.actorKind,
      id: row.actorId,
      name: row.actorName,
      personId: row.personId,
      roles: row.roles,
      org: {
        id: row.orgId,
        slug: row.orgSlug,
        name: row.orgName,
        language: row.orgLanguage,
        currency: row.orgCurrency,
        timeZone: row.orgTimeZone,
        demo: row.orgDemo,
      },
    }
  }
}

/** Who is signed in, outside any organization. Tokens are refused: they belong to one organization. */
export async function signedInCaller(tx: PlatformTx, sessionToken: string | null): Promise<Caller> {
  const row = await lookUp(tx, sessionToken === null ? null : { kind: 'session', secret: sessionToken }, null)
  return {
    accountId: row.actorId as Id<'account'>,
    name: row.actorName,
    email: row.email ?? '',
    locale: row.locale,
    persona: row.persona !== null,
    expiresAt: row.credentialExpiresAt,
    seenAt: row.credentialSeenAt ?? tx.now,
  }
}

interface OrgRow {
  id: OrgId
  slug: string
  name: string
  language: string
  currency: string
  timeZone: string
  demo: boolean
}

/**
 * Puts an organization in scope for work of the installation itself: the command line, jobs, the demo. A
 * request reaches it by a link of the operator alone.
 */
export function openSystemScope(slug: string, as: Omit<Actor, 'org'>): ScopeOpener<Actor> {
  return async (tx) => {
    const found = await tx.first<{ id: OrgId | null }>(statement('select identity.organization_id($1) as id', [slug]))
    if (!found?.id) {
      throw new RefusalError({
        code: 'organization.not_found',
        message: `There is no organization “${slug}”; “plumbline org list” shows those there are.`,
        facts: { slug },
      })
    }
    await tx.rows(statement(`select set_config('app.org', $1, true)`, [found.id]))
    const row = await tx.first<OrgRow>(
      statement('select id, slug, name, language, currency, time_zone, demo from organization'),
    )
    if (!row) throw new Error('The organization in scope cannot be read.')
    return { ...as, org: { ...row } }
  }
}
