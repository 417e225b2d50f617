import { Checkbox } from '@mantine/core'
import { IconChevronDown } from '@tabler/icons-react'
import { useNavigate } from '@tanstack/react-router'
import { type MouseEvent, memo, type ReactNode, useMemo, useRef, useState } from 'react'
import { ClaimedOwner } from '#ui/claimed-owner.tsx'
import { useFormat } from '#ui/format.ts'
import { PathLink } from '#ui/link.tsx'
import { useListFrame } from '#ui/list-frame.ts'
import { softHyphens } from '#ui/soft-hyphens.ts'
import { StateGlyph } from '#ui/status-badge.tsx'
import { useText } from '#ui/text.ts'
import { isPlainClick } from '#ui/use-row-acts.ts'
import { useTableKeys } from '#ui/use-table-keys.ts'
import { useOrgPath } from '#web/scope.ts'
import { type Applicability, ApplicabilityMenu } from './applicability-menu.tsx'
import { StatusWhy } from './control-status.tsx'
import { DriverLinks } from './drivers.tsx'
import styles from './soa.module.css'
import { type SoaColumn, soaWidths } from './soa-columns.ts'
import type { SoaGroup } from './soa-groups.ts'
import { StatusBar } from './soa-summary.tsx'
import type { ControlItem } from './wire.ts'

export interface SoaTableProps {
  groups: readonly (SoaGroup & { readonly label: ReactNode })[]
  columns: ReadonlySet<SoaColumn>
  /** Everything written out, nothing cut after two lines. */
  full: boolean
  /** Numbers of the 2013 edition by reference. */
  predecessors: ReadonlyMap<string, readonly string[]>
  selected: ReadonlySet<string>
  onSelect: (ids: ReadonlySet<string>) => void
  onDecide: (item: ControlItem, to: Applicability) => void
  focusSearch: () => void
}

