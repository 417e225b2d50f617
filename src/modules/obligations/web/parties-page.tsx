import { Modal, Select, Textarea, TextInput } from '@mantine/core'
import { IconPlus, IconUsersGroup } from '@tabler/icons-react'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { useState } from 'react'
import type { z } from 'zod'
import { Action } from '#ui/action.tsx'
import { ConfirmDialog } from '#ui/confirm-dialog.tsx'
import { EmptyState } from '#ui/empty-state.tsx'
import { FormFrame } from '#ui/form-frame.tsx'
import { PathLink } from '#ui/link.tsx'
import { notify } from '#ui/notify.ts'
import { Page, Section } from '#ui/page.tsx'
import { type RecordColumn, RecordTable } from '#ui/record-table.tsx'
import { groupByChoice } from '#ui/row-groups.ts'
import { useText } from '#ui/text.ts'
import { useListState } from '#ui/use-list-state.ts'
import { type RecordForm, useRecordForm } from '#ui/use-record-form.ts'
import { useApi, useCallApi } from '#web/api.ts'
import { RecordHistory } from '#web/record-history.tsx'
import { RegisterExport } from '#web/register-export.tsx'
import { useOrgPath } from '#web/scope.ts'
import { obligations } from '../contract.ts'
import { partyKinds } from '../domain/obligation.ts'
import type { Party } from './wire.ts'

const filters = {} as const
type Values = z.input<typeof obligations.changeParty.body>

/** Interested parties and what they want of information security (4.2 a). */
export function PartiesPage() {
  const t = useText('obligations')
  const path = useOrgPath()
  const navigate = useNavigate()
  const list = useListState(filters)
  const { data } = useApi(obligations.parties, {})
  const search = useSearch({ strict: false }) as { add?: string }
  const [chosen, setEditing] = useState<Party | null>(null)
  const [withdrawing, setWithdrawing] = useState<Party | null>(null)
  const withdraw = useCallApi(obligations.withdrawParty, { invalidates: ['obligation.'] })
  const adding = search.add === 'true'
  const setAdding = (on: boolean) =>
    void navigate({
      to: '.',
      search: (old: Record<string, unknown>) => ({ ...old, add: on ? 'true' : undefined }),
      replace: true,
    } as Parameters<typeof navigate>[0])
  const words = list.q.toLowerCase()
  // As the list has it now: a dialog over it follows what others save.
  const editing = data.items.find((one) => one.id === chosen?.id) ?? null
  const rows = data.items.filter((one) => `${one.ref} ${one.name} ${one.interest}`.toLowerCase().includes(words))
  const demands = (one: Party) =>
    one.obligations === 0 ? (
      <PathLink to={path(`/obligations/new?party=${one.id}`)}>{t('parties.addRequirement')}</PathLink>
    ) : (
      <PathLink to={path(`/obligations?partyId=${one.id}`)}>
        {t('parties.requirements', { count: one.obligations })}
      </PathLink>
    )
  const buttons = (one: Party) => (
    <span style={{ display: 'inline-flex', gap: 6 }}>
      <Action size="compact-xs" variant="default" can={one.can.edit} onClick={() => setEditing(one)}>
        {t('edit')}
      </Action>
      <Action size="compact-xs" variant="default" can={one.can.edit} onClick={() => setWithdrawing(one)}>
        {t('withdraw')}
      </Action>
    </span>
  )
  const columns: RecordColumn<Party>[] = [
    { key: 'ref', header: t('fields.ref'), width: 80, cell: (one) => one.ref, value: (one) => one.ref },
    {
      key: 'name',
      header: t('fields.name'),
      width: 230,
      cell: (one) => one.name,
      value: (one) => one.name,
      primary: true,
    },
    {
      key: 'kind',
      header: t('fields.kind'),
      width: 110,
      cell: (one) => t(`partyKinds.${one.kind}`),
      value: (one) => one.kind,
      group: ({ kind }) => groupByChoice(kind, partyKinds, t(`partyKinds.${kind}`)),
      onCard: true,
    },
    {
      key: 'interest',
      header: t('fields.interest'),
      cell: (one) => (one.interest === '' ? '–' : one.interest),
      onCard: true,
    },
    {
      key: 'obligations',
      header: t('parties.column'),
      width: 160,
      cell: demands,
      value: (one) => one.obligations,
    },
    { key: 'actions', header: t('parties.actions'), width: 190, acts: true, cell: buttons },
  ]
  const create = (
    <Action icon={<IconPlus size={15} />} can={data.can.create} onClick={() => setAdding(true)}>
      {t('parties.add')}
    </Action>
  )
  return (
    <Page title={t('nav.parties')} clause="4.2" lead={t('parties.lead')} actions={create}>
      <RecordTable
        name="parties"
        label={t('nav.parties')}
        columns={columns}
        rows={rows}
        rowId={(one) => one.id}
        nameOf={(one) => one.ref}
        href={(one) => path(`/obligations?partyId=${one.id}`)}
        onEdit={setEditing}
        list={list}
        exports={<RegisterExport contract={obligations.exportParties} query={list.query} />}
        sorting="client"
        total={rows.length}
        wrap
        empty={
          <EmptyState
            icon={<IconUsersGroup size={28} stroke={1.4} />}
            title={t('parties.empty')}
            clause="4.2"
            actions={create}
          >
            {t('parties.emptyText')}
          </EmptyState>
        }
      />
      <Modal
        opened={adding}
        onClose={() => setAdding(false)}
        title={t('parties.add')}
        closeButtonProps={{ 'aria-label': t('close') }}
      >
        {adding ? <AddForm onClose={() => setAdding(false)} /> : null}
      </Modal>
      <Modal
        opened={editing !== null}
        onClose={() => setEditing(null)}
        title={editing === null ? '' : `${editing.ref} ${editing.name}`}
        closeButtonProps={{ 'aria-label': t('close') }}
      >
        {editing === null ? null : (
          <>
            <EditForm key={editing.id} party={editing} onClose={() => setEditing(null)} />
            <Section title={t('ui:record.history')}>
              <RecordHistory type="interested_party" id={editing.id} />
            </Section>
          </>
        )}
      </Modal>
      <ConfirmDialog
        opened={withdrawing !== null}
        onClose={() => setWithdrawing(null)}
        title={t('withdrawTitle', { ref: withdrawing?.name ?? '' })}
        confirmLabel={t('withdraw')}
        danger
        reason="required"
        onConfirm={async (reason) => {
          if (withdrawing === null) return
          await withdraw.mutateAsync({ params: { partyId: withdrawing.id }, body: { reason } })
          notify(t('withdrawn', { ref: withdrawing.name }))
        }}
      >
        {t('parties.withdrawExplain')}
      </ConfirmDialog>
    </Page>
  )
}

