import { Button, Group } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { importRoutes } from '#platform/import/contract.ts'
import { Band } from '#ui/band.tsx'
import { useText } from '#ui/text.ts'
import { call } from '../api.ts'
import type { Register } from './registers.ts'
import type { KeptImport } from './use-import-place.ts'

/** A file that was left before it was confirmed, and is still there: the way back to it. */
export function WaitingFile({
  register,
  waiting,
  onGoOn,
  onForget,
}: {
  register: Register
  waiting: KeptImport
  onGoOn: () => void
  onForget: () => void
}) {
  const t = useText('web')
  const { show } = importRoutes(register, '')
  const params = { importId: waiting.file ?? '' }
  const { data } = useQuery({
    queryKey: [show.name, params],
    queryFn: ({ signal }) => call(show, { params, signal }),
    retry: false,
  })
  if (data?.status !== 'uploaded') return null
  return (
    <Band tone="info" title={t('import.waiting', { file: waiting.fileName })}>
      <Group gap="xs">
        <Button size="xs" onClick={onGoOn}>
          {t('import.waitingGo')}
        </Button>
        <Button size="xs" variant="default" onClick={onForget}>
          {t('import.waitingForget')}
        </Button>
      </Group>
    </Band>
  )
}
