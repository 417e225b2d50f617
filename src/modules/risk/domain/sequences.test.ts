import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Change } from '#kernel/change.ts'
import type { Result } from '#kernel/result.ts'
import { acceptResidual } from './accept-residual.ts'
import { approvePlan } from './approve-plan.ts'
import { assessRisk } from './assess-risk.ts'
import { addAction, cancelAction, completeAction, reopenAction } from './change-action.ts'
import { checkTarget, isAbove, lowerOf } from './compare-scores.ts'
import { endActivity } from './end-activity.ts'
import { evaluate, evaluationOf } from './evaluate.ts'
import { holds, judgeAct } from './judge-approval.ts'
import type { RiskMethod } from './method.ts'
import { type PlanDraft, planTreatment } from './plan-treatment.ts'
import { assignOwner, reopenRisk, withdrawRisk } from './record-risk.ts'
import { rescoreRisk } from './rescore-risk.ts'
import { methods, scoresOn } from './risk.arbitraries.ts'
import { anna, at, boris, buildRisk, chloe, day, hash, isSentence, mint, RiskBook, valueOf } from './risk.fixtures.ts'
import { riskStatus } from './risk-status.ts'
import { type Scores, sameScores } from './scores.ts'
import { setControlState } from './set-controls.ts'
import { signAuthority } from './sign-authority.ts'
import { avoidsOnly, retainsOnly } from './treatment.ts'

/** Whatever people do in whatever order: what the rules accept keeps the laws, what they refuse is a sentence. */

type Act = (book: RiskBook) => Result<readonly Change[] | Change>

const controlIds = [mint<'control'>(), mint<'control'>()]
const secondary = mint<'risk'>()
const action = {
  title: 'Do it',
  description: null,
  controlId: null,
  startOn: null,
  dueOn: day('2026-06-30'),
  resources: null,
  cost: null,
}
const nothing: Result<readonly Change[]> = { ok: true, value: [] }
const signing = (who: typeof anna) => ({ ...at(who), hash })

/** People mostly mean what the rules allow, so half of the targets are drawn no higher than the current level. */
function acts(method: RiskMethod): fc.Arbitrary<Act> {
  const given = scoresOn(method)
  const maybe = fc.option(given, { nil: undefined, freq: 1 })
  const axes = ['likelihood', ...method.dimensions.map((dimension) => dimension.key)]
  const assess = fc.tuple(given, maybe, given, fc.constantFrom('keep', 'lower', 'free', 'clear')).map(
    ([current, inherent, wanted, how]): Act =>
      (book) => {
        const target = { keep: undefined, lower: lowerOf(wanted, current), free: wanted, clear: null }[how]
        const input = { current, inherent: how === 'clear' ? null : inherent, target, rationale: 'x' }
        return assessRisk(book.risk, input, {
          ...at(boris),
          method,
          options: book.options,
          rises: book.rises,
          run: null,
        })
      },
  )
  const kinds = fc.subarray(['modify', 'share', 'avoid', 'retain'] as const, { minLength: 1 })
  const options: fc.Arbitrary<PlanDraft['options']> = fc
    .oneof(kinds, fc.constantFrom(['modify'] as const, ['avoid'] as const, ['retain'] as const))
    .map((list) => list.map((kind) => ({ kind, agreement: 'Insurance', change: 'Shut down' })))
  const controls: fc.Arbitrary<PlanDraft['controls']> = fc
    .tuple(fc.subarray(controlIds), fc.constantFrom('live' as const, 'planned' as const))
    .map(([ids, state]) => ids.map((controlId) => ({ controlId, state, lowers: 'both' })))
  const rises = fc
    .subarray(axes)
    .map((list) => list.map((axis) => ({ axis, reason: 'Because.', secondaryRiskId: secondary })))
  const plan = fc.record({ options, controls, wanted: fc.option(given), free: fc.boolean(), rises }).map(
    ({ wanted, free, ...draft }): Act =>
      (book) => {
        const target =
          wanted === null || free || book.risk.current === null ? wanted : lowerOf(wanted, book.risk.current)
        return planTreatment(book.risk, { ...draft, target }, { ...at(), ...book.planRows() })
      },
  )
  const rescore = given.map(
    (current): Act =>
      (book) =>
        rescoreRisk(book.dossier(), { current, rationale: 'x' }, at()),
  )
  const work = fc.constantFrom<Act>(
    (book) => addAction(book.risk, action, { ...at(), ref: 'T-1', owner: boris }),
    (book) => (book.actions[0] ? completeAction(book.actions[0], at()) : nothing),
    (book) => (book.actions[0] ? cancelAction(book.actions[0], 'x', at()) : nothing),
    (book) => (book.actions[0] ? reopenAction(book.actions[0], 'x') : nothing),
    (book) => (book.controls[0] ? setControlState(book.risk, book.controls[0], 'live', at()) : nothing),
    (book) => (book.controls[0] ? setControlState(book.risk, book.controls[0], 'planned', at()) : nothing),
    (book) => endActivity(book.risk, book.options, day('2026-01-05'), at()),
    (book) => reopenRisk(book.risk, 'x'),
    (book) => reopenRisk(book.risk, 'x'),
  )
  const withdraw = fc.constant<Act>((book) => withdrawRisk(book.risk, 'x', at()))
  const people = fc.constantFrom(anna, boris)
  const owner = people.map(
    (who): Act =>
      (book) => {
        const result = assignOwner(book.risk, who)
        if (result.ok) book.owner = who
        return result
      },
  )
  const sign = fc
    .tuple(
      people,
      fc.constantFrom('plan', 'acceptance', 'acceptance'),
      fc.constantFrom('owner', 'owner', 'anybody', 'authority'),
    )
    .map(
      ([who, act, as]): Act =>
        (book) => {
          if (as === 'authority')
            return signAuthority(book.dossier(), 'acceptance', at(chloe, undefined, 'topManagement'))
          const signer = as === 'owner' ? (book.owner ?? who) : who
          return act === 'plan'
            ? approvePlan(book.dossier(), signing(signer))
            : acceptResidual(book.dossier(), signing(signer))
        },
    )
  return fc.oneof(
    { arbitrary: assess, weight: 8 },
    { arbitrary: plan, weight: 14 },
    { arbitrary: rescore, weight: 8 },
    { arbitrary: sign, weight: 22 },
    { arbitrary: work, weight: 24 },
    { arbitrary: owner, weight: 2 },
    { arbitrary: withdraw, weight: 1 },
  )
}

