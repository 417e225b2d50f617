import { describe, expect, test } from 'vitest'
import { planNotices } from './check-plan.ts'
import { planOf } from './dossier.ts'
import { endActivity } from './end-activity.ts'
import { type PlanDraft, planTreatment } from './plan-treatment.ts'
import { reopenRisk } from './record-risk.ts'
import {
  approvedMethod,
  assessedRisk,
  at,
  buildRisk,
  day,
  mint,
  overall,
  RiskBook,
  refusalOf,
  scores,
  valueOf,
} from './risk.fixtures.ts'
import { riskLife } from './risk.ts'
import { setControlState, setControls } from './set-controls.ts'

const method = approvedMethod()
const control = mint<'control'>()
const lowersLikelihood = { controlId: control, state: 'planned', lowers: 'likelihood' } as const
const plan = (patch: Partial<PlanDraft> = {}): PlanDraft => ({
  options: [{ kind: 'modify' }],
  controls: [lowersLikelihood],
  target: scores(2, 4),
  rises: [],
  ...patch,
})
const book = (risk = assessedRisk(method, scores(4, 4))) => new RiskBook(risk, method)
const planned = (given: PlanDraft, from = book()) => planTreatment(from.risk, given, { ...at(), ...from.planRows() })
const code = (given: PlanDraft, from = book()) => refusalOf(planned(given, from)).code

describe('modify', () => {
  test('needs at least one control that says which axis it lowers', () => {
    expect(code(plan({ controls: [] }))).toBe('risk.modify_without_control')
    expect(code(plan({ controls: [{ ...lowersLikelihood, lowers: null }] }))).toBe('risk.modify_without_control')
    expect(planned(plan()).ok).toBe(true)
  })

  test('keeps a control that says so as long as it is chosen', () => {
    const made = book().apply(valueOf(planned(plan())))
    const without = setControls(made.risk, [], { ...at(), controls: made.controls, options: made.options })
    expect(refusalOf(without).code).toBe('risk.modify_without_control')
    const other = { controlId: mint<'control'>(), state: 'live', lowers: 'both' } as const
    made.apply(valueOf(setControls(made.risk, [other], { ...at(), controls: made.controls, options: made.options })))
    expect(made.controls.filter((row) => row.live).map((row) => row.controlId)).toEqual([other.controlId])
  })

  test('notices a reduction no control explains', () => {
    const made = book().apply(valueOf(planned(plan({ target: scores(2, 2) }))))
    expect(planNotices(made.risk, method, planOf(made.dossier()))).toMatchObject([
      { code: 'risk.unexplained_reduction', facts: { axes: ['consequence'] } },
    ])
  })

  test('remembers when a planned control went live', () => {
    const made = book().apply(valueOf(planned(plan())))
    const [row] = made.controls
    if (row === undefined) throw new Error('no control')
    const when = at()
    made.apply(valueOf(setControlState(made.risk, row, 'live', when)))
    expect(made.controls[0]).toMatchObject({ state: 'live', wentLiveAt: when.now })
    expect(made.risk.current).toEqual(scores(4, 4))
    expect(valueOf(setControlState(made.risk, made.controls[0] ?? row, 'live', at()))).toEqual([])
    made.apply(valueOf(setControlState(made.risk, made.controls[0] ?? row, 'planned', at())))
    expect(made.controls[0]).toMatchObject({ state: 'planned', wentLiveAt: null })
  })

  test('lists a control once', () => {
    expect(code(plan({ controls: [lowersLikelihood, lowersLikelihood] }))).toBe('risk.control_twice')
  })
})

