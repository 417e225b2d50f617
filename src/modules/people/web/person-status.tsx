import { StatusBadge } from '#ui/status-badge.tsx'
import { useText } from '#ui/text.ts'
import type { Person } from './wire.ts'

const marks = { active: ['full', 'good'], absent: ['clock', 'warn'], left: ['dash', 'quiet'] } as const

/** Whether a person is here. */
export function PersonStatus({ status, plain = false }: { status: Person['status']; plain?: boolean }) {
  const t = useText('people')
  const [glyph, tone] = marks[status]
  return (
    <StatusBadge tone={tone} glyph={glyph} plain={plain}>
      {t(`statuses.${status}`)}
    </StatusBadge>
  )
}
