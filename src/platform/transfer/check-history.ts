import type { ClientBase } from 'pg'
import type { OrgId } from '#kernel/id.ts'
import type { Columns } from './load-rows.ts'

/**
 * What the chain of hashes does not say of a ledger somebody else hands over: that each entry goes on from the state
 * before it, names its own record, and holds images the tables can take back, so that reading as of any day works.
 * @returns the first fault in words; null when there is none
 */
export async function historyFault(client: ClientBase, org: OrgId, tables: Columns): Promise<string | null> {
  const { rows } = await client.query<{ seq: string; action: string; fault: string }>(
    `select seq, action, case
         when actor ->> 'kind' is null or actor ->> 'kind' not in ('person', 'token', 'system')
           or jsonb_typeof(actor -> 'name') is distinct from 'string' then 'does not say who acted'
         when after is null or after ->> 'id' is distinct from record_id::text or after ->> 'org_id' is distinct from $1::uuid::text
           then 'is not about the record it names'
         else 'does not start from what the record was before' end as fault
     from (
       select seq, action, actor, record_id, before, after,
         lag(after) over (partition by record_type, record_id order by seq) as was
       from ledger_entry where org_id = $1::uuid) e
     where actor ->> 'kind' is null or actor ->> 'kind' not in ('person', 'token', 'system')
       or jsonb_typeof(actor -> 'name') is distinct from 'string' or after is null
       or after ->> 'id' is distinct from record_id::text or after ->> 'org_id' is distinct from $1::uuid::text
       or before is distinct from was
     order by seq limit 1`,
    [org],
  )
  const [found] = rows
  if (found) return `Entry ${found.seq} (${found.action}) ${found.fault}.`
  const spans = await client.query<Span>(
    `select record_type as table, min(seq) as from, max(seq) as to from ledger_entry
     where org_id = $1 group by record_type order by record_type`,
    [org],
  )
  for (const { table, from, to } of spans.rows) {
    const columns = tables.get(table)
    if (columns === undefined) continue
    const seq = await unreadable(client, org, table, columns, Number(from), Number(to))
    if (seq !== null) return `Entry ${seq} holds a state that a record of ${table} cannot have.`
  }
  return null
}

/** The entries of a table lie between these two. */
interface Span {
  readonly table: string
  readonly from: string
  readonly to: string
}

/** The first entry of a table whose image cannot be read back. */
async function unreadable(
  client: ClientBase,
  org: OrgId,
  table: string,
  columns: ReadonlyMap<string, string>,
  first: number,
  last: number,
): Promise<number | null> {
  const moments = [...columns].flatMap(([name, type]) =>
    type === 'timestamp with time zone' || type === 'date' ? [`isfinite(x.${name}) is false`] : [],
  )
  const look = async (from: number, to: number): Promise<number | null> => {
    await client.query('savepoint look')
    try {
      const { rows } = await client.query<{ seq: string }>(
        `select e.seq from ledger_entry e
         cross join lateral jsonb_populate_record(null::public.${table}, e.after) x
         where e.org_id = $1 and e.record_type = $2 and e.seq between $3 and $4 and (${['x.id is null', ...moments].join(' or ')})
         order by e.seq limit 1`,
        [org, table, from, to],
      )
      await client.query('release savepoint look')
      return rows[0] === undefined ? null : Number(rows[0].seq)
    } catch (error) {
      await client.query('rollback to savepoint look')
      if ((error as { code?: string }).code?.startsWith('22') !== true) throw error
      if (from === to) return from
      // The database does not say which entry it stumbled over: halve until it is alone.
      const middle = Math.floor((from + to) / 2)
      return (await look(from, middle)) ?? (await look(middle + 1, to))
    }
  }
  return look(first, last)
}
