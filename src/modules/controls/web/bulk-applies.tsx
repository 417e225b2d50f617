import { Modal, Text, Textarea } from '@mantine/core'
import { useState } from 'react'
import { Action } from '#ui/action.tsx'
import { FormFrame } from '#ui/form-frame.tsx'
import { notify } from '#ui/notify.ts'
import { useText } from '#ui/text.ts'
import { useRecordForm } from '#ui/use-record-form.ts'
import { useCallApi } from '#web/api.ts'
import { controls } from '../contract.ts'
import type { ControlItem } from './wire.ts'

/** “Applies” for the selected controls at once, all or none. */
export function BulkApplies({ items, onDone }: { items: readonly ControlItem[]; onDone: () => void }) {
  const t = useText('controls')
  const [asking, setAsking] = useState(false)
  return (
    <>
      <Action can={items.every((item) => item.can.decide)} onClick={() => setAsking(true)}>
        {t('bulk.applies')}
      </Action>
      <Modal
        opened={asking}
        onClose={() => setAsking(false)}
        title={t('bulk.title', { count: items.length })}
        closeButtonProps={{ 'aria-label': t('close') }}
      >
        {asking ? <BulkForm items={items} onClose={() => setAsking(false)} onDone={onDone} /> : null}
      </Modal>
    </>
  )
}

function BulkForm({
  items,
  onClose,
  onDone,
}: {
  items: readonly ControlItem[]
  onClose: () => void
  onDone: () => void
}) {
  const t = useText('controls')
  const decide = useCallApi(controls.decideMany, { invalidates: ['soa.'] })
  const undriven = items.filter((item) => item.drivers.length === 0)
  const form = useRecordForm({
    schema: controls.decideMany.body,
    initial: { ids: items.map((item) => item.id), justification: '' },
    guard: false,
    submit: (body) => decide.mutateAsync({ body }),
    onDone: ({ changed }) => {
      notify(t('bulk.done', { count: changed }))
      onClose()
      onDone()
    },
  })
  return (
    <FormFrame form={form} submitLabel={t('bulk.submit')} onCancel={onClose}>
      <Text size="md">{t('bulk.explain', { refs: shortList(items.map((item) => item.ref)) })}</Text>
      {undriven.length === 0 ? null : (
        <Text size="sm" c="dimmed">
          {t('bulk.undriven', { count: undriven.length })}
        </Text>
      )}
      <Textarea
        data-autofocus
        minRows={2}
        {...form.text('justification', {
          label: t('fields.justification'),
          hint: t('bulk.justificationHint'),
          optional: true,
        })}
      />
    </FormFrame>
  )
}

/** The first few references and how many more there are. */
export function shortList(refs: readonly string[], max = 6): string {
  return refs.length <= max ? refs.join(', ') : `${refs.slice(0, max).join(', ')} … (+${refs.length - max})`
}
