import type { RecordRow } from '#kernel/change.ts'
import type { Id } from '#kernel/id.ts'

/** What the platform must know of a kind of record to store it, name it and decide who owns it. */
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
  /** Records whose history tells of this one too, each with the column that points at it. */
  readonly partOf?: readonly { readonly type: string; readonly column: string }[]
}

/** Declares a record type. */
export function recordType<Row extends RecordRow>(definition: RecordType<Row>): RecordType<Row> {
  return definition
}

/** A many-to-many link: a row of its own, switched off rather than deleted. */
export function linkType<Row extends RecordRow>(
  type: string,
  more: Pick<RecordType<Row>, 'readAction' | 'partOf'> = {},
): RecordType<Row> {
  return { type, prefix: type, refPrefix: null, owners: () => [], noun: 'link', ...more }
}
