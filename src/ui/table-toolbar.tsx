import { Button, CloseButton } from '@mantine/core'
import { type RefObject, useId, useMemo, useState } from 'react'
import { BulkEdit } from './bulk-edit.tsx'
import type { FieldEdits } from './field-edit.ts'
import { FilterFold } from './filter-fold.tsx'
import { useFormat } from './format.ts'
import { LayoutMenu } from './layout-menu.tsx'
import { useListFrame } from './list-frame.ts'
import type { RecordColumn } from './record-column.ts'
import styles from './record-table.module.css'
import type { RecordTableProps } from './record-table-props.ts'
import { SearchField } from './search-field.tsx'
import { useText } from './text.ts'
import { ToolbarEnds } from './toolbar-ends.tsx'
import type { FilterSpec } from './url-search.ts'
import type { Selection } from './use-selection.ts'

/** Width in pixels from which the filters of a list fit beside its search field. */
const tightBelow = 680
/** Width in pixels below which the words of lesser buttons would push one of them into a second line. */
export const compactBelow = 1180

type FromTable =
  | 'name'
  | 'columns'
  | 'rows'
  | 'rowId'
  | 'list'
  | 'total'
  | 'next'
  | 'filters'
  | 'actions'
  | 'exports'
  | 'bulk'
  | 'searchable'

interface TableToolbarProps<Row, S extends FilterSpec> extends Pick<RecordTableProps<Row, S>, FromTable> {
  nameOf: (row: Row) => string
  edits: FieldEdits<Row> | undefined
  visible: readonly RecordColumn<Row>[]
  /** Those of the visible columns for which there is room. */
  drawn: readonly RecordColumn<Row>[]
  toggle: (key: string, on: boolean) => void
  grouped: boolean
  selected: readonly Row[]
  selection: Selection
  /** All rows are being fetched to be selected. */
  wantAll: boolean
  onWantAll: () => void
  /** Groups are of all rows, and not all are here yet. */
  loadingAll: boolean
  searchField: RefObject<HTMLInputElement | null>
  narrow: boolean
  /** Width in pixels; null until it is known. */
  room: number | null
}

/** The line above a register: view, search, filters, number of rows, layout and buttons; of a selection, what can be done with it. */
export function TableToolbar<Row, S extends FilterSpec>(props: TableToolbarProps<Row, S>) {
  const { name, columns, rows, rowId, nameOf, list, next, edits, visible, selected, selection, narrow, room } = props
  const t = useText('ui')
  const format = useFormat()
  const { ViewMenu } = useListFrame()
  const filtersId = useId()
  const [filtersOpen, setFiltersOpen] = useState(false)
  const visibleKeys = useMemo(() => visible.map((column) => column.key), [visible])
  const anySelected = selected.length > 0
  // Beside a record, and on a phone, the filters would take several lines: they wait behind one button.
  const tight = narrow || (room !== null && room < tightBelow)
  const compact = room !== null && room < compactBelow
  const filtering = list.active - (list.q === '' ? 0 : 1)
  const folded = tight && props.filters !== undefined
  const filters = (
    <>
      {props.filters}
      {list.active > 0 ? (
        <Button variant="subtle" size="compact-sm" onClick={list.clear}>
          {t('table.clearSome', { count: list.active })}
        </Button>
      ) : null}
    </>
  )
  return (
    <>
      <div className={styles['toolbar']} data-tight={tight || undefined} data-compact={compact || undefined}>
        {anySelected ? (
          <>
            <CloseButton size="sm" aria-label={t('table.clearSelection')} onClick={selection.clear} />
            <strong aria-live="polite">
              {t('table.selected', { count: selected.length, shown: format.number(selected.length) })}
            </strong>
            {next?.has === true && selected.length === rows.length && props.total !== undefined ? (
              <Button variant="subtle" size="compact-sm" loading={props.wantAll} onClick={props.onWantAll}>
                {t('table.takeAll', { shown: format.number(props.total) })}
              </Button>
            ) : null}
            {edits === undefined ? null : (
              <BulkEdit
                edits={edits}
                rows={selected}
                nameOf={nameOf}
                onDone={(done) => selection.set(done.map(rowId), false)}
              />
            )}
            {props.bulk?.(selected, selection.clear)}
          </>
        ) : (
          <ToolbarEnds
            leading={
              <>
                {ViewMenu === null || props.searchable === false ? null : (
                  <ViewMenu name={name} list={list} columns={visibleKeys} />
                )}
                {props.searchable === false ? null : (
                  <SearchField
                    inputRef={props.searchField}
                    className={styles['search'] ?? ''}
                    value={list.q}
                    onChange={list.setQ}
                    label={t('table.search')}
                  />
                )}
                {folded ? (
                  <FilterFold
                    count={filtering}
                    open={filtersOpen}
                    onToggle={() => setFiltersOpen(!filtersOpen)}
                    controls={filtersId}
                  />
                ) : (
                  filters
                )}
              </>
            }
            trailing={
              <>
                <span className={styles['count']} aria-live="polite">
                  {props.total === undefined
                    ? ''
                    : props.loadingAll
                      ? t('table.loaded', { shown: format.number(rows.length), total: format.number(props.total) })
                      : t(list.active > 0 ? 'table.found' : 'table.count', {
                          count: props.total,
                          shown: format.number(props.total),
                        })}
                </span>
                {narrow ? null : (
                  <LayoutMenu
                    columns={columns}
                    visible={props.drawn}
                    toggle={props.toggle}
                    group={props.grouped ? list.group : null}
                    setGroup={list.setGroup}
                  />
                )}
                {props.exports}
                {props.actions}
              </>
            }
          />
        )}
      </div>
      {folded && !anySelected ? (
        <div id={filtersId} className={styles['filters']} hidden={!filtersOpen}>
          {filters}
        </div>
      ) : null}
    </>
  )
}
