import { describe, expect, test } from 'vitest'
import { acceptResidual } from './accept-residual.ts'
import { addAction, completeAction } from './change-action.ts'
import { endActivity } from './end-activity.ts'
import { assignOwner, withdrawRisk } from './record-risk.ts'
import { rescoreRisk } from './rescore-risk.ts'
import {
  anna,
  approvedMethod,
  assessedRisk,
  at,
  boris,
  buildRisk,
  day,
  dossierOf,
  RiskBook,
  scores,
  valueOf,
} from './risk.fixtures.ts'
import { acceptedUnproven, riskStatus } from './risk-status.ts'
import { setControlState } from './set-controls.ts'
import { signAuthority } from './sign-authority.ts'
import { accept, approve, approved, method, modify, planned, signing } from './signing.fixtures.ts'
import type { ControlStanding } from './treatment.ts'
import { treatmentPlan } from './treatment-plan.ts'

const today = day('2026-02-01')
const state = (book: RiskBook, on = today) => {
  const { status, why, next } = riskStatus(book.dossier(), on)
  return [status, why.map((each) => each.code), next === null ? null : `${next.step} by ${next.by}`]
}
const action = {
  title: 'Do it',
  description: null,
  controlId: null,
  startOn: null,
  dueOn: day('2026-06-30'),
  resources: null,
  cost: 500,
}

function workedOn() {
  const book = approved()
  return book.apply(valueOf(addAction(book.risk, action, { ...at(), ref: 'T-1', owner: boris })))
}

function finished() {
  const book = workedOn()
  for (const each of book.actions) book.apply(valueOf(completeAction(each, at())))
  for (const each of book.controls) book.apply(valueOf(setControlState(book.risk, each, 'live', at())))
  return book
}

const rescored = () => {
  const book = finished()
  return book.apply(valueOf(rescoreRisk(book.dossier(), { current: scores(2, 3), rationale: 'Tested.' }, at())))
}

test('a treatment that is not complete is a status of its own within the threshold, and the need of one above it', () => {
  const reasons = (current: ReturnType<typeof scores>) => {
    const dossier = planned({ ...modify, target: current }, current).dossier()
    const controls = dossier.controls.map((control) => ({ ...control, lowers: null }))
    const { status, why, next } = riskStatus({ ...dossier, controls }, today)
    return [status, why.map(({ code }) => code), next?.step]
  }
  expect(reasons(scores(1, 1))).toEqual([
    'planIncomplete',
    ['risk.modify_without_control', 'risk.within_but_incomplete'],
    'completePlan',
  ])
  expect(reasons(scores(4, 4))).toEqual(['needsTreatment', ['risk.modify_without_control'], 'completePlan'])
})

test('a retained risk needs no target of its own, wherever its level is', () => {
  for (const current of [scores(1, 1), scores(3, 3)]) {
    const book = planned({ options: [{ kind: 'retain' }], controls: [], target: null, rises: [] }, current)
    book.risk = { ...book.risk, target: null }
    expect(state(book)).toEqual(['awaitingAcceptance', ['risk.not_accepted'], 'acceptResidual by owner'])
    expect(state(accept(book))[0]).toBe('accepted')
    book.risk = { ...book.risk, target: current }
    expect(state(book)[0]).toBe('accepted')
  }
  const other = planned({ options: [{ kind: 'retain' }], controls: [], target: null, rises: [] }, scores(2, 2))
  other.risk = { ...other.risk, target: scores(1, 1) }
  expect(state(other).slice(0, 2)).toEqual(['planIncomplete', ['risk.retain_changes_level']])
})

