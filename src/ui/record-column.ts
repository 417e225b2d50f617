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

/** What the record's name may give up before a list leaves out columns or scrolls sideways. */
const leastNameWidth = 190

/** The room it keeps in a list beside a record, where other columns give way first. */
export const besideNameWidth = 220

/**
 * The columns that matter most, the name first, that fit into a width; in their usual order.
 * @param wanted keys of columns somebody asked for: they stay, and the list scrolls sideways for them
 * @param nameWidth room for a column without a width of its own: the name
 */
export function fitting<Row>(
  columns: readonly RecordColumn<Row>[],
  width: number,
  wanted: ReadonlySet<string>,
  nameWidth = leastNameWidth,
): RecordColumn<Row>[] {
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
    used += column.width ?? nameWidth
    if (used > width && kept.size > 0 && !wanted.has(column.key)) break
    kept.add(column)
  }
  return columns.filter((column) => kept.has(column))
}

/** Width a table of these columns needs. */
export const tableWidth = (columns: readonly RecordColumn<never>[], selectable: boolean): number =>
  columns.reduce((sum, column) => sum + (column.width ?? leastNameWidth), selectable ? 36 : 0)
