import { createHash } from 'node:crypto'
import {
  CamelCasePlugin,
  type Compilable,
  DummyDriver,
  Kysely,
  PostgresAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
} from 'kysely'
import pg from 'pg'
import type { DB } from './schema.generated.ts'

// Instants and days travel as text, sequence numbers as numbers: what is read can be written back and hashed unchanged.
const timestamptzOid = 1184

// Sessions are in UTC and columns keep milliseconds, so the digits are there already; a Date is made for the rest.
function instantOf(text: string): string {
  if (!/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(?:\.\d{1,3})?\+00$/.test(text)) return new Date(text).toISOString()
  return `${text.slice(0, 10)}T${text.slice(11, 19)}.${text.slice(20, -3).padEnd(3, '0')}Z`
}

const parsers = new Map<number, (text: string) => unknown>([
  [timestamptzOid, instantOf],
  [1082, (text) => text],
  [20, Number],
])
const types = {
  getTypeParser: (oid: number, format?: 'text' | 'binary') => parsers.get(oid) ?? pg.types.getTypeParser(oid, format),
} as pg.CustomTypesConfig

/** Builds queries against the schema; it cannot run them. Running needs a transaction. */
export const sqlBuilder = new Kysely<DB>({
  dialect: {
    createAdapter: () => new PostgresAdapter(),
    createDriver: () => new DummyDriver(),
    createIntrospector: (db) => new PostgresIntrospector(db),
    createQueryCompiler: () => new PostgresQueryCompiler(),
  },
  plugins: [new CamelCasePlugin()],
})

/** A pool of pipelined connections in role app, and the columns of every tenant table. */
export interface Database {
  readonly pool: pg.Pool
  /** Column names (snake_case) per tenant table, read at start: row images must name each of them. */
  readonly columns: ReadonlyMap<string, readonly string[]>
  /** Called with the text of every statement; tests count with it. */
  onStatement: ((text: string) => void) | null
  close(): Promise<void>
}

/** Opens the pool. `settings` must lead to role app: superusers and roles that bypass row-level security are refused. */
export async function openDatabase(settings: pg.PoolConfig): Promise<Database> {
  const pool = new pg.Pool({
    max: 10,
    idleTimeoutMillis: 30_000,
    connectionTimeoutMillis: 10_000,
    // A server that is gone without a word is noticed; a statement it never answers fails in the end.
    keepAlive: true,
    keepAliveInitialDelayMillis: 10_000,
    query_timeout: 120_000,
    application_name: 'plumbline',
    ...settings,
    pipeline: true,
    types,
  } as pg.PoolConfig)
  // A connection that breaks fails its statements and is replaced; without a listener it would end the process. The
  // pool listens while a connection is idle, and each connection has to have its own while it is in use.
  pool.on('error', () => undefined)
  pool.on('connect', (client) => client.on('error', () => undefined))
  try {
    const role = await pool.query<{ name: string; bypasses: boolean }>(
      'select current_user as name, rolsuper or rolbypassrls as bypasses from pg_roles where rolname = current_user',
    )
    if (role.rows[0]?.bypasses !== false) {
      throw new Error(
        `The database role "${role.rows[0]?.name ?? 'unknown'}" bypasses row-level security: connect with a role that does not.`,
      )
    }
    const rows = await pool.query<{ table: string; columns: string[] }>(
      `select c.relname as table, array_agg(a.attname::text order by a.attnum) as columns
       from pg_class c
       join pg_namespace n on n.oid = c.relnamespace and n.nspname = 'public'
       join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
       where c.relkind = 'r' group by c.relname`,
    )
    const columns = new Map(rows.rows.map((row) => [row.table, row.columns]))
    return { pool, columns, onStatement: null, close: () => pool.end() }
  } catch (error) {
    await pool.end()
    throw error
  }
}

/** A query built with `sqlBuilder`, or SQL text with values. */
export type Query<Row> =
  | Compilable<unknown>
  | { readonly text: string; readonly values: readonly unknown[]; readonly row?: Row }

/** Runs statements on one connection; sends at once, answers in order, so that callers may pipeline with `Promise.all`. */
export interface Connection {
  rows<Row>(query: Query<Row>): Promise<Row[]>
  first<Row>(query: Query<Row>): Promise<Row | undefined>
  /** Rows, and beside each of them the columns named `apart`, which are not part of it. */
  rowsWith<Row, Apart>(query: Query<Row>, apart: readonly string[]): Promise<{ rows: Row[]; apart: Apart[] }>
  /** Number of rows a writing statement touched. */
  count(query: Query<unknown>): Promise<number>
}

