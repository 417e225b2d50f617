/** What became of a change to several records. */
export interface ManyOutcome<Row> {
  readonly done: readonly Row[]
  readonly refused: readonly { readonly row: Row; readonly error: unknown }[]
}

const atOnce = 4

/**
 * Changes records one by one, a few side by side; a refusal stops none of the others.
 * @param signal stops before the next record; those under way are finished, those not begun are in neither list
 */
export async function runMany<Row>(
  rows: readonly Row[],
  change: (row: Row) => Promise<unknown>,
  options: { readonly signal?: AbortSignal; readonly onProgress?: (settled: number) => void } = {},
): Promise<ManyOutcome<Row>> {
  const done: Row[] = []
  const refused: { row: Row; error: unknown }[] = []
  let next = 0
  const work = async () => {
    while (next < rows.length && options.signal?.aborted !== true) {
      const row = rows[next++] as Row
      try {
        await change(row)
        done.push(row)
      } catch (error) {
        refused.push({ row, error })
      }
      options.onProgress?.(done.length + refused.length)
    }
  }
  await Promise.all(Array.from({ length: Math.min(atOnce, rows.length) }, work))
  const place = new Map(rows.map((row, index) => [row, index]))
  const inOrder = (a: Row, b: Row) => (place.get(a) ?? 0) - (place.get(b) ?? 0)
  return { done: done.toSorted(inOrder), refused: refused.toSorted((a, b) => inOrder(a.row, b.row)) }
}
