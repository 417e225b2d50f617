import { readNumber } from '#kernel/import/numbers.ts'
import type { RowReader } from '#kernel/import/row-reader.ts'
import { isNothing, tidy } from '#kernel/import/text.ts'
import type { Mapping, Table } from '#kernel/import.ts'
import { scalesOf } from './refine-risk.ts'
import { dimensionName, type HeadingStage, headingStages } from './risk-heading.ts'
import { type FileScale, figureOf, fileScale } from './risk-scales.ts'

/** Levels on some scale, in the shape risk scores have: per dimension, or one `overall`. */
export interface ImportedScores {
  readonly likelihood: number
  readonly consequences: Readonly<Record<string, number>>
}

/** What a file states about one stage of a risk, as it stands there. */
export interface OriginalLevels {
  readonly likelihood: string | null
  /** Per dimension of the file. */
  readonly impacts: Readonly<Record<string, string>>
  /** The impact as a whole: the only one, or the file's maximum over its dimensions. */
  readonly impact: string | null
  readonly score: string | null
  readonly level: string | null
  /** The same on the file's own scale, for its legacy method version; null when it is incomplete or its words have no order. */
  readonly scores: ImportedScores | null
}

/** Everything the file states, per stage it has columns for. */
export type OriginalStages = Partial<Readonly<Record<HeadingStage, OriginalLevels>>>

/** The file's own scales, from which its legacy method version is made. */
export interface OriginalScales {
  readonly likelihood: readonly OriginalLevel[]
  readonly dimensions: readonly {
    readonly key: string
    readonly name: string
    readonly levels: readonly OriginalLevel[]
  }[]
  /** Levels of a single impact column. */
  readonly overall: readonly OriginalLevel[] | null
  /** Risk levels the file names, with the lowest and highest score each occurs with. Where one ends is not stated in a register. */
  readonly levelsSeen: readonly { readonly name: string; readonly lowest: number; readonly highest: number }[]
  /** How the file's score follows from likelihood and impact, when nearly all rows agree. */
  readonly scoreRule: 'product' | 'sum' | null
}

export interface OriginalLevel {
  readonly value: number
  readonly name: string
}

const present = (text: string): string | null => {
  const clean = tidy(text)
  return isNothing(clean) ? null : clean
}

/** Per stage the file has columns for: which dimensions they rate. */
export type LevelFields = readonly { readonly stage: HeadingStage; readonly dimensions: readonly string[] }[]

/** The stages and dimensions a mapping has columns for; looked up once for all rows. */
export function levelFields(mapping: Mapping): LevelFields {
  return headingStages.flatMap((stage) => {
    const fields = Object.keys(mapping.columns).filter((field) => field.startsWith(`${stage}.`))
    if (fields.length === 0) return []
    const prefix = `${stage}.impact.`
    return [
      { stage, dimensions: fields.flatMap((field) => (field.startsWith(prefix) ? [field.slice(prefix.length)] : [])) },
    ]
  })
}

/** Reads the figures of one row, stage by stage, without converting anything. */
export function readOriginals(
  reader: RowReader,
  fields: LevelFields,
  scales: ReadonlyMap<string, FileScale>,
): OriginalStages {
  const stages: Partial<Record<HeadingStage, OriginalLevels>> = {}
  for (const { stage, dimensions } of fields) {
    const impacts: Record<string, string> = {}
    for (const dimension of dimensions) {
      const text = present(reader.cell(`${stage}.impact.${dimension}`).text)
      if (text !== null) impacts[dimension] = text
    }
    const cellOf = (measure: string): string | null => present(reader.cell(`${stage}.${measure}`).text)
    const levels = {
      likelihood: cellOf('likelihood'),
      impacts,
      impact: cellOf('impact'),
      score: cellOf('score'),
      level: cellOf('level'),
    }
    if (levels.likelihood ?? levels.impact ?? levels.score ?? levels.level ?? Object.keys(impacts)[0]) {
      stages[stage] = { ...levels, scores: originalScores(levels, scales) }
    }
  }
  return stages
}

