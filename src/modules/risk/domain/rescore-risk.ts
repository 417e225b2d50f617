import { type Change, changed, created, type RecordRow } from '#kernel/change.ts'
import type { Id } from '#kernel/id.ts'
import { ok, type Result } from '#kernel/result.ts'
import type { Instant } from '#kernel/time.ts'
import type { At } from './acting.ts'
import { comparable, isAbove, lowerOf, risingAxes } from './compare-scores.ts'
import type { Dossier } from './dossier.ts'
import { evaluate, evaluationOf } from './evaluate.ts'
import { takeBack } from './failing-controls.ts'
import type { RiskMethod } from './method.ts'
import { recordTypes } from './record-types.ts'
import { refusal, stop } from './refusals.ts'
import { refuseRiskStep } from './risk.ts'
import { type Scores, sameScores } from './scores.ts'
import { checkStated } from './stated-scores.ts'
import type { RiskControl } from './treatment.ts'
import { treatmentState } from './treatment-state.ts'
import { blank, listOf } from './words.ts'

/** How what was reached compares with what was planned. */
export const variances = ['asPlanned', 'better', 'worse', 'mixed'] as const
export type Variance = (typeof variances)[number]

/** The result of a finished treatment: what was planned, what was reached (8.3). */
export interface Rescoring extends RecordRow {
  readonly id: Id<'riskRescoring'>
  readonly riskId: Id<'risk'>
  readonly methodId: Id<'riskMethod'>
  readonly before: Scores
  readonly target: Scores
  readonly reached: Scores
  readonly variance: Variance
  readonly rationale: string
  readonly rescoredAt: Instant
  readonly rescoredBy: Id<'person'>
}

/**
 * Compares reached with planned. `worse`: the level is above the plan. `better`: nothing is higher and something is lower.
 * `mixed`: the level is not above the plan, but an axis is.
 */
export function varianceOf(method: RiskMethod, target: Scores, reached: Scores): Variance {
  if (sameScores(target, reached)) return 'asPlanned'
  const planned = evaluationOf(method, target)
  const now = evaluationOf(method, reached)
  if (planned === null || now === null || isAbove(now, planned)) return 'worse'
  return comparable(target, reached) && risingAxes(target, reached).length === 0 ? 'better' : 'mixed'
}

/**
 * Scores the current level again after the treatment, and keeps the variance against the target.
 * Where more was reached than planned, the target follows: a target is never above what is already the case. As with
 * `assessRisk`, controls that are not in place no longer count as live.
 * Refused: something is still open, nothing to rescore, method superseded, off-scale or incomplete levels, no rationale.
 */
export function rescoreRisk(
  dossier: Dossier,
  input: { readonly current: Scores; readonly rationale: string },
  at: At & { readonly failing?: readonly RiskControl[] },
): Result<readonly Change[]> {
  const { risk, method } = dossier
  const refused = refuseRiskStep(risk, 'rescore') ?? refuseRescoring(dossier)
  if (refused) return stop(refused)
  const before = risk.current
  if (method === null || before === null || risk.target === null) return stop(notDue(dossier))
  if (blank(input.rationale)) {
    const message = `Say what the treatment of ${risk.ref} changed; the next assessor has to be able to follow it.`
    return stop(refusal('risk.no_rationale', message, { ref: risk.ref }, 'rationale'))
  }
  const evaluation = evaluate(method, input.current)
  if (!evaluation.ok) return evaluation
  const incomplete = checkStated(method, risk.ref, 'current', input.current, null)
  if (incomplete) return stop(incomplete)
  const inherent = evaluationOf(method, risk.inherent)
  if (inherent !== null && isAbove(evaluation.value, inherent)) {
    const message = `The current level of ${risk.ref} would be above its inherent level; assess the risk again with both.`
    return stop(refusal('risk.rescored_above_inherent', message, { ref: risk.ref }, 'current'))
  }
  const patch = {
    current: input.current,
    target: lowerOf(risk.target, input.current),
    priority: evaluation.value.priority,
    rationale: input.rationale,
    assessedAt: at.now,
    assessedBy: at.by.personId,
  }
  const row: Rescoring = {
    id: at.mint<'riskRescoring'>(),
    orgId: risk.orgId,
    version: 1,
    riskId: risk.id,
    methodId: method.id,
    before,
    target: risk.target,
    reached: input.current,
    variance: varianceOf(method, risk.target, input.current),
    rationale: input.rationale,
    rescoredAt: at.now,
    rescoredBy: at.by.personId,
  }
  return ok([
    changed(recordTypes.risk, risk, patch, 'risk.rescored'),
    created(recordTypes.rescoring, row, 'risk.rescored'),
    ...takeBack(at.failing ?? []),
  ])
}

function refuseRescoring(dossier: Dossier) {
  const { risk, method, inForce } = dossier
  const state = treatmentState(dossier)
  if (!state.rescoringDue) return notDue(dossier)
  if (method !== null && inForce !== null && method.id === inForce.id) return null
  const message = `${risk.ref} is scored under a method that is no longer in force; assess it again under ${inForce?.name ?? 'an approved method'}.`
  return refusal('risk.criteria_changed', message, { ref: risk.ref })
}

function notDue(dossier: Dossier) {
  const { risk } = dossier
  const state = treatmentState(dossier)
  const planned = state.plannedControls.length
  const open = [
    ...state.openActions.map((action) => `action ${action.ref}`),
    ...(planned === 0 ? [] : [planned === 1 ? 'one planned control' : `${planned} planned controls`]),
    ...(state.activityGoesOn ? ['the end of the activity'] : []),
  ]
  const message =
    open.length === 0
      ? `Nothing was finished since ${risk.ref} was last scored; assess it instead if its level has changed.`
      : `The treatment of ${risk.ref} still waits for ${listOf(open)}; finish or cancel that first, or assess the risk as it is now.`
  return refusal('risk.rescoring_not_due', message, { ref: risk.ref, open })
}
