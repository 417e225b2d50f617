import { ok, type Result, refuse } from '#kernel/result.ts'
import type { LevelMap, LevelPair } from './level-map.ts'
import { stop } from './refusals.ts'
import { consequenceEntries, isOverall, type Scores } from './scores.ts'

/** One state or all three of a risk in the scales of another method version. */
export interface StateScores {
  readonly inherent: Scores | null
  readonly current: Scores | null
  readonly target: Scores | null
}

/**
 * Converts scores by an approved level map: value by value as the map says, never by proportion.
 * An overall consequence stays overall. Refused: map not approved, or a level or dimension the map does not list.
 */
export function convertScores(map: LevelMap, scores: Scores): Result<Scores> {
  if (map.status !== 'approved') {
    const message = 'The level map is not approved, so nothing can be converted with it; approve it first.'
    return refuse('risk.level_map_not_approved', message, { status: map.status })
  }
  const likelihood = lookUp('Likelihood', map.likelihood, scores.likelihood, 'likelihood')
  if (!likelihood.ok) return likelihood
  if (isOverall(scores.consequences)) {
    const overall = lookUp('Overall consequence', map.overall, scores.consequences.overall, 'consequences.overall')
    return overall.ok ? ok({ likelihood: likelihood.value, consequences: { overall: overall.value } }) : overall
  }
  const consequences = convertDimensions(map, scores)
  return consequences.ok ? ok({ likelihood: likelihood.value, consequences: consequences.value }) : consequences
}

/** Converts what is there of the three states; refuses when one of them cannot be converted. */
export function convertStates(map: LevelMap, states: StateScores): Result<StateScores> {
  const converted: Record<keyof StateScores, Scores | null> = { inherent: null, current: null, target: null }
  for (const state of ['inherent', 'current', 'target'] as const) {
    const scores = states[state]
    if (scores === null) continue
    const result = convertScores(map, scores)
    if (!result.ok) return stop({ ...result.refusal, field: `${state}.${result.refusal.field ?? ''}` })
    converted[state] = result.value
  }
  return ok(converted)
}

function convertDimensions(map: LevelMap, scores: Scores): Result<Record<string, number>> {
  const converted = new Map<string, number>()
  for (const [key, value] of consequenceEntries(scores)) {
    const field = `consequences.${key}`
    const line = map.dimensions.find((dimension) => dimension.from === key)
    if (line === undefined) {
      const message = `The level map does not say what dimension “${key}” becomes; add it to the map.`
      return refuse('risk.unmapped_dimension', message, { dimension: key }, field)
    }
    const level = lookUp(`Level of ${key}`, line.levels, value, field)
    if (!level.ok) return level
    converted.set(line.to, Math.max(converted.get(line.to) ?? level.value, level.value))
  }
  return ok(Object.fromEntries(converted))
}

function lookUp(subject: string, pairs: readonly LevelPair[], value: number, field: string): Result<number> {
  const pair = pairs.find((candidate) => candidate.from === value)
  if (pair !== undefined) return ok(pair.to)
  const message = `${subject} ${value} is not in the level map; add it, or score the risk again.`
  return refuse('risk.unmapped_level', message, { value }, field)
}
