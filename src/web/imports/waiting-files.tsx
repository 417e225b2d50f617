import { Button, Group, Stack, Text } from '@mantine/core'
import { importRoutes } from '#platform/import/contract.ts'
import { Band } from '#ui/band.tsx'
import { ErrorBand } from '#ui/error-band.tsx'
import { useFormat } from '#ui/format.ts'
import { useText } from '#ui/text.ts'
import { useApi, useCallApi } from '../api.ts'
import type { Register } from './registers.ts'

/** Files that were uploaded and not confirmed: the way back to each, and how to be rid of it. */
export function WaitingFiles({
  register,
  onGoOn,
  onDiscarded,
}: {
  register: Register
  onGoOn: (id: string, fileName: string) => void
  onDiscarded: (id: string) => void
}) {
  const t = useText('web')
  const format = useFormat()
  const routes = importRoutes(register, '')
  const { data } = useApi(routes.list, {})
  const discard = useCallApi(routes.discard, { invalidates: ['import.'] })
  if (data.waiting.length === 0) return null
  return (
    <Band tone="info" title={t('import.waiting', { count: data.waiting.length })}>
      <Stack gap={8}>
        {data.waiting.map(({ id, fileName, uploadedAt }) => (
          <Group key={id} gap="xs" justify="space-between">
            <div>
              <Text size="sm" fw={550} style={{ overflowWrap: 'anywhere' }}>
                {fileName}
              </Text>
              <Text size="xs" c="var(--pl-muted)">
                {t('import.waitingSince', { at: format.dateTime(uploadedAt) })}
              </Text>
            </div>
            <Group gap="xs">
              <Button
                size="xs"
                aria-label={t('import.waitingGoOf', { file: fileName })}
                onClick={() => onGoOn(id, fileName)}
              >
                {t('import.waitingGo')}
              </Button>
              <Button
                size="xs"
                variant="default"
                aria-label={t('import.discardOf', { file: fileName })}
                loading={discard.isPending && discard.variables.params?.importId === id}
                onClick={() => discard.mutate({ params: { importId: id } }, { onSuccess: () => onDiscarded(id) })}
              >
                {t('import.discard')}
              </Button>
            </Group>
          </Group>
        ))}
        {discard.error === null ? null : <ErrorBand error={discard.error} />}
      </Stack>
    </Band>
  )
}
