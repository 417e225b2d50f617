import { Button, Group, Modal, Stack } from '@mantine/core'
import { useState } from 'react'
import { dateAt, systemClock } from '#kernel/time.ts'
import { ConfirmDialog } from '#ui/confirm-dialog.tsx'
import { DateField } from '#ui/date-field.tsx'
import { ErrorBand } from '#ui/error-band.tsx'
import { notify } from '#ui/notify.ts'
import { useText } from '#ui/text.ts'
import { useCallApi } from '#web/api.ts'
import { useMe } from '#web/session.ts'
import { risks } from '../contract.ts'
import { type RiskView, stale } from './views.ts'

interface DialogProps {
  risk: RiskView
  opened: boolean
  onClose: () => void
}

/** Takes a risk out of the register. */
export function WithdrawDialog({ risk, opened, onClose }: DialogProps) {
  const t = useText('risk')
  const withdraw = useCallApi(risks.withdraw, { invalidates: stale })
  return (
    <ConfirmDialog
      opened={opened}
      onClose={onClose}
      title={t('life.withdrawTitle', { ref: risk.ref })}
      confirmLabel={t('life.withdraw')}
      danger
      reason="required"
      onConfirm={async (reason) => {
        await withdraw.mutateAsync({ params: { riskId: risk.id }, body: { reason } })
        notify(t('life.withdrawn', { ref: risk.ref }))
      }}
    >
      {t('life.withdrawText')}
    </ConfirmDialog>
  )
}

/** Opens a closed or withdrawn risk again. */
export function ReopenDialog({ risk, opened, onClose }: DialogProps) {
  const t = useText('risk')
  const reopen = useCallApi(risks.reopen, { invalidates: stale })
  return (
    <ConfirmDialog
      opened={opened}
      onClose={onClose}
      title={t('life.reopenTitle', { ref: risk.ref })}
      confirmLabel={t('life.reopen')}
      reason="required"
      onConfirm={async (reason) => {
        await reopen.mutateAsync({ params: { riskId: risk.id }, body: { reason } })
        notify(t('life.reopened', { ref: risk.ref }))
      }}
    >
      {t('life.reopenText')}
    </ConfirmDialog>
  )
}

/** The activity behind an avoided risk has ended. */
export function EndActivityDialog({ risk, opened, onClose }: DialogProps) {
  const t = useText('risk')
  const zone = useMe()?.organization.timeZone ?? 'UTC'
  const today = dateAt(systemClock(), zone)
  const [endedOn, setEndedOn] = useState<string | null>(today)
  const end = useCallApi(risks.endActivity, { invalidates: stale })
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={t('life.endTitle', { ref: risk.ref })}
      closeButtonProps={{ 'aria-label': t('close') }}
    >
      <Stack gap="md">
        <div>{t('life.endText')}</div>
        <DateField label={t('life.endedOn')} max={today} value={endedOn} onChange={setEndedOn} />
        {end.error === null ? null : <ErrorBand error={end.error} />}
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>
            {t('cancel')}
          </Button>
          <Button
            loading={end.isPending}
            disabled={endedOn === null}
            onClick={() => {
              if (endedOn === null) return
              end.mutate(
                { params: { riskId: risk.id }, body: { endedOn } },
                {
                  onSuccess: () => {
                    notify(t('life.ended', { ref: risk.ref }))
                    onClose()
                  },
                },
              )
            }}
          >
            {t('life.endActivity')}
          </Button>
        </Group>
      </Stack>
    </Modal>
  )
}
