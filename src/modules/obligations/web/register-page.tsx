import { IconPlus, IconScale } from '@tabler/icons-react'
import { useNavigate } from '@tanstack/react-router'
import { Action } from '#ui/action.tsx'
import { EmptyState } from '#ui/empty-state.tsx'
import { FilterMenu } from '#ui/filter-menu.tsx'
import { useFormat } from '#ui/format.ts'
import { Page } from '#ui/page.tsx'
import { type RecordColumn, RecordTable } from '#ui/record-table.tsx'
import { groupByChoice, groupByMonth, groupByPerson, groupByText } from '#ui/row-groups.ts'
import { useText } from '#ui/text.ts'
import { useListState } from '#ui/use-list-state.ts'
import { useApiLater, useApiPages } from '#web/api.ts'
import { PersonFilter } from '#web/person-filter.tsx'
import { RegisterExport } from '#web/register-export.tsx'
import { useOrgPath } from '#web/scope.ts'
import { obligations } from '../contract.ts'
import { dispositions, obligationKinds } from '../domain/obligation.ts'
import { Addressed, OwnerName, ReviewOn } from './marks.tsx'
import { useObligationEdits } from './obligation-edits.ts'
import type { Obligation } from './wire.ts'

const filters = { kind: 'one', addressed: 'one', ownerId: 'one', partyId: 'one' } as const

const idOf = (one: Obligation) => one.id

/** Laws, contracts and requirements of interested parties (4.2 b, A.5.31). */
export function RegisterPage() {
  const t = useText('obligations')
  const format = useFormat()
  const path = useOrgPath()
  const navigate = useNavigate()
  const list = useListState(filters)
  const { can, table } = useApiPages(obligations.list, { query: list.query })
  const parties = useApiLater(obligations.parties, {}).data?.items ?? []
  const edits = useObligationEdits()
  const add = () => void navigate({ to: path('/obligations/new') })
  const addressed = (one: Obligation) => <Addressed value={one.addressed} plain />
  const review = (one: Obligation) => <ReviewOn obligation={one} />
  const owner = (one: Obligation) => <OwnerName obligation={one} />
  const columns: RecordColumn<Obligation>[] = [
    { key: 'ref', header: t('fields.ref'), width: 64, cell: (one) => one.ref, sort: 'ref' },
    { key: 'title', header: t('fields.title'), cell: (one) => one.title, sort: 'title', primary: true },
    {
      key: 'kind',
      header: t('fields.kind'),
      width: 100,
      cell: (one) => t(`kinds.${one.kind}`),
      sort: 'kind',
      onCard: true,
      group: ({ kind }) => groupByChoice(kind, obligationKinds, t(`kinds.${kind}`)),
    },
    {
      key: 'source',
      header: t('fields.source'),
      width: 200,
      cell: (one) => (one.source === '' ? '–' : one.source),
      hidden: true,
    },
    {
      key: 'party',
      header: t('fields.partyId'),
      width: 152,
      cell: (one) => one.party?.name ?? '–',
      group: ({ party }) => groupByPerson(party),
    },
    {
      key: 'addressed',
      header: t('fields.addressedShort'),
      width: 122,
      cell: addressed,
      onCard: true,
      group: (one) => groupByChoice(one.addressed, dispositions, t(`addressed.${one.addressed}`)),
    },
    {
      key: 'owner',
      header: t('fields.ownerId'),
      width: 124,
      cell: owner,
      sort: 'owner',
      group: (one) => groupByPerson(one.owner),
    },
    {
      key: 'review',
      header: t('fields.reviewOn'),
      width: 196,
      cell: review,
      sort: 'reviewOn',
      onCard: true,
      group: ({ reviewOn }) => groupByMonth(reviewOn, format),
    },
    {
      key: 'jurisdiction',
      header: t('fields.jurisdiction'),
      width: 140,
      cell: (one) => (one.jurisdiction === '' ? '–' : one.jurisdiction),
      hidden: true,
      group: (one) => groupByText(one.jurisdiction),
    },
  ]
  const create = (
    <Action icon={<IconPlus size={15} />} can={can?.create} onClick={add}>
      {t('add')}
    </Action>
  )
  return (
    <Page title={t('nav.obligations')} clause="A.5.31" lead={t('lead')} actions={create}>
      <RecordTable
        name="obligations"
        label={t('nav.obligations')}
        columns={columns}
        {...table}
        rowId={idOf}
        nameOf={(one) => one.ref}
        edits={edits}
        href={(one) => path(`/obligations/${one.ref}`)}
        onEdit={(one) => void navigate({ to: path(`/obligations/${one.ref}/edit`) })}
        list={list}
        exports={<RegisterExport contract={obligations.export} query={list.query} />}
        filters={
          <>
            <FilterMenu
              label={t('fields.kind')}
              value={list.filters.kind === null ? [] : [list.filters.kind]}
              onChange={(value) => list.setFilter('kind', value.at(-1) ?? null)}
              options={obligationKinds.map((value) => ({ value, label: t(`kinds.${value}`) }))}
            />
            <FilterMenu
              label={t('fields.addressedShort')}
              value={list.filters.addressed === null ? [] : [list.filters.addressed]}
              onChange={(value) => list.setFilter('addressed', value.at(-1) ?? null)}
              options={dispositions.map((value) => ({ value, label: t(`addressed.${value}`) }))}
            />
            <FilterMenu
              label={t('fields.partyId')}
              value={list.filters.partyId === null ? [] : [list.filters.partyId]}
              onChange={(value) => list.setFilter('partyId', value.at(-1) ?? null)}
              options={parties.map((party) => ({ value: party.id, label: party.name }))}
            />
            <PersonFilter
              label={t('fields.ownerId')}
              value={list.filters.ownerId === null ? [] : [list.filters.ownerId]}
              onChange={(ids) => list.setFilter('ownerId', ids.at(-1) ?? null)}
            />
          </>
        }
        empty={
          <EmptyState
            icon={<IconScale size={28} stroke={1.4} />}
            title={t('empty.title')}
            clause="A.5.31"
            actions={create}
          >
            {t('empty.text')}
          </EmptyState>
        }
      />
    </Page>
  )
}
