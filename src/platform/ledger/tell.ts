import { isDeepStrictEqual } from 'node:util'
import type { z } from 'zod'
import type { RecordRow } from '#kernel/change.ts'
import { type Id, isUuid, toWireId } from '#kernel/id.ts'
import { dateAt, type Instant } from '#kernel/time.ts'
import type { OrgFacts } from '#platform/access/policy.ts'
import { camel, snake, statement } from '#platform/db/database.ts'
import type { Tx } from '#platform/db/transaction.ts'
import type { fieldChange, historyEntry } from './contract.ts'
import type { FieldKind, Image, Rating, RatingReader, StatedScores } from './field-kind.ts'
import type { RecordType } from './record-type.ts'

/** The record types a reader may see, by name. */
export type Known = ReadonlyMap<string, RecordType<RecordRow>>

/** A ledger entry that is to be told, with the end of the event it belongs to: names are those of that moment. */
export interface RawEntry {
  readonly seq: number
  readonly last: number
  readonly action: string
  readonly recordType: string
  readonly recordId: Id
  readonly before: Image | null
  readonly after: Image | null
  readonly reason: string | null
}

type Told = z.output<typeof historyEntry>
type Change = z.output<typeof fieldChange>
type Ref = Told['record']

/** The record whose history is told; null in the audit trail. */
type SeenFrom = { readonly type: string; readonly id: Id } | null

/** One side of a field, before it has been put into words. */
interface Side {
  readonly value: unknown
  readonly image: Image
}

interface RawChange {
  readonly field: string
  readonly kind: FieldKind
  readonly before: Side | null
  readonly after: Side | null
}

/** Puts entries into the form people are shown. One statement for all names, one for each kind of rating. */
export async function tellEntries(
  tx: Tx,
  known: Known,
  entries: readonly RawEntry[],
  seenFrom: SeenFrom,
): Promise<Told[]> {
  const drafts = entries.map((entry) => draftOf(entry, known, seenFrom))
  const names = new Names(tx, known)
  const ratings = new Ratings()
  for (const draft of drafts) {
    for (const { type, id } of [draft.self, draft.of, ...draft.others]) names.ask(type, id, draft.entry.last)
    for (const change of draft.all) {
      for (const side of [change.before, change.after]) {
        if (side === null) continue
        if (change.kind.kind === 'rating') ratings.ask(change.kind.read, side.value, side.image)
        if (change.kind.kind === 'record') names.ask(targetType(change.kind, side.image), side.value, draft.entry.last)
      }
    }
  }
  await Promise.all([names.read(), ratings.read(tx)])
  return drafts.map(({ entry, self, of, others, changes, headline }) => {
    const change = (raw: RawChange): Change => worded(raw, entry.last, names, ratings, tx.org)
    const named = (end: End): Ref | null => (end.id === null ? null : names.of(end.type, end.id, entry.last))
    return {
      seq: entry.seq,
      action: entry.action,
      reason: entry.reason,
      record: names.of(self.type, entry.recordId, entry.last),
      isNew: entry.before === null,
      of: named(of),
      others: others.flatMap((end) => {
        const one = named(end)
        return one === null || (one.ref === '' && one.title === '') ? [] : [{ ...one, as: end.as }]
      }),
      headline: headline === null ? null : change(headline),
      changes: changes.map(change),
    }
  })
}

interface End {
  readonly type: string
  /** The field of the part that points at it. */
  readonly as: string
  readonly id: Id | null
}

const nowhere: End = { type: '', as: '', id: null }

