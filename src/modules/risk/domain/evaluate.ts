import { ok, type Result, refuse } from '#kernel/result.ts'
import { type Band, bandIndex, consequenceLevels, type MethodContent, positionOf } from './method.ts'
import { stop } from './refusals.ts'
import { checkScores, consequenceOf, highestConsequence, isOverall, missingDimensions, type Scores } from './scores.ts'

/** One dimension's share in an evaluation: the band it would have alone, compared with its own threshold. */
export interface DimensionEvaluation {
  readonly key: string
  readonly name: string
  readonly consequence: number
  readonly band: Band
  readonly exceeds: boolean
}

/** What a method says about scores (6.1.2 d–e). */
export interface Evaluation {
  readonly likelihood: number
  /** The highest stated consequence. */
  readonly consequence: number
  /** Likelihood × consequence in product mode; null in matrix mode. */
  readonly product: number | null
  readonly band: Band
  /** Place of the band, lowest 1. */
  readonly level: number
  /** Above the overall threshold, or above the stricter one of a dimension. False when the method has no threshold (legacy). */
  readonly exceedsThreshold: boolean
  /** What is exceeded: `overall` and dimension keys. */
  readonly exceeds: readonly string[]
  /** Empty when the consequence is overall. */
  readonly perDimension: readonly DimensionEvaluation[]
  /** Dimension keys without a level; their stricter thresholds could not be judged. */
  readonly notStated: readonly string[]
  /** Whole number that orders evaluations under one method, highest first; see `rankRisks`. Not comparable across methods. */
  readonly priority: number
}

/**
 * Evaluates scores under a method: consequence is the maximum of the stated dimensions, never their mean.
 * Refused: a value that is not on its scale, an unknown dimension, no consequence at all, a draft method without a band for it.
 */
export function evaluate(method: MethodContent, scores: Scores): Result<Evaluation> {
  const wrong = checkScores(method, scores)[0]
  if (wrong !== undefined) return stop(wrong)
  const consequence = highestConsequence(scores) ?? 0
  const whole = place(method, scores.likelihood, consequence)
  if (whole.band === undefined) {
    const message = `Method ${method.name} has no band for likelihood ${scores.likelihood} and consequence ${consequence}; complete it first.`
    return refuse('risk.method_incomplete', message, { likelihood: scores.likelihood, consequence })
  }
  const threshold = bandIndex(method, method.acceptUpTo)
  const perDimension = isOverall(scores.consequences) ? [] : evaluateDimensions(method, scores)
  const overallExceeds = threshold >= 0 && whole.index > threshold
  const exceeds = [
    ...(overallExceeds ? ['overall'] : []),
    ...perDimension.filter((dimension) => dimension.exceeds).map((dimension) => dimension.key),
  ]
  return ok({
    likelihood: scores.likelihood,
    consequence,
    product: whole.product,
    band: whole.band,
    level: whole.index + 1,
    exceedsThreshold: exceeds.length > 0,
    exceeds,
    perDimension,
    notStated: missingDimensions(method, scores),
    priority: priorityOf(method, scores.likelihood, consequence, exceeds.length > 0),
  })
}

/** Dimensions with a stricter threshold of their own that have no level, so that nobody can say that it is kept. */
export const unjudgedDimensions = (
  method: Pick<MethodContent, 'dimensions'>,
  { notStated }: Pick<Evaluation, 'notStated'>,
): MethodContent['dimensions'] =>
  notStated.length === 0
    ? []
    : method.dimensions.filter(({ key, acceptUpTo }) => acceptUpTo !== null && notStated.includes(key))

/** For values a rule has checked before: the evaluation, or null when there are no scores or they do not fit the method. */
export function evaluationOf(method: MethodContent | null, scores: Scores | null): Evaluation | null {
  if (method === null || scores === null) return null
  const key = keyOf(method, scores)
  if (key === null) return evaluated(method, scores)
  let answers = known.get(method)
  if (answers === undefined) {
    answers = new Map()
    known.set(method, answers)
  }
  let evaluation = answers.get(key)
  if (evaluation === undefined) {
    evaluation = evaluated(method, scores)
    if (answers.size < answersKept) answers.set(key, evaluation)
  }
  return evaluation
}

