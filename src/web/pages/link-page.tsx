import { PasswordInput, TextInput, Title } from '@mantine/core'
import { useSuspenseQuery } from '@tanstack/react-query'
import { useLocation } from '@tanstack/react-router'
import { useState } from 'react'
import { identity } from '#platform/identity/contract.ts'
import { FormFrame } from '#ui/form-frame.tsx'
import { useFormat } from '#ui/format.ts'
import { useText } from '#ui/text.ts'
import { useRecordForm } from '#ui/use-record-form.ts'
import { call, useApi } from '../api.ts'
import { pageLanguage } from '../i18n.ts'
import { installationQuery, type Session } from '../session.ts'
import { PendingPage } from '../shell/problem-page.tsx'
import styles from './entry.module.css'
import { EntryFrame } from './entry-frame.tsx'
import { useArrive } from './sign-in-page.tsx'

/** Where an invitation or a reset link leads: choose a password, or sign in with the one that exists. */
export function LinkPage() {
  const arrive = useArrive()
  const [used, setUsed] = useState(false)
  // Once used it must not be read again on the way out: the server would only say that it was used.
  if (used) return <PendingPage />
  return (
    <LinkForm
      onUsed={(session) => {
        setUsed(true)
        void arrive(session)
      }}
    />
  )
}

function LinkForm({ onUsed }: { onUsed: (session: Session) => void }) {
  const t = useText('web')
  const format = useFormat()
  // Behind the #, where no server and no log sees it. Kept while the page goes on to where the link leads.
  const hash = useLocation({ select: (location) => location.hash })
  const [token] = useState(hash)
  const { data: link } = useApi(identity.link, { body: { token } })
  const { data: installation } = useSuspenseQuery(installationQuery)
  const form = useRecordForm({
    schema: identity.useLink.body.omit({ token: true, locale: true }),
    guard: false,
    initial: { name: link.name, password: '' },
    submit: (body) => call(identity.useLink, { body: { ...body, token, locale: pageLanguage() } }),
    onDone: onUsed,
  })
  const invited = link.kind === 'invitation'
  const title = invited ? t('link.invited', { organization: link.organization ?? '' }) : t('link.reset')
  return (
    <EntryFrame title={title}>
      <Title order={1}>{title}</Title>
      <p className={styles['lead']}>
        {link.hasAccount && invited ? t('link.signIn', { email: link.email }) : t('link.choose', { email: link.email })}{' '}
        {t('link.until', { time: format.dateTime(link.expiresAt) })}
      </p>
      <FormFrame form={form} submitLabel={invited ? t('link.accept') : t('link.save')}>
        {invited && !link.hasAccount ? (
          <TextInput autoComplete="name" {...form.text('name', { label: t('setUp.administrator.name') })} />
        ) : null}
        <PasswordInput
          autoComplete={invited && link.hasAccount ? 'current-password' : 'new-password'}
          visibilityToggleButtonProps={{ 'aria-label': t('signIn.show') }}
          {...form.text('password', {
            label: t('signIn.password'),
            ...(invited && link.hasAccount ? {} : { hint: t('password.hint') }),
          })}
        />
      </FormFrame>
      {invited && link.hasAccount ? (
        <p className={styles['lead']} style={{ marginTop: 20 }}>
          {t('link.unknownPassword')}{' '}
          {installation.mail ? t('link.askReset') : t('link.askOperator', { email: link.email })}
        </p>
      ) : null}
    </EntryFrame>
  )
}
