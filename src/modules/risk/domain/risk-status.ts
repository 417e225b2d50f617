import type { LocalDate } from '#kernel/time.ts'
import { checkPlan, planNotices } from './check-plan.ts'
import { levelText } from './compare-scores.ts'
import { type Dossier, planOf } from './dossier.ts'
import { type Evaluation, evaluationOf, unjudgedDimensions } from './evaluate.ts'
import { countsOnFailing } from './failing-controls.ts'
import { type Judgement, judgeAct, planIsApproved } from './judge-approval.ts'
import { type Reason, reason } from './refusals.ts'
import { properties, riskLife } from './risk.ts'
import { isUnproven, retainsOnly } from './treatment.ts'
import { isOverdue } from './treatment-action.ts'
import { needsAcceptance, needsPlanApproval, type TreatmentState, treatmentState } from './treatment-state.ts'
import { listOf } from './words.ts'

export const riskStatuses = [
  'notAssessed',
  'needsTreatment',
  /** Within the threshold, and what was chosen for it all the same is not complete. */
  'planIncomplete',
  'planAwaitingApproval',
  'inTreatment',
  'awaitingAcceptance',
  'accepted',
  'acceptanceOutOfDate',
  'avoided',
  'opportunity',
  'withdrawn',
] as const
export type RiskStatus = (typeof riskStatuses)[number]

export const nextSteps = [
  'approveMethod',
  'nameOwner',
  'assess',
  'chooseTreatment',
  'completePlan',
  'approvePlan',
  'signAuthority',
  'carryOut',
  'setControlsLive',
  'endActivity',
  'rescore',
  'acceptResidual',
] as const
export type NextStepName = (typeof nextSteps)[number]

export interface NextStep {
  readonly step: NextStepName
  readonly by: 'ismsManager' | 'owner' | 'authority' | 'actionOwner'
}

/** What state a risk is in, why, and what would bring it further. Derived, never typed. */
export interface StatusOfRisk {
  readonly status: RiskStatus
  readonly why: readonly Reason[]
  readonly next: NextStep | null
}

/** Accepted, but the level that was accepted counts on controls their own records do not prove: no plain yes. */
export const acceptedUnproven = ({
  status,
  why,
}: {
  readonly status: RiskStatus
  readonly why: readonly Pick<Reason, 'code'>[]
}): boolean => status === 'accepted' && why.some(({ code }) => code === 'risk.controls_unproven')

/** Derives the status of a risk from its records. The first reason in `why` is the one that decides. */
export function riskStatus(dossier: Dossier, today: LocalDate): StatusOfRisk {
  const { risk } = dossier
  const life = riskLife(risk)
  if (life === 'withdrawn') return { status: 'withdrawn', why: [], next: null }
  if (life === 'closed') {
    const message = `The activity it came from has ended (${risk.closedReason ?? 'no reason given'}).`
    return { status: 'avoided', why: [reason('risk.avoided', message)], next: null }
  }
  if (risk.kind === 'opportunity') return opportunityStatus(dossier, today)
  const derived = withAcceptance(dossier, treatmentStatus(dossier, today), today)
  const next = derived.next?.by === 'owner' && !ownerCanSign(dossier) ? nameOwner : derived.next
  return {
    ...derived,
    next,
    why: [...derived.why, ...restsOnControls(dossier, derived), ...remarks(dossier, today)],
  }
}

const nameOwner: NextStep = { step: 'nameOwner', by: 'ismsManager' }
const ownerCanSign = (dossier: Dossier): boolean => dossier.owner?.active === true

/** An acceptance that no longer counts is what people have to see first, whatever stage the treatment is in. */
function withAcceptance(dossier: Dossier, base: StatusOfRisk, today: LocalDate): StatusOfRisk {
  const judgement = judgeAct(dossier, 'acceptance', today)
  if (judgement === null) return base
  if (judgement.standing === 'outOfDate') {
    // It was accepted once: what is out of date is said, not that it never was.
    const rest = base.why.filter(({ code }) => code !== 'risk.not_accepted')
    return { status: 'acceptanceOutOfDate', why: [...judgement.reasons, ...rest], next: base.next }
  }
  if (base.status !== 'awaitingAcceptance') return base
  if (judgement.standing === 'incomplete') {
    return { ...base, why: judgement.reasons, next: { step: 'signAuthority', by: 'authority' } }
  }
  const until = dossier.acceptance?.approval.expiresOn ?? ''
  const accepted = reason('risk.accepted', `The owner has accepted the residual risk until ${until}.`, { until })
  return { status: 'accepted', why: [accepted, ...judgement.improvements], next: null }
}

/** The stage of the treatment, as if nothing had been accepted yet. */
function treatmentStatus(dossier: Dossier, today: LocalDate): StatusOfRisk {
  return (
    notAssessed(dossier) ??
    needsTreatment(dossier) ??
    awaitingPlan(dossier, today) ??
    inTreatment(dossier) ??
    notJudged(dossier) ??
    toScoreAgain(dossier) ??
    awaiting
  )
}

