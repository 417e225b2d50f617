import type { Id, OrgId } from '#kernel/id.ts'
import type { Instant } from '#kernel/time.ts'
import type { OrgFacts } from '#platform/access/policy.ts'
import { type Connection, statement } from '#platform/db/database.ts'
import type { PlatformTx } from '#platform/db/transaction.ts'
import { RefusalError } from '#platform/refusal/refusal-error.ts'
import { newSecret } from './accounts.ts'
import { linkPage } from './contract.ts'
import { secretHash } from './scope.ts'

const hour = 3_600_000

/** How long each kind of link works. A reset by an administrator or the operator is passed on by hand and lives longer. */
export const linkLife = {
  invitation: 7 * 24 * hour,
  reset: hour,
  resetByAdministrator: 24 * hour,
  resetByOperator: 24 * hour,
} as const

/** A link as it is handed over: its secret exists nowhere else. */
export interface IssuedLink {
  readonly link: string
  readonly expiresAt: Instant
}

/** The address behind a secret. It stands in the fragment, which browsers keep to themselves. */
const addressOf = (url: URL, secret: string): string => `${new URL(linkPage, url).href}#${secret}`

/**
 * Issues a link for an account; earlier ones of the same kind (and organization) stop working. Inside an organization
 * `orgId` must be the one in scope.
 */
export async function issueLink(
  connection: Connection,
  url: URL,
  link: {
    readonly accountId: Id<'account'>
    readonly orgId: OrgId | null
    readonly kind: keyof typeof linkLife
  },
  now: Instant,
): Promise<IssuedLink> {
  const kind = link.kind === 'invitation' ? 'invitation' : 'reset'
  const secret = newSecret()
  const expiresAt = new Date(Date.parse(now) + linkLife[link.kind]).toISOString() as Instant
  await withdrawLinks(connection, { ...link, kind }, now)
  await connection.rows(
    statement(
      `insert into identity.link (token_hash, kind, account_id, org_id, created_at, expires_at, by_operator)
       values ($1, $2, $3, $4, $5, $6, $7)`,
      [secretHash(secret), kind, link.accountId, link.orgId, now, expiresAt, link.kind === 'resetByOperator'],
    ),
  )
  return { link: addressOf(url, secret), expiresAt }
}

/** Ends open links of an account: its resets, or its invitations to one organization. */
export async function withdrawLinks(
  connection: Connection,
  links: { readonly accountId: Id<'account'>; readonly orgId: OrgId | null; readonly kind: 'invitation' | 'reset' },
  now: Instant,
): Promise<void> {
  await connection.rows(
    statement(
      `update identity.link set used_at = $3
       where account_id = $1 and kind = $2 and used_at is null and (kind = 'reset' or org_id = $4)`,
      [links.accountId, links.kind, now, links.orgId],
    ),
  )
}

/** What a link is about. */
export interface LinkFacts {
  readonly kind: 'invitation' | 'reset'
  readonly expiresAt: Instant
  readonly accountId: Id<'account'>
  readonly email: string
  readonly accountName: string
  readonly locale: 'en' | 'de'
  readonly passwordHash: string | null
  /** The account is somebody's already: an invitation never sets its password. */
  readonly arrived: boolean
  readonly org: OrgFacts | null
  readonly membershipId: Id<'membership'> | null
  readonly invitedName: string | null
}

interface FactsRow extends Omit<LinkFacts, 'org'> {
  usedAt: Instant | null
  orgId: OrgId | null
  orgSlug: string
  orgName: string
  orgLanguage: string
  orgCurrency: string
  orgTimeZone: string
  /** Null without an organization. */
  orgDemo: boolean | null
}

/**
 * Reads a link. Refuses with `link.not_found`, `link.used`, `link.expired`, `link.demo` or `link.not_alone`, each with
 * what to do next.
 */
