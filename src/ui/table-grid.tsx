import { Checkbox } from '@mantine/core'
import { IconArrowDown, IconArrowUp, IconChevronDown, IconChevronRight } from '@tabler/icons-react'
import type { VirtualItem } from '@tanstack/react-virtual'
import { Fragment, type Ref } from 'react'
import type { FieldEdits } from './field-edit.ts'
import { useFormat } from './format.ts'
import type { ListLine } from './list-lines.ts'
import { type RecordColumn, tableWidth } from './record-column.ts'
import styles from './record-table.module.css'
import { GridRow, type RowActs } from './table-row.tsx'
import { useText } from './text.ts'
import type { Selection } from './use-selection.ts'

export interface TableGridProps<Row> {
  gridRef: Ref<HTMLTableElement>
  gridId: string
  label: string
  columns: readonly RecordColumn<Row>[]
  lines: readonly ListLine<Row>[]
  items: readonly VirtualItem[]
  /** Height of everything, what is not on screen included. */
  height: number
  /** Given where rows may grow to several lines. */
  measure: ((element: Element | null) => void) | undefined
  rowCount: number
  sort: string | null
  sortable: (column: RecordColumn<Row>) => boolean
  onSort: (column: RecordColumn<Row>) => void
  selection: Selection | null
  /** Ids of all rows that can be picked now. */
  pickable: readonly string[]
  closed: ReadonlySet<string>
  onFold: (group: string) => void
  activeId: string | null
  onFocus: () => void
  /** Id of the row whose record stands beside the list. */
  besideId: string | null
  edits: FieldEdits<Row> | undefined
  editing: { id: string; key: string } | null
  acts: RowActs
  nameOf: (row: Row) => string
  rowId: (row: Row) => string
  href: (row: Row) => string
}

/** A register as a grid: heading that stays, headings of groups, and of thousands of rows those on screen. */
export function TableGrid<Row>(props: TableGridProps<Row>) {
  const { columns, lines, items, selection, pickable, sort, activeId } = props
  const t = useText('ui')
  const span = columns.length + (selection === null ? 0 : 1)
  const chosen =
    selection === null || selection.ids.size === 0 ? 0 : pickable.filter((id) => selection.ids.has(id)).length
  const end = items.at(-1)?.end ?? 0
  return (
    <table
      ref={props.gridRef}
      className={styles['table']}
      style={{ minWidth: tableWidth(columns as readonly RecordColumn<never>[], selection !== null) }}
      // A table with roving rows is a grid; ARIA in HTML allows the role here.
      // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-to-interactive-role
      role="grid"
      aria-label={props.label}
      aria-rowcount={props.rowCount}
      aria-multiselectable={selection !== null}
      tabIndex={0}
      onFocus={(event) => {
        if (event.target === event.currentTarget) props.onFocus()
      }}
      {...(activeId === null ? {} : { 'aria-activedescendant': `${props.gridId}-${activeId}` })}
    >
      <colgroup>
        {selection === null ? null : <col style={{ width: 36 }} />}
        {columns.map((column) => (
          <col key={column.key} {...(column.width === undefined ? {} : { style: { width: column.width } })} />
        ))}
      </colgroup>
      <thead>
        <tr aria-rowindex={1}>
          {selection === null ? null : (
            <th className={styles['pick']} scope="col">
              <Checkbox
                aria-label={t('table.selectAll')}
                checked={chosen > 0 && chosen === pickable.length}
                indeterminate={chosen > 0 && chosen < pickable.length}
                onChange={(event) => selection.set(pickable, event.currentTarget.checked)}
              />
            </th>
          )}
          {columns.map((column) => {
            const key = column.sort ?? column.key
            const dir = sort === key ? 'ascending' : sort === `-${key}` ? 'descending' : 'none'
            const sortable = props.sortable(column)
            return (
              <th
                key={column.key}
                scope="col"
                className={column.align === 'end' ? styles['end'] : undefined}
                {...(sortable ? { 'aria-sort': dir } : {})}
              >
                {sortable ? (
                  <button type="button" className={styles['sort']} onClick={() => props.onSort(column)}>
                    {column.header}
                    {dir === 'none' ? null : dir === 'ascending' ? (
                      <IconArrowUp size={13} />
                    ) : (
                      <IconArrowDown size={13} />
                    )}
                  </button>
                ) : (
                  column.header
                )}
              </th>
            )
          })}
        </tr>
      </thead>
      <tbody>
        {items.map((item, index) => {
          const line = lines[item.index]
          // The active row stays in the page wherever one scrolls to, so there may be room between two rows.
          const room = item.start - (items[index - 1]?.end ?? 0)
          if (line === undefined) return null
          return (
            <Fragment key={item.key}>
              {room > 0 ? <tr aria-hidden="true" style={{ height: room }} /> : null}
              {line.kind === 'group' ? (
                <GroupRow
                  line={line}
                  index={item.index}
                  span={span}
                  measure={props.measure}
                  closed={props.closed.has(line.key)}
                  selection={selection}
                  ids={line.rows.map(props.rowId)}
                  onFold={props.onFold}
                />
              ) : (
                <GridRow
                  id={line.id}
                  domId={`${props.gridId}-${line.id}`}
                  row={line.row}
                  index={item.index}
                  columns={columns}
                  measure={props.measure}
                  selectable={selection !== null}
                  selected={selection?.ids.has(line.id) === true}
                  active={line.id === activeId}
                  beside={line.id === props.besideId}
                  edits={props.edits}
                  editing={props.editing?.id === line.id ? props.editing.key : null}
                  acts={props.acts}
                  name={props.nameOf(line.row)}
                  href={props.href(line.row)}
                  t={t}
                />
              )}
            </Fragment>
          )
        })}
        {props.height > end ? <tr aria-hidden="true" style={{ height: props.height - end }} /> : null}
      </tbody>
    </table>
  )
}

function GroupRow<Row>({
  line,
  index,
  span,
  measure,
  closed,
  selection,
  ids,
  onFold,
}: {
  line: Extract<ListLine<Row>, { kind: 'group' }>
  index: number
  span: number
  measure: ((element: Element | null) => void) | undefined
  closed: boolean
  selection: Selection | null
  ids: readonly string[]
  onFold: (group: string) => void
}) {
  const t = useText('ui')
  const format = useFormat()
  const chosen = selection === null ? 0 : ids.filter((id) => selection.ids.has(id)).length
  return (
    <tr className={styles['group']} ref={measure} data-index={index} aria-rowindex={index + 2}>
      {selection === null ? null : (
        <td className={styles['pick']}>
          <Checkbox
            tabIndex={-1}
            aria-label={t('table.selectGroup', { group: line.label })}
            checked={chosen > 0 && chosen === ids.length}
            indeterminate={chosen > 0 && chosen < ids.length}
            onChange={(event) => selection.set(ids, event.currentTarget.checked)}
          />
        </td>
      )}
      <td colSpan={selection === null ? span : span - 1}>
        <button type="button" className={styles['fold']} aria-expanded={!closed} onClick={() => onFold(line.key)}>
          {closed ? <IconChevronRight size={14} /> : <IconChevronDown size={14} />}
          {line.label}
          <span className="pl-muted pl-num">{format.number(line.rows.length)}</span>
        </button>
      </td>
    </tr>
  )
}
