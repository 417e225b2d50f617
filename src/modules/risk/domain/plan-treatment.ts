import { type Change, changed, created } from '#kernel/change.ts'
import type { Id } from '#kernel/id.ts'
import { ok, type Result } from '#kernel/result.ts'
import type { At } from './acting.ts'
import { checkPlan } from './check-plan.ts'
import type { Rise } from './compare-scores.ts'
import { type RiskLink, setLive } from './links.ts'
import type { RiskMethod } from './method.ts'
import { recordTypes } from './record-types.ts'
import { refusal, stop } from './refusals.ts'
import { type Risk, refuseOpportunity, refuseRiskStep } from './risk.ts'
import { type Scores, sameScores } from './scores.ts'
import { checkStated } from './stated-scores.ts'
import type { Axis, ControlState, OptionKind, RiskControl, RiskRise, TreatmentOption } from './treatment.ts'

export interface OptionDraft {
  readonly kind: OptionKind
  readonly agreement?: string | null
  readonly agreementId?: Id<'agreement'> | null
  readonly change?: string | null
}

export interface ControlDraft {
  readonly controlId: Id<'control'>
  readonly state: ControlState
  readonly lowers: Axis | null
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
    twice(
      draft.controls.map((control) => control.controlId),
      risk.ref,
    ) ??
    checkStated(at.method, risk.ref, 'target', target, risk.current)
  if (wrong) return stop(wrong)
  const rows = [
    ...optionChanges(risk, options, at),
    ...controlChanges(risk, draft.controls, at),
    ...riseChanges(risk, draft.rises, at),
  ]
  if (rows.length === 0 && sameScores(target, risk.target)) return ok([])
  return ok([changed(recordTypes.risk, risk, { target, plannedAt: at.now }, 'risk.treatment_planned'), ...rows])
}

/** A planned control went live, or a live one was taken back. The current level is not touched: rescoring is a judgement. */
export function setControlState(
  risk: Risk,
  link: RiskControl,
  state: ControlState,
  at: At,
): Result<readonly Change<RiskControl>[]> {
  const refused = refuseRiskStep(risk, 'planTreatment')
  if (refused) return stop(refused)
  if (link.state === state) return ok([])
  const patch = { state, wentLiveAt: state === 'live' ? at.now : null }
  return ok([
    changed(recordTypes.control, link, patch, state === 'live' ? 'risk.control_live' : 'risk.control_planned'),
  ])
}

function twice(ids: readonly Id[], ref: string) {
  const repeated = ids.find((id, i) => ids.indexOf(id) < i)
  if (repeated === undefined) return null
  return refusal(
    'risk.control_twice',
    `A control is listed twice for ${ref}; keep one.`,
    { controlId: repeated },
    'controls',
  )
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

function controlChanges(risk: Risk, drafts: readonly ControlDraft[], at: At & PlanRows): Change[] {
  return reconcile<RiskControl, ControlDraft>(recordTypes.control, at.controls, drafts, {
    sameKey: (row, draft) => row.controlId === draft.controlId,
    same: (row, draft) => row.state === draft.state && row.lowers === draft.lowers,
    update: (row, draft) => ({ ...row, ...draft, wentLiveAt: wentLive(row, draft, at) }),
    create: (draft) => ({ ...linkBase(risk), id: at.mint<'riskControl'>(), ...draft, wentLiveAt: null }),
  })
}

function wentLive(row: RiskControl, draft: ControlDraft, at: At) {
  if (draft.state === 'planned') return null
  return row.live && row.state === 'planned' ? at.now : row.wentLiveAt
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

const linkBase = (risk: Risk) => ({ orgId: risk.orgId, version: 1, riskId: risk.id, live: true })

interface Reconciling<Row, Draft> {
  readonly sameKey: (row: Row, draft: Draft) => boolean
  readonly same: (row: Row, draft: Draft) => boolean
  readonly update: (row: Row, draft: Draft) => Row
  readonly create: (draft: Draft) => Row
}

/** Brings rows to what the drafts say: created, changed and revived, or ended; rows are never deleted. */
function reconcile<Row extends RiskLink, Draft>(
  type: string,
  rows: readonly Row[],
  drafts: readonly Draft[],
  how: Reconciling<Row, Draft>,
): Change<Row>[] {
  const ended = rows
    .filter((row) => row.live && !drafts.some((draft) => how.sameKey(row, draft)))
    .map((row) => setLive(type, row, false))
  const set = drafts.flatMap((draft) => {
    const row = rows.find((candidate) => how.sameKey(candidate, draft))
    if (row === undefined) return [created(type, how.create(draft), 'risk.linked')]
    if (row.live && how.same(row, draft)) return []
    const after: Row = { ...how.update(row, draft), live: true, version: row.version + 1 }
    return [{ ...changed(type, row, {}, row.live ? 'risk.link_changed' : 'risk.linked'), after }]
  })
  return [...ended, ...set]
}
