import type { Refusal } from '#kernel/result.ts'
import type { Dimension, Level, MethodContent } from './method.ts'
import { scaleText } from './method.ts'
import { refusal } from './refusals.ts'
import { blank, listOf } from './words.ts'

/** How strictly scales are read: imported (legacy) scales keep their size and may lack definitions. */
export interface ScaleRules {
  readonly minLevels: number
  readonly maxLevels: number
  readonly definitions: boolean
}

export const ownScaleRules: ScaleRules = { minLevels: 3, maxLevels: 10, definitions: true }
export const legacyScaleRules: ScaleRules = { minLevels: 1, maxLevels: 25, definitions: false }

/** Names a dimension key must not use, because scores and rises use them for something else. */
export const reservedDimensionKeys: readonly string[] = ['overall', 'likelihood']

const largestValue = 100

/** Checks the likelihood scale and the consequence dimensions (6.1.2 a, d). */
export function checkScales(method: MethodContent, rules: ScaleRules): Refusal[] {
  return [
    ...checkLevels('The likelihood scale', method.likelihood, 'likelihood', rules),
    ...checkDimensions(method.dimensions, rules),
  ]
}

function checkLevels(subject: string, levels: readonly Level[], field: string, rules: ScaleRules): Refusal[] {
  const found: Refusal[] = []
  if (levels.length < rules.minLevels || levels.length > rules.maxLevels) {
    found.push(
      refusal(
        'risk.scale_size',
        `${subject} has ${levels.length} levels; give it ${rules.minLevels} to ${rules.maxLevels}.`,
        { levels: levels.length, min: rules.minLevels, max: rules.maxLevels },
        field,
      ),
    )
  }
  levels.forEach((level, i) => found.push(...checkLevel(subject, levels, i, level, `${field}.${i}`, rules)))
  return found
}

function checkLevel(
  subject: string,
  levels: readonly Level[],
  i: number,
  level: Level,
  field: string,
  rules: ScaleRules,
): Refusal[] {
  const found: Refusal[] = []
  const facts = { value: level.value }
  if (!Number.isInteger(level.value) || level.value < 0 || level.value > largestValue) {
    const message = `${subject} has a level with value ${level.value}; use whole numbers from 0 to ${largestValue}.`
    found.push(refusal('risk.level_value', message, facts, `${field}.value`))
  }
  const below = levels[i - 1]
  if (below !== undefined && !(below.value < level.value)) {
    const message = `${subject} lists ${level.value} after ${below.value}; list the levels from lowest to highest, each value once.`
    found.push(refusal('risk.level_order', message, { ...facts, after: below.value }, `${field}.value`))
  }
  if (blank(level.name)) {
    const message = `${subject} has no name for level ${level.value}; name it.`
    found.push(refusal('risk.level_name', message, facts, `${field}.name`))
  } else if (levels.findIndex((other) => other.name.trim() === level.name.trim()) < i) {
    const message = `${subject} names two levels “${level.name}”; give each its own name.`
    found.push(refusal('risk.level_name', message, facts, `${field}.name`))
  }
  if (rules.definitions && blank(level.definition)) {
    const message = `${subject} does not define level ${level.value}; say what makes a person choose it.`
    found.push(refusal('risk.level_undefined', message, facts, `${field}.definition`))
  }
  return found
}

function checkDimensions(dimensions: readonly Dimension[], rules: ScaleRules): Refusal[] {
  const first = dimensions[0]
  if (first === undefined) {
    const message = 'The method has no consequence dimension; add at least one, such as financial or legal.'
    return [refusal('risk.no_dimension', message, {}, 'dimensions')]
  }
  return dimensions.flatMap((dimension, i) => {
    const field = `dimensions.${i}`
    const found = checkLevels(
      `Dimension ${dimension.name || dimension.key}`,
      dimension.levels,
      `${field}.levels`,
      rules,
    )
    found.push(...checkDimensionName(dimensions, i, dimension, field))
    if (dimension.levels.length !== first.levels.length || scaleText(dimension.levels) !== scaleText(first.levels)) {
      found.push(
        refusal(
          'risk.dimension_scale',
          `Dimension ${dimension.name} has the levels ${scaleText(dimension.levels)} and ${first.name} has ${scaleText(first.levels)}; all dimensions need the same levels, or their maximum means nothing.`,
          { dimension: dimension.key },
          `${field}.levels`,
        ),
      )
    }
    return found
  })
}

function checkDimensionName(all: readonly Dimension[], i: number, dimension: Dimension, field: string): Refusal[] {
  const found: Refusal[] = []
  const facts = { dimension: dimension.key }
  if (!/^[a-z][a-zA-Z0-9]{0,39}$/.test(dimension.key) || reservedDimensionKeys.includes(dimension.key)) {
    const message = `Dimension key “${dimension.key}” cannot be used; take letters and digits starting with a small letter, but not ${listOf(reservedDimensionKeys)}.`
    found.push(refusal('risk.dimension_key', message, facts, `${field}.key`))
  }
  if (all.findIndex((other) => other.key === dimension.key) < i) {
    const message = `Two dimensions have the key “${dimension.key}”; give each its own.`
    found.push(refusal('risk.dimension_key', message, facts, `${field}.key`))
  }
  if (blank(dimension.name)) {
    const message = `Dimension “${dimension.key}” has no name; name it.`
    found.push(refusal('risk.dimension_name', message, facts, `${field}.name`))
  } else if (all.findIndex((other) => other.name.trim() === dimension.name.trim()) < i) {
    const message = `Two dimensions are named “${dimension.name}”; give each its own name.`
    found.push(refusal('risk.dimension_name', message, facts, `${field}.name`))
  }
  return found
}
