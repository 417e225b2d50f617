import type { Id } from '#kernel/id.ts'
import type { Instant, LocalDate } from '#kernel/time.ts'
import type { SignedApproval } from './approval.ts'
import type { Dossier, FullDossier } from './dossier.ts'
import { type Evaluation, evaluationOf } from './evaluate.ts'
import { type ApprovalStanding, judgeAct } from './judge-approval.ts'
import type { AuthorityRole, RiskMethod } from './method.ts'
import { rankRisks } from './rank-risks.ts'
import type { Rescoring, Variance } from './rescore-risk.ts'
import { isLive } from './risk.ts'
import { type RiskStatus, riskStatus } from './risk-status.ts'
import type { ControlInPlan, TreatmentOption } from './treatment.ts'
import { type ActionStatus, type DueMove, isOverdue, type TreatmentAction } from './treatment-action.ts'

export interface PlanRowAction {
  readonly actionId: Id<'riskAction'>
  readonly ref: string
  readonly title: string
  readonly controlId: Id<'control'> | null
  readonly ownerId: Id<'person'> | null
  readonly startOn: LocalDate | null
  readonly dueOn: LocalDate | null
  readonly dueMoves: readonly DueMove[]
  readonly overdue: boolean
  readonly resources: string | null
  readonly cost: number | null
  readonly status: ActionStatus
  readonly doneAt: Instant | null
  /** Done, but nothing shows it. */
  readonly claimedOnly: boolean
}

export interface PlanRowAct {
  readonly personId: Id<'person'>
  readonly signedAt: Instant
  readonly expiresOn: LocalDate
  readonly standing: ApprovalStanding
  readonly additional: readonly {
    readonly role: AuthorityRole
    readonly personId: Id<'person'>
    readonly signedAt: Instant
  }[]
}

/** One risk in the treatment plan report (6.1.3 e). Names are looked up by whoever renders it. */
export interface TreatmentPlanRow {
  readonly riskId: Id<'risk'>
  readonly ref: string
  readonly title: string
  readonly ownerId: Id<'person'> | null
  readonly rank: number | null
  readonly status: RiskStatus
  readonly current: Evaluation | null
  readonly target: Evaluation | null
  readonly options: readonly Pick<TreatmentOption, 'kind' | 'agreement' | 'change' | 'endedOn'>[]
  readonly controls: readonly ControlInPlan[]
  readonly actions: readonly PlanRowAction[]
  /** Sum over actions that are not cancelled, in the smallest currency unit; null when none states a cost. */
  readonly cost: number | null
  readonly planApproval: PlanRowAct | null
  readonly acceptance: PlanRowAct | null
  /** From the last rescoring after a finished treatment. */
  readonly variance: Variance | null
}

export interface PlanEntry {
  readonly dossier: FullDossier
  /** Actions with at least one live artefact. */
  readonly evidenced: ReadonlySet<Id>
  readonly lastRescoring: Rescoring | null
}

/**
 * The risk treatment plan: every live risk that has an option, or needs one because it is above the threshold,
 * the most urgent first. Derived from the records on the day; nothing in it is typed.
 */
export function treatmentPlan(entries: readonly PlanEntry[], method: RiskMethod, today: LocalDate): TreatmentPlanRow[] {
  const ranked = rankRisks(
    method,
    entries.map((entry) => entry.dossier.risk),
  )
  const byId = new Map(entries.map((entry) => [entry.dossier.risk.id, entry]))
  return ranked.flatMap(({ riskId, rank }) => {
    const entry = byId.get(riskId)
    return entry === undefined || !belongs(entry.dossier) ? [] : [planRow(entry, rank, today)]
  })
}

function belongs({ risk, method, options }: Dossier): boolean {
  if (!isLive(risk)) return false
  return options.some((option) => option.live) || evaluationOf(method, risk.current)?.exceedsThreshold === true
}

function planRow(entry: PlanEntry, rank: number | null, today: LocalDate): TreatmentPlanRow {
  const { dossier } = entry
  const { risk, method } = dossier
  const costs = dossier.actions.flatMap((action) =>
    action.status === 'cancelled' || action.cost === null ? [] : [action.cost],
  )
  return {
    riskId: risk.id,
    ref: risk.ref,
    title: risk.title,
    ownerId: risk.ownerId,
    rank,
    status: riskStatus(dossier, today).status,
    current: evaluationOf(method, risk.current),
    target: evaluationOf(method, risk.target),
    options: dossier.options
      .filter((option) => option.live)
      .map(({ kind, agreement, change, endedOn }) => ({ kind, agreement, change, endedOn })),
    controls: dossier.controls,
    actions: dossier.actions.map((action) => planAction(action, entry.evidenced, today)),
    cost: costs.length === 0 ? null : costs.reduce((sum, cost) => sum + cost, 0),
    planApproval: planAct(dossier, 'plan', dossier.planApproval, today),
    acceptance: planAct(dossier, 'acceptance', dossier.acceptance, today),
    variance: entry.lastRescoring?.variance ?? null,
  }
}

function planAction(action: TreatmentAction, evidenced: ReadonlySet<Id>, today: LocalDate): PlanRowAction {
  return {
    actionId: action.id,
    ref: action.ref,
    title: action.title,
    controlId: action.controlId,
    ownerId: action.ownerId,
    startOn: action.startOn,
    dueOn: action.dueOn,
    dueMoves: action.dueMoves,
    overdue: isOverdue(action, today),
    resources: action.resources,
    cost: action.cost,
    status: action.status,
    doneAt: action.doneAt,
    claimedOnly: action.status === 'done' && !evidenced.has(action.id),
  }
}

function planAct(
  dossier: FullDossier,
  act: 'plan' | 'acceptance',
  signed: SignedApproval | null,
  today: LocalDate,
): PlanRowAct | null {
  const judgement = judgeAct(dossier, act, today)
  if (signed === null || judgement === null) return null
  const { personId, signedAt, expiresOn } = signed.approval
  return {
    personId,
    signedAt,
    expiresOn,
    standing: judgement.standing,
    additional: signed.signatures.map(({ role, personId, signedAt }) => ({ role, personId, signedAt })),
  }
}
