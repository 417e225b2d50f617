import type { RecordRow } from '#kernel/change.ts'
import type { Id } from '#kernel/id.ts'
import type { Instant, LocalDate } from '#kernel/time.ts'
import type { StateScores } from './convert-scores.ts'
import { addMonths } from './dates.ts'
import type { RiskLink } from './links.ts'
import type { RiskMethod } from './method.ts'
import { isLive, type Risk, type RiskKind } from './risk.ts'
import type { OptionKind } from './treatment.ts'

/** `whole`: every live risk, at planned intervals. `partial`: named risks, because something happened (8.2). */
export const runScopes = ['whole', 'partial'] as const
export type RunScope = (typeof runScopes)[number]

export const runStatuses = ['open', 'closed', 'cancelled'] as const
export type RunStatus = (typeof runStatuses)[number]
export type RunStep = 'assess' | 'addRisks' | 'close' | 'cancel'

export const runSteps = {
  open: ['assess', 'addRisks', 'close', 'cancel'],
  closed: [],
  cancelled: [],
} as const satisfies Record<RunStatus, readonly RunStep[]>

/** An assessment of risks on a date under one method version, which stays the same until it is closed. */
export interface AssessmentRun extends RecordRow {
  readonly id: Id<'riskRun'>
  readonly ref: string
  readonly name: string
  readonly scope: RunScope
  /** What happened, for a partial run. */
  readonly trigger: string | null
  readonly methodId: Id<'riskMethod'>
  readonly status: RunStatus
  readonly openedOn: LocalDate
  readonly openedBy: Id<'person'>
  readonly closedAt: Instant | null
  readonly closedOn: LocalDate | null
  readonly closedBy: Id<'person'> | null
}

/** A risk named in a partial run. Unique on (runId, riskId). */
export interface RunMember extends RiskLink {
  readonly id: Id<'riskRunMember'>
  readonly runId: Id<'riskRun'>
}

/** What a run found for a risk: a copy that stays as it is once the run is closed. Unique on (runId, riskId). */
export interface RunResult extends RecordRow, StateScores {
  readonly id: Id<'riskRunResult'>
  readonly runId: Id<'riskRun'>
  readonly riskId: Id<'risk'>
  readonly methodId: Id<'riskMethod'>
  readonly riskRef: string
  readonly title: string
  readonly scenario: string
  readonly kind: RiskKind
  readonly ownerId: Id<'person'> | null
  readonly rationale: string
  readonly options: readonly OptionKind[]
  /** Band keys under the run's method. */
  readonly inherentBand: string | null
  readonly currentBand: string
  readonly targetBand: string | null
  readonly exceedsThreshold: boolean
  readonly priority: number
  /** Place among the run's results, 1 is the most urgent; given when the run is closed. */
  readonly rank: number | null
  readonly assessedAt: Instant
  readonly assessedBy: Id<'person'>
  /** When the run was closed and with it this copy. */
  readonly frozenAt: Instant | null
}

/** Does the run ask for this risk? */
export function isInRun(run: AssessmentRun, risk: Risk, members: readonly RunMember[]): boolean {
  if (!isLive(risk)) return false
  return (
    run.scope === 'whole' ||
    members.some((member) => member.live && member.runId === run.id && member.riskId === risk.id)
  )
}

/** Risks of the run that still have no result; a risk that was closed or withdrawn meanwhile is not asked for. */
export function missingFromRun(
  run: AssessmentRun,
  risks: readonly Risk[],
  members: readonly RunMember[],
  results: readonly Pick<RunResult, 'runId' | 'riskId'>[],
): readonly Risk[] {
  const assessed = new Set(results.filter((result) => result.runId === run.id).map((result) => result.riskId))
  return risks.filter((risk) => isInRun(run, risk, members) && !assessed.has(risk.id))
}

/** The day by which the next whole run is due: the method's interval after the last one that was closed; null before the first. */
export function nextWholeRunDue(
  method: Pick<RiskMethod, 'intervalMonths'>,
  runs: readonly Pick<AssessmentRun, 'scope' | 'status' | 'closedOn'>[],
): LocalDate | null {
  let last: LocalDate | null = null
  for (const run of runs) {
    if (run.scope !== 'whole' || run.status !== 'closed' || run.closedOn === null) continue
    if (last === null || run.closedOn > last) last = run.closedOn
  }
  return last === null ? null : addMonths(last, method.intervalMonths)
}
