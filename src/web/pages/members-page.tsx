import { Button, Checkbox, Group, Modal, Stack, Tabs, Text, TextInput } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { type ComponentProps, useState } from 'react'
import { people } from '#modules/people/contract.ts'
import { needsExpiry } from '#platform/access/roles.ts'
import type { WireResponse } from '#platform/contract/route.ts'
import { identity } from '#platform/identity/contract.ts'
import { Action } from '#ui/action.tsx'
import { ConfirmDialog } from '#ui/confirm-dialog.tsx'
import { DateField } from '#ui/date-field.tsx'
import { ErrorBand } from '#ui/error-band.tsx'
import { FormFrame } from '#ui/form-frame.tsx'
import { useFormat } from '#ui/format.ts'
import { notify } from '#ui/notify.ts'
import { Page, Section } from '#ui/page.tsx'
import { type RecordColumn, RecordTable } from '#ui/record-table.tsx'
import { groupByText } from '#ui/row-groups.ts'
import { StatusBadge } from '#ui/status-badge.tsx'
import { useText } from '#ui/text.ts'
import { useListState } from '#ui/use-list-state.ts'
import { useRecordForm } from '#ui/use-record-form.ts'
import { call, useApi, useCallApi } from '../api.ts'
import { PersonField } from '../person-field.tsx'
import { RecordHistory } from '../record-history.tsx'
import { useOrgPath } from '../scope.ts'
import { RoleSelect } from './role-select.tsx'
import { SecretBox } from './secret-box.tsx'
import { TokenList } from './token-list.tsx'

type Member = WireResponse<typeof identity.members>['items'][number]

const filters = {} as const

/** Members and API tokens of an organization. */
export function MembersPage() {
  const t = useText('web')
  return (
    <Page title={t('members.title')} lead={t('members.lead')}>
      <Tabs defaultValue="members" keepMounted={false}>
        <Tabs.List mb="md">
          <Tabs.Tab value="members">{t('members.people')}</Tabs.Tab>
          <Tabs.Tab value="tokens">{t('tokens.title')}</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="members">
          <MemberList />
        </Tabs.Panel>
        <Tabs.Panel value="tokens">
          <TokenList />
        </Tabs.Panel>
      </Tabs>
    </Page>
  )
}

function MemberList() {
  const t = useText('web')
  const format = useFormat()
  const path = useOrgPath()
  const list = useListState(filters)
  const { data } = useApi(identity.members, {})
  const [inviting, setInviting] = useState(false)
  const navigate = useNavigate()
  // The member being looked at stands in the address, as a record does.
  const { member: openId } = useSearch({ strict: false }) as { member?: string }
  const editing = data.items.find((one) => one.id === openId) ?? null
  const setEditing = (one: Member | null) =>
    void navigate({
      to: '.',
      search: (old: Record<string, unknown>) => ({ ...old, member: one?.id }),
    } as Parameters<typeof navigate>[0])
  const [showEnded, setShowEnded] = useState(false)
  const rows = data.items.filter(
    (one) =>
      (showEnded || one.endedAt === null) && `${one.name} ${one.email}`.toLowerCase().includes(list.q.toLowerCase()),
  )
  const memberState = (one: Member) => <MemberState member={one} />
  const editButton = (one: Member) => (
    <Action size="compact-xs" variant="default" can={one.can.edit} onClick={() => setEditing(one)}>
      {t('members.edit')}
    </Action>
  )
  const columns: RecordColumn<Member>[] = [
    { key: 'name', header: t('members.name'), cell: (one) => one.name, value: (one) => one.name, primary: true },
    { key: 'email', header: t('signIn.email'), cell: (one) => one.email, value: (one) => one.email },
    {
      key: 'roles',
      header: t('members.roles'),
      cell: (one) => format.list(one.roles.map((role) => t(`roles.${role}`))),
      value: (one) => one.roles.join(),
      group: ({ roles }) => groupByText(format.list(roles.map((role) => t(`roles.${role}`)))),
    },
    {
      key: 'state',
      header: t('members.state'),
      width: 210,
      cell: memberState,
    },
    {
      key: 'edit',
      header: t('members.actions'),
      width: 110,
      cell: editButton,
    },
  ]
  return (
    <>
      <RecordTable
        name="members"
        label={t('members.people')}
        columns={columns}
        rows={rows}
        rowId={(one) => one.id}
        nameOf={(one) => one.name}
        href={(one) => path(`/members?member=${one.id}`)}
        onEdit={setEditing}
        list={list}
        sorting="client"
        total={rows.length}
        filters={
          <Checkbox
            label={t('members.showEnded')}
            checked={showEnded}
            onChange={(event) => setShowEnded(event.currentTarget.checked)}
          />
        }
        actions={
          <Action icon={<IconPlus size={15} />} can={data.can.invite} onClick={() => setInviting(true)}>
            {t('members.invite')}
          </Action>
        }
      />
      <Modal
        opened={inviting}
        onClose={() => setInviting(false)}
        title={t('members.invite')}
        closeButtonProps={{ 'aria-label': t('nav.close') }}
      >
        <InviteForm onClose={() => setInviting(false)} />
      </Modal>
      <Modal
        opened={editing !== null}
        onClose={() => setEditing(null)}
        title={editing?.name}
        closeButtonProps={{ 'aria-label': t('nav.close') }}
      >
        {editing === null ? null : <EditMember member={editing} onClose={() => setEditing(null)} />}
      </Modal>
    </>
  )
}

