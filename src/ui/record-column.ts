import type { ReactNode } from 'react'
import type { RowGroup } from './list-lines.ts'

/** A column of a register. */
export interface RecordColumn<Row> {
  readonly key: string
  readonly header: string
  readonly cell: (row: Row) => ReactNode
  /** What client sorting compares; null sorts last. */
  readonly value?: (row: Row) => string | number | null
  /** Sort key of the list route; without one (and without `value`) the column does not sort. */
  readonly sort?: string
  /** Lets people group by this column; null puts a row under “none”. */
  readonly group?: (row: Row) => RowGroup | null
  /** Pixels; a column without shares what is left. */
  readonly width?: number
  readonly align?: 'end'
  /** The record's name: links to it, is the title of the card on a phone, cannot be hidden. */
  readonly primary?: boolean
  /** Hidden until chosen in the column menu. */
  readonly hidden?: boolean
  /** Shown on a phone's card, and first where room is short; by default the first three that are not primary. */
  readonly onCard?: boolean
  /** Holds the row's own buttons: stays where room is short. */
  readonly acts?: boolean
}

const none: ReadonlySet<string> = new Set()

/** Room the column with the record's name needs at least. */
const nameWidth = 220

/** What the name may give up before a list leaves out columns or scrolls sideways. */
const leastNameWidth = 190

/**
 * The columns that matter most, the name first, that fit into a width; in their usual order.
 * @param wanted keys of columns somebody asked for: they stay, and the list scrolls sideways for them
 */
export function fitting<Row>(
  columns: readonly RecordColumn<Row>[],
  width: number,
  wanted: ReadonlySet<string> = none,
): RecordColumn<Row>[] {
  // Beside a record, where nothing is asked for, the name gets more.
  const open = wanted === none ? nameWidth : leastNameWidth
  const rank = (column: RecordColumn<Row>, index: number): number =>
    column.primary === true || wanted.has(column.key)
      ? 0
      : index === 0
        ? 1
        : column.onCard === true || column.acts === true
          ? 2
          : 3
  const byRank = columns
    .map((column, index) => ({ column, rank: rank(column, index) }))
    .sort((a, b) => a.rank - b.rank)
    .map(({ column }) => column)
  const kept = new Set<RecordColumn<Row>>()
  let used = 0
  for (const column of byRank) {
    used += column.width ?? open
    if (used > width && kept.size > 0 && !wanted.has(column.key)) break
    kept.add(column)
  }
  return columns.filter((column) => kept.has(column))
}

/** Width a table of these columns needs. */
export const tableWidth = (columns: readonly RecordColumn<never>[], selectable: boolean): number =>
  columns.reduce((sum, column) => sum + (column.width ?? leastNameWidth), selectable ? 36 : 0)
