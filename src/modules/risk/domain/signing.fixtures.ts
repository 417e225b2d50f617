import { acceptResidual } from './accept-residual.ts'
import type { At } from './acting.ts'
import { approvePlan } from './approve-plan.ts'
import { judgeAct } from './judge-approval.ts'
import { type PlanDraft, planTreatment } from './plan-treatment.ts'
import { approvedMethod, assessedRisk, at, day, hash, mint, RiskBook, scores, valueOf } from './risk.fixtures.ts'

/** A treated risk and the acts of its owner, for the tests of approvals. */

export const method = approvedMethod()
export const signing = (given: At = at(), patch: object = {}) => ({ ...given, hash, ...patch })
export const controlId = mint<'control'>()
export const modify: PlanDraft = {
  options: [{ kind: 'modify' }],
  controls: [{ controlId, state: 'planned', lowers: 'likelihood' }],
  target: scores(2, 3),
  rises: [],
}
export const draft = {
  title: 'Do it',
  description: null,
  controlId: null,
  startOn: null,
  dueOn: day('2026-06-30'),
  resources: null,
  cost: null,
}

export function planned(plan: PlanDraft = modify, current = scores(3, 3)) {
  const book = new RiskBook(assessedRisk(method, current), method)
  return book.apply(valueOf(planTreatment(book.risk, plan, { ...at(), ...book.planRows() })))
}
export const replan = (book: RiskBook, plan: PlanDraft) =>
  book.apply(valueOf(planTreatment(book.risk, plan, { ...at(), ...book.planRows() })))
export const approve = (book: RiskBook, given: At = at()) =>
  book.apply(valueOf(approvePlan(book.dossier(), signing(given))))
export const accept = (book: RiskBook, given: At = at()) =>
  book.apply(valueOf(acceptResidual(book.dossier(), signing(given))))
export const approved = (plan = modify, current = scores(3, 3)) => approve(planned(plan, current))
export const signedBoth = () => accept(approved())
export const judged = (
  book: RiskBook,
  act: 'plan' | 'acceptance',
  today = '2026-02-01',
  failing: ReadonlySet<typeof controlId> = new Set(),
) => {
  const judgement = judgeAct(
    book.dossier(new Map([...failing].map((id) => [id, { standing: 'failing', works: false } as const]))),
    act,
    day(today),
  )
  return [
    judgement?.standing,
    judgement?.reasons.map((each) => each.code),
    judgement?.improvements.map((each) => each.code),
  ]
}