/** A statement as text, for what a builder says less clearly. Columns come back in camelCase. */
export function statement<Row>(text: string, values: readonly unknown[] = []): Query<Row> {
  return { text, values }
}

const names = new Map<string, string>()
const namesKept = 2000

// Prepared statements are named by their text; as-of reads get names of their own, because they resolve to other tables.
function nameOf(text: string, prefix: string): string | undefined {
  const key = prefix + text
  const known = names.get(key)
  if (known !== undefined || names.size >= namesKept) return known
  const name = prefix + createHash('sha1').update(text).digest('base64url').slice(0, 20)
  names.set(key, name)
  return name
}

const camelNames = new Map<string, string>()

/** `owner_id` → `ownerId`. */
export function camel(column: string): string {
  let name = camelNames.get(column)
  if (name === undefined) {
    name = column.replaceAll(/_([a-z])/g, (_, letter: string) => letter.toUpperCase())
    camelNames.set(column, name)
  }
  return name
}

const snakeNames = new Map<string, string>()

/** `ownerId` → `owner_id`. */
export function snake(property: string): string {
  let name = snakeNames.get(property)
  if (name === undefined) {
    name = property.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)
    snakeNames.set(property, name)
  }
  return name
}

/** A connection as the owner of the database, whom row-level security does not bind: for the operator's commands. */
export interface OwnerSession {
  readonly client: pg.Client
  readonly connection: Connection
  close(): Promise<void>
}

/** Opens a connection as the owner; values read as everywhere. */
export async function openOwnerSession(settings: pg.ClientConfig): Promise<OwnerSession> {
  const client = new pg.Client({ application_name: 'plumbline', ...settings, pipeline: true, types } as pg.ClientConfig)
  // A connection that breaks fails the statement that needs it; without a listener it would end the process.
  client.on('error', () => undefined)
  await client.connect()
  const connection = connectionOn({ onStatement: null }, client, { asOf: () => false })
  return { client, connection, close: () => client.end() }
}

const rowMakers = new Map<string, (cells: unknown[]) => unknown>()
const rowMakersKept = 2000

// Makes rows by an object literal of their columns: all rows of a statement then have one shape, which costs half the
// time and memory of adding members one by one, and is what makes reading them fast later.
function rowMaker(
  fields: readonly { readonly name: string }[],
  wanted: (name: string) => boolean,
): (cells: unknown[]) => unknown {
  const members = fields.flatMap(({ name }, i) => {
    const key = camel(name)
    return wanted(key) ? [`${JSON.stringify(key)}: cells[${i}]`] : []
  })
  const literal = `({ ${members.join(', ')} })`
  const known = rowMakers.get(literal)
  if (known !== undefined) return known
  if (rowMakers.size >= rowMakersKept) rowMakers.clear()
  // oxlint-disable-next-line typescript/no-implied-eval -- the text holds nothing but column names, quoted, and numbers
  const made = new Function('cells', `return ${literal}`) as (cells: unknown[]) => unknown
  rowMakers.set(literal, made)
  return made
}

export function connectionOn(
  db: Pick<Database, 'onStatement'>,
  client: pg.ClientBase,
  options: { asOf: () => boolean },
): Connection {
  const send = async (query: Query<unknown>): Promise<pg.QueryArrayResult> => {
    const { text, values } = 'compile' in query ? compiled(query) : query
    db.onStatement?.(text)
    const name = nameOf(text, options.asOf() ? 'a' : 's')
    return client.query({ text, values: values as unknown[], rowMode: 'array', ...(name ? { name } : {}) })
  }
  const rows = async <Row>(query: Query<Row>): Promise<Row[]> => {
    const result = await send(query)
    return result.rows.map(rowMaker(result.fields, () => true)) as Row[]
  }
  return {
    rows,
    first: async (query) => (await rows(query))[0],
    async rowsWith<Row, Apart>(query: Query<Row>, apart: readonly string[]) {
      const { fields, rows: cells } = await send(query)
      return {
        rows: cells.map(rowMaker(fields, (name) => !apart.includes(name))) as Row[],
        apart: cells.map(rowMaker(fields, (name) => apart.includes(name))) as Apart[],
      }
    },
    count: async (query) => (await send(query)).rowCount ?? 0,
  }
}

function compiled(query: Compilable<unknown>): { text: string; values: readonly unknown[] } {
  const { sql, parameters } = query.compile()
  return { text: sql, values: parameters }
}
