import { Button, Group, PasswordInput, Radio, Select, Stack, TextInput, Title } from '@mantine/core'
import { useSuspenseQuery } from '@tanstack/react-query'
import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { sectors, sizes } from '#platform/contract/profile.ts'
import { identity } from '#platform/identity/contract.ts'
import { ErrorBand } from '#ui/error-band.tsx'
import { ErrorSummary } from '#ui/form-frame.tsx'
import { PathLink } from '#ui/link.tsx'
import { useText } from '#ui/text.ts'
import { timeZones } from '#ui/time-zones.ts'
import { useRecordForm } from '#ui/use-record-form.ts'
import { call } from '../api.ts'
import { installationQuery } from '../session.ts'
import { DemoChoice } from './demo-choice.tsx'
import styles from './entry.module.css'
import { EntryFrame } from './entry-frame.tsx'
import { useArrive } from './sign-in-page.tsx'

const steps = ['code', 'administrator', 'organization', 'size', 'money'] as const

/** The fields each question asks for. */
const paths = {
  code: ['code'],
  administrator: ['administrator.name', 'administrator.email', 'administrator.password'],
  organization: ['organization.name', 'organization.sector'],
  size: ['organization.size'],
  money: ['organization.language', 'organization.currency', 'organization.timeZone'],
} as const

/** First run: look at the demo organization, or set up one's own. */
export function SetUpPage() {
  const t = useText('web')
  const { data: installation } = useSuspenseQuery(installationQuery)
  const [begun, setBegun] = useState(false)
  if (installation.state === 'ready') {
    return (
      <EntryFrame title={t('setUp.title')}>
        <Title order={1}>{t('setUp.ready')}</Title>
        <p className={styles['lead']}>{t('setUp.readyText')}</p>
        <PathLink to="/sign-in">{t('signIn.submit')}</PathLink>
      </EntryFrame>
    )
  }
  if (begun) return <Wizard onBack={() => setBegun(false)} />
  return (
    <EntryFrame title={t('setUp.welcome')} wide>
      <Title order={1}>{t('setUp.welcome')}</Title>
      <p className={styles['lead']}>{t('setUp.lead')}</p>
      <div className={styles['choices']}>
        <DemoChoice installation={installation} />
        <button type="button" className={styles['choice']} onClick={() => setBegun(true)}>
          <span className={styles['choiceName']}>{t('setUp.start')}</span>
          <span className={styles['choiceNote']}>{t('setUp.startText')}</span>
        </button>
      </div>
    </EntryFrame>
  )
}

function Wizard({ onBack }: { onBack: () => void }) {
  const t = useText('web')
  const { i18n } = useTranslation()
  const arrive = useArrive()
  const [step, setStep] = useState(0)
  const heading = useRef<HTMLHeadingElement>(null)
  const form = useRecordForm({
    schema: identity.setUp.body,
    initial: {
      code: '',
      administrator: { name: '', email: '', password: '' },
      organization: {
        name: '',
        language: i18n.language === 'de' ? 'de' : 'en',
        currency: 'EUR',
        // What the browser says is most likely right; the last question shows it.
        timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone,
      },
    },
    submit: (body) => call(identity.setUp, { body }),
    onDone: (session) => void arrive(session),
  })
  const current = steps[step] ?? 'code'
  const { language } = i18n
  useEffect(() => {
    // Until the question is asked, documents are meant to be in the language the page is read in.
    if (step < steps.length - 1) form.set('organization.language', language === 'de' ? 'de' : 'en')
    // oxlint-disable-next-line react/exhaustive-deps
  }, [language])
  useEffect(() => heading.current?.focus(), [step])
  const { errors } = form
  useEffect(() => {
    // A refusal may concern an earlier question: go back to it.
    const first = steps.findIndex((one) => paths[one].some((path) => path in errors))
    if (first >= 0) setStep((now) => Math.min(now, first))
  }, [errors])
  const forward = async () => {
    if (!form.check(paths[current])) return
    if (step === steps.length - 1) {
      await form.submit()
      return
    }
    // Nobody should answer five questions to hear that the first was wrong.
    const known = () => call(identity.checkCode, { body: { code: form.values.code ?? '' } })
    if (current === 'code' && !(await form.ask(known))) return
    setStep(step + 1)
  }
  const radios = (
    path: 'organization.sector' | 'organization.size' | 'organization.language',
    group: string,
    values: readonly string[],
    label: string,
  ) => {
    const { value, onBlur: _unused, ...field } = form.choice(path, { label })
    return (
      <Radio.Group {...field} value={value}>
        <Stack gap={9} mt={8}>
          {values.map((one) => (
            <Radio key={one} value={one} size="sm" label={t(`${group}.${one}`)} />
          ))}
        </Stack>
      </Radio.Group>
    )
  }
  return (
    <EntryFrame title={t('setUp.title')} wide>
      <div className={styles['step']}>{t('setUp.step', { step: step + 1, of: steps.length })}</div>
      <Title order={1} ref={heading} tabIndex={-1} style={{ outline: 'none' }}>
        {t(`setUp.${current}.question`)}
      </Title>
      <p className={styles['lead']}>{t(`setUp.${current}.why`)}</p>
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault()
          if (!form.busy) void forward()
        }}
      >
        <Stack gap="md">
          <ErrorSummary form={form} />
          {form.failure === null ? null : <ErrorBand error={form.failure} retry={() => void forward()} />}
          {current === 'code' ? (
            <TextInput
              maw={240}
              autoComplete="one-time-code"
              spellCheck={false}
              {...form.text('code', { label: t('setUp.code.label') })}
            />
          ) : null}
          {current === 'administrator' ? (
            <>
              <TextInput
                autoComplete="name"
                {...form.text('administrator.name', { label: t('setUp.administrator.name') })}
              />
              <TextInput
                type="email"
                autoComplete="username"
                {...form.text('administrator.email', { label: t('signIn.email') })}
              />
              <PasswordInput
                autoComplete="new-password"
                visibilityToggleButtonProps={{ 'aria-label': t('signIn.show') }}
                {...form.text('administrator.password', { label: t('signIn.password'), hint: t('password.hint') })}
              />
            </>
          ) : null}
          {current === 'organization' ? (
            <>
              <TextInput
                autoComplete="organization"
                {...form.text('organization.name', { label: t('setUp.organization.name') })}
              />
              {radios('organization.sector', 'sectors', sectors, t('setUp.organization.sector'))}
            </>
          ) : null}
          {current === 'size' ? radios('organization.size', 'sizes', sizes, t('setUp.size.label')) : null}
          {current === 'money' ? (
            <>
              {radios('organization.language', 'languages', ['en', 'de'], t('setUp.money.language'))}
              <TextInput
                maw={120}
                {...form.text('organization.currency', {
                  label: t('setUp.money.currency'),
                  hint: t('setUp.money.currencyHint'),
                })}
              />
              <Select
                maw={320}
                {...form.choice('organization.timeZone', {
                  label: t('setUp.money.timeZone'),
                  hint: t('setUp.money.timeZoneHint'),
                })}
                allowDeselect={false}
                searchable
                data={timeZones(form.values.organization?.timeZone)}
              />
            </>
          ) : null}
          <Group gap="xs">
            <Button type="submit" size="sm" loading={form.busy}>
              {step === steps.length - 1 ? t('setUp.finish') : t('setUp.next')}
            </Button>
            <Button variant="default" size="sm" onClick={() => (step === 0 ? onBack() : setStep(step - 1))}>
              {t('setUp.back')}
            </Button>
          </Group>
        </Stack>
      </form>
    </EntryFrame>
  )
}
