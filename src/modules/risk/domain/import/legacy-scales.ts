import type { Mapping } from '#kernel/import.ts'
import { ownValue } from '#kernel/own-value.ts'
import type { ImportedScales } from '../legacy-method.ts'
import type { LevelMapContent, LevelPair } from '../level-map.ts'
import { consequenceLevels, type Level, type RiskMethod } from '../method.ts'
import { lookUp } from './convert-levels.ts'
import type { OriginalLevel, OriginalScales } from './original-levels.ts'

const longestName = 80

/**
 * A file's scales as its legacy method version keeps them. Bands are left open: where one ends is not stated in a
 * register. A file without scales (only products, or nothing) gets one of a single step that stands for “not stated”.
 */
export function legacyScales(name: string, { likelihood, dimensions, overall }: OriginalScales): ImportedScales {
  const impact = dimensions.length > 0 ? (dimensions[0]?.levels ?? []) : (overall ?? [])
  if (likelihood.length === 0 || impact.length === 0) return unscaled(name)
  return {
    name,
    likelihood: likelihood.map(levelOf),
    dimensions: dimensions.map((dimension) => ({ ...dimension, levels: dimension.levels.map(levelOf) })),
    overallImpact: overall?.map(levelOf) ?? null,
    bands: null,
  }
}

/** A scale of one step, for files whose scales cannot be kept. */
export function unscaled(name: string): ImportedScales {
  const notStated: Level = { value: 0, name: 'not stated', definition: 'The file states no scale that could be kept.' }
  return { name, likelihood: [notStated], dimensions: [], overallImpact: [notStated], bands: null }
}

// Values tell levels apart; words alone may be the same when they are cut.
function levelOf({ value, name }: OriginalLevel): Level {
  const short = name.length > longestName ? `${name.slice(0, longestName - 10).toWellFormed()} … (${value})` : name
  return { value, name: short.replace(/\s+/gu, ' ').trim() || String(value), definition: '' }
}

/** What a mapping says about levels, as a map from the file's scales to those of a method; levels nobody mapped are left out. */
export function levelMapContent(mapping: Mapping, legacy: RiskMethod): LevelMapContent {
  const pairs = (scale: string, levels: readonly Level[]): LevelPair[] => {
    const map = ownValue(mapping.levelMaps, scale) ?? ownValue(mapping.levelMaps, scale.split('.')[0] ?? '')
    if (!map) return []
    return levels.flatMap(({ value, name }): LevelPair[] => {
      const to = lookUp(map, name) ?? lookUp(map, String(value))
      return typeof to === 'number' ? [{ from: value, to }] : []
    })
  }
  return {
    likelihood: pairs('likelihood', legacy.likelihood),
    dimensions: legacy.dimensions.flatMap(({ key, levels }) => {
      const to = ownValue(mapping.options.dimensions, key)
      const own = to ? pairs(`impact.${key}`, levels) : []
      return to && own.length > 0 ? [{ from: key, to, levels: own }] : []
    }),
    overall: pairs('impact', consequenceLevels(legacy)),
  }
}
