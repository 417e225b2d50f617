import type { OrgId } from '#kernel/id.ts'
import type { Instant } from '#kernel/time.ts'
import { type Connection, statement } from '#platform/db/database.ts'
import type { FileStore } from '#platform/files/file-store.ts'
import { type TransferFile, type TransferMeta, transferFormat } from './format.ts'

/** What an export says of where it comes from. */
export interface TransferOrigin {
  readonly appVersion: string
  /** Number of the newest migration. */
  readonly schema: number
  readonly now: Instant
}

const batch = 1000

/** The files an organization has in the store, in order of their hash. */
export async function filesOf(store: FileStore, org: OrgId): Promise<TransferFile[]> {
  const found: TransferFile[] = []
  for await (const { sha256, bytes } of store.list(org)) found.push({ sha256, bytes })
  return found.sort((a, b) => (a.sha256 < b.sha256 ? -1 : 1))
}

/**
 * An organization as one JSON document, piece by piece: every row of every tenant table, the reference counters and the
 * whole ledger, as PostgreSQL writes them, so that no value changes on the way. Run it in one repeatable-read
 * transaction with the organization in scope; a batch of rows is in memory at a time. Not in it: accounts, passwords,
 * sessions, the secrets of API tokens, uploads and answers kept for a day.
 */
export async function* organizationJson(
  connection: Connection,
  org: OrgId,
  origin: TransferOrigin,
  files: readonly TransferFile[],
): AsyncGenerator<string> {
  await connection.rows(statement(`select set_config('timezone', 'UTC', true)`))
  yield `{\n"meta": ${JSON.stringify(await metaOf(connection, org, origin))},\n"tables": {\n`
  const tables = await tenantTables(connection)
  for (const [index, table] of tables.entries()) {
    yield `${JSON.stringify(table)}: [`
    yield* elements((after) => rowsAfter(connection, org, table, after))
    yield index === tables.length - 1 ? ']\n' : '],\n'
  }
  yield '},\n"counters": ['
  const counters = await connection.rows<Line>(
    statement(
      `select json_build_object('prefix', prefix, 'last', last)::text as line, '' as key
       from ref_counter where org_id = $1 order by prefix collate "C"`,
      [org],
    ),
  )
  yield* elements(async (after) => (after === null ? counters : []))
  yield '],\n"ledger": ['
  yield* elements((after) => entriesAfter(connection, org, after))
  yield '],\n"files": ['
  const lines = files.map((file) => ({ line: JSON.stringify(file), key: file.sha256 }))
  yield* elements(async (after) => (after === null ? lines : []))
  yield ']\n}\n'
}

/** The tables whose rows are records of organizations: those with a view in schema asof. */
export async function tenantTables(connection: Connection): Promise<string[]> {
  const rows = await connection.rows<{ name: string }>(
    statement(`select viewname::text as name from pg_views where schemaname = 'asof' order by viewname collate "C"`),
  )
  return rows.map(({ name }) => name)
}

async function metaOf(connection: Connection, org: OrgId, origin: TransferOrigin): Promise<TransferMeta> {
  const found = await connection.first<{ slug: string; name: string; seq: number; at: string; hash: string }>(
    statement(
      `select o.slug, o.name, h.seq, h.at, encode(h.hash, 'hex') as hash
       from organization o join ledger_head h on h.org_id = o.org_id where o.org_id = $1`,
      [org],
    ),
  )
  if (!found) throw new Error('The organization in scope cannot be read.')
  const { slug, name, seq, at, hash } = found
  return {
    product: 'plumbline',
    kind: 'organization',
    format: transferFormat,
    appVersion: origin.appVersion,
    schema: origin.schema,
    exportedAt: origin.now,
    organization: { id: org, slug, name },
    head: { seq, at, hash },
  }
}

interface Line {
  readonly line: string
  /** Where the next batch goes on. */
  readonly key: string
}

/** The elements of an array, one per line; the next batch is read while the last is written. */
async function* elements(read: (after: string | null) => Promise<Line[]>): AsyncGenerator<string> {
  let first = true
  let next = read(null)
  for (;;) {
    const lines = await next
    const last = lines.at(-1)
    if (!last) break
    next = read(last.key)
    // A consumer that stops early leaves this read behind: its failure is nobody's.
    next.catch(() => undefined)
    yield `${first ? '\n' : ',\n'}${lines.map(({ line }) => line).join(',\n')}`
    first = false
  }
  if (!first) yield '\n'
}

const rowsAfter = (connection: Connection, org: OrgId, table: string, after: string | null): Promise<Line[]> =>
  connection.rows(
    statement(
      `select row_to_json(t)::text as line, t.id::text as key from public.${table} t
       where t.org_id = $1 ${after === null ? '' : 'and t.id > $2'} order by t.id limit ${batch}`,
      after === null ? [org] : [org, after],
    ),
  )

const entriesAfter = (connection: Connection, org: OrgId, after: string | null): Promise<Line[]> =>
  connection.rows(
    statement(
      `select row_to_json(e)::text as line, e.seq::text as key from (
         select seq, at, actor, action, record_type, record_id, before, after, reason, tx,
           encode(content, 'hex') as content, encode(hash, 'hex') as hash
         from ledger_entry where org_id = $1 and seq > $2 order by seq limit ${batch}) e`,
      [org, after ?? 0],
    ),
  )
