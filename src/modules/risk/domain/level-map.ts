import { type Change, changed, created, type RecordRow } from '#kernel/change.ts'
import type { Id } from '#kernel/id.ts'
import { ok, type Refusal, type Result } from '#kernel/result.ts'
import type { Instant } from '#kernel/time.ts'
import type { At, ImportingAt } from './acting.ts'
import { consequenceLevels, type Level, positionOf, type RiskMethod, scaleText } from './method.ts'
import { recordTypes } from './record-types.ts'
import { refusal, refuseStep, stop } from './refusals.ts'

/** One level of the old scale and what it means on the new one. */
export interface LevelPair {
  readonly from: number
  readonly to: number
}

/** Which new dimension an old one becomes, and its levels. Several old dimensions may become one; the higher level counts. */
export interface DimensionMap {
  readonly from: string
  readonly to: string
  readonly levels: readonly LevelPair[]
}

export interface LevelMapContent {
  readonly likelihood: readonly LevelPair[]
  readonly dimensions: readonly DimensionMap[]
  /** For scores with a single overall consequence. */
  readonly overall: readonly LevelPair[]
}

export const levelMapStatuses = ['draft', 'approved', 'withdrawn'] as const
export type LevelMapStatus = (typeof levelMapStatuses)[number]
export type LevelMapStep = 'edit' | 'approve' | 'withdraw'

export const levelMapSteps = {
  draft: ['edit', 'approve', 'withdraw'],
  approved: ['withdraw'],
  withdrawn: [],
} as const satisfies Record<LevelMapStatus, readonly LevelMapStep[]>

/**
 * A translation of levels between two method versions, written down and approved by a person.
 * Levels mean what their definitions say, so there is no formula: a level that is not listed cannot be converted.
 */
export interface LevelMap extends RecordRow, LevelMapContent {
  readonly id: Id<'riskLevelMap'>
  readonly fromMethodId: Id<'riskMethod'>
  readonly toMethodId: Id<'riskMethod'>
  readonly status: LevelMapStatus
  readonly approvedBy: Id<'person'> | null
  readonly approvedAt: Instant | null
  readonly withdrawnAt: Instant | null
}

/** Everything wrong with a map: levels that do not exist, a level mapped twice, a higher level that becomes a lower one. */
export function validateLevelMap(map: LevelMapContent, from: RiskMethod, to: RiskMethod): Refusal[] {
  const likelihood = { from: from.likelihood, to: to.likelihood }
  const overall = { from: consequenceLevels(from), to: consequenceLevels(to) }
  return [
    ...checkPairs('Likelihood', map.likelihood, likelihood, from, to, 'likelihood'),
    ...checkPairs('Overall consequence', map.overall, overall, from, to, 'overall'),
    ...map.dimensions.flatMap((dimension, i) => checkDimensionMap(map, dimension, i, from, to)),
  ]
}

function checkDimensionMap(map: LevelMapContent, dimension: DimensionMap, i: number, from: RiskMethod, to: RiskMethod) {
  const field = `dimensions.${i}`
  const source = from.dimensions.find((candidate) => candidate.key === dimension.from)
  const target = to.dimensions.find((candidate) => candidate.key === dimension.to)
  if (source === undefined || target === undefined) {
    const [key, method] = source === undefined ? [dimension.from, from.name] : [dimension.to, to.name]
    const message = `The level map names the dimension “${key}”, which method ${method} does not have.`
    return [refusal('risk.map_dimension', message, { dimension: key, method }, field)]
  }
  const found = checkPairs(source.name, dimension.levels, { from: source.levels, to: target.levels }, from, to, field)
  if (map.dimensions.findIndex((other) => other.from === dimension.from) < i) {
    const message = `The level map lists dimension ${source.name} twice; keep one of the lines.`
    found.push(refusal('risk.map_dimension', message, { dimension: dimension.from }, field))
  }
  return found
}