function evaluated(method: MethodContent, scores: Scores): Evaluation | null {
  const result = evaluate(method, scores)
  return result.ok ? result.value : null
}

// A register asks for three evaluations per risk, several times each, and most of them are the same few. Methods are
// never changed, so an answer stays right for as long as its method lives.
const known = new WeakMap<MethodContent, Map<number, Evaluation | null>>()
const answersKept = 10_000

// Scores as one number: likelihood and each dimension of the method, or the overall level, are its digits to a base
// above every level. Null where that does not hold them; the method then has the word itself.
function keyOf(method: MethodContent, { likelihood, consequences }: Scores): number | null {
  const { dimensions } = method
  if (dimensions.length > 6 || !isDigit(likelihood)) return null
  let stated = 0
  for (const name in consequences) if (Object.hasOwn(consequences, name)) stated += 1
  const levels: Readonly<Record<string, number>> = consequences
  if (stated === 1 && isOverall(consequences)) {
    return isDigit(consequences.overall) ? -(likelihood * base + consequences.overall) : null
  }
  let key = likelihood
  for (const dimension of dimensions) {
    const level = Object.hasOwn(levels, dimension.key) ? levels[dimension.key] : 0
    if (level !== 0) {
      if (level === undefined || !isDigit(level)) return null
      stated -= 1
    }
    key = key * base + level
  }
  return stated === 0 ? key : null
}

const base = 128
const isDigit = (level: number): boolean => Number.isInteger(level) && level > 0 && level < base

function evaluateDimensions(method: MethodContent, scores: Scores): DimensionEvaluation[] {
  return method.dimensions.flatMap((dimension) => {
    const consequence = consequenceOf(scores, dimension.key)
    if (consequence === null) return []
    const { band, index } = place(method, scores.likelihood, consequence)
    if (band === undefined) return []
    const own = bandIndex(method, dimension.acceptUpTo)
    return [{ key: dimension.key, name: dimension.name, consequence, band, exceeds: own >= 0 && index > own }]
  })
}

/** The band of one cell; null where a draft method has none yet. */
export function bandAt(method: MethodContent, likelihood: number, consequence: number): Band | null {
  return place(method, likelihood, consequence).band ?? null
}

function place(method: MethodContent, likelihood: number, consequence: number) {
  const product = method.aggregate.mode === 'product' ? likelihood * consequence : null
  const index = product === null ? matrixIndex(method, likelihood, consequence) : productIndex(method, product)
  return { product, index, band: method.bands[index] }
}

const productIndex = (method: MethodContent, product: number): number =>
  method.bands.findIndex((band) => band.from !== null && band.to !== null && band.from <= product && product <= band.to)

function matrixIndex(method: MethodContent, likelihood: number, consequence: number): number {
  if (method.aggregate.mode !== 'matrix') return -1
  const row = method.aggregate.cells[positionOf(method.likelihood, likelihood)]
  return bandIndex(method, row?.[positionOf(consequenceLevels(method), consequence)] ?? null)
}

/**
 * Above a threshold first, then band, product, consequence, likelihood. Fits a 32-bit integer
 * (10 bands, products to 10,000, 25 levels), so that a register can be sorted by one column.
 */
function priorityOf(method: MethodContent, likelihood: number, consequence: number, exceeds: boolean): number {
  const { index, product } = place(method, likelihood, consequence)
  const byConsequence = positionOf(consequenceLevels(method), consequence)
  const byLikelihood = positionOf(method.likelihood, likelihood)
  const bands = (exceeds ? 10 : 0) + index
  return ((bands * 10_001 + (product ?? 0)) * 26 + byConsequence) * 26 + byLikelihood
}
