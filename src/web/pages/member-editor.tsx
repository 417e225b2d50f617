import { Group, Stack, Text } from '@mantine/core'
import { useState } from 'react'
import { people } from '#modules/people/contract.ts'
import type { WireResponse } from '#platform/contract/route.ts'
import { identity } from '#platform/identity/contract.ts'
import { Action } from '#ui/action.tsx'
import { Band } from '#ui/band.tsx'
import { ConfirmDialog } from '#ui/confirm-dialog.tsx'
import { ErrorBand } from '#ui/error-band.tsx'
import { FormFrame } from '#ui/form-frame.tsx'
import { useFormat } from '#ui/format.ts'
import { PathLink } from '#ui/link.tsx'
import { notify } from '#ui/notify.ts'
import { FactList, Section } from '#ui/page.tsx'
import { useText } from '#ui/text.ts'
import { useRecordForm } from '#ui/use-record-form.ts'
import { useApiLater, useCallApi } from '../api.ts'
import { PersonField } from '../person-field.tsx'
import { RecordHistory } from '../record-history.tsx'
import { useOrgPath } from '../scope.ts'
import { useSession } from '../session.ts'
import { IssuedLink } from './issued-link.tsx'
import { ExpiryField, useExpiryTexts } from './member-expiry.tsx'
import { type Member, MemberState } from './member-state.tsx'
import { RoleSelect } from './role-select.tsx'

interface MemberEditorProps {
  member: Member
  /** Why nobody here is given a reset link, where that is so. */
  noLinks: string | undefined
  onClose: () => void
}

/** One member: what may be changed of them, or how they stand, and what happened to the membership. */
export function MemberEditor({ member, noLinks, onClose }: MemberEditorProps) {
  const t = useText('web')
  return (
    <Stack>
      <Text size="sm" c="dimmed">
        {member.email}
      </Text>
      {member.can.edit ? (
        <EditMember member={member} noLinks={noLinks} onClose={onClose} />
      ) : (
        <MemberFacts member={member} />
      )}
      <Section title={t('ui:record.history')}>
        <RecordHistory type="membership" id={member.id} />
      </Section>
    </Stack>
  )
}

function MemberFacts({ member }: { member: Member }) {
  const t = useText('web')
  const format = useFormat()
  return (
    <FactList
      facts={[
        { label: t('members.state'), value: <MemberState member={member} /> },
        { label: t('members.roles'), value: format.list(member.roles.map((role) => t(`roles.${role}`))) },
        { label: t('members.person'), value: <PersonOfMember member={member} /> },
      ]}
    />
  )
}

function PersonOfMember({ member }: { member: Member }) {
  const t = useText('web')
  const path = useOrgPath()
  const { personId } = member
  const person = useApiLater(people.show, { params: { personId: personId ?? '' } }, personId !== null).data
  if (personId === null) return t('members.noPerson')
  return <PathLink to={path(`/people/${personId}`)}>{person?.name ?? member.name}</PathLink>
}

function EditMember({ member, noLinks, onClose }: MemberEditorProps) {
  const t = useText('web')
  const expiryTexts = useExpiryTexts()
  const [ending, setEnding] = useState(false)
  const [link, setLink] = useState<WireResponse<typeof identity.resetMember> | null>(null)
  const change = useCallApi(identity.changeMember)
  const end = useCallApi(identity.endMember)
  const reset = useCallApi(identity.resetMember, { onDone: setLink })
  const params = { membershipId: member.id }
  // A waiting invitation without a person is for somebody new.
  const unlinked = member.personId === null && !member.pending && !member.absent
  const own = useSession().account.id === member.accountId
  const form = useRecordForm({
    schema: identity.changeMember.body,
    initial: { roles: member.roles, ...(own ? {} : { personId: member.personId }), expiresAt: member.expiresAt },
    guard: false,
    version: member.version,
    submit: (body, version) => change.mutateAsync({ params, body, ifMatch: version ?? member.version }),
    onDone: () => {
      notify(t('saved'))
      onClose()
    },
  })
  return (
    <>
      <FormFrame form={form} submitLabel={t('save')} onCancel={onClose}>
        <RoleSelect {...form.many('roles', { label: t('members.roles') })} />
        {unlinked ? <Band tone="warn">{t('members.unlinkedText', { name: member.name })}</Band> : null}
        {own ? (
          <FactList facts={[{ label: t('members.person'), value: <PersonOfMember member={member} /> }]} />
        ) : (
          <PersonField
            {...form.choice('personId', { label: t('members.person'), hint: t('members.personHint'), optional: true })}
            placeholder={member.pending ? t('members.newEntry') : undefined}
          />
        )}
        <ExpiryField {...form.date('expiresAt', expiryTexts(form.values.roles ?? []))} />
      </FormFrame>
      <Group gap="xs" pt="sm" style={{ borderTop: '1px solid var(--pl-line)' }}>
        <Action
          variant="default"
          can={member.can.reset}
          reason={noLinks}
          loading={reset.isPending}
          onClick={() => reset.mutate({ params })}
        >
          {t('members.reset')}
        </Action>
        <Action
          variant="default"
          c="var(--pl-bad)"
          can={member.can.end}
          reason={t('members.cannotEnd')}
          onClick={() => setEnding(true)}
        >
          {t('members.end')}
        </Action>
      </Group>
      {reset.error === null ? null : <ErrorBand error={reset.error} />}
      {link === null ? null : <IssuedLink issued={link} member={member} sent="resetMailed" />}
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
    </>
  )
}
