import { useMemo } from 'react'
import type { FieldEdits } from '#ui/field-edit.ts'
import { useText } from '#ui/text.ts'
import { personEdit, useRowWriter } from '#web/row-edits.ts'
import { risks } from '../contract.ts'
import { type ActionStatus, actionStatuses } from '../domain/treatment-action.ts'
import { type ActionView, stale } from './views.ts'

type Step = 'start' | 'complete' | 'cancel' | 'reopen'

/** The step that leads from one state to another. */
const stepTo: Readonly<Record<ActionStatus, Partial<Record<ActionStatus, Step>>>> = {
  planned: { inProgress: 'start', done: 'complete', cancelled: 'cancel' },
  inProgress: { done: 'complete', cancelled: 'cancel' },
  done: { inProgress: 'reopen' },
  cancelled: { inProgress: 'reopen' },
}

/** What the treatment plan changes in the row and for several actions: owner, due date with its reason, state. */
export function useActionEdits(): FieldEdits<ActionView> {
  const t = useText('risk')
  const { write, settle } = useRowWriter('action.', stale)
  return useMemo(() => {
    const change = (action: ActionView, body: { ownerId?: string; dueOn?: string; dueReason?: string }) =>
      write(risks.changeAction, { params: { actionId: action.id }, ifMatch: action.version, body })
    return {
      settle,
      fields: [
        personEdit<ActionView>({
          key: 'owner',
          label: t('fieldsOf.risk_action.ownerId'),
          value: (action) => action.owner,
          can: (action) => action.can.edit,
          save: (action, ownerId) => change(action, ownerId === null ? {} : { ownerId }),
        }),
        {
          kind: 'date',
          key: 'due',
          shortcut: 'd',
          label: t('fields.dueOn'),
          // A date that was promised once moves with a reason; the action keeps both.
          reason: 'required',
          value: (action) => action.dueOn,
          can: (action) => action.can.complete,
          save: (action, dueOn, dueReason) => change(action, dueOn === null ? {} : { dueOn, dueReason }),
        },
        {
          kind: 'choice',
          key: 'status',
          shortcut: 's',
          label: t('fields.status'),
          reason: 'optional',
          value: (action) => action.status,
          options: (action) =>
            actionStatuses
              .filter((to) => (action === null ? to !== 'planned' : stepTo[action.status][to] !== undefined))
              .map((value) => ({ value, label: t(`actionStatus.${value}`) })),
          can: (action) => action.can.edit,
          save: (action, value, reason) => {
            const step = actionStatuses.flatMap((to) => (to === value ? (stepTo[action.status][to] ?? []) : []))[0]
            if (step === undefined) return Promise.resolve()
            return write(risks.stepAction, { params: { actionId: action.id }, body: { step, reason } })
          },
        },
      ],
    }
  }, [t, write, settle])
}
