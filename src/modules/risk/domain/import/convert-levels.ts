import { readNumber } from '#kernel/import/numbers.ts'
import type { RowReader } from '#kernel/import/row-reader.ts'
import { fold } from '#kernel/import/text.ts'
import type { ImportContext, ImportMethod, Mapping, Stage } from '#kernel/import.ts'
import { ownValue } from '#kernel/own-value.ts'
import { decisiveImpact, type ImportedScores, type OriginalLevels, type OriginalStages } from './original-levels.ts'
import type { HeadingStage } from './risk-heading.ts'
import { figureOf } from './risk-scales.ts'

/** Scores under the organization's method; a stage the file does not state, or that cannot be converted yet, is null. */
export type ConvertedStages = Readonly<Record<Stage, ImportedScores | null>>

/** Which stage of the product each stage of the file is; null while nobody has said. */
export function stageMeanings(mapping: Mapping): Readonly<Record<HeadingStage, Stage | null>> {
  return {
    assessed: mapping.options.assessedMeans,
    inherent: 'inherent',
    current: 'current',
    residual: mapping.residualMeans,
    target: 'target',
  }
}

/**
 * Converts what a row states into levels of the method, by the level maps alone. A product score or a level by itself
 * says neither likelihood nor impact, so such a stage stays unscored; a single impact stays overall.
 */
export function convertStages(
  reader: RowReader,
  originals: OriginalStages,
  scoreRule: 'product' | 'sum' | null,
  context: ImportContext,
): ConvertedStages {
  const meanings = stageMeanings(reader.mapping)
  const converted: Record<Stage, ImportedScores | null> = { inherent: null, current: null, target: null }
  const filled = new Set<Stage>()
  for (const [stage, levels] of stagesOf(originals)) {
    checkArithmetic(reader, stage, levels, scoreRule)
    const meaning = meanings[stage]
    if (meaning === null) {
      reader.say('note', stage === 'residual' ? 'import.residual_open' : 'import.assessed_open', stage)
      continue
    }
    if (filled.has(meaning)) {
      reader.say('error', 'import.stage_twice', stage, { stage: meaning })
      continue
    }
    filled.add(meaning)
    if (!context.method) continue
    const scores = convertOne(reader, stage, levels, context.method)
    converted[meaning] = scores
    if (scores) compareLevel(reader, stage, levels, scores, context.method)
  }
  if (filled.size > 0 && !context.method) reader.say('note', 'import.no_method', null)
  if (context.method) refuseWorseTarget(reader, converted, context.method)
  return converted
}

const stagesOf = (originals: OriginalStages): [HeadingStage, OriginalLevels][] =>
  (['assessed', 'inherent', 'current', 'residual', 'target'] as const).flatMap((stage) => {
    const levels = originals[stage]
    return levels ? [[stage, levels] as [HeadingStage, OriginalLevels]] : []
  })

function convertOne(
  reader: RowReader,
  stage: HeadingStage,
  levels: OriginalLevels,
  method: ImportMethod,
): ImportedScores | null {
  const impacts = Object.entries(levels.impacts)
  if (levels.likelihood === null && levels.impact === null && impacts.length === 0) {
    if (levels.score !== null) reader.say('note', 'import.only_score', `${stage}.score`, { text: levels.score })
    else reader.say('note', 'import.only_level', `${stage}.level`, { text: levels.level ?? '' })
    return null
  }
  if (levels.likelihood === null || (levels.impact === null && impacts.length === 0)) {
    reader.say('warning', levels.likelihood === null ? 'import.no_likelihood' : 'import.no_impact', stage)
    return null
  }
  const likelihood = levelFor(reader, 'likelihood', `${stage}.likelihood`, levels.likelihood, method)
  const consequences: Record<string, number> = {}
  let open = false
  for (const [dimension, text] of impacts) {
    const target = ownValue(reader.mapping.options.dimensions, dimension) ?? null
    if (target === null) continue
    const level = levelFor(reader, `impact.${dimension}`, `${stage}.impact.${dimension}`, text, method)
    if (level === null) open = true
    else consequences[target] = Math.max(ownValue(consequences, target) ?? level, level)
  }
  if (Object.keys(consequences).length === 0 && !open) {
    const overall = levels.impact ?? highestImpact(levels)
    const level = overall === null ? null : levelFor(reader, 'impact', `${stage}.impact`, overall, method)
    if (level === null) open = true
    else consequences['overall'] = level
  }
  return likelihood === null || open ? null : { likelihood, consequences }
}

/** Dimensions the method does not have still have a highest level; it is the impact as a whole. */
function highestImpact(levels: OriginalLevels): string | null {
  let best: { text: string; value: number } | null = null
  for (const text of Object.values(levels.impacts)) {
    const value = figureOf(text)
    if (value !== null && (!best || value > best.value)) best = { text, value }
  }
  return best?.text ?? null
}

