import { Modal, Select, TextInput } from '@mantine/core'
import { IconPlus, IconUsersGroup } from '@tabler/icons-react'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { Action } from '#ui/action.tsx'
import { ConfirmDialog } from '#ui/confirm-dialog.tsx'
import { EmptyState } from '#ui/empty-state.tsx'
import { FormFrame } from '#ui/form-frame.tsx'
import { useFormat } from '#ui/format.ts'
import { PathLink } from '#ui/link.tsx'
import { notify } from '#ui/notify.ts'
import { FactList, Page, Section } from '#ui/page.tsx'
import { usePageParams } from '#ui/page-params.ts'
import { type RecordColumn, RecordTable } from '#ui/record-table.tsx'
import { useText } from '#ui/text.ts'
import { useListState } from '#ui/use-list-state.ts'
import { useRecordForm } from '#ui/use-record-form.ts'
import { useApi, useApiPages, useCallApi } from '#web/api.ts'
import { namesIn, PersonField } from '#web/person-field.tsx'
import { RecordHistory } from '#web/record-history.tsx'
import { useOrgPath } from '#web/scope.ts'
import { people } from '../contract.ts'
import { personColumns } from './person-columns.tsx'
import type { Team } from './wire.ts'

const noFilters = {} as const
const none = <span className="pl-muted">–</span>

const teamColumns = (t: ReturnType<typeof useText>): RecordColumn<Team>[] => [
  { key: 'name', header: t('fields.name'), sort: 'name', primary: true, cell: (one) => one.name },
  {
    key: 'parent',
    header: t('teams.parent'),
    width: 240,
    sort: 'parent',
    onCard: true,
    cell: (one) => one.parent?.name ?? none,
  },
  {
    key: 'lead',
    header: t('teams.lead'),
    width: 220,
    sort: 'lead',
    onCard: true,
    cell: (one) =>
      one.lead === null ? (
        none
      ) : (
        <span style={one.lead.active ? undefined : { color: 'var(--pl-bad)' }}>
          {one.lead.active ? one.lead.name : t('teams.leadLeft', { name: one.lead.name })}
        </span>
      ),
  },
  { key: 'members', header: t('teams.members'), width: 110, align: 'end', onCard: true, cell: (one) => one.members },
]

/** The teams of the directory. */
export function TeamsPage() {
  const t = useText('people')
  const path = useOrgPath()
  const list = useListState(noFilters)
  const pages = useApiPages(people.teams, { query: list.query })
  const [adding, setAdding] = useState(false)
  const add = (
    <Action icon={<IconPlus size={15} />} can={pages.can?.create} onClick={() => setAdding(true)}>
      {t('teams.add')}
    </Action>
  )
  return (
    <Page title={t('teams.title')} lead={t('teams.text')} actions={add}>
      <RecordTable
        name="teams"
        label={t('teams.title')}
        columns={teamColumns(t)}
        {...pages.table}
        rowId={(one) => one.id}
        href={(one) => path(`/teams/${one.id}`)}
        list={list}
        empty={
          <EmptyState icon={<IconUsersGroup size={28} stroke={1.5} />} title={t('teams.empty')} actions={add}>
            {t('teams.emptyText')}
          </EmptyState>
        }
      />
      <Modal
        opened={adding}
        onClose={() => setAdding(false)}
        title={t('teams.add')}
        closeButtonProps={{ 'aria-label': t('ui:close') }}
      >
        {adding ? <TeamForm team={null} onClose={() => setAdding(false)} /> : null}
      </Modal>
    </Page>
  )
}

