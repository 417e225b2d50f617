import { createHash } from 'node:crypto'
import { isIPv6 } from 'node:net'
import type { Instant } from '#kernel/time.ts'
import { type Connection, statement } from '#platform/db/database.ts'
import { RefusalError } from '#platform/refusal/refusal-error.ts'

/** How many uses of one key a window of so many seconds allows. */
export interface Allowed {
  readonly uses: number
  readonly seconds: number
}

/** The key of an allowance. What it counts for is hashed: neither addresses nor secrets are kept in the table. */
export const allowanceKey = (kind: string, of: string): string =>
  `${kind}:${createHash('sha256').update(of).digest('base64url')}`

/**
 * Where a request comes from, as far as counting goes: an IPv6 customer holds a whole /64, and a port, which some proxies
 * note with the address, is another one for each connection.
 */
export function networkOf(noted: string): string {
  const address =
    /^(\d+\.\d+\.\d+\.\d+)(?::\d+)?$/.exec(noted)?.[1] ?? /^\[([^\]]*)\](?::\d+)?$/.exec(noted)?.[1] ?? noted
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1]
  if (mapped !== undefined) return mapped
  if (!isIPv6(address)) return address
  const [head = '', tail] = (address.split('%')[0] ?? '').split('::')
  const left = head === '' ? [] : head.split(':')
  const right = tail === undefined || tail === '' ? [] : tail.split(':')
  const groups = [...left, ...Array<string>(Math.max(0, 8 - left.length - right.length)).fill('0'), ...right]
  return `${groups
    .slice(0, 4)
    .map((group) => Number.parseInt(group, 16).toString(16))
    .join(':')}::/64`
}

const windowOf = (allowed: Allowed, now: Instant): Date =>
  new Date(Math.floor(Date.parse(now) / (allowed.seconds * 1000)) * allowed.seconds * 1000)

/**
 * Counts one use of a key and refuses with `rate.exceeded` past the allowance. Kept in PostgreSQL, so that all server
 * processes count together; call it in a transaction of its own, so that a refused request still counts.
 */
export async function useAllowance(connection: Connection, key: string, allowed: Allowed, now: Instant): Promise<void> {
  const start = windowOf(allowed, now)
  const row = await connection.first<{ used: number }>(
    statement(
      `insert into identity.allowance (key, window_start, used) values ($1, $2, 1)
       on conflict (key, window_start) do update set used = allowance.used + 1 returning used`,
      [key, start.toISOString()],
    ),
  )
  if ((row?.used ?? 0) > allowed.uses) {
    const seconds = Math.ceil((start.getTime() + allowed.seconds * 1000 - Date.parse(now)) / 1000)
    throw new RefusalError({
      code: 'rate.exceeded',
      message: `Too many requests of this kind. Try again in ${waitOf(seconds)}.`,
      facts: { seconds },
    })
  }
}

/** Takes back a use that turned out to be no failed attempt: only wrong passwords and codes are to be counted. */
export async function returnAllowance(
  connection: Connection,
  key: string,
  allowed: Allowed,
  now: Instant,
): Promise<void> {
  await connection.rows(
    statement('update identity.allowance set used = used - 1 where key = $1 and window_start = $2 and used > 0', [
      key,
      windowOf(allowed, now).toISOString(),
    ]),
  )
}

/** Forgets windows that ended more than a day ago; no allowance counts longer. */
export async function sweepAllowances(connection: Connection, now: Instant): Promise<void> {
  const dayAgo = new Date(Date.parse(now) - 86_400_000).toISOString()
  await connection.rows(statement('delete from identity.allowance where window_start < $1', [dayAgo]))
}

const waitOf = (seconds: number): string => (seconds > 90 ? `${Math.ceil(seconds / 60)} minutes` : `${seconds} seconds`)
