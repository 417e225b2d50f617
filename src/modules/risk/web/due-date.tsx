import { Tooltip } from '@mantine/core'
import { useFormat } from '#ui/format.ts'
import { useText } from '#ui/text.ts'
import type { ActionView } from './views.ts'

/** The due date of an action; every move of it stays visible with its reason. */
export function DueDate({ action }: { action: ActionView }) {
  const t = useText('risk')
  const format = useFormat()
  if (action.dueOn === null) return <span className="pl-muted">{t('action.noDate')}</span>
  const moves = action.dueMoves.length
  return (
    <span style={{ whiteSpace: 'nowrap' }}>
      <span style={action.overdue ? { color: 'var(--pl-bad)', fontWeight: 550 } : undefined}>
        {format.shortDate(action.dueOn)}
      </span>
      {moves === 0 ? null : (
        <Tooltip
          label={action.dueMoves
            .map((move) =>
              t('action.moved', {
                from: format.shortDate(move.from),
                to: format.shortDate(move.to),
                reason: move.reason,
              }),
            )
            .join(' ')}
        >
          {/* Focusable, so that the moves can be read without a mouse. */}
          {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
          <span tabIndex={0} className="pl-muted" style={{ marginLeft: 6, fontSize: '0.75rem' }}>
            {t('action.moves', { count: moves })}
          </span>
        </Tooltip>
      )}
      {action.status === 'done' && action.doneAt !== null ? (
        <small className="pl-muted" style={{ display: 'block', fontSize: '0.75rem' }}>
          {t('action.doneDay', { date: format.shortDate(action.doneAt) })}
        </small>
      ) : null}
    </span>
  )
}
