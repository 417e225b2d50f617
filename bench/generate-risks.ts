import type { Change } from '#kernel/change.ts'
import type { Id } from '#kernel/id.ts'
import { addDays, type LocalDate } from '#kernel/time.ts'
import type { Control } from '#modules/controls/domain/control.ts'
import type { At } from '#modules/risk/domain/acting.ts'
import { approveMethod } from '#modules/risk/domain/approve-method.ts'
import { approvePlan } from '#modules/risk/domain/approve-plan.ts'
import { assessRisk } from '#modules/risk/domain/assess-risk.ts'
import { addAction } from '#modules/risk/domain/change-action.ts'
import { defaultMethod } from '#modules/risk/domain/default-method.ts'
import { draftMethod } from '#modules/risk/domain/draft-method.ts'
import type { RiskMethod } from '#modules/risk/domain/method.ts'
import { type PlanDraft, planTreatment } from '#modules/risk/domain/plan-treatment.ts'
import { recordRisk } from '#modules/risk/domain/record-risk.ts'
import { recordTypes } from '#modules/risk/domain/record-types.ts'
import type { Risk } from '#modules/risk/domain/risk.ts'
import { controlsInPlan, type RiskControl, type TreatmentOption } from '#modules/risk/domain/treatment.ts'
import type { TreatmentAction } from '#modules/risk/domain/treatment-action.ts'
import { materialHash } from '#modules/risk/server/occasion.ts'
import type { Grant } from '#platform/access/policy.ts'
import type { Tx } from '#platform/db/transaction.ts'
import { orRefuse } from '#platform/refusal/refusal-error.ts'

const occasionOf = (tx: Tx, personId: Id<'person'>): At => ({
  orgId: tx.org.id,
  by: { personId, roles: ['topManagement'] },
  now: tx.now,
  today: tx.now.slice(0, 10) as LocalDate,
  mint: () => tx.newId(),
})

/** The default method, approved. */
export async function approvedMethod(tx: Tx, grant: Grant, by: Id<'person'>): Promise<RiskMethod> {
  const at = occasionOf(tx, by)
  const draft = draftMethod(defaultMethod('en', at.today.slice(0, 4)), 1, at)
  const approved = orRefuse(approveMethod(draft.after, { ...at, inForce: null, otherNames: [] }))
  await tx.commit(grant, [draft, ...approved])
  return approved[0]?.after as RiskMethod
}

/**
 * The n-th risk: scored in three states, to be modified by two controls and three actions; the owner of every second one
 * has approved its plan.
 */
export function riskOf(
  tx: Tx,
  n: number,
  ownerId: Id<'person'>,
  method: RiskMethod,
  controls: readonly Control[],
): Change[] {
  const owner = { id: ownerId, name: 'Owner', active: true }
  const at = { ...occasionOf(tx, ownerId), owner }
  const wording = {
    kind: 'informationSecurity',
    title: `Loss of service ${n} through a failed change`,
    scenario: 'A change goes live without a way back; the service stays down until somebody restores it by hand.',
    threat: 'Faulty change',
    vulnerability: 'No rehearsal',
    category: `Category ${n % 12}`,
    confidentiality: 'notLost',
    integrity: 'lost',
    availability: 'lost',
  } as const
  const likelihood = (n % 4) + 2
  const consequences = Object.fromEntries(method.dimensions.map(({ key }, i) => [key, ((n + i) % 5) + 1]))
  const recorded = orRefuse(recordRisk(wording, { ...at, ref: `R-${n + 1}` }))
  const scores = {
    inherent: { likelihood: 5, consequences },
    current: { likelihood, consequences },
    rationale: 'Seen twice in three years.',
  }
  const assessed = orRefuse(assessRisk(recorded.after, scores, { ...at, method, options: [], rises: [], run: null }))
  const draft = {
    options: [{ kind: 'modify' as const }],
    controls: [0, 31].map((k) => ({
      controlId: (controls[(n + k) % controls.length] as Control).id,
      state: k === 0 ? ('live' as const) : ('planned' as const),
      lowers: 'likelihood' as const,
    })),
    target: { likelihood: likelihood - 1, consequences },
    rises: [],
  } satisfies PlanDraft
  const planned = orRefuse(
    planTreatment(assessed[0]?.after as Risk, draft, { ...at, method, options: [], controls: [], rises: [] }),
  )
  const risk = planned[0]?.after as Risk
  const actions = [0, 1, 2].map((k) => {
    const action = {
      title: `Step ${k} towards a way back`,
      description: null,
      controlId: null,
      startOn: null,
      dueOn: addDays(at.today, 60 + 50 * k),
      resources: null,
      cost: null,
    }
    return orRefuse(addAction(risk, action, { ...at, ref: `T-${n * 3 + k + 1}` }))
  })
  const approval = n % 2 === 0 ? [] : approvalOf(risk, method, planned, actions, at)
  return [recorded, ...assessed, ...planned, ...actions, ...approval]
}

function approvalOf(
  risk: Risk,
  method: RiskMethod,
  planned: readonly Change[],
  actions: readonly Change<TreatmentAction>[],
  at: At & { readonly owner: { readonly id: Id<'person'>; readonly name: string; readonly active: boolean } },
): readonly Change[] {
  const rows = <Row>(type: string): Row[] =>
    planned.filter((change) => change.type === type).map((change) => change.after as unknown as Row)
  const dossier = {
    risk,
    method,
    inForce: method,
    owner: at.owner,
    options: rows<TreatmentOption>(recordTypes.option),
    controls: controlsInPlan(rows<RiskControl>(recordTypes.control)),
    rises: [],
    actions: actions.map((action) => action.after),
    planApproval: null,
    acceptance: null,
  }
  return orRefuse(approvePlan(dossier, { ...at, hash: materialHash }))
}
