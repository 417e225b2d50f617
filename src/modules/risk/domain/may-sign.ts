import type { Refusal } from '#kernel/result.ts'
import type { Actor } from './acting.ts'
import type { ApprovalAct } from './authority.ts'
import type { Dossier } from './dossier.ts'
import { refusal } from './refusals.ts'
import { refuseOpportunity, refuseRiskStep } from './risk.ts'

const steps = { plan: 'approvePlan', acceptance: 'acceptResidual' } as const
const verbs = { plan: 'approve the plan for', acceptance: 'accept' } as const

/**
 * Why a person may not sign for a risk (6.1.3 f): only the risk owner does, for an assessed risk, under the method in force.
 * The ISMS manager or top management cannot sign in the owner's place.
 */
export function refuseSigning(dossier: Dossier, act: ApprovalAct, by: Actor): Refusal | null {
  return (
    refuseRiskStep(dossier.risk, steps[act]) ??
    refuseOpportunity(dossier.risk) ??
    refuseSigner(dossier, act, by) ??
    refuseCriteria(dossier)
  )
}

function refuseSigner(dossier: Dossier, act: ApprovalAct, by: Actor): Refusal | null {
  const { risk, owner } = dossier
  const facts = { ref: risk.ref, ownerId: risk.ownerId }
  if (owner === null || risk.ownerId === null) {
    const message = `${risk.ref} has no owner, so nobody can ${verbs[act]} it; name its owner first.`
    return refusal('risk.no_owner', message, facts, 'ownerId')
  }
  if (!owner.active) {
    const message = `${owner.name}, the owner of ${risk.ref}, has left; name a new owner, who then signs.`
    return refusal('risk.owner_left', message, facts, 'ownerId')
  }
  if (by.personId === risk.ownerId) return null
  const message = `Only ${owner.name}, the owner of ${risk.ref}, can ${verbs[act]} it.`
  return refusal('risk.signer_not_owner', message, facts)
}

function refuseCriteria(dossier: Dossier): Refusal | null {
  const { risk, method, inForce } = dossier
  if (risk.current === null || method === null) {
    const message = `${risk.ref} is not assessed; score its current level first.`
    return refusal('risk.not_assessed', message, { ref: risk.ref }, 'current')
  }
  if (inForce === null) {
    const message = `No risk method is approved, so ${risk.ref} cannot be judged against criteria; approve a method first.`
    return refusal('risk.no_method', message, { ref: risk.ref })
  }
  if (method.id === inForce.id) return null
  const message = `${risk.ref} is scored under ${method.name}, but ${inForce.name} is in force; assess it again first.`
  return refusal('risk.criteria_changed', message, { ref: risk.ref, scoredUnder: method.name, inForce: inForce.name })
}
