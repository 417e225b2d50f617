import { Checkbox, Group, Modal, Tabs, Text } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { useState } from 'react'
import { identity } from '#platform/identity/contract.ts'
import { Action } from '#ui/action.tsx'
import { Band } from '#ui/band.tsx'
import { ErrorBand } from '#ui/error-band.tsx'
import { useFormat } from '#ui/format.ts'
import { notify } from '#ui/notify.ts'
import { Page } from '#ui/page.tsx'
import { type RecordColumn, RecordTable } from '#ui/record-table.tsx'
import { groupByText } from '#ui/row-groups.ts'
import { useText } from '#ui/text.ts'
import { useListState } from '#ui/use-list-state.ts'
import { useApi, useCallApi } from '../api.ts'
import { useOrgPath } from '../scope.ts'
import { useMe } from '../session.ts'
import { InviteForm } from './invite-form.tsx'
import { MemberEditor } from './member-editor.tsx'
import { type Member, MemberState } from './member-state.tsx'
import { TokenList } from './token-list.tsx'

const filters = {} as const

/** Members and API tokens of an organization. */
export function MembersPage() {
  const t = useText('web')
  const tokens = useMe()?.actions.includes('token.edit') ?? false
  if (!tokens) {
    return (
      <Page title={t('members.people')} lead={t('members.leadOnly')}>
        <MemberList />
      </Page>
    )
  }
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

/** The way into the directory for an administrator who is linked to nobody there. */
function EnterSelf() {
  const t = useText('web')
  const enter = useCallApi(identity.enterSelf, { onDone: () => notify(t('members.entered')) })
  return (
    <div style={{ display: 'grid', gap: 8, marginBottom: 12 }}>
      <Band tone="warn">
        <Group justify="space-between">
          <Text size="sm" maw="60ch">
            {t('members.enterSelfText')}
          </Text>
          <Action variant="default" can loading={enter.isPending} onClick={() => enter.mutate({})}>
            {t('members.enterSelf')}
          </Action>
        </Group>
      </Band>
      {enter.error === null ? null : <ErrorBand error={enter.error} />}
    </div>
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
  // Who may change members and yet invites nobody is in the demo.
  const noLinks = data.can.edit && !data.can.invite ? t('members.demo') : undefined
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
    // Whoever may change nobody sees no column of buttons that do nothing.
    ...(data.can.edit ? [{ key: 'edit', header: t('members.actions'), width: 110, cell: editButton }] : []),
  ]
  return (
    <>
      {data.can.edit ? null : (
        <Text size="sm" c="dimmed" mb="sm">
          {t('members.readOnly')}
        </Text>
      )}
      {data.can.enterSelf ? <EnterSelf /> : null}
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
          data.can.edit ? (
            <Action
              can={data.can.invite}
              reason={noLinks}
              icon={<IconPlus size={15} />}
              onClick={() => setInviting(true)}
            >
              {t('members.invite')}
            </Action>
          ) : null
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
        {editing === null ? null : <MemberEditor member={editing} noLinks={noLinks} onClose={() => setEditing(null)} />}
      </Modal>
    </>
  )
}
