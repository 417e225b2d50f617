import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Dossier } from './dossier.ts'
import { judgeApproval } from './judge-approval.ts'
import { acceptanceMaterial, type Material, planMaterial } from './material.ts'
import { anyScoresOn } from './risk.arbitraries.ts'
import { approvedMethod, assessedRisk, at, boris, chloe, day, dossierOf, hash, mint, scores } from './risk.fixtures.ts'
import type { Risk } from './risk.ts'
import type { Scores } from './scores.ts'
import type { ControlInPlan, TreatmentOption } from './treatment.ts'

const method = approvedMethod()
const controlIds = [mint<'control'>(), mint<'control'>(), mint<'control'>()]
const agreement = mint<'agreement'>()

const risk = assessedRisk(method, scores(3, 3), { target: scores(2, 3) })
const option = (kind: TreatmentOption['kind'], patch: Partial<TreatmentOption> = {}): TreatmentOption => ({
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
  ...patch,
})
const control = (i: number, patch: Partial<ControlInPlan> = {}): ControlInPlan => ({
  controlId: controlIds[i] ?? mint<'control'>(),
  lowers: 'likelihood',
  state: 'planned',
  wentLiveAt: null,
  standing: null,
  ...patch,
})
const base = dossierOf(risk, method, { options: [option('modify')], controls: [control(0), control(1)] })

const hashes = (dossier: Dossier): readonly (string | null)[] =>
  [planMaterial(dossier), acceptanceMaterial(dossier)].map((material) => (material === null ? null : hash(material)))
const withRisk = (patch: Partial<Risk>): Dossier => ({ ...base, risk: { ...base.risk, ...patch } })

describe('the material', () => {
  test('is not changed by wording, order, dates, actions or rows that are not live', () => {
    const text = fc.string()
    const wording = fc.record({
      title: text,
      scenario: text,
      threat: fc.option(text),
      vulnerability: fc.option(text),
      category: fc.option(text),
      rationale: text,
      effectiveness: fc.option(text),
      confidentiality: fc.constantFrom('lost', 'notLost', 'notStated'),
      priority: fc.integer(),
      version: fc.nat(),
      ref: text,
    })
    fc.assert(
      fc.property(wording, text, (patch, agreementName) => {
        const dossier: Dossier = {
          ...withRisk({ ...patch, assessedAt: at().now }),
          options: [option('retain', { live: false }), option('modify', { agreement: agreementName })],
          controls: base.controls.toReversed(),
        }
        expect(hashes(dossier)).toEqual(hashes(base))
      }),
    )
  })

  test('does not depend on the order in which dimensions are written', () => {
    const consequences = Object.fromEntries(Object.entries(scores(3, 3).consequences).toReversed())
    expect(hashes(withRisk({ current: { likelihood: 3, consequences } }))).toEqual(hashes(base))
  })

  const other: readonly (readonly [string, Dossier])[] = [
    ['the owner', withRisk({ ownerId: boris.id })],
    ['no owner', withRisk({ ownerId: null })],
    ['the method version', withRisk({ methodId: mint<'riskMethod'>() })],
    ['the risk', withRisk({ id: mint<'risk'>() })],
    ['the current likelihood', withRisk({ current: scores(4, 3) })],
    ['one dimension', withRisk({ current: scores(3, 3, { safety: 2 }) })],
    ['the target', withRisk({ target: scores(1, 3) })],
    ['an option', { ...base, options: [option('modify'), option('retain')] }],
    ['the agreement', { ...base, options: [option('modify', { agreementId: agreement })] }],
    ['a control less', { ...base, controls: [control(0)] }],
    ['a control more', { ...base, controls: [...base.controls, control(2)] }],
    ['what a control lowers', { ...base, controls: [control(0, { lowers: 'both' }), control(1)] }],
    ['the status of a control', { ...base, controls: [control(0, { state: 'live' }), control(1)] }],
    ['a failing control', { ...base, controls: [control(0, { state: 'failing' }), control(1)] }],
  ]

  test.each(other)('is changed by %s', (_name, dossier) => {
    const [plan, acceptance] = hashes(base)
    const [otherPlan, otherAcceptance] = hashes(dossier)
    expect(otherPlan).not.toBe(plan)
    expect(otherAcceptance).not.toBe(acceptance)
  })

  test('of a plan differs from that of an acceptance of the same levels', () => {
    const same = withRisk({ target: base.risk.current })
    expect(hashes(same)[0]).not.toBe(hashes(same)[1])
  })

  test('needs an assessed risk', () => {
    expect(hashes(withRisk({ current: null }))).toEqual([null, null])
  })
})

