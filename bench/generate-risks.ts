import type { Change } from '#kernel/change.ts'
import type { Id } from '#kernel/id.ts'
import { addDays, dateAt } from '#kernel/time.ts'
import type { Control } from '#modules/controls/domain/control.ts'
import { acceptResidual } from '#modules/risk/domain/accept-residual.ts'
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
import { RiskBook } from '#modules/risk/domain/risk.fixtures.ts'
import { materialHash } from '#modules/risk/server/occasion.ts'
import type { Grant } from '#platform/access/policy.ts'
import type { Tx } from '#platform/db/transaction.ts'
import { orRefuse } from '#platform/refusal/refusal-error.ts'

const occasionOf = (tx: Tx, personId: Id<'person'>): At => ({
  orgId: tx.org.id,
  by: { personId, roles: ['topManagement'] },
  now: tx.now,
  today: dateAt(tx.now, tx.org.timeZone),
  mint: () => tx.newId(),
})

/** The default method, approved. */
export async function approvedMethod(tx: Tx, grant: Grant, by: Id<'person'>): Promise<RiskMethod> {
  const at = occasionOf(tx, by)
  const draft = draftMethod(defaultMethod('en', at.today.slice(0, 4)), 1, at)
  const [approved, ...more] = orRefuse(approveMethod(draft.after, { ...at, inForce: null, otherNames: [] }))
  if (approved === undefined) throw new Error('Approving a method changed nothing.')
  await tx.commit(grant, [draft, approved, ...more])
  return approved.after
}

/**
 * The n-th risk: scored in three states, to be modified by two controls and three actions; the owner of every second one
 * has approved its plan and accepted what will remain.
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
  const book = new RiskBook(recorded.after, method)
  book.owner = owner
  const changes: Change[] = [recorded]
  const take = (more: readonly Change[]): void => {
    changes.push(...more)
    book.apply(more)
  }
  const scores = {
    inherent: { likelihood: 5, consequences },
    current: { likelihood, consequences },
    rationale: 'Seen twice in three years.',
  }
  take(orRefuse(assessRisk(book.risk, scores, { ...at, method, options: [], rises: [], run: null })))
  take(orRefuse(planTreatment(book.risk, planOf(n, likelihood, consequences, controls), { ...at, ...book.planRows() })))
  take([0, 1, 2].map((k) => orRefuse(addAction(book.risk, step(k), { ...at, ref: `T-${n * 3 + k + 1}` }))))
  if (n % 2 === 0) {
    take(orRefuse(approvePlan(book.dossier(), { ...at, hash: materialHash })))
    take(orRefuse(acceptResidual(book.dossier(), { ...at, hash: materialHash })))
  }
  return changes

  function step(k: number) {
    return {
      title: `Step ${k} towards a way back`,
      description: null,
      controlId: null,
      startOn: null,
      dueOn: addDays(at.today, 60 + 50 * k),
      resources: null,
      cost: null,
    }
  }
}

const planOf = (
  n: number,
  likelihood: number,
  consequences: Readonly<Record<string, number>>,
  controls: readonly Control[],
): PlanDraft => ({
  options: [{ kind: 'modify' }],
  controls: [0, 31].flatMap((k) => {
    const control = controls[(n + k) % controls.length]
    return control ? [{ controlId: control.id, state: k === 0 ? 'live' : 'planned', lowers: 'likelihood' }] : []
  }),
  target: { likelihood: likelihood - 1, consequences },
  rises: [],
})