function checkPairs(
  subject: string,
  pairs: readonly LevelPair[],
  scales: { readonly from: readonly Level[]; readonly to: readonly Level[] },
  from: RiskMethod,
  to: RiskMethod,
  field: string,
): Refusal[] {
  const found: Refusal[] = []
  pairs.forEach((pair, i) => {
    for (const [value, levels, method] of [
      [pair.from, scales.from, from.name] as const,
      [pair.to, scales.to, to.name] as const,
    ]) {
      if (positionOf(levels, value) >= 0) continue
      const message = `The level map uses ${subject} ${value}, which is not on the scale ${scaleText(levels)} of method ${method}.`
      found.push(refusal('risk.map_off_scale', message, { value, method }, `${field}.${i}`))
    }
    if (pairs.findIndex((other) => other.from === pair.from) < i) {
      const message = `The level map gives ${subject} ${pair.from} two meanings; keep one.`
      found.push(refusal('risk.map_twice', message, { value: pair.from }, `${field}.${i}`))
    }
    const crossing = pairs.find((other) => other.from < pair.from && other.to > pair.to)
    if (crossing !== undefined) {
      const message = `The level map turns ${subject} ${crossing.from} into ${crossing.to} but the higher ${pair.from} into ${pair.to}; a higher level must not become a lower one.`
      found.push(refusal('risk.map_crosses', message, { lower: crossing.from, higher: pair.from }, `${field}.${i}`))
    }
  })
  return found
}

/** A draft map from one method version to another. */
export function draftLevelMap(
  content: LevelMapContent,
  from: RiskMethod,
  to: RiskMethod,
  at: ImportingAt,
): Change<LevelMap> {
  const row: LevelMap = {
    id: at.mint<'riskLevelMap'>(),
    orgId: at.orgId,
    version: 1,
    fromMethodId: from.id,
    toMethodId: to.id,
    likelihood: content.likelihood,
    dimensions: content.dimensions,
    overall: content.overall,
    status: 'draft',
    approvedBy: null,
    approvedAt: null,
    withdrawnAt: null,
  }
  return created(recordTypes.levelMap, row, 'risk.level_map_drafted')
}

/** Changes the pairs of a draft. Refused once approved: trends and conversions stand on it. */
export function editLevelMap(map: LevelMap, patch: Partial<LevelMapContent>): Result<Change<LevelMap>> {
  const refused = refuseStep(levelMapSteps, map.status, 'edit', 'risk.level_map_step', 'The level map')
  return refused ? stop(refused) : ok(changed(recordTypes.levelMap, map, patch, 'risk.level_map_edited'))
}

/** Approves a map; only approved maps convert. Refused: not a draft, between other versions, or with a line that is wrong. */
export function approveLevelMap(
  map: LevelMap,
  from: RiskMethod,
  to: RiskMethod,
  at: ImportingAt,
): Result<Change<LevelMap>> {
  const refused = refuseStep(levelMapSteps, map.status, 'approve', 'risk.level_map_step', 'The level map')
  if (refused) return stop(refused)
  if (map.fromMethodId !== from.id || map.toMethodId !== to.id) {
    const message = `The level map is not between ${from.name} and ${to.name}; open the one that is.`
    return stop(refusal('risk.map_other_method', message, { from: from.name, to: to.name }))
  }
  const wrong = validateLevelMap(map, from, to)[0]
  if (wrong !== undefined) return stop(wrong)
  const patch = { status: 'approved', approvedBy: at.by.personId, approvedAt: at.now } as const
  return ok(changed(recordTypes.levelMap, map, patch, 'risk.level_map_approved'))
}

/** Takes a map out of use; what was converted with it stays as it is. */
export function withdrawLevelMap(map: LevelMap, reason: string, at: At): Result<Change<LevelMap>> {
  const refused = refuseStep(levelMapSteps, map.status, 'withdraw', 'risk.level_map_step', 'The level map')
  if (refused) return stop(refused)
  const patch = { status: 'withdrawn', withdrawnAt: at.now } as const
  return ok(changed(recordTypes.levelMap, map, patch, 'risk.level_map_withdrawn', reason))
}
