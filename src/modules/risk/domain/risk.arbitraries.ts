import fc from 'fast-check'
import { newMethod } from './draft-method.ts'
import type { Band, Level, MethodContent, RiskMethod } from './method.ts'
import { at } from './risk.fixtures.ts'
import type { Scores } from './scores.ts'

/** Generators for property tests: methods of every shape that passes validation, and scores on their scales. */

const keys = ['financial', 'operational', 'legal', 'safety'] as const
const tokens = ['green', 'yellow', 'orange', 'red', 'violet'] as const

const scale = (count: number, first: number, step: number): Level[] =>
  Array.from({ length: count }, (_, i) => ({
    value: first + i * step,
    name: `Level ${i + 1}`,
    definition: `What makes it level ${i + 1}.`,
  }))

interface Shape {
  readonly likelihood: number
  readonly consequence: number
  readonly first: number
  readonly step: number
  readonly dimensions: number
  readonly bands: number
  readonly raw: readonly number[]
  readonly cuts: readonly number[]
  readonly strict: readonly number[]
  readonly threshold: number
  readonly mode: 'matrix' | 'product'
}

const shapes: fc.Arbitrary<Shape> = fc.record({
  likelihood: fc.integer({ min: 3, max: 10 }),
  consequence: fc.integer({ min: 3, max: 10 }),
  first: fc.constantFrom(0, 1),
  step: fc.constantFrom(1, 1, 2),
  dimensions: fc.integer({ min: 1, max: 4 }),
  bands: fc.integer({ min: 2, max: 5 }),
  raw: fc.array(fc.nat(99), { minLength: 100, maxLength: 100 }),
  cuts: fc.array(fc.nat(999), { minLength: 4, maxLength: 4 }),
  strict: fc.array(fc.nat(9), { minLength: 4, maxLength: 4 }),
  threshold: fc.nat(9),
  mode: fc.constantFrom('matrix', 'product'),
})

/** A method content that `validateMethod` accepts. */
export const methodContents: fc.Arbitrary<MethodContent> = shapes.map(contentOfShape)

export const methods: fc.Arbitrary<RiskMethod> = methodContents.map((content) => ({
  ...newMethod(content, 1, null, at()),
  status: 'approved',
}))

function contentOfShape(shape: Shape): MethodContent {
  const likelihood = scale(shape.likelihood, shape.first, shape.step)
  const consequence = scale(shape.consequence, shape.first, shape.step)
  const highest = (likelihood.at(-1)?.value ?? 0) * (consequence.at(-1)?.value ?? 0)
  const lowest = shape.first * shape.first
  const bands = makeBands(shape, lowest, highest)
  const threshold = shape.threshold % (bands.length - 1)
  const key = (i: number): string => bands[i]?.key ?? 'band0'
  return {
    name: 'Generated',
    likelihood,
    dimensions: keys.slice(0, shape.dimensions).map((dimension, i) => {
      const strict = shape.strict[i] ?? 9
      return {
        key: dimension,
        name: dimension.toUpperCase(),
        levels: consequence,
        acceptUpTo: strict <= threshold ? key(strict) : null,
      }
    }),
    combination: 'maximum',
    aggregate: shape.mode === 'product' ? { mode: 'product' } : { mode: 'matrix', cells: makeCells(shape, bands) },
    bands,
    acceptUpTo: key(threshold),
    acceptanceAuthority: [
      { upTo: key(threshold), also: [] },
      { upTo: key(bands.length - 1), also: ['topManagement'] },
    ],
    planAuthority: [],
    intervalMonths: 12,
    triggers: ['A severe incident'],
    validityMonths: 12,
  }
}

function makeBands(shape: Shape, lowest: number, highest: number): Band[] {
  // Distinct cut points inside the range of products, so that bands neither overlap nor leave a gap.
  const cuts = new Set(shape.cuts.slice(0, shape.bands - 1).map((cut) => lowest + (cut % (highest - lowest))))
  const ends = [...cuts].sort((a, b) => a - b).concat(highest)
  return ends.map((to, i) => ({
    key: `band${i}`,
    name: `Band ${i}`,
    token: tokens[i] ?? 'gray',
    from: shape.mode === 'product' ? (i === 0 ? lowest : (ends[i - 1] ?? 0) + 1) : null,
    to: shape.mode === 'product' ? to : null,
  }))
}

function makeCells(shape: Shape, bands: readonly Band[]): string[][] {
  const cells: number[][] = []
  for (let row = 0; row < shape.likelihood; row++) {
    const line: number[] = []
    for (let column = 0; column < shape.consequence; column++) {
      // Mostly small steps over the neighbours, so that all bands occur.
      const step = (shape.raw[row * 10 + column] ?? 0) % 4 === 0 ? 1 : 0
      const below = Math.max(cells[row - 1]?.[column] ?? 0, line[column - 1] ?? 0)
      line.push(Math.min(bands.length - 1, below + step))
    }
    cells.push(line)
  }
  return cells.map((line) => line.map((index) => bands[index]?.key ?? 'band0'))
}

/** Complete scores on the scales of a method. */
export function scoresOn(method: MethodContent): fc.Arbitrary<Scores> {
  const values = (levels: readonly Level[]): fc.Arbitrary<number> =>
    fc.constantFrom(...levels.map((level) => level.value))
  const byDimension = method.dimensions.map((dimension) =>
    values(dimension.levels).map((value) => [dimension.key, value] as const),
  )
  return fc
    .tuple(values(method.likelihood), fc.tuple(...byDimension))
    .map(([likelihood, entries]) => ({ likelihood, consequences: Object.fromEntries(entries) }))
}

/** As `scoresOn`, or with one overall consequence. */
export const anyScoresOn = (method: MethodContent): fc.Arbitrary<Scores> =>
  scoresOn(method).chain((scores) => {
    const highest = Math.max(...Object.values(scores.consequences))
    return fc.constantFrom<Scores>(scores, { likelihood: scores.likelihood, consequences: { overall: highest } })
  })

/** Scores with one value raised to a higher or equal level. */
export function raised(method: MethodContent, scores: Scores): fc.Arbitrary<Scores> {
  return scoresOn(method).map((other) => {
    const entries = Object.entries(scores.consequences).map(([key, value]) => {
      const raisedTo = Object.entries(other.consequences).find(([name]) => name === key)?.[1] ?? value
      return [key, Math.max(value, raisedTo)] as const
    })
    const likelihood = Math.max(scores.likelihood, other.likelihood)
    return { likelihood, consequences: Object.fromEntries(entries) }
  })
}
