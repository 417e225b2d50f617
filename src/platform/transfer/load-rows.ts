import type { ClientBase } from 'pg'
import type { OrgId } from '#kernel/id.ts'
import { RefusalError } from '#platform/refusal/refusal-error.ts'

/** A refusal of a file that is not what an export of this version is. */
export const damaged = (what: string, facts: Record<string, string | number> = {}): RefusalError =>
  new RefusalError({
    code: 'transfer.damaged',
    message: `The file was refused: ${what} Nothing was written.`,
    facts,
  })

// Whatever stands where an id should.
const named = (id: unknown): string => (typeof id === 'string' ? id.slice(0, 60) : 'without an id')

/** The columns of every tenant table, by table. */
export async function tenantColumns(client: ClientBase): Promise<Map<string, Map<string, string>>> {
  const { rows } = await client.query<{ table: string; column: string; type: string }>(
    `select c.relname as table, a.attname as column, format_type(a.atttypid, null) as type
     from pg_views v
     join pg_class c on c.relname = v.viewname and c.relnamespace = 'public'::regnamespace
     join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
     where v.schemaname = 'asof' order by c.relname collate "C", a.attnum`,
  )
  const tables = new Map<string, Map<string, string>>()
  for (const { table, column, type } of rows) {
    const columns = tables.get(table) ?? new Map<string, string>()
    columns.set(column, type)
    tables.set(table, columns)
  }
  return tables
}

/** Tables and their columns by name. */
export type Columns = ReadonlyMap<string, ReadonlyMap<string, string>>

/** Sets rows and counters aside until all have been read, and writes ledger entries as they come. */
export class Loader {
  readonly #client: ClientBase
  readonly #org: OrgId
  readonly #columns: Columns
  /** Tables rows were set aside for. */
  readonly tables = new Set<string>()

  constructor(client: ClientBase, org: OrgId, columns: Columns) {
    this.#client = client
    this.#org = org
    this.#columns = columns
  }

  async begin(): Promise<void> {
    // Plans made while the tables were small would read them whole for every foreign key.
    await this.#client.query('set local enable_seqscan = off')
    await this.#client.query('create temp table incoming (table_name text, row jsonb) on commit drop')
  }

  /** A row must be of this organization and have the columns its table has here. */
  checkRow(table: string, row: unknown): void {
    const columns = this.#columns.get(table)
    if (columns === undefined) {
      throw damaged(`it has a table “${table.slice(0, 60)}”, which this version of Plumbline does not know.`, { table })
    }
    if (row === null || typeof row !== 'object' || Array.isArray(row)) throw damaged(`a row of ${table} is no object.`)
    const record = row as Record<string, unknown>
    const keys = Object.keys(record)
    const odd = keys.find((key) => !columns.has(key)) ?? [...columns.keys()].find((key) => !Object.hasOwn(record, key))
    if (odd !== undefined) {
      throw new RefusalError({
        code: 'transfer.schema_differs',
        message: `The file was made by another version of Plumbline: the column ${odd.slice(0, 60)} of ${table} is only in one of the two. Bring both installations to the same version and export again.`,
        facts: { table, column: odd },
      })
    }
    if (record['org_id'] !== this.#org) {
      throw damaged(`a row of ${table} (${named(record['id'])}) belongs to another organization.`, { table })
    }
  }

  /** An entry has a number and a moment; the rest is checked once all are there. */
  checkEntry(entry: unknown): void {
    const { seq, at } = (entry ?? {}) as { seq?: unknown; at?: unknown }
    if (!Number.isSafeInteger(seq)) throw damaged('an entry of its ledger has no number.')
    if (typeof at !== 'string' || Number.isNaN(Date.parse(at))) throw damaged(`entry ${String(seq)} has no date.`)
  }

  async stage(table: string, texts: readonly string[]): Promise<void> {
    this.tables.add(table)
    await this.#run(`a row of ${table} cannot be read`, () =>
      this.#client.query('insert into incoming select $1, value from json_array_elements($2::json)', [
        table,
        `[${texts.join(',')}]`,
      ]),
    )
  }

  async counters(counters: readonly { readonly prefix: string; readonly last: number }[]): Promise<void> {
    await this.#run('a counter cannot be read', () =>
      this.#client.query(
        `insert into ref_counter (org_id, prefix, last)
         select $1, x.prefix, x.last from json_to_recordset($2::json) x (prefix text, last int)`,
        [this.#org, JSON.stringify(counters)],
      ),
    )
  }

  async entries(texts: readonly string[], from: string): Promise<void> {
    await this.#run(`the ledger cannot be read behind entry ${from}`, () =>
      this.#client.query(
        `insert into ledger_entry (org_id, seq, at, actor, action, record_type, record_id, before, after, reason, tx, content, hash)
         select $1, x.seq, x.at, x.actor, x.action, x.record_type, x.record_id, x.before, x.after, x.reason, x.tx,
           decode(x.content, 'hex'), decode(x.hash, 'hex')
         from json_to_recordset($2::json) x (seq bigint, at timestamptz(3), actor jsonb, action text, record_type text,
           record_id uuid, before jsonb, after jsonb, reason text, tx uuid, content text, hash text)`,
        [this.#org, `[${texts.join(',')}]`],
      ),
    )
  }

  async head(head: { readonly seq: number; readonly at: string; readonly hash: string }): Promise<void> {
    await this.#run('the end of its ledger cannot be read', () =>
      this.#client.query(`insert into ledger_head values ($1, $2, $3, decode($4, 'hex'))`, [
        this.#org,
        head.seq,
        head.at,
        head.hash,
      ]),
    )
  }

  /** Writes the rows set aside, all tables in one statement: references are checked once everything is there. */
  async settle(): Promise<void> {
    for (const table of this.tables) {
      await this.#run(`a row of ${table} cannot be read`, () =>
        this.#client.query(
          `select count(x.id) from incoming r cross join lateral jsonb_populate_record(null::public.${table}, r.row) x
           where r.table_name = $1`,
          [table],
        ),
      )
    }
    const inserts = [...this.tables].map((table, index) => {
      const names = [...(this.#columns.get(table)?.keys() ?? [])]
      return `i${index} as (insert into public.${table} (${names.join(', ')})
        select ${names.map((name) => `x.${name}`).join(', ')}
        from incoming r cross join lateral jsonb_populate_record(null::public.${table}, r.row) x
        where r.table_name = '${table}')`
    })
    await this.#run('its rows do not fit together', () => this.#client.query(`with ${inserts.join(',\n')} select 1`))
  }

  async #run(what: string, work: () => Promise<unknown>): Promise<void> {
    try {
      await work()
    } catch (error) {
      const { code = '', constraint, table, detail, message } = error as Error & Partial<DatabaseFault>
      // Classes 22, 23 and 54: data that is wrong in itself, breaks a constraint, or is beyond what the database takes.
      if (!/^(?:2[23]|54)/.test(code)) throw error
      const where = [table, constraint].filter((part) => part !== undefined).join(', ')
      throw damaged(`${what} (${[where, detail ?? message].filter((part) => part !== '').join(': ')}).`)
    }
  }
}

interface DatabaseFault {
  readonly code: string
  readonly constraint: string
  readonly table: string
  readonly detail: string
}
