import { Anchor, PasswordInput, Text, TextInput, Title } from '@mantine/core'
import { useMutation, useQueryClient, useSuspenseQuery } from '@tanstack/react-query'
import { useNavigate, useRouter, useSearch } from '@tanstack/react-router'
import { useState } from 'react'
import { identity } from '#platform/identity/contract.ts'
import { ErrorBand } from '#ui/error-band.tsx'
import { FormFrame } from '#ui/form-frame.tsx'
import { useFormat } from '#ui/format.ts'
import { PathLink } from '#ui/link.tsx'
import { useText } from '#ui/text.ts'
import { useRecordForm } from '#ui/use-record-form.ts'
import { call } from '../api.ts'
import { beginSession, installationQuery, type Session } from '../session.ts'
import styles from './entry.module.css'
import { EntryFrame } from './entry-frame.tsx'

/** Goes where the person wanted to be, inside this app only. */
export function useArrive(): (session: Session) => Promise<void> {
  const client = useQueryClient()
  const navigate = useNavigate()
  const router = useRouter()
  const { to } = useSearch({ strict: false }) as { to?: string }
  return async (session) => {
    beginSession(client, session)
    if (to !== undefined && /^\/(?!\/|\\)/.test(to)) router.history.push(to)
    else await navigate({ to: '/', search: {} })
  }
}

/** Sign-in: e-mail and password; in a demo installation the personas by one click. */
export function SignInPage() {
  const t = useText('web')
  const { data: installation } = useSuspenseQuery(installationQuery)
  const [forgot, setForgot] = useState(false)
  return (
    <EntryFrame title={t('signIn.title')}>
      {forgot ? (
        <ResetForm mail={installation.mail} onBack={() => setForgot(false)} />
      ) : (
        <SignInForm onForgot={() => setForgot(true)} />
      )}
      {installation.demo && !forgot ? <Personas personas={installation.personas} /> : null}
      {installation.state === 'fresh' ? (
        <Text mt="lg" size="sm">
          {t('signIn.fresh')}{' '}
          <PathLink to="/set-up" className="pl-link pl-link-in-text">
            {t('setUp.start')}
          </PathLink>
        </Text>
      ) : null}
    </EntryFrame>
  )
}

function SignInForm({ onForgot }: { onForgot: () => void }) {
  const t = useText('web')
  const arrive = useArrive()
  const form = useRecordForm({
    schema: identity.signIn.body,
    guard: false,
    initial: { email: '', password: '' },
    submit: (body) => call(identity.signIn, { body }),
    onDone: (session) => void arrive(session),
  })
  return (
    <>
      <Title order={1} mb="lg">
        {t('signIn.title')}
      </Title>
      <FormFrame
        form={form}
        submitLabel={t('signIn.submit')}
        extra={
          <Anchor component="button" type="button" size="sm" ml="auto" onClick={onForgot}>
            {t('signIn.forgot')}
          </Anchor>
        }
      >
        <TextInput type="email" autoComplete="username" {...form.text('email', { label: t('signIn.email') })} />
        <PasswordInput
          autoComplete="current-password"
          visibilityToggleButtonProps={{ 'aria-label': t('signIn.show') }}
          {...form.text('password', { label: t('signIn.password') })}
        />
      </FormFrame>
    </>
  )
}

function Personas({ personas }: { personas: readonly { key: string; name: string; title: string }[] }) {
  const t = useText('web')
  const arrive = useArrive()
  const enter = useMutation({
    mutationFn: (key: string) => call(identity.signInAsPersona, { body: { key } }),
    onSuccess: arrive,
  })
  return (
    <section aria-label={t('signIn.demo')}>
      <div className={styles['or']}>{t('signIn.demo')}</div>
      {enter.error === null ? null : <ErrorBand error={enter.error} />}
      <div className={styles['choices']}>
        {personas.map((persona) => (
          <button
            key={persona.key}
            type="button"
            className={styles['choice']}
            onClick={() => enter.mutate(persona.key)}
          >
            <span className={styles['choiceName']}>{persona.name}</span>
            <span className={styles['choiceNote']}>{persona.title}</span>
          </button>
        ))}
      </div>
    </section>
  )
}

function ResetForm({ mail, onBack }: { mail: boolean; onBack: () => void }) {
  const t = useText('web')
  const format = useFormat()
  const [sentAt, setSentAt] = useState<string | null>(null)
  const form = useRecordForm({
    schema: identity.requestReset.body,
    guard: false,
    initial: { email: '' },
    submit: (body) => call(identity.requestReset, { body }),
    onDone: () => setSentAt(new Date().toISOString()),
  })
  return (
    <>
      <Title order={1}>{t('reset.title')}</Title>
      <p className={styles['lead']}>{mail ? t('reset.byMail') : t('reset.byAdministrator')}</p>
      {mail && sentAt === null ? (
        <FormFrame form={form} submitLabel={t('reset.submit')} onCancel={onBack}>
          <TextInput type="email" autoComplete="username" {...form.text('email', { label: t('signIn.email') })} />
        </FormFrame>
      ) : (
        <>
          {sentAt === null ? null : (
            <output style={{ display: 'block', marginBottom: 16 }}>
              {t('reset.sent', { time: format.dateTime(sentAt) })}
            </output>
          )}
          <Anchor component="button" type="button" onClick={onBack}>
            {t('reset.back')}
          </Anchor>
        </>
      )}
    </>
  )
}