const above = (method: RiskMethod, a: Scores, b: Scores) =>
  isAbove(valueOf(evaluate(method, a)), valueOf(evaluate(method, b)))

function checkLaws(book: RiskBook, method: RiskMethod) {
  const { risk } = book
  const { inherent, current, target } = risk
  if (target !== null && current !== null) {
    expect(above(method, target, current)).toBe(false)
    const live = book.rises.filter((rise) => rise.live)
    expect(checkTarget(method, risk, current, target, live)).toEqual([])
    if (retainsOnly(book.options)) expect(sameScores(target, current)).toBe(true)
  }
  if (inherent !== null && current !== null) expect(above(method, current, inherent)).toBe(false)
  expect(risk.priority).toBe(evaluationOf(method, current)?.priority ?? null)
  for (const act of ['plan', 'acceptance'] as const) {
    const judgement = judgeAct(book.dossier(), act, day('2026-01-06'))
    const signed = book.signed(act)
    if (holds(judgement)) expect(signed?.approval.personId).toBe(risk.ownerId)
  }
  checkStatus(book)
}

function checkStatus(book: RiskBook) {
  const { status, why, next } = riskStatus(book.dossier(), day('2026-01-06'))
  expect(why.length > 0).toBe(status !== 'withdrawn')
  expect(next === null).toBe(status === 'accepted' || status === 'avoided' || status === 'withdrawn')
  if (status === 'accepted') expect(holds(judgeAct(book.dossier(), 'acceptance', day('2026-01-06')))).toBe(true)
  if (status === 'awaitingAcceptance' && next?.step === 'acceptResidual') {
    const result = acceptResidual(book.dossier(), signing(book.risk.ownerId === anna.id ? anna : boris))
    expect(result.ok ? null : result.refusal.code).toBeNull()
  }
  if (status === 'planAwaitingApproval' && next?.step === 'approvePlan') {
    const result = approvePlan(book.dossier(), signing(book.risk.ownerId === anna.id ? anna : boris))
    expect(result.ok ? null : result.refusal.code).toBeNull()
  }
  if (book.risk.target === null && status === 'inTreatment') expect(avoidsOnly(book.options)).toBe(true)
}

test('after any sequence of acts the laws hold, and every refusal leaves everything as it was', () => {
  const runs = methods.chain((method) =>
    fc.tuple(fc.constant(method), fc.array(acts(method), { minLength: 30, maxLength: 60 })),
  )
  const reached = new Set<string>()
  fc.assert(
    fc.property(runs, ([method, sequence]) => {
      const book = new RiskBook(buildRisk(), method)
      for (const act of sequence) {
        const result = act(book)
        if (result.ok) book.apply(result.value)
        else expect(isSentence(result.refusal) ? '' : result.refusal.message).toBe('')
        checkLaws(book, method)
        reached.add(riskStatus(book.dossier(), day('2026-01-06')).status)
      }
    }),
    { numRuns: 200 },
  )
  // The generator has to get somewhere, or the laws would hold for want of trying.
  expect([...reached]).toEqual(
    expect.arrayContaining([
      'notAssessed',
      'needsTreatment',
      'planAwaitingApproval',
      'inTreatment',
      'awaitingAcceptance',
      'acceptanceOutOfDate',
      'accepted',
      'avoided',
    ]),
  )
}, 30_000)
