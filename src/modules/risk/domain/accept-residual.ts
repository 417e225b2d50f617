import type { Change } from '#kernel/change.ts'
import type { Refusal, Result } from '#kernel/result.ts'
import type { LocalDate } from '#kernel/time.ts'
import type { Actor } from './acting.ts'
import type { RiskApproval } from './approval.ts'
import { checkPlan } from './check-plan.ts'
import { type Dossier, planOf } from './dossier.ts'
import { evaluate, unjudgedDimensions } from './evaluate.ts'
import { failingControls } from './failing-controls.ts'
import { planIsApproved } from './judge-approval.ts'
import { acceptanceMaterial } from './material.ts'
import { refuseSigning } from './may-sign.ts'
import { refusal, stop } from './refusals.ts'
import { type SigningAt, signApproval } from './sign-approval.ts'
import { needsPlanApproval, type Residual, residualOf, treatmentState } from './treatment-state.ts'
import { listOf } from './words.ts'

/**
 * Why the residual risk cannot be accepted by this person now; null when it can.
 *
 * What is accepted is the residual: the target while treatment goes on (in advance), the current level when nothing is left to do.
 * A plan that does something has to be approved first; once it has been carried out, that it was approved is enough.
 * A level that counts on a control recorded as not in place is scored again first: nobody can say what remains.
 * A risk within the threshold may be accepted without an option; above it, somebody has to have decided to retain it.
 */
export function refuseAcceptance(dossier: Dossier, by: Actor, today: LocalDate): Refusal | null {
  return (
    refuseSigning(dossier, 'acceptance', by) ??
    refuseTreatment(dossier, today) ??
    refuseFailing(dossier) ??
    refuseResidual(dossier)
  )
}

function refuseFailing(dossier: Dossier): Refusal | null {
  const { ref } = dossier.risk
  if (failingControls(dossier).length === 0) return null
  const message = `The level of ${ref} counts on a control that is not in place or does not work by its own records; assess ${ref} again without it before accepting what remains.`
  return refusal('risk.level_on_failing', message, { ref }, 'current')
}

/** The owner accepts the residual risk (6.1.3 f). Additional signatures are asked for by the band of the residual. */
export function acceptResidual(dossier: Dossier, at: SigningAt): Result<readonly Change<RiskApproval>[]> {
  const refused = refuseAcceptance(dossier, at.by, at.today)
  if (refused) return stop(refused)
  const material = acceptanceMaterial(dossier)
  if (material === null) throw new Error(`${dossier.risk.ref} passed the checks of an acceptance without a residual`)
  return signApproval(dossier, 'acceptance', material, material.residual, at)
}

function refuseTreatment(dossier: Dossier, today: LocalDate): Refusal | null {
  const { risk, method } = dossier
  const facts = { ref: risk.ref }
  const plan = planOf(dossier)
  if (plan.options.length === 0) return refuseUntreated(dossier)
  const wrong = checkPlan(risk, method, plan)[0]
  if (wrong !== undefined) return wrong
  const state = treatmentState(dossier)
  if (needsPlanApproval(dossier) && !planIsApproved(dossier, today)) {
    const message = `The treatment plan of ${risk.ref} is not approved; approve it before accepting what remains.`
    return refusal('risk.plan_not_approved', message, facts)
  }
  if (!state.rescoringDue) return null
  const message = `The treatment of ${risk.ref} is done but its level was not scored again; rescore it before accepting what remains.`
  return refusal('risk.rescoring_due', message, facts)
}

function refuseUntreated(dossier: Dossier): Refusal | null {
  const { risk, method } = dossier
  if (method === null || risk.current === null) return null
  const evaluation = evaluate(method, risk.current)
  if (!evaluation.ok) return evaluation.refusal
  if (!evaluation.value.exceedsThreshold) return null
  const message = `${risk.ref} is above the acceptance threshold and no treatment was chosen; choose one, even if it is to retain the risk.`
  return refusal('risk.no_option', message, { ref: risk.ref }, 'options')
}

function refuseResidual(dossier: Dossier): Refusal | null {
  const { risk, method } = dossier
  const residual: Residual | null = residualOf(dossier)
  if (residual === null || method === null) {
    const message = `${risk.ref} has no residual level yet; score the target, or end the activity and close the risk.`
    return refusal('risk.no_residual', message, { ref: risk.ref }, 'target')
  }
  const evaluation = evaluate(method, residual.scores)
  if (!evaluation.ok) return evaluation.refusal
  const strict = unjudgedDimensions(method, evaluation.value)
  if (strict.length === 0) return null
  const names = listOf(strict.map((dimension) => dimension.name))
  const message = `Method ${method.name} has a stricter threshold for ${names}, but ${risk.ref} has no level there; score its dimensions first.`
  return refusal('risk.dimension_not_scored', message, { ref: risk.ref }, 'current.consequences')
}