describe('a level that counts on controls', () => {
  const record = (book: RiskBook, standing: ControlStanding, works = true) =>
    riskStatus(book.dossier(new Map(book.controls.map((one) => [one.controlId, { standing, works }]))), today)

  test('is no plain yes where their own records do not prove them, before and after it is accepted', () => {
    const book = accept(rescored())
    for (const standing of ['claimed', 'claimedInPart', 'partial', 'notDetermined', 'planned'] as const) {
      const found = record(book, standing)
      expect([found.status, acceptedUnproven(found)]).toEqual(['accepted', true])
      expect(found.why.find(({ code }) => code === 'risk.controls_unproven')?.facts).toEqual({
        controlIds: book.controls.map((one) => one.controlId),
        controls: book.controls.map((one) => one.controlId),
      })
      expect(record(rescored(), standing).why.map(({ code }) => code)).toContain('risk.controls_unproven')
    }
    const proven = record(book, 'implemented')
    expect([proven.status, acceptedUnproven(proven)]).toEqual(['accepted', false])
    const fallen = record(book, 'notImplemented', false)
    expect(fallen.status).toBe('acceptanceOutOfDate')
    expect(fallen.why.map(({ code }) => code)).not.toContain('risk.controls_unproven')
  })

  test('does not count on what is only planned', () => {
    const book = workedOn()
    expect(record(book, 'notDetermined').why.map(({ code }) => code)).not.toContain('risk.controls_unproven')
  })
})

test('within the overall threshold is not within, while a dimension with a stricter one is not rated', () => {
  const strict = approvedMethod()
  const [first] = strict.dimensions
  const rated = { likelihood: 1, consequences: { [first?.key ?? '']: 1 } }
  const dossier = dossierOf(assessedRisk(strict, rated), strict)
  const { status, why, next } = riskStatus(dossier, today)
  expect([status, next?.step, why[0]?.code, why[0]?.facts]).toEqual([
    'notAssessed',
    'assess',
    'risk.threshold_not_judged',
    { dimensions: ['People and safety'] },
  ])
})

test('when every action is done and controls are still planned, the next step leads to the controls', () => {
  const book = workedOn()
  for (const each of book.actions) book.apply(valueOf(completeAction(each, at())))
  expect(state(book)).toEqual(['inTreatment', ['risk.controls_planned'], 'setControlsLive by owner'])
})

describe('the way of a risk', () => {
  test('from not assessed to accepted, each with the next step', () => {
    expect(state(new RiskBook(buildRisk(), method))).toEqual([
      'notAssessed',
      ['risk.not_assessed'],
      'assess by ismsManager',
    ])
    const high = new RiskBook(assessedRisk(method, scores(4, 4)), method)
    expect(state(high)).toEqual([
      'needsTreatment',
      ['risk.exceeds_threshold', 'risk.no_option'],
      'chooseTreatment by owner',
    ])
    expect(state(planned())).toEqual(['planAwaitingApproval', ['risk.plan_not_approved'], 'approvePlan by owner'])
    expect(state(workedOn())).toEqual([
      'inTreatment',
      ['risk.actions_open', 'risk.controls_planned'],
      'carryOut by actionOwner',
    ])
    expect(state(finished())).toEqual(['inTreatment', ['risk.rescoring_due'], 'rescore by ismsManager'])
    expect(state(rescored())).toEqual(['awaitingAcceptance', ['risk.not_accepted'], 'acceptResidual by owner'])
    expect(state(accept(rescored()))).toEqual(['accepted', ['risk.accepted'], null])
  })

  test('says in words why it is above the threshold', () => {
    const strict = dossierOf(assessedRisk(method, scores(3, 1, { safety: 2 })), method)
    expect(riskStatus(strict, today).why[0]?.message).toBe(
      'Its current level, Moderate (likelihood 3, consequence 2), is above the acceptance threshold: People and safety.',
    )
  })

  test('within the threshold nothing has to be chosen before accepting', () => {
    const low = new RiskBook(assessedRisk(method, scores(2, 2)), method)
    expect(state(low)[0]).toBe('awaitingAcceptance')
    expect(state(accept(low))[0]).toBe('accepted')
  })

  test('accepted in advance it is still in treatment', () => {
    const book = accept(workedOn())
    expect(state(book)[0]).toBe('inTreatment')
    for (const each of book.actions) book.apply(valueOf(completeAction(each, at())))
    for (const each of book.controls) book.apply(valueOf(setControlState(book.risk, each, 'live', at())))
    book.apply(valueOf(rescoreRisk(book.dossier(), { current: scores(2, 3), rationale: 'Tested.' }, at())))
    expect(state(book)).toEqual(['accepted', ['risk.accepted', 'risk.improved', 'risk.control_improved'], null])
  })

  test('what was accepted in advance is judged again by the level that is reached', () => {
    const book = accept(workedOn())
    for (const each of book.actions) book.apply(valueOf(completeAction(each, at())))
    for (const each of book.controls) book.apply(valueOf(setControlState(book.risk, each, 'live', at())))
    // Whether the target is reached nobody knows before it is scored again.
    expect(state(book)[0]).not.toBe('accepted')
    book.apply(valueOf(rescoreRisk(book.dossier(), { current: scores(3, 3), rationale: 'No better.' }, at())))
    expect(state(book).slice(0, 2)).toEqual(['acceptanceOutOfDate', ['risk.worsened']])
  })

  test('an avoided risk ends with its activity', () => {
    const book = approved({ options: [{ kind: 'avoid', change: 'Shut down' }], controls: [], target: null, rises: [] })
    expect(state(book)).toEqual(['inTreatment', ['risk.activity_goes_on'], 'endActivity by owner'])
    book.apply(valueOf(endActivity(book.risk, book.options, day('2026-01-05'), at())))
    expect(state(book)).toEqual(['avoided', ['risk.avoided'], null])
    expect(state(book.apply(valueOf(withdrawRisk(book.risk, 'Merged.', at()))))[0]).toBe('withdrawn')
  })
})

