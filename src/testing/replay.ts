import { isDeepStrictEqual } from 'node:util'
import type { TestDatabase } from './database.ts'

interface Entry {
  org_id: string
  seq: string
  action: string
  record_type: string
  record_id: string
  before: unknown
  after: unknown
}

/**
 * Replays the ledger of every organization from the first entry on and compares what comes out with the tables: the law
 * that every write went through the ledger. Returns a sentence per difference, so a test expects `[]`.
 */
export async function replay({ owner }: TestDatabase): Promise<string[]> {
  const { rows: entries } = await owner.query<Entry>(
    'select org_id, seq, action, record_type, record_id, before, after from ledger_entry order by org_id, seq',
  )
  const { rows: tables } = await owner.query<{ name: string }>(
    `select viewname as name from pg_views where schemaname = 'asof'`,
  )
  const faults: string[] = []
  const state = new Map<string, Map<string, unknown>>(tables.map(({ name }) => [name, new Map<string, unknown>()]))
  for (const entry of entries) {
    const images = state.get(entry.record_type)
    const key = `${entry.org_id} ${entry.record_id}`
    const where = `entry ${entry.seq} (${entry.action})`
    if (!images) {
      faults.push(`${where} is of a table ${entry.record_type} that does not exist`)
      continue
    }
    if (!isDeepStrictEqual(images.get(key) ?? null, entry.before)) {
      faults.push(`${where} does not start from what ${entry.record_type} was before`)
    }
    images.set(key, entry.after)
  }
  for (const [table, images] of state) {
    const { rows } = await owner.query<{ key: string; row: unknown }>(
      `select org_id || ' ' || id as key, to_jsonb(t) as row from public.${table} t`,
    )
    const { rows: replayed } = await owner.query<{ key: string; row: unknown }>(
      `select x.org_id || ' ' || x.id as key, to_jsonb(x) as row from jsonb_populate_recordset(null::public.${table}, $1) x`,
      [JSON.stringify([...images.values()])],
    )
    const said = new Map(replayed.map((one) => [one.key, one.row]))
    for (const { key, row } of rows) {
      if (!isDeepStrictEqual(said.get(key), row)) faults.push(`${table} ${key} is not what the ledger says`)
      said.delete(key)
    }
    for (const key of said.keys()) faults.push(`${table} ${key} is in the ledger only`)
  }
  return faults
}
