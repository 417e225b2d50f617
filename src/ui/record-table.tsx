import { Button, CloseButton } from '@mantine/core'
import { useMediaQuery } from '@mantine/hooks'
import { useNavigate } from '@tanstack/react-router'
import { defaultRangeExtractor, useVirtualizer } from '@tanstack/react-virtual'
import { type ReactNode, useContext, useEffect, useId, useLayoutEffect, useMemo, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { BulkEdit } from './bulk-edit.tsx'
import { ErrorBand } from './error-band.tsx'
import type { FieldEdits } from './field-edit.ts'
import { FilterFold } from './filter-fold.tsx'
import { useFormat } from './format.ts'
import { LayoutMenu } from './layout-menu.tsx'
import { useListFrame } from './list-frame.ts'
import { groupLines, sortRows } from './list-lines.ts'
import { ListSkeleton, NothingFound } from './list-states.tsx'
import { PageParamsContext } from './page-params.ts'
import { usePast } from './past.ts'
import { fitting, type RecordColumn } from './record-column.ts'
import styles from './record-table.module.css'
import { SearchField } from './search-field.tsx'
import { TableCards } from './table-cards.tsx'
import { TableGrid } from './table-grid.tsx'
import { useText } from './text.ts'
import { type FilterSpec, parseSearch } from './url-search.ts'
import { useColumns } from './use-columns.ts'
import type { ListState } from './use-list-state.ts'
import { useRowActs } from './use-row-acts.ts'
import { useSelection } from './use-selection.ts'
import { useTableKeys } from './use-table-keys.ts'

export type { RecordColumn } from './record-column.ts'

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

/** Width in pixels from which the filters of a list fit beside its search field. */
const tightBelow = 680
/** Here the words of lesser buttons would push one of them into a second line. */
const compactBelow = 1010

/** Where a link goes that is opened in a tab of its own; a day in the past goes along. */
const addressOf = (path: string, past: string | null): string =>
  past === null ? path : `${path}${path.includes('?') ? '&' : '?'}at=${past}`

/**
 * A register: search as you type; filters, sorting, grouping and columns in the address and in saved views; thousands of
 * rows; records beside the list; fields changed in the row or for many; keyboard (j k Enter e o d s x /); cards on a phone.
 */
export function RecordTable<Row, S extends FilterSpec>(props: RecordTableProps<Row, S>) {
  const { name, columns, rows, rowId, href, list, next, sorting = 'server', wrap = false } = props
  const { nameOf = rowId } = props
  const t = useText('ui')
  const { i18n } = useTranslation()
  const format = useFormat()
  const navigate = useNavigate()
  const frame = useListFrame()
  const past = usePast()
  // A list inside a record that stands beside another list.
  const inside = useContext(PageParamsContext) !== null
  const narrow = useMediaQuery('(max-width: 48em)', false, { getInitialValueInEffect: false })
  const gridId = useId()
  const filtersId = useId()
  const scroll = useRef<HTMLDivElement>(null)
  const grid = useRef<HTMLTableElement>(null)
  const searchField = useRef<HTMLInputElement>(null)
  const [activeId, setActiveId] = useState<string | null>(null)
  const [closed, setClosed] = useState<ReadonlySet<string>>(new Set())
  const [editing, setEditing] = useState<{ id: string; key: string } | null>(null)
  const [wantAll, setWantAll] = useState(false)
  const edits = past === null && !narrow ? props.edits : undefined
  const selectable = props.bulk !== undefined || (edits?.fields.some((field) => field.only !== 'row') ?? false)

  const sorted = useMemo(() => {
    const column = columns.find((one) => one.key === list.sort?.replace(/^-/, ''))
    return sorting === 'server' || column?.value === undefined
      ? rows
      : sortRows(rows, column.value, list.sort?.startsWith('-') === true, i18n.language)
  }, [rows, columns, list.sort, sorting, i18n.language])
  const grouping = columns.find((column) => column.key === list.group)?.group ?? null
  const lines = useMemo(
    () =>
      groupLines(sorted, {
        id: rowId,
        group: grouping,
        rest: t('table.rest'),
        closed,
        language: i18n.language,
      }),
    // The functions a page makes anew each time say the same as before.
    // oxlint-disable-next-line react-hooks/exhaustive-deps
    [sorted, list.group, closed, t, i18n.language],
  )
  const shownIds = useMemo(() => lines.flatMap((line) => (line.kind === 'row' ? [line.id] : [])), [lines])
  const allIds = useMemo(() => rows.map(rowId), [rows, rowId])
  const selection = useSelection(shownIds)
  const selected = useMemo(
    () => (selectable && selection.ids.size > 0 ? rows.filter((row) => selection.ids.has(rowId(row))) : []),
    [selectable, selection.ids, rows, rowId],
  )
  // Drawn again at every step of scrolling: nothing here may look through all rows.
  const places = useMemo(
    () => new Map(lines.flatMap((line, index) => (line.kind === 'row' ? [[line.id, index] as const] : []))),
    [lines],
  )
  const active = useMemo(() => (activeId === null ? -1 : shownIds.indexOf(activeId)), [activeId, shownIds])
  const indexOf = (id: string | null) => (id === null ? -1 : (places.get(id) ?? -1))
  const rowOf = (id: string | null): Row | undefined => {
    const line = lines[indexOf(id)]
    return line?.kind === 'row' ? line.row : undefined
  }

  const { visible, wanted, toggle } = useColumns(name, columns, list)
  const [room, setRoom] = useState<number | null>(null)
  const alone = frame.beside === null && !inside
  const drawn = useMemo(
    () => (room === null ? visible : fitting(visible, room - (selectable ? 36 : 0), ...(alone ? [wanted] : []))),
    [alone, room, visible, wanted, selectable],
  )
  const visibleKeys = useMemo(() => visible.map((column) => column.key), [visible])

  const keep = [indexOf(activeId), indexOf(editing?.id ?? null)].filter((index) => index >= 0)
  const virtualizer = useVirtualizer({
    count: lines.length,
    getScrollElement: () => scroll.current,
    estimateSize: () => (narrow ? 76 : 36),
    overscan: 12,
    getItemKey: (index) => {
      const line = lines[index]
      return line === undefined ? index : `${line.kind}:${line.kind === 'row' ? line.id : line.key}`
    },
    // What has the keyboard stays in the page, wherever one scrolls to.
    rangeExtractor: (range) => [...new Set([...defaultRangeExtractor(range), ...keep])].sort((a, b) => a - b),
  })
  const items = virtualizer.getVirtualItems()
  const lastSeen = virtualizer.range?.endIndex ?? 0
  const loadMore = next?.load
  // Groups, and a selection of everything, are of all rows.
  const wanting = wantAll || grouping !== null || lastSeen >= lines.length - 60
  useEffect(() => {
    if (next?.has === true && !next.busy && lines.length > 0 && wanting) loadMore?.()
  }, [wanting, lines.length, next?.has, next?.busy, loadMore])
  useEffect(() => {
    if (!wantAll || next?.has === true) return
    selection.set(allIds, true)
    setWantAll(false)
  }, [wantAll, next?.has, allIds, selection])

  const anySelected = selected.length > 0
  // Beside a record, and on a phone, the filters would take several lines: they wait behind one button.
  const tight = narrow || (room !== null && room < tightBelow)
  const compact = room !== null && room < compactBelow
  const filtering = list.active - (list.q === '' ? 0 : 1)
  const [filtersOpen, setFiltersOpen] = useState(false)
  const folded = tight && props.filters !== undefined
  const [height, setHeight] = useState<string>('70dvh')
  useLayoutEffect(() => {
    const box = scroll.current
    if (box === null) return undefined
    const measure = () => {
      const top = box.getBoundingClientRect().top + globalThis.scrollY
      setHeight(`max(320px, calc(100dvh - ${Math.round(top)}px - 22px))`)
      setRoom(box.clientWidth)
    }
    measure()
    const observer = new ResizeObserver(measure)
    observer.observe(box)
    return () => observer.disconnect()
  }, [narrow, anySelected])

  const openPage = (row: Row) => {
    const [path, query] = href(row).split('?')
    void navigate({ to: path ?? '/', search: parseSearch(query ?? '') })
  }
  const open = (row: Row) => {
    const path = href(row)
    if (!frame.fits(path)) openPage(row)
    else if (frame.beside === path) frame.enter()
    else frame.open(path)
  }
  const besideId = useMemo(() => {
    const row = frame.beside === null ? undefined : rows.find((one) => href(one) === frame.beside)
    return row === undefined ? null : rowId(row)
    // oxlint-disable-next-line react-hooks/exhaustive-deps
  }, [frame.beside, rows])
  const acts = useRowActs({
    activate: setActiveId,
    open: (id) => {
      const row = rowOf(id)
      if (row !== undefined) open(row)
    },
    pick: selectable ? selection.pick : null,
    edit: (id, key) => {
      setEditing(key === null ? null : { id, key })
      if (key === null) grid.current?.focus({ preventScroll: true })
    },
  })

  const follow = useRef<ReturnType<typeof setTimeout>>(undefined)
  useTableKeys({
    enabled: !inside,
    count: shownIds.length,
    active,
    move: (index, extend) => {
      const id = shownIds[index]
      if (id === undefined) return
      setActiveId(id)
      virtualizer.scrollToIndex(indexOf(id), { align: 'auto' })
      if (extend && selectable) selection.pick(id, true)
      const row = rowOf(id)
      clearTimeout(follow.current)
      // The record beside the list goes along, once the keys rest.
      if (frame.beside !== null && row !== undefined) follow.current = setTimeout(() => frame.open(href(row)), 140)
    },
    open: (page) => {
      const row = rowOf(activeId)
      if (row === undefined) return
      if (page) openPage(row)
      else open(row)
    },
    edit: () => {
      const row = rowOf(activeId)
      if (row !== undefined) props.onEdit?.(row)
    },
    field: (key) => {
      const row = rowOf(activeId)
      const field = edits?.fields.find((one) => one.shortcut === key && one.only !== 'many')
      if (row === undefined || field === undefined || !field.can(row)) return false
      if (!drawn.some((column) => column.key === field.key)) return false
      setEditing({ id: rowId(row), key: field.key })
      return true
    },
    toggle: () => {
      if (selectable && activeId !== null) selection.pick(activeId, false)
    },
    search: () => searchField.current?.focus(),
    clear: () => {
      if (anySelected) selection.clear()
      else if (frame.beside !== null) frame.close()
    },
  })

  const nothing = !props.loading && rows.length === 0 && (props.error === undefined || props.error === null)
  if (nothing && list.active === 0 && props.empty !== undefined) {
    return <div className={styles['frame']}>{props.empty}</div>
  }
  const height0 = virtualizer.getTotalSize()
  const { ViewMenu } = frame
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
    <div className={styles['frame']}>
      <div className={styles['toolbar']} data-tight={tight || undefined} data-compact={compact || undefined}>
        {anySelected ? (
          <>
            <CloseButton size="sm" aria-label={t('table.clearSelection')} onClick={selection.clear} />
            <strong aria-live="polite">
              {t('table.selected', { count: selected.length, shown: format.number(selected.length) })}
            </strong>
            {next?.has === true && selected.length === rows.length && props.total !== undefined ? (
              <Button variant="subtle" size="compact-sm" loading={wantAll} onClick={() => setWantAll(true)}>
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
          <>
            <div className={styles['leading']}>
              {ViewMenu === null || props.searchable === false ? null : (
                <ViewMenu name={name} list={list} columns={visibleKeys} />
              )}
              {props.searchable === false ? null : (
                <SearchField
                  inputRef={searchField}
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
            </div>
            <div className={styles['trailing']}>
              <span className={styles['count']} aria-live="polite">
                {props.total === undefined
                  ? ''
                  : wanting && next?.has === true && grouping !== null
                    ? t('table.loaded', { shown: format.number(rows.length), total: format.number(props.total) })
                    : t(list.active > 0 ? 'table.found' : 'table.count', {
                        count: props.total,
                        shown: format.number(props.total),
                      })}
              </span>
              {narrow ? null : (
                <LayoutMenu
                  columns={columns}
                  visible={alone ? drawn : visible}
                  toggle={toggle}
                  group={grouping === null ? null : list.group}
                  setGroup={list.setGroup}
                />
              )}
              {props.exports}
              {props.actions}
            </div>
          </>
        )}
      </div>
      {folded && !anySelected ? (
        <div id={filtersId} className={styles['filters']} hidden={!filtersOpen}>
          {filters}
        </div>
      ) : null}
      {props.error === undefined || props.error === null ? null : (
        <div style={{ padding: 12 }}>
          <ErrorBand error={props.error} retry={props.retry} />
        </div>
      )}
      <div ref={scroll} className={styles['scroll']} style={{ maxHeight: height }}>
        {props.loading === true ? (
          <ListSkeleton />
        ) : narrow ? (
          <TableCards
            lines={lines}
            items={items}
            measure={virtualizer.measureElement}
            before={items[0]?.start ?? 0}
            after={height0 - (items.at(-1)?.end ?? 0)}
            columns={columns}
            href={href}
            label={props.label}
          />
        ) : (
          <TableGrid
            gridRef={grid}
            gridId={gridId}
            label={props.label}
            columns={drawn}
            lines={lines}
            items={items}
            height={height0}
            measure={wrap ? virtualizer.measureElement : undefined}
            rowCount={(grouping === null ? (props.total ?? lines.length) : lines.length) + 1}
            sort={list.sort}
            sortable={(column) => (sorting === 'server' ? column.sort !== undefined : column.value !== undefined)}
            onSort={(column) => {
              const key = column.sort ?? column.key
              list.setSort(list.sort === key ? `-${key}` : list.sort === `-${key}` ? null : key)
            }}
            selection={selectable ? selection : null}
            pickable={allIds}
            closed={closed}
            onFold={(key) =>
              setClosed((old) => {
                const copy = new Set(old)
                if (!copy.delete(key)) copy.add(key)
                return copy
              })
            }
            activeId={active < 0 ? null : activeId}
            onFocus={() => {
              if (active < 0) setActiveId(besideId ?? shownIds[0] ?? null)
            }}
            besideId={besideId}
            edits={edits}
            editing={editing}
            acts={acts}
            nameOf={nameOf}
            rowId={rowId}
            href={(row) => addressOf(href(row), past)}
          />
        )}
        {nothing ? <NothingFound filtered={list.active > 0} clear={list.clear} /> : null}
      </div>
    </div>
  )
}
