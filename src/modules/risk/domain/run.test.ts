import { describe, expect, test } from 'vitest'
import { assessRisk } from './assess-risk.ts'
import { cancelRun, closeRun } from './close-run.ts'
import { compareRuns, type FrozenRun } from './compare-runs.ts'
import { approveLevelMap, draftLevelMap } from './level-map.ts'
import type { RiskMethod } from './method.ts'
import { addRisks, openRun, type RunDraft } from './open-run.ts'
import { approvedMethod, at, buildRisk, day, refusalOf, scores, valueOf } from './risk.fixtures.ts'
import type { Risk } from './risk.ts'
import { type AssessmentRun, missingFromRun, nextWholeRunDue, type RunMember, type RunResult } from './run.ts'
import type { Scores } from './scores.ts'

const method = approvedMethod()
const next = approvedMethod({ name: 'Annual 2027' })
const whole: RunDraft = { name: 'Spring 2026', scope: 'whole', trigger: null, risks: [] }
const open = (draft: RunDraft = whole, under: RiskMethod = method) =>
  openRun(draft, { ...at(), ref: 'RA-1', method: under })
const runOf = (draft: RunDraft = whole, under: RiskMethod = method): AssessmentRun =>
  valueOf(open(draft, under))[0]?.after as AssessmentRun
const membersOf = (draft: RunDraft) =>
  valueOf(open(draft))
    .slice(1)
    .map((change) => change.after as RunMember)

function assess(
  risk: Risk,
  run: AssessmentRun,
  under: RiskMethod,
  current: Scores,
  members: readonly RunMember[] = [],
) {
  const input = { current, rationale: 'As discussed.' }
  const place = { ...at(), method: under, options: [], rises: [], run: { run, members, result: null } }
  const [changed, result] = valueOf(assessRisk(risk, input, place))
  return { risk: changed?.after as Risk, result: result?.after as RunResult }
}

/** Assesses and closes in one go. */
function closed(entries: readonly (readonly [Risk, Scores])[], under: RiskMethod = method): FrozenRun {
  const run = runOf(whole, under)
  const results = entries.map(([risk, current]) => assess(risk, run, under, current).result)
  const changes = valueOf(closeRun(run, { risks: entries.map(([risk]) => risk), members: [], results }, at()))
  return {
    run: changes[0]?.after as AssessmentRun,
    method: under,
    results: changes.slice(1).map((change) => change.after as RunResult),
  }
}

describe('opening', () => {
  test('needs an approved method, which it keeps', () => {
    expect(runOf()).toMatchObject({ status: 'open', methodId: method.id, scope: 'whole', openedOn: '2026-01-05' })
    for (const status of ['draft', 'superseded', 'legacy'] as const) {
      expect(refusalOf(open(whole, { ...method, status })).code).toBe('risk.method_not_in_force')
    }
  })

  test('a partial run says what happened and names its risks', () => {
    const risk = buildRisk()
    const partial: RunDraft = { ...whole, scope: 'partial', trigger: 'Supplier breach', risks: [risk, risk] }
    expect(membersOf(partial).map((member) => member.riskId)).toEqual([risk.id])
    expect(refusalOf(open({ ...partial, trigger: ' ' })).code).toBe('risk.run_trigger')
    expect(refusalOf(open({ ...partial, risks: [] })).code).toBe('risk.run_empty')
    expect(refusalOf(open({ ...whole, name: '' })).code).toBe('risk.run_name')
    for (const dead of [{ closedAt: at().now }, { withdrawnAt: at().now }, { kind: 'opportunity' } as const]) {
      expect(refusalOf(open({ ...partial, risks: [buildRisk(dead)] })).code).toBe('risk.not_assessable')
    }
  })

  test('takes further risks while it is open and partial', () => {
    const [first, second] = [buildRisk(), buildRisk()]
    const partial: RunDraft = { ...whole, scope: 'partial', trigger: 'Incident', risks: [first] }
    const [run, members] = [runOf(partial), membersOf(partial)]
    const mine = members.map((member) => ({ ...member, runId: run.id }))
    expect(valueOf(addRisks(run, [first, second], mine, at())).map((change) => change.after.riskId)).toEqual([
      second.id,
    ])
    const left = mine.map((member) => ({ ...member, live: false }))
    expect(valueOf(addRisks(run, [first], left, at()))).toMatchObject([{ after: { live: true, version: 2 } }])
    expect(refusalOf(addRisks(runOf(), [first], [], at())).code).toBe('risk.run_is_whole')
    expect(refusalOf(addRisks({ ...run, status: 'closed' }, [first], [], at())).code).toBe('risk.run_step')
  })
})

