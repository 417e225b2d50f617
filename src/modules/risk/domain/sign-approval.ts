import { type Change, changed, created } from '#kernel/change.ts'
import { ok, type Result } from '#kernel/result.ts'
import type { LocalDate } from '#kernel/time.ts'
import type { At } from './acting.ts'
import type { RiskApproval } from './approval.ts'
import { type ApprovalAct, authorityFor } from './authority.ts'
import { addMonths } from './dates.ts'
import type { Dossier } from './dossier.ts'
import { evaluate } from './evaluate.ts'
import type { Material } from './material.ts'
import { needReason } from './record-risk.ts'
import { recordTypes } from './record-types.ts'
import { refusal, stop } from './refusals.ts'
import type { Scores } from './scores.ts'

/** What signing needs besides the occasion. */
export interface SigningAt extends At {
  /** SHA-256 over the canonical JSON; computed on the server only. */
  readonly hash: (material: Material) => string
  /** Hash of the state the signer was shown; when given and different, the signature is refused. */
  readonly seen?: string | undefined
  /** Earlier than the method's validity when the signer wants to look again sooner. */
  readonly expiresOn?: LocalDate | undefined
  readonly note?: string | undefined
}

/**
 * Writes the owner's act over a state, superseding the act before it. Callers have checked that the owner may sign.
 * Refused: the state changed since it was shown, an expiry in the past or later than the method allows, a level nobody may sign.
 */
export function signApproval(
  dossier: Dossier,
  act: ApprovalAct,
  material: Material,
  level: Scores,
  at: SigningAt,
): Result<readonly Change<RiskApproval>[]> {
  const { risk, inForce } = dossier
  if (inForce === null) {
    return stop(refusal('risk.no_method', 'No risk method is approved; approve one first.', { ref: risk.ref }))
  }
  const materialHash = at.hash(material)
  if (at.seen !== undefined && at.seen !== materialHash) {
    const message = `${risk.ref} has changed since it was shown to you; read it again before you sign.`
    return stop(refusal('risk.changed_since_seen', message, { ref: risk.ref }))
  }
  const last = addMonths(at.today, inForce.validityMonths)
  const expiresOn = at.expiresOn ?? last
  if (expiresOn <= at.today || expiresOn > last) {
    const message = `A signature for ${risk.ref} cannot run until ${expiresOn}; choose a day after ${at.today} and no later than ${last}.`
    return stop(refusal('risk.expiry', message, { ref: risk.ref, expiresOn, latest: last }, 'expiresOn'))
  }
  const evaluation = evaluate(inForce, level)
  if (!evaluation.ok) return evaluation
  const authority = authorityFor(inForce, act, evaluation.value)
  if (!authority.ok) return authority
  const row: RiskApproval = {
    id: at.mint<'riskApproval'>(),
    orgId: risk.orgId,
    version: 1,
    riskId: risk.id,
    act,
    personId: at.by.personId,
    signedAt: at.now,
    expiresOn,
    methodId: inForce.id,
    material,
    materialHash,
    needs: authority.value,
    note: at.note ?? null,
    endedAt: null,
    endedBy: null,
  }
  const signed = created(recordTypes.approval, row, act === 'plan' ? 'risk.plan_approved' : 'risk.accepted')
  const earlier = (act === 'plan' ? dossier.planApproval : dossier.acceptance)?.approval
  if (earlier === undefined || earlier.endedAt !== null) return ok([signed])
  return ok([endApproval(earlier, 'newerAct', null, at), signed])
}

/** The owner takes an act back. Refused: somebody else's act, already ended, or no reason. */
export function revokeApproval(approval: RiskApproval, reason: string, at: At): Result<Change<RiskApproval>> {
  if (approval.endedAt !== null) {
    return stop(refusal('risk.approval_ended', 'This approval has already ended.', { id: approval.id }))
  }
  if (approval.personId !== at.by.personId) {
    const message =
      'Only the person who signed can revoke an approval; a change of the risk makes it out of date by itself.'
    return stop(refusal('risk.revoker_not_signer', message, { id: approval.id }))
  }
  const noReason = needReason(reason, 'Say why the approval is revoked.', approval.id)
  return noReason ? stop(noReason) : ok(endApproval(approval, 'revoked', reason, at))
}

function endApproval(approval: RiskApproval, by: 'newerAct' | 'revoked', reason: string | null, at: At) {
  const patch = { endedAt: at.now, endedBy: by }
  const action = by === 'revoked' ? 'risk.approval_revoked' : 'risk.approval_superseded'
  return changed(recordTypes.approval, approval, patch, action, reason)
}
