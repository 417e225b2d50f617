import { type ClientBase, escapeIdentifier } from 'pg'
import { ok, type Result, refuse } from '#kernel/result.ts'
import type { BackupReader } from './container.ts'
import type { Manifest, ManifestTable } from './manifest.ts'
import { exactOutput, guardedTables, plainName, readSequenceNames, readTables, sqlName, type Table } from './tables.ts'

/** How much one statement inserts, in bytes of JSON. */
const insertTarget = 500_000

/**
 * Which tables hold rows, of those a new installation would have empty.
 * @param mayHoldRows names (`public.schema_migration`) of tables that are filled without anybody's doing
 */
export async function tablesInUse(client: ClientBase, mayHoldRows: readonly string[]): Promise<string[]> {
  const inUse: string[] = []
  for (const table of await readTables(client)) {
    if (mayHoldRows.includes(plainName(table))) continue
    const { rows } = await client.query<{ used: boolean }>(`select exists (select from ${sqlName(table)}) as used`)
    if (rows[0]?.used) inUse.push(plainName(table))
  }
  return inUse
}

/**
 * Fills the tables from a verified backup, all in one transaction: it succeeds wholly or changes nothing. Foreign keys
 * are dropped while rows come in and made again, which proves that every reference holds; triggers stay silent. Needs no
 * superuser, only the owner of the tables.
 * Refuses `backup.not_empty`, `backup.schema_differs`, `backup.rows_hidden`, `backup.damaged`.
 * @param client connected as the owner of the tables, in no transaction
 */
export async function loadDatabase(
  client: ClientBase,
  manifest: Manifest,
  reader: BackupReader,
  mayHoldRows: readonly string[],
  progress: (done: number, total: number) => void,
): Promise<Result<void>> {
  await client.query('begin')
  let loaded = false
  try {
    await client.query(exactOutput)
    const result = await loadInTransaction(client, manifest, reader, mayHoldRows, progress)
    if (result.ok) {
      await client.query('commit')
      loaded = true
    }
    return result
  } finally {
    if (!loaded) await client.query('rollback').catch(() => {})
  }
}

async function loadInTransaction(
  client: ClientBase,
  manifest: Manifest,
  reader: BackupReader,
  mayHoldRows: readonly string[],
  progress: (done: number, total: number) => void,
): Promise<Result<void>> {
  const tables = await readTables(client)
  const difference = await schemaDifference(client, tables, manifest)
  if (difference !== null) {
    return refuse(
      'backup.schema_differs',
      `The database is not as the backup expects it at schema ${manifest.schemaVersion}: ${difference}. Restore into a new, empty database.`,
      { difference },
    )
  }
  if (tables.length === 0) return ok(undefined)
  await client.query(`lock table ${tables.map(sqlName).join(', ')} in access exclusive mode`)
  const inUse = await tablesInUse(client, mayHoldRows)
  if (inUse.length > 0) return notEmpty(inUse)
  const guarded = await guardedTables(client, tables, 'writing')
  if (guarded.length > 0) {
    return refuse(
      'backup.rows_hidden',
      `Row-level security keeps this database role from writing to ${guarded.join(', ')}. Restore as the owner role of the database.`,
      { tables: guarded },
    )
  }

  const restoreGuards = await liftGuards(client, tables)
  await client.query(`truncate ${tables.map(sqlName).join(', ')}`)
  for (const [done, described] of manifest.tables.entries()) {
    const table = tables.find((each) => plainName(each) === plainName(described))
    if (table === undefined) continue
    const rows = await fill(client, table, reader, described)
    if (rows !== described.rows) {
      return refuse(
        'backup.damaged',
        `The backup says ${described.rows} rows of ${plainName(described)} but holds ${rows}. Take another backup.`,
        { members: [described.member] },
      )
    }
    progress(done + 1, manifest.tables.length)
  }
  await client.query('set constraints all immediate')
  await restoreGuards()
  for (const { schema, name, lastValue, isCalled } of manifest.sequences) {
    await client.query('select setval($1::regclass, $2::bigint, $3)', [sqlName({ schema, name }), lastValue, isCalled])
  }
  return ok(undefined)
}

/** The refusal of a restore over somebody's data. */
export function notEmpty(tables: readonly string[]): ReturnType<typeof refuse> {
  const named = tables.length > 3 ? `${tables.slice(0, 3).join(', ')} and ${tables.length - 3} more` : tables.join(', ')
  return refuse(
    'backup.not_empty',
    `This installation is already in use: there are rows in ${named}. Restore into a new, empty one; nothing is overwritten.`,
    { tables },
  )
}