function MemberState({ member }: { member: Member }) {
  const t = useText('web')
  const format = useFormat()
  if (member.endedAt !== null) {
    return (
      <StatusBadge plain tone="quiet" glyph="dash">
        {t('members.ended', { date: format.shortDate(member.endedAt) })}
      </StatusBadge>
    )
  }
  if (member.absent) {
    return (
      <StatusBadge plain tone="warn" glyph="question">
        {t('members.absent')}
      </StatusBadge>
    )
  }
  if (member.pending) {
    return (
      <StatusBadge plain tone="warn" glyph="clock">
        {t('members.pending')}
      </StatusBadge>
    )
  }
  return member.expiresAt === null ? (
    <StatusBadge plain tone="good" glyph="full">
      {t('members.active')}
    </StatusBadge>
  ) : (
    <StatusBadge plain tone="info" glyph="clock">
      {t('members.until', { date: format.shortDate(member.expiresAt) })}
    </StatusBadge>
  )
}

function InviteForm({ onClose }: { onClose: () => void }) {
  const t = useText('web')
  const expiryTexts = useExpiryTexts()
  const format = useFormat()
  const [issued, setIssued] = useState<WireResponse<typeof identity.invite> | null>(null)
  const invite = useCallApi(identity.invite, { onDone: setIssued })
  const form = useRecordForm({
    schema: identity.invite.body,
    initial: { email: '', name: '', roles: ['contributor'] },
    submit: (body) => invite.mutateAsync({ body }),
  })
  const choose = async (id: string | null) => {
    form.set('personId', id)
    if (id === null) return
    const person = await call(people.show, { params: { personId: id } })
    form.set('name', person.name)
    if (person.email !== null) form.set('email', person.email)
  }
  if (issued !== null) {
    return (
      <Stack>
        <Text>
          {issued.mailed
            ? t('members.mailed', { name: issued.member.name })
            : t('members.handOver', { name: issued.member.name })}
        </Text>
        <SecretBox
          label={t('members.link')}
          secret={issued.link}
          note={t('link.until', { time: format.dateTime(issued.expiresAt) })}
        />
        <Group justify="flex-end">
          <Button onClick={onClose}>{t('done')}</Button>
        </Group>
      </Stack>
    )
  }
  return (
    <FormFrame form={form} submitLabel={t('members.invite')} onCancel={onClose}>
      <PersonField
        {...form.choice('personId', { label: t('members.person'), hint: t('members.personHint'), optional: true })}
        onChange={(id) => void choose(id)}
      />
      <TextInput {...form.text('name', { label: t('members.name') })} />
      <TextInput type="email" {...form.text('email', { label: t('signIn.email') })} />
      <RoleSelect {...form.many('roles', { label: t('members.roles'), hint: t('members.rolesHint') })} />
      <ExpiryField {...form.date('expiresAt', expiryTexts(form.values.roles ?? []))} />
    </FormFrame>
  )
}