function draftOf(entry: RawEntry, known: Known, seenFrom: SeenFrom) {
  const type = known.get(entry.recordType)
  const image = entry.after ?? entry.before ?? {}
  const ends: End[] = (type?.partOf ?? []).map((part) => ({
    type: part.type,
    as: camel(part.column),
    id: idOf(image[part.column]),
  }))
  const isSeen = (end: End): boolean => seenFrom !== null && end.id === seenFrom.id && end.type === seenFrom.type
  const whole = seenFrom === null ? (ends[0] ?? nowhere) : nowhere
  const changes = type === undefined ? [] : changesOf(type, entry)
  const headline = type?.headline === undefined ? null : sidesOf(type, type.headline, null, image)
  return {
    entry,
    self: { type: entry.recordType, id: entry.recordId },
    of: whole,
    others: ends.filter((end) => end !== whole && end.id !== null && !isSeen(end)),
    changes,
    headline,
    all: headline === null ? changes : [...changes, headline],
  }
}

/** The fields that differ and are told; of a new record, those in which something is stated. */
function changesOf(type: RecordType<RecordRow>, { before, after }: RawEntry): RawChange[] {
  // Which records it joins is said by the sentence about it.
  const said = new Set((type.partOf ?? []).map((part) => camel(part.column)))
  return Object.keys(type.fields).flatMap((field) => {
    if (said.has(field) || field === type.headline) return []
    const change = sidesOf(type, field, before, after)
    if (change.kind.kind === 'internal') return []
    // Of a new record, only what somebody stated.
    if (before === null && change.after?.value === false) return []
    return isDeepStrictEqual(change.before?.value, change.after?.value) ? [] : [change]
  })
}

function sidesOf(type: RecordType<RecordRow>, field: string, before: Image | null, after: Image | null): RawChange {
  const kinds: Readonly<Record<string, FieldKind>> = type.fields
  const kind = kinds[field] ?? { kind: 'internal' }
  const side = (image: Image | null): Side | null => {
    const value = image?.[snake(field)]
    return image === null || isNothing(value) ? null : { value, image }
  }
  return { field, kind, before: side(before), after: side(after) }
}

const isNothing = (value: unknown): boolean =>
  value === null || value === undefined || value === '' || (Array.isArray(value) && value.length === 0)

const idOf = (value: unknown): Id | null => (typeof value === 'string' && isUuid(value) ? (value as Id) : null)

const targetType = (kind: Extract<FieldKind, { kind: 'record' }>, image: Image): string =>
  typeof kind.type === 'string' ? kind.type : String(image[kind.type.column])

function worded(
  raw: RawChange,
  last: number,
  names: Names,
  ratings: Ratings,
  { currency, timeZone }: OrgFacts,
): Change {
  const { field, kind } = raw
  const both = <T>(tell: (value: unknown, side: Side) => T | null) => ({
    field,
    before: raw.before === null ? null : tell(raw.before.value, raw.before),
    after: raw.after === null ? null : tell(raw.after.value, raw.after),
  })
  switch (kind.kind) {
    case 'text':
      return { kind: 'text', ...both(String) }
    case 'date':
    case 'instant':
      return { kind: kind.kind, ...both(String) }
    case 'day':
      return { kind: 'date', ...both((value) => dateAt(String(value) as Instant, timeZone)) }
    case 'flag':
      return { kind: 'flag', ...both((value) => value === true) }
    case 'number':
    case 'bytes':
      return { kind: kind.kind, ...both(Number) }
    case 'money':
      return { kind: 'money', currency, ...both(Number) }
    case 'word':
      return { kind: 'word', words: kind.words, ...both(String) }
    case 'words':
      return { kind: 'words', words: kind.words, ...both((value) => (Array.isArray(value) ? value.map(String) : [])) }
    case 'counts':
      return { kind: 'counts', words: kind.words, ...both((value) => value as Record<string, number>) }
    case 'items':
      return {
        kind: 'items',
        words: kind.words,
        ...both((value, { image }) => kind.items(value, image).map(({ text, keys }) => ({ text, keys: [...keys] }))),
      }
    case 'record':
      return {
        kind: 'record',
        ...both((value, { image }) => {
          const id = idOf(value)
          return id === null ? null : names.of(targetType(kind, image), id, last)
        }),
      }
    case 'rating':
      return {
        kind: 'rating',
        ...both((value, { image }) => {
          const found = ratings.of(kind.read, value, image)
          return found === null ? null : { ...found, axes: found.axes.map((axis) => ({ ...axis })) }
        }),
      }
    case 'internal':
      throw new Error(`${field} is internal and cannot be told.`)
  }
}

