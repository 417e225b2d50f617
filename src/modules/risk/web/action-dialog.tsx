import { Group, Modal, NumberInput, Stack, Textarea, TextInput } from '@mantine/core'
import { type ReactNode, useState } from 'react'
import { z } from 'zod'
import { currencyDigits } from '#kernel/currency.ts'
import { DateField } from '#ui/date-field.tsx'
import { FormFrame } from '#ui/form-frame.tsx'
import { notify } from '#ui/notify.ts'
import { PersonSelect, type RecordOption } from '#ui/record-select.tsx'
import { useText } from '#ui/text.ts'
import { type RecordForm, useRecordForm } from '#ui/use-record-form.ts'
import { useCallApi } from '#web/api.ts'
import { useMe } from '#web/session.ts'
import { risks } from '../contract.ts'
import { useFinders } from './finders.ts'
import { ManySelect } from './many-select.tsx'
import { type ActionView, stale } from './views.ts'

/** Adding an action to the treatment of a risk, or changing one. */
export function ActionDialog({
  riskId,
  editing,
  onClose,
}: {
  riskId: string
  editing: ActionView | 'new' | null
  onClose: () => void
}) {
  const t = useText('risk')
  return (
    <Modal
      opened={editing !== null}
      onClose={onClose}
      size={560}
      title={editing === null || editing === 'new' ? t('action.add') : t('action.editTitle', { ref: editing.ref })}
      closeButtonProps={{ 'aria-label': t('close') }}
    >
      {editing === null ? null : editing === 'new' ? (
        <AddAction riskId={riskId} onClose={onClose} />
      ) : (
        <ChangeAction action={editing} onClose={onClose} />
      )}
    </Modal>
  )
}

function AddAction({ riskId, onClose }: { riskId: string; onClose: () => void }) {
  const t = useText('risk')
  const add = useCallApi(risks.addAction, { invalidates: stale })
  const form = useRecordForm({
    schema: risks.addAction.body,
    initial: { title: '' },
    guard: false,
    submit: (body) =>
      add.mutateAsync({
        params: { riskId },
        body: { ...body, cost: typeof body.cost === 'number' ? body.cost : null },
      }),
    onDone: (action) => {
      notify(t('action.added', { ref: action.ref }))
      onClose()
    },
  })
  return (
    <FormFrame form={form} submitLabel={t('action.add')} onCancel={onClose}>
      <ActionFields form={form} owner={null} ownerText={null} controls={[]} />
    </FormFrame>
  )
}

// The reason is asked for here as soon as the date moves, as the rule does.
const changeBody = risks.changeAction.body.extend({ dueReason: z.string().max(1000).optional() })

function ChangeAction({ action, onClose }: { action: ActionView; onClose: () => void }) {
  const t = useText('risk')
  const change = useCallApi(risks.changeAction, { invalidates: stale })
  const form = useRecordForm({
    schema: changeBody,
    initial: {
      title: action.title,
      description: action.description,
      ownerId: action.owner?.id,
      startOn: action.startOn,
      dueOn: action.dueOn ?? undefined,
      controlIds: action.controls.map(({ id }) => id),
      resources: action.resources,
      cost: action.cost,
    },
    version: action.version,
    guard: false,
    submit: (body, version) => {
      const { dueReason, ...rest } = body
      const moved = rest.dueOn !== undefined && rest.dueOn !== action.dueOn
      return change.mutateAsync({
        params: { actionId: action.id },
        body: { ...rest, ...(moved && dueReason !== undefined && dueReason.trim() !== '' ? { dueReason } : {}) },
        ifMatch: version ?? action.version,
      })
    },
    onDone: () => {
      notify(t('saved'))
      onClose()
    },
  })
  const moved = action.dueOn !== null && form.get('dueOn') !== action.dueOn
  return (
    <FormFrame form={form} submitLabel={t('save')} onCancel={onClose}>
      <ActionFields
        form={form}
        owner={action.owner === null ? null : { id: action.owner.id, title: action.owner.name }}
        ownerText={action.ownerText}
        controls={action.controls}
        underDates={
          moved ? (
            <TextInput {...form.text('dueReason', { label: t('action.dueReason'), hint: t('action.dueReasonHint') })} />
          ) : null
        }
      />
    </FormFrame>
  )
}

type ActionForm = RecordForm<z.input<typeof risks.addAction.body>> | RecordForm<z.input<typeof changeBody>>

/** What an action says, for a new one and for one that changes; `owner` and `controls` are who and what it began with. */
function ActionFields({
  form,
  owner: firstOwner,
  ownerText,
  controls: firstControls,
  underDates = null,
}: {
  form: ActionForm
  owner: RecordOption | null
  ownerText: string | null
  controls: readonly RecordOption[]
  underDates?: ReactNode
}) {
  const t = useText('risk')
  const find = useFinders()
  const currency = useMe()?.organization.currency ?? ''
  // Amounts are kept in the smallest unit of the currency.
  const digits = currency === '' ? 2 : currencyDigits(currency)
  const [owner, setOwner] = useState(firstOwner)
  const [controls, setControls] = useState(firstControls)
  const cost = form.get('cost')
  return (
    <>
      <TextInput data-autofocus {...form.text('title', { label: t('action.what') })} />
      <Textarea minRows={2} {...form.text('description', { label: t('fields.description'), optional: true })} />
      <PersonSelect
        {...form.choice('ownerId', {
          label: t('fieldsOf.risk_action.ownerId'),
          ...(ownerText === null ? {} : { hint: t('action.ownerFrom', { name: ownerText }) }),
        })}
        find={find.people}
        clearable={firstOwner === null}
        value={owner}
        onChange={(value) => {
          setOwner(value)
          form.set('ownerId', value?.id)
        }}
      />
      <Stack gap="xs">
        <Group align="start" grow>
          <DateField {...form.date('startOn', { label: t('fields.startOn'), optional: true })} />
          <DateField {...form.date('dueOn', { label: t('fields.dueOn') })} />
        </Group>
        {underDates}
      </Stack>
      <ManySelect
        label={t('action.controls')}
        source="risk.controls"
        find={find.controls}
        value={controls}
        onChange={(chosen) => {
          setControls(chosen)
          form.set(
            'controlIds',
            chosen.map(({ id }) => id),
          )
        }}
      />
      <Group align="start" grow>
        <TextInput {...form.text('resources', { label: t('fields.resources'), optional: true })} />
        <NumberInput
          label={t('action.cost', { currency })}
          min={0}
          decimalScale={digits}
          value={typeof cost === 'number' ? cost / 10 ** digits : ''}
          onChange={(value) => form.set('cost', value === '' ? null : Math.round(Number(value) * 10 ** digits))}
        />
      </Group>
    </>
  )
}
