import { Button, Group, Modal, Stack, Table, Text, TextInput } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { useState } from 'react'
import { addDays, dateAt, systemClock } from '#kernel/time.ts'
import type { WireResponse } from '#platform/contract/route.ts'
import { identity } from '#platform/identity/contract.ts'
import { Action } from '#ui/action.tsx'
import { ConfirmDialog } from '#ui/confirm-dialog.tsx'
import { DateField } from '#ui/date-field.tsx'
import { EmptyState } from '#ui/empty-state.tsx'
import { FormFrame } from '#ui/form-frame.tsx'
import { useFormat } from '#ui/format.ts'
import { PathLink } from '#ui/link.tsx'
import { Section } from '#ui/page.tsx'
import { StatusBadge } from '#ui/status-badge.tsx'
import { useText } from '#ui/text.ts'
import { useRecordForm } from '#ui/use-record-form.ts'
import { useApi, useCallApi } from '../api.ts'
import { RoleSelect } from './role-select.tsx'
import { SecretBox } from './secret-box.tsx'

type Token = WireResponse<typeof identity.tokens>['items'][number]

/** API tokens: create, see until when they work, revoke. */
export function TokenList() {
  const t = useText('web')
  const format = useFormat()
  const { data } = useApi(identity.tokens, {})
  const [creating, setCreating] = useState(false)
  const [revoking, setRevoking] = useState<Token | null>(null)
  const revoke = useCallApi(identity.revokeToken)
  const create = (
    <Action icon={<IconPlus size={15} />} onClick={() => setCreating(true)}>
      {t('tokens.create')}
    </Action>
  )
  const now = systemClock()
  const docs = <PathLink to="/api/docs">{t('tokens.docs')}</PathLink>
  return (
    <>
      {data.items.length === 0 ? (
        <Section title={t('tokens.title')}>
          <EmptyState title={t('tokens.empty')} actions={create}>
            {t('tokens.emptyText')} {docs}
          </EmptyState>
        </Section>
      ) : (
        <Section
          title={t('tokens.title')}
          actions={
            <Group gap="sm">
              {docs}
              {create}
            </Group>
          }
          flush
        >
          <Table.ScrollContainer type="native" tabIndex={0} minWidth={560}>
            <Table fz="sm" verticalSpacing={7} horizontalSpacing="md">
              <Table.Thead>
                <Table.Tr>
                  <Table.Th>{t('tokens.name')}</Table.Th>
                  <Table.Th>{t('members.roles')}</Table.Th>
                  <Table.Th>{t('members.state')}</Table.Th>
                  <Table.Th>{t('members.actions')}</Table.Th>
                </Table.Tr>
              </Table.Thead>
              <Table.Tbody>
                {data.items.map((token) => (
                  <Table.Tr key={token.id}>
                    <Table.Td fw={550}>{token.name}</Table.Td>
                    <Table.Td>{format.list(token.roles.map((role) => t(`roles.${role}`)))}</Table.Td>
                    <Table.Td>
                      {token.revokedAt !== null ? (
                        <StatusBadge plain tone="quiet" glyph="cross">
                          {t('tokens.revoked', { date: format.shortDate(token.revokedAt) })}
                        </StatusBadge>
                      ) : token.expiresAt < now ? (
                        <StatusBadge plain tone="quiet" glyph="dash">
                          {t('tokens.expired', { date: format.shortDate(token.expiresAt) })}
                        </StatusBadge>
                      ) : (
                        <StatusBadge plain tone="good" glyph="full">
                          {t('members.until', { date: format.shortDate(token.expiresAt) })}
                        </StatusBadge>
                      )}
                    </Table.Td>
                    <Table.Td>
                      <Action
                        size="compact-xs"
                        variant="default"
                        can={token.can.revoke}
                        reason={token.revokedAt === null ? undefined : t('tokens.alreadyRevoked')}
                        onClick={() => setRevoking(token)}
                      >
                        {t('tokens.revoke')}
                      </Action>
                    </Table.Td>
                  </Table.Tr>
                ))}
              </Table.Tbody>
            </Table>
          </Table.ScrollContainer>
        </Section>
      )}
      <Modal
        opened={creating}
        onClose={() => setCreating(false)}
        title={t('tokens.create')}
        closeButtonProps={{ 'aria-label': t('nav.close') }}
      >
        <CreateToken onClose={() => setCreating(false)} />
      </Modal>
      <ConfirmDialog
        opened={revoking !== null}
        onClose={() => setRevoking(null)}
        title={t('tokens.revoke')}
        confirmLabel={t('tokens.revoke')}
        danger
        reason="required"
        onConfirm={async (reason) => {
          if (revoking !== null) await revoke.mutateAsync({ params: { tokenId: revoking.id }, body: { reason } })
        }}
      >
        {t('tokens.revokeText', { name: revoking?.name ?? '' })}
      </ConfirmDialog>
    </>
  )
}

function CreateToken({ onClose }: { onClose: () => void }) {
  const t = useText('web')
  const format = useFormat()
  const [made, setMade] = useState<WireResponse<typeof identity.createToken> | null>(null)
  const create = useCallApi(identity.createToken, { onDone: setMade })
  const form = useRecordForm({
    schema: identity.createToken.body,
    initial: { name: '', roles: [], expiresAt: `${addDays(dateAt(systemClock(), 'UTC'), 90)}T23:59:59.999Z` },
    submit: (body) => create.mutateAsync({ body }),
  })
  if (made !== null) {
    return (
      <Stack>
        <Text>{t('tokens.once')}</Text>
        <SecretBox
          label={t('tokens.secret')}
          secret={made.token}
          note={t('members.until', { date: format.date(made.expiresAt) })}
        />
        <Group justify="flex-end">
          <Button onClick={onClose}>{t('done')}</Button>
        </Group>
      </Stack>
    )
  }
  const expiry = form.date('expiresAt', { label: t('tokens.expires') })
  return (
    <FormFrame form={form} submitLabel={t('tokens.create')} onCancel={onClose}>
      <TextInput data-autofocus {...form.text('name', { label: t('tokens.name'), hint: t('tokens.nameHint') })} />
      <RoleSelect {...form.many('roles', { label: t('members.roles') })} />
      <DateField
        {...expiry}
        value={expiry.value?.slice(0, 10) ?? null}
        onChange={(day) => expiry.onChange(day === null ? null : `${day}T23:59:59.999Z`)}
      />
    </FormFrame>
  )
}
