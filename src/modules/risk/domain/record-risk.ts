import { type Change, changed, created } from '#kernel/change.ts'
import type { Id } from '#kernel/id.ts'
import { ok, type Refusal, type Result } from '#kernel/result.ts'
import type { LocalDate } from '#kernel/time.ts'
import type { At, ImportingAt, PersonFacts } from './acting.ts'
import { recordTypes } from './record-types.ts'
import { refusal, stop } from './refusals.ts'
import { type Property, type PropertyLoss, properties, type Risk, type RiskWording, refuseRiskStep } from './risk.ts'
import { blank } from './words.ts'

export interface RiskDraft extends RiskWording, Readonly<Record<Property, PropertyLoss>> {
  readonly kind: Risk['kind']
}

/**
 * A new risk, not yet assessed. The owner may be named later, but nothing can be signed without one.
 * Refused: no title or scenario, an information security risk in which no property is lost, an owner who has left.
 */
export function recordRisk(
  draft: RiskDraft,
  at: At & { readonly ref: string; readonly owner: PersonFacts | null },
): Result<Change<Risk>> {
  const wrong = checkWording(draft, at.ref)[0] ?? checkOwner(at.owner, at.ref)
  return wrong ? stop(wrong) : ok(created(recordTypes.risk, newRisk(draft, at), 'risk.recorded'))
}

/** The row of a new risk. */
export function newRisk(
  draft: RiskDraft,
  at: Pick<ImportingAt, 'orgId' | 'mint'> & { readonly ref: string; readonly owner: PersonFacts | null },
): Risk {
  return {
    id: at.mint<'risk'>(),
    orgId: at.orgId,
    version: 1,
    ref: at.ref,
    kind: draft.kind,
    title: draft.title,
    scenario: draft.scenario,
    threat: draft.threat,
    vulnerability: draft.vulnerability,
    category: draft.category,
    confidentiality: draft.confidentiality,
    integrity: draft.integrity,
    availability: draft.availability,
    ownerId: at.owner?.id ?? null,
    methodId: null,
    inherent: null,
    current: null,
    target: null,
    rationale: '',
    priority: null,
    assessedAt: null,
    assessedBy: null,
    plannedAt: null,
    imported: null,
    effectiveness: null,
    effectivenessOn: null,
    closedAt: null,
    closedReason: null,
    withdrawnAt: null,
  }
}

/** Changes what a risk says. Approvals stay: they are bound to levels and decisions, not to wording. */
export function editRisk(risk: Risk, patch: Partial<RiskDraft>): Result<Change<Risk>> {
  const refused = refuseRiskStep(risk, 'edit')
  if (refused) return stop(refused)
  const after: RiskDraft = { ...risk, ...patch }
  const wrong = checkWording(after, risk.ref)[0]
  if (wrong !== undefined) return stop(wrong)
  if (after.kind === 'opportunity' && risk.current !== null) {
    const message = `${risk.ref} has been scored as a risk, so it cannot become an opportunity; record the opportunity on its own.`
    return stop(refusal('risk.scored_opportunity', message, { ref: risk.ref }, 'kind'))
  }
  return ok(changed(recordTypes.risk, risk, patch, 'risk.edited'))
}

/** Everything wrong with the text and properties of a risk (6.1.2 c 1). */
export function checkWording(draft: RiskDraft, ref: string): Refusal[] {
  const found: Refusal[] = []
  for (const field of ['title', 'scenario'] as const) {
    if (!blank(draft[field])) continue
    const code = field === 'title' ? 'risk.no_title' : 'risk.no_scenario'
    found.push(refusal(code, `${ref} has no ${field}; write down what could happen.`, { ref }, field))
  }
  if (draft.kind === 'informationSecurity' && properties.every((property) => draft[property] === 'notLost')) {
    const message = `${ref} loses neither confidentiality nor integrity nor availability; say which may be lost, or record it as a risk to the ISMS.`
    found.push(refusal('risk.no_property_lost', message, { ref }, 'confidentiality'))
  }
  return found
}

/**
 * Names the risk owner (6.1.2 c 2), or leaves the risk without one. Approvals of the previous owner no longer hold:
 * the new one has to sign. Refused: a person who has left.
 */
export function assignOwner(risk: Risk, owner: PersonFacts | null, reason: string | null = null): Result<Change<Risk>> {
  const refused = refuseRiskStep(risk, 'assignOwner') ?? checkOwner(owner, risk.ref)
  if (refused) return stop(refused)
  return ok(changed(recordTypes.risk, risk, { ownerId: owner?.id ?? null }, 'risk.owner_assigned', reason))
}

/** A risk is given to somebody who is here, or to nobody yet. */
export function checkOwner(owner: PersonFacts | null, ref: string): Refusal | null {
  if (owner === null || owner.active) return null
  const message = `${owner.name} has left, so ${ref} cannot be given to them; name an owner who is here.`
  return refusal('risk.owner_left', message, { ref, ownerId: owner.id }, 'ownerId')
}

/** Records whether the actions for an opportunity or a risk to the ISMS worked (6.1.1 e 2). */
export function evaluateEffectiveness(risk: Risk, text: string, on: LocalDate): Result<Change<Risk>> {
  const refused = refuseRiskStep(risk, 'evaluateEffectiveness')
  if (refused) return stop(refused)
  if (blank(text)) {
    const message = `Say whether the actions for ${risk.ref} worked and how you know.`
    return stop(refusal('risk.no_effectiveness', message, { ref: risk.ref }, 'effectiveness'))
  }
  const patch = { effectiveness: text, effectivenessOn: on }
  return ok(changed(recordTypes.risk, risk, patch, 'risk.effectiveness_evaluated'))
}

/** Takes a risk out of the register, for one recorded by mistake or merged into another. */
export function withdrawRisk(risk: Risk, reason: string, at: At): Result<Change<Risk>> {
  const refused = refuseRiskStep(risk, 'withdraw') ?? needReason(reason, `Say why ${risk.ref} is withdrawn.`, risk.id)
  if (refused) return stop(refused)
  return ok(changed(recordTypes.risk, risk, { withdrawnAt: at.now }, 'risk.withdrawn', reason))
}

/** Brings a closed or withdrawn risk back; its approvals are judged against the state it comes back with. */
export function reopenRisk(risk: Risk, reason: string): Result<Change<Risk>> {
  const refused = refuseRiskStep(risk, 'reopen') ?? needReason(reason, `Say why ${risk.ref} is opened again.`, risk.id)
  if (refused) return stop(refused)
  const patch = { closedAt: null, closedReason: null, withdrawnAt: null }
  return ok(changed(recordTypes.risk, risk, patch, 'risk.reopened', reason))
}

/** A step that changes what others rely on needs a reason. */
export const needReason = (reason: string, message: string, id: Id): Refusal | null =>
  blank(reason) ? refusal('risk.no_reason', message, { id }, 'reason') : null