function originalScores(
  levels: Omit<OriginalLevels, 'scores'>,
  scales: ReadonlyMap<string, FileScale>,
): ImportedScores | null {
  const valueOf = (scale: string, text: string | null): number | null => {
    if (text === null) return null
    const known = scales.get(scale)
    const level = known?.levels.find((candidate) => candidate.text === text)
    return level ? level.value : known?.size === null ? figureOf(text) : null
  }
  const likelihood = valueOf('likelihood', levels.likelihood)
  if (likelihood === null) return null
  const consequences: Record<string, number> = {}
  for (const [dimension, text] of Object.entries(levels.impacts)) {
    const value = valueOf('impact', text)
    if (value !== null) consequences[dimension] = value
  }
  if (Object.keys(consequences).length > 0) return { likelihood, consequences }
  const overall = valueOf('impact', levels.impact)
  return overall === null ? null : { likelihood, consequences: { overall } }
}

/** The file's scales by name, each looked at once. */
export function fileScales(table: Table, mapping: Mapping): ReadonlyMap<string, FileScale> {
  return new Map(scalesOf(mapping).map((name) => [name, fileScale(table, mapping, name)]))
}

/** The scale's levels without gaps where its length is known, else those that occur. */
function levelsOf(scale: FileScale | undefined): OriginalLevel[] {
  if (!scale) return []
  const names = new Map<number, string>()
  for (const { text, value } of scale.levels) if (value !== null && !names.has(value)) names.set(value, text)
  const lowest = Math.min(1, ...names.keys())
  for (let i = 0; i < (scale.size ?? 0); i++) if (!names.has(lowest + i)) names.set(lowest + i, String(lowest + i))
  return [...names].sort(([a], [b]) => a - b).map(([value, name]) => ({ value, name }))
}

/**
 * Describes the method behind a file as far as the file shows it: scales, dimensions, risk levels seen and how scores are
 * made. Thresholds between risk levels are not concluded from examples.
 */
export function describeOriginalScales(
  table: Table,
  mapping: Mapping,
  originals: readonly OriginalStages[],
): OriginalScales {
  const scales = fileScales(table, mapping)
  const impact = levelsOf(scales.get('impact'))
  const keys = new Set(
    Object.keys(mapping.columns).flatMap((field) =>
      field.split('.')[1] === 'impact' ? (field.split('.')[2] ?? []) : [],
    ),
  )
  const overall = Object.keys(mapping.columns).some((field) => field.endsWith('.impact'))
  return {
    likelihood: levelsOf(scales.get('likelihood')),
    dimensions: [...keys].sort().map((key) => ({ key, name: dimensionName(key), levels: impact })),
    overall: overall && keys.size === 0 ? impact : null,
    levelsSeen: levelsSeen(originals),
    scoreRule: scoreRule(originals),
  }
}

const numeric = (text: string | null): number | null => (text === null ? null : readNumber({ text }))

function levelsSeen(originals: readonly OriginalStages[]): OriginalScales['levelsSeen'] {
  const seen = new Map<string, { lowest: number; highest: number }>()
  for (const stages of originals) {
    for (const levels of Object.values(stages)) {
      const score = numeric(levels.score)
      if (levels.level === null || score === null) continue
      const known = seen.get(levels.level)
      seen.set(levels.level, {
        lowest: Math.min(known?.lowest ?? score, score),
        highest: Math.max(known?.highest ?? score, score),
      })
    }
  }
  return [...seen]
    .map(([name, range]) => ({ name, ...range }))
    .sort((a, b) => a.lowest - b.lowest || a.highest - b.highest)
}

/** The impact that counts for a score: the stated overall one, else the highest dimension. */
export function decisiveImpact(levels: OriginalLevels): number | null {
  const dimensions = Object.values(levels.impacts).flatMap((text) => figureOf(text) ?? [])
  const stated = levels.impact === null ? null : figureOf(levels.impact)
  return stated ?? (dimensions.length > 0 ? Math.max(...dimensions) : null)
}

/** Product or sum, when at least four in five of the stated scores follow it. */
export function scoreRule(originals: readonly OriginalStages[]): 'product' | 'sum' | null {
  let product = 0
  let sum = 0
  let all = 0
  for (const stages of originals) {
    for (const levels of Object.values(stages)) {
      const likelihood = levels.likelihood === null ? null : figureOf(levels.likelihood)
      const impact = decisiveImpact(levels)
      const score = numeric(levels.score)
      if (likelihood === null || impact === null || score === null) continue
      all++
      if (score === likelihood * impact) product++
      if (score === likelihood + impact) sum++
    }
  }
  if (all === 0) return null
  if (product >= all * 0.8) return 'product'
  return sum >= all * 0.8 ? 'sum' : null
}
