import { type Change, created } from '#kernel/change.ts'
import { ok, type Refusal, type Result } from '#kernel/result.ts'
import type { LocalDate } from '#kernel/time.ts'
import type { Actor, At } from './acting.ts'
import { type AuthoritySignature, missingRoles } from './approval.ts'
import type { ApprovalAct } from './authority.ts'
import type { Dossier } from './dossier.ts'
import { judgeAct } from './judge-approval.ts'
import { recordTypes } from './record-types.ts'
import { refusal, stop } from './refusals.ts'
import { refuseRiskStep } from './risk.ts'

/** Why this person cannot add the signature of a higher authority now; null when they can. */
export function refuseAuthority(dossier: Dossier, act: ApprovalAct, by: Actor, today: LocalDate): Refusal | null {
  const { risk } = dossier
  const facts = { ref: risk.ref, act }
  const stepRefused = refuseRiskStep(risk, act === 'plan' ? 'approvePlan' : 'acceptResidual')
  if (stepRefused) return stepRefused
  const signed = act === 'plan' ? dossier.planApproval : dossier.acceptance
  const judgement = judgeAct(dossier, act, today)
  if (signed === null || judgement === null) {
    const message = `The owner of ${risk.ref} has not signed yet; a higher authority signs in addition, never instead.`
    return refusal('risk.owner_signs_first', message, facts)
  }
  if (judgement.standing === 'outOfDate') {
    const message = `What the owner of ${risk.ref} signed is out of date: ${judgement.reasons[0]?.message ?? ''} The owner has to sign again first.`
    return refusal('risk.approval_out_of_date', message, facts)
  }
  const missing = missingRoles(signed)
  if (missing.length === 0) {
    const message = `No further signature is needed for ${risk.ref}.`
    return refusal('risk.authority_complete', message, facts)
  }
  if (missing.some((role) => by.roles.includes(role))) return null
  const message = `The method asks for the signature of ${missing.join(' and ')} for ${risk.ref}; your roles do not include it.`
  return refusal('risk.not_authority', message, { ...facts, roles: missing })
}

/**
 * A higher authority signs under the owner's act, for the same state. An owner who holds the role signs a second time,
 * knowingly, in that role: the role matters, and a small organization may have nobody else.
 */
export function signAuthority(dossier: Dossier, act: ApprovalAct, at: At): Result<Change<AuthoritySignature>> {
  const refused = refuseAuthority(dossier, act, at.by, at.today)
  if (refused) return stop(refused)
  const signed = act === 'plan' ? dossier.planApproval : dossier.acceptance
  const role = signed === null ? undefined : missingRoles(signed).find((each) => at.by.roles.includes(each))
  if (signed === null || role === undefined) throw new Error(`${dossier.risk.ref} passed the checks without a role`)
  const row: AuthoritySignature = {
    id: at.mint<'riskSignature'>(),
    orgId: dossier.risk.orgId,
    version: 1,
    approvalId: signed.approval.id,
    role,
    personId: at.by.personId,
    signedAt: at.now,
    materialHash: signed.approval.materialHash,
  }
  return ok(created(recordTypes.signature, row, 'risk.authority_signed'))
}
