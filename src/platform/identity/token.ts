import { type Change, changed, created } from '#kernel/change.ts'
import { ok, type Result, refuse } from '#kernel/result.ts'
import type { Instant } from '#kernel/time.ts'
import { covers, type RoleTable } from '#platform/access/policy.ts'
import type { Role } from '#platform/access/roles.ts'
import type { ApiToken } from './records.ts'

const longestDays = 366

/**
 * Issues an API token. Refuses an end in the past or more than a year away, and a token that could do more than the
 * person who makes it.
 * @param maker the maker's roles and what roles mean; null when the installation itself issues it
 */
export function issueToken(
  key: Pick<ApiToken, 'id' | 'orgId' | 'createdBy'>,
  asked: Pick<ApiToken, 'name' | 'roles' | 'expiresAt'>,
  maker: { readonly roles: readonly Role[]; readonly table: RoleTable } | null,
  now: Instant,
): Result<Change<ApiToken>> {
  if (asked.expiresAt <= now) {
    return refuse('token.expiry_past', 'The token would have ended already: choose a later day.', {}, 'expiresAt')
  }
  if (Date.parse(asked.expiresAt) > Date.parse(now) + longestDays * 86_400_000) {
    return refuse(
      'token.expiry_too_far',
      'A token lives for one year at most: choose an earlier day and issue a new one in time.',
      { days: longestDays },
      'expiresAt',
    )
  }
  if (maker !== null && !covers(maker.table, maker.roles, asked.roles)) {
    return refuse(
      'token.exceeds_creator',
      `A token cannot do more than you can: your roles (${maker.roles.join(', ')}) do not cover ${asked.roles.join(', ')}.`,
      { roles: asked.roles },
      'roles',
    )
  }
  const row: ApiToken = { ...key, ...asked, version: 1, createdAt: now, revokedAt: null }
  return ok(created('api_token', row, 'token.created'))
}

/** Revokes a token for good. */
export function revokeToken(token: ApiToken, reason: string, now: Instant): Result<Change<ApiToken>> {
  if (token.revokedAt !== null) {
    return refuse(
      'token.revoked',
      `The token “${token.name}” was revoked on ${token.revokedAt.slice(0, 10)} already.`,
      { name: token.name, on: token.revokedAt.slice(0, 10) },
    )
  }
  return ok(changed('api_token', token, { revokedAt: now }, 'token.revoked', reason))
}