/** A level within the overall threshold says nothing of a dimension that has a stricter one and is not rated. */
function notJudged(dossier: Dossier): StatusOfRisk | null {
  const unrated = thresholdNotJudged(dossier)
  return unrated === null ? null : { status: 'notAssessed', why: [unrated], next: assessNext }
}

function thresholdNotJudged({ risk, method }: Dossier): Reason | null {
  const evaluation = evaluationOf(method, risk.current)
  if (method === null || evaluation === null) return null
  const names = unjudgedDimensions(method, evaluation).map((dimension) => dimension.name)
  if (names.length === 0) return null
  const message = `Method ${method.name} has a stricter acceptance threshold for ${listOf(names)}, which is not rated; rate it before anybody accepts the risk.`
  return reason('risk.threshold_not_judged', message, { dimensions: names })
}

/** Nobody can judge, let alone accept, a level that counts on a control recorded as not in place. */
function toScoreAgain(dossier: Dossier): StatusOfRisk | null {
  const failing = countsOnFailing(dossier)
  return failing === null ? null : { status: 'notAssessed', why: [failing], next: assessNext }
}

const assessNext: NextStep = { step: 'assess', by: 'ismsManager' }

const awaiting: StatusOfRisk = {
  status: 'awaitingAcceptance',
  why: [reason('risk.not_accepted', 'The owner has not accepted the residual risk yet.')],
  next: { step: 'acceptResidual', by: 'owner' },
}

function notAssessed({ risk, method, inForce }: Dossier): StatusOfRisk | null {
  if (inForce === null) {
    const why = [reason('risk.no_method', 'No risk method is approved, so no risk can be judged.')]
    return { status: 'notAssessed', why, next: { step: 'approveMethod', by: 'ismsManager' } }
  }
  const next = assessNext
  if (risk.current === null || method === null) {
    return { status: 'notAssessed', why: [reason('risk.not_assessed', 'Its current level is not scored.')], next }
  }
  if (method.id === inForce.id) return null
  const message = `It is scored under ${method.name}; criteria changed, review: ${inForce.name} is in force.`
  const why = [reason('risk.criteria_changed', message, { scoredUnder: method.name, inForce: inForce.name })]
  return { status: 'notAssessed', why, next }
}

function needsTreatment(dossier: Dossier): StatusOfRisk | null {
  const { risk, method } = dossier
  const evaluation = evaluationOf(method, risk.current)
  const plan = planOf(dossier)
  if (method === null || evaluation === null) return null
  if (plan.options.length === 0) {
    if (!evaluation.exceedsThreshold) return null
    const next: NextStep = { step: 'chooseTreatment', by: 'owner' }
    return { status: 'needsTreatment', why: [exceedsReason(dossier), noOption], next }
  }
  const wrong = checkPlan(risk, method, plan)
  if (wrong.length === 0) return null
  const next: NextStep = { step: 'completePlan', by: 'owner' }
  const why = wrong.map(({ code, message, facts }) => reason(code, message, facts))
  if (evaluation.exceedsThreshold) return { status: 'needsTreatment', why, next }
  const level = thresholdNotJudged(dossier) ?? (retainsOnly(dossier.options) ? null : withinThreshold)
  const planIncomplete = { status: 'planIncomplete', why: level === null ? why : [...why, level], next } as const
  // Whether it is within nobody knows before it is scored without what is not there.
  return toScoreAgain(dossier) ?? planIncomplete
}

// Without it, the status would contradict the level beside it.
const withinThreshold = reason(
  'risk.within_but_incomplete',
  'Its current level is within the acceptance threshold, so it needs no treatment; one was chosen all the same and is not complete. Complete it, or retain the risk as it is.',
)

const noOption = reason('risk.no_option', 'No treatment option is chosen.')

function exceedsReason({ risk, method }: Dossier): Reason {
  const evaluation = evaluationOf(method, risk.current)
  const over = (evaluation?.exceeds ?? []).map(
    (key) => method?.dimensions.find((dimension) => dimension.key === key)?.name ?? 'the overall threshold',
  )
  const message = `Its current level, ${evaluation === null ? '' : levelText(evaluation)}, is above the acceptance threshold: ${listOf(over)}.`
  return reason('risk.exceeds_threshold', message, { exceeds: evaluation?.exceeds ?? [] })
}

function awaitingPlan(dossier: Dossier, today: LocalDate): StatusOfRisk | null {
  if (!needsPlanApproval(dossier) || planIsApproved(dossier, today)) return null
  const judgement: Judgement | null = judgeAct(dossier, 'plan', today)
  const why = judgement?.reasons ?? [reason('risk.plan_not_approved', 'The owner has not approved the treatment plan.')]
  const next: NextStep =
    judgement?.standing === 'incomplete'
      ? { step: 'signAuthority', by: 'authority' }
      : { step: 'approvePlan', by: 'owner' }
  return { status: 'planAwaitingApproval', why, next }
}

