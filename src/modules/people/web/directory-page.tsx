import { Button } from '@mantine/core'
import { IconPlus, IconUsers, IconUsersGroup } from '@tabler/icons-react'
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
import { RegisterExport } from '#web/register-export.tsx'
import { useOrgPath } from '#web/scope.ts'
import { people } from '../contract.ts'
import { personKinds, personStatuses } from '../domain/person.ts'
import { personColumns } from './person-columns.tsx'
import { usePersonEdits } from './person-edits.ts'
import type { Person, Team } from './wire.ts'

const filters = { status: 'many', kind: 'many', teamId: 'many', withdrawn: 'flag' } as const

const idOf = (one: Person) => one.id
const noTeams: readonly Team[] = []

/** The directory of people: joiners, movers, leavers, contractors. */
export function DirectoryPage() {
  const t = useText('people')
  const format = useFormat()
  const path = useOrgPath()
  const navigate = useNavigate()
  const list = useListState(filters)
  const pages = useApiPages(people.list, { query: list.query })
  const teams = useApiLater(people.teams, { query: { sort: 'name' } }).data?.items ?? noTeams
  const columns = useMemo(() => personColumns(t, format), [t, format])
  const edits = usePersonEdits(teams)
  const go = (to: string) => void navigate({ to: path(to) })
  const importing = (
    <ImportAction can={pages.can?.import} onClick={() => go('/import/people')}>
      {t('import')}
    </ImportAction>
  )
  const adding = (
    <Action icon={<IconPlus size={15} />} can={pages.can?.create} onClick={() => go('/people/new')}>
      {t('add')}
    </Action>
  )
  return (
    <Page
      title={t('nav.people')}
      clause="7.1"
      lead={t('lead')}
      actions={
        <>
          <Button
            variant="default"
            leftSection={<IconUsersGroup size={15} stroke={1.6} />}
            onClick={() => go('/teams')}
          >
            {t('teams.title')}
          </Button>
          {importing}
          {adding}
        </>
      }
    >
      <RecordTable
        name="people"
        label={t('nav.people')}
        columns={columns}
        {...pages.table}
        rowId={idOf}
        nameOf={(one) => one.ref}
        edits={edits}
        href={(one) => path(`/people/${one.ref}`)}
        onEdit={(one) => one.can.edit && go(`/people/${one.ref}/edit`)}
        list={list}
        exports={<RegisterExport contract={people.export} query={list.query} />}
        filters={
          <>
            <FilterMenu
              label={t('fields.status')}
              options={personStatuses.map((value) => ({ value, label: t(`statuses.${value}`) }))}
              value={list.filters.status}
              onChange={(value) => list.setFilter('status', value)}
            />
            <FilterMenu
              label={t('fields.kind')}
              options={personKinds.map((value) => ({ value, label: t(`kinds.${value}`) }))}
              value={list.filters.kind}
              onChange={(value) => list.setFilter('kind', value)}
            />
            {teams.length === 0 ? null : (
              <FilterMenu
                label={t('fields.team')}
                options={teams.map((one) => ({ value: one.id, label: one.name, count: one.members }))}
                value={list.filters.teamId}
                onChange={(value) => list.setFilter('teamId', value)}
              />
            )}
            <FlagFilter
              label={t('withdrawn')}
              on={list.filters.withdrawn}
              onChange={(on) => list.setFilter('withdrawn', on)}
            />
          </>
        }
        empty={
          <EmptyState
            icon={<IconUsers size={28} stroke={1.5} />}
            title={t('empty.title')}
            clause="7.1"
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
