import type { z } from 'zod'
import type { RecordRow } from '#kernel/change.ts'
import type { Id } from '#kernel/id.ts'
import { addDays, dateAt, endOfDay, type Instant, type LocalDate } from '#kernel/time.ts'
import type { QueryOf } from '#platform/contract/route.ts'
import { snake, statement } from '#platform/db/database.ts'
import type { Tx } from '#platform/db/transaction.ts'
import { RefusalError } from '#platform/refusal/refusal-error.ts'
import type { LedgerActor } from './content.ts'
import type { auditTrail, history, ledgerEvent } from './contract.ts'
import type { FieldKind } from './field-kind.ts'
import type { RecordType } from './record-type.ts'
import { type Known, type RawEntry, tellEntries } from './tell.ts'

type Events = z.output<(typeof history)['response']>

interface EventRow extends RawEntry {
  readonly first: number
  readonly size: number
  readonly at: Instant
  readonly actor: LedgerActor
}

const endOfTime = 999_999_999_999_999
/** Entries of one event that a page shows; the rest is asked for by itself. */
const perEvent = 25
/** Entries looked through for a page of events; one that is cut off there goes on with the next page. */
const window = 2000
/** Actors whose entries are looked up by their names; a text in more names than that is met soon by reading along. */
const namesLookedUp = 50

/** A page of the history of one record and its parts, up to the end of a day if one is given. Three statements. Refuses with `<type>.not_found`. */
export async function listHistory(
  tx: Tx,
  known: Known,
  record: RecordType<RecordRow>,
  id: Id,
  asked: {
    readonly to?: LocalDate | undefined
    readonly cursor?: string | undefined
    readonly limit: number
  },
): Promise<Events> {
  const until = asked.to === undefined ? null : endOfDay(asked.to, tx.org.timeZone)
  const sources = [`select $4::text as type, $5::uuid as id`]
  for (const part of partsOf(known, record.type)) {
    sources.push(`select '${part.type}', id from ${part.type} where org_id = $1 and ${part.column} = $5`)
    for (const deeper of partsOf(known, part.type)) {
      sources.push(
        `select '${deeper.type}', d.id from ${deeper.type} d join ${part.type} p on p.org_id = $1 and p.id = d.${deeper.column}
         where d.org_id = $1 and p.${part.column} = $5`,
      )
    }
  }
  const found = await eventRows(
    tx,
    known,
    `select e.seq, e.tx, e.action, r.id = $5 as own from (${sources.join(' union ')}) r
     cross join lateral (
       select seq, tx, action from ledger_entry e
       where e.org_id = $1 and e.record_type = r.type and e.record_id = r.id and e.seq < $2
         and ($6::timestamptz is null or e.at <= $6)
       order by e.seq desc limit ${window}) e`,
    asked,
    [record.type, id, until],
  )
  // Before its first day a record has no history, which is no reason to say that it does not exist.
  if (found.length === 0 && asked.cursor === undefined && until === null) {
    throw new RefusalError({
      code: `${record.type}.not_found`,
      message: `There is no such ${record.noun} in ${tx.org.name}.`,
      facts: {},
    })
  }
  return tellEvents(tx, known, found, asked.limit, { type: record.type, id })
}

/** A page of the audit trail: what happened to records of the types known. Three statements, four for some people only. */
export async function listTrail(tx: Tx, known: Known, asked: QueryOf<typeof auditTrail>): Promise<Events> {
  const wholes = [...known.values()].filter((one) => one.partOf === undefined).map((one) => one.type)
  const values: unknown[] = [typesAsked(known, asked), wholes]
  const where = ['l.org_id = $1', 'l.seq < $2', 'l.record_type = any($4)']
  const also = (sql: (place: string) => string, value: unknown): void => {
    values.push(value)
    where.push(sql(`$${values.length + 3}`))
  }
  if (asked.action) {
    also(
      (place) =>
        `(l.action = ${place} or starts_with(l.action, ${place} || '.') or split_part(l.action, '.', 2) = ${place})`,
      asked.action,
    )
  }
  const names = asked.actor === undefined || asked.actor === '' ? null : await actorsNamed(tx, asked.actor)
  const few = names !== null && names.length <= namesLookedUp
  if (few) values.push(names)
  else if (names !== null) also((place) => `strpos(lower(l.actor_name), lower(${place})) > 0`, asked.actor)
  const place = `$${values.length + 3}`
  if (asked.from) also((place) => `l.at > ${place}`, endOfDay(addDays(asked.from, -1), tx.org.timeZone))
  if (asked.to) also((place) => `l.at <= ${place}`, endOfDay(asked.to, tx.org.timeZone))
  const columns = 'select l.seq, l.tx, l.action, l.record_type = any($5) as own from ledger_entry l'
  const found = await eventRows(
    tx,
    known,
    few
      ? `select l.seq, l.tx, l.action, l.own from unnest(${place}::text[]) n (name)
         cross join lateral (
           ${columns} where ${where.join(' and ')} and l.actor_name = n.name order by l.seq desc limit ${window}) l`
      : `${columns} where ${where.join(' and ')}`,
    asked,
    values,
  )
  return tellEvents(tx, known, found, asked.limit, null)
}

