import type { WireResponse } from '#platform/contract/route.ts'
import { type Glyph, StatusBadge } from '#ui/status-badge.tsx'
import { useText } from '#ui/text.ts'
import type { Tone } from '#ui/tone.ts'
import type { evidence } from '../contract.ts'

export type Artefact = WireResponse<typeof evidence.show>
export type ArtefactItem = WireResponse<typeof evidence.list>['items'][number]

const looks = {
  fresh: ['full', 'good'],
  dueSoon: ['clock', 'warn'],
  stale: ['cross', 'bad'],
  undated: ['question', 'quiet'],
} as const satisfies Record<ArtefactItem['freshness'], readonly [Glyph, Tone]>

/** Whether an artefact speaks for today, and if it shows nothing whatever its age, why. */
export function WorthBadge({ artefact, plain = false }: { artefact: ArtefactItem; plain?: boolean }) {
  const t = useText('evidence')
  if (artefact.withdrawnAt !== null) {
    return (
      <StatusBadge tone="quiet" glyph="dash" plain={plain}>
        {t('withdrawn')}
      </StatusBadge>
    )
  }
  if (artefact.weakness !== null) {
    return (
      <StatusBadge tone={artefact.weakness === 'onlyWord' ? 'warn' : 'bad'} glyph="dotted" plain={plain}>
        {t(`weakness.${artefact.weakness}`)}
      </StatusBadge>
    )
  }
  const [glyph, tone] = looks[artefact.freshness]
  return (
    <StatusBadge tone={tone} glyph={glyph} plain={plain}>
      {t(`freshness.${artefact.freshness}`)}
    </StatusBadge>
  )
}