/** The first difference between database and backup in tables, columns or sequences, in words; null when none. */
async function schemaDifference(
  client: ClientBase,
  tables: readonly Table[],
  manifest: Manifest,
): Promise<string | null> {
  const describe = (table: Pick<Table, 'columns'>): string[] => table.columns.map(({ name, type }) => `${name} ${type}`)
  const expected = new Map(manifest.tables.map((table) => [plainName(table), describe(table)]))
  for (const table of tables) {
    const columns = expected.get(plainName(table))
    if (columns === undefined) return `the table ${plainName(table)} is not in the backup`
    expected.delete(plainName(table))
    const found = describe(table)
    const odd = found.find((column) => !columns.includes(column)) ?? columns.find((column) => !found.includes(column))
    if (odd !== undefined) return `the column ${odd} of ${plainName(table)} is only in one of the two`
  }
  const [missing] = expected.keys()
  if (missing !== undefined) return `the table ${missing} does not exist`
  const sequences = new Set((await readSequenceNames(client)).map(plainName))
  const lacking = manifest.sequences.find((sequence) => !sequences.has(plainName(sequence)))
  return lacking === undefined ? null : `the sequence ${plainName(lacking)} does not exist`
}

/** Drops foreign keys and silences triggers; the returned function puts them back as they were. */
async function liftGuards(client: ClientBase, tables: readonly Table[]): Promise<() => Promise<void>> {
  const oids = [tables.map(({ oid }) => oid)]
  const keys = await client.query<{ table: string; name: string; definition: string }>(
    `select conrelid::regclass::text as table, conname as name, pg_get_constraintdef(oid) as definition
     from pg_constraint where contype = 'f' and conparentid = 0 and conrelid = any ($1::oid[]) order by 1, 2`,
    oids,
  )
  const triggers = await client.query<{ table: string; name: string; enabled: 'O' | 'R' | 'A' }>(
    `select tgrelid::regclass::text as table, tgname as name, tgenabled as enabled
     from pg_trigger where not tgisinternal and tgparentid = 0 and tgenabled <> 'D' and tgrelid = any ($1::oid[])`,
    oids,
  )
  for (const { table, name } of keys.rows) {
    await client.query(`alter table ${table} drop constraint ${escapeIdentifier(name)}`)
  }
  for (const { table, name } of triggers.rows) {
    await client.query(`alter table ${table} disable trigger ${escapeIdentifier(name)}`)
  }
  const enabling = { O: '', R: 'replica', A: 'always' }
  return async () => {
    for (const { table, name, enabled } of triggers.rows) {
      await client.query(`alter table ${table} enable ${enabling[enabled]} trigger ${escapeIdentifier(name)}`)
    }
    for (const { table, name, definition } of keys.rows) {
      await client.query(`alter table ${table} add constraint ${escapeIdentifier(name)} ${definition}`)
    }
  }
}

/** Inserts a member's rows; returns how many. Types come from the database, never from the backup. */
async function fill(client: ClientBase, table: Table, reader: BackupReader, from: ManifestTable): Promise<number> {
  const names = table.columns.map(({ name }) => escapeIdentifier(name))
  const values = table.columns.map(({ name, type }) => `r.${escapeIdentifier(name)}::${type}`)
  const insert = `
    insert into ${sqlName(table)} (${names.join(', ')}) overriding system value
    select ${values.join(', ')} from json_to_recordset($1::json) as r (${names.map((name) => `${name} text`).join(', ')})`
  let total = 0
  for await (const lines of wholeLines(await reader.read(from.member), insertTarget)) {
    const json = lines.toString('utf8', 0, lines.length - 1).replaceAll('\n', ',')
    const { rowCount } = await client.query(insert, [`[${json}]`])
    total += rowCount ?? 0
  }
  return total
}

/** The stream's lines in pieces of at least `target` bytes, each ending with a line feed. */
async function* wholeLines(source: AsyncIterable<Uint8Array>, target: number): AsyncGenerator<Buffer> {
  let held: Uint8Array[] = []
  let length = 0
  for await (const chunk of source) {
    const end = length + chunk.length < target ? 0 : chunk.lastIndexOf(0x0a) + 1
    if (end === 0) {
      held.push(chunk)
      length += chunk.length
      continue
    }
    yield Buffer.concat([...held, chunk.subarray(0, end)])
    held = [chunk.subarray(end)]
    length = chunk.length - end
  }
  if (length > 0) yield Buffer.concat(held)
}
