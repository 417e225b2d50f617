import { type Glyph, StatusBadge } from '#ui/status-badge.tsx'
import { useText } from '#ui/text.ts'
import type { Tone } from '#ui/tone.ts'
import type { VersionItem } from './wire.ts'

const look = {
  proposed: ['clock', 'info'],
  issued: ['check', 'good'],
  superseded: ['dash', 'quiet'],
  withdrawn: ['cross', 'quiet'],
} as const satisfies Record<VersionItem['status'], readonly [Glyph, Tone]>

/** Where a version of the statement stands. */
export function VersionState({ status }: { status: VersionItem['status'] }) {
  const t = useText('controls')
  const [glyph, tone] = look[status]
  return (
    <StatusBadge tone={tone} glyph={glyph}>
      {t(`versions.states.${status}`)}
    </StatusBadge>
  )
}
