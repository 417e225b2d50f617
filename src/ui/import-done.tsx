import { Button, Group, Stack } from '@mantine/core'
import { useState } from 'react'
import { Band } from './band.tsx'
import { ConfirmDialog } from './confirm-dialog.tsx'
import type { ImportResult } from './import-model.ts'
import { PathLink } from './link.tsx'
import { useText } from './text.ts'

/** The last step: what came in, and the way to take it back. */
export function ImportDone({
  result,
  onUndo,
  registerPath,
}: {
  result: ImportResult
  onUndo: ((reason: string) => Promise<unknown>) | undefined
  registerPath: string
}) {
  const t = useText('ui')
  const [undoing, setUndoing] = useState(false)
  return (
    <Stack align="flex-start">
      <output>
        <Band
          tone={result.undone ? 'quiet' : 'good'}
          title={result.undone ? t('import.undone') : t('import.doneTitle', { count: result.imported })}
        >
          {result.undone || result.skipped + result.failed === 0 ? null : (
            <>
              {result.skipped === 0 ? null : t('import.doneSkipped', { count: result.skipped })}{' '}
              {result.failed === 0 ? null : t('import.doneFailed', { count: result.failed })}
            </>
          )}
        </Band>
      </output>
      <Group>
        <PathLink to={registerPath}>{t('import.open')}</PathLink>
        {onUndo === undefined || result.undone ? null : (
          <Button variant="default" onClick={() => setUndoing(true)}>
            {t('import.undo')}
          </Button>
        )}
      </Group>
      {onUndo === undefined ? null : (
        <ConfirmDialog
          opened={undoing}
          onClose={() => setUndoing(false)}
          title={t('import.undo')}
          confirmLabel={t('import.undo')}
          danger
          reason="optional"
          onConfirm={onUndo}
        >
          {t('import.undoText')}
        </ConfirmDialog>
      )}
    </Stack>
  )
}
