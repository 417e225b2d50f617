import { type Change, changed, created } from '#kernel/change.ts'
import type { Id } from '#kernel/id.ts'
import { ok, type Refusal, type Result } from '#kernel/result.ts'
import { endOfDay, type LocalDate } from '#kernel/time.ts'
import type { At, PersonFacts } from './acting.ts'
import { setLive } from './links.ts'
import { needReason } from './record-risk.ts'
import { recordTypes } from './record-types.ts'
import { refusal, refuseStep, stop } from './refusals.ts'
import { type Risk, refuseRiskStep } from './risk.ts'
import {
  type ActionControl,
  type ActionEvidence,
  type ActionStep,
  actionSteps,
  stepsOf,
  type TreatmentAction,
} from './treatment-action.ts'
import { blank } from './words.ts'

export interface ActionDraft {
  readonly title: string
  readonly description: string | null
  readonly controlId: Id<'control'> | null
  readonly startOn: LocalDate | null
  readonly dueOn: LocalDate
  readonly resources: string | null
  readonly cost: number | null
}

type ActionPatch = Partial<Omit<ActionDraft, 'dueOn'>>

/** Adds an action to a risk. Refused: no title, an owner who has left, a due date before the start, a negative cost. */
export function addAction(
  risk: Risk,
  draft: ActionDraft,
  at: At & { readonly ref: string; readonly owner: PersonFacts },
): Result<Change<TreatmentAction>> {
  const wrong = refuseRiskStep(risk, 'act') ?? checkAction(draft, at.ref) ?? checkActionOwner(at.owner, at.ref)
  if (wrong) return stop(wrong)
  const row: TreatmentAction = {
    id: at.mint<'riskAction'>(),
    orgId: risk.orgId,
    version: 1,
    ref: at.ref,
    riskId: risk.id,
    title: draft.title,
    description: draft.description,
    controlId: draft.controlId,
    ownerId: at.owner.id,
    ownerText: null,
    startOn: draft.startOn,
    dueOn: draft.dueOn,
    dueMoves: [],
    resources: draft.resources,
    cost: draft.cost,
    status: 'planned',
    statusReason: null,
    startedAt: null,
    doneAt: null,
    cancelledAt: null,
  }
  return ok(created(recordTypes.action, row, 'risk.action_added'))
}

/** Changes what an action says; its due date moves only with a reason, see `moveDueDate`. */
export function editAction(action: TreatmentAction, patch: ActionPatch): Result<Change<TreatmentAction>> {
  const after = { ...action, ...patch }
  const wrong = refuseActionStep(action, 'edit') ?? checkAction(after, action.ref)
  return wrong ? stop(wrong) : ok(changed<TreatmentAction>(recordTypes.action, action, patch, 'risk.action_edited'))
}

/** Gives an action to somebody else. Refused: a person who has left. */
export function assignAction(action: TreatmentAction, owner: PersonFacts): Result<Change<TreatmentAction>> {
  const wrong = refuseActionStep(action, 'edit') ?? checkActionOwner(owner, action.ref)
  const patch = { ownerId: owner.id, ownerText: null }
  return wrong ? stop(wrong) : ok(changed(recordTypes.action, action, patch, 'risk.action_assigned'))
}

/** Moves the due date; every move stays visible with its reason. The first date of an imported action needs none. */
export function moveDueDate(
  action: TreatmentAction,
  to: LocalDate,
  reason: string,
  at: At,
): Result<Change<TreatmentAction>> {
  const from = action.dueOn
  const wrong =
    refuseActionStep(action, 'edit') ??
    checkAction({ ...action, dueOn: to }, action.ref) ??
    (from === null ? null : needReason(reason, `Say why the due date of ${action.ref} moves to ${to}.`, action.id))
  if (wrong) return stop(wrong)
  if (from === to) {
    const message = `${action.ref} is already due on ${to}; choose another date.`
    return stop(refusal('risk.same_due_date', message, { ref: action.ref, dueOn: to }, 'dueOn'))
  }
  const move = from === null ? [] : [{ from, to, reason, at: at.now, by: at.by.personId }]
  const patch = { dueOn: to, dueMoves: [...action.dueMoves, ...move] }
  return ok(changed(recordTypes.action, action, patch, 'risk.action_due_moved', blank(reason) ? null : reason))
}

/** Work on the action has begun. */
export function startAction(action: TreatmentAction, at: At): Result<Change<TreatmentAction>> {
  const wrong = refuseActionStep(action, 'start')
  if (wrong) return stop(wrong)
  const patch = { status: 'inProgress', startedAt: at.now } as const
  return ok(changed(recordTypes.action, action, patch, 'risk.action_started'))
}

/** When an action was done, if not just now, and what is to be said of it. */
export interface Completion {
  /** Null for now. */
  readonly on: LocalDate | null
  /** The day the action was recorded; null for one an import brought, which may have been done before. */
  readonly recordedOn: LocalDate | null
  readonly note: string
  readonly timeZone: string
}

/**
 * The action is done, on a day from the one it was recorded on up to today. Without evidence it counts as claimed: the
 * report says so. After the last one the risk is rescored. Confirms as well what an import claimed to be done. Refused: a
 * day after today; a day before the action was recorded, unless an import brought it: what had been done by then was no
 * step of this plan.
 */
