import { ActionIcon, Button, Checkbox, CloseButton, Menu, Skeleton, TextInput, Tooltip } from '@mantine/core'
import { useMediaQuery } from '@mantine/hooks'
import { IconArrowDown, IconArrowUp, IconColumns3, IconSearch } from '@tabler/icons-react'
import { useNavigate } from '@tanstack/react-router'
import {
  columnVisibilityFeature,
  createSortedRowModel,
  type RowSelectionState,
  rowSelectionFeature,
  rowSortingFeature,
  tableFeatures,
  useTable,
} from '@tanstack/react-table'
import { useVirtualizer } from '@tanstack/react-virtual'
import { type ReactNode, useEffect, useId, useLayoutEffect, useMemo, useRef, useState } from 'react'
import { ErrorBand } from './error-band.tsx'
import { useFormat } from './format.ts'
import { PathLink } from './link.tsx'
import styles from './record-table.module.css'
import { useText } from './text.ts'
import type { FilterSpec } from './url-search.ts'
import { parseSearch } from './url-search.ts'
import type { ListState } from './use-list-state.ts'
import { useTableKeys } from './use-table-keys.ts'

/** A column of a register. */
export interface RecordColumn<Row> {
  readonly key: string
  readonly header: string
  readonly cell: (row: Row) => ReactNode
  /** What client sorting compares; null sorts last. */
  readonly value?: (row: Row) => string | number | null
  /** Sort key of the list route; without one (and without `value`) the column does not sort. */
  readonly sort?: string
  /** Pixels; a column without shares what is left. */
  readonly width?: number
  readonly align?: 'end'
  /** The record's name: links to it, is the title of the card on a phone, cannot be hidden. */
  readonly primary?: boolean
  /** Hidden until chosen in the column menu. */
  readonly hidden?: boolean
  /** Shown on a phone's card; by default the first three columns that are not primary. */
  readonly onCard?: boolean
}

export interface RecordTableProps<Row, S extends FilterSpec> {
  /** Name of the list; column choices are remembered under it. */
  name: string
  /** Accessible name: “Risks”. */
  label: string
  columns: readonly RecordColumn<Row>[]
  rows: readonly Row[]
  rowId: (row: Row) => string
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
  /** Makes rows selectable; what can be done with the selected ones. */
  bulk?: (ids: readonly string[], clear: () => void) => ReactNode
  /** `e` on a row. */
  onEdit?: (row: Row) => void
  /** Shown when the register holds nothing at all (no filter set). */
  empty?: ReactNode
  /** Rows may grow to several lines. */
  wrap?: boolean
  /** Without the search field: short lists. */
  searchable?: boolean
}

const features = tableFeatures({
  columnVisibilityFeature,
  rowSelectionFeature,
  rowSortingFeature,
  sortedRowModel: createSortedRowModel(),
})

/** Compares two cells: numbers by size, text as people sort it, nothing last. */
function compare(a: unknown, b: unknown): number {
  if (typeof a === 'number' && typeof b === 'number') return a - b
  return String(a).localeCompare(String(b), undefined, { numeric: true, sensitivity: 'base' })
}

function readHidden(name: string): Record<string, boolean> {
  try {
    return JSON.parse(localStorage.getItem(`plumbline.columns.${name}`) ?? '{}') as Record<string, boolean>
  } catch {
    return {}
  }
}

/**
 * A register: search as you type, filters and sorting in the address, thousands of rows, column chooser, selection
 * (shift for a range), keyboard (j k Enter e x /), pages fetched while scrolling; cards on a phone.
 */
