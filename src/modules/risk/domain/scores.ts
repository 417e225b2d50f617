import type { Refusal } from '#kernel/result.ts'
import { consequenceLevels, type Level, type MethodContent, positionOf, scaleText } from './method.ts'
import { refusal } from './refusals.ts'
import { listOf } from './words.ts'

/** Consequence level per dimension key. */
export type DimensionLevels = Readonly<Record<string, number>>

/**
 * One consequence without dimensions, as imports with a single impact column have it. Never copied into dimensions.
 * A type, not an interface, so that it can be read by key like the levels of dimensions.
 */
export type OverallLevel = {
  readonly overall: number
}

/** How likely the scenario is and how bad its consequences are, in values of the method's scales. */
export interface Scores {
  readonly likelihood: number
  readonly consequences: DimensionLevels | OverallLevel
}

/** The three states of a risk: without controls, with those that are live, when the plan is done. */
export const riskStates = ['inherent', 'current', 'target'] as const
export type RiskState = (typeof riskStates)[number]

export const isOverall = (consequences: Scores['consequences']): consequences is OverallLevel =>
  Object.hasOwn(consequences, 'overall')

/** The stated consequence levels by dimension key; a single overall level appears under `overall`. */
export const consequenceEntries = (scores: Scores): readonly (readonly [string, number])[] =>
  Object.entries(scores.consequences)

/** Everything wrong with scores under a method; empty when each value is on its scale. Scores off the scale are refused, never rounded. */
export function checkScores(method: MethodContent, scores: Scores): Refusal[] {
  return fits(method, scores) ? [] : findWrong(method, scores)
}

/** The quick answer for the usual case: registers are evaluated row by row. */
function fits(method: MethodContent, scores: Scores): boolean {
  if (positionOf(method.likelihood, scores.likelihood) < 0) return false
  const keys = Object.keys(scores.consequences)
  let known = 0
  for (const dimension of method.dimensions) {
    const value = consequenceOf(scores, dimension.key)
    if (value === null) continue
    known += 1
    if (positionOf(dimension.levels, value) < 0) return false
  }
  return known > 0 && known === keys.length
}

function findWrong(method: MethodContent, scores: Scores): Refusal[] {
  const found = checkValue('Likelihood', scores.likelihood, method.likelihood, method.name, 'likelihood')
  const entries = consequenceEntries(scores)
  if (entries.length === 0) {
    const message = `No consequence is stated; choose a level for ${dimensionNames(method)}.`
    found.push(refusal('risk.no_consequence', message, { method: method.name }, 'consequences'))
  }
  if (isOverall(scores.consequences) && entries.length > 1) {
    const message = 'State either one overall consequence or a level per dimension, not both.'
    found.push(refusal('risk.overall_and_dimensions', message, { method: method.name }, 'consequences.overall'))
  }
  for (const [key, value] of entries) {
    const dimension = method.dimensions.find((candidate) => candidate.key === key)
    const field = `consequences.${key}`
    if (key === 'overall') {
      found.push(...checkValue('Overall consequence', value, consequenceLevels(method), method.name, field))
    } else if (dimension === undefined) {
      const message = `“${key}” is not a consequence dimension of method ${method.name}; it has ${dimensionNames(method)}.`
      found.push(refusal('risk.unknown_dimension', message, { dimension: key, method: method.name }, field))
    } else {
      found.push(...checkValue(`${dimension.name} consequence`, value, dimension.levels, method.name, field))
    }
  }
  return found
}

/** Dimensions of the method for which no level is stated; all of them when the consequence is overall. */
export const missingDimensions = (method: MethodContent, scores: Scores): readonly string[] =>
  method.dimensions.map((dimension) => dimension.key).filter((key) => !Object.hasOwn(scores.consequences, key))

/** Equal in every value, whatever the order of keys. */
export function sameScores(a: Scores | null, b: Scores | null): boolean {
  if (a === null || b === null || a === b) return a === b
  if (a.likelihood !== b.likelihood) return false
  const keys = Object.keys(a.consequences)
  if (keys.length !== Object.keys(b.consequences).length) return false
  return keys.every((key) => consequenceOf(a, key) === consequenceOf(b, key))
}

/** The level stated for a dimension key (or `overall`); null when none is. */
export function consequenceOf(scores: Scores, key: string): number | null {
  const levels: DimensionLevels = scores.consequences
  return Object.hasOwn(levels, key) ? (levels[key] ?? null) : null
}

/** The highest stated level; null when none is stated. */
export function highestConsequence(scores: Scores): number | null {
  let highest: number | null = null
  for (const key of Object.keys(scores.consequences)) {
    const value = consequenceOf(scores, key)
    if (value !== null && (highest === null || value > highest)) highest = value
  }
  return highest
}

function checkValue(
  subject: string,
  value: number,
  levels: readonly Level[],
  method: string,
  field: string,
): Refusal[] {
  if (positionOf(levels, value) >= 0) return []
  const scale = scaleText(levels)
  const message = `${subject} ${value} is not on the scale ${scale} of method ${method}`
  return [refusal('risk.off_scale', message, { value, scale, method }, field)]
}

const dimensionNames = (method: MethodContent): string => listOf(method.dimensions.map((dimension) => dimension.name))
