import { StatusBadge } from '#ui/status-badge.tsx'
import { useText } from '#ui/text.ts'
import type { Assignment, Role } from './wire.ts'

const roleMarks = { filled: ['full', 'good'], awaiting: ['clock', 'warn'], vacant: ['empty', 'bad'] } as const
const assignmentMarks = {
  awaiting: ['clock', 'warn'],
  accepted: ['check', 'good'],
  declined: ['cross', 'bad'],
  ended: ['dash', 'quiet'],
} as const

/** Whether a role is filled by somebody who is here and has accepted it. */
export function RoleState({ state, plain = false }: { state: Role['state']; plain?: boolean }) {
  const t = useText('people')
  const [glyph, tone] = roleMarks[state]
  return (
    <StatusBadge tone={tone} glyph={glyph} plain={plain}>
      {t(`roleStates.${state}`)}
    </StatusBadge>
  )
}

/** Where one assignment stands. */
export function AssignmentState({ state }: { state: Assignment['state'] }) {
  const t = useText('people')
  const [glyph, tone] = assignmentMarks[state]
  return (
    <StatusBadge plain tone={tone} glyph={glyph}>
      {t(`assignmentStates.${state}`)}
    </StatusBadge>
  )
}
