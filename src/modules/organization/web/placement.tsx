import { Modal, Radio, Stack, Textarea } from '@mantine/core'
import { FormFrame } from '#ui/form-frame.tsx'
import { notify } from '#ui/notify.ts'
import { StatusBadge } from '#ui/status-badge.tsx'
import { useText } from '#ui/text.ts'
import { useRecordForm } from '#ui/use-record-form.ts'
import { useCallApi } from '#web/api.ts'
import type { PlaceableKind } from '../domain/placeable.ts'
import { type Placeable, type Placement, placeableRoutes } from './wire.ts'

const marks = { in: ['full', 'good'], out: ['empty', 'quiet'], undecided: ['question', 'warn'] } as const

/** Whether something lies inside the scope. */
export function PlacementBadge({ placement, plain = false }: { placement: Placement; plain?: boolean }) {
  const t = useText('organization')
  const [glyph, tone] = marks[placement]
  return (
    <StatusBadge tone={tone} glyph={glyph} plain={plain}>
      {t(`placements.${placement}`)}
    </StatusBadge>
  )
}

/** Places something inside or outside the scope; outside needs a reason. */
export function PlaceDialog({
  kind,
  record,
  onClose,
}: {
  kind: PlaceableKind
  record: Pick<Placeable, 'id' | 'ref' | 'name' | 'placement' | 'placementReason'>
  onClose: () => void
}) {
  const t = useText('organization')
  const place = useCallApi(placeableRoutes[kind].place, { invalidates: ['scope.'] })
  const form = useRecordForm({
    schema: placeableRoutes[kind].place.body,
    initial: {
      placement: record.placement === 'undecided' ? undefined : record.placement,
      reason: record.placementReason,
    },
    guard: false,
    submit: (body) => place.mutateAsync({ params: { recordId: record.id }, body }),
    onDone: () => {
      notify(t('placed', { ref: record.ref }))
      onClose()
    },
  })
  const { onBlur: _unused, ...placement } = form.choice('placement', { label: t('fields.placement') })
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('placeTitle', { ref: record.ref, name: record.name })}
      closeButtonProps={{ 'aria-label': t('ui:close') }}
    >
      <FormFrame form={form} submitLabel={t('place')} onCancel={onClose}>
        <Radio.Group {...placement}>
          <Stack gap={9} mt={8}>
            {(['in', 'out', 'undecided'] as const).map((one) => (
              <Radio key={one} value={one} size="sm" label={t(`placements.${one}`)} />
            ))}
          </Stack>
        </Radio.Group>
        <Textarea
          {...form.text('reason', { label: t('fields.placementReason'), hint: t('hints.placementReason') })}
          minRows={2}
        />
      </FormFrame>
    </Modal>
  )
}
