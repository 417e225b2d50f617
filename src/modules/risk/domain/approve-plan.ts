import type { Change } from '#kernel/change.ts'
import type { Refusal, Result } from '#kernel/result.ts'
import type { Actor } from './acting.ts'
import type { RiskApproval } from './approval.ts'
import { checkPlan } from './check-plan.ts'
import { type Dossier, planOf } from './dossier.ts'
import { planMaterial } from './material.ts'
import { refuseSigning } from './may-sign.ts'
import { stop } from './refusals.ts'
import { type SigningAt, signApproval } from './sign-approval.ts'

/** Why the plan cannot be approved by this person now; null when it can. The response's `can` and the verb both ask here. */
export const refusePlanApproval = (dossier: Dossier, by: Actor): Refusal | null =>
  refuseSigning(dossier, 'plan', by) ?? checkPlan(dossier.risk, dossier.method, planOf(dossier))[0] ?? null

/**
 * The owner approves the treatment plan for their risk (6.1.3 f). A retained risk needs no such approval, but may have one.
 * Additional signatures are asked for by the band of the current level, where the method says so.
 */
export function approvePlan(dossier: Dossier, at: SigningAt): Result<readonly Change<RiskApproval>[]> {
  const refused = refusePlanApproval(dossier, at.by)
  if (refused) return stop(refused)
  const material = planMaterial(dossier)
  if (material === null) throw new Error(`${dossier.risk.ref} passed the checks of a plan without being scored`)
  return signApproval(dossier, 'plan', material, material.current, at)
}
