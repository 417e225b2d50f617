import { Button, Group, Stack, TextInput } from '@mantine/core'
import { useState } from 'react'
import { people } from '#modules/people/contract.ts'
import type { WireResponse } from '#platform/contract/route.ts'
import { identity } from '#platform/identity/contract.ts'
import { FormFrame } from '#ui/form-frame.tsx'
import { useText } from '#ui/text.ts'
import { useRecordForm } from '#ui/use-record-form.ts'
import { call, useCallApi } from '../api.ts'
import { PersonField } from '../person-field.tsx'
import { IssuedLink } from './issued-link.tsx'
import { ExpiryField, useExpiryTexts } from './member-expiry.tsx'
import { RoleSelect } from './role-select.tsx'

/** Inviting somebody: a person of the directory or anybody else, the roles, and then the link to hand over. */
export function InviteForm({ onClose }: { onClose: () => void }) {
  const t = useText('web')
  const expiryTexts = useExpiryTexts()
  const [issued, setIssued] = useState<WireResponse<typeof identity.invite> | null>(null)
  const invite = useCallApi(identity.invite, { onDone: setIssued })
  const form = useRecordForm({
    schema: identity.invite.body,
    initial: { email: '', name: '', roles: ['contributor'] },
    submit: (body) => invite.mutateAsync({ body }),
  })
  // Whom the directory has under the typed address: proposed by name, and the inviter's to confirm or to clear.
  const [proposed, setProposed] = useState<{ id: string; name: string } | null>(null)
  const propose = async (typed: string | undefined) => {
    const email = typed?.trim().toLowerCase() ?? ''
    if (form.values.personId != null || !email.includes('@')) return
    const { items } = await call(people.list, { query: { q: email, limit: 20 } })
    const found = items.find((one) => one.email?.toLowerCase() === email && one.status !== 'left')
    if (found === undefined) return
    setProposed({ id: found.id, name: found.name })
    form.set('personId', found.id)
    if ((form.values.name ?? '') === '') form.set('name', found.name)
  }
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
        <IssuedLink issued={issued} member={issued.member} sent="mailed" />
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
          hint:
            form.values.personId == null
              ? t('members.linked.new')
              : proposed?.id === form.values.personId
                ? t('members.linked.byAddress', { name: proposed.name })
                : t('members.linked.chosen'),
        })}
        placeholder={t('members.newEntry')}
        onChange={(id) => void choose(id)}
      />
      <TextInput {...form.text('name', { label: t('members.name') })} />
      <TextInput
        type="email"
        {...form.text('email', { label: t('signIn.email') })}
        onBlur={(event) => void propose(event.currentTarget.value)}
      />
      <RoleSelect {...form.many('roles', { label: t('members.roles'), hint: t('members.rolesHint') })} />
      <ExpiryField {...form.date('expiresAt', expiryTexts(form.values.roles ?? []))} />
    </FormFrame>
  )
}