export function RecordTable<Row, S extends FilterSpec>(props: RecordTableProps<Row, S>) {
  const { name, columns, rows, rowId, href, list, next, bulk, sorting = 'server', wrap = false } = props
  const t = useText('ui')
  const format = useFormat()
  const navigate = useNavigate()
  const narrow = useMediaQuery('(max-width: 48em)', false, { getInitialValueInEffect: false })
  const gridId = useId()
  const scroll = useRef<HTMLDivElement>(null)
  const searchField = useRef<HTMLInputElement>(null)
  const [active, setActive] = useState(-1)
  const [anchor, setAnchor] = useState(-1)
  const [selection, setSelection] = useState<RowSelectionState>({})
  const [shown, setShown] = useState<Record<string, boolean>>(() => readHidden(name))

  const definitions = useMemo(
    () =>
      columns.map((column) => ({
        id: column.key,
        accessorFn: (row: object) => column.value?.((row as { row: Row }).row) ?? undefined,
        sortUndefined: 'last' as const,
        sortFn: (a: { getValue: (id: string) => unknown }, b: { getValue: (id: string) => unknown }, id: string) =>
          compare(a.getValue(id), b.getValue(id)),
      })),
    [columns],
  )
  // Rows are wrapped so that any row type, also an interface, fits the table's row constraint.
  const data = useMemo(() => rows.map((row) => ({ row })), [rows])
  const sortKey = list.sort?.replace(/^-/, '')
  const sortedColumn = columns.find((column) => (column.sort ?? column.key) === sortKey)
  const table = useTable({
    features,
    columns: definitions,
    data,
    getRowId: ({ row }: { row: Row }) => rowId(row),
    manualSorting: sorting === 'server',
    state: {
      sorting: sortedColumn === undefined ? [] : [{ id: sortedColumn.key, desc: list.sort?.startsWith('-') === true }],
      rowSelection: selection,
      columnVisibility: Object.fromEntries(
        columns.map((column) => [column.key, column.primary === true || (shown[column.key] ?? column.hidden !== true)]),
      ),
    },
    onRowSelectionChange: setSelection,
  })
  const visibleKeys = new Set(table.getVisibleLeafColumns().map((column) => column.id))
  const visible = columns.filter((column) => visibleKeys.has(column.key))
  const modelRows = table.getRowModel().rows
  const selectedIds = Object.keys(selection).filter((id) => selection[id] === true)

  const virtualizer = useVirtualizer({
    count: modelRows.length,
    getScrollElement: () => scroll.current,
    estimateSize: () => (narrow ? 76 : 36),
    overscan: 12,
    getItemKey: (index) => modelRows[index]?.id ?? index,
  })
  const items = virtualizer.getVirtualItems()
  const lastSeen = items.at(-1)?.index ?? 0
  const loadMore = next?.load
  useEffect(() => {
    if (next?.has === true && !next.busy && modelRows.length > 0 && lastSeen >= modelRows.length - 40) loadMore?.()
  }, [lastSeen, modelRows.length, next?.has, next?.busy, loadMore])

  const anySelected = selectedIds.length > 0
  const [height, setHeight] = useState<string>('70dvh')
  useLayoutEffect(() => {
    const top = (scroll.current?.getBoundingClientRect().top ?? 0) + globalThis.scrollY
    setHeight(`max(320px, calc(100dvh - ${Math.round(top)}px - 22px))`)
  }, [narrow, anySelected])

  const open = (row: Row) => {
    const [path, query] = href(row).split('?')
    void navigate({ to: path ?? '/', search: parseSearch(query ?? '') })
  }
  const pick = (index: number, range: boolean) => {
    const row = modelRows[index]
    if (row === undefined) return
    const to = selection[row.id] !== true
    const [from, until] = range && anchor >= 0 ? [Math.min(anchor, index), Math.max(anchor, index)] : [index, index]
    setSelection((old) => {
      const copy = { ...old }
      for (const one of modelRows.slice(from, until + 1)) {
        if (to || range) copy[one.id] = true
        else delete copy[one.id]
      }
      return copy
    })
    setAnchor(index)
  }
  useTableKeys({
    count: modelRows.length,
    active,
    move: (index, extend) => {
      setActive(index)
      virtualizer.scrollToIndex(index, { align: 'auto' })
      if (extend && bulk !== undefined) pick(index, true)
    },
    open: () => {
      const row = modelRows[active]
      if (row !== undefined) open(row.original.row)
    },
    edit: () => {
      const row = modelRows[active]
      if (row !== undefined) props.onEdit?.(row.original.row)
    },
    toggle: () => {
      if (bulk !== undefined) pick(active, false)
    },
    search: () => searchField.current?.focus(),
    clear: () => setSelection({}),
  })

  const first = items[0]?.start ?? 0
  const rest = virtualizer.getTotalSize() - (items.at(-1)?.end ?? 0)
  const nothing = !props.loading && rows.length === 0 && (props.error === undefined || props.error === null)
  if (nothing && list.active === 0 && props.empty !== undefined) {
    return <div className={styles['frame']}>{props.empty}</div>
  }
  const toggleSort = (column: RecordColumn<Row>) => {
    const key = column.sort ?? column.key
    list.setSort(list.sort === key ? `-${key}` : list.sort === `-${key}` ? null : key)
  }
  const sortable = (column: RecordColumn<Row>): boolean =>
    sorting === 'server' ? column.sort !== undefined : column.value !== undefined

  return (
    <div className={styles['frame']}>
      <div className={styles['toolbar']}>
        {selectedIds.length > 0 && bulk !== undefined ? (
          <>
            <CloseButton size="sm" aria-label={t('table.clearSelection')} onClick={() => setSelection({})} />
            <strong aria-live="polite">{t('table.selected', { count: selectedIds.length })}</strong>
            {bulk(selectedIds, () => setSelection({}))}
          </>
        ) : (
          <>
            {props.searchable === false ? null : (
              <SearchField inputRef={searchField} value={list.q} onChange={list.setQ} label={t('table.search')} />
            )}
            {props.filters}
            {list.active > 0 ? (
              <Button variant="subtle" size="compact-sm" onClick={list.clear}>
                {t('table.clearFilters')}
              </Button>
            ) : null}
            <span className={styles['space']} />
            <span className={styles['count']} aria-live="polite">
              {props.total === undefined
                ? ''
                : t('table.count', { count: props.total, shown: format.number(props.total) })}
            </span>
            {narrow ? null : (
              <Menu closeOnItemClick={false}>
                <Menu.Target>
                  <Tooltip label={t('table.columns')}>
                    <ActionIcon aria-label={t('table.columns')}>
                      <IconColumns3 size={17} stroke={1.6} />
                    </ActionIcon>
                  </Tooltip>
                </Menu.Target>
                <Menu.Dropdown>
                  <Menu.Label>{t('table.columns')}</Menu.Label>
                  {columns.map((column) => (
                    <Menu.CheckboxItem
                      key={column.key}
                      checked={visibleKeys.has(column.key)}
                      disabled={column.primary === true}
                      onChange={(checked: boolean) => {
                        const choice = { ...shown, [column.key]: checked }
                        setShown(choice)
                        try {
                          localStorage.setItem(`plumbline.columns.${name}`, JSON.stringify(choice))
                        } catch {
                          // The choice lasts for this visit.
                        }
                      }}
                    >
                      {column.header}
                    </Menu.CheckboxItem>
                  ))}
                </Menu.Dropdown>
              </Menu>
            )}
            {props.exports}
            {props.actions}
          </>
        )}
      </div>
      {props.error === undefined || props.error === null ? null : (
        <div style={{ padding: 12 }}>
          <ErrorBand error={props.error} retry={props.retry} />
        </div>
      )}
      <div ref={scroll} className={styles['scroll']} style={{ maxHeight: height }}>
        {props.loading === true ? (
          <output className={styles['loading']} aria-busy="true" aria-label={t('loading')}>
            {[92, 78, 85, 64, 88, 71].map((width) => (
              <Skeleton key={width} height={14} width={`${width}%`} />
            ))}
          </output>
        ) : narrow ? (
          <ul className={styles['cards']} style={{ paddingTop: first, paddingBottom: rest }} aria-label={props.label}>
            {items.map((item) => {
              const row = modelRows[item.index]?.original.row
              return row === undefined ? null : (
                <li key={item.key} className={styles['card']} data-index={item.index} ref={virtualizer.measureElement}>
                  <Card row={row} columns={columns} to={href(row)} />
                </li>
              )
            })}
          </ul>
        ) : (
          <table
            className={styles['table']}
            style={{
              minWidth: visible.reduce((sum, column) => sum + (column.width ?? 220), bulk === undefined ? 0 : 36),
            }}
            // A table with roving rows is a grid; ARIA in HTML allows the role here.
            // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-to-interactive-role
            role="grid"
            aria-label={props.label}
            aria-rowcount={(props.total ?? modelRows.length) + 1}
            aria-multiselectable={bulk !== undefined}
            tabIndex={0}
            onFocus={(event) => {
              if (event.target === event.currentTarget && active < 0 && modelRows.length > 0) setActive(0)
            }}
            {...(active >= 0 ? { 'aria-activedescendant': `${gridId}-${active}` } : {})}
          >
            <colgroup>
              {bulk === undefined ? null : <col style={{ width: 36 }} />}
              {visible.map((column) => (
                <col key={column.key} {...(column.width === undefined ? {} : { style: { width: column.width } })} />
              ))}
            </colgroup>
            <thead>
              <tr>
                {bulk === undefined ? null : (
                  <th className={styles['pick']} scope="col">
                    <Checkbox
                      aria-label={t('table.selectAll')}
                      checked={selectedIds.length > 0 && selectedIds.length === modelRows.length}
                      indeterminate={selectedIds.length > 0 && selectedIds.length < modelRows.length}
                      onChange={(event) => table.toggleAllRowsSelected(event.currentTarget.checked)}
                    />
                  </th>
                )}
                {visible.map((column) => {
                  const dir =
                    sortedColumn?.key === column.key
                      ? list.sort?.startsWith('-')
                        ? 'descending'
                        : 'ascending'
                      : 'none'
                  return (
                    <th
                      key={column.key}
                      scope="col"
                      className={column.align === 'end' ? styles['end'] : undefined}
                      {...(sortable(column) ? { 'aria-sort': dir } : {})}
                    >
                      {sortable(column) ? (
                        <button type="button" className={styles['sort']} onClick={() => toggleSort(column)}>
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
              {first > 0 ? <tr aria-hidden="true" style={{ height: first }} /> : null}
              {items.map((item) => {
                const modelRow = modelRows[item.index]
                if (modelRow === undefined) return null
                const row = modelRow.original.row
                const selected = selection[modelRow.id] === true
                return (
                  <tr
                    key={item.key}
                    id={`${gridId}-${item.index}`}
                    data-index={item.index}
                    ref={wrap ? virtualizer.measureElement : undefined}
                    aria-rowindex={item.index + 2}
                    {...(bulk === undefined ? {} : { 'aria-selected': selected })}
                    className={[
                      styles['row'],
                      selected ? styles['selected'] : '',
                      item.index === active ? styles['active'] : '',
                    ].join(' ')}
                    onClick={(event) => {
                      if (event.defaultPrevented || (event.target as Element).closest('a,button,input,label') !== null)
                        return
                      setActive(item.index)
                      if (event.shiftKey && bulk !== undefined) pick(item.index, true)
                      else if (globalThis.getSelection()?.isCollapsed !== false) open(row)
                    }}
                  >
                    {bulk === undefined ? null : (
                      <td className={styles['pick']}>
                        <Checkbox
                          tabIndex={-1}
                          aria-label={t('table.select')}
                          checked={selected}
                          onChange={() => {}}
                          onClick={(event) => pick(item.index, event.shiftKey)}
                        />
                      </td>
                    )}
                    {visible.map((column) => (
                      <td
                        key={column.key}
                        className={[column.align === 'end' ? styles['end'] : '', wrap ? styles['wrap'] : ''].join(' ')}
                      >
                        {column.primary === true ? (
                          <PathLink to={href(row)} className={`${styles['link']} ${styles['primary']}`}>
                            {column.cell(row)}
                          </PathLink>
                        ) : (
                          column.cell(row)
                        )}
                      </td>
                    ))}
                  </tr>
                )
              })}
              {rest > 0 ? <tr aria-hidden="true" style={{ height: rest }} /> : null}
            </tbody>
          </table>
        )}
        {nothing ? (
          <div style={{ padding: '36px 16px', textAlign: 'center' }}>
            <div style={{ marginBottom: 10 }}>{t('table.nothing')}</div>
            <Button variant="default" onClick={list.clear}>
              {t('table.clearFilters')}
            </Button>
          </div>
        ) : null}
      </div>
    </div>
  )
}

/** The search field writes to the address after a short rest; typing itself never waits. */
function SearchField({
  value,
  onChange,
  label,
  inputRef,
}: {
  value: string
  onChange: (value: string) => void
  label: string
  inputRef: React.RefObject<HTMLInputElement | null>
}) {
  const [text, setText] = useState(value)
  const sent = useRef(value)
  useEffect(() => {
    if (value !== sent.current) {
      sent.current = value
      setText(value)
    }
  }, [value])
  useEffect(() => {
    if (text === sent.current) return undefined
    const timer = setTimeout(() => {
      sent.current = text
      onChange(text)
    }, 160)
    return () => clearTimeout(timer)
  }, [text, onChange])
  return (
    <TextInput
      ref={inputRef}
      className={styles['search'] ?? ''}
      size="xs"
      type="search"
      aria-label={label}
      placeholder={label}
      leftSection={<IconSearch size={15} stroke={1.6} />}
      value={text}
      onChange={(event) => setText(event.currentTarget.value)}
      onKeyDown={(event) => {
        if (event.key === 'Escape') event.currentTarget.blur()
      }}
    />
  )
}

function Card<Row>({ row, columns, to }: { row: Row; columns: readonly RecordColumn<Row>[]; to: string }) {
  const title = columns.filter((column) => column.primary === true)
  const chosen = columns.filter((column) => column.onCard === true)
  const details =
    chosen.length > 0
      ? chosen
      : columns.filter((column) => column.primary !== true && column.hidden !== true).slice(0, 3)
  return (
    <PathLink to={to} className="">
      <div className={styles['cardTitle']}>
        {title.map((column) => (
          <span key={column.key}>{column.cell(row)}</span>
        ))}
      </div>
      <dl className={styles['details']}>
        {details.map((column) => (
          <div key={column.key}>
            <dt>{column.header}</dt>
            <dd>{column.cell(row)}</dd>
          </div>
        ))}
      </dl>
    </PathLink>
  )
}
