import { IconAlertTriangle, IconPlus } from '@tabler/icons-react'
import { useNavigate } from '@tanstack/react-router'
import { useMemo, useState } from 'react'
import { people } from '#modules/people/contract.ts'
import { Action } from '#ui/action.tsx'
import { Band } from '#ui/band.tsx'
import { ClaimedOwner } from '#ui/claimed-owner.tsx'
import { EmptyState } from '#ui/empty-state.tsx'
import { FilterMenu } from '#ui/filter-menu.tsx'
import { type Format, useFormat } from '#ui/format.ts'
import { ImportAction } from '#ui/import-action.tsx'
import { PathLink } from '#ui/link.tsx'
import { Page } from '#ui/page.tsx'
import { type RecordColumn, RecordTable } from '#ui/record-table.tsx'
import { groupByChoice, groupByPerson, groupByText } from '#ui/row-groups.ts'
import { StatusBadge } from '#ui/status-badge.tsx'
import { TagList } from '#ui/tag-list.tsx'
import { type Text, useText } from '#ui/text.ts'
import { useListState } from '#ui/use-list-state.ts'
import { useApiLater, useApiPages } from '#web/api.ts'
import { RegisterExport } from '#web/register-export.tsx'
import { useOrgPath } from '#web/scope.ts'
import { useMe } from '#web/session.ts'
import { risks } from '../contract.ts'
import { properties, riskKinds } from '../domain/risk.ts'
import { riskStatuses } from '../domain/risk-status.ts'
import { type RiskState, riskStates } from '../domain/scores.ts'
import { CurrentLevel, StateLevel } from './level.tsx'
import { NextStepText } from './next-step.tsx'
import { useRiskEdits } from './risk-edits.ts'
import { RiskStatusBadge } from './risk-status.tsx'
import { SignMany } from './sign-many.tsx'
import type { RiskItem } from './views.ts'

const spec = {
  status: 'many',
  band: 'many',
  kind: 'many',
  owner: 'one',
  category: 'one',
  cell: 'one',
  state: 'one',
  controlId: 'one',
  assetId: 'one',
  withdrawn: 'flag',
} as const

const idOf = (row: RiskItem) => row.id
const isState = (value: string | null): value is RiskState => riskStates.some((one) => one === value)

const signMany = (rows: readonly RiskItem[], clear: () => void) => <SignMany selected={rows} onDone={clear} />

