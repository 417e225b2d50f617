import type { ReactNode } from 'react'
import type { FieldEdits } from './field-edit.ts'
import type { RecordColumn } from './record-column.ts'
import type { FilterSpec } from './url-search.ts'
import type { ListState } from './use-list-state.ts'

/** What a page says of its register. */
export interface RecordTableProps<Row, S extends FilterSpec> {
  /** Name of the list; column choices and saved views are remembered under it. */
  name: string
  /** Accessible name: “Risks”. */
  label: string
  columns: readonly RecordColumn<Row>[]
  rows: readonly Row[]
  rowId: (row: Row) => string
  /** What a row is called where it stands alone: its reference. */
  nameOf?: (row: Row) => string
  /** Full path of a record, `orgPath('/risks/' + row.ref)`. */
  href: (row: Row) => string
  /** Search, sort, filters: `useListState({…})`. */
  list: ListState<S>
  /** `server`: the list route sorts (`list.query`). `client`: all rows are here and `value` is compared. */
  sorting?: 'server' | 'client'
  total?: number | undefined
  loading?: boolean
  error?: unknown
  retry?: () => void
  /** More rows, as `useApiPages` gives it. */
  next?: { has: boolean; busy: boolean; load: () => void }
  /** Filter controls, beside the search field. */
  filters?: ReactNode
  /** Buttons on the right: create, import. */
  actions?: ReactNode
  /** Export menu. */
  exports?: ReactNode
  /** Fields that can be changed in the row, and for several rows at once. */
  edits?: FieldEdits<Row>
  /** What else can be done with the selected rows; makes rows selectable, as `edits` does. */
  bulk?: (rows: readonly Row[], clear: () => void) => ReactNode
  /** `e` on a row. */
  onEdit?: (row: Row) => void
  /** Shown when the register holds nothing at all (no filter set). */
  empty?: ReactNode
  /** Rows may grow to several lines. */
  wrap?: boolean
  /** Without the search field: short lists. */
  searchable?: boolean
}
