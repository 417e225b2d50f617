import { latest } from './dates.ts'
import type { Dossier } from './dossier.ts'
import { type Scores, sameScores } from './scores.ts'
import { avoidsOnly, type ControlInPlan, retainsOnly } from './treatment.ts'
import { type ActionFacts, isOpenAction } from './treatment-action.ts'

/** How far the treatment of a risk has come, read from its records. */
export interface TreatmentState {
  readonly openActions: readonly ActionFacts[]
  readonly doneActions: readonly ActionFacts[]
  readonly cancelledActions: readonly ActionFacts[]
  readonly plannedControls: readonly ControlInPlan[]
  /** An activity is to be ended and has not ended. */
  readonly activityGoesOn: boolean
  /** Everything planned is done, and the current level was not looked at since. */
  readonly rescoringDue: boolean
  /** Nothing is left to do: what remains is the current level. True as well when the risk is retained or has no option. */
  readonly complete: boolean
}

/** Reads the state of a treatment (8.3). */
export function treatmentState(dossier: Dossier): TreatmentState {
  const known = states.get(dossier)
  if (known !== undefined) return known
  const state = readState(dossier)
  states.set(dossier, state)
  return state
}

// Status, residual and both acts ask for it, for each risk of a register. Dossiers are never changed.
const states = new WeakMap<Dossier, TreatmentState>()

function readState(dossier: Dossier): TreatmentState {
  const options = dossier.options.filter((option) => option.live)
  const openActions = dossier.actions.filter(isOpenAction)
  const doneActions = dossier.actions.filter((action) => action.status === 'done')
  const cancelledActions = dossier.actions.filter((action) => action.status === 'cancelled')
  const plannedControls = dossier.controls.filter((control) => control.state === 'planned')
  const activityGoesOn = options.some((option) => option.kind === 'avoid' && option.endedOn === null)
  const acts = options.length > 0 && !retainsOnly(options)
  const nothingOpen = openActions.length === 0 && plannedControls.length === 0 && !activityGoesOn
  const rescoringDue = acts && nothingOpen && changedSinceAssessed(dossier, doneActions)
  return {
    openActions,
    doneActions,
    cancelledActions,
    plannedControls,
    activityGoesOn,
    rescoringDue,
    complete: !acts || (nothingOpen && !rescoringDue),
  }
}

function changedSinceAssessed(dossier: Dossier, doneActions: readonly ActionFacts[]): boolean {
  const { risk } = dossier
  if (risk.current === null || risk.assessedAt === null) return false
  const finished = latest([...doneActions.map((action) => action.doneAt), ...dossier.controls.map((c) => c.wentLiveAt)])
  if (finished !== null && finished > risk.assessedAt) return true
  // A plan that promises a lower level but leaves nothing to do has to show that level right away.
  const promises = risk.target !== null && !sameScores(risk.target, risk.current)
  return promises && risk.plannedAt !== null && risk.plannedAt > risk.assessedAt
}

/** The residual risk of 6.1.3 f: the target while treatment goes on, the current level once nothing is left to do. */
export interface Residual {
  readonly basis: 'target' | 'current'
  readonly scores: Scores
}

/** Null when it is not scored: not assessed, or an activity that is only to be ended and has no target. */
export function residualOf(dossier: Dossier): Residual | null {
  const { risk } = dossier
  if (risk.current === null) return null
  if (treatmentState(dossier).complete) return { basis: 'current', scores: risk.current }
  return risk.target === null ? null : { basis: 'target', scores: risk.target }
}

/** Does the plan need an approval of its own? Retaining is decided by the acceptance itself, there is nothing else to approve. */
export const needsPlanApproval = (dossier: Dossier): boolean =>
  dossier.options.some((option) => option.live) && !retainsOnly(dossier.options)

/** Is there a residual to accept? Not for a risk that only waits for the end of its activity. */
export const needsAcceptance = (dossier: Dossier): boolean =>
  !(avoidsOnly(dossier.options) && dossier.risk.target === null)