/** Every entry of the event that ends with an entry, oldest first. Two statements. */
export async function listEvent(
  tx: Tx,
  known: Known,
  seq: number,
  asked: QueryOf<typeof ledgerEvent>,
): Promise<z.output<(typeof ledgerEvent)['response']>> {
  const rows = await tx.rows<RawEntry>(
    statement(
      `select ${columnsOf('$5')}, $2::bigint as last from ledger_entry l
       where l.org_id = $1 and l.seq <= $2 and l.seq > $3 and l.record_type = any($6)
         and l.tx = (select tx from ledger_entry where org_id = $1 and seq = $2)
         -- The entries of a transaction follow one another without a gap.
         and l.seq > coalesce((
           select max(o.seq) from ledger_entry o where o.org_id = $1 and o.seq < $2
             and o.tx <> (select tx from ledger_entry where org_id = $1 and seq = $2)), 0)
       order by l.seq limit $4`,
      [tx.org.id, seq, Number(asked.cursor ?? 0), asked.limit + 1, heavyColumns(known), [...known.keys()]],
    ),
  )
  if (rows.length === 0 && asked.cursor === undefined) {
    throw new RefusalError({
      code: 'event.not_found',
      message: `The audit trail of ${tx.org.name} has no entry ${seq} that you may read.`,
      facts: { seq },
    })
  }
  const shown = rows.slice(0, asked.limit)
  return {
    items: await tellEntries(tx, known, shown, null),
    next: rows.length > asked.limit ? String(shown.at(-1)?.seq) : null,
  }
}

/** Names in the ledger that hold a text, in capitals or not; each name costs one look into an index. */
async function actorsNamed(tx: Tx, part: string): Promise<string[]> {
  const rows = await tx.rows<{ name: string }>(
    statement(
      `with recursive n as (
         (select actor_name as name from ledger_entry where org_id = $1 order by actor_name limit 1)
         union all
         select (
           select l.actor_name from ledger_entry l where l.org_id = $1 and l.actor_name > n.name
           order by l.actor_name limit 1)
         from n where n.name is not null)
       select name from n where strpos(lower(name), lower($2)) > 0`,
      [tx.org.id, part],
    ),
  )
  return rows.map(({ name }) => name)
}

const partsOf = (known: Known, type: string): { readonly type: string; readonly column: string }[] =>
  [...known.values()].flatMap((one) =>
    (one.partOf ?? []).filter((part) => part.type === type).map(({ column }) => ({ type: one.type, column })),
  )

// A type comes with its parts, unless it is asked what exactly happened.
function typesAsked(known: Known, { type, action }: QueryOf<typeof auditTrail>): string[] {
  if (type === undefined) return [...known.keys()]
  const parts = [...known.values()].filter((one) => action === undefined && one.partOf?.[0]?.type === type)
  return [...(known.has(type) ? [type] : []), ...parts.map((one) => one.type)]
}

const columnsOf = (heavy: string): string => {
  const light = (side: string): string =>
    `l.${side} - coalesce((select array_agg(x) from jsonb_array_elements_text(${heavy}::jsonb -> l.record_type) x), '{}')
     as ${side}`
  return `l.seq, l.at, l.actor, l.action, l.record_type, l.record_id, ${light('before')}, ${light('after')}, l.reason`
}

/** Columns that are never told and may be large: whole statements, approved states. They stay in the database. */
function heavyColumns(known: Known): string {
  const heavy = [...known.values()].map(({ type, fields }) => {
    const kinds: [string, FieldKind][] = Object.entries(fields)
    const columns = kinds.filter(([, { kind }]) => kind === 'internal').map(([field]) => snake(field))
    return [type, columns.filter((column) => !/_(id|type)$/.test(column))] as const
  })
  return JSON.stringify(Object.fromEntries(heavy))
}

/** `entries` gives seq, tx, action and own, of the organization `$1`, before `$2`. */
function eventRows(
  tx: Tx,
  known: Known,
  entries: string,
  asked: { readonly cursor?: string | undefined; readonly limit: number },
  more: readonly unknown[],
): Promise<EventRow[]> {
  const heavy = `$${more.length + 4}`
  return tx.rows<EventRow>(
    statement(
      `with w as materialized (${entries} order by seq desc limit ${window}),
       e as (
         select tx, max(seq) as last, min(seq) as first, count(*)::int as size from w
         group by tx order by last desc limit $3),
       p as (
         select w.seq, e.last, e.first, e.size,
           -- The record itself before its parts, and what ends by it after what is new.
           row_number() over (partition by e.tx order by w.own desc, w.action like '%superseded', w.seq) as place
         from w join e on e.tx = w.tx)
       select p.last, p.first, p.size, ${columnsOf(heavy)}
       from p join ledger_entry l on l.org_id = $1 and l.seq = p.seq
       where p.place <= ${perEvent} order by p.last desc, p.place`,
      [tx.org.id, Number(asked.cursor ?? endOfTime), asked.limit + 1, ...more, heavyColumns(known)],
    ),
  )
}

async function tellEvents(
  tx: Tx,
  known: Known,
  rows: readonly EventRow[],
  limit: number,
  seenFrom: { readonly type: string; readonly id: Id } | null,
): Promise<Events> {
  const events = [...Map.groupBy(rows, (row) => row.last).values()]
  const shown = events.slice(0, limit)
  const told = await tellEntries(tx, known, shown.flat(), seenFrom)
  const bySeq = new Map(told.map((entry) => [entry.seq, entry]))
  const looked = events.reduce((sum, [row]) => sum + (row?.size ?? 0), 0)
  const end = shown.at(-1)?.[0]
  return {
    items: shown.flatMap((entries) => {
      const [row] = entries
      if (row === undefined) return []
      const { last: seq, at, size, actor } = row
      return [
        {
          seq,
          at,
          day: dateAt(at, tx.org.timeZone),
          actor: { name: actor.name, kind: actor.kind },
          size,
          entries: entries.map((entry) => bySeq.get(entry.seq)).filter((entry) => entry !== undefined),
        },
      ]
    }),
    next: end !== undefined && (events.length > limit || looked >= window) ? String(end.first) : null,
  }
}
