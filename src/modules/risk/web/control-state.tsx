import { type Glyph, implementationStates, StatusBadge } from '#ui/status-badge.tsx'
import { useText } from '#ui/text.ts'
import type { Tone } from '#ui/tone.ts'
import type { ControlStanding } from '../domain/treatment.ts'
import type { RiskItem } from './views.ts'

const liveLooks: Readonly<Record<ControlStanding, readonly [Glyph, Tone]>> = {
  implemented: implementationStates.implemented,
  partial: implementationStates.partial,
  claimed: implementationStates.claimed,
  claimedInPart: implementationStates.claimed,
  notDetermined: ['question', 'warn'],
  planned: ['clock', 'bad'],
  notImplemented: ['cross', 'bad'],
  failing: implementationStates.failing,
  excluded: ['dash', 'bad'],
  withdrawn: ['dash', 'bad'],
}

/** A linked control: planned, or live together with what its own record says of that. */
export function ControlState({
  control: { state, standing, works },
}: {
  control: Pick<RiskItem['controls'][number], 'state' | 'standing' | 'works'>
}) {
  const t = useText('risk')
  if (state === 'planned') {
    return (
      <StatusBadge plain glyph="clock" tone="info">
        {t('controlState.planned')}
      </StatusBadge>
    )
  }
  const [glyph, tone] = liveLooks[standing ?? 'implemented']
  return (
    // To be built by an action of a plan is no word against it, as a person's statement is.
    <StatusBadge plain glyph={glyph} tone={standing === 'planned' && works ? 'warn' : tone}>
      {t(`liveControl.${standing ?? 'implemented'}`)}
    </StatusBadge>
  )
}
