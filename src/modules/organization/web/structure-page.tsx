import { IconBuildingCommunity, IconPlus } from '@tabler/icons-react'
import { useState } from 'react'
import { Action } from '#ui/action.tsx'
import { EmptyState } from '#ui/empty-state.tsx'
import { FilterMenu } from '#ui/filter-menu.tsx'
import { FlagFilter } from '#ui/flag-filter.tsx'
import { Page } from '#ui/page.tsx'
import { type RecordColumn, RecordTable } from '#ui/record-table.tsx'
import { groupByChoice, groupByPerson } from '#ui/row-groups.ts'
import { type Text, useText } from '#ui/text.ts'
import { useListState } from '#ui/use-list-state.ts'
import { useApiPages } from '#web/api.ts'
import { RegisterExport } from '#web/register-export.tsx'
import { useOrgPath } from '#web/scope.ts'
import { organization } from '../contract.ts'
import { placements } from '../domain/placeable.ts'
import { usePlaceableEdits } from './placeable-edits.ts'
import { PlaceableDialog } from './placeable-form.tsx'
import { PlaceDialog, PlacementBadge } from './placement.tsx'
import { StructureTabs } from './structure-tabs.tsx'
import { type Placeable, placeableRoutes, placesOf, useKind } from './wire.ts'

const filters = { placement: 'one', withdrawn: 'flag' } as const
const idOf = (one: Placeable) => one.id
const none = <span className="pl-muted">–</span>

const columnsOf = (t: Text): RecordColumn<Placeable>[] => [
  {
    key: 'ref',
    header: t('fields.ref'),
    width: 70,
    sort: 'ref',
    cell: (one) => <span className="pl-ref">{one.ref}</span>,
  },
  { key: 'name', header: t('fields.name'), sort: 'name', primary: true, cell: (one) => one.name },
  {
    key: 'owner',
    header: t('fields.owner'),
    width: 170,
    sort: 'owner',
    onCard: true,
    group: ({ owner }) => groupByPerson(owner),
    cell: (one) => one.owner?.name ?? none,
  },
  {
    key: 'placement',
    header: t('fields.placement'),
    width: 200,
    sort: 'placement',
    onCard: true,
    group: ({ placement }) => groupByChoice(placement, placements, t(`placements.${placement}`)),
    cell: (one) => <PlacementBadge placement={one.placement} plain />,
  },
  { key: 'reason', header: t('fields.placementReason'), width: 250, cell: (one) => one.placementReason || none },
]

/** Units, sites, services or products, each inside or outside the scope. */
export function StructurePage() {
  const kind = useKind()
  return <StructureList key={kind} kind={kind} />
}

function StructureList({ kind }: { kind: ReturnType<typeof useKind> }) {
  const t = useText('organization')
  const path = useOrgPath()
  const list = useListState(filters)
  const pages = useApiPages(placeableRoutes[kind].list, { query: list.query })
  const [adding, setAdding] = useState(false)
  const [placing, setPlacing] = useState<Placeable | null>(null)
  const edits = usePlaceableEdits(kind)
  const add = (
    <Action icon={<IconPlus size={15} />} can={pages.can?.create} onClick={() => setAdding(true)}>
      {t(`kinds.${kind}.add`)}
    </Action>
  )
  const placeButton = (one: Placeable) => (
    <Action
      size="compact-xs"
      variant={one.placement === 'undecided' ? 'light' : 'default'}
      can={one.can.place}
      onClick={() => setPlacing(one)}
    >
      {t('place')}
    </Action>
  )
  return (
    <Page title={t('nav.organization')} lead={t('structureLead')} actions={add}>
      <StructureTabs here={placesOf(kind)} />
      <RecordTable
        name={`organization.${kind}`}
        label={t(`kinds.${kind}.many`)}
        columns={[...columnsOf(t), { key: 'place', header: t('place'), width: 116, acts: true, cell: placeButton }]}
        {...pages.table}
        rowId={idOf}
        nameOf={(one) => one.ref}
        edits={edits}
        href={(one) => path(`${placesOf(kind)}/${one.ref}`)}
        list={list}
        exports={<RegisterExport contract={organization.exportStructure} query={list.query} />}
        filters={
          <>
            <FilterMenu
              label={t('fields.placement')}
              options={placements.map((value) => ({ value, label: t(`placements.${value}`) }))}
              value={list.filters.placement === null ? [] : [list.filters.placement]}
              onChange={(value) => list.setFilter('placement', value.at(-1) ?? null)}
            />
            <FlagFilter
              label={t('withdrawn')}
              on={list.filters.withdrawn}
              onChange={(on) => list.setFilter('withdrawn', on)}
            />
          </>
        }
        empty={
          <EmptyState
            icon={<IconBuildingCommunity size={28} stroke={1.5} />}
            title={t(`kinds.${kind}.empty`)}
            clause="4.3"
            actions={add}
          >
            {t(`kinds.${kind}.text`)}
          </EmptyState>
        }
      />
      {adding ? <PlaceableDialog kind={kind} record={null} onClose={() => setAdding(false)} /> : null}
      {placing === null ? null : <PlaceDialog kind={kind} record={placing} onClose={() => setPlacing(null)} />}
    </Page>
  )
}