/** The risk register (6.1.2). */
export function RegisterPage() {
  const t = useText('risk')
  const format = useFormat()
  const path = useOrgPath()
  const navigate = useNavigate()
  const me = useMe()
  const list = useListState(spec)
  const { filters } = list
  const ownerId = filters.owner === 'me' ? (me?.personId ?? undefined) : (filters.owner ?? undefined)
  const { owner: _owner, ...narrowing } = list.query
  const query = { ...narrowing, ...(ownerId === undefined ? {} : { ownerId }) }
  const pages = useApiPages(risks.list, {
    query: query as NonNullable<Parameters<typeof useApiPages<typeof risks.list>>[1]['query']>,
  })
  const methods = useApiLater(risks.methods, {})
  const directory = useApiLater(people.list, { query: { limit: 500, sort: 'name' } })
  const inForce = methods.data?.items.find((one) => one.status === 'approved')
  const noMethod = methods.data !== undefined && inForce === undefined
  const [known, setKnown] = useState<readonly string[]>([])
  const categories = useMemo(() => {
    const all = new Set(known)
    for (const row of pages.rows) if (row.category !== null) all.add(row.category)
    return [...all].sort((a, b) => a.localeCompare(b))
  }, [known, pages.rows])
  if (categories.length > known.length) setKnown(categories)

  const edits = useRiskEdits()
  const columns = useMemo(() => columnsOf(t, format), [t, format])
  const state = isState(filters.state) ? filters.state : 'current'
  return (
    <Page
      title={t('list.title')}
      clause="6.1.2"
      lead={t('list.lead')}
      actions={
        <>
          <ImportAction can={pages.can?.import ?? false} onClick={() => void navigate({ to: path('/import/risks') })}>
            {t('list.import')}
          </ImportAction>
          <Action
            icon={<IconPlus size={15} />}
            can={pages.can?.create ?? false}
            onClick={() => void navigate({ to: path('/risks/new') })}
          >
            {t('list.record')}
          </Action>
        </>
      }
    >
      {noMethod && pages.rows.length > 0 ? (
        <div style={{ marginBottom: 12 }}>
          <Band tone="warn" title={t('list.noMethod')}>
            <span>
              {t('list.noMethodText')} <PathLink to={path('/risks/method')}>{t('list.toMethod')}</PathLink>
            </span>
          </Band>
        </div>
      ) : null}
      <RecordTable
        name="risks"
        label={t('list.title')}
        columns={columns}
        {...pages.table}
        rowId={idOf}
        nameOf={(row) => row.ref}
        href={(row) => path(`/risks/${row.id}`)}
        list={list}
        onEdit={(row) => void navigate({ to: path(`/risks/${row.id}/edit`) })}
        exports={<RegisterExport contract={risks.exportRegister} query={query} />}
        edits={edits}
        bulk={signMany}
        wrap
        filters={
          <>
            <FilterMenu
              label={t('fields.status')}
              options={riskStatuses
                .filter((one) => one !== 'withdrawn')
                .map((value) => ({ value, label: t(`status.${value}`) }))}
              value={filters.status}
              onChange={(value) => list.setFilter('status', value)}
            />
            <FilterMenu
              label={t('fields.level')}
              options={(inForce?.bands ?? []).toReversed().map(({ key, name }) => ({ value: key, label: name }))}
              value={filters.band}
              onChange={(value) => list.setFilter('band', value)}
            />
            <FilterMenu
              label={t('fields.ownerId')}
              options={[
                ...(me?.personId === null || me === undefined ? [] : [{ value: 'me', label: t('list.mine') }]),
                ...(directory.data?.items ?? []).map(({ id, name }) => ({ value: id, label: name })),
              ]}
              value={filters.owner === null ? [] : [filters.owner]}
              onChange={(value) => list.setFilter('owner', value.at(-1) ?? null)}
            />
            <FilterMenu
              label={t('fields.kind')}
              options={riskKinds.map((value) => ({ value, label: t(`kind.${value}`) }))}
              value={filters.kind}
              onChange={(value) => list.setFilter('kind', value)}
            />
            {categories.length === 0 ? null : (
              <FilterMenu
                label={t('fields.category')}
                options={categories.map((value) => ({ value, label: value }))}
                value={filters.category === null ? [] : [filters.category]}
                onChange={(value) => list.setFilter('category', value.at(-1) ?? null)}
              />
            )}
            {filters.cell === null ? null : (
              <CellFilter cell={filters.cell} state={state} onClear={() => list.setFilter('cell', null)} />
            )}
          </>
        }
        empty={
          <EmptyState
            icon={<IconAlertTriangle size={28} stroke={1.4} />}
            title={t('empty.title')}
            clause="6.1.2"
            actions={
              <>
                {noMethod ? (
                  <Action onClick={() => void navigate({ to: path('/risks/method') })}>{t('empty.method')}</Action>
                ) : null}
                <Action
                  variant={noMethod ? 'default' : 'filled'}
                  can={pages.can?.create ?? false}
                  onClick={() => void navigate({ to: path('/risks/new') })}
                >
                  {t('list.record')}
                </Action>
                <ImportAction
                  can={pages.can?.import ?? false}
                  onClick={() => void navigate({ to: path('/import/risks') })}
                >
                  {t('list.import')}
                </ImportAction>
              </>
            }
          >
            {t('empty.text')}
          </EmptyState>
        }
      />
    </Page>
  )
}

function OwnerName({ row }: { row: RiskItem }) {
  const t = useText('risk')
  if (row.owner === null) {
    return (
      <StatusBadge glyph="alert" tone="warn" plain>
        {row.ownerText === null ? t('list.noOwner') : <ClaimedOwner name={row.ownerText} />}
      </StatusBadge>
    )
  }
  return row.owner.active ? (
    row.owner.name
  ) : (
    <StatusBadge glyph="alert" tone="warn" plain>
      {row.owner.name}
    </StatusBadge>
  )
}

