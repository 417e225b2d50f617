import { Button, Group, Modal, Stack, Text, Textarea } from '@mantine/core'
import { type ReactNode, useState } from 'react'
import { ErrorBand } from './error-band.tsx'
import { useText } from './text.ts'

/**
 * Asks before something that matters, says what will happen and takes the reason into the ledger.
 * Stays open with the refusal when `onConfirm` rejects; the typed reason is kept.
 */
export function ConfirmDialog({
  opened,
  onClose,
  title,
  children,
  confirmLabel,
  danger = false,
  reason = 'none',
  onConfirm,
}: {
  opened: boolean
  onClose: () => void
  title: string
  /** What will happen, in a sentence or two. */
  children?: ReactNode
  /** A verb: “Withdraw risk”. */
  confirmLabel: string
  danger?: boolean
  reason?: 'none' | 'optional' | 'required'
  onConfirm: (reason: string) => Promise<unknown>
}) {
  const t = useText('ui')
  const [text, setText] = useState('')
  const [busy, setBusy] = useState(false)
  const [missing, setMissing] = useState(false)
  const [error, setError] = useState<unknown>(null)
  const confirm = async () => {
    if (reason === 'required' && text.trim() === '') {
      setMissing(true)
      return
    }
    setBusy(true)
    setError(null)
    try {
      await onConfirm(text.trim())
      setText('')
      onClose()
    } catch (problem) {
      setError(problem)
    } finally {
      setBusy(false)
    }
  }
  return (
    <Modal opened={opened} onClose={onClose} title={title} closeButtonProps={{ 'aria-label': t('close') }}>
      <Stack gap="md">
        {children === undefined ? null : (
          <Text component="div" size="md">
            {children}
          </Text>
        )}
        {reason === 'none' ? null : (
          <Textarea
            label={reason === 'required' ? t('confirm.reason') : t('optional', { label: t('confirm.reason') })}
            description={t('confirm.reasonHint')}
            value={text}
            data-autofocus
            minRows={2}
            error={missing && text.trim() === '' ? t('confirm.reasonMissing') : undefined}
            onChange={(event) => setText(event.currentTarget.value)}
          />
        )}
        {error === null ? null : <ErrorBand error={error} />}
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>
            {t('cancel')}
          </Button>
          <Button {...(danger ? { color: 'red' } : {})} loading={busy} onClick={() => void confirm()}>
            {confirmLabel}
          </Button>
        </Group>
      </Stack>
    </Modal>
  )
}
