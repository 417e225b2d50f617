import type pg from 'pg'
import type { Id } from '#kernel/id.ts'
import { withClient } from '#platform/db/with-client.ts'
import { orderErasure } from '#platform/files/erasure-order.ts'
import type { FileStore } from '#platform/files/file-store.ts'
import { orRefuse, RefusalError } from '#platform/refusal/refusal-error.ts'
import { demoSlug } from './stage.ts'

/** Fact of the installation that says a load came to its end. */
export const loadedMark = 'demo.loaded'

const lockKey = 7271

/**
 * Runs a load while no other process can: what looks unfinished would else be somebody's load in progress. The lock ends
 * with its connection, so a killed load leaves none. Refuses with `demo.loading`.
 */
export async function whileNobodyLoads<T>(owner: pg.ClientConfig, work: (client: pg.Client) => Promise<T>): Promise<T> {
  return withClient(owner, async (client) => {
    // A connection that has just been cut may hold it for a moment.
    await client.query(`set lock_timeout = '5s'`)
    try {
      await client.query('select pg_advisory_lock($1)', [lockKey])
    } catch (error) {
      if ((error as { code?: string }).code !== '55P03') throw error
      throw new RefusalError({
        code: 'demo.loading',
        message: 'Another process is loading the demo organization right now: wait until it is done.',
        facts: {},
      })
    }
    return work(client)
  })
}

/**
 * Takes away a demo organization whose load did not come to its end, with its people and files. Runs as the owner of the
 * tables, since the application deletes nothing, and touches only rows of an organization that is marked as the demo
 * and not as loaded.
 * @returns whether there was one
 */
export async function removeUnfinishedDemo(client: pg.Client, files: FileStore): Promise<boolean> {
  const { rows } = await client.query<{ id: Id<'org'> }>(
    `select org_id as id from organization
     where slug = $1 and demo and not exists (select from identity.installation where name = $2)`,
    [demoSlug, loadedMark],
  )
  const [unfinished] = rows
  if (!unfinished) return false
  const stored = await client.query<{ sha256: string }>(
    'select distinct sha256 from artefact where org_id = $1 and sha256 is not null',
    [unfinished.id],
  )
  const tables = await client.query<{ name: string }>(
    `select format('%I.%I', n.nspname, c.relname) as name
     from pg_class c join pg_namespace n on n.oid = c.relnamespace join pg_attribute a on a.attrelid = c.oid
     where c.relkind in ('r', 'p') and not c.relispartition and n.nspname in ('public', 'identity')
       and a.attname = 'org_id' and not a.attisdropped`,
  )
  await client.query('begin')
  try {
    // One statement: rows of different tables point at each other, and references are judged at its end.
    const parts = tables.rows.map(({ name }, i) => `t${i} as (delete from ${name} where org_id = $1)`)
    await client.query(`with ${parts.join(', ')} select 1`, [unfinished.id])
    // Its people sign in without a password. Whoever belongs to another organization, even as invited or ended, stays.
    await client.query(
      `delete from identity.account a
       where password_hash is null and not exists (select from membership m where m.account_id = a.id)`,
    )
    await client.query('commit')
  } catch (error) {
    await client.query('rollback')
    throw error
  }
  const order = orRefuse(orderErasure('unfinished demo', 'the load of the demo organization was interrupted'))
  for (const { sha256 } of stored.rows) await files.erase(unfinished.id, sha256, order)
  return true
}
