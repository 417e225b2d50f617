import { Modal, Select, Textarea, TextInput } from '@mantine/core'
import { useNavigate } from '@tanstack/react-router'
import { themes } from '#modules/catalogue/domain/release.ts'
import { FormFrame } from '#ui/form-frame.tsx'
import { notify } from '#ui/notify.ts'
import { useText } from '#ui/text.ts'
import { useRecordForm } from '#ui/use-record-form.ts'
import { useCallApi } from '#web/api.ts'
import { useOrgPath } from '#web/scope.ts'
import { controls } from '../contract.ts'

/** Adds a control that Annex A does not have (6.1.3 b). */
export function OwnControlDialog({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  const t = useText('controls')
  return (
    <Modal opened={opened} onClose={onClose} title={t('own.add')} closeButtonProps={{ 'aria-label': t('close') }}>
      {opened ? <OwnControlForm onClose={onClose} /> : null}
    </Modal>
  )
}

function OwnControlForm({ onClose }: { onClose: () => void }) {
  const t = useText('controls')
  const path = useOrgPath()
  const navigate = useNavigate()
  const add = useCallApi(controls.addOwn)
  const form = useRecordForm({
    schema: controls.addOwn.body,
    initial: { title: '', businessReason: '' },
    draft: 'control.new',
    submit: (body) => add.mutateAsync({ body }),
    onDone: (control) => {
      notify(t('own.added', { ref: control.ref }))
      void navigate({ to: path(`/controls/${control.ref}`) })
    },
  })
  return (
    <FormFrame form={form} submitLabel={t('own.submit')} onCancel={onClose}>
      <div className="pl-muted">{t('own.explain')}</div>
      <TextInput data-autofocus {...form.text('title', { label: t('fields.title') })} />
      <Select
        data={themes.map((value) => ({ value, label: t(`catalogue:themes.${value}`) }))}
        {...form.choice('theme', { label: t('fields.theme') })}
      />
      <Textarea
        minRows={2}
        {...form.text('businessReason', {
          label: t('fields.businessReason'),
          hint: t('own.reasonHint'),
          optional: true,
        })}
      />
    </FormFrame>
  )
}