/** What the field of the last day says: whoever audits from outside cannot go without one. */
function useExpiryTexts(): (roles: readonly string[]) => { label: string; hint: string; optional: boolean } {
  const t = useText('web')
  return (roles) => {
    const needed = needsExpiry(roles)
    return {
      label: t('members.expiry'),
      hint: needed ? t('members.expiryNeeded') : t('members.expiryHint'),
      optional: !needed,
    }
  }
}

/** A day in a field that holds the end of it as an instant. */
function ExpiryField({ value, onChange, ...rest }: ComponentProps<typeof DateField>) {
  return (
    <DateField
      {...rest}
      value={value?.slice(0, 10) ?? null}
      onChange={(day) => onChange(day === null ? null : `${day}T23:59:59.999Z`)}
    />
  )
}

function EditMember({ member, onClose }: { member: Member; onClose: () => void }) {
  const t = useText('web')
  const expiryTexts = useExpiryTexts()
  const format = useFormat()
  const [ending, setEnding] = useState(false)
  const [link, setLink] = useState<WireResponse<typeof identity.resetMember> | null>(null)
  const change = useCallApi(identity.changeMember)
  const end = useCallApi(identity.endMember)
  const reset = useCallApi(identity.resetMember, { onDone: setLink })
  const params = { membershipId: member.id }
  const form = useRecordForm({
    schema: identity.changeMember.body,
    initial: { roles: member.roles, personId: member.personId, expiresAt: member.expiresAt },
    guard: false,
    version: member.version,
    submit: (body, version) => change.mutateAsync({ params, body, ifMatch: version ?? member.version }),
    onDone: () => {
      notify(t('saved'))
      onClose()
    },
  })
  return (
    <Stack>
      <Text size="sm" c="dimmed">
        {member.email}
      </Text>
      <FormFrame form={form} submitLabel={t('save')} can={member.can.edit} onCancel={onClose}>
        <RoleSelect {...form.many('roles', { label: t('members.roles') })} />
        <PersonField
          {...form.choice('personId', { label: t('members.person'), hint: t('members.personHint'), optional: true })}
        />
        <ExpiryField {...form.date('expiresAt', expiryTexts(form.values.roles ?? []))} />
      </FormFrame>
      <Group gap="xs" pt="sm" style={{ borderTop: '1px solid var(--pl-line)' }}>
        <Action
          variant="default"
          can={member.can.reset}
          loading={reset.isPending}
          onClick={() => reset.mutate({ params })}
        >
          {t('members.reset')}
        </Action>
        <Action
          variant="default"
          c="var(--pl-bad)"
          can={member.can.end}
          reason={member.endedAt === null ? t('members.cannotEnd') : t('members.alreadyEnded')}
          onClick={() => setEnding(true)}
        >
          {t('members.end')}
        </Action>
      </Group>
      {reset.error === null ? null : <ErrorBand error={reset.error} />}
      {link === null ? null : (
        <SecretBox
          label={t('members.link')}
          secret={link.link}
          note={t('link.until', { time: format.dateTime(link.expiresAt) })}
        />
      )}
      <Section title={t('ui:record.history')}>
        <RecordHistory type="membership" id={member.id} />
      </Section>
      <ConfirmDialog
        opened={ending}
        onClose={() => setEnding(false)}
        title={t('members.end')}
        confirmLabel={t('members.end')}
        danger
        reason="required"
        onConfirm={async (reason) => {
          await end.mutateAsync({ params, body: { reason } })
          onClose()
        }}
      >
        {t('members.endText', { name: member.name })}
      </ConfirmDialog>
    </Stack>
  )
}
