import type { Instant } from '#kernel/time.ts'
import { type Connection, statement } from '#platform/db/database.ts'
import { RefusalError } from '#platform/refusal/refusal-error.ts'

/** How many uses of one key a window of so many seconds allows. */
export interface Allowed {
  readonly uses: number
  readonly seconds: number
}

/**
 * Counts one use of a key and refuses with `rate.exceeded` past the allowance. Kept in PostgreSQL, so that all server
 * processes count together; call it in a transaction of its own, so that a refused request still counts.
 */
export async function useAllowance(connection: Connection, key: string, allowed: Allowed, now: Instant): Promise<void> {
  const start = new Date(Math.floor(Date.parse(now) / (allowed.seconds * 1000)) * allowed.seconds * 1000)
  const row = await connection.first<{ used: number }>(
    statement(
      `insert into identity.allowance (key, window_start, used) values ($1, $2, 1)
       on conflict (key, window_start) do update set used = allowance.used + 1 returning used`,
      [key, start.toISOString()],
    ),
  )
  const used = row?.used ?? 0
  // The first use of a window clears out the windows that are over.
  if (used === 1) {
    await connection.rows(
      statement('delete from identity.allowance where key = $1 and window_start < $2', [key, start.toISOString()]),
    )
  }
  if (used > allowed.uses) {
    const seconds = Math.ceil((start.getTime() + allowed.seconds * 1000 - Date.parse(now)) / 1000)
    throw new RefusalError({
      code: 'rate.exceeded',
      message: `Too many requests of this kind. Try again in ${seconds} seconds.`,
      facts: { seconds },
    })
  }
}
