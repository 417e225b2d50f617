import { describe, expect, test } from 'vitest'
import { type AssessAt, type AssessmentInput, assessRisk } from './assess-risk.ts'
import { evaluate } from './evaluate.ts'
import { openRun } from './open-run.ts'
import {
  approvedMethod,
  assessedRisk,
  at,
  boris,
  buildRisk,
  mint,
  overall,
  refusalOf,
  scores,
  valueOf,
} from './risk.fixtures.ts'
import type { Risk } from './risk.ts'
import type { AssessmentRun, RunResult } from './run.ts'
import type { TreatmentOption } from './treatment.ts'

const method = approvedMethod()
const next = approvedMethod({ name: 'Annual 2027' })
const here = (patch: Partial<AssessAt> = {}): AssessAt => ({
  ...at(boris),
  method,
  options: [],
  rises: [],
  run: null,
  ...patch,
})
const input = (patch: Partial<AssessmentInput> = {}): AssessmentInput => ({
  current: scores(3, 3),
  rationale: 'Seen twice.',
  ...patch,
})
const after = (risk: Risk, given: AssessmentInput, patch: Partial<AssessAt> = {}) =>
  valueOf(assessRisk(risk, given, here(patch)))[0]?.after as Risk
const code = (risk: Risk, given: AssessmentInput, patch: Partial<AssessAt> = {}) =>
  refusalOf(assessRisk(risk, given, here(patch))).code
const option = (risk: Risk, kind: TreatmentOption['kind']): TreatmentOption => ({
  id: mint<'riskOption'>(),
  orgId: risk.orgId,
  version: 1,
  riskId: risk.id,
  live: true,
  kind,
  agreement: null,
  agreementId: null,
  change: null,
  endedOn: null,
})

describe('assessing', () => {
  test('sets the states, the method version, who and when', () => {
    const risk = after(buildRisk(), input({ inherent: scores(5, 5), target: scores(2, 2) }))
    expect(risk).toMatchObject({ methodId: method.id, assessedBy: boris.id, rationale: 'Seen twice.', version: 2 })
    expect(risk.priority).toBe(valueOf(evaluate(method, scores(3, 3))).priority)
  })

  test('leaves out what is not given and clears what is null', () => {
    const risk = after(buildRisk(), input({ inherent: scores(5, 5), target: scores(2, 2) }))
    expect(after(risk, input({ current: scores(4, 3) }))).toMatchObject({
      inherent: scores(5, 5),
      target: scores(2, 2),
    })
    expect(after(risk, input({ inherent: null, target: null }))).toMatchObject({ inherent: null, target: null })
  })

  test('refuses levels off the scale, in any state, naming the field', () => {
    expect(refusalOf(assessRisk(buildRisk(), input({ current: scores(6, 3) }), here()))).toMatchObject({
      message: 'Likelihood 6 is not on the scale 1–5 of method Annual 2026',
      field: 'current.likelihood',
    })
    expect(refusalOf(assessRisk(buildRisk(), input({ target: scores(0, 3) }), here())).field).toBe('target.likelihood')
  })

  test('asks for every dimension and does not take one overall level from a person', () => {
    const partial = { likelihood: 2, consequences: { financial: 2, legal: 1 } }
    expect(refusalOf(assessRisk(buildRisk(), input({ current: partial }), here())).message).toBe(
      'The current level of R-1 lacks Operational, Reputation and People and safety; choose a level for each dimension of method Annual 2026.',
    )
    expect(code(buildRisk(), input({ current: overall(2, 2) }))).toBe('risk.overall_consequence')
    expect(code(buildRisk(), input({ target: overall(2, 2) }))).toBe('risk.overall_consequence')
  })

  test('carries on what an import left overall, untouched', () => {
    const imported = assessedRisk(method, overall(4, 4), { inherent: overall(5, 5), target: overall(2, 2) })
    expect(after(imported, input({ current: scores(4, 4) }))).toMatchObject({
      inherent: overall(5, 5),
      target: overall(2, 2),
    })
  })

  test('asks why', () => {
    expect(code(buildRisk(), input({ rationale: ' ' }))).toBe('risk.no_rationale')
  })

  test('refuses current above inherent and target above current', () => {
    expect(code(buildRisk(), input({ inherent: scores(2, 2) }))).toBe('risk.current_above_inherent')
    expect(code(buildRisk(), input({ target: scores(4, 4) }))).toBe('risk.target_above_current')
    const treated = assessedRisk(method, scores(4, 4), { target: scores(3, 3) })
    expect(code(treated, input({ current: scores(2, 2) }))).toBe('risk.target_above_current')
    expect(after(treated, input({ current: scores(2, 2), target: scores(1, 2) })).target).toEqual(scores(1, 2))
  })

  test('a retained risk keeps its target at the current level', () => {
    const risk = assessedRisk(method, scores(2, 2), { target: scores(2, 2) })
    const options = [option(risk, 'retain')]
    expect(after(risk, input({ current: scores(4, 4) }), { options }).target).toEqual(scores(4, 4))
    expect(code(risk, input({ current: scores(4, 4), target: scores(1, 1) }), { options })).toBe(
      'risk.retain_changes_level',
    )
  })

  test('an opportunity is not scored, a closed risk neither', () => {
    expect(code(buildRisk({ kind: 'opportunity' }), input())).toBe('risk.opportunity_not_scored')
    expect(code(buildRisk({ closedAt: at().now }), input())).toBe('risk.step')
    expect(after(buildRisk({ kind: 'isms' }), input()).current).toEqual(scores(3, 3))
  })
})