describe('what comes in between', () => {
  test('an acceptance out of date shows first, with what to do now', () => {
    const book = accept(rescored())
    book.risk = { ...book.risk, current: scores(3, 3) }
    expect(state(book)).toEqual(['acceptanceOutOfDate', ['risk.worsened', 'risk.worsened'], 'acceptResidual by owner'])
    const next = accept(rescored())
    next.inForce = approvedMethod({ name: 'Annual 2027' })
    expect(state(next)).toEqual([
      'acceptanceOutOfDate',
      ['risk.criteria_changed', 'risk.criteria_changed'],
      'assess by ismsManager',
    ])
    expect(state(accept(rescored()), day('2027-06-01'))[0]).toBe('acceptanceOutOfDate')
  })

  test('a missing owner is named before anything the owner would do', () => {
    const book = rescored()
    book.owner = { ...anna, active: false }
    expect(state(book)).toEqual([
      'awaitingAcceptance',
      ['risk.not_accepted', 'risk.owner_left'],
      'nameOwner by ismsManager',
    ])
    book.apply(valueOf(assignOwner(book.risk, null)))
    book.owner = null
    expect(state(book)[2]).toBe('nameOwner by ismsManager')
  })

  test('a missing authority is awaited', () => {
    const book = planned({ options: [{ kind: 'retain' }], controls: [], target: null, rises: [] }, scores(5, 5))
    accept(book)
    expect(state(book)).toEqual(['awaitingAcceptance', ['risk.authority_missing'], 'signAuthority by authority'])
    book.apply(valueOf(signAuthority(book.dossier(), 'acceptance', at(boris, undefined, 'topManagement'))))
    expect(state(book)[0]).toBe('accepted')
  })

  test('a carried out plan is not approved again when its approval expires', () => {
    const book = accept(rescored(), at(anna, '2026-12-01'))
    expect(state(book, day('2027-06-01'))[0]).toBe('accepted')
  })

  test('without an approved method, or scored under an earlier one, a risk is not assessed', () => {
    const book = planned()
    expect(riskStatus({ ...book.dossier(), inForce: null }, today).next).toEqual({
      step: 'approveMethod',
      by: 'ismsManager',
    })
    book.inForce = approvedMethod({ name: 'Annual 2027' })
    expect(state(book)).toEqual(['notAssessed', ['risk.criteria_changed'], 'assess by ismsManager'])
  })

  test('what does not decide is still said: overdue actions, open properties, claims of an import', () => {
    const book = workedOn()
    expect(state(book, day('2026-07-01'))[1]).toContain('risk.actions_overdue')
    const states = { inherent: null, current: null, target: null }
    const imported = { methodId: method.id, ...states, stated: states, claimedStatus: 'Accepted', claimedOwner: null }
    book.risk = { ...book.risk, imported, integrity: 'notStated', availability: 'notStated' }
    const why = riskStatus(book.dossier(), today).why
    expect(why.map((each) => each.code)).toEqual(
      expect.arrayContaining(['risk.properties_not_stated', 'risk.status_claimed']),
    )
    expect(why.find((each) => each.code === 'risk.status_claimed')?.message).toBe(
      'The imported register called it “Accepted”; nobody has signed that here.',
    )
  })

  test('an opportunity has actions and an evaluation, and no threshold', () => {
    const book = new RiskBook(buildRisk({ kind: 'opportunity' }), method)
    expect(state(book)).toEqual(['opportunity', ['risk.no_effectiveness'], null])
    book.apply(valueOf(addAction(book.risk, action, { ...at(), ref: 'T-1', owner: boris })))
    expect(state(book)).toEqual(['opportunity', ['risk.actions_open'], 'carryOut by actionOwner'])
  })
})

