import type { z } from 'zod'
import type { RecordRow } from '#kernel/change.ts'
import { type Id, toWireId } from '#kernel/id.ts'
import { addDays, endOfDay, type Instant } from '#kernel/time.ts'
import type { QueryOf } from '#platform/contract/route.ts'
import { statement } from '#platform/db/database.ts'
import type { Tx } from '#platform/db/transaction.ts'
import { RefusalError } from '#platform/refusal/refusal-error.ts'
import { type Findable, unionOf } from '#platform/search/findable.ts'
import type { LedgerActor } from './content.ts'
import type { auditTrail, historyEntry } from './contract.ts'
import { type FieldChange, fieldChanges, idsIn, inWords } from './field-changes.ts'
import type { RecordType } from './record-type.ts'

/** Record types and their names, as far as the caller may read them. */
export interface Registered {
  readonly records: readonly RecordType<RecordRow>[]
  readonly findables: readonly Findable[]
}

interface EntryRow {
  readonly seq: number
  readonly at: Instant
  readonly actor: LedgerActor
  readonly action: string
  readonly recordType: string
  readonly recordId: Id
  readonly before: Record<string, unknown> | null
  readonly after: Record<string, unknown> | null
  readonly reason: string | null
}

interface Named {
  readonly type: string
  readonly id: Id
  readonly ref: string | null
  readonly title: string
}

const columns = 'l.seq, l.at, l.actor, l.action, l.record_type, l.record_id, l.before, l.after, l.reason'
const endOfTime = 999_999_999_999_999

/** A page of the history of one record and its parts. Two statements. Refuses with `<type>.not_found`. */
export async function listHistory(
  tx: Tx,
  known: Registered,
  record: RecordType<RecordRow>,
  id: Id,
  asked: { readonly cursor?: string | undefined; readonly limit: number },
): Promise<{ items: z.output<typeof historyEntry>[]; next: string | null }> {
  const sources = [`select $3::text as type, $2::uuid as id`]
  for (const part of known.records) {
    for (const { type, column } of part.partOf ?? []) {
      if (type === record.type)
        sources.push(`select '${part.type}', id from ${part.type} where org_id = $1 and ${column} = $2`)
    }
  }
  const found = await tx.rows<EntryRow>(
    statement(
      `select ${columns} from (${sources.join(' union all ')}) r
       cross join lateral (
         select * from ledger_entry e
         where e.org_id = $1 and e.record_type = r.type and e.record_id = r.id and e.seq < $4
         order by e.seq desc limit $5) l
       order by l.seq desc limit $5`,
      [tx.org.id, id, record.type, Number(asked.cursor ?? endOfTime), asked.limit + 1],
    ),
  )
  if (found.length === 0 && asked.cursor === undefined) {
    throw new RefusalError({
      code: `${record.type}.not_found`,
      message: `There is no such ${record.noun} in ${tx.org.name}.`,
      facts: {},
    })
  }
  const { items, next } = cut(found, asked.limit)
  const isPart = (row: EntryRow): boolean => row.recordId !== id
  const changes = items.map((row) => changesOf(row, isPart(row)))
  const named = await names(tx, known.findables, mentioned(changes))
  const words = wordsOf(named)
  return {
    items: items.map((row, index) => ({
      ...entry(row, changes[index] ?? [], words, id),
      ...(isPart(row) ? { part: recordOf(known, row, named) } : {}),
    })),
    next,
  }
}