/** The statement: one row per control, in groups that fold; j k x Enter / work as in every list. */
export function SoaTable(props: SoaTableProps) {
  const { groups, columns, selected, onSelect } = props
  const t = useText('controls')
  const ui = useText('ui')
  const path = useOrgPath()
  const navigate = useNavigate()
  const frame = useListFrame()
  const [folded, setFolded] = useState<ReadonlySet<string>>(new Set())
  const [active, setActive] = useState(-1)
  const anchor = useRef(-1)
  const body = useRef<HTMLTableElement>(null)
  const rows = useMemo(
    () =>
      groups.flatMap((group) => (folded.has(group.key) ? [] : group.items.map((item) => ({ group: group.key, item })))),
    [groups, folded],
  )
  const ids = useMemo(() => [...new Set(rows.map(({ item }) => item.id))], [rows])
  const latest = useRef({ rows, selected })
  latest.current = { rows, selected }
  const stable = useRef({
    open: (_item: ControlItem): void => {},
    follow: (_item: ControlItem, _event: MouseEvent): void => {},
    pick: (_index: number, _range: boolean): void => {},
    decide: props.onDecide,
  })
  stable.current.decide = props.onDecide
  stable.current.open = (item) => {
    const to = path(`/controls/${item.ref}`)
    if (!frame.fits(to)) void navigate({ to })
    else if (frame.beside === to) frame.enter()
    else frame.open(to)
  }
  stable.current.follow = (item, event) => {
    if (!isPlainClick(event) || !frame.fits(path(`/controls/${item.ref}`))) return
    event.preventDefault()
    stable.current.open(item)
  }
  stable.current.pick = (index, range) => {
    const now = latest.current
    const one = now.rows[index]
    if (one === undefined) return
    const next = new Set(now.selected)
    if (range && anchor.current >= 0) {
      const [from, to] = [Math.min(anchor.current, index), Math.max(anchor.current, index)]
      for (const { item } of now.rows.slice(from, to + 1)) next.add(item.id)
    } else if (!next.delete(one.item.id)) next.add(one.item.id)
    anchor.current = index
    onSelect(next)
  }
  const itemAt = (index: number) => rows[index]?.item
  useTableKeys({
    count: rows.length,
    active,
    move: (index, extend) => {
      setActive(index)
      // The focus goes along, so that a reader hears the row and Enter opens it.
      const link = body.current?.querySelector<HTMLElement>(`tr[data-index="${index}"] .${styles['title'] ?? ''}`)
      link?.focus({ preventScroll: true })
      link?.closest('tr')?.scrollIntoView({ block: 'nearest' })
      if (extend) stable.current.pick(index, true)
    },
    enabled: true,
    open: (page) => {
      const item = itemAt(active)
      if (item === undefined) return
      if (page) void navigate({ to: path(`/controls/${item.ref}`) })
      else stable.current.open(item)
    },
    field: () => false,
    edit: () => {
      const item = itemAt(active)
      if (item !== undefined) void navigate({ to: path(`/controls/${item.ref}`), search: { edit: 'how' } as never })
    },
    toggle: () => stable.current.pick(active, false),
    search: props.focusSearch,
    clear: () => {
      if (selected.size === 0 && frame.beside !== null) frame.close()
      else onSelect(new Set())
    },
  })
  const shown = (column: SoaColumn): boolean => columns.has(column)
  const width = (column: keyof typeof soaWidths) => {
    const stated = soaWidths[column]
    return stated < 1 ? `${stated * 100}%` : stated
  }
  const span = 5 + columns.size
  let index = -1
  return (
    <table ref={body} className={styles['table']} aria-label={t('soa.title')}>
      <colgroup>
        <col style={{ width: width('pick') }} />
        <col style={{ width: width('ref') }} />
        <col />
        {shown('old') ? <col style={{ width: width('old') }} /> : null}
        <col style={{ width: width('applicability') }} />
        {shown('why') ? <col style={{ width: width('why') }} /> : null}
        {shown('how') ? <col style={{ width: width('how') }} /> : null}
        <col style={{ width: width('status') }} />
        {shown('owner') ? <col style={{ width: width('owner') }} /> : null}
        {shown('evidence') ? <col style={{ width: width('evidence') }} /> : null}
      </colgroup>
      <thead>
        <tr>
          <th className={styles['pick']}>
            <Checkbox
              aria-label={ui('table.selectAll')}
              checked={ids.length > 0 && ids.every((id) => selected.has(id))}
              indeterminate={ids.some((id) => selected.has(id)) && !ids.every((id) => selected.has(id))}
              onChange={(event) => onSelect(event.currentTarget.checked ? new Set(ids) : new Set())}
            />
          </th>
          <th scope="col">{t('fields.ref')}</th>
          <th scope="col">{t('fields.title')}</th>
          {shown('old') ? <th scope="col">{t('fields.old')}</th> : null}
          <th scope="col">{t('fields.applicability')}</th>
          {shown('why') ? <th scope="col">{t('fields.why')}</th> : null}
          {shown('how') ? <th scope="col">{t('fields.implementation')}</th> : null}
          <th scope="col">{t('fields.status')}</th>
          {shown('owner') ? <th scope="col">{t('fields.ownerId')}</th> : null}
          {shown('evidence') ? <th scope="col">{t('fields.evidence')}</th> : null}
        </tr>
      </thead>
      {groups.map((group) => {
        const closed = folded.has(group.key)
        return (
          <tbody key={group.key}>
            <tr className={closed ? `${styles['group']} ${styles['folded']}` : styles['group']}>
              <th scope="rowgroup" colSpan={span}>
                <button
                  type="button"
                  className={styles['groupHead']}
                  aria-expanded={!closed}
                  onClick={() => {
                    const next = new Set(folded)
                    if (!next.delete(group.key)) next.add(group.key)
                    setFolded(next)
                  }}
                >
                  <IconChevronDown size={14} className={styles['fold']} aria-hidden="true" />
                  <span className={styles['groupName']}>{group.label}</span>
                  <span className={styles['groupCount']}>{t('soa.groupCount', { count: group.items.length })}</span>
                  <StatusBar items={group.items} />
                </button>
              </th>
            </tr>
            {closed
              ? null
              : group.items.map((item) => {
                  index += 1
                  return (
                    <SoaRow
                      key={item.id}
                      item={item}
                      index={index}
                      active={index === active}
                      selected={selected.has(item.id)}
                      columns={columns}
                      full={props.full}
                      old={props.predecessors.get(item.ref)}
                      stable={stable}
                      onActive={setActive}
                    />
                  )
                })}
          </tbody>
        )
      })}
    </table>
  )
}

interface RowProps {
  item: ControlItem
  index: number
  active: boolean
  selected: boolean
  columns: ReadonlySet<SoaColumn>
  full: boolean
  old: readonly string[] | undefined
  stable: React.RefObject<{
    open: (item: ControlItem) => void
    follow: (item: ControlItem, event: MouseEvent) => void
    pick: (index: number, range: boolean) => void
    decide: (item: ControlItem, to: Applicability) => void
  }>
  onActive: (index: number) => void
}

