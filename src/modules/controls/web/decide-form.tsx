import { Modal, Textarea } from '@mantine/core'
import { FormFrame } from '#ui/form-frame.tsx'
import { notify } from '#ui/notify.ts'
import { useText } from '#ui/text.ts'
import { useRecordForm } from '#ui/use-record-form.ts'
import { useCallApi } from '#web/api.ts'
import { controls } from '../contract.ts'
import { DriverLinks } from './drivers.tsx'
import type { ControlItem } from './wire.ts'

type Decided = Pick<ControlItem, 'id' | 'ref' | 'title' | 'applicability' | 'justification' | 'drivers'>

/** Asks why a control does not apply; what the server refuses stands at the field. */
export function ExcludeForm({ item, onClose }: { item: Decided; onClose: () => void }) {
  const t = useText('controls')
  const decide = useCallApi(controls.decide, { invalidates: ['soa.'] })
  const form = useRecordForm({
    schema: controls.decide.body,
    initial: {
      applicability: 'excluded',
      justification: item.applicability === 'excluded' ? item.justification : '',
    },
    draft: `control.exclude.${item.id}`,
    submit: (body) => decide.mutateAsync({ params: { controlId: item.id }, body }),
    onDone: () => {
      notify(t('decide.excluded', { ref: item.ref }))
      onClose()
    },
  })
  const asking = item.drivers.filter((driver) => driver.kind !== 'business')
  return (
    <FormFrame form={form} submitLabel={t('decide.exclude')} onCancel={onClose}>
      {asking.length === 0 ? null : (
        <div>
          {t('decide.askedFor')} <DriverLinks drivers={asking} />
        </div>
      )}
      <Textarea
        data-autofocus
        minRows={3}
        {...form.text('justification', { label: t('decide.justification'), hint: t('decide.justificationHint') })}
      />
    </FormFrame>
  )
}

/** The same in a dialog, from the list. */
export function ExcludeDialog({ item, onClose }: { item: Decided | null; onClose: () => void }) {
  const t = useText('controls')
  return (
    <Modal
      opened={item !== null}
      onClose={onClose}
      title={item === null ? '' : t('decide.excludeTitle', { ref: item.ref, title: item.title })}
      closeButtonProps={{ 'aria-label': t('close') }}
    >
      {item === null ? null : <ExcludeForm key={item.id} item={item} onClose={onClose} />}
    </Modal>
  )
}