describe('method versions', () => {
  test('outside a run only the approved one counts', () => {
    for (const status of ['draft', 'superseded', 'legacy'] as const) {
      expect(code(buildRisk(), input(), { method: { ...method, status } })).toBe('risk.method_not_in_force')
    }
  })

  test('states of an earlier version are scored again or cleared, never kept or converted silently', () => {
    const risk = assessedRisk(method, scores(4, 4), { inherent: scores(5, 5), target: scores(2, 2) })
    expect(refusalOf(assessRisk(risk, input(), here({ method: next })))).toMatchObject({
      code: 'risk.state_under_other_method',
      message:
        'The inherent level of R-1 was scored under an earlier method; score it again under Annual 2027, or clear it.',
    })
    expect(code(risk, input({ inherent: null }), { method: next })).toBe('risk.state_under_other_method')
    const moved = after(risk, input({ inherent: null, target: scores(1, 1) }), { method: next })
    expect(moved).toMatchObject({ methodId: next.id, inherent: null, target: scores(1, 1) })
  })

  test('the target of a retained risk follows into the new version by itself', () => {
    const risk = assessedRisk(method, scores(2, 2), { target: scores(2, 2) })
    const moved = after(risk, input(), { method: next, options: [option(risk, 'retain')] })
    expect(moved).toMatchObject({ methodId: next.id, target: scores(3, 3) })
  })
})

describe('in a run', () => {
  const draft = { name: 'Spring', scope: 'whole', trigger: null, risks: [] } as const
  const open = (patch: object = {}) =>
    valueOf(openRun({ ...draft, ...patch }, { ...at(), ref: 'RA-1', method })).map((change) => change.after)
  const whole = open()[0] as AssessmentRun
  const inRun = (run: AssessmentRun, result: RunResult | null = null) => ({ run: { run, members: [], result } })

  test('the result is written with the risk, and again when it is assessed again', () => {
    const changes = valueOf(assessRisk(buildRisk(), input(), here(inRun(whole))))
    expect(changes.map((change) => change.type)).toEqual(['risk', 'risk_run_result'])
    const result = changes[1]?.after as RunResult
    expect(result).toMatchObject({
      runId: whole.id,
      current: scores(3, 3),
      currentBand: 'moderate',
      rank: null,
      frozenAt: null,
    })
    const again = valueOf(
      assessRisk(changes[0]?.after as Risk, input({ current: scores(4, 4) }), here(inRun(whole, result))),
    )
    expect(again[1]).toMatchObject({ before: result, after: { id: result.id, version: 2, currentBand: 'high' } })
  })

  test('only under the run’s version, which stays although a newer one is in force', () => {
    expect(code(buildRisk(), input(), { method: next, ...inRun(whole) })).toBe('risk.run_other_method')
    const superseded = { ...method, status: 'superseded' } as const
    expect(after(buildRisk(), input(), { method: superseded, ...inRun(whole) }).methodId).toBe(method.id)
  })

  test('only risks the run names, and only while it is open', () => {
    const other = buildRisk()
    const partial = open({ scope: 'partial', trigger: 'Incident 7', risks: [other] })[0] as AssessmentRun
    expect(code(buildRisk(), input(), inRun(partial))).toBe('risk.not_in_run')
    expect(code(buildRisk(), input(), inRun({ ...whole, status: 'closed' }))).toBe('risk.run_step')
  })
})