/** One team with the people in it. */
export function TeamPage() {
  const t = useText('people')
  const format = useFormat()
  const path = useOrgPath()
  const navigate = useNavigate()
  const { teamId } = usePageParams() as { teamId: string }
  const { data: team } = useApi(people.team, { params: { teamId } })
  const list = useListState(noFilters)
  const members = useApiPages(people.list, { query: { ...list.query, teamId: team.id } })
  const [dialog, setDialog] = useState<'edit' | 'withdraw' | null>(null)
  const withdraw = useCallApi(people.withdrawTeam, { invalidates: ['person.'] })
  return (
    <Page
      title={team.name}
      lead={team.withdrawnAt === null ? undefined : t('teams.withdrawn')}
      actions={
        <>
          <Action
            variant="default"
            can={team.can.withdraw && team.members === 0}
            reason={team.members > 0 ? t('teams.inUse', { count: team.members }) : undefined}
            onClick={() => setDialog('withdraw')}
          >
            {t('teams.withdraw')}
          </Action>
          <Action can={team.can.edit} onClick={() => setDialog('edit')}>
            {t('edit')}
          </Action>
        </>
      }
    >
      <div style={{ display: 'grid', gap: 16 }}>
        <Section title={t('sections.team')}>
          <FactList
            facts={[
              {
                label: t('teams.lead'),
                value:
                  team.lead === null ? (
                    none
                  ) : (
                    <PathLink to={path(`/people/${team.lead.id}`)}>{team.lead.name}</PathLink>
                  ),
              },
              {
                label: t('teams.parent'),
                value:
                  team.parent === null ? (
                    none
                  ) : (
                    <PathLink to={path(`/teams/${team.parent.id}`)}>{team.parent.name}</PathLink>
                  ),
              },
            ]}
          />
        </Section>
        <RecordTable
          name="team.people"
          label={t('nav.people')}
          columns={personColumns(t, format).filter(({ key }) => key !== 'team')}
          {...members.table}
          rowId={(one) => one.id}
          href={(one) => path(`/people/${one.ref}`)}
          list={list}
          empty={<EmptyState title={t('teams.nobody')}>{t('teams.nobodyText')}</EmptyState>}
        />
        <Section title={t('ui:record.history')}>
          <RecordHistory type="team" id={team.id} />
        </Section>
      </div>
      <Modal
        opened={dialog === 'edit'}
        onClose={() => setDialog(null)}
        title={team.name}
        closeButtonProps={{ 'aria-label': t('ui:close') }}
      >
        {dialog === 'edit' ? <TeamForm team={team} onClose={() => setDialog(null)} /> : null}
      </Modal>
      <ConfirmDialog
        opened={dialog === 'withdraw'}
        onClose={() => setDialog(null)}
        title={t('teams.withdrawTitle', { name: team.name })}
        confirmLabel={t('teams.withdraw')}
        danger
        reason="required"
        onConfirm={async (reason) => {
          await withdraw.mutateAsync({ params: { teamId: team.id }, body: { reason } })
          await navigate({ to: path('/teams') })
        }}
      />
    </Page>
  )
}

function TeamForm({ team, onClose }: { team: Team | null; onClose: () => void }) {
  const t = useText('people')
  const teams = useApi(people.teams, { query: { sort: 'name' } }).data.items
  const add = useCallApi(people.addTeam)
  const change = useCallApi(people.changeTeam, { invalidates: ['person.'] })
  const form = useRecordForm({
    schema: people.addTeam.body,
    initial: { name: team?.name ?? '', parentId: team?.parent?.id ?? null, leadId: team?.lead?.id ?? null },
    version: team?.version ?? 0,
    submit: (body, version) =>
      team === null
        ? add.mutateAsync({ body })
        : change.mutateAsync({
            params: { teamId: team.id },
            // A field that is emptied must be sent: it is null, not left out.
            body: { name: body.name, parentId: body.parentId ?? null, leadId: body.leadId ?? null },
            ifMatch: version ?? team.version,
          }),
    onDone: () => {
      notify(t('saved'))
      onClose()
    },
  })
  return (
    <FormFrame form={form} submitLabel={team === null ? t('teams.add') : t('save')} onCancel={onClose}>
      <TextInput data-autofocus {...form.text('name', { label: t('fields.name') })} />
      <PersonField
        known={[team?.lead ?? null]}
        {...form.choice('leadId', { label: t('teams.lead'), optional: true, words: namesIn(team?.lead) })}
      />
      <Select
        {...form.choice('parentId', { label: t('teams.parent'), optional: true, words: namesIn(...teams) })}
        clearable
        searchable
        data={teams.filter((one) => one.id !== team?.id).map((one) => ({ value: one.id, label: one.name }))}
      />
    </FormFrame>
  )
}
