import type { Refusal } from '#kernel/result.ts'
import type { RiskMethod } from './method.ts'
import { refusal } from './refusals.ts'
import { isOverall, missingDimensions, type RiskState, type Scores } from './scores.ts'
import { listOf } from './words.ts'

/**
 * A person who scores states every dimension of the method. A single overall consequence is only what imports leave
 * behind: it may be carried on beside an overall current level, but not chosen anew for the current level itself.
 */
export function checkStated(
  method: RiskMethod | null,
  ref: string,
  state: RiskState,
  scores: Scores | null,
  current: Scores | null,
): Refusal | null {
  if (method === null || scores === null) return null
  if (isOverall(scores.consequences)) {
    if (state !== 'current' && current !== null && isOverall(current.consequences)) return null
    const message = `The ${state} level of ${ref} has one overall consequence; choose a level for each dimension of method ${method.name}.`
    return refusal('risk.overall_consequence', message, { ref, state }, `${state}.consequences.overall`)
  }
  const missing = missingDimensions(method, scores)
  const first = missing[0]
  if (first === undefined) return null
  const names = method.dimensions.filter((dimension) => missing.includes(dimension.key)).map((each) => each.name)
  const message = `The ${state} level of ${ref} lacks ${listOf(names)}; choose a level for each dimension of method ${method.name}.`
  return refusal('risk.dimension_not_scored', message, { ref, state, missing }, `${state}.consequences.${first}`)
}
