import type { Id } from '#kernel/id.ts'
import { ok, type Result, refuse } from '#kernel/result.ts'
import { isAbove } from './compare-scores.ts'
import { convertScores } from './convert-scores.ts'
import { type Evaluation, evaluate } from './evaluate.ts'
import type { LevelMap } from './level-map.ts'
import type { RiskMethod } from './method.ts'
import { stop } from './refusals.ts'
import type { AssessmentRun, RunResult } from './run.ts'
import { compareRefs } from './words.ts'

/** `notConvertible`: the level map lists no counterpart, so nothing can be said. */
export const trendDirections = ['risen', 'fallen', 'same', 'new', 'gone', 'notConvertible'] as const
export type TrendDirection = (typeof trendDirections)[number]

export interface RiskTrend {
  readonly riskId: Id<'risk'>
  readonly ref: string
  readonly direction: TrendDirection
  /** Under the later method; null when new or not convertible. */
  readonly before: Evaluation | null
  readonly after: Evaluation | null
}

/** A closed run, its method version and its frozen results. */
export interface FrozenRun {
  readonly run: AssessmentRun
  readonly method: RiskMethod
  readonly results: readonly RunResult[]
}

/**
 * The trend of current levels between two closed runs (8.2). Frozen results are read, never changed.
 * Refused: a run that is not closed; runs under different versions without an approved level map from the earlier to the later.
 * `gone` means assessed before and not now: for a partial run that says nothing about the risk itself.
 */
export function compareRuns(earlier: FrozenRun, later: FrozenRun, map: LevelMap | null): Result<readonly RiskTrend[]> {
  for (const { run } of [earlier, later]) {
    if (run.status === 'closed') continue
    return refuse('risk.run_not_closed', `Run ${run.ref} is ${run.status}; only closed runs are compared.`, {
      run: run.ref,
    })
  }
  const sameMethod = earlier.method.id === later.method.id
  if (!sameMethod && !joins(map, earlier, later)) {
    return refuse(
      'risk.no_level_map',
      `Runs ${earlier.run.ref} and ${later.run.ref} were held under ${earlier.method.name} and ${later.method.name}; approve a level map from the one to the other first.`,
      { from: earlier.method.name, to: later.method.name },
    )
  }
  const before = new Map(earlier.results.map((result) => [result.riskId, result]))
  const after = new Map(later.results.map((result) => [result.riskId, result]))
  const trends: RiskTrend[] = []
  for (const riskId of new Set([...before.keys(), ...after.keys()])) {
    const trend = trendOf(riskId, before.get(riskId), after.get(riskId), later.method, sameMethod ? null : map)
    if (!trend.ok) return trend
    trends.push(trend.value)
  }
  return ok(trends.toSorted((a, b) => compareRefs(a.ref, b.ref)))
}

const joins = (map: LevelMap | null, earlier: FrozenRun, later: FrozenRun): boolean =>
  map?.status === 'approved' && map.fromMethodId === earlier.method.id && map.toMethodId === later.method.id

function trendOf(
  riskId: Id<'risk'>,
  before: RunResult | undefined,
  after: RunResult | undefined,
  method: RiskMethod,
  map: LevelMap | null,
): Result<RiskTrend> {
  const ref = after?.riskRef ?? before?.riskRef ?? ''
  const then = before?.current ? convertAndEvaluate(before.current, method, map) : null
  const now = after?.current ? evaluate(method, after.current) : null
  if (now !== null && !now.ok) return stop(now.refusal)
  if (then !== null && !then.ok) {
    return ok({ riskId, ref, direction: 'notConvertible', before: null, after: now?.value ?? null })
  }
  const direction = directionOf(then?.value ?? null, now?.value ?? null)
  return ok({ riskId, ref, direction, before: then?.value ?? null, after: now?.value ?? null })
}

function convertAndEvaluate(scores: NonNullable<RunResult['current']>, method: RiskMethod, map: LevelMap | null) {
  const converted = map === null ? ok(scores) : convertScores(map, scores)
  return converted.ok ? evaluate(method, converted.value) : converted
}

function directionOf(before: Evaluation | null, after: Evaluation | null): TrendDirection {
  if (before === null) return 'new'
  if (after === null) return 'gone'
  if (isAbove(after, before)) return 'risen'
  return isAbove(before, after) ? 'fallen' : 'same'
}