describe('the treatment plan', () => {
  test('has a row for every live risk with an option or above the threshold, the most urgent first', () => {
    const books = [
      new RiskBook(assessedRisk(method, scores(2, 2), { ref: 'R-1' }), method),
      new RiskBook(assessedRisk(method, scores(5, 5), { ref: 'R-2' }), method),
      workedOn(),
      new RiskBook(buildRisk({ ref: 'R-4', kind: 'opportunity' }), method),
    ]
    const entries = books.map((book) => ({ dossier: book.dossier(), evidenced: new Set<never>(), lastRescoring: null }))
    const rows = treatmentPlan(entries, method, day('2026-07-01'))
    expect(rows.map((row) => [row.ref, row.rank, row.status])).toEqual([
      ['R-2', 1, 'needsTreatment'],
      ['R-1', 2, 'inTreatment'],
    ])
    expect(rows[1]).toMatchObject({
      ownerId: anna.id,
      cost: 500,
      current: { band: { key: 'moderate' } },
      target: { likelihood: 2 },
      options: [{ kind: 'modify' }],
      controls: [{ state: 'planned', lowers: 'likelihood' }],
      actions: [{ ref: 'T-1', overdue: true, claimedOnly: false }],
      planApproval: { personId: anna.id, standing: 'valid', additional: [] },
      acceptance: null,
      variance: null,
    })
  })

  test('shows what was done without evidence as claimed, and the variance', () => {
    const book = rescored()
    const done = book.actions[0]
    if (done === undefined) throw new Error('no action')
    const entry = { dossier: book.dossier(), evidenced: new Set<typeof done.id>(), lastRescoring: null }
    expect(treatmentPlan([entry], method, today)[0]?.actions[0]?.claimedOnly).toBe(true)
    const shown = treatmentPlan([{ ...entry, evidenced: new Set([done.id]) }], method, today)
    expect(shown[0]?.actions[0]?.claimedOnly).toBe(false)
  })
})

test('the next step the status names is one the rules allow', () => {
  const awaiting = planned()
  expect(riskStatus(awaiting.dossier(), today).next?.step).toBe('approvePlan')
  expect(() => approve(awaiting)).not.toThrow()
  expect(acceptResidual(rescored().dossier(), signing()).ok).toBe(true)
})
