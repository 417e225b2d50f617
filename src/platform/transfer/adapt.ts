import type { ClientBase } from 'pg'
import { newId, type OrgId } from '#kernel/id.ts'
import type { Instant } from '#kernel/time.ts'
import { contentHash, type LedgerActor } from '#platform/ledger/content.ts'
import { damaged } from './load-rows.ts'

type Image = Record<string, unknown> & { readonly id: string; readonly version: number }

/** A change of a record that the import itself makes, on top of what the file brought. */
export interface Adaptation {
  readonly table: 'organization' | 'membership'
  readonly id: string
  readonly patch: Readonly<Record<string, unknown>>
  readonly action: string
  readonly reason: string
}

/**
 * Continues the ledger of an organization just loaded, as the owner of the database: the row and its entry, like every
 * other write.
 */
export async function adapt(
  client: ClientBase,
  org: OrgId,
  now: Instant,
  actor: LedgerActor,
  changes: readonly Adaptation[],
): Promise<void> {
  await client.query(`select set_config('app.org', $1, true)`, [org])
  for (const { table, id, patch, action, reason } of changes) {
    const { rows } = await client.query<{ after: Image }>(
      `select after from ledger_entry where org_id = $1 and record_type = $2 and record_id = $3 order by seq desc limit 1`,
      [org, table, id],
    )
    const before = rows[0]?.after
    if (!before) throw damaged(`the ${table} ${id} is not in its ledger.`)
    const after = { ...before, ...patch, version: before.version + 1 }
    const tx = newId(Date.parse(now))
    const content = contentHash({ actor, action, type: table, id, before, after, reason, tx })
    const names = Object.keys(after)
    await client.query(
      `update public.${table} t set (${names.join(', ')}) = row(${names.map((name) => `x.${name}`).join(', ')})
       from jsonb_populate_record(null::public.${table}, $1) x where t.org_id = x.org_id and t.id = x.id`,
      [JSON.stringify(after)],
    )
    await client.query('select ledger_append($1, $2, $3, $4)', [
      now,
      tx,
      JSON.stringify(actor),
      JSON.stringify([{ action, type: table, id, before, after, reason, content }]),
    ])
  }
}
