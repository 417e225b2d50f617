import { type Glyph, StatusBadge } from '#ui/status-badge.tsx'
import { useText } from '#ui/text.ts'
import type { Tone } from '#ui/tone.ts'
import type { ApprovalStanding } from '../domain/judge-approval.ts'
import { acceptedUnproven, type RiskStatus } from '../domain/risk-status.ts'
import type { RunStatus } from '../domain/run.ts'
import type { ActionStatus } from '../domain/treatment-action.ts'
import type { ActionView, RiskItem } from './views.ts'

/** How a status looks everywhere: shape and tone; the word comes from the texts. */
const statusLooks: Readonly<Record<RiskStatus, readonly [Glyph, Tone]>> = {
  notAssessed: ['question', 'quiet'],
  needsTreatment: ['alert', 'bad'],
  planIncomplete: ['half', 'warn'],
  planAwaitingApproval: ['clock', 'warn'],
  inTreatment: ['half', 'info'],
  awaitingAcceptance: ['dotted', 'warn'],
  accepted: ['check', 'good'],
  acceptanceOutOfDate: ['cross', 'bad'],
  avoided: ['dash', 'quiet'],
  opportunity: ['empty', 'info'],
  withdrawn: ['dash', 'quiet'],
}

/** The derived status of a risk; an acceptance that counts on unproven controls says so. */
export function RiskStatusBadge({ risk, plain = false }: { risk: Pick<RiskItem, 'status' | 'why'>; plain?: boolean }) {
  const t = useText('risk')
  const unproven = acceptedUnproven(risk)
  const [glyph, tone] = unproven ? (['dotted', 'warn'] as const) : statusLooks[risk.status]
  return (
    <StatusBadge glyph={glyph} tone={tone} plain={plain}>
      {t(`status.${unproven ? 'acceptedUnproven' : risk.status}`)}
    </StatusBadge>
  )
}

const actionLooks: Readonly<Record<ActionStatus, readonly [Glyph, Tone]>> = {
  planned: ['empty', 'quiet'],
  inProgress: ['half', 'info'],
  done: ['check', 'good'],
  cancelled: ['dash', 'quiet'],
}

/** The status of an action; overdue stands before everything else, and done by the word of a file is no plain done. */
export function ActionStatusBadge({
  action: { status, overdue, claimedByImport },
}: {
  action: Pick<ActionView, 'status' | 'overdue' | 'claimedByImport'>
}) {
  const t = useText('risk')
  const [glyph, tone] = overdue
    ? (['alert', 'bad'] as const)
    : claimedByImport
      ? (['dotted', 'warn'] as const)
      : actionLooks[status]
  return (
    <StatusBadge glyph={glyph} tone={tone} plain>
      {overdue ? t('action.overdue') : t(`actionStatus.${claimedByImport ? 'doneByImport' : status}`)}
    </StatusBadge>
  )
}

const standingLooks: Readonly<Record<ApprovalStanding, readonly [Glyph, Tone]>> = {
  valid: ['check', 'good'],
  improved: ['check', 'good'],
  incomplete: ['half', 'warn'],
  outOfDate: ['cross', 'bad'],
}

/** Whether an act of the owner still counts. */
export function StandingBadge({ standing }: { standing: ApprovalStanding | null }) {
  const t = useText('risk')
  const [glyph, tone] = standing === null ? (['empty', 'quiet'] as const) : standingLooks[standing]
  return (
    <StatusBadge glyph={glyph} tone={tone}>
      {standing === null ? t('act.notGiven') : t(`standing.${standing}`)}
    </StatusBadge>
  )
}

const runLooks: Readonly<Record<RunStatus, readonly [Glyph, Tone]>> = {
  open: ['half', 'info'],
  closed: ['check', 'good'],
  cancelled: ['dash', 'quiet'],
}

/** The status of an assessment run. */
export function RunStatusBadge({ status, plain = false }: { status: RunStatus; plain?: boolean }) {
  const t = useText('risk')
  const [glyph, tone] = runLooks[status]
  return (
    <StatusBadge glyph={glyph} tone={tone} plain={plain}>
      {t(`runStatus.${status}`)}
    </StatusBadge>
  )
}
