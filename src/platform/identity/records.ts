import type { RecordRow } from '#kernel/change.ts'
import type { Id } from '#kernel/id.ts'
import type { Instant } from '#kernel/time.ts'
import type { Role } from '#platform/access/roles.ts'
import { instant, internal, record, text, word, words } from '#platform/ledger/field-kind.ts'
import { recordType } from '#platform/ledger/record-type.ts'

/** The organization itself; its id is the scope of everything in it. */
export interface Organization extends RecordRow {
  readonly slug: string
  readonly name: string
  readonly sector: string
  readonly size: string
  readonly language: string
  readonly currency: string
  readonly timeZone: string
  readonly demo: boolean
  readonly createdAt: Instant
}

export const organizationRecord = recordType<Organization>({
  type: 'organization',
  prefix: 'org',
  refPrefix: null,
  owners: () => [],
  noun: 'organization',
  readAction: 'organization.read',
  fields: {
    slug: text,
    name: text,
    sector: word('web:sectors'),
    size: word('web:sizes'),
    language: word('web:languages'),
    currency: text,
    timeZone: text,
    demo: internal,
    createdAt: internal,
  },
})

/** An account's membership of an organization, with its roles there. */
export interface Membership extends RecordRow {
  readonly id: Id<'membership'>
  readonly accountId: Id<'account'>
  readonly email: string
  /** As the invitation named them; once they have arrived, as they call themselves. */
  readonly name: string
  readonly personId: Id<'person'> | null
  readonly roles: readonly Role[]
  readonly expiresAt: Instant | null
  /** Null while the invitation is open: such a membership opens nothing. */
  readonly acceptedAt: Instant | null
  readonly endedAt: Instant | null
}

export const membershipRecord = recordType<Membership>({
  type: 'membership',
  prefix: 'membership',
  refPrefix: null,
  owners: (membership) => [membership.personId],
  noun: 'member',
  readAction: 'member.read',
  fields: {
    accountId: internal,
    email: text,
    name: text,
    personId: record('person'),
    roles: words('web:roles'),
    expiresAt: instant,
    acceptedAt: instant,
    endedAt: instant,
  },
})

/** An API token. Its secret is not part of the record: only a hash of it is kept, elsewhere. */
export interface ApiToken extends RecordRow {
  readonly id: Id<'token'>
  readonly name: string
  readonly roles: readonly Role[]
  readonly createdAt: Instant
  readonly createdBy: Id<'account'> | null
  readonly expiresAt: Instant
  readonly revokedAt: Instant | null
}

export const tokenRecord = recordType<ApiToken>({
  type: 'api_token',
  prefix: 'token',
  refPrefix: null,
  owners: () => [],
  noun: 'API token',
  readAction: 'token.edit',
  fields: {
    name: text,
    roles: words('web:roles'),
    createdAt: internal,
    createdBy: internal,
    expiresAt: instant,
    revokedAt: instant,
  },
})
