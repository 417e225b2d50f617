import {
  type AuthorityStep,
  type Band,
  bandTokens,
  type Dimension,
  type Level,
  type MethodContent,
} from '../domain/method.ts'

/** Edits of a draft that keep its parts in step: the matrix has a row per likelihood level and a column per consequence level. */

const nextValue = (levels: readonly Level[]): number => (levels.at(-1)?.value ?? 0) + 1

const cellsOf = (method: MethodContent): readonly (readonly string[])[] | null =>
  method.aggregate.mode === 'matrix' ? method.aggregate.cells : null

const withCells = (method: MethodContent, cells: readonly (readonly string[])[] | null): MethodContent =>
  cells === null ? method : { ...method, aggregate: { mode: 'matrix', cells } }

/** One more likelihood level on top; its matrix row begins as a copy of the highest one. */
export function addLikelihood(method: MethodContent): MethodContent {
  const likelihood = [...method.likelihood, { value: nextValue(method.likelihood), name: '', definition: '' }]
  const cells = cellsOf(method)
  return withCells({ ...method, likelihood }, cells && [...cells, [...(cells.at(-1) ?? [])]])
}

/** Without the highest likelihood level and its matrix row. */
export function dropLikelihood(method: MethodContent): MethodContent {
  return withCells({ ...method, likelihood: method.likelihood.slice(0, -1) }, cellsOf(method)?.slice(0, -1) ?? null)
}

/** One more consequence level in every dimension, with a matrix column. */
export function addConsequence(method: MethodContent): MethodContent {
  const dimensions = method.dimensions.map((one) => ({
    ...one,
    levels: [...one.levels, { value: nextValue(one.levels), name: '', definition: '' }],
  }))
  const cells = cellsOf(method)?.map((row) => [...row, row.at(-1) ?? '']) ?? null
  return withCells({ ...method, dimensions }, cells)
}

/** Without the highest consequence level. */
export function dropConsequence(method: MethodContent): MethodContent {
  const dimensions = method.dimensions.map((one) => ({ ...one, levels: one.levels.slice(0, -1) }))
  return withCells({ ...method, dimensions }, cellsOf(method)?.map((row) => row.slice(0, -1)) ?? null)
}

/** Consequence levels have one name in all dimensions. */
export function nameConsequence(method: MethodContent, index: number, name: string): MethodContent {
  const dimensions = method.dimensions.map((one) => ({
    ...one,
    levels: one.levels.map((level, i) => (i === index ? { ...level, name } : level)),
  }))
  return { ...method, dimensions }
}

/** A further dimension with the levels of the others, its definitions still to be written. */
export function addDimension(method: MethodContent): MethodContent {
  const taken = new Set(method.dimensions.map((one) => one.key))
  let n = method.dimensions.length + 1
  while (taken.has(`dimension${n}`)) n++
  const levels = (method.dimensions[0]?.levels ?? []).map((level) => ({ ...level, definition: '' }))
  const added: Dimension = { key: `dimension${n}`, name: '', levels, acceptUpTo: null }
  return { ...method, dimensions: [...method.dimensions, added] }
}

/** A further band above the highest. */
export function addBand(method: MethodContent): MethodContent {
  const taken = new Set(method.bands.map((one) => one.key))
  let n = method.bands.length + 1
  while (taken.has(`band${n}`)) n++
  const token = bandTokens.find((one) => !method.bands.some((band) => band.token === one)) ?? 'gray'
  const from = method.aggregate.mode === 'product' ? (method.bands.at(-1)?.to ?? 0) + 1 : null
  const added: Band = { key: `band${n}`, name: '', token, from, to: from }
  return { ...method, bands: [...method.bands, added] }
}

/** Without a band; cells, thresholds and authorities that named it fall to the one below, or above the lowest. */
export function dropBand(method: MethodContent, key: string): MethodContent {
  const index = method.bands.findIndex((one) => one.key === key)
  const heir = (method.bands[index - 1] ?? method.bands[index + 1])?.key ?? ''
  const moved = (one: string): string => (one === key ? heir : one)
  const steps = (table: readonly AuthorityStep[]): AuthorityStep[] => table.filter((step) => step.upTo !== key)
  const cells = cellsOf(method)?.map((row) => row.map(moved)) ?? null
  return withCells(
    {
      ...method,
      bands: method.bands.filter((one) => one.key !== key),
      acceptUpTo: method.acceptUpTo === null ? null : moved(method.acceptUpTo),
      dimensions: method.dimensions.map((one) => ({
        ...one,
        acceptUpTo: one.acceptUpTo === null ? null : moved(one.acceptUpTo),
      })),
      acceptanceAuthority: steps(method.acceptanceAuthority),
      planAuthority: steps(method.planAuthority),
    },
    cells,
  )
}

/** The next band for a cell, from the lowest again after the highest. Positions counted from 0, lowest first. */
export function turnCell(method: MethodContent, row: number, column: number): MethodContent {
  const cells = cellsOf(method)
  if (cells === null) return method
  const at = method.bands.findIndex((one) => one.key === cells[row]?.[column])
  const next = method.bands[(at + 1) % method.bands.length]?.key ?? ''
  return withCells(
    method,
    cells.map((line, i) => (i === row ? line.map((cell, j) => (j === column ? next : cell)) : line)),
  )
}

/** Changes how likelihood and consequence give a band; bands keep their names and get ranges, or cells, to begin with. */
export function switchMode(method: MethodContent, mode: 'matrix' | 'product'): MethodContent {
  if (mode === method.aggregate.mode) return method
  if (mode === 'matrix') {
    const lowest = method.bands[0]?.key ?? ''
    const cells = method.likelihood.map((l) =>
      (method.dimensions[0]?.levels ?? []).map((c) => {
        const product = l.value * c.value
        return (
          method.bands.find((one) => one.from !== null && one.to !== null && one.from <= product && product <= one.to)
            ?.key ?? lowest
        )
      }),
    )
    return {
      ...method,
      aggregate: { mode, cells },
      bands: method.bands.map((one) => ({ ...one, from: null, to: null })),
    }
  }
  const highest = (method.likelihood.at(-1)?.value ?? 1) * (method.dimensions[0]?.levels.at(-1)?.value ?? 1)
  const lowest = (method.likelihood[0]?.value ?? 1) * (method.dimensions[0]?.levels[0]?.value ?? 1)
  const size = (highest - lowest + 1) / method.bands.length
  const bands = method.bands.map((one, i) => ({
    ...one,
    from: lowest + Math.round(i * size),
    to: lowest + Math.round((i + 1) * size) - 1,
  }))
  return { ...method, aggregate: { mode }, bands }
}
