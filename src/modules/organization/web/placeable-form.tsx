import { Modal, Textarea, TextInput } from '@mantine/core'
import { FormFrame } from '#ui/form-frame.tsx'
import { notify } from '#ui/notify.ts'
import { useText } from '#ui/text.ts'
import { useRecordForm } from '#ui/use-record-form.ts'
import { useCallApi } from '#web/api.ts'
import { namesIn, PersonField } from '#web/person-field.tsx'
import type { PlaceableKind } from '../domain/placeable.ts'
import { type Placeable, placeableRoutes } from './wire.ts'

/** Adds or changes a unit, site, service or product. */
export function PlaceableDialog({
  kind,
  record,
  onClose,
}: {
  kind: PlaceableKind
  record: Placeable | null
  onClose: () => void
}) {
  const t = useText('organization')
  const add = useCallApi(placeableRoutes[kind].add, { invalidates: ['scope.'] })
  const change = useCallApi(placeableRoutes[kind].change, { invalidates: ['scope.'] })
  const form = useRecordForm({
    schema: placeableRoutes[kind].add.body,
    initial: {
      name: record?.name ?? '',
      description: record?.description ?? '',
      ownerId: record?.owner?.id ?? null,
    },
    version: record?.version ?? 0,
    submit: (body, version) =>
      record === null
        ? add.mutateAsync({ body })
        : change.mutateAsync({ params: { recordId: record.id }, body, ifMatch: version ?? record.version }),
    onDone: () => {
      notify(t('saved'))
      onClose()
    },
  })
  return (
    <Modal
      opened
      onClose={onClose}
      title={record === null ? t(`kinds.${kind}.add`) : `${record.ref} ${record.name}`}
      closeButtonProps={{ 'aria-label': t('ui:close') }}
    >
      <FormFrame form={form} submitLabel={record === null ? t(`kinds.${kind}.add`) : t('save')} onCancel={onClose}>
        <TextInput
          data-autofocus
          {...form.text('name', { label: t('fields.name'), hint: t(`kinds.${kind}.example`) })}
        />
        <Textarea {...form.text('description', { label: t('fields.description'), optional: true })} minRows={2} />
        <PersonField
          known={[record?.owner ?? null]}
          {...form.choice('ownerId', { label: t('fields.owner'), optional: true, words: namesIn(record?.owner) })}
        />
      </FormFrame>
    </Modal>
  )
}
