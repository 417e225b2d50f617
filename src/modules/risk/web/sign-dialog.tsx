import { Button, Group, Modal, Stack, Textarea } from '@mantine/core'
import { useState } from 'react'
import { DateField } from '#ui/date-field.tsx'
import { ErrorBand } from '#ui/error-band.tsx'
import { notify } from '#ui/notify.ts'
import { FactList } from '#ui/page.tsx'
import { useText } from '#ui/text.ts'
import { useCallApi } from '#web/api.ts'
import { risks } from '../contract.ts'
import { RiskLevel } from './level.tsx'
import type { RiskDialog } from './risk-page.tsx'
import { SignNotices } from './sign-notices.tsx'
import { SignedTreatment } from './signed-treatment.tsx'
import { type RiskView, stale } from './views.ts'

/** Signing: what is signed, until when, a note. The hash of the state shown goes along, so that nothing else is signed. */
export function SignDialog({
  risk,
  dialog,
  onClose,
}: {
  risk: RiskView
  dialog: RiskDialog | null
  onClose: () => void
}) {
  const t = useText('risk')
  const act = dialog === 'plan' || dialog === 'signPlan' ? 'plan' : 'acceptance'
  const opened = dialog === 'plan' || dialog === 'acceptance' || dialog === 'signPlan' || dialog === 'signAcceptance'
  const additional = dialog === 'signPlan' || dialog === 'signAcceptance'
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      size={640}
      title={
        additional
          ? t('act.signTitle', { ref: risk.ref })
          : t(act === 'plan' ? 'act.approveTitle' : 'act.acceptTitle', { ref: risk.ref })
      }
      closeButtonProps={{ 'aria-label': t('close') }}
    >
      {opened ? <SignForm key={dialog} risk={risk} act={act} additional={additional} onClose={onClose} /> : null}
    </Modal>
  )
}

function SignForm({
  risk,
  act,
  additional,
  onClose,
}: {
  risk: RiskView
  act: 'plan' | 'acceptance'
  additional: boolean
  onClose: () => void
}) {
  const t = useText('risk')
  const [expiresOn, setExpiresOn] = useState<string | null>(null)
  const [note, setNote] = useState('')
  const approve = useCallApi(risks.approvePlan, { invalidates: stale })
  const accept = useCallApi(risks.accept, { invalidates: stale })
  const sign = useCallApi(risks.sign, { invalidates: stale })
  const error = approve.error ?? accept.error ?? sign.error
  const params = { riskId: risk.id }
  const done = (text: string) => {
    notify(text)
    onClose()
  }
  const send = () => {
    if (additional) {
      sign.mutate({ params, body: { act } }, { onSuccess: () => done(t('act.done')) })
      return
    }
    const seen = risk.seen[act]
    const body = {
      ...(seen === null ? {} : { seen }),
      ...(expiresOn === null ? {} : { expiresOn }),
      ...(note.trim() === '' ? {} : { note: note.trim() }),
    }
    if (act === 'plan') approve.mutate({ params, body }, { onSuccess: () => done(t('act.approved')) })
    else accept.mutate({ params, body }, { onSuccess: () => done(t('act.accepted')) })
  }
  const inAdvance = act === 'acceptance' && risk.residual === 'target'
  return (
    <Stack gap="md">
      <div>{additional ? t('act.signText') : t(act === 'plan' ? 'act.approveText' : 'act.acceptText')}</div>
      <SignNotices risk={risk} act={act} />
      <FactList
        facts={[
          {
            label: t(inAdvance ? 'act.currentToday' : 'state.current'),
            value: <RiskLevel level={risk.current} />,
          },
          ...(risk.target === null
            ? []
            : [
                {
                  label: t(inAdvance ? 'act.targetDone' : 'state.target'),
                  value: <RiskLevel level={risk.target} />,
                },
              ]),
          ...(act === 'acceptance'
            ? [{ label: t('act.residual'), value: <RiskLevel level={inAdvance ? risk.target : risk.current} /> }]
            : []),
          {
            label: t('treatment.title'),
            value:
              risk.treatment.options.length === 0
                ? t('treatment.none')
                : risk.treatment.options.map((one) => (
                    <div key={one.kind}>
                      {[t(`option.${one.kind}`), one.agreement ?? one.change]
                        .filter((part) => part !== null)
                        .join(': ')}
                    </div>
                  )),
          },
        ]}
      />
      <SignedTreatment risk={risk} />
      {additional ? null : (
        <>
          <DateField
            label={t('act.expiresOn')}
            description={t('act.expiresHint')}
            value={expiresOn}
            onChange={setExpiresOn}
          />
          <Textarea
            label={t('act.note')}
            minRows={2}
            value={note}
            onChange={(event) => setNote(event.currentTarget.value)}
          />
        </>
      )}
      {error === null ? null : <ErrorBand error={error} />}
      <Group justify="flex-end" gap="xs">
        <Button variant="default" onClick={onClose}>
          {t('cancel')}
        </Button>
        <Button loading={approve.isPending || accept.isPending || sign.isPending} onClick={send}>
          {additional ? t('act.sign') : t(act === 'plan' ? 'act.approve' : 'act.accept')}
        </Button>
      </Group>
    </Stack>
  )
}