describe('closing', () => {
  test('a whole run needs every live risk, also those recorded meanwhile, but not the closed ones', () => {
    const run = runOf()
    const [a, b] = [buildRisk({ ref: 'R-1' }), buildRisk({ ref: 'R-2' })]
    const gone = buildRisk({ ref: 'R-3', closedAt: at().now })
    const chance = buildRisk({ ref: 'R-4', kind: 'opportunity' })
    const { result } = assess(a, run, method, scores(2, 2))
    const facts = { risks: [a, b, gone, chance], members: [], results: [result] }
    expect(refusalOf(closeRun(run, facts, at()))).toMatchObject({
      code: 'risk.run_incomplete',
      message: 'Run RA-1 cannot be closed: R-2 not assessed in it.',
    })
    expect(missingFromRun(run, facts.risks, [], [result]).map((risk) => risk.ref)).toEqual(['R-2'])
    const second = assess(b, run, method, scores(4, 4)).result
    const foreign = assess(b, runOf(), method, scores(5, 5)).result
    const changes = valueOf(closeRun(run, { ...facts, results: [result, second, foreign] }, at()))
    expect(changes[0]).toMatchObject({ action: 'risk.run_closed', after: { status: 'closed' } })
    expect(changes.slice(1).map((change) => change.after)).toMatchObject([
      { riskRef: 'R-2', rank: 1 },
      { riskRef: 'R-1', rank: 2 },
    ])
  })

  test('a partial run needs the risks it names', () => {
    const [a, b] = [buildRisk(), buildRisk()]
    const run = runOf({ ...whole, scope: 'partial', trigger: 'Incident', risks: [a] })
    const members: RunMember[] = membersOf({ ...whole, scope: 'partial', trigger: 'x', risks: [a] }).map((member) => ({
      ...member,
      runId: run.id,
    }))
    expect(missingFromRun(run, [a, b], members, [])).toEqual([a])
    const { result } = assess(a, run, method, scores(2, 2), members)
    expect(closeRun(run, { risks: [a, b], members, results: [result] }, at()).ok).toBe(true)
  })

  test('many missing risks are counted, and nothing assessed is no assessment', () => {
    const risks = Array.from({ length: 8 }, (_, i) => buildRisk({ ref: `R-${i + 1}` }))
    expect(refusalOf(closeRun(runOf(), { risks, members: [], results: [] }, at())).message).toBe(
      'Run RA-1 cannot be closed: R-1, R-2, R-3, R-4, R-5 and 3 more not assessed in it.',
    )
    expect(refusalOf(closeRun(runOf(), { risks: [], members: [], results: [] }, at())).code).toBe(
      'risk.run_without_results',
    )
  })

  test('freezes the results: nothing assesses, closes or cancels the run again', () => {
    const risk = buildRisk()
    const { run, results } = closed([[risk, scores(3, 3)]])
    expect(results[0]?.frozenAt).toBe(run.closedAt)
    const place = { ...at(), method, options: [], rises: [], run: { run, members: [], result: results[0] ?? null } }
    expect(refusalOf(assessRisk(risk, { current: scores(1, 1), rationale: 'x' }, place)).code).toBe('risk.run_step')
    expect(refusalOf(closeRun(run, { risks: [], members: [], results }, at())).code).toBe('risk.run_step')
    expect(refusalOf(cancelRun(run, 'x', at())).code).toBe('risk.run_step')
  })

  test('cancelling needs a reason', () => {
    expect(refusalOf(cancelRun(runOf(), ' ', at())).code).toBe('risk.no_reason')
    expect(valueOf(cancelRun(runOf(), 'Started by mistake.', at())).after.status).toBe('cancelled')
  })
})

