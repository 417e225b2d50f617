import { Button, Checkbox, Group, Stack } from '@mantine/core'
import { useState } from 'react'
import { evidence } from '#modules/evidence/contract.ts'
import { Action } from '#ui/action.tsx'
import { ErrorBand } from '#ui/error-band.tsx'
import { PathLink } from '#ui/link.tsx'
import { notify } from '#ui/notify.ts'
import { type RecordOption, RecordSelect } from '#ui/record-select.tsx'
import { useText } from '#ui/text.ts'
import { call, useCallApi } from '#web/api.ts'
import { useOrgPath } from '#web/scope.ts'
import { controls } from '../contract.ts'
import styles from './control.module.css'
import type { ControlView } from './wire.ts'

/** Attaches an artefact of the evidence register to a control. */
export function AttachEvidence({ control }: { control: ControlView }) {
  const t = useText('controls')
  const [choosing, setChoosing] = useState(false)
  return choosing ? (
    <div className={styles['inset']}>
      <AttachForm control={control} onClose={() => setChoosing(false)} />
    </div>
  ) : (
    <Group gap="xs" mt={10}>
      <Action size="compact-sm" variant="default" can={control.can.edit} onClick={() => setChoosing(true)}>
        {t('evidence.attach')}
      </Action>
    </Group>
  )
}

function AttachForm({ control, onClose }: { control: ControlView; onClose: () => void }) {
  const t = useText('controls')
  const path = useOrgPath()
  const [chosen, setChosen] = useState<RecordOption | null>(null)
  const [assurance, setAssurance] = useState(false)
  const attach = useCallApi(controls.attach, { invalidates: ['soa.', 'evidence.', 'risk.'] })
  const here = new Set(control.evidence.map((line) => line.id))
  return (
    <Stack gap="sm">
      <RecordSelect
        label={t('evidence.artefact')}
        description={t('evidence.artefactHint')}
        source="evidence"
        value={chosen}
        onChange={setChosen}
        find={async (text, signal) => {
          const { items } = await call(evidence.list, { query: { q: text, limit: 20 }, signal })
          return items.map((one) => ({
            id: one.id,
            ref: one.ref,
            title: one.title,
            disabled: here.has(one.id),
            note: here.has(one.id) ? t('evidence.here') : t(`freshness.${one.freshness}`),
          }))
        }}
      />
      <span className="pl-muted">
        {t('evidence.notThere')}{' '}
        <PathLink to={path('/evidence/upload')} className="pl-link pl-link-in-text">
          {t('evidence.uploadFirst')}
        </PathLink>
      </span>
      {control.operatedBy === 'us' ? null : (
        <Checkbox
          label={t('evidence.asAssurance', { provider: control.provider })}
          checked={assurance}
          onChange={(event) => setAssurance(event.currentTarget.checked)}
        />
      )}
      {attach.error === null ? null : <ErrorBand error={attach.error} />}
      <Group gap="xs">
        <Action
          can={chosen !== null}
          reason={t('evidence.chooseFirst')}
          loading={attach.isPending}
          onClick={() => {
            if (chosen === null) return
            attach.mutate(
              { params: { controlId: control.id }, body: { artefactId: chosen.id, assurance } },
              {
                onSuccess: () => {
                  notify(t('evidence.attached', { ref: chosen.ref ?? '' }))
                  onClose()
                },
              },
            )
          }}
        >
          {t('evidence.attach')}
        </Action>
        <Button variant="default" onClick={onClose}>
          {t('cancel')}
        </Button>
      </Group>
    </Stack>
  )
}