describe('share, avoid, retain', () => {
  test('share names the agreement', () => {
    const share = (agreement: string | null) =>
      plan({ options: [{ kind: 'share', agreement }], controls: [], target: scores(4, 2) })
    expect(code(share(null))).toBe('risk.share_without_agreement')
    expect(code(share(' '))).toBe('risk.share_without_agreement')
    expect(planned(share('Cyber insurance 2026')).ok).toBe(true)
  })

  test('avoid names the change, needs no target, and closes when the activity has ended', () => {
    const avoid = (change: string) => plan({ options: [{ kind: 'avoid', change }], controls: [], target: null })
    expect(code(avoid(''))).toBe('risk.avoid_without_change')
    const made = book()
    expect(refusalOf(endActivity(made.risk, made.options, day('2026-01-05'), at())).code).toBe('risk.not_avoided')
    made.apply(valueOf(planned(avoid('Shut down the old portal'), made)))
    const when = at(undefined, '2026-03-01')
    expect(refusalOf(endActivity(made.risk, made.options, day('2026-03-02'), when)).code).toBe('risk.ends_in_future')
    made.apply(valueOf(endActivity(made.risk, made.options, day('2026-02-27'), when)))
    expect(riskLife(made.risk)).toBe('closed')
    expect(made.risk.closedReason).toBe('Shut down the old portal')
    expect(made.options[0]?.endedOn).toBe('2026-02-27')
    expect(code(plan(), made)).toBe('risk.step')

    made.apply(valueOf(reopenRisk(made.risk, 'The portal is back.')))
    made.apply(valueOf(planned(avoid('Shut it down for good'), made)))
    expect(made.options).toMatchObject([{ endedOn: null, change: 'Shut it down for good', version: 3 }])
  })

  test('retain alone keeps the target at the current level', () => {
    const retain = (target: PlanDraft['target']) => plan({ options: [{ kind: 'retain' }], controls: [], target })
    expect(code(retain(scores(2, 4)))).toBe('risk.retain_changes_level')
    const made = book().apply(valueOf(planned(retain(null))))
    expect(made.risk.target).toEqual(scores(4, 4))
    expect(planned(retain(scores(4, 4))).ok).toBe(true)
  })

  test('several options go together, each once', () => {
    const both = [{ kind: 'modify' }, { kind: 'share', agreement: 'Insurance' }, { kind: 'retain' }] as const
    expect(planned(plan({ options: both })).ok).toBe(true)
    expect(code(plan({ options: [{ kind: 'modify' }, { kind: 'modify' }] }))).toBe('risk.option_twice')
    expect(code(plan({ options: [] }))).toBe('risk.no_option')
  })
})

describe('target', () => {
  test('is there, complete, on the scale and not above current', () => {
    expect(code(plan({ target: null }))).toBe('risk.no_target')
    expect(code(plan({ target: scores(5, 4) }))).toBe('risk.target_above_current')
    expect(code(plan({ target: scores(7, 4) }))).toBe('risk.off_scale')
    expect(code(plan({ target: overall(2, 4) }))).toBe('risk.overall_consequence')
    expect(planned(plan({ target: overall(2, 4) }), book(assessedRisk(method, overall(4, 4)))).ok).toBe(true)
  })

  test('may raise one dimension with a reason and a secondary risk, kept as a row', () => {
    const target = scores(2, 4, { safety: 2 })
    expect(code(plan({ target }))).toBe('risk.rise_unexplained')
    const rise = { axis: 'safety', reason: 'Doors stay locked in a power cut.', secondaryRiskId: mint<'risk'>() }
    const made = book().apply(valueOf(planned(plan({ target, rises: [rise] }))))
    expect(made.rises).toMatchObject([{ ...rise, live: true }])
    made.apply(valueOf(planned(plan(), made)))
    expect(made.rises[0]?.live).toBe(false)
  })

  test('needs an assessed risk that is not an opportunity', () => {
    expect(code(plan(), book(buildRisk()))).toBe('risk.not_assessed')
    expect(code(plan(), book(buildRisk({ kind: 'opportunity' })))).toBe('risk.opportunity_not_scored')
  })
})

test('planning the same again changes nothing, and only what differs is written', () => {
  const made = book().apply(valueOf(planned(plan())))
  expect(valueOf(planned(plan(), made))).toEqual([])
  const changes = valueOf(
    planned(plan({ options: [{ kind: 'modify' }, { kind: 'share', agreement: 'Insurance' }] }), made),
  )
  expect(changes.map((change) => [change.type, change.action])).toEqual([
    ['risk', 'risk.treatment_planned'],
    ['risk_option', 'risk.linked'],
  ])
})
