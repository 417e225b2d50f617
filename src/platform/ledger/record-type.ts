import type { RecordRow } from '#kernel/change.ts'
import type { Id } from '#kernel/id.ts'
import { type FieldKinds, internal } from './field-kind.ts'

/** What the platform must know of a kind of record to store it, name it, tell its history and decide who owns it. */
export interface RecordType<Row extends RecordRow = RecordRow> {
  /** Table name, and the record type in the ledger. */
  readonly type: string
  /** Prefix of ids in the API: `risk` → `risk_0193…`. */
  readonly prefix: string
  /** Prefix of the human reference, `R` → `R-12`; null for records without one. */
  readonly refPrefix: string | null
  /** The persons answerable for a record: the role table's `own`. */
  readonly owners: (row: Row) => readonly (Id<'person'> | null)[]
  /** What people call such a record in a sentence: “risk”. */
  readonly noun: string
  /** The action of the role table that reading such records takes; their history is shown to nobody else. */
  readonly readAction?: string
  /** Records whose history tells of this one too, each with the column that points at it; the one it belongs to first. */
  readonly partOf?: readonly { readonly type: string; readonly column: string }[]
  /** How each column is told in histories, by its name in the API. */
  readonly fields: FieldKinds<Row>
  /** The field that says which one it is, for a record without a name: the kind of a treatment option. */
  readonly headline?: Exclude<keyof Row, keyof RecordRow> & string
  /**
   * SQL for the name at a time, over `image`, the row as the ledger has it; `$1` is the organization. Without it: its `title`, else its `name`.
   */
  readonly titleSql?: string
}

/** Declares a record type. */
export function recordType<Row extends RecordRow>(definition: RecordType<Row>): RecordType<Row> {
  return definition
}

/** A many-to-many link: a row of its own, switched off rather than deleted. */
export function linkType<Row extends RecordRow & { readonly live: boolean }>(
  type: string,
  more: Pick<RecordType<Row>, 'readAction' | 'partOf'> & {
    /** How the columns besides `live` are told. */
    readonly fields: Omit<FieldKinds<Row>, 'live'>
  },
): RecordType<Row> {
  // That a link is in force is what the sentence about it says already.
  const fields = { ...more.fields, live: internal } as FieldKinds<Row>
  return { type, prefix: type, refPrefix: null, owners: () => [], noun: 'link', ...more, fields }
}