export async function linkFacts(tx: PlatformTx, secret: string): Promise<LinkFacts> {
  const row = await tx.first<FactsRow>(statement('select * from identity.link_facts($1)', [secretHash(secret)]))
  if (!row) {
    throw new RefusalError({
      code: 'link.not_found',
      message: 'This link is not one of this installation: copy the whole line, or ask for a new one.',
      facts: {},
    })
  }
  const again =
    row.kind === 'invitation'
      ? 'Ask the person who invited you for a new one.'
      : 'Ask for a new one on the sign-in page.'
  if (row.usedAt !== null) {
    throw new RefusalError({
      code: 'link.used',
      message: `This link was used already, or replaced by a newer one. ${again}`,
      facts: { kind: row.kind },
    })
  }
  if (row.expiresAt <= tx.now) {
    throw new RefusalError({
      code: 'link.expired',
      message: `This link was good until ${row.expiresAt.slice(0, 10)}. ${again}`,
      facts: { kind: row.kind, expiresAt: row.expiresAt },
    })
  }
  if (row.orgDemo === true) {
    throw new RefusalError({
      code: 'link.demo',
      message:
        'The demo organization takes nobody in by a link: everybody may be its administrator. Sign in as one of its personas.',
      facts: {},
    })
  }
  await requireAlone(tx, row)
  const { orgId, orgSlug, orgName, orgLanguage, orgCurrency, orgTimeZone, orgDemo } = row
  return {
    kind: row.kind,
    expiresAt: row.expiresAt,
    accountId: row.accountId,
    email: row.email,
    accountName: row.accountName,
    locale: row.locale,
    passwordHash: row.passwordHash,
    arrived: row.arrived,
    org:
      orgId === null
        ? null
        : {
            id: orgId,
            slug: orgSlug,
            name: orgName,
            language: orgLanguage,
            currency: orgCurrency,
            timeZone: orgTimeZone,
            demo: orgDemo ?? false,
          },
    membershipId: row.membershipId,
    invitedName: row.invitedName,
  }
}

// An administrator holds the reset link they issue: it opens what was theirs to open when it was issued, the account of a
// member of this organization alone. Who has joined another one since, or has left, is out of their reach.
async function requireAlone(tx: PlatformTx, { kind, orgId, orgSlug, orgName, accountId }: FactsRow): Promise<void> {
  if (kind !== 'reset' || orgId === null) return
  const memberships = await tx.rows<{ slug: string }>(
    statement('select slug from identity.memberships_of($1, $2)', [accountId, tx.now]),
  )
  if (memberships.length === 1 && memberships[0]?.slug === orgSlug) return
  throw new RefusalError({
    code: 'link.not_alone',
    message: `${orgName} issued this link for a member of its own, and the account does not belong to it alone any more. Ask for a new one on the sign-in page.`,
    facts: { organization: orgName },
  })
}

/**
 * Uses a link up, if it still is what `linkFacts` says. Of two requests with one link at the same time the second waits
 * and is refused with `link.used`.
 */
export async function consumeLink(tx: PlatformTx, secret: string): Promise<void> {
  await linkFacts(tx, secret)
  const count = await tx.count(
    statement('update identity.link set used_at = $2 where token_hash = $1 and used_at is null and expires_at > $2', [
      secretHash(secret),
      tx.now,
    ]),
  )
  if (count === 0) {
    throw new RefusalError({ code: 'link.used', message: 'This link was used a moment ago.', facts: {} })
  }
}

/** Whether the operator of the installation issued a link: using it takes the account from whoever had it. */
export async function isByOperator(tx: PlatformTx, secret: string): Promise<boolean> {
  const link = await tx.first<{ byOperator: boolean }>(
    statement('select by_operator from identity.link where token_hash = $1', [secretHash(secret)]),
  )
  return link?.byOperator ?? false
}

/** An account a reset link was issued for on its owner's request, and the link. */
export interface RequestedReset {
  readonly email: string
  readonly name: string
  readonly locale: string
  readonly link: string
}

/**
 * Issues a reset link for an address if an account with a password has it. Earlier links keep working until one is
 * used, so that a stranger asking again takes nothing away.
 */
export async function requestReset(tx: PlatformTx, url: URL, email: string): Promise<RequestedReset | null> {
  const secret = newSecret()
  const expiresAt = new Date(Date.parse(tx.now) + linkLife.reset).toISOString()
  const known = await tx.first<Omit<RequestedReset, 'link'>>(
    statement(
      `with known as (
         select id, email, name, locale from identity.account where email = $1 and password_hash is not null
       ), issued as (
         insert into identity.link (token_hash, kind, account_id, created_at, expires_at)
         select $2, 'reset', id, $3, $4 from known
       )
       select email, name, locale from known`,
      [email, secretHash(secret), tx.now, expiresAt],
    ),
  )
  return known ? { ...known, link: addressOf(url, secret) } : null
}
