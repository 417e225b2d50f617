import { fold, isNothing, isPlaceholder, tidy } from '#kernel/import/text.ts'
import type { ColumnRef, ImportLevel, Mapping, Table } from '#kernel/import.ts'

/** A level as the file writes it: the figure, or the place of the word on the scale of words it belongs to. */
export interface FileLevel {
  readonly text: string
  /** Null when the word belongs to no scale known. */
  readonly value: number | null
}

/** A scale as found in a file. */
export interface FileScale {
  /** `likelihood`, `impact` or `impact.<dimension>`. */
  readonly name: string
  readonly levels: readonly FileLevel[]
  /** Number of levels, when the heading states it, the words show it, or the top of the scale cannot be missed. */
  readonly size: number | null
  readonly knownBy: 'heading' | 'words' | 'values' | null
}

// Scales of words, lowest first; the first that has every word of the file is the file's.
const wordScales: readonly (readonly (readonly string[])[])[] = [
  [
    ['low', 'niedrig', 'gering'],
    ['medium', 'mittel', 'moderate', 'normal'],
    ['high', 'hoch'],
  ],
  [
    ['low', 'niedrig', 'gering'],
    ['medium', 'mittel', 'moderate', 'normal'],
    ['high', 'hoch'],
    ['very high', 'sehr hoch', 'critical', 'kritisch', 'severe', 'extreme'],
  ],
  [
    [
      'very low',
      'sehr niedrig',
      'sehr gering',
      'minimal',
      'negligible',
      'vernachlaessigbar',
      'unbedeutend',
      'insignificant',
    ],
    ['low', 'niedrig', 'gering', 'minor', 'begrenzt'],
    ['medium', 'mittel', 'moderate', 'normal', 'spuerbar'],
    ['high', 'hoch', 'major', 'betraechtlich', 'erheblich', 'significant'],
    [
      'very high',
      'sehr hoch',
      'critical',
      'kritisch',
      'severe',
      'extreme',
      'catastrophic',
      'katastrophal',
      'existenzbedrohend',
      'schwerwiegend',
    ],
  ],
  [
    ['rare', 'selten', 'remote', 'very unlikely', 'sehr unwahrscheinlich', 'improbable'],
    ['unlikely', 'unwahrscheinlich'],
    ['possible', 'moeglich', 'moderate', 'mittel', 'occasional', 'gelegentlich'],
    ['likely', 'wahrscheinlich', 'probable'],
    [
      'almost certain',
      'fast sicher',
      'very likely',
      'sehr wahrscheinlich',
      'frequent',
      'certain',
      'sicher',
      'nahezu sicher',
      'sehr haeufig',
    ],
  ],
]

/** The figure in `4`, `4.0`, `4 - High`, `High (4)`; null when there is none. */
export function figureOf(text: string): number | null {
  const m = /^\s*(\d{1,3})(?:[.,]0+)?\s*(?:$|[-–—:=.)]?\s*[\p{L}(])/u.exec(text) ?? /\((\d{1,3})\)\s*$/u.exec(text)
  return m ? Number(m[1]) : null
}

const wordOf = (text: string): string => fold(text.replace(/\d+/gu, ' '))

/** The size a heading states: “Likelihood (1-5)”, “Impact 1 – 4”, “(0..3)”. */
function statedSize(header: string): number | null {
  const m = /(?:^|[\s([])([01])\s*(?:[-–—]|\.\.\.?|to|bis)\s*(\d{1,2})(?:$|[\s)\]])/u.exec(header)
  const size = m ? Number(m[2]) - Number(m[1]) + 1 : null
  return size !== null && size >= 2 && size <= 10 ? size : null
}

/** The columns that share a scale: all likelihoods; all impacts, or those of one dimension. */
function scaleColumns(mapping: Mapping, scale: string): ColumnRef[] {
  const [measure, dimension] = scale.split('.')
  return Object.entries(mapping.columns).flatMap(([field, refs]) => {
    const [, fieldMeasure, fieldDimension] = field.split('.')
    const same =
      fieldMeasure === measure && (measure !== 'impact' || dimension === undefined || fieldDimension === dimension)
    return same ? [...refs] : []
  })
}