/** A page of the audit trail: entries of the record types known. Two statements. */
export async function listTrail(
  tx: Tx,
  known: Registered,
  asked: QueryOf<typeof auditTrail>,
): Promise<Pick<z.output<(typeof auditTrail)['response']>, 'items' | 'next'>> {
  const types = known.records.map((one) => one.type)
  const values: unknown[] = [tx.org.id, types, Number(asked.cursor ?? endOfTime), asked.limit + 1]
  const where = ['l.org_id = $1', 'l.record_type = any($2)', 'l.seq < $3']
  const also = (sql: (place: string) => string, value: unknown): void => {
    values.push(value)
    where.push(sql(`$${values.length}`))
  }
  if (asked.type) also((place) => `l.record_type = ${place}`, asked.type)
  if (asked.action) also((place) => `(l.action = ${place} or starts_with(l.action, ${place} || '.'))`, asked.action)
  if (asked.actor) also((place) => `strpos(lower(l.actor ->> 'name'), lower(${place})) > 0`, asked.actor)
  if (asked.from) also((place) => `l.at > ${place}`, endOfDay(addDays(asked.from, -1), tx.org.timeZone))
  if (asked.to) also((place) => `l.at <= ${place}`, endOfDay(asked.to, tx.org.timeZone))
  const found = await tx.rows<EntryRow>(
    statement(
      `select ${columns} from ledger_entry l where ${where.join(' and ')} order by l.seq desc limit $4`,
      values,
    ),
  )
  const { items, next } = cut(found, asked.limit)
  const changes = items.map((row) => changesOf(row, false))
  const named = await names(tx, known.findables, [...mentioned(changes), ...items.map((row) => row.recordId)])
  const words = wordsOf(named)
  return {
    items: items.map((row, index) => ({
      ...entry(row, changes[index] ?? [], words, null),
      record: recordOf(known, row, named),
    })),
    next,
  }
}

function cut(rows: readonly EntryRow[], limit: number): { items: EntryRow[]; next: string | null } {
  const items = rows.slice(0, limit)
  return { items, next: rows.length > limit ? String(items.at(-1)?.seq) : null }
}

function changesOf(row: EntryRow, isPart: boolean): FieldChange[] {
  return row.before === null && !isPart ? [] : fieldChanges(row.before, row.after)
}

const mentioned = (changes: readonly FieldChange[][]): string[] =>
  changes.flat().flatMap((change) => [...idsIn(change.before), ...idsIn(change.after)])

async function names(tx: Tx, findables: readonly Findable[], ids: readonly string[]): Promise<Map<string, Named>> {
  const union = unionOf(findables)
  if (ids.length === 0 || union === null) return new Map()
  const rows = await tx.rows<Named>(
    statement(`select type, id, ref, title from (${union}) n where id = any($2)`, [tx.org.id, [...new Set(ids)]]),
  )
  return new Map(rows.map((row) => [row.id, row]))
}

const wordsOf = (named: ReadonlyMap<string, Named>): Map<string, string> =>
  new Map([...named].map(([id, one]) => [id, one.title === '' ? (one.ref ?? '') : one.title]))

function entry(
  row: EntryRow,
  changes: readonly FieldChange[],
  words: ReadonlyMap<string, string>,
  whole: Id | null,
): z.output<typeof historyEntry> {
  return {
    seq: row.seq,
    at: row.at,
    actor: { name: row.actor.name, kind: row.actor.kind },
    action: row.action,
    reason: row.reason,
    changes: changes
      // A part says again which record it belongs to: not news in that record's own history.
      .filter((change) => row.before !== null || change.after !== whole)
      .map(({ field, before, after }) => ({ field, before: inWords(before, words), after: inWords(after, words) })),
  }
}

function recordOf(
  known: Registered,
  row: EntryRow,
  named: ReadonlyMap<string, Named>,
): { type: string; id: string; ref: string; title: string } {
  const record = known.records.find((one) => one.type === row.recordType)
  const name = named.get(row.recordId)
  const said = (key: string): string => {
    const value = row.after?.[key]
    return typeof value === 'string' ? value : ''
  }
  return {
    type: row.recordType,
    id: toWireId(record?.prefix ?? row.recordType, row.recordId),
    ref: name?.ref ?? said('ref'),
    title: name?.title ?? (said('name') || said('title')),
  }
}
