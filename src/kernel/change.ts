import type { Id } from './id.ts'

/**
 * One row change and what the ledger says about it. Rules return changes; only `commit` writes them.
 * `before` is null for a new record. Rows are full images: the ledger replays them.
 */
export interface Change<Row extends RecordRow = RecordRow> {
  readonly type: string
  readonly before: Row | null
  readonly after: Row
  /** What happened, as the ledger names it: `risk.accepted`. */
  readonly action: string
  readonly reason: string | null
}

/** What every tenant row has: its key and the version the optimistic lock compares. */
export interface RecordRow {
  readonly id: Id
  readonly orgId: Id<'org'>
  readonly version: number
}

/** A new record. */
export function created<Row extends RecordRow>(
  type: string,
  after: Row,
  action: string,
  reason: string | null = null,
): Change<Row> {
  return { type, before: null, after, action, reason }
}

/** A changed record: the patch applied, the version counted up. */
export function changed<Row extends RecordRow>(
  type: string,
  before: Row,
  patch: Partial<Omit<Row, 'id' | 'orgId' | 'version'>>,
  action: string,
  reason: string | null = null,
): Change<Row> {
  return { type, before, after: { ...before, ...patch, version: before.version + 1 }, action, reason }
}

/** The fields of a patch that were actually given. */
export function defined<T extends object>(patch: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(patch).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]?: Exclude<T[K], undefined>
  }
}