describe('laws of judging', () => {
  const scored = anyScoresOn(method)
  const states = fc.constantFrom('live', 'planned', 'failing')
  const axis = fc.constantFrom('likelihood', 'both', null)
  const controls = fc
    .array(fc.tuple(fc.nat(2), states, axis), { maxLength: 3 })
    .map((list) => [...new Map(list.map(([i, state, lowers]) => [i, control(i, { state, lowers })])).values()])
  const options = fc.subarray(['modify', 'share', 'retain'] as const).map((kinds) => kinds.map((kind) => option(kind)))
  const dossiers: fc.Arbitrary<Dossier> = fc
    .record({
      current: scored,
      target: fc.option(scored),
      ownerId: fc.constantFrom(boris.id, chloe.id),
      options,
      controls,
    })
    .map((given) => ({
      ...withRisk({ current: given.current, target: given.target, ownerId: given.ownerId }),
      options: given.options,
      controls: given.controls,
    }))

  const judge = (then: Material, now: Material | null) => {
    const approval = {
      id: mint<'riskApproval'>(),
      orgId: risk.orgId,
      version: 1,
      riskId: risk.id,
      act: then.act,
      personId: boris.id,
      signedAt: at().now,
      expiresOn: day('2030-01-01'),
      methodId: method.id,
      material: then,
      materialHash: hash(then),
      needs: [],
      note: null,
      endedAt: null,
      endedBy: null,
    }
    return judgeApproval({ approval, signatures: [] }, now, day('2026-06-01'), method)
  }
  const materialOf = (act: 'plan' | 'acceptance', dossier: Dossier) =>
    act === 'plan' ? planMaterial(dossier) : acceptanceMaterial(dossier)
  const acts = fc.constantFrom('plan' as const, 'acceptance' as const)

  test('valid exactly when the hash is the same', () => {
    fc.assert(
      fc.property(acts, dossiers, dossiers, (act, a, b) => {
        const [then, now] = [materialOf(act, a), materialOf(act, b)]
        fc.pre(then !== null && now !== null)
        if (then === null || now === null) return
        expect(judge(then, now).standing === 'valid').toBe(hash(then) === hash(now))
        expect(judge(then, structuredClone(then)).standing).toBe('valid')
      }),
      { numRuns: 300 },
    )
  })

  test('an act is never both out of date and held, and improvements are not reasons', () => {
    fc.assert(
      fc.property(acts, dossiers, dossiers, (act, a, b) => {
        const then = materialOf(act, a)
        fc.pre(then !== null)
        if (then === null) return
        const judgement = judge(then, materialOf(act, b))
        expect(judgement.standing === 'outOfDate').toBe(judgement.reasons.length > 0)
        expect(judgement.standing === 'improved' ? judgement.improvements.length : 1).toBeGreaterThan(0)
      }),
    )
  })

  test('what is better one way is worse the other way', () => {
    fc.assert(
      fc.property(scored, scored, (a, b) => {
        const scoredAs = (current: Scores) =>
          materialOf('plan', { ...withRisk({ current }), options: [option('modify')] })
        const [first, second] = [scoredAs(a), scoredAs(b)]
        if (first === null || second === null) throw new Error('not scored')
        const there = judge(first, second).standing
        const back = judge(second, first).standing
        expect([there, back].filter((standing) => standing === 'improved').length).toBeLessThan(2)
        expect(there === 'valid').toBe(back === 'valid')
      }),
    )
  })
})
