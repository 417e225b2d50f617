import { IconPencil } from '@tabler/icons-react'
import { useState } from 'react'
import { Action } from '#ui/action.tsx'
import { ConfirmDialog } from '#ui/confirm-dialog.tsx'
import { useFormat } from '#ui/format.ts'
import { PathLink } from '#ui/link.tsx'
import { FactList, Section } from '#ui/page.tsx'
import { usePageParams } from '#ui/page-params.ts'
import { RecordPage, type RecordProblem } from '#ui/record-page.tsx'
import { useText } from '#ui/text.ts'
import { useApi, useCallApi } from '#web/api.ts'
import { RecordHistory } from '#web/record-history.tsx'
import { useOrgPath } from '#web/scope.ts'
import { PlaceableDialog } from './placeable-form.tsx'
import { PlaceDialog, PlacementBadge } from './placement.tsx'
import { placeableRoutes, useKind } from './wire.ts'

/** A unit, site, service or product: what it is, and where it lies. */
export function PlaceablePage() {
  const t = useText('organization')
  const format = useFormat()
  const path = useOrgPath()
  const kind = useKind()
  const { ref } = usePageParams() as { ref: string }
  const { data: record } = useApi(placeableRoutes[kind].show, { params: { recordId: ref } })
  const withdraw = useCallApi(placeableRoutes[kind].withdraw, { invalidates: ['scope.'] })
  const [dialog, setDialog] = useState<'edit' | 'place' | 'withdraw' | null>(null)
  const close = () => setDialog(null)
  const problems: RecordProblem[] =
    record.withdrawnAt !== null
      ? [{ key: 'gone', tone: 'info', what: t('withdrawnOn', { date: format.date(record.withdrawnAt) }) }]
      : record.placement === 'undecided'
        ? [
            {
              key: 'open',
              tone: 'warn',
              what: t('notPlaced'),
              fix: t('notPlacedFix'),
              action: (
                <Action size="compact-sm" variant="default" can={record.can.place} onClick={() => setDialog('place')}>
                  {t('place')}
                </Action>
              ),
            },
          ]
        : []
  return (
    <RecordPage
      reference={record.ref}
      title={record.name}
      state={<PlacementBadge placement={record.placement} />}
      owner={
        record.owner === null ? (
          <span className="pl-muted">{t('nobody')}</span>
        ) : (
          <PathLink to={path(`/people/${record.owner.id}`)}>{record.owner.name}</PathLink>
        )
      }
      problems={problems}
      actions={
        <>
          <Action variant="default" can={record.can.withdraw} onClick={() => setDialog('withdraw')}>
            {t('withdraw')}
          </Action>
          <Action variant="default" can={record.can.place} onClick={() => setDialog('place')}>
            {t('place')}
          </Action>
          <Action icon={<IconPencil size={15} stroke={1.6} />} can={record.can.edit} onClick={() => setDialog('edit')}>
            {t('edit')}
          </Action>
        </>
      }
      questions={(['why', 'crossing', 'visit'] as const).map((key) => t(`questions.${key}`))}
      history={<RecordHistory type={kind} id={record.id} />}
    >
      <Section title={t('sections.what')}>
        <FactList
          facts={[
            { label: t('fields.kind'), value: t(`kinds.${kind}.one`) },
            { label: t('fields.description'), value: record.description || <span className="pl-muted">–</span> },
            { label: t('fields.placement'), value: t(`placements.${record.placement}`) },
            {
              label: t('fields.placementReason'),
              value: record.placementReason || <span className="pl-muted">–</span>,
            },
          ]}
        />
      </Section>
      {dialog === 'edit' ? <PlaceableDialog kind={kind} record={record} onClose={close} /> : null}
      {dialog === 'place' ? <PlaceDialog kind={kind} record={record} onClose={close} /> : null}
      <ConfirmDialog
        opened={dialog === 'withdraw'}
        onClose={close}
        title={t('withdrawTitle', { ref: record.ref, name: record.name })}
        confirmLabel={t('withdraw')}
        danger
        reason="required"
        onConfirm={(reason) => withdraw.mutateAsync({ params: { recordId: record.id }, body: { reason } })}
      >
        {t('withdrawText')}
      </ConfirmDialog>
    </RecordPage>
  )
}
