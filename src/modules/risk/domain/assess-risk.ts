import { type Change, changed, created } from '#kernel/change.ts'
import type { Id } from '#kernel/id.ts'
import { ok, type Refusal, type Result } from '#kernel/result.ts'
import type { At } from './acting.ts'
import { checkTarget, isAbove, levelText } from './compare-scores.ts'
import type { StateScores } from './convert-scores.ts'
import { type Evaluation, evaluate, evaluationOf } from './evaluate.ts'
import { takeBack } from './failing-controls.ts'
import type { RiskMethod } from './method.ts'
import { recordTypes } from './record-types.ts'
import { refusal, refuseStep, stop } from './refusals.ts'
import { type Risk, refuseOpportunity, refuseRiskStep } from './risk.ts'
import { type AssessmentRun, isInRun, type RunMember, type RunResult, runSteps } from './run.ts'
import { type RiskState, riskStates, type Scores, sameScores } from './scores.ts'
import { checkStated } from './stated-scores.ts'
import { type RiskControl, type RiskRise, retainsOnly, type TreatmentOption } from './treatment.ts'
import { blank } from './words.ts'

/** A state left out stays as it is; null clears it. */
export interface AssessmentInput {
  readonly current: Scores
  readonly inherent?: Scores | null | undefined
  readonly target?: Scores | null | undefined
  readonly rationale: string
}

/** The run an assessment belongs to, with its members and the result it may already have for the risk. */
export interface InRun {
  readonly run: AssessmentRun
  readonly members: readonly RunMember[]
  readonly result: RunResult | null
}

export interface AssessAt extends At {
  /** The run's method version; outside a run the one in force. */
  readonly method: RiskMethod
  readonly options: readonly TreatmentOption[]
  readonly rises: readonly RiskRise[]
  readonly run: InRun | null
  /** Live links of controls whose records contradict them; see `failingLinks`. None when left out. */
  readonly failing?: readonly RiskControl[]
}

/**
 * Scores a risk (6.1.2 d, 8.2), in a run or by itself. In a run, the result row is written with it.
 * Refused: off-scale or missing levels, another method version than the run's or the one in force, no rationale,
 * current above inherent, target above current, and a state scored under an earlier version that is neither
 * scored again nor cleared (nothing is converted or dropped silently). Controls that are not in place no longer count as live.
 */
export function assessRisk(risk: Risk, input: AssessmentInput, at: AssessAt): Result<readonly Change[]> {
  const refused = refuseRiskStep(risk, 'assess') ?? refuseOpportunity(risk) ?? refuseMethod(risk, at)
  if (refused) return stop(refused)
  if (blank(input.rationale)) {
    const message = `Say why ${risk.ref} has this level; the next assessor has to be able to follow it.`
    return stop(refusal('risk.no_rationale', message, { ref: risk.ref }, 'rationale'))
  }
  const states = statesAfter(risk, input, at)
  if (!states.ok) return states
  const wrong = checkStates(risk, states.value, at)
  if (wrong) return stop(wrong)
  const evaluation = evaluate(at.method, input.current)
  if (!evaluation.ok) return evaluation
  const change = changed(
    recordTypes.risk,
    risk,
    {
      ...states.value,
      methodId: at.method.id,
      priority: evaluation.value.priority,
      rationale: input.rationale,
      assessedAt: at.now,
      assessedBy: at.by.personId,
    },
    'risk.assessed',
  )
  const result = at.run === null ? [] : [resultChange(change.after, evaluation.value, at.run, at)]
  return ok([change, ...result, ...takeBack(at.failing ?? [])])
}

function refuseMethod(risk: Risk, at: AssessAt): Refusal | null {
  const inRun = at.run
  if (inRun === null) {
    if (at.method.status === 'approved') return null
    const message = `Method ${at.method.name} is ${at.method.status}; assess ${risk.ref} under the approved version.`
    return refusal('risk.method_not_in_force', message, { method: at.method.name, status: at.method.status })
  }
  const closed = refuseStep(runSteps, inRun.run.status, 'assess', 'risk.run_step', `Run ${inRun.run.ref}`)
  if (closed) return closed
  if (inRun.run.methodId !== at.method.id) {
    const message = `Run ${inRun.run.ref} is held under another version of the method than ${at.method.name}; use the run's own.`
    return refusal('risk.run_other_method', message, { run: inRun.run.ref, method: at.method.name })
  }
  if (isInRun(inRun.run, risk, inRun.members)) return null
  const message = `${risk.ref} is not part of run ${inRun.run.ref}; add it to the run first.`
  return refusal('risk.not_in_run', message, { ref: risk.ref, run: inRun.run.ref })
}

