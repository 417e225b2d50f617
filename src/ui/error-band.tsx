import { Button } from '@mantine/core'
import { Band } from './band.tsx'
import { ProblemError } from './problem.ts'
import { useErrorText, useText } from './text.ts'

/** A failure in a sentence, and a way to try again, unless the same question will be refused again. */
export function ErrorBand({ error, retry }: { error: unknown; retry?: (() => void) | undefined }) {
  const t = useText('ui')
  const textOf = useErrorText()
  const final = error instanceof ProblemError && error.problem.status === 422
  return (
    <Band tone="bad" alert>
      <div style={{ display: 'flex', flexWrap: 'wrap', gap: 12, alignItems: 'center', color: 'var(--pl-text)' }}>
        <span style={{ flex: '1 1 240px' }}>{textOf(error)}</span>
        {retry === undefined || final ? null : (
          <Button variant="default" onClick={retry}>
            {t('error.retry')}
          </Button>
        )}
      </div>
    </Band>
  )
}