test('the next whole run is due the interval after the last one that was closed', () => {
  const run = (scope: 'whole' | 'partial', status: 'open' | 'closed' | 'cancelled', closedOn: string | null) =>
    ({ scope, status, closedOn: closedOn === null ? null : day(closedOn) }) as const
  const twelve = { intervalMonths: 12 }
  expect(nextWholeRunDue(twelve, [])).toBeNull()
  expect(
    nextWholeRunDue(twelve, [run('partial', 'closed', '2026-05-01'), run('whole', 'cancelled', '2026-04-01')]),
  ).toBeNull()
  const runs = [run('whole', 'closed', '2026-03-31'), run('whole', 'closed', '2025-03-31'), run('whole', 'open', null)]
  expect(nextWholeRunDue(twelve, runs)).toBe('2027-03-31')
  expect(nextWholeRunDue({ intervalMonths: 6 }, [run('whole', 'closed', '2025-08-31')])).toBe('2026-02-28')
})

describe('trend', () => {
  const [a, b, c, d] = ['R-1', 'R-2', 'R-10', 'R-4'].map((ref) => buildRisk({ ref })) as [Risk, Risk, Risk, Risk]

  test('compares closed runs of one version risk by risk', () => {
    const earlier = closed([
      [a, scores(3, 3)],
      [b, scores(4, 4)],
      [d, scores(1, 1)],
    ])
    const later = closed([
      [a, scores(4, 4)],
      [b, scores(2, 2)],
      [c, scores(1, 1)],
    ])
    const trend = valueOf(compareRuns(earlier, later, null))
    expect(trend.map((each) => [each.ref, each.direction])).toEqual([
      ['R-1', 'risen'],
      ['R-2', 'fallen'],
      ['R-4', 'gone'],
      ['R-10', 'new'],
    ])
    expect(valueOf(compareRuns(earlier, earlier, null)).every((each) => each.direction === 'same')).toBe(true)
  })

  test('across versions needs an approved map, and leaves the frozen results as they are', () => {
    const earlier = closed([
      [a, scores(3, 3)],
      [b, scores(5, 3)],
    ])
    const later = closed(
      [
        [a, scores(3, 3)],
        [b, scores(3, 3)],
      ],
      next,
    )
    expect(refusalOf(compareRuns(earlier, later, null)).code).toBe('risk.no_level_map')
    const same = (...values: number[]) => values.map((value) => ({ from: value, to: value }))
    const content = {
      likelihood: [...same(1, 2), { from: 3, to: 4 }],
      dimensions: method.dimensions.map((each) => ({ from: each.key, to: each.key, levels: same(1, 2, 3, 4, 5) })),
      overall: [],
    }
    const draft = draftLevelMap(content, method, next, at()).after
    expect(refusalOf(compareRuns(earlier, later, draft)).code).toBe('risk.no_level_map')
    const map = valueOf(approveLevelMap(draft, method, next, at())).after
    const frozen = structuredClone(earlier.results)
    expect(valueOf(compareRuns(earlier, later, map)).map((each) => [each.ref, each.direction])).toEqual([
      ['R-1', 'fallen'],
      ['R-2', 'notConvertible'],
    ])
    expect(earlier.results).toEqual(frozen)
    expect(refusalOf(compareRuns(later, earlier, map)).code).toBe('risk.no_level_map')
  })

  test('reads only closed runs', () => {
    const done = closed([[a, scores(3, 3)]])
    const running = { run: runOf(), method, results: [] }
    expect(refusalOf(compareRuns(done, running, null)).code).toBe('risk.run_not_closed')
  })
})
