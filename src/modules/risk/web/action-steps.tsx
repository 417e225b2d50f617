import { ActionIcon, Menu } from '@mantine/core'
import { IconDots } from '@tabler/icons-react'
import { useState } from 'react'
import { ConfirmDialog } from '#ui/confirm-dialog.tsx'
import { notify } from '#ui/notify.ts'
import { usePast } from '#ui/past.ts'
import { useText } from '#ui/text.ts'
import { useCallApi } from '#web/api.ts'
import { risks } from '../contract.ts'
import { actionSteps } from '../domain/treatment-action.ts'
import { type ActionView, stale } from './views.ts'

type Step = 'start' | 'complete' | 'cancel' | 'reopen'
const steps: readonly Step[] = ['start', 'complete', 'cancel', 'reopen']

/** What can be done with an action now: start, complete, cancel or reopen with a reason, edit. */
export function ActionSteps({ action, onEdit }: { action: ActionView; onEdit: () => void }) {
  const t = useText('risk')
  const past = usePast()
  const [asked, setAsked] = useState<Step | null>(null)
  const call = useCallApi(risks.stepAction, { invalidates: stale })
  const possible: readonly string[] = actionSteps[action.status]
  const send = async (step: Step, reason: string) => {
    await call.mutateAsync({ params: { actionId: action.id }, body: { step, reason } })
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
                {t(`action.step.${step}`)}
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
        title={t(`action.ask.${asked ?? 'start'}`, { ref: action.ref })}
        confirmLabel={t(`action.step.${asked ?? 'start'}`)}
        danger={asked === 'cancel'}
        reason={asked === 'cancel' || asked === 'reopen' ? 'required' : 'none'}
        onConfirm={(reason) => (asked === null ? Promise.resolve() : send(asked, reason))}
      >
        {action.title}
      </ConfirmDialog>
    </>
  )
}
