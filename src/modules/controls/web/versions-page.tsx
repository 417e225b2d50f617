import { useNavigate } from '@tanstack/react-router'
import { Action } from '#ui/action.tsx'
import { EmptyState } from '#ui/empty-state.tsx'
import { useFormat } from '#ui/format.ts'
import { Page } from '#ui/page.tsx'
import { type RecordColumn, RecordTable } from '#ui/record-table.tsx'
import { useText } from '#ui/text.ts'
import { useListState } from '#ui/use-list-state.ts'
import { useApi } from '#web/api.ts'
import { useOrgPath } from '#web/scope.ts'
import { controls } from '../contract.ts'
import { VersionState } from './version-state.tsx'
import type { VersionItem } from './wire.ts'

const filters = {} as const

/** Versions of the statement, newest first. */
export function VersionsPage() {
  const t = useText('controls')
  const format = useFormat()
  const path = useOrgPath()
  const navigate = useNavigate()
  const list = useListState(filters)
  const { data } = useApi(controls.statements, {})
  const state = (one: VersionItem) => <VersionState status={one.status} />
  const columns: RecordColumn<VersionItem>[] = [
    {
      key: 'number',
      header: t('versions.version'),
      width: 120,
      cell: (one) => t('issued.version', { number: one.number }),
      value: (one) => one.number,
      primary: true,
    },
    { key: 'status', header: t('versions.state'), width: 150, cell: state, value: (one) => one.status, onCard: true },
    {
      key: 'approved',
      header: t('versions.issued'),
      width: 250,
      cell: (one) =>
        one.approvedAt === null
          ? '–'
          : [format.date(one.approvedAt), one.approvedBy].filter((part) => part !== null).join(' · '),
      value: (one) => one.approvedAt,
      onCard: true,
    },
    {
      key: 'prepared',
      header: t('versions.prepared'),
      width: 250,
      cell: (one) => [format.date(one.preparedAt), one.preparedBy].filter((part) => part !== null).join(' · '),
      value: (one) => one.preparedAt,
    },
    { key: 'note', header: t('fields.note'), cell: (one) => (one.note === '' ? '–' : one.note) },
    {
      key: 'hash',
      header: t('fields.hash'),
      width: 130,
      cell: (one) => one.hash.slice(0, 12),
    },
  ]
  return (
    <Page title={t('versions.page')} clause="6.1.3 d" lead={t('versions.lead')}>
      {data.items.length === 0 ? (
        <EmptyState
          title={t('versions.empty')}
          clause="6.1.3 d"
          actions={<Action onClick={() => void navigate({ to: path('/soa') })}>{t('versions.work')}</Action>}
        >
          {t('versions.emptyText')}
        </EmptyState>
      ) : (
        <RecordTable
          name="soa-versions"
          label={t('versions.page')}
          columns={columns}
          rows={data.items}
          rowId={(one) => one.id}
          href={(one) => path(`/soa/versions/${one.id}`)}
          list={list}
          sorting="client"
          total={data.items.length}
          searchable={false}
        />
      )}
    </Page>
  )
}
