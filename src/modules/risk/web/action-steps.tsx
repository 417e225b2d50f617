import { ActionIcon, Menu, Stack, Textarea } from '@mantine/core'
import { IconDots } from '@tabler/icons-react'
import { useState } from 'react'
import { dateAt, type Instant, systemClock } from '#kernel/time.ts'
import { ConfirmDialog } from '#ui/confirm-dialog.tsx'
import { DateField } from '#ui/date-field.tsx'
import { notify } from '#ui/notify.ts'
import { usePast } from '#ui/past.ts'
import { useText } from '#ui/text.ts'
import { useCallApi } from '#web/api.ts'
import { useMe } from '#web/session.ts'
import { risks } from '../contract.ts'
import { stepsOf } from '../domain/treatment-action.ts'
import { type ActionView, stale } from './views.ts'

type Step = 'start' | 'complete' | 'cancel' | 'reopen'
const steps: readonly Step[] = ['start', 'complete', 'cancel', 'reopen']

/** What can be done with an action now: start, complete, cancel or reopen with a reason, edit. */
export function ActionSteps({ action, onEdit }: { action: ActionView; onEdit: () => void }) {
  const t = useText('risk')
  const past = usePast()
  const [asked, setAsked] = useState<Step | null>(null)
  const call = useCallApi(risks.stepAction, { invalidates: stale })
  const possible: readonly string[] = stepsOf(action)
  const zone = useMe()?.organization.timeZone ?? 'UTC'
  const today = dateAt(systemClock(), zone)
  const claimed = action.claimedByImport
  const proposed = claimed && action.doneAt !== null ? dateAt(action.doneAt as Instant, zone) : today
  const [doneOn, setDoneOn] = useState<string | null>(null)
  const [note, setNote] = useState('')
  const send = async (step: Step, reason: string) => {
    const body = step === 'complete' ? { step, reason: note.trim(), doneOn: doneOn ?? proposed } : { step, reason }
    await call.mutateAsync({ params: { actionId: action.id }, body })
    notify(t(`action.done.${step}`, { ref: action.ref }))
  }
  const can = action.can.edit && past === null
  return (
    <>
      <Menu>
        <Menu.Target>
          <ActionIcon aria-label={t('action.stepsOf', { ref: action.ref })}>
            <IconDots size={16} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          {steps
            .filter((step) => possible.includes(step))
            .map((step) => (
              <Menu.Item key={step} disabled={!can} onClick={() => setAsked(step)}>
                {t(`action.step.${claimed && step === 'complete' ? 'confirm' : step}`)}
              </Menu.Item>
            ))}
          {possible.includes('edit') ? (
            <>
              <Menu.Divider />
              <Menu.Item disabled={!can} onClick={onEdit}>
                {t('action.edit')}
              </Menu.Item>
            </>
          ) : null}
        </Menu.Dropdown>
      </Menu>
      <ConfirmDialog
        opened={asked !== null}
        onClose={() => setAsked(null)}
        title={t(`action.ask.${claimed && asked === 'complete' ? 'confirm' : (asked ?? 'start')}`, { ref: action.ref })}
        confirmLabel={t(`action.step.${claimed && asked === 'complete' ? 'confirm' : (asked ?? 'start')}`)}
        danger={asked === 'cancel'}
        reason={asked === 'cancel' || asked === 'reopen' ? 'required' : 'none'}
        onConfirm={(reason) => (asked === null ? Promise.resolve() : send(asked, reason))}
      >
        {action.title}
        {asked === 'complete' ? (
          <Stack gap="md" mt="md">
            <DateField label={t('action.doneOn')} max={today} value={doneOn ?? proposed} onChange={setDoneOn} />
            <Textarea
              label={t('action.doneNote')}
              description={t('action.doneNoteHint')}
              minRows={2}
              maxLength={1000}
              value={note}
              onChange={(event) => setNote(event.currentTarget.value)}
            />
          </Stack>
        ) : null}
      </ConfirmDialog>
    </>
  )
}
