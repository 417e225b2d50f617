import { Button } from '@mantine/core'
import { IconDice3, IconPlus, IconStack2 } from '@tabler/icons-react'
import { useNavigate } from '@tanstack/react-router'
import { useMemo } from 'react'
import { Action } from '#ui/action.tsx'
import { EmptyState } from '#ui/empty-state.tsx'
import { FilterMenu } from '#ui/filter-menu.tsx'
import { FlagFilter } from '#ui/flag-filter.tsx'
import { useFormat } from '#ui/format.ts'
import { ImportAction } from '#ui/import-action.tsx'
import { Page } from '#ui/page.tsx'
import { RecordTable } from '#ui/record-table.tsx'
import { useText } from '#ui/text.ts'
import { useListState } from '#ui/use-list-state.ts'
import { useApiLater, useApiPages } from '#web/api.ts'
import { PersonFilter } from '#web/person-filter.tsx'
import { RegisterExport } from '#web/register-export.tsx'
import { useOrgPath } from '#web/scope.ts'
import { assets } from '../contract.ts'
import { assetGapKinds, assetKinds, lifeCycles } from '../domain/asset.ts'
import { assetColumns } from './asset-columns.tsx'
import { useAssetEdits } from './asset-edits.ts'
import type { AssetItem, Level } from './wire.ts'

const filters = {
  kind: 'many',
  ownerId: 'many',
  classificationId: 'many',
  lifeCycle: 'many',
  gap: 'many',
  withdrawn: 'flag',
} as const

const idOf = (one: AssetItem) => one.id
const noLevels: readonly Level[] = []

/** The inventory of assets (A.5.9). */
export function InventoryPage() {
  const t = useText('assets')
  const format = useFormat()
  const path = useOrgPath()
  const navigate = useNavigate()
  const list = useListState(filters)
  const pages = useApiPages(assets.list, { query: list.query })
  const scheme = useApiLater(assets.scheme, {})
  const gapCounts = useApiLater(assets.list, { query: { limit: 1 } }).data?.gapCounts
  const go = (to: string) => void navigate({ to: path(to) })
  const columns = useMemo(() => assetColumns(t, format), [t, format])
  const edits = useAssetEdits(scheme.data?.items ?? noLevels)
  const importing = (
    <ImportAction can={pages.can?.import} onClick={() => go('/import/assets')}>
      {t('import')}
    </ImportAction>
  )
  const adding = (
    <Action icon={<IconPlus size={15} />} can={pages.can?.create} onClick={() => go('/assets/new')}>
      {t('add')}
    </Action>
  )
  return (
    <Page
      title={t('nav.inventory')}
      clause="A.5.9"
      lead={t('lead')}
      actions={
        <>
          <Button
            variant="default"
            leftSection={<IconDice3 size={15} stroke={1.6} />}
            onClick={() => go('/assets/sample')}
          >
            {t('sample.open')}
          </Button>
          {importing}
          {adding}
        </>
      }
    >
      <RecordTable
        name="assets"
        label={t('nav.inventory')}
        columns={columns}
        {...pages.table}
        rowId={idOf}
        nameOf={(one) => one.ref}
        edits={edits}
        href={(one) => path(`/assets/${one.ref}`)}
        onEdit={(one) => one.can.edit && go(`/assets/${one.ref}/edit`)}
        list={list}
        exports={<RegisterExport contract={assets.export} query={list.query} />}
        filters={
          <>
            <FilterMenu
              label={t('fields.kind')}
              options={assetKinds.map((value) => ({ value, label: t(`kinds.${value}`) }))}
              value={list.filters.kind}
              onChange={(value) => list.setFilter('kind', value)}
            />
            <PersonFilter
              label={t('fields.owner')}
              value={list.filters.ownerId}
              onChange={(value) => list.setFilter('ownerId', value)}
            />
            <FilterMenu
              label={t('fields.classification')}
              options={(scheme.data?.items ?? []).map((one) => ({ value: one.id, label: one.name, count: one.assets }))}
              value={list.filters.classificationId}
              onChange={(value) => list.setFilter('classificationId', value)}
            />
            <FilterMenu
              label={t('fields.lifeCycle')}
              options={lifeCycles.map((value) => ({ value, label: t(`lifeCycles.${value}`) }))}
              value={list.filters.lifeCycle}
              onChange={(value) => list.setFilter('lifeCycle', value)}
            />
            <FilterMenu
              label={t('fields.gaps')}
              options={assetGapKinds.map((value) => ({
                value,
                label: t(`gaps.${value}`),
                ...(gapCounts === undefined ? {} : { count: gapCounts[value] }),
              }))}
              value={list.filters.gap}
              onChange={(value) => list.setFilter('gap', value)}
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
            icon={<IconStack2 size={28} stroke={1.5} />}
            title={t('empty.title')}
            clause="A.5.9"
            actions={
              <>
                {adding}
                {importing}
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
