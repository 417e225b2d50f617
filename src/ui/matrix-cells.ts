/** Scores of risks by cell. */
export interface MatrixCount {
  readonly likelihood: number
  readonly consequence: number
  readonly count: number
}

/** Risks that went from one cell to another between two views. */
export interface MatrixMovement {
  readonly from: { readonly likelihood: number; readonly consequence: number }
  readonly to: { readonly likelihood: number; readonly consequence: number }
  readonly count: number
}

/** The key of a cell. */
export const cellKey = (likelihood: number, consequence: number): string => `${likelihood}×${consequence}`

/** Counts by cell; several entries of one cell add up. */
export function countsByCell(counts: readonly MatrixCount[]): ReadonlyMap<string, number> {
  const cells = new Map<string, number>()
  for (const { likelihood, consequence, count } of counts) {
    const key = cellKey(likelihood, consequence)
    cells.set(key, (cells.get(key) ?? 0) + count)
  }
  return cells
}

/** Movements that begin or end somewhere, without those that stayed, the largest first. */
export function realMovements(movements: readonly MatrixMovement[]): MatrixMovement[] {
  return movements
    .filter(({ from, to }) => from.likelihood !== to.likelihood || from.consequence !== to.consequence)
    .sort((a, b) => b.count - a.count)
}
