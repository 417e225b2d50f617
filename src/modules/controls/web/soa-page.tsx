import { Button, CloseButton, Menu } from '@mantine/core'
import { useElementSize, useMediaQuery } from '@mantine/hooks'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { type CSSProperties, useId, useMemo, useRef, useState } from 'react'
import { catalogue } from '#modules/catalogue/contract.ts'
import type { AttributeKey } from '#modules/catalogue/domain/release.ts'
import { useWorded } from '#modules/catalogue/web/worded.ts'
import { Action } from '#ui/action.tsx'
import { ErrorBand } from '#ui/error-band.tsx'
import { FilterFold } from '#ui/filter-fold.tsx'
import { useFormat } from '#ui/format.ts'
import { useListFrame } from '#ui/list-frame.ts'
import { notify } from '#ui/notify.ts'
import { Page } from '#ui/page.tsx'
import { SearchField } from '#ui/search-field.tsx'
import { compactBelow } from '#ui/table-toolbar.tsx'
import { useText } from '#ui/text.ts'
import { ToolbarEnds } from '#ui/toolbar-ends.tsx'
import { useColumns } from '#ui/use-columns.ts'
import { useListState } from '#ui/use-list-state.ts'
import { useApi, useCallApi } from '#web/api.ts'
import { controls } from '../contract.ts'
import { filterControls } from '../domain/filter-controls.ts'
import type { Applicability } from './applicability-menu.tsx'
import { BulkApplies } from './bulk-applies.tsx'
import { ExcludeDialog } from './decide-form.tsx'
import { OwnControlDialog } from './own-control-dialog.tsx'
import { ProposeDialog, useBlockingReasons } from './propose-dialog.tsx'
import styles from './soa.module.css'
import { SoaActs } from './soa-acts.tsx'
import { SoaCards } from './soa-cards.tsx'
import { type SoaColumn, soaColumns, soaColumnsIn } from './soa-columns.ts'
import { SoaFilterMenus } from './soa-filters.tsx'
import { type Grouping, groupControls, groupings, soaFilters } from './soa-groups.ts'
import { SoaSummary } from './soa-summary.tsx'
import { SoaTable } from './soa-table.tsx'
import { SoaViewMenu } from './soa-view-menu.tsx'
import type { ControlItem } from './wire.ts'

/** Columns to choose from; the usual ones are all but the numbers of 2013. */
const choosable = soaColumns.map((key) => ({ key, hidden: key === 'old' }))
/** Beside a control there is room for what it is and how it stands. */
const fewColumns: ReadonlySet<SoaColumn> = new Set()

