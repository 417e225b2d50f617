import { Checkbox } from '@mantine/core'
import { IconPaperclip, IconPlus, IconUpload } from '@tabler/icons-react'
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
import { useApiPages } from '#web/api.ts'
import { RegisterExport } from '#web/register-export.tsx'
import { useOrgPath } from '#web/scope.ts'
import { evidence } from '../contract.ts'
import { artefactKinds } from '../domain/artefact.ts'
import { freshnesses } from '../domain/freshness.ts'
import { useArtefactEdits } from './artefact-edits.ts'
import { type ArtefactItem, WorthBadge } from './worth.tsx'

const filters = { kind: 'one', freshness: 'one', unattached: 'flag', withdrawn: 'flag' } as const

const idOf = (one: ArtefactItem) => one.id

/** The register of evidence. */
export function EvidenceListPage() {
  const t = useText('evidence')
  const format = useFormat()
  const path = useOrgPath()
  const navigate = useNavigate()
  const list = useListState(filters)
  const pages = useApiPages(evidence.list, { query: list.query })
  const open = (to: string) => void navigate({ to: path(to) })
  const edits = useArtefactEdits()
  const mayCreate = pages.can?.create ?? false
  const kindLabel = (kind: ArtefactItem['kind']): string => t(`kinds.${kind}`)
  const speaksOf = (one: ArtefactItem): string | null => one.periodTo ?? one.effectiveOn
  const worth = (one: ArtefactItem) => <WorthBadge artefact={one} plain />
  const day = (value: string | null) => (value === null ? '–' : format.shortDate(value))
  const columns: RecordColumn<ArtefactItem>[] = [
    { key: 'ref', header: t('fields.ref'), cell: (one) => one.ref, sort: 'ref', width: 64 },
    { key: 'title', header: t('fields.title'), cell: (one) => one.title, sort: 'title', primary: true },
    {
      key: 'kind',
      header: t('fields.kind'),
      cell: (one) => kindLabel(one.kind),
      sort: 'kind',
      width: 102,
      group: ({ kind }) => groupByChoice(kind, artefactKinds, kindLabel(kind)),
    },
    {
      key: 'worth',
      header: t('fields.worth'),
      cell: worth,
      width: 156,
      onCard: true,
      group: (one) => groupByChoice(one.freshness, freshnesses, t(`freshness.${one.freshness}`)),
    },
    {
      key: 'controls',
      header: t('fields.controls'),
      cell: (one) => (one.controls.length === 0 ? '–' : one.controls.join(', ')),
      width: 104,
      onCard: true,
    },
    {
      key: 'effectiveOn',
      header: t('fields.speaksOf'),
      cell: (one) => day(speaksOf(one)),
      sort: 'effectiveOn',
      width: 112,
    },
    {
      key: 'validUntil',
      header: t('fields.validUntil'),
      cell: (one) => day(one.validUntil),
      sort: 'validUntil',
      width: 112,
      group: (one) => groupByMonth(one.validUntil, format),
      onCard: true,
    },
    {
      key: 'owner',
      header: t('fields.ownerId'),
      cell: (one) => one.owner?.name ?? '–',
      sort: 'owner',
      width: 116,
      group: ({ owner }) => groupByPerson(owner),
    },
    {
      key: 'source',
      header: t('fields.source'),
      cell: (one) => one.source || '–',
      width: 150,
      hidden: true,
      group: ({ source }) => groupByText(source),
    },
    {
      key: 'collectedAt',
      header: t('fields.collectedAt'),
      cell: (one) => day(one.collectedAt),
      sort: 'collectedAt',
      width: 124,
      hidden: true,
    },
    {
      key: 'bytes',
      header: t('fields.size'),
      cell: (one) => (one.file === null ? '–' : format.bytes(one.file.bytes)),
      sort: 'bytes',
      width: 96,
      align: 'end',
      hidden: true,
    },
  ]
  const buttons = (
    <>
      <Action icon={<IconPlus size={15} />} variant="default" can={mayCreate} onClick={() => open('/evidence/new')}>
        {t('add.button')}
      </Action>
      <Action icon={<IconUpload size={15} />} can={mayCreate} onClick={() => open('/evidence/upload')}>
        {t('upload.button')}
      </Action>
    </>
  )
  return (
    <Page title={t('list.title')} clause="7.5" lead={t('list.lead')} actions={buttons}>
      <RecordTable
        name="evidence"
        label={t('list.title')}
        columns={columns}
        {...pages.table}
        rowId={idOf}
        nameOf={(one) => one.ref}
        edits={edits}
        href={(one) => path(`/evidence/${one.ref}`)}
        list={list}
        exports={<RegisterExport contract={evidence.export} query={list.query} />}
        filters={
          <>
            <FilterMenu
              label={t('fields.kind')}
              options={artefactKinds.map((kind) => ({ value: kind, label: kindLabel(kind) }))}
              value={list.filters.kind === null ? [] : [list.filters.kind]}
              onChange={(value) => list.setFilter('kind', value.at(-1) ?? null)}
            />
            <FilterMenu
              label={t('fields.freshness')}
              options={freshnesses.map((one) => ({ value: one, label: t(`freshness.${one}`) }))}
              value={list.filters.freshness === null ? [] : [list.filters.freshness]}
              onChange={(value) => list.setFilter('freshness', value.at(-1) ?? null)}
            />
            <Checkbox
              label={t('list.unattached')}
              checked={list.filters.unattached}
              onChange={(event) => list.setFilter('unattached', event.currentTarget.checked)}
            />
            <Checkbox
              label={t('list.withdrawn')}
              checked={list.filters.withdrawn}
              onChange={(event) => list.setFilter('withdrawn', event.currentTarget.checked)}
            />
          </>
        }
        empty={
          <EmptyState
            icon={<IconPaperclip size={28} stroke={1.4} />}
            title={t('list.empty')}
            clause="7.5"
            actions={buttons}
          >
            {t('list.emptyText')}
          </EmptyState>
        }
      />
    </Page>
  )
}
