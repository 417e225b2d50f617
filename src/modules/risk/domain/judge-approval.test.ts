import { describe, expect, test } from 'vitest'
import { addAction, completeAction } from './change-action.ts'
import { holds, judgeAct } from './judge-approval.ts'
import { assignOwner } from './record-risk.ts'
import { rescoreRisk } from './rescore-risk.ts'
import { anna, approvedMethod, at, boris, day, mint, scores, valueOf } from './risk.fixtures.ts'
import { setControlState } from './set-controls.ts'
import { accept, approve, controlId, draft, judged, modify, planned, replan, signedBoth } from './signing.fixtures.ts'

describe('judging', () => {
  test('what was signed today is valid, through its last day', () => {
    const book = accept(approve(planned(), at(anna, '2026-01-10')), at(anna, '2026-01-10'))
    expect(judged(book, 'plan', '2027-01-10')).toEqual(['valid', [], []])
    expect(judged(book, 'acceptance', '2027-01-11')).toEqual(['outOfDate', ['risk.approval_expired'], []])
  })

  test('wording, actions and dates change nothing', () => {
    const book = signedBoth()
    book.risk = { ...book.risk, title: 'Other', scenario: 'Other.', rationale: 'Other.', category: 'x' }
    book.apply(valueOf(addAction(book.risk, draft, { ...at(), ref: 'T-1', owner: boris })))
    expect(judged(book, 'plan')).toEqual(['valid', [], []])
    expect(judged(book, 'acceptance')).toEqual(['valid', [], []])
  })

  test('worsening invalidates, whichever score rose', () => {
    const book = signedBoth()
    book.risk = { ...book.risk, current: scores(4, 3) }
    expect(judged(book, 'plan')).toEqual(['outOfDate', ['risk.worsened'], []])
    expect(judged(book, 'acceptance')).toEqual(['outOfDate', ['risk.worsened'], []])
    book.risk = { ...book.risk, current: scores(3, 3, { safety: 2 }), target: scores(1, 3) }
    expect(judged(book, 'plan')).toEqual(['outOfDate', ['risk.worsened'], ['risk.improved']])
  })

  test('improvement notifies and leaves the act valid', () => {
    const book = signedBoth()
    book.risk = { ...book.risk, current: scores(2, 3) }
    expect(judged(book, 'plan')).toEqual(['improved', [], ['risk.improved']])
    expect(judged(book, 'acceptance')).toEqual(['improved', [], ['risk.improved']])
  })

  test('a new owner must sign again', () => {
    const book = signedBoth()
    book.apply(valueOf(assignOwner(book.risk, boris)))
    book.owner = boris
    expect(judged(book, 'plan')).toEqual(['outOfDate', ['risk.owner_changed'], []])
    expect(judged(book, 'acceptance')).toEqual(['outOfDate', ['risk.owner_changed'], []])
    expect(holds(judgeAct(approve(book, at(boris)).dossier(), 'plan', day('2026-02-01')))).toBe(true)
  })

  test('a control that goes live improves, one that fails, leaves or changes sides invalidates', () => {
    const book = signedBoth()
    const [control] = book.controls
    if (control === undefined) throw new Error('no control')
    book.apply(valueOf(setControlState(book.risk, control, 'live', at())))
    expect(judged(book, 'plan')).toEqual(['improved', [], ['risk.control_improved']])
    expect(judged(book, 'acceptance')).toEqual(['improved', [], ['risk.control_improved']])
    const resigned = approve(book)
    expect(judged(resigned, 'plan', '2026-02-01', new Set([controlId]))).toEqual([
      'outOfDate',
      ['risk.control_status_changed'],
      [],
    ])
    const live = [{ controlId, state: 'live', lowers: 'both' }] as const
    expect(judged(replan(book, { ...modify, controls: live }), 'plan')[1]).toEqual(['risk.control_axis_changed'])
  })

  test('an added control is another plan, but not a worse residual', () => {
    const book = signedBoth()
    replan(book, {
      ...modify,
      controls: [...modify.controls, { controlId: mint<'control'>(), state: 'live', lowers: null }],
    })
    expect(judged(book, 'plan')).toEqual(['outOfDate', ['risk.control_added'], []])
    expect(judged(book, 'acceptance')).toEqual(['improved', [], ['risk.control_added']])
  })

  test('another option or agreement invalidates', () => {
    const book = signedBoth()
    const other = { ...modify, options: [{ kind: 'modify' }, { kind: 'share', agreement: 'Insurance' }] } as const
    expect(judged(replan(book, other), 'plan')).toEqual(['outOfDate', ['risk.option_changed'], []])
    expect(judged(book, 'acceptance')).toEqual(['outOfDate', ['risk.option_changed'], []])
    const again = approve(book)
    const registered = {
      ...modify,
      options: [{ kind: 'modify' }, { kind: 'share', agreement: 'Insurance', agreementId: mint<'agreement'>() }],
    } as const
    expect(judged(replan(again, registered), 'plan')[1]).toEqual(['risk.option_changed'])
  })

  test('a new method asks for a review, whether or not the risk was assessed under it', () => {
    const book = signedBoth()
    const next = approvedMethod({ name: 'Annual 2027' })
    book.inForce = next
    expect(judged(book, 'acceptance')).toEqual(['outOfDate', ['risk.criteria_changed'], []])
    expect(judgeAct(book.dossier(), 'plan', day('2026-02-01'))?.reasons[0]?.message).toBe(
      'Criteria changed, review: another version of the method applies now.',
    )
    book.risk = { ...book.risk, methodId: next.id, current: scores(1, 1), target: scores(1, 1) }
    expect(judged(book, 'acceptance')).toEqual(['outOfDate', ['risk.criteria_changed'], []])
  })

  test('a residual that stays above what was accepted in advance invalidates; what was promised keeps it', () => {
    const finish = (reached: ReturnType<typeof scores>) => {
      const book = signedBoth()
      book.apply(valueOf(addAction(book.risk, draft, { ...at(), ref: 'T-1', owner: boris })))
      for (const action of book.actions) book.apply(valueOf(completeAction(action, at())))
      for (const control of book.controls) book.apply(valueOf(setControlState(book.risk, control, 'live', at())))
      return book.apply(valueOf(rescoreRisk(book.dossier(), { current: reached, rationale: 'Tested.' }, at())))
    }
    expect(judged(finish(scores(2, 3)), 'acceptance')[0]).toBe('improved')
    expect(judged(finish(scores(1, 3)), 'acceptance')[0]).toBe('improved')
    const worse = judged(finish(scores(3, 3, { safety: 1 })), 'acceptance')
    expect(worse[0]).toBe('outOfDate')
    expect(worse[1]).toEqual(['risk.worsened'])
  })

  test('several reasons are all named', () => {
    const book = signedBoth()
    book.risk = { ...book.risk, ownerId: null, current: scores(5, 5), target: null }
    expect(judged(book, 'plan', '2030-01-01')[1]).toEqual([
      'risk.worsened',
      'risk.restated',
      'risk.owner_changed',
      'risk.approval_expired',
    ])
    book.risk = { ...book.risk, current: null }
    expect(judged(book, 'plan')[1]).toEqual(['risk.not_scored_any_more'])
  })
})