function AddForm({ onClose }: { onClose: () => void }) {
  const t = useText('obligations')
  const add = useCallApi(obligations.addParty)
  const form = useRecordForm({
    schema: obligations.addParty.body,
    initial: { name: '', interest: '' },
    draft: 'party.new',
    submit: (body) => add.mutateAsync({ body }),
    onDone: (party) => {
      notify(t('added', { ref: party.name }))
      onClose()
    },
  })
  return (
    <FormFrame form={form} submitLabel={t('parties.add')} onCancel={onClose}>
      <Fields form={form as RecordForm<Values>} />
    </FormFrame>
  )
}

const valuesOf = (party: Party): Values => ({ name: party.name, kind: party.kind, interest: party.interest })

function EditForm({ party, onClose }: { party: Party; onClose: () => void }) {
  const t = useText('obligations')
  const change = useCallApi(obligations.changeParty, { invalidates: ['obligation.'] })
  const form = useRecordForm({
    schema: obligations.changeParty.body,
    initial: valuesOf(party),
    version: party.version,
    draft: `party.${party.id}`,
    submit: (body, version) =>
      change.mutateAsync({ params: { partyId: party.id }, body, ifMatch: version ?? party.version }),
    onDone: onClose,
  })
  return (
    <FormFrame form={form} submitLabel={t('save')} onCancel={onClose}>
      <Fields form={form} />
    </FormFrame>
  )
}

function Fields({ form }: { form: RecordForm<Values> }) {
  const t = useText('obligations')
  return (
    <>
      <TextInput data-autofocus {...form.text('name', { label: t('fields.name'), hint: t('hints.party') })} />
      <Select
        allowDeselect={false}
        data={partyKinds.map((value) => ({ value, label: t(`partyKinds.${value}`) }))}
        {...form.choice('kind', { label: t('fields.kind') })}
      />
      <Textarea
        minRows={3}
        {...form.text('interest', { label: t('fields.interest'), hint: t('hints.interest'), optional: true })}
      />
    </>
  )
}
