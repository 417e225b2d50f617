import { describe, expect, test } from 'vitest'
import { addAction, cancelAction, completeAction } from './change-action.ts'
import { planTreatment } from './plan-treatment.ts'
import { type Rescoring, rescoreRisk, varianceOf } from './rescore-risk.ts'
import {
  approvedMethod,
  assessedRisk,
  at,
  boris,
  day,
  mint,
  RiskBook,
  refusalOf,
  scores,
  valueOf,
} from './risk.fixtures.ts'
import { setControlState } from './set-controls.ts'
import { residualOf, treatmentState } from './treatment-state.ts'

const method = approvedMethod()
const draft = {
  title: 'Do it',
  description: null,
  controlId: null,
  startOn: null,
  dueOn: day('2026-06-30'),
  resources: null,
  cost: null,
}

/** A modified risk with one planned control and two actions. */
function treated() {
  const book = new RiskBook(assessedRisk(method, scores(4, 4)), method)
  const controls = [{ controlId: mint<'control'>(), state: 'planned', lowers: 'likelihood' }] as const
  const plan = { options: [{ kind: 'modify' }], controls, target: scores(2, 4), rises: [] } as const
  book.apply(valueOf(planTreatment(book.risk, plan, { ...at(), ...book.planRows() })))
  for (const ref of ['T-1', 'T-2']) book.apply(valueOf(addAction(book.risk, draft, { ...at(), ref, owner: boris })))
  return book
}

function finish(book: RiskBook) {
  for (const action of book.actions) if (action.status === 'planned') book.apply(valueOf(completeAction(action, at())))
  for (const control of book.controls) book.apply(valueOf(setControlState(book.risk, control, 'live', at())))
  return book
}

const rescore = (book: RiskBook, current = scores(2, 4), rationale = 'Tested in June.') =>
  rescoreRisk(book.dossier(), { current, rationale }, at(boris))

describe('treatment state', () => {
  test('goes from open to rescoring due to complete', () => {
    const book = treated()
    expect(treatmentState(book.dossier())).toMatchObject({ complete: false, rescoringDue: false })
    expect(residualOf(book.dossier())).toEqual({ basis: 'target', scores: scores(2, 4) })
    finish(book)
    expect(treatmentState(book.dossier())).toMatchObject({ complete: false, rescoringDue: true })
    expect(residualOf(book.dossier())?.basis).toBe('target')
    book.apply(valueOf(rescore(book)))
    expect(treatmentState(book.dossier())).toMatchObject({ complete: true, rescoringDue: false })
    expect(residualOf(book.dossier())).toEqual({ basis: 'current', scores: scores(2, 4) })
  })

  test('cancelled actions do not hold it up', () => {
    const book = treated()
    const [first] = book.actions
    if (first === undefined) throw new Error('no action')
    book.apply(valueOf(cancelAction(first, 'Not needed.', at())))
    expect(treatmentState(finish(book).dossier())).toMatchObject({
      rescoringDue: true,
      cancelledActions: [{ ref: 'T-1' }],
    })
  })

  test('a plan with nothing left to do that promises less is rescored at once', () => {
    const book = new RiskBook(assessedRisk(method, scores(4, 4)), method)
    const plan = {
      options: [{ kind: 'share', agreement: 'Insurance' }],
      controls: [],
      target: scores(4, 2),
      rises: [],
    } as const
    book.apply(valueOf(planTreatment(book.risk, plan, { ...at(), ...book.planRows() })))
    expect(treatmentState(book.dossier()).rescoringDue).toBe(true)
    book.apply(valueOf(rescore(book, scores(4, 3))))
    expect(treatmentState(book.dossier())).toMatchObject({ rescoringDue: false, complete: true })
  })
})

describe('rescoring', () => {
  test('waits for what is open and names it', () => {
    expect(refusalOf(rescore(treated()))).toMatchObject({
      code: 'risk.rescoring_not_due',
      message:
        'The treatment of R-1 still waits for action T-1, action T-2 and one planned control; finish or cancel that first, or assess the risk as it is now.',
    })
    const done = finish(treated())
    done.apply(valueOf(rescore(done)))
    expect(refusalOf(rescore(done)).code).toBe('risk.rescoring_not_due')
  })

  test('shows the variance between what was planned and what was reached', () => {
    const book = finish(treated())
    book.apply(valueOf(rescore(book, scores(3, 4))))
    expect(book.all<Rescoring>('risk_rescoring')).toMatchObject([
      { before: scores(4, 4), target: scores(2, 4), reached: scores(3, 4), variance: 'worse', rescoredBy: boris.id },
    ])
    expect(book.risk).toMatchObject({ current: scores(3, 4), target: scores(2, 4) })
  })

  test('lets the target follow where more was reached', () => {
    const book = finish(treated())
    book.apply(valueOf(rescore(book, scores(1, 3))))
    expect(book.risk).toMatchObject({ current: scores(1, 3), target: scores(1, 3) })
    expect(book.all<Rescoring>('risk_rescoring')[0]).toMatchObject({ target: scores(2, 4), variance: 'better' })
  })

  test('refuses what assessing refuses', () => {
    const book = finish(treated())
    expect(refusalOf(rescore(book, scores(9, 1))).code).toBe('risk.off_scale')
    expect(refusalOf(rescore(book, { likelihood: 1, consequences: { financial: 1 } })).code).toBe(
      'risk.dimension_not_scored',
    )
    expect(refusalOf(rescore(book, scores(2, 4), '')).code).toBe('risk.no_rationale')
    book.risk = { ...book.risk, inherent: scores(4, 4) }
    expect(refusalOf(rescore(book, scores(5, 5))).code).toBe('risk.rescored_above_inherent')
    book.inForce = approvedMethod({ name: 'Annual 2027' })
    expect(refusalOf(rescore(book)).code).toBe('risk.criteria_changed')
  })

  test.each([
    [scores(2, 4), 'asPlanned'],
    [scores(1, 4), 'better'],
    [scores(2, 5), 'worse'],
    [scores(2, 4, { safety: 3 }), 'mixed'],
  ] as const)('variance of %o is %s', (reached, expected) => {
    expect(varianceOf(method, scores(2, 4), reached)).toBe(expected)
  })
})
