import type { LocalDate } from '#kernel/time.ts'
import { missingRoles, type SignedApproval } from './approval.ts'
import { compareMaterials, criteriaChanged } from './compare-materials.ts'
import type { Dossier } from './dossier.ts'
import { acceptanceMaterial, type Material, planMaterial } from './material.ts'
import type { RiskMethod } from './method.ts'
import { type Reason, reason } from './refusals.ts'
import { treatmentState } from './treatment-state.ts'

/**
 * `valid`: the state is the one that was signed. `improved`: it is better, the act still counts and the owner is told.
 * `incomplete`: the owner has signed, a further authority has not. `outOfDate`: it no longer counts.
 */
export const approvalStandings = ['valid', 'improved', 'incomplete', 'outOfDate'] as const
export type ApprovalStanding = (typeof approvalStandings)[number]

export interface Judgement {
  readonly standing: ApprovalStanding
  /** Why it does not count, all of them. */
  readonly reasons: readonly Reason[]
  /** What is better than it was when it was signed. */
  readonly improvements: readonly Reason[]
}

/**
 * Judges whether an act still holds for the state of today. Nothing is reset: the act stays on record, the judgement is derived.
 * @param now the material of today; null when the risk can no longer be put into that form
 * @param today in the organization's zone; the act counts through its last day
 * @param inForce the approved method version
 */
export function judgeApproval(
  signed: SignedApproval,
  now: Material | null,
  today: LocalDate,
  inForce: Pick<RiskMethod, 'id' | 'name'> | null,
): Judgement {
  const { approval } = signed
  const difference =
    now === null
      ? { worse: [reason('risk.not_scored_any_more', 'The risk is no longer scored as it was then.')], better: [] }
      : compareMaterials(approval.material, now)
  const reasons: Reason[] = [...difference.worse]
  if (approval.methodId !== inForce?.id && !reasons.some((each) => each.code === 'risk.criteria_changed')) {
    reasons.push(criteriaChanged())
  }
  if (today > approval.expiresOn) {
    const message = `It was valid until ${approval.expiresOn} and has expired.`
    reasons.push(reason('risk.approval_expired', message, { expiresOn: approval.expiresOn }))
  }
  const ended = reasons.length > 0
  const missing = missingRoles(signed)
  if (missing.length > 0) {
    const message = `The method asks for the signature of ${missing.join(' and ')} in addition.`
    reasons.push(reason('risk.authority_missing', message, { roles: missing }))
  }
  const improved = difference.better.length > 0
  const standing = ended ? 'outOfDate' : missing.length > 0 ? 'incomplete' : improved ? 'improved' : 'valid'
  return { standing, reasons, improvements: difference.better }
}

/** Judges one of the two acts of a dossier; null when it was never given. */
export function judgeAct(dossier: Dossier, act: 'plan' | 'acceptance', today: LocalDate): Judgement | null {
  const signed = act === 'plan' ? dossier.planApproval : dossier.acceptance
  if (signed === null || signed.approval.endedAt !== null) return null
  const known = judged.get(signed)
  if (known?.dossier === dossier && known.today === today) return known.judgement
  const now = act === 'plan' ? planMaterial(dossier) : acceptanceMaterial(dossier)
  const judgement = judgeApproval(signed, now, today, dossier.inForce)
  judged.set(signed, { dossier, today, judgement })
  return judgement
}

// Status, standing and what may be signed next all ask for it. Acts and dossiers are never changed.
const judged = new WeakMap<SignedApproval, { dossier: Dossier; today: LocalDate; judgement: Judgement }>()

/** Does the act count today? */
export const holds = (judgement: Judgement | null): boolean =>
  judgement !== null && (judgement.standing === 'valid' || judgement.standing === 'improved')

/** What does not take the approval away from a plan that has been carried out: what was decided is still what was done. */
const excusedWhenDone = [
  'risk.approval_expired',
  'risk.owner_changed',
  'risk.criteria_changed',
  'risk.worsened',
  'risk.restated',
  'risk.control_status_changed',
]

/** Is the treatment plan approved? While it is carried out the approval has to hold; once it is done, it has to have been given for these decisions. */
export function planIsApproved(dossier: Dossier, today: LocalDate): boolean {
  const judgement = judgeAct(dossier, 'plan', today)
  if (judgement === null) return false
  if (holds(judgement)) return true
  const { complete, rescoringDue } = treatmentState(dossier)
  return (complete || rescoringDue) && judgement.reasons.every((each) => excusedWhenDone.includes(each.code))
}
