import { createHash } from 'node:crypto'
import { type ClientBase, escapeIdentifier } from 'pg'

/** A table as the database describes it. */
export interface Table {
  readonly oid: number
  readonly schema: string
  readonly name: string
  /** Those that are stored: generated ones are computed again. */
  readonly columns: readonly { readonly name: string; readonly type: string }[]
  /** Column names; empty without a primary key. */
  readonly primaryKey: readonly string[]
}

/** Quoted for SQL. */
export const sqlName = ({ schema, name }: { schema: string; name: string }): string =>
  `${escapeIdentifier(schema)}.${escapeIdentifier(name)}`

/** As people write it: `public.risk`. */
export const plainName = ({ schema, name }: { schema: string; name: string }): string => `${schema}.${name}`

/** Where a table's rows are kept in a backup. */
export function memberOf(table: Pick<Table, 'schema' | 'name'>): string {
  const segment = (name: string): string =>
    /^\w+$/.test(name) ? name : `x-${createHash('sha256').update(name).digest('hex').slice(0, 16)}`
  return `database/${segment(table.schema)}/${segment(table.name)}.ndjson`
}

/** Schemas whose content is not the installation's: the system's, and the job queue's, which makes its own. */
const ownSchema = `n.nspname not in ('pg_catalog', 'information_schema', 'graphile_worker') and n.nspname !~ '^pg_'`

const notOfAnExtension = `not exists (
  select from pg_depend d where d.classid = 'pg_class'::regclass and d.objid = c.oid and d.deptype = 'e')`

/** Every table of the installation, partitions within their parent, in order of name. */
export async function readTables(client: ClientBase): Promise<Table[]> {
  const { rows } = await client.query<Table>(`
    select c.oid, n.nspname as schema, c.relname as name,
      coalesce((
        select json_agg(json_build_object('name', a.attname, 'type', format_type(a.atttypid, a.atttypmod)) order by a.attnum)
        from pg_attribute a
        where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''), '[]') as columns,
      coalesce((
        select json_agg(a.attname order by k.position)
        from pg_index i, unnest(i.indkey) with ordinality k (attnum, position), pg_attribute a
        where i.indrelid = c.oid and i.indisprimary and a.attrelid = c.oid and a.attnum = k.attnum), '[]') as "primaryKey"
    from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where c.relkind in ('r', 'p') and not c.relispartition and c.relpersistence <> 't'
      and ${ownSchema} and ${notOfAnExtension}
    order by n.nspname collate "C", c.relname collate "C"`)
  return rows
}

/** Every sequence of the installation, those of identity columns included. */
export async function readSequenceNames(client: ClientBase): Promise<{ schema: string; name: string }[]> {
  const { rows } = await client.query<{ schema: string; name: string }>(`
    select n.nspname as schema, c.relname as name
    from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where c.relkind = 'S' and c.relpersistence <> 't' and ${ownSchema} and ${notOfAnExtension}
    order by n.nspname collate "C", c.relname collate "C"`)
  return rows
}

/**
 * Tables of which row-level security could hide rows from this role, or keep it from writing any: all those where it
 * applies and there is not a policy that lets this role do everything.
 */
export async function guardedTables(
  client: ClientBase,
  tables: readonly Table[],
  doing: 'reading' | 'writing',
): Promise<string[]> {
  const command = doing === 'reading' ? 'r' : 'a'
  const condition = doing === 'reading' ? 'p.polqual' : 'coalesce(p.polwithcheck, p.polqual)'
  const { rows } = await client.query<{ name: string }>(
    `
    with applying as (
      select p.polrelid, p.polpermissive, pg_get_expr(${condition}, p.polrelid) as condition
      from pg_policy p
      where p.polcmd in ('*', $2) and exists (
        select from unnest(p.polroles) r (role)
        where case when r.role = 0 then true else pg_has_role(r.role, 'usage') end))
    select c.oid::regclass::text as name
    from pg_class c
    where c.oid = any ($1::oid[]) and row_security_active(c.oid) and (
      not exists (select from applying a where a.polrelid = c.oid and a.polpermissive and a.condition = 'true')
      or exists (select from applying a where a.polrelid = c.oid and not a.polpermissive))
    order by 1`,
    [tables.map(({ oid }) => oid), command],
  )
  return rows.map(({ name }) => name)
}

/** The output form of values in a backup, whatever the server's or role's settings: exact, and the same everywhere. */
export const exactOutput = `
  set local timezone = 'UTC';
  set local datestyle = 'ISO, YMD';
  set local intervalstyle = 'postgres';
  set local bytea_output = 'hex';
  set local extra_float_digits = 1;
  set local statement_timeout = 0;
  set local idle_in_transaction_session_timeout = 0;
  set local transaction_timeout = 0`
