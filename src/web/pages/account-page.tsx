import { Button, PasswordInput, SegmentedControl, Stack, Text, TextInput } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { identity } from '#platform/identity/contract.ts'
import { ConfirmDialog } from '#ui/confirm-dialog.tsx'
import { FormFrame } from '#ui/form-frame.tsx'
import { PathLink } from '#ui/link.tsx'
import { notify } from '#ui/notify.ts'
import { Page, Section } from '#ui/page.tsx'
import { useText } from '#ui/text.ts'
import { useRecordForm } from '#ui/use-record-form.ts'
import { call } from '../api.ts'
import { changeLanguage, type Language, languages } from '../i18n.ts'
import { beginSession, sessionQuery, useSession } from '../session.ts'

/** One's own account: name, language, password, signing out everywhere. */
export function AccountPage() {
  const t = useText('web')
  const session = useSession()
  const client = useQueryClient()
  const navigate = useNavigate()
  const [leaving, setLeaving] = useState(false)
  const [attempt, setAttempt] = useState(0)
  const setLanguage = async (locale: Language) => {
    client.setQueryData(sessionQuery.queryKey, await call(identity.changeProfile, { body: { locale } }))
    await changeLanguage(locale)
  }
  return (
    <main style={{ maxWidth: 640, margin: '0 auto' }}>
      <Page
        title={t('account.title')}
        lead={session.account.email}
        actions={session.organizations.length === 0 ? null : <PathLink to="/">{t('account.back')}</PathLink>}
      >
        <Stack gap="md">
          {session.organizations.length === 0 ? <Text>{t('account.noOrganization')}</Text> : null}
          <Section title={t('account.profile')}>
            <NameForm key={session.account.name} name={session.account.name} />
            <Text size="sm" fw={500} mt="md" mb={4}>
              {t('language.label')}
            </Text>
            <SegmentedControl
              aria-label={t('language.label')}
              value={session.account.locale}
              onChange={(value) => void setLanguage(value as Language)}
              data={languages.map((value) => ({ value, label: t(`languages.${value}`) }))}
            />
          </Section>
          <Section title={t('account.password')}>
            <PasswordForm key={attempt} onDone={() => setAttempt(attempt + 1)} />
          </Section>
          <Section title={t('account.sessions')}>
            <Text size="sm" mb="sm">
              {t('account.sessionsText')}
            </Text>
            <Button variant="default" onClick={() => setLeaving(true)}>
              {t('account.everywhere')}
            </Button>
          </Section>
        </Stack>
      </Page>
      <ConfirmDialog
        opened={leaving}
        onClose={() => setLeaving(false)}
        title={t('account.everywhere')}
        confirmLabel={t('account.everywhere')}
        danger
        onConfirm={async () => {
          await call(identity.signOutEverywhere, {})
          beginSession(client, null)
          await navigate({ to: '/sign-in', search: {} })
        }}
      >
        {t('account.everywhereText')}
      </ConfirmDialog>
    </main>
  )
}

function NameForm({ name }: { name: string }) {
  const t = useText('web')
  const client = useQueryClient()
  const form = useRecordForm({
    schema: identity.changeProfile.body,
    initial: { name },
    submit: (body) => call(identity.changeProfile, { body }),
    onDone: (session) => {
      client.setQueryData(sessionQuery.queryKey, session)
      notify(t('saved'))
    },
  })
  return (
    <FormFrame form={form} submitLabel={t('save')}>
      <TextInput autoComplete="name" {...form.text('name', { label: t('setUp.administrator.name') })} />
    </FormFrame>
  )
}

function PasswordForm({ onDone }: { onDone: () => void }) {
  const t = useText('web')
  const form = useRecordForm({
    schema: identity.changePassword.body,
    initial: { current: '', next: '' },
    submit: (body) => call(identity.changePassword, { body }),
    onDone: () => {
      notify(t('account.passwordChanged'))
      onDone()
    },
  })
  const show = { visibilityToggleButtonProps: { 'aria-label': t('signIn.show') } }
  return (
    <FormFrame form={form} submitLabel={t('account.changePassword')}>
      <PasswordInput
        autoComplete="current-password"
        {...show}
        {...form.text('current', { label: t('account.current') })}
      />
      <PasswordInput
        autoComplete="new-password"
        {...show}
        {...form.text('next', { label: t('account.next'), hint: t('password.hint') })}
      />
    </FormFrame>
  )
}
