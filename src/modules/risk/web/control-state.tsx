import { StatusBadge } from '#ui/status-badge.tsx'
import { useText } from '#ui/text.ts'

/** Whether a linked control is live, planned, or live and does not work. */
export function ControlState({ state, works }: { state: 'live' | 'planned'; works: boolean }) {
  const t = useText('risk')
  if (state === 'planned') {
    return (
      <StatusBadge plain glyph="clock" tone="info">
        {t('controlState.planned')}
      </StatusBadge>
    )
  }
  return works ? (
    <StatusBadge plain glyph="full" tone="good">
      {t('controlState.live')}
    </StatusBadge>
  ) : (
    <StatusBadge plain glyph="cross" tone="bad">
      {t('controlState.failing')}
    </StatusBadge>
  )
}
