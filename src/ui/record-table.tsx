import { useMediaQuery } from '@mantine/hooks'
import { useNavigate } from '@tanstack/react-router'
import { defaultRangeExtractor, useVirtualizer } from '@tanstack/react-virtual'
import { useContext, useEffect, useId, useLayoutEffect, useMemo, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ErrorBand } from './error-band.tsx'
import { useListFrame } from './list-frame.ts'
import { groupLines, sortRows } from './list-lines.ts'
import { ListSkeleton, NothingFound } from './list-states.tsx'
import { PageParamsContext } from './page-params.ts'
import { usePast } from './past.ts'
import { besideNameWidth, fitting } from './record-column.ts'
import styles from './record-table.module.css'
import type { RecordTableProps } from './record-table-props.ts'
import { TableCards } from './table-cards.tsx'
import { TableGrid } from './table-grid.tsx'
import { TableToolbar } from './table-toolbar.tsx'
import { useText } from './text.ts'
import { type FilterSpec, parseSearch } from './url-search.ts'
import { useColumns } from './use-columns.ts'
import { useRowActs } from './use-row-acts.ts'
import { useSelection } from './use-selection.ts'
import { useTableKeys } from './use-table-keys.ts'

export type { RecordColumn } from './record-column.ts'

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
  const navigate = useNavigate()
  const frame = useListFrame()
  const past = usePast()
  // A list inside a record that stands beside another list.
  const inside = useContext(PageParamsContext) !== null
  const narrow = useMediaQuery('(max-width: 48em)', false, { getInitialValueInEffect: false })
  const gridId = useId()
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
  const drawn = useMemo(() => {
    if (room === null) return visible
    const width = room - (selectable ? 36 : 0)
    return alone ? fitting(visible, width, wanted) : fitting(visible, width, new Set(), besideNameWidth)
  }, [alone, room, visible, wanted, selectable])

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
  return (
    <div className={styles['frame']}>
      <TableToolbar
        {...props}
        nameOf={nameOf}
        edits={edits}
        visible={visible}
        drawn={alone ? drawn : visible}
        toggle={toggle}
        grouped={grouping !== null}
        selected={selected}
        selection={selection}
        wantAll={wantAll}
        onWantAll={() => setWantAll(true)}
        loadingAll={wanting && next?.has === true && grouping !== null}
        searchField={searchField}
        narrow={narrow}
        room={room}
      />
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