export function completeAction(
  action: TreatmentAction,
  at: At,
  { on, recordedOn, note, timeZone }: Completion = { on: null, recordedOn: null, note: '', timeZone: 'UTC' },
): Result<Change<TreatmentAction>> {
  const wrong = refuseActionStep(action, 'complete')
  if (wrong) return stop(wrong)
  if (on !== null && on > at.today) {
    const message = `${action.ref} cannot have been done on ${on}, which is after today, ${at.today}.`
    return stop(refusal('risk.done_in_future', message, { ref: action.ref, doneOn: on }, 'doneOn'))
  }
  if (on !== null && recordedOn !== null && on < recordedOn) {
    const message = `${action.ref} was recorded on ${recordedOn} and cannot have been done before, on ${on}. Choose that day or a later one, and say in the note what had been done earlier.`
    return stop(refusal('risk.done_before_recorded', message, { ref: action.ref, doneOn: on, recordedOn }, 'doneOn'))
  }
  const doneAt = on === null || on === at.today ? at.now : endOfDay(on, timeZone)
  const said = blank(note) ? null : note.trim()
  const patch = { status: 'done', doneAt, ...(said === null ? {} : { statusReason: said }) } as const
  return ok(changed(recordTypes.action, action, patch, 'risk.action_done', said))
}

/** The action will not be done, and why. */
export function cancelAction(action: TreatmentAction, reason: string, at: At): Result<Change<TreatmentAction>> {
  const wrong =
    refuseActionStep(action, 'cancel') ?? needReason(reason, `Say why ${action.ref} is cancelled.`, action.id)
  if (wrong) return stop(wrong)
  const patch = { status: 'cancelled', cancelledAt: at.now, statusReason: reason } as const
  return ok(changed(recordTypes.action, action, patch, 'risk.action_cancelled', reason))
}

/** A done or cancelled action turns out to need more work. */
export function reopenAction(action: TreatmentAction, reason: string): Result<Change<TreatmentAction>> {
  const wrong =
    refuseActionStep(action, 'reopen') ?? needReason(reason, `Say why ${action.ref} is opened again.`, action.id)
  if (wrong) return stop(wrong)
  const patch = { status: 'inProgress', doneAt: null, cancelledAt: null, statusReason: reason } as const
  return ok(changed(recordTypes.action, action, patch, 'risk.action_reopened', reason))
}

/**
 * Makes the controls an action brings about exactly these: one in its own row, the others as links. The one in the row
 * stays there as long as it is among them.
 * @param rows every further control the action ever had, live or not
 * @returns the control for its row, and the changes of its links
 */
export function setActionControls(
  action: Pick<TreatmentAction, 'id' | 'orgId' | 'controlId'>,
  rows: readonly ActionControl[],
  controlIds: readonly Id<'control'>[],
  mint: At['mint'],
): { readonly controlId: Id<'control'> | null; readonly links: readonly Change<ActionControl>[] } {
  const { controlId: own } = action
  const controlId = own !== null && controlIds.includes(own) ? own : (controlIds[0] ?? null)
  const further = new Set(controlIds.filter((id) => id !== controlId))
  const known = new Set(rows.map((row) => row.controlId))
  const switched = rows
    .filter((row) => row.live !== further.has(row.controlId))
    .map((row) => setLive(recordTypes.actionControl, row, !row.live))
  const added = [...further].flatMap((id) => {
    if (known.has(id)) return []
    const { orgId, id: actionId } = action
    const row = { id: mint<'actionControl'>(), orgId, version: 1, actionId, controlId: id, live: true }
    return [created<ActionControl>(recordTypes.actionControl, row, 'risk.linked')]
  })
  return { controlId, links: [...switched, ...added] }
}

/** Attaches an artefact that shows the action was done, or detaches it; nothing happens when it is already so. */
export function setActionEvidence(
  action: TreatmentAction,
  rows: readonly ActionEvidence[],
  artefactId: Id<'artefact'>,
  live: boolean,
  at: At,
): readonly Change<ActionEvidence>[] {
  const row = rows.find((candidate) => candidate.actionId === action.id && candidate.artefactId === artefactId)
  if (row !== undefined) return row.live === live ? [] : [setLive(recordTypes.actionEvidence, row, live)]
  if (!live) return []
  const id = at.mint<'riskActionEvidence'>()
  const added: ActionEvidence = { id, orgId: action.orgId, version: 1, actionId: action.id, artefactId, live }
  return [created(recordTypes.actionEvidence, added, 'risk.linked')]
}

const refuseActionStep = (action: TreatmentAction, step: ActionStep): Refusal | null =>
  stepsOf(action).includes(step)
    ? null
    : refuseStep(actionSteps, action.status, step, 'risk.action_step', `Action ${action.ref}`)

function checkAction(
  draft: Pick<TreatmentAction, 'title' | 'startOn' | 'dueOn' | 'cost'>,
  ref: string,
): Refusal | null {
  if (blank(draft.title))
    return refusal('risk.action_title', `Action ${ref} has no title; say what is to be done.`, { ref }, 'title')
  if (draft.startOn !== null && draft.dueOn !== null && draft.dueOn < draft.startOn) {
    const message = `Action ${ref} is due on ${draft.dueOn}, before it starts on ${draft.startOn}; correct one of the dates.`
    return refusal('risk.action_dates', message, { ref, dueOn: draft.dueOn, startOn: draft.startOn }, 'dueOn')
  }
  if (draft.cost !== null && (!Number.isSafeInteger(draft.cost) || draft.cost < 0)) {
    const message = `Action ${ref} has the cost ${draft.cost}; give a whole number of the smallest currency unit, not below 0.`
    return refusal('risk.action_cost', message, { ref, cost: draft.cost }, 'cost')
  }
  return null
}

function checkActionOwner(owner: PersonFacts, ref: string): Refusal | null {
  if (owner.active) return null
  const message = `${owner.name} has left, so action ${ref} cannot be given to them; name an owner who is here.`
  return refusal('risk.owner_left', message, { ref, ownerId: owner.id }, 'ownerId')
}
