import { Button, Group, Stack, Text, TextInput } from '@mantine/core'
import { useState } from 'react'
import { people } from '#modules/people/contract.ts'
import type { WireResponse } from '#platform/contract/route.ts'
import { identity } from '#platform/identity/contract.ts'
import { FormFrame } from '#ui/form-frame.tsx'
import { useFormat } from '#ui/format.ts'
import { useText } from '#ui/text.ts'
import { useRecordForm } from '#ui/use-record-form.ts'
import { call, useCallApi } from '../api.ts'
import { PersonField } from '../person-field.tsx'
import { ExpiryField, useExpiryTexts } from './member-expiry.tsx'
import { RoleSelect } from './role-select.tsx'
import { SecretBox } from './secret-box.tsx'

/** Inviting somebody: a person of the directory or anybody else, the roles, and then the link to hand over. */
export function InviteForm({ onClose }: { onClose: () => void }) {
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
        {...form.choice('personId', {
          label: t('members.person'),
          hint: t(`members.linked.${form.values.personId == null ? 'onAcceptance' : 'chosen'}`),
          optional: true,
        })}
        onChange={(id) => void choose(id)}
      />
      <TextInput {...form.text('name', { label: t('members.name') })} />
      <TextInput type="email" {...form.text('email', { label: t('signIn.email') })} />
      <RoleSelect {...form.many('roles', { label: t('members.roles'), hint: t('members.rolesHint') })} />
      <ExpiryField {...form.date('expiresAt', expiryTexts(form.values.roles ?? []))} />
    </FormFrame>
  )
}