function inTreatment(dossier: Dossier): StatusOfRisk | null {
  const state = treatmentState(dossier)
  if (state.complete && needsAcceptance(dossier)) return null
  const why: Reason[] = []
  if (state.openActions.length > 0) {
    const refs = state.openActions.map((action) => action.ref)
    why.push(reason('risk.actions_open', `Actions are open: ${listOf(refs)}.`, { actions: refs }))
  }
  if (state.plannedControls.length > 0) {
    const count = state.plannedControls.length
    why.push(reason('risk.controls_planned', `Controls that are not live yet: ${count}.`, { count }))
  }
  if (state.activityGoesOn) why.push(reason('risk.activity_goes_on', 'The activity to be ended still goes on.'))
  if (state.rescoringDue) {
    why.push(reason('risk.rescoring_due', 'Everything planned is done; its level has to be scored again.'))
    return { status: 'inTreatment', why, next: { step: 'rescore', by: 'ismsManager' } }
  }
  return { status: 'inTreatment', why, next: nextInTreatment(state) }
}

function nextInTreatment(state: TreatmentState): NextStep {
  if (state.openActions.length > 0) return { step: 'carryOut', by: 'actionOwner' }
  // No action is left that could bring them about: somebody has to say that they are live.
  if (state.plannedControls.length > 0) return { step: 'setControlsLive', by: 'owner' }
  return { step: 'endActivity', by: 'owner' }
}

/** A level rests on live controls: said of those that are not in place, and where it is taken as good enough, of the unproven. */
function restsOnControls(dossier: Dossier, { status, why }: StatusOfRisk): Reason[] {
  const evaluation = evaluationOf(dossier.method, dossier.risk.current)
  const failing = evaluation === null ? null : countsOnFailing(dossier)
  const told = failing === null || why.some(({ code }) => code === failing.code)
  return [...(told ? [] : [failing]), ...restsOnUnproven(dossier, status, evaluation)]
}

function restsOnUnproven(dossier: Dossier, status: RiskStatus, evaluation: Evaluation | null): Reason[] {
  const counts = status !== 'notAssessed' && evaluation !== null && !evaluation.exceedsThreshold
  if (!counts && status !== 'accepted' && status !== 'awaitingAcceptance') return []
  const controls = dossier.controls
    .filter((control) => isUnproven(control) && control.state !== 'failing')
    .map((control) => control.controlId)
  if (controls.length === 0) return []
  // Rules know controls by id; views put the names in, see nameControl.
  const message = `Its level counts on live controls whose own records do not prove that they are wholly in place: ${controls.length}.`
  return [reason('risk.controls_unproven', message, { controlIds: controls, controls })]
}

/** What does not decide the status but has to be seen beside it. */
function remarks(dossier: Dossier, today: LocalDate): Reason[] {
  const { risk, owner } = dossier
  const found: Reason[] = [...planNotices(risk, dossier.method, planOf(dossier)), ...overdue(dossier, today)]
  if (owner === null) found.push(reason('risk.no_owner', 'It has no owner.'))
  else if (!owner.active) found.push(reason('risk.owner_left', `Its owner, ${owner.name}, has left.`))
  if (risk.kind === 'informationSecurity' && properties.every((property) => risk[property] !== 'lost')) {
    const message = 'It does not say which of confidentiality, integrity and availability may be lost.'
    found.push(reason('risk.properties_not_stated', message))
  }
  const claimed = risk.imported?.claimedStatus ?? null
  if (claimed !== null && dossier.acceptance === null) {
    const message = `The imported register called it “${claimed}”; nobody has signed that here.`
    found.push(reason('risk.status_claimed', message, { claimed }))
  }
  return found
}

function overdue(dossier: Dossier, today: LocalDate): Reason[] {
  const late = dossier.actions.filter((action) => isOverdue(action, today)).map((action) => action.ref)
  if (late.length === 0) return []
  return [reason('risk.actions_overdue', `Actions are past their due date: ${listOf(late)}.`, { actions: late })]
}

function opportunityStatus(dossier: Dossier, today: LocalDate): StatusOfRisk {
  const state = treatmentState(dossier)
  const why: Reason[] = []
  const open = state.openActions.map((action) => action.ref)
  if (open.length > 0) why.push(reason('risk.actions_open', `Actions are open: ${listOf(open)}.`, { actions: open }))
  else if (dossier.risk.effectiveness === null) {
    const message = 'Nobody has recorded whether what was done about it worked.'
    why.push(reason('risk.no_effectiveness', message))
  }
  const next: NextStep | null = open.length > 0 ? { step: 'carryOut', by: 'actionOwner' } : null
  return { status: 'opportunity', why: [...why, ...overdue(dossier, today)], next }
}
