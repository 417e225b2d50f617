import type { OrgId } from '#kernel/id.ts'
import type { Instant } from '#kernel/time.ts'
import { type Connection, statement } from '#platform/db/database.ts'
import { ChainReader, type Fault, type StoredEntry, type StoredHead } from './chain.ts'

/** What the verification of one organization's ledger found. */
export interface Verification {
  /** Entries read. */
  readonly entries: number
  readonly ok: boolean
  /** The end of the chain, for noting down; null for an empty ledger. */
  readonly head: { readonly seq: number; readonly at: Instant; readonly hash: string } | null
  readonly faults: readonly Fault[]
}

const batch = 2000
const rowsNamed = 100

/**
 * Recomputes content hashes and chain of an organization's ledger and compares every live row with the latest image
 * the ledger holds of it. Works for the owner of the database and, with the organization in scope, for role app; run it
 * in one repeatable-read transaction. Entries are read in batches, the next one while the last is checked.
 *
 * A ledger that was rewritten as a whole, from some entry to the head, has no fault in itself: `noted`, a sequence
 * number and hash written down earlier, finds that out.
 */
export async function verifyLedger(
  connection: Connection,
  org: OrgId,
  noted: { readonly seq: number; readonly hash: string } | null = null,
): Promise<Verification> {
  const heads = connection.rows<StoredHead>(statement('select seq, at, hash from ledger_head where org_id = $1', [org]))
  const chain = new ChainReader()
  let agrees = noted === null
  let next = entriesAfter(connection, org, Number.MIN_SAFE_INTEGER)
  for (;;) {
    const entries = await next
    const last = entries.at(-1)
    if (!last) break
    next = entriesAfter(connection, org, last.seq)
    for (const entry of entries) {
      chain.read(entry)
      if (noted && entry.seq === noted.seq) agrees = entry.hash.toString('hex') === noted.hash
    }
  }
  const [head = null] = await heads
  const { last } = chain
  const faults = [...chain.end(head), ...(await rowFaults(connection, org))]
  if (noted && !agrees) {
    faults.unshift({
      seq: noted.seq,
      kind: 'changed',
      sentence: `Entry ${noted.seq} does not carry the hash that was noted for it: the ledger was rewritten up to there.`,
    })
  }
  return {
    entries: chain.entries,
    ok: faults.length === 0,
    head: last === null ? null : { seq: last.seq, at: last.at as Instant, hash: last.hash.toString('hex') },
    faults,
  }
}

function entriesAfter(connection: Connection, org: OrgId, seq: number): Promise<StoredEntry[]> {
  return connection.rows<StoredEntry>(
    statement(
      `select seq, at, actor, action, record_type, record_id, before, after, reason, tx, content, hash
       from ledger_entry where org_id = $1 and seq > $2 order by seq limit ${batch}`,
      [org, seq],
    ),
  )
}

interface RowFault {
  readonly id: string
  readonly seq: number | null
  readonly live: Record<string, unknown> | null
  readonly said: Record<string, unknown> | null
}

// Tenant tables are those with a view in schema asof.
async function rowFaults(connection: Connection, org: OrgId): Promise<Fault[]> {
  const tables = await connection.rows<{ name: string }>(
    statement(`select viewname as name from pg_views where schemaname = 'asof' order by viewname`),
  )
  const names = tables.map((table) => table.name)
  const [unknown, ...found] = await Promise.all([
    connection.rows<{ type: string; seq: number }>(
      statement(
        `select record_type as type, min(seq) as seq from ledger_entry
         where org_id = $1 and record_type <> all($2) group by record_type`,
        [org, names],
      ),
    ),
    ...names.map((name) => differingRows(connection, org, name)),
  ])
  const faults: Fault[] = unknown.map(({ type, seq }) => ({
    seq,
    kind: 'rowDiffers',
    sentence: `Entry ${seq} speaks of a table ${type} that does not exist.`,
  }))
  names.forEach((name, index) => {
    for (const row of found[index] ?? []) faults.push(rowFault(name, row))
  })
  return faults
}

function differingRows(connection: Connection, org: OrgId, table: string): Promise<RowFault[]> {
  return connection.rows<RowFault>(
    statement(
      `(select k.id, l.seq, to_jsonb(k) as live, to_jsonb(jsonb_populate_record(null::public.${table}, l.after)) as said
        from public.${table} k
        left join lateral (
          select e.seq, e.after from ledger_entry e
          where e.org_id = k.org_id and e.record_type = '${table}' and e.record_id = k.id
          order by e.seq desc limit 1) l on true
        where k.org_id = $1
          and (l.after is null or to_jsonb(k) <> to_jsonb(jsonb_populate_record(null::public.${table}, l.after)))
        limit ${rowsNamed})
       union all
       (select e.record_id, max(e.seq), null, null from ledger_entry e
        where e.org_id = $1 and e.record_type = '${table}'
          and not exists (select from public.${table} k where k.org_id = e.org_id and k.id = e.record_id)
        group by e.record_id limit ${rowsNamed})`,
      [org],
    ),
  )
}

function rowFault(table: string, { id, seq, live, said }: RowFault): Fault {
  const ref = live?.['ref'] ?? said?.['ref']
  const name = typeof ref === 'string' ? `${ref} of table ${table}` : `Record ${id} of table ${table}`
  if (live === null) {
    return {
      seq,
      kind: 'rowDiffers',
      sentence: `${name} stands in entry ${seq ?? '?'}, but the record itself is gone.`,
    }
  }
  if (said === null) return { seq, kind: 'rowDiffers', sentence: `${name} was written past the ledger.` }
  const columns = Object.keys(live).filter((column) => JSON.stringify(live[column]) !== JSON.stringify(said[column]))
  return {
    seq,
    kind: 'rowDiffers',
    sentence: `${name} was changed past the ledger: ${columns.join(', ')} differ${columns.length === 1 ? 's' : ''} from entry ${seq ?? '?'}.`,
  }
}
