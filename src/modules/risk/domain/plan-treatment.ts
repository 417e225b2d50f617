import { type Change, changed } from '#kernel/change.ts'
import type { Id } from '#kernel/id.ts'
import { ok, type Result } from '#kernel/result.ts'
import type { At } from './acting.ts'
import { checkPlan } from './check-plan.ts'
import type { Rise } from './compare-scores.ts'
import type { RiskMethod } from './method.ts'
import { linkBase, reconcile } from './reconcile.ts'
import { recordTypes } from './record-types.ts'
import { stop } from './refusals.ts'
import { type Risk, refuseOpportunity, refuseRiskStep } from './risk.ts'
import { type Scores, sameScores } from './scores.ts'
import { type ControlDraft, controlChanges, refuseTwice } from './set-controls.ts'
import { checkStated } from './stated-scores.ts'
import type { OptionKind, RiskControl, RiskRise, TreatmentOption } from './treatment.ts'

export interface OptionDraft {
  readonly kind: OptionKind
  readonly agreement?: string | null
  readonly agreementId?: Id<'agreement'> | null
  readonly change?: string | null
}

/** The whole treatment decision for a risk. What is left out is dropped. */
export interface PlanDraft {
  readonly options: readonly OptionDraft[]
  readonly controls: readonly ControlDraft[]
  /** May be null when the risk is retained only (then it is the current level) or avoided only. */
  readonly target: Scores | null
  readonly rises: readonly (Rise & { readonly secondaryRiskId: Id<'risk'> })[]
}

/** Rows the risk has or had, live or not, and the method version it is scored under. */
export interface PlanRows {
  readonly method: RiskMethod | null
  readonly options: readonly TreatmentOption[]
  readonly controls: readonly RiskControl[]
  readonly rises: readonly RiskRise[]
}

/**
 * Decides how a risk is treated (6.1.3 a, b): options, controls with the axis they lower, target.
 * Returns only the rows that change, none when the plan is already so. Refused: whatever `checkPlan` finds.
 */
export function planTreatment(risk: Risk, draft: PlanDraft, at: At & PlanRows): Result<readonly Change[]> {
  const refused = refuseRiskStep(risk, 'planTreatment') ?? refuseOpportunity(risk)
  if (refused) return stop(refused)
  const retained = draft.options.length > 0 && draft.options.every((option) => option.kind === 'retain')
  const target = draft.target ?? (retained ? risk.current : null)
  const options = draft.options.map((option) => optionFields(option))
  const wrong =
    checkPlan(risk, at.method, { options, controls: draft.controls, target, rises: draft.rises })[0] ??
    refuseTwice(draft.controls, risk.ref) ??
    checkStated(at.method, risk.ref, 'target', target, risk.current)
  if (wrong) return stop(wrong)
  const rows = [
    ...optionChanges(risk, options, at),
    ...controlChanges(risk, draft.controls, at.controls, at),
    ...riseChanges(risk, draft.rises, at),
  ]
  if (rows.length === 0 && sameScores(target, risk.target)) return ok([])
  return ok([changed(recordTypes.risk, risk, { target, plannedAt: at.now }, 'risk.treatment_planned'), ...rows])
}

const optionFields = (draft: OptionDraft) => ({
  kind: draft.kind,
  agreement: draft.kind === 'share' ? (draft.agreement ?? null) : null,
  agreementId: draft.kind === 'share' ? (draft.agreementId ?? null) : null,
  change: draft.kind === 'avoid' ? (draft.change ?? null) : null,
  endedOn: null,
})

function optionChanges(risk: Risk, drafts: readonly ReturnType<typeof optionFields>[], at: At & PlanRows): Change[] {
  return reconcile<TreatmentOption, ReturnType<typeof optionFields>>(recordTypes.option, at.options, drafts, {
    sameKey: (row, draft) => row.kind === draft.kind,
    same: (row, draft) =>
      row.agreement === draft.agreement &&
      row.agreementId === draft.agreementId &&
      row.change === draft.change &&
      row.endedOn === draft.endedOn,
    update: (row, draft) => ({ ...row, ...draft }),
    create: (draft) => ({ ...linkBase(risk), id: at.mint<'riskOption'>(), ...draft }),
  })
}

function riseChanges(risk: Risk, drafts: PlanDraft['rises'], at: At & PlanRows): Change[] {
  return reconcile<RiskRise, PlanDraft['rises'][number]>(recordTypes.rise, at.rises, drafts, {
    sameKey: (row, draft) => row.axis === draft.axis,
    same: (row, draft) => row.reason === draft.reason && row.secondaryRiskId === draft.secondaryRiskId,
    update: (row, draft) => ({ ...row, reason: draft.reason, secondaryRiskId: draft.secondaryRiskId }),
    create: (draft) => ({
      ...linkBase(risk),
      id: at.mint<'riskRise'>(),
      axis: draft.axis,
      reason: draft.reason,
      secondaryRiskId: draft.secondaryRiskId,
    }),
  })
}