function statesAfter(risk: Risk, input: AssessmentInput, at: AssessAt): Result<StateScores> {
  const sameMethod = risk.methodId === null || risk.methodId === at.method.id
  for (const state of ['inherent', 'target'] as const) {
    if (sameMethod || input[state] !== undefined || risk[state] === null) continue
    // The target of a retained risk follows its current level, so it needs no score of its own.
    if (state === 'target' && retainsOnly(at.options)) continue
    const message = `The ${state} level of ${risk.ref} was scored under an earlier method; score it again under ${at.method.name}, or clear it.`
    return stop(refusal('risk.state_under_other_method', message, { ref: risk.ref, state }, state))
  }
  const inherent = input.inherent === undefined ? risk.inherent : input.inherent
  const asked = input.target === undefined ? risk.target : input.target
  const target = retainsOnly(at.options) && input.target === undefined ? input.current : asked
  return ok({ inherent, current: input.current, target })
}

function checkStates(risk: Risk, states: StateScores, at: AssessAt): Refusal | null {
  for (const state of riskStates) {
    const scores = states[state]
    if (scores === null) continue
    const evaluated = evaluate(at.method, scores)
    if (!evaluated.ok) return { ...evaluated.refusal, field: `${state}.${evaluated.refusal.field ?? ''}` }
    const incomplete = unchanged(risk, state, scores, at)
      ? null
      : checkStated(at.method, risk.ref, state, scores, states.current)
    if (incomplete) return incomplete
  }
  return checkOrder(risk, states, at)
}

/** What an import left incomplete may be carried on untouched; only new judgements must be complete. */
const unchanged = (risk: Risk, state: RiskState, scores: Scores, at: AssessAt): boolean =>
  state !== 'current' && risk.methodId === at.method.id && sameScores(risk[state], scores)

function checkOrder(risk: Risk, states: StateScores, at: AssessAt): Refusal | null {
  const inherent = evaluationOf(at.method, states.inherent)
  const current = evaluationOf(at.method, states.current)
  if (inherent !== null && current !== null && isAbove(current, inherent)) {
    const message = `The current level of ${risk.ref}, ${levelText(current)}, is above its inherent level, ${levelText(inherent)}; inherent is the level without any control. Raise the inherent level or leave it out, or lower the current level.`
    return refusal('risk.current_above_inherent', message, { ref: risk.ref }, 'inherent')
  }
  if (states.target === null || states.current === null) return null
  if (retainsOnly(at.options) && !sameScores(states.target, states.current)) {
    const message = `${risk.ref} is retained as it is, so its target is its current level; choose another option to change it.`
    return refusal('risk.retain_changes_level', message, { ref: risk.ref }, 'target')
  }
  const rises = at.rises.filter((rise) => rise.live)
  return checkTarget(at.method, risk, states.current, states.target, rises)[0] ?? null
}

function resultChange(risk: Risk, evaluation: Evaluation, inRun: InRun, at: AssessAt): Change<RunResult> {
  const fields = snapshot(risk, evaluation, at)
  if (inRun.result !== null) return changed(recordTypes.runResult, inRun.result, fields, 'risk.run_assessed_again')
  const row: RunResult = {
    id: at.mint<'riskRunResult'>(),
    orgId: risk.orgId,
    version: 1,
    runId: inRun.run.id,
    riskId: risk.id as Id<'risk'>,
    ...fields,
    rank: null,
    frozenAt: null,
  }
  return created(recordTypes.runResult, row, 'risk.run_assessed')
}

function snapshot(risk: Risk, evaluation: Evaluation, at: AssessAt) {
  return {
    methodId: at.method.id,
    riskRef: risk.ref,
    title: risk.title,
    scenario: risk.scenario,
    kind: risk.kind,
    ownerId: risk.ownerId,
    rationale: risk.rationale,
    options: at.options.filter((option) => option.live).map((option) => option.kind),
    inherent: risk.inherent,
    current: risk.current,
    target: risk.target,
    inherentBand: evaluationOf(at.method, risk.inherent)?.band.key ?? null,
    currentBand: evaluation.band.key,
    targetBand: evaluationOf(at.method, risk.target)?.band.key ?? null,
    exceedsThreshold: evaluation.exceedsThreshold,
    priority: evaluation.priority,
    assessedAt: at.now,
    assessedBy: at.by.personId,
  }
}
