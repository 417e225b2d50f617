import { type Change, changed } from '#kernel/change.ts'
import type { Id } from '#kernel/id.ts'
import { ok, type Refusal, type Result } from '#kernel/result.ts'
import type { At } from './acting.ts'
import { linkBase, reconcile } from './reconcile.ts'
import { recordTypes } from './record-types.ts'
import { refusal, stop } from './refusals.ts'
import { type Risk, refuseRiskStep } from './risk.ts'
import type { Axis, ControlState, RiskControl, TreatmentOption } from './treatment.ts'

export interface ControlDraft {
  readonly controlId: Id<'control'>
  readonly state: ControlState
  readonly lowers: Axis | null
}

/**
 * Makes the controls of a risk exactly `drafts`, without deciding its treatment anew: for controls that are live already.
 * Refused: one listed twice, or a modified risk left without a control that says what it lowers.
 */
export function setControls(
  risk: Risk,
  drafts: readonly ControlDraft[],
  at: At & { readonly controls: readonly RiskControl[]; readonly options: readonly TreatmentOption[] },
): Result<readonly Change<RiskControl>[]> {
  const refused =
    refuseRiskStep(risk, 'link') ?? refuseTwice(drafts, risk.ref) ?? refuseUncontrolled(risk, drafts, at.options)
  return refused ? stop(refused) : ok(controlChanges(risk, drafts, at.controls, at))
}

/** A planned control went live, or a live one was taken back. The current level is not touched: rescoring is a judgement. */
export function setControlState(
  risk: Risk,
  link: RiskControl,
  state: ControlState,
  at: At,
): Result<readonly Change<RiskControl>[]> {
  const refused = refuseRiskStep(risk, 'link')
  if (refused) return stop(refused)
  if (link.state === state) return ok([])
  const patch = { state, wentLiveAt: state === 'live' ? at.now : null }
  return ok([
    changed(recordTypes.control, link, patch, state === 'live' ? 'risk.control_live' : 'risk.control_planned'),
  ])
}

/** The changes that bring the control links of a risk to what the drafts say. */
export function controlChanges(
  risk: Risk,
  drafts: readonly ControlDraft[],
  rows: readonly RiskControl[],
  at: At,
): Change<RiskControl>[] {
  return reconcile<RiskControl, ControlDraft>(recordTypes.control, rows, drafts, {
    sameKey: (row, draft) => row.controlId === draft.controlId,
    same: (row, draft) => row.state === draft.state && row.lowers === draft.lowers,
    update: (row, draft) => ({
      ...row,
      state: draft.state,
      lowers: draft.lowers,
      wentLiveAt: wentLive(row, draft, at),
    }),
    create: (draft) => ({
      ...linkBase(risk),
      id: at.mint<'riskControl'>(),
      controlId: draft.controlId,
      state: draft.state,
      lowers: draft.lowers,
      wentLiveAt: null,
    }),
  })
}

function wentLive(row: RiskControl, draft: ControlDraft, at: At) {
  if (draft.state === 'planned') return null
  return row.live && row.state === 'planned' ? at.now : row.wentLiveAt
}

export function refuseTwice(drafts: readonly ControlDraft[], ref: string): Refusal | null {
  const repeated = drafts.find((draft, i) => drafts.findIndex((other) => other.controlId === draft.controlId) < i)
  if (repeated === undefined) return null
  const message = `A control is listed twice for ${ref}; keep one.`
  return refusal('risk.control_twice', message, { controlId: repeated.controlId }, 'controls')
}

function refuseUncontrolled(
  risk: Risk,
  drafts: readonly ControlDraft[],
  options: readonly TreatmentOption[],
): Refusal | null {
  const modified = options.some((option) => option.live && option.kind === 'modify')
  if (!modified || drafts.some((draft) => draft.lowers !== null)) return null
  const message = `${risk.ref} is to be modified, so one of its controls has to say what it lowers; choose likelihood, consequence or both.`
  return refusal('risk.modify_without_control', message, { ref: risk.ref }, 'controls')
}