const SoaRow = memo(function SoaRow({ item, index, active, selected, columns, full, old, stable, onActive }: RowProps) {
  const t = useText('controls')
  const path = useOrgPath()
  const [opened, setOpened] = useState(false)
  const long = item.implementation.length > 110 || item.justification.length > 90 || item.implementation.includes('\n')
  const cut = full || opened ? styles['text'] : `${styles['text']} ${styles['clamp']}`
  return (
    // The row is a larger target for its link; keyboard and readers use the link.
    // oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/no-noninteractive-element-interactions
    <tr
      data-index={index}
      className={[
        styles['row'],
        item.applicability === 'undecided' ? styles['undecided'] : '',
        selected ? styles['selected'] : '',
        active ? styles['active'] : '',
      ].join(' ')}
      onClick={(event) => {
        if (
          event.defaultPrevented ||
          (event.target as Element).closest('a,button,input,label,[role=menu],[role=dialog]')
        )
          return
        // Clicks in a menu or popover of the row bubble here through React, not through the document.
        if (!event.currentTarget.contains(event.target as Element)) return
        onActive(index)
        if (event.shiftKey) stable.current.pick(index, true)
        else if (globalThis.getSelection()?.isCollapsed !== false) stable.current.open(item)
      }}
    >
      <td className={styles['pick']}>
        <Checkbox
          aria-label={t('soa.select', { ref: item.ref })}
          checked={selected}
          onChange={() => {}}
          onClick={(event) => stable.current.pick(index, event.shiftKey)}
        />
      </td>
      <td className={styles['ref']}>{item.ref}</td>
      <td>
        <PathLink
          to={path(`/controls/${item.ref}`)}
          className={styles['title']}
          onClick={(event) => stable.current.follow(item, event)}
        >
          {softHyphens(item.title)}
        </PathLink>
        {item.own ? <span className={styles['own']}>{t('soa.own')}</span> : null}
      </td>
      {columns.has('old') ? (
        <td className="pl-muted">{old === undefined || old.length === 0 ? t('soa.new') : old.join(', ')}</td>
      ) : null}
      <td>
        <ApplicabilityMenu item={item} onDecide={(one, to) => stable.current.decide(one, to)} />
      </td>
      {columns.has('why') ? (
        <td>
          {item.drivers.length === 0 ? null : <DriverLinks drivers={item.drivers} />}
          {item.justification === '' ? null : <div className={cut}>{item.justification}</div>}
          {item.justification === '' && item.drivers.length === 0 ? (
            <span className={styles['missing']}>{item.applicability === 'applicable' ? t('soa.noDriver') : '–'}</span>
          ) : null}
        </td>
      ) : null}
      {columns.has('how') ? (
        <td>
          {item.implementation === '' ? (
            <span className={styles['missing']}>
              {item.applicability === 'applicable' ? t('soa.notDescribed') : '–'}
            </span>
          ) : (
            <div className={cut}>{item.implementation}</div>
          )}
          {item.operatedBy === 'us' ? null : (
            <div className="pl-muted">{t(`soa.operated.${item.operatedBy}`, { provider: item.provider })}</div>
          )}
          {long && !full ? (
            <button type="button" className={styles['more']} aria-expanded={opened} onClick={() => setOpened(!opened)}>
              {opened ? t('soa.less') : t('soa.whole')}
            </button>
          ) : null}
        </td>
      ) : null}
      <td>
        {item.applicability === 'undecided' && item.status === 'notDetermined' ? (
          <span className={styles['missing']}>–</span>
        ) : (
          <StatusWhy item={item} />
        )}
        <StatedInPart item={item} />
        <PlannedOn item={item} />
      </td>
      {columns.has('owner') ? (
        <td>
          {item.owner?.name ??
            (item.ownerText === '' ? (
              <span className={styles['missing']}>{item.applicability === 'applicable' ? t('soa.noOwner') : '–'}</span>
            ) : (
              <ClaimedOwner name={item.ownerText} />
            ))}
        </td>
      ) : null}
      {columns.has('evidence') ? (
        <td>
          <EvidenceCount item={item} />
        </td>
      ) : null}
    </tr>
  )
})

/** A claim in part is told from one in whole. */
function StatedInPart({ item }: { item: ControlItem }) {
  const t = useText('controls')
  return item.status === 'claimed' && item.stated === 'partial' ? (
    <div className="pl-muted">{t('soa.statedInPart')}</div>
  ) : null
}

function PlannedOn({ item }: { item: ControlItem }) {
  const t = useText('controls')
  const format = useFormat()
  if (item.plannedOn === null || item.status === 'implemented' || item.applicability !== 'applicable') return null
  return <div className="pl-muted">{t('soa.plannedOn', { date: format.shortDate(item.plannedOn) })}</div>
}

export const freshnessLook = {
  stale: ['cross', 'bad'],
  dueSoon: ['clock', 'warn'],
  undated: ['dash', 'quiet'],
  fresh: ['check', 'good'],
} as const

/** How many artefacts prove a control, and the worst news about their dates. */
export function EvidenceCount({ item }: { item: Pick<ControlItem, 'evidence' | 'applicability'> }) {
  const t = useText('controls')
  if (item.evidence.length === 0) {
    return <span className={styles['missing']}>{item.applicability === 'applicable' ? t('evidence.none') : '–'}</span>
  }
  const worst =
    (['stale', 'dueSoon', 'undated', 'fresh'] as const).find((one) =>
      item.evidence.some((line) => line.freshness === one),
    ) ?? 'undated'
  const [glyph, tone] = freshnessLook[worst]
  return (
    <span
      className={`${styles['face']} ${styles['proof']}`}
      title={item.evidence.map((line) => `${line.ref} ${line.title}`).join('\n')}
    >
      <span className="pl-num">{item.evidence.length}</span>
      <span className={styles['face']} style={{ color: `var(--pl-${tone})`, fontSize: '0.75rem' }}>
        <StateGlyph glyph={glyph} />
        {t(`freshness.${worst}`)}
      </span>
    </span>
  )
}
