import { comparable, risingAxes } from './compare-scores.ts'
import type { Material, MaterialControl } from './material.ts'
import { type Reason, reason } from './refusals.ts'
import { type Scores, sameScores } from './scores.ts'
import type { StandingOfControl } from './treatment.ts'
import { listOf } from './words.ts'

/** What changed since an approval: what makes it invalid, and what is better than it was then. */
export interface MaterialDifference {
  readonly worse: readonly Reason[]
  readonly better: readonly Reason[]
}

/**
 * Compares the state an act was given for with the state now.
 * Worse is everything that is not purely an improvement: any score that rose, a control that no longer works,
 * another option, another owner, other criteria. Better: scores that only fell, a planned control that went live.
 */
export function compareMaterials(then: Material, now: Material): MaterialDifference {
  const controls = compareControls(then, now)
  // Levels of two versions mean different things, so they are not compared.
  const levels =
    then.methodId === now.methodId
      ? [compareScores('current', then.current, now.current), compareScores(goalName(then), goalOf(then), goalOf(now))]
      : [{ worse: [criteriaChanged()], better: [] }]
  return {
    worse: [
      ...levels.flatMap((each) => each.worse),
      ...compareOptions(then, now),
      ...controls.worse,
      ...compareOwner(then, now),
    ],
    better: [...levels.flatMap((each) => each.better), ...controls.better],
  }
}

export const criteriaChanged = (): Reason =>
  reason('risk.criteria_changed', 'Criteria changed, review: another version of the method applies now.')

const goalOf = (material: Material): Scores | null => (material.act === 'plan' ? material.target : material.residual)
const goalName = (material: Material): 'target' | 'residual' => (material.act === 'plan' ? 'target' : 'residual')

function compareScores(
  state: 'current' | 'target' | 'residual',
  then: Scores | null,
  now: Scores | null,
): MaterialDifference {
  if (sameScores(then, now)) return { worse: [], better: [] }
  if (then === null || now === null || !comparable(then, now)) {
    const message = `The ${state} level was stated differently then, so it has to be looked at again.`
    return { worse: [reason('risk.restated', message, { state })], better: [] }
  }
  const rising = risingAxes(then, now)
  if (rising.length > 0) {
    const message = `The ${state} level has worsened since: ${listOf(rising)} rose.`
    return { worse: [reason('risk.worsened', message, { state, axes: rising })], better: [] }
  }
  const message = `The ${state} level has improved since.`
  return { worse: [], better: [reason('risk.improved', message, { state })] }
}

function compareOptions(then: Material, now: Material): Reason[] {
  const text = (material: Material): string =>
    material.options.map((option) => `${option.kind}:${option.agreementId ?? ''}`).join(' ')
  if (text(then) === text(now)) return []
  const from = kinds(then)
  const to = kinds(now)
  const what = from === to ? 'the agreement that shares the risk is another one' : `then ${from}, now ${to}`
  return [reason('risk.option_changed', `The treatment options have changed: ${what}.`, { from, to })]
}

const kinds = (material: Material): string => listOf(material.options.map((option) => option.kind)) || 'none'

function compareOwner(then: Material, now: Material): Reason[] {
  if (then.ownerId === now.ownerId) return []
  const message =
    now.ownerId === null ? 'The risk has no owner any more.' : 'The risk has a new owner, who has not signed yet.'
  return [reason('risk.owner_changed', message, { ownerId: now.ownerId })]
}

// Rules know controls by id; views put the name into `control`, see nameControl.
function compareControls(then: Material, now: Material): { worse: Reason[]; better: Reason[] } {
  const worse: Reason[] = []
  const better: Reason[] = []
  const before = new Map(then.controls.map((control) => [control.controlId, control]))
  const after = new Map(now.controls.map((control) => [control.controlId, control]))
  for (const control of then.controls) {
    const { controlId } = control
    const present = after.get(controlId)
    if (present === undefined) {
      const message = 'A control is no longer linked to the risk.'
      worse.push(reason('risk.control_removed', message, { controlId, control: controlId }))
    } else {
      const change = compareControl(control, present)
      if (change !== null) (change.better ? better : worse).push(change.reason)
    }
  }
  for (const { controlId } of now.controls) {
    if (before.has(controlId)) continue
    const added = reason('risk.control_added', 'A control was added.', { controlId, control: controlId })
    // One more control lowers a residual; but a plan with another control in it is not the plan that was approved.
    if (then.act === 'plan') worse.push(added)
    else better.push(added)
  }
  return { worse, better }
}

const strength: Readonly<Record<StandingOfControl, number>> = { failing: 0, planned: 1, live: 2 }

const stateWords: Readonly<Record<StandingOfControl, string>> = {
  live: 'live',
  planned: 'planned',
  failing: 'not in place or not working',
}

function compareControl(then: MaterialControl, now: MaterialControl): { better: boolean; reason: Reason } | null {
  const facts = { controlId: then.controlId, control: then.controlId, from: then.state, to: now.state }
  if (then.lowers !== now.lowers) {
    const message = 'A control is said to lower something else than then.'
    return { better: false, reason: reason('risk.control_axis_changed', message, facts) }
  }
  if (then.state === now.state) return null
  const better = strength[now.state] > strength[then.state]
  const message = better
    ? `A control was ${stateWords[then.state]} and is ${stateWords[now.state]} now.`
    : `The status of a control has changed: it was ${stateWords[then.state]} and is ${stateWords[now.state]} now.`
  return { better, reason: reason(better ? 'risk.control_improved' : 'risk.control_status_changed', message, facts) }
}