/** The working Statement of Applicability (6.1.3 d). */
export function SoaPage() {
  const t = useText('controls')
  const ui = useText('ui')
  const format = useFormat()
  const worded = useWorded()
  const navigate = useNavigate()
  const narrow = useMediaQuery('(max-width: 48em)', false, { getInitialValueInEffect: false })
  const { data: statement } = useApi(controls.list, {})
  const { data: annexA } = useApi(catalogue.controls, {})
  const list = useListState(soaFilters)
  const search = useSearch({ strict: false }) as { group?: string; add?: string; full?: string }
  const grouping: Grouping = groupings.find((one) => one === search.group) ?? 'theme'
  const full = search.full === 'true'
  const patch = (change: Record<string, string | undefined>) =>
    void navigate({
      to: '.',
      search: (old: Record<string, unknown>) => ({ ...old, ...change }),
      replace: true,
      resetScroll: false,
    } as Parameters<typeof navigate>[0])
  const { ViewMenu, beside } = useListFrame()
  const { visible, toggle } = useColumns('soa', choosable, list)
  const columns = useMemo(() => new Set(visible.map((one) => one.key)), [visible])
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set())
  const [excluding, setExcluding] = useState<ControlItem | null>(null)
  const [proposing, setProposing] = useState(false)
  const [failure, setFailure] = useState<unknown>(null)
  const [filtering, setFiltering] = useState(false)
  const filtersId = useId()
  const searchField = useRef<HTMLInputElement>(null)
  const { ref: toolbar, height: toolbarHeight } = useElementSize<HTMLDivElement>()
  const { ref: frame, width: room } = useElementSize<HTMLDivElement>()
  const drawn = useMemo(() => (room === 0 ? columns : soaColumnsIn(room, columns)), [room, columns])
  const decide = useCallApi(controls.decide, { invalidates: ['soa.'] })
  const blocking = useBlockingReasons(statement.items)

  const definitions = useMemo(() => new Map(annexA.controls.map((one) => [one.ref, one])), [annexA])
  const predecessors = useMemo(() => new Map(annexA.controls.map((one) => [one.ref, one.predecessors2013])), [annexA])
  const attributes = useMemo(() => new Map(annexA.attributes.map((one) => [one.id, one])), [annexA])
  const shown = useMemo(
    () => filterControls(statement.items, { ...list.filters, q: list.q }, (ref) => definitions.get(ref)),
    [statement.items, list.filters, list.q, definitions],
  )
  const groups = useMemo(() => {
    const values = Object.fromEntries(
      annexA.attributes.map((one) => [one.id, one.values.map((value) => value.id)] as const),
    )
    const labels = new Map(
      annexA.attributes.flatMap((one) => one.values.map((value) => [value.id, worded(value.label)] as const)),
    )
    const labelOf = (key: string, name: string): string => {
      if (grouping === 'theme') return t(`catalogue:themes.${key}`)
      if (grouping === 'status') return t(`status.${key}`)
      if (grouping === 'owner') return key === '' ? t('group.noOwner') : name
      if (grouping === 'driver') {
        if (key === '') return t('group.noDriver')
        return key === 'business' ? t('group.business') : `${key} ${name}`
      }
      return key === '' ? t('group.noAttribute') : (labels.get(key) ?? key)
    }
    return groupControls(shown, grouping, definitions, values).map((group) => ({
      ...group,
      label: labelOf(group.key, group.name),
    }))
  }, [shown, grouping, definitions, annexA, worded, t])
  const groupName = (one: Grouping): string => {
    const attribute = attributes.get(one as AttributeKey)
    return attribute === undefined ? t(`group.by.${one}`) : worded(attribute.label)
  }

  const onDecide = (item: ControlItem, to: Applicability) => {
    if (to === 'excluded') {
      setExcluding(item)
      return
    }
    if (to === item.applicability) return
    setFailure(null)
    // The reason for leaving a control out is none for keeping it.
    const justification = item.applicability === 'excluded' ? '' : item.justification
    decide.mutate(
      { params: { controlId: item.id }, body: { applicability: to, justification } },
      { onError: setFailure, onSuccess: () => notify(t(`decide.done.${to}`, { ref: item.ref })) },
    )
  }
  const all = statement.items.length
  const canPropose = statement.can.propose && blocking.length === 0
  // Beside a control, and on a phone, filters and lesser acts would take several lines: they wait behind a button.
  const tight = narrow || beside !== null
  const filterMenus = (
    <>
      <SoaFilterMenus statement={statement} attributes={annexA.attributes} list={list} />
      {list.active > 0 ? (
        <Button variant="subtle" size="compact-sm" onClick={list.clear}>
          {ui('table.clearFilters')}
        </Button>
      ) : null}
    </>
  )
  const picked = statement.items.filter((item) => selected.has(item.id))
  return (
    <Page
      title={t('soa.title')}
      clause="6.1.3 d"
      lead={t('soa.lead')}
      actions={
        <>
          <SoaActs
            can={statement.can}
            tight={beside !== null}
            query={list.query}
            onAdd={() => patch({ add: 'true' })}
          />
          <Action
            can={canPropose}
            reason={
              statement.proposed !== null
                ? t('propose.waiting', { number: statement.proposed.number })
                : blocking.length === 0
                  ? undefined
                  : `${t('propose.first')} ${blocking.join(' ')}`
            }
            onClick={() => setProposing(true)}
          >
            {t('propose.action')}
          </Action>
        </>
      }
    >
      {all === 0 ? null : <SoaSummary statement={statement} all={all} />}
      {failure === null ? null : (
        <div style={{ marginBottom: 12 }}>
          <ErrorBand error={failure} />
        </div>
      )}
      <div
        ref={frame}
        className={styles['frame']}
        style={{ '--soa-head': `${48 + Math.floor(toolbarHeight)}px` } as CSSProperties}
      >
        <div
          ref={toolbar}
          className={styles['toolbar']}
          data-tight={tight || undefined}
          data-compact={(room > 0 && room < compactBelow) || undefined}
          role="toolbar"
          aria-label={t('soa.toolbar')}
        >
          {selected.size > 0 ? (
            <>
              <CloseButton size="sm" aria-label={ui('table.clearSelection')} onClick={() => setSelected(new Set())} />
              <strong aria-live="polite">
                {ui('table.selected', { count: selected.size, shown: format.number(selected.size) })}
              </strong>
              <BulkApplies items={picked} onDone={() => setSelected(new Set())} />
            </>
          ) : (
            <>
              <ToolbarEnds
                leading={
                  <>
                    {ViewMenu === null || narrow ? null : <ViewMenu name="soa" list={list} columns={[...columns]} />}
                    <SearchField
                      className={styles['search'] ?? ''}
                      value={list.q}
                      onChange={list.setQ}
                      label={ui('table.search')}
                      inputRef={searchField}
                    />
                    {tight ? (
                      <FilterFold
                        count={list.active - (list.q === '' ? 0 : 1)}
                        open={filtering}
                        onToggle={() => setFiltering(!filtering)}
                        controls={filtersId}
                      />
                    ) : (
                      filterMenus
                    )}
                  </>
                }
                trailing={
                  <>
                    <span className={styles['count']} aria-live="polite">
                      {shown.length === all ? '' : t('soa.shown', { shown: shown.length, all })}
                    </span>
                    <Menu>
                      <Menu.Target>
                        <Button variant="default" fw={450}>
                          {t('group.label', { name: groupName(grouping) })}
                        </Button>
                      </Menu.Target>
                      <Menu.Dropdown>
                        {groupings.map((one) => (
                          <Menu.RadioItem
                            key={one}
                            value={one}
                            checked={one === grouping}
                            onChange={() => patch({ group: one === 'theme' ? undefined : one })}
                          >
                            {groupName(one)}
                          </Menu.RadioItem>
                        ))}
                      </Menu.Dropdown>
                    </Menu>
                    {narrow ? null : (
                      <SoaViewMenu
                        full={full}
                        setFull={(on) => patch({ full: on ? 'true' : undefined })}
                        chosen={columns}
                        drawn={beside === null ? drawn : columns}
                        toggle={toggle}
                      />
                    )}
                  </>
                }
              />
              {tight ? (
                <div id={filtersId} className={styles['folded']} hidden={!filtering}>
                  {filterMenus}
                </div>
              ) : null}
            </>
          )}
        </div>
        {shown.length === 0 ? (
          <div style={{ padding: '40px 16px', textAlign: 'center' }}>
            <div style={{ marginBottom: 10 }}>{all === 0 ? t('soa.nothingThen') : ui('table.nothing')}</div>
            {list.active === 0 ? null : (
              <Button variant="default" onClick={list.clear}>
                {ui('table.clearFilters')}
              </Button>
            )}
          </div>
        ) : narrow ? (
          <SoaCards groups={groups} onDecide={onDecide} />
        ) : (
          <SoaTable
            groups={groups}
            columns={beside === null ? drawn : fewColumns}
            full={full}
            predecessors={predecessors}
            selected={selected}
            onSelect={setSelected}
            onDecide={onDecide}
            focusSearch={() => searchField.current?.focus()}
          />
        )}
      </div>
      <ExcludeDialog item={excluding} onClose={() => setExcluding(null)} />
      <OwnControlDialog opened={search.add === 'true'} onClose={() => patch({ add: undefined })} />
      <ProposeDialog opened={proposing} onClose={() => setProposing(false)} />
    </Page>
  )
}
