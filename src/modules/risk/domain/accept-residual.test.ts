import { describe, expect, test } from 'vitest'
import { acceptResidual } from './accept-residual.ts'
import { rescoreRisk } from './rescore-risk.ts'
import {
  anna,
  approvedMethod,
  assessedRisk,
  at,
  dossierOf,
  overall,
  RiskBook,
  refusalOf,
  scores,
  valueOf,
} from './risk.fixtures.ts'
import { setControlState } from './set-controls.ts'
import {
  accept,
  approve,
  approved,
  controlId,
  judged,
  method,
  modify,
  planned,
  replan,
  signedBoth,
  signing,
} from './signing.fixtures.ts'

describe('accepting the residual', () => {
  test('comes after the plan is approved, and accepts the target in advance', () => {
    expect(refusalOf(acceptResidual(planned().dossier(), signing())).code).toBe('risk.plan_not_approved')
    const book = signedBoth()
    expect(book.signed('acceptance')?.approval.material).toMatchObject({ act: 'acceptance', residual: scores(2, 3) })
  })

  test('needs no separate approval for a retained risk, and accepts its current level', () => {
    const book = planned({ options: [{ kind: 'retain' }], controls: [], target: null, rises: [] }, scores(2, 2))
    expect(accept(book).signed('acceptance')?.approval.material).toMatchObject({ residual: scores(2, 2) })
  })

  test('needs a decision above the threshold, none within it', () => {
    const high = dossierOf(assessedRisk(method, scores(4, 4)), method)
    expect(refusalOf(acceptResidual(high, signing()))).toMatchObject({
      code: 'risk.no_option',
      message:
        'R-1 is above the acceptance threshold and no treatment was chosen; choose one, even if it is to retain the risk.',
    })
    expect(acceptResidual(dossierOf(assessedRisk(method, scores(2, 2)), method), signing()).ok).toBe(true)
  })

  test('waits for the rescoring when the treatment is done', () => {
    const book = approved()
    for (const control of book.controls) book.apply(valueOf(setControlState(book.risk, control, 'live', at())))
    expect(refusalOf(acceptResidual(book.dossier(), signing())).code).toBe('risk.rescoring_due')
    book.apply(valueOf(rescoreRisk(book.dossier(), { current: scores(2, 3), rationale: 'Tested.' }, at())))
    expect(accept(book).signed('acceptance')?.approval.material).toMatchObject({ residual: scores(2, 3) })
  })

  test('of an activity that only waits for its end is not possible', () => {
    const book = approved({ options: [{ kind: 'avoid', change: 'Shut down' }], controls: [], target: null, rises: [] })
    expect(refusalOf(acceptResidual(book.dossier(), signing())).code).toBe('risk.no_residual')
  })

  test('is refused above what anybody may accept', () => {
    const strict = approvedMethod({ acceptanceAuthority: [{ upTo: 'high', also: [] }] })
    const book = new RiskBook(assessedRisk(strict, scores(5, 5)), strict)
    replan(book, { options: [{ kind: 'retain' }], controls: [], target: null, rises: [] })
    expect(refusalOf(acceptResidual(book.dossier(), signing())).code).toBe('risk.above_authority')
  })

  test('needs dimensions where the method has a stricter threshold for one', () => {
    const imported = dossierOf(assessedRisk(method, overall(1, 2)), method)
    expect(refusalOf(acceptResidual(imported, signing())).message).toContain('stricter threshold for People and safety')
    const plain = approvedMethod({ dimensions: method.dimensions.map((each) => ({ ...each, acceptUpTo: null })) })
    expect(acceptResidual(dossierOf(assessedRisk(plain, overall(1, 2)), plain), signing()).ok).toBe(true)
  })

  test('of a plan changed after it was carried out needs the new decisions approved', () => {
    const book = approved()
    for (const control of book.controls) book.apply(valueOf(setControlState(book.risk, control, 'live', at())))
    book.apply(valueOf(rescoreRisk(book.dossier(), { current: scores(2, 3), rationale: 'Tested.' }, at())))
    const share = {
      ...modify,
      options: [{ kind: 'share', agreement: 'Insurance' }],
      controls: [{ controlId, state: 'live', lowers: 'likelihood' }],
    } as const
    replan(book, { ...share, target: scores(2, 3) })
    expect(refusalOf(acceptResidual(book.dossier(), signing())).code).toBe('risk.plan_not_approved')
  })

  test('goes on after the approval of a carried out plan has expired', () => {
    const book = approve(planned(), at(anna, '2026-01-10'))
    for (const control of book.controls)
      book.apply(valueOf(setControlState(book.risk, control, 'live', at(anna, '2027-03-01'))))
    book.apply(
      valueOf(rescoreRisk(book.dossier(), { current: scores(2, 3), rationale: 'Tested.' }, at(anna, '2027-03-01'))),
    )
    expect(judged(book, 'plan', '2027-03-02')[0]).toBe('outOfDate')
    expect(acceptResidual(book.dossier(), signing(at(anna, '2027-03-02'))).ok).toBe(true)
  })
})
