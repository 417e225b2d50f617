import { Progress, TextInput } from '@mantine/core'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useEffect, useState } from 'react'
import type { WireResponse } from '#platform/contract/route.ts'
import { identity } from '#platform/identity/contract.ts'
import { FormFrame } from '#ui/form-frame.tsx'
import { useText } from '#ui/text.ts'
import { useRecordForm } from '#ui/use-record-form.ts'
import { call } from '../api.ts'
import { installationQuery } from '../session.ts'
import styles from './entry.module.css'

type Installation = WireResponse<typeof identity.installation>

/** The demo as one of the two choices of a first run: goes there, or has it loaded first and shows how far that is. */
export function DemoChoice({ installation }: { installation: Installation }) {
  const t = useText('web')
  const navigate = useNavigate()
  const [asked, setAsked] = useState(false)
  const { demo, demoLoad } = installation
  if (demoLoad?.state === 'loading') return <Loading />
  return (
    <>
      <button
        type="button"
        className={styles['choice']}
        aria-expanded={demo ? undefined : asked}
        onClick={() => (demo ? void navigate({ to: '/sign-in', search: {} }) : setAsked(!asked))}
      >
        <span className={styles['choiceName']}>{t('setUp.demo')}</span>
        <span className={styles['choiceNote']}>{t('setUp.demoText')}</span>
      </button>
      {asked && !demo ? <LoadForm failed={demoLoad?.state === 'failed'} onCancel={() => setAsked(false)} /> : null}
    </>
  )
}

function LoadForm({ failed, onCancel }: { failed: boolean; onCancel: () => void }) {
  const t = useText('web')
  const client = useQueryClient()
  const form = useRecordForm({
    schema: identity.loadDemo.body,
    guard: false,
    initial: { code: '' },
    submit: (body) => call(identity.loadDemo, { body }),
    onDone: (installation) => client.setQueryData(installationQuery.queryKey, installation),
  })
  return (
    <div className={styles['below']}>
      <p className={styles['choiceNote']}>{failed ? t('setUp.load.failed') : t('setUp.load.text')}</p>
      <FormFrame form={form} submitLabel={t('setUp.load.submit')} onCancel={onCancel}>
        <TextInput
          maw={240}
          data-autofocus
          autoComplete="one-time-code"
          spellCheck={false}
          {...form.text('code', { label: t('setUp.code.label') })}
        />
      </FormFrame>
    </div>
  )
}

// Asks every second how far the load is, and enters the demo when it is done.
function Loading() {
  const t = useText('web')
  const navigate = useNavigate()
  const { data } = useQuery({ ...installationQuery, refetchInterval: 1000 })
  const ready = data?.demo === true
  useEffect(() => {
    if (ready) void navigate({ to: '/sign-in', search: {} })
  }, [ready, navigate])
  const { done, of } = data?.demoLoad ?? { done: 0, of: 1 }
  const share = Math.min(100, Math.round((done / Math.max(1, of)) * 100))
  return (
    <div className={styles['below']}>
      <p className={styles['choiceName']}>{t('setUp.load.busy')}</p>
      <Progress value={share} aria-label={t('setUp.load.busy')} my={8} />
      <output className={styles['choiceNote']}>
        {t('setUp.load.progress', { month: Math.ceil((done / of) * 14), of: 14 })}
      </output>
    </div>
  )
}