function levelFor(reader: RowReader, scale: string, field: string, text: string, method: ImportMethod): number | null {
  const general = scale.startsWith('impact.') ? 'impact' : scale
  for (const name of [scale, general]) {
    const map = ownValue(reader.mapping.levelMaps, name)
    if (!map) continue
    const found = lookUp(map, text)
    if (found === undefined) continue
    if (found === null)
      reader.say('note', 'import.level_open', field, { text, column: reader.headingOf(field), method: method.name })
    return found === null
      ? null
      : onScale(
          reader,
          field,
          found,
          name === 'likelihood' ? method.likelihood : (method.dimensions[0]?.levels ?? []),
          method,
        )
  }
  const map = ownValue(reader.mapping.levelMaps, general)
  if (!map)
    reader.say('note', 'import.level_open', field, { text, column: reader.headingOf(field), method: method.name })
  else reader.say('error', 'import.off_scale', field, { text, column: reader.headingOf(field), scale: scaleText(map) })
  return null
}

function onScale(
  reader: RowReader,
  field: string,
  value: number,
  levels: ImportMethod['likelihood'],
  method: ImportMethod,
): number | null {
  if (levels.some((level) => level.value === value)) return value
  reader.say('error', 'import.off_method_scale', field, {
    value,
    scale: `${levels[0]?.value ?? 1}–${levels.at(-1)?.value ?? 1}`,
    method: method.name,
  })
  return null
}

/** By the text as it stands, its folded form, or the figure in it. */
export function lookUp(map: Readonly<Record<string, number | null>>, text: string): number | null | undefined {
  const exact = ownValue(map, text)
  if (exact !== undefined) return exact
  const figure = figureOf(text)
  for (const [key, value] of Object.entries(map)) {
    if (fold(key) === fold(text) || (figure !== null && figureOf(key) === figure)) return value
  }
  return undefined
}

/** The file's scale as people say it: `1–5`, or its words. */
function scaleText(map: Readonly<Record<string, number | null>>): string {
  const keys = Object.keys(map)
  const figures = keys.flatMap((key) => figureOf(key) ?? [])
  return figures.length === keys.length && figures.length > 1
    ? `${Math.min(...figures)}–${Math.max(...figures)}`
    : keys.join(', ')
}

/** Sums that do not come out in the file itself: a maximum that is not the highest, a score that is not the product. */
function checkArithmetic(
  reader: RowReader,
  stage: HeadingStage,
  levels: OriginalLevels,
  rule: 'product' | 'sum' | null,
): void {
  const values = Object.values(levels.impacts).flatMap((text) => figureOf(text) ?? [])
  const stated = levels.impact === null ? null : figureOf(levels.impact)
  if (values.length > 0 && stated !== null && stated !== Math.max(...values)) {
    reader.say('warning', 'import.maximum_deviates', `${stage}.impact`, { stated, computed: Math.max(...values) })
  }
  const likelihood = levels.likelihood === null ? null : figureOf(levels.likelihood)
  const impact = decisiveImpact(levels)
  const score = levels.score === null ? null : readNumber({ text: levels.score })
  if (rule === null || likelihood === null || impact === null || score === null) return
  const expected = rule === 'product' ? likelihood * impact : likelihood + impact
  if (expected === score) return
  reader.say('warning', rule === 'product' ? 'import.product_deviates' : 'import.sum_deviates', `${stage}.score`, {
    stated: score,
    likelihood,
    impact,
    computed: expected,
  })
}

/** The overall impact of scores under a method: the highest dimension (a mean would hide one severe consequence). */
const overallOf = (scores: ImportedScores): number => Math.max(...Object.values(scores.consequences))

/** The level the file states against the one the method gives: a difference is shown, not refused. */
function compareLevel(
  reader: RowReader,
  stage: HeadingStage,
  levels: OriginalLevels,
  scores: ImportedScores,
  method: ImportMethod,
): void {
  if (levels.level === null) return
  const computed = method.levelOf(scores.likelihood, overallOf(scores))
  const field = `${stage}.level`
  const stated = reader.mapped(field, levels.level) ?? null
  const byName = stated ?? method.bands.find((band) => fold(band.name) === fold(levels.level ?? ''))?.key ?? null
  if (computed === null || byName === computed.key) return
  reader.say('warning', byName === null ? 'import.level_foreign' : 'import.level_deviates', field, {
    stated: levels.level,
    method: method.name,
    computed: computed.name,
    likelihood: scores.likelihood,
    impact: overallOf(scores),
  })
}

/** Treatment cannot make a risk worse as a whole. */
function refuseWorseTarget(reader: RowReader, stages: ConvertedStages, method: ImportMethod): void {
  const { current, target } = stages
  if (!current || !target) return
  const [nowImpact, thenImpact] = [overallOf(current), overallOf(target)]
  const rank = (scores: ImportedScores, impact: number): number =>
    method.bands.findIndex((band) => band.key === method.levelOf(scores.likelihood, impact)?.key)
  const higherLevel = rank(target, thenImpact) > rank(current, nowImpact)
  const higherBoth =
    target.likelihood >= current.likelihood &&
    thenImpact >= nowImpact &&
    target.likelihood + thenImpact > current.likelihood + nowImpact
  if (!higherLevel && !higherBoth) return
  reader.say('error', 'import.target_above_current', 'target', {
    targetLikelihood: target.likelihood,
    targetImpact: thenImpact,
    likelihood: current.likelihood,
    impact: nowImpact,
  })
}
