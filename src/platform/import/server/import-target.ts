import type { Change } from '#kernel/change.ts'
import type { Id, OrgId } from '#kernel/id.ts'
import type { RowFact } from '#kernel/import/planning.ts'
import { issueOf } from '#kernel/import/questions.ts'
import { isLeftOut } from '#kernel/import/rows.ts'
import type { ImportContext, ImportRegister, InterpretedRow, Mapping, RowIssue, Sheet, Table } from '#kernel/import.ts'
import { ok, type Result } from '#kernel/result.ts'
import { dateAt, type Instant, type LocalDate } from '#kernel/time.ts'
import type { Actor, OrgFacts } from '#platform/access/policy.ts'
import type { Tx } from '#platform/db/transaction.ts'
import { previewRows } from '../mapping.ts'
import type { RefBook } from './ref-book.ts'

/** Who imports which file when, as registers need it to make records. */
export interface ImportOccasion {
  readonly orgId: OrgId
  readonly org: OrgFacts
  readonly now: Instant
  readonly today: LocalDate
  /** Null for tokens and the command line. */
  readonly personId: Id<'person'> | null
  readonly roles: Actor['roles']
  readonly fileName: string
  /** Reference of the import, `I-3`; in a preview the one it would get. */
  readonly ref: string
  newId<Type extends string>(): Id<Type>
}

/** The occasion of an import inside a transaction. */
export const importOccasion = (tx: Tx, actor: Actor, fileName: string, ref: string): ImportOccasion => ({
  orgId: tx.org.id,
  org: tx.org,
  now: tx.now,
  today: dateAt(tx.now, tx.org.timeZone),
  personId: actor.personId,
  roles: actor.roles,
  fileName,
  ref,
  newId: () => tx.newId(),
})

/** What people see of a record before it exists. */
export interface Becomes {
  readonly ref: string | null
  readonly title: string
  readonly facts: readonly RowFact[]
}

/** What a row does when the import is confirmed. Rows that are skipped or wrong do nothing. */
export interface PlannedRow {
  readonly line: number
  readonly status: InterpretedRow<unknown>['status']
  readonly becomes: Becomes | null
  readonly issues: readonly RowIssue[]
  readonly changes: readonly Change[]
}

/** Everything an import writes, in this order: what the rows share, the rows, what connects them. */
export interface ImportPlan {
  readonly before: readonly Change[]
  readonly rows: readonly PlannedRow[]
  readonly after: readonly Change[]
  /** References given out, so that the counters can be moved. */
  readonly books: readonly RefBook[]
  /** The order rows are written in, where it matters; lines of `rows` otherwise. */
  readonly order?: readonly number[]
}

/** What a module makes of the rows of a file: the register that reads them, and the changes they become. */
export interface ImportTargetDefinition<Draft, State> {
  readonly register: ImportRegister<Draft>
  /** Row of the role table. */
  readonly action: string
  /** Locks what must not change between loading and writing; called before an import is loaded or undone. */
  readonly lock?: (tx: Tx) => Promise<void>
  /** Loads what rows are read and planned against. A few statements, whatever the number of records. */
  readonly load: (tx: Tx) => Promise<{ readonly context: ImportContext; readonly state: State }>
  /**
   * Plans all changes, writing nothing. Refused when the mapping as a whole cannot be followed; what is wrong with single
   * rows becomes their status and issues.
   */
  readonly plan: (given: {
    readonly table: Table
    readonly rows: readonly InterpretedRow<Draft>[]
    readonly mapping: Mapping
    readonly context: ImportContext
    readonly state: State
    readonly at: ImportOccasion
  }) => Result<ImportPlan>
  /**
   * How records of a type are taken back that have neither `withdrawnAt` nor `live`, or more than these: the patch.
   */
  readonly takeBack?: Readonly<Record<string, (at: ImportOccasion) => Readonly<Record<string, unknown>>>>
}

/** A register with what was loaded for it, its drafts hidden. */
export interface OpenTarget {
  readonly context: ImportContext
  plan(sheets: readonly Sheet[], mapping: Mapping, at: ImportOccasion): Result<ImportPlan & { readonly table: Table }>
}

/** A register files can be imported into, as the routes see it. */
export interface ImportTarget {
  readonly register: ImportRegister<unknown>
  readonly action: string
  readonly takeBack: NonNullable<ImportTargetDefinition<unknown, unknown>['takeBack']>
  lock(tx: Tx): Promise<void>
  open(tx: Tx): Promise<OpenTarget>
}

/** Joins a register's reading with its planning, so that routes need not know its drafts. */
export function importTarget<Draft, State>(definition: ImportTargetDefinition<Draft, State>): ImportTarget {
  const { register, action, lock = async () => undefined, load, plan, takeBack = {} } = definition
  return {
    register,
    action,
    takeBack,
    lock,
    async open(tx) {
      const { context, state } = await load(tx)
      return {
        context,
        plan(sheets, mapping, at) {
          const preview = previewRows(sheets, mapping, register, context)
          if (!preview.ok) return preview
          const { table, rows } = preview.value
          const planned = plan({ table, rows, mapping, context, state, at })
          if (!planned.ok) return planned
          const settled = planned.value.rows.map((row) =>
            isLeftOut(row.line, mapping) ? leftOut(row) : skipIfNothingNew(row),
          )
          return ok({ ...planned.value, rows: settled, table })
        },
      }
    },
  }
}

// A row somebody leaves out shows what it would become; whatever else there is to say of it no longer matters.
const leftOut = (row: PlannedRow): PlannedRow => ({
  ...row,
  status: 'skip',
  issues: row.issues.filter(({ code }) => code.startsWith('import.row_')),
  changes: [],
})

// Counts say what changes: a row that repeats what is known, or says nothing, changes nothing.
function skipIfNothingNew(row: PlannedRow): PlannedRow {
  if ((row.status !== 'create' && row.status !== 'update') || row.changes.length > 0) return row
  return { ...row, status: 'skip', issues: [...row.issues, issueOf('note', 'import.nothing_new', null)] }
}