/** Looks at every value of the columns that share a scale and says which scale it is, without guessing what is not there. */
export function fileScale(table: Table, mapping: Mapping, name: string): FileScale {
  const columns = scaleColumns(mapping, name)
  const texts = new Set<string>()
  for (const row of table.rows) {
    if (row.skip && mapping.rows[String(row.line)]?.skip !== false) continue
    for (const column of columns) {
      const text = tidy(row.cells[column.index]?.text ?? '')
      if (!isNothing(text) && !isPlaceholder(text)) texts.add(text)
    }
  }
  const list = [...texts].slice(0, 200)
  const figures = list.map(figureOf)
  if (figures.every((figure) => figure !== null)) {
    const levels = list.map((text) => ({ text, value: figureOf(text) })).sort((a, b) => (a.value ?? 0) - (b.value ?? 0))
    const stated = columns.flatMap((column) => statedSize(column.header) ?? [])
    if (stated[0] !== undefined) {
      const lowest = levels[0]?.value === 0 ? 0 : 1
      // What is beyond the scale the file states is no level of it.
      const within = levels.filter(({ value }) => value !== null && value < lowest + (stated[0] ?? 0))
      return { name, levels: within, size: stated[0], knownBy: 'heading' }
    }
    const distinct = new Set(figures)
    const highest = Math.max(0, ...distinct)
    // Every figure from 1 to the highest occurs, and five is where most scales end: less may be the lower part of a longer one.
    const complete =
      highest >= 5 && Array.from({ length: highest }, (_, i) => i + 1).every((value) => distinct.has(value))
    return { name, levels, size: complete ? highest : null, knownBy: complete ? 'values' : null }
  }
  const words = new Set(list.map(wordOf))
  const scale = wordScales.find((levels) => [...words].every((word) => levels.some((level) => level.includes(word))))
  const place = (text: string): number | null => {
    const at = scale?.findIndex((level) => level.includes(wordOf(text))) ?? -1
    return at < 0 ? null : at + 1
  }
  const levels = list
    .map((text) => ({ text, value: place(text) }))
    .sort((a, b) => (a.value ?? 99) - (b.value ?? 99) || (a.text < b.text ? -1 : 1))
  // Three words of a longer scale look like a scale of three: only the highest word settles it.
  const known = scale !== undefined && levels.at(-1)?.value === scale.length && scale.length > 3
  const whole = scale !== undefined && new Set(levels.map((level) => level.value)).size === scale.length
  return {
    name,
    levels,
    size: known || whole ? (scale?.length ?? null) : null,
    knownBy: known || whole ? 'words' : null,
  }
}

export interface LevelProposal {
  readonly map: Readonly<Record<string, number | null>>
  readonly basis: 'names' | 'equalSize' | null
}

/**
 * Proposes which level of the method each level of the file is: by name where all names agree, one to one where both
 * scales have the same number of levels. Otherwise nothing: scales of different size are never stretched.
 */
export function proposeLevels(scale: FileScale, method: readonly ImportLevel[]): LevelProposal {
  const byName = new Map(method.map((level) => [fold(level.name), level.value]))
  const named = scale.levels.map(
    ({ text }) => [text, byName.get(wordOf(text)) ?? byName.get(fold(text)) ?? null] as const,
  )
  if (
    scale.levels.length > 0 &&
    named.every(([, value]) => value !== null) &&
    scale.levels.some(({ text }) => wordOf(text) !== '')
  ) {
    return { map: Object.fromEntries(named), basis: 'names' }
  }
  if (scale.size === method.length) {
    const lowest = Math.min(1, ...scale.levels.flatMap(({ value }) => value ?? []))
    const known: [string, number | null][] = []
    for (const { text, value } of scale.levels) {
      const level = value === null ? undefined : method[value - lowest]
      // A figure beyond the scale is left out, so that its rows are told instead of being bent to fit.
      if (level) known.push([text, level.value])
      else if (value === null) known.push([text, null])
    }
    // Levels that happen not to occur are mapped as well: the next file may have them.
    const figures = scale.levels.every(({ text }) => wordOf(text) === '')
    if (figures)
      for (const [i, level] of method.entries())
        if (!known.some(([text]) => figureOf(text) === lowest + i)) known.push([String(lowest + i), level.value])
    return { map: Object.fromEntries(known), basis: 'equalSize' }
  }
  const open: [string, null][] = scale.levels.map(({ text }) => [text, null])
  if (scale.knownBy === 'heading') {
    for (let value = 1; value <= (scale.size ?? 0); value++)
      if (!scale.levels.some((level) => level.value === value)) open.push([String(value), null])
  }
  return { map: Object.fromEntries(open), basis: null }
}