/** The names records had at given moments, read from the ledger in one statement. */
class Names {
  readonly #asked = new Map<string, { readonly type: string; readonly id: Id; readonly seq: number }>()
  readonly #found = new Map<string, Ref>()
  readonly #tx: Tx
  readonly #known: Known

  constructor(tx: Tx, known: Known) {
    this.#tx = tx
    this.#known = known
  }

  ask(type: string, value: unknown, seq: number): void {
    const id = idOf(value)
    // What the reader may not see is not named.
    if (id !== null && this.#known.has(type)) this.#asked.set(`${type} ${id} ${seq}`, { type, id, seq })
  }

  async read(): Promise<void> {
    const asked = [...this.#asked.values()]
    if (asked.length === 0) return
    const special = [...this.#known.values()].flatMap(({ type, titleSql }) =>
      titleSql === undefined ? [] : [`when '${type}' then ${titleSql}`],
    )
    const plain = `coalesce(nullif(image ->> 'title', ''), image ->> 'name', '')`
    const title = special.length === 0 ? plain : `case x.type ${special.join(' ')} else ${plain} end`
    const rows = await this.#tx.rows<{ type: string; id: Id; seq: number; ref: string; title: string }>(
      statement(
        `select x.type, x.id, x.seq, coalesce(image ->> 'ref', '') as ref, coalesce(${title}, '') as title
         from unnest($2::text[], $3::uuid[], $4::bigint[]) as x (type, id, seq)
         cross join lateral (
           select e.after as image from ledger_entry e
           where e.org_id = $1 and e.record_type = x.type and e.record_id = x.id and e.seq <= x.seq
           order by e.seq desc limit 1) l`,
        [this.#tx.org.id, asked.map((one) => one.type), asked.map((one) => one.id), asked.map((one) => one.seq)],
      ),
    )
    for (const { type, id, seq, ref, title: name } of rows) {
      this.#found.set(`${type} ${id} ${seq}`, { type, id: this.#wireId(type, id), ref, title: name })
    }
  }

  of(type: string, id: Id, seq: number): Ref {
    return (
      this.#found.get(`${type} ${id} ${seq}`) ?? {
        type,
        id: this.#known.has(type) ? this.#wireId(type, id) : '',
        ref: '',
        title: '',
      }
    )
  }

  #wireId(type: string, id: Id): string {
    return toWireId(this.#known.get(type)?.prefix ?? type, id)
  }
}

/** Scores in words, read by whoever published them, all of one kind together. */
class Ratings {
  readonly #asked = new Map<RatingReader, StatedScores[]>()
  readonly #found = new Map<RatingReader, Map<Image, Map<unknown, Rating | null>>>()

  ask(reader: RatingReader, scores: unknown, image: Image): void {
    const asked = this.#asked.get(reader)
    if (asked) asked.push({ scores, image })
    else this.#asked.set(reader, [{ scores, image }])
  }

  async read(tx: Tx): Promise<void> {
    for (const [reader, asked] of this.#asked) {
      const ratings = await reader(tx, asked)
      const byImage = new Map<Image, Map<unknown, Rating | null>>()
      asked.forEach(({ scores, image }, index) => {
        const found = byImage.get(image) ?? new Map<unknown, Rating | null>()
        byImage.set(image, found.set(scores, ratings[index] ?? null))
      })
      this.#found.set(reader, byImage)
    }
  }

  of(reader: RatingReader, scores: unknown, image: Image): Rating | null {
    return this.#found.get(reader)?.get(image)?.get(scores) ?? null
  }
}