function ActionCount({ row }: { row: RiskItem }) {
  const t = useText('risk')
  const { open, overdue, total } = row.actions
  if (total === 0) return <span className="pl-muted">–</span>
  if (overdue > 0) {
    return (
      <StatusBadge glyph="alert" tone="bad" plain>
        {t('list.overdue', { overdue, open })}
      </StatusBadge>
    )
  }
  return open === 0 ? (
    <span className="pl-muted">{t('list.allDone')}</span>
  ) : (
    <span>{t('list.open', { count: open })}</span>
  )
}

function CellFilter({ cell, state, onClear }: { cell: string; state: RiskState; onClear: () => void }) {
  const t = useText('risk')
  const [likelihood, consequence] = cell.split('-')
  return (
    <Action variant="light" readOnly fw={450} onClick={onClear}>
      {t('list.cell', { state: t(`state.${state}`), likelihood, consequence })} ×
    </Action>
  )
}

function columnsOf(t: Text, format: Format): RecordColumn<RiskItem>[] {
  return [
    {
      key: 'ref',
      header: t('fields.ref'),
      sort: 'ref',
      width: 62,
      cell: (row) => <span className="pl-ref">{row.ref}</span>,
    },
    { key: 'title', header: t('fields.title'), sort: 'title', primary: true, cell: (row) => row.title },
    {
      key: 'level',
      header: t('fields.level'),
      sort: 'level',
      width: 124,
      onCard: true,
      group: ({ current }) =>
        current === null ? null : { key: current.band.key, label: current.band.name, order: -current.level },
      cell: (row) => (row.kind === 'opportunity' ? '–' : <CurrentLevel risk={row} />),
    },
    {
      key: 'status',
      header: t('fields.status'),
      width: 222,
      onCard: true,
      group: ({ status }) => groupByChoice(status, riskStatuses, t(`status.${status}`)),
      cell: (row) => <RiskStatusBadge risk={row} plain />,
    },
    {
      key: 'owner',
      header: t('fields.ownerId'),
      sort: 'owner',
      width: 164,
      onCard: true,
      group: ({ owner }) => groupByPerson(owner),
      cell: (row) => <OwnerName row={row} />,
    },
    {
      key: 'controls',
      header: t('fields.controls'),
      width: 98,
      align: 'end',
      cell: (row) => (row.controls.length === 0 ? <span className="pl-muted">–</span> : row.controls.length),
    },
    { key: 'actions', header: t('fields.actions'), width: 104, cell: (row) => <ActionCount row={row} /> },
    {
      key: 'next',
      header: t('fields.next'),
      width: 148,
      onCard: true,
      cell: (row) => <NextStepText next={row.next} />,
    },
    {
      key: 'category',
      header: t('fields.category'),
      sort: 'category',
      width: 130,
      hidden: true,
      group: ({ category }) => groupByText(category),
      cell: (row) => row.category,
    },
    {
      key: 'kind',
      header: t('fields.kind'),
      width: 150,
      hidden: true,
      group: ({ kind }) => groupByChoice(kind, riskKinds, t(`kind.${kind}`)),
      cell: (row) => t(`kind.${row.kind}`),
    },
    {
      key: 'properties',
      header: t('fields.properties'),
      width: 100,
      hidden: true,
      cell: (row) => (
        <TagList tags={properties.filter((one) => row[one] === 'lost').map((one) => t(`propertyLetter.${one}`))} />
      ),
    },
    {
      key: 'inherent',
      header: t('state.inherent'),
      width: 138,
      hidden: true,
      cell: (row) => <StateLevel risk={row} state="inherent" />,
    },
    {
      key: 'target',
      header: t('state.target'),
      width: 138,
      hidden: true,
      cell: (row) => <StateLevel risk={row} state="target" />,
    },
    {
      key: 'assessedAt',
      header: t('fields.assessedAt'),
      sort: 'assessedAt',
      width: 116,
      hidden: true,
      cell: (row) => {
        if (row.assessedAt === null) return ''
        const on = format.shortDate(row.assessedAt.slice(0, 10))
        return row.levelOrigin === 'imported' ? (
          <span className="pl-muted">{t('levels.importedOn', { date: on })}</span>
        ) : (
          on
        )
      },
    },
  ]
}
