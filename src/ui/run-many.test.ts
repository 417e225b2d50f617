import { expect, test } from 'vitest'
import { runMany } from './run-many.ts'

const rows = Array.from({ length: 9 }, (_, index) => index)

test('a refusal stops none of the others, and each is told in the order of the list', async () => {
  const seen: number[] = []
  const outcome = await runMany(
    rows,
    (row) => (row % 3 === 0 ? Promise.reject(new Error(`no ${String(row)}`)) : Promise.resolve()),
    {
      onProgress: (settled) => seen.push(settled),
    },
  )
  expect(outcome.done).toEqual([1, 2, 4, 5, 7, 8])
  expect(outcome.refused.map(({ row, error }) => [row, (error as Error).message])).toEqual([
    [0, 'no 0'],
    [3, 'no 3'],
    [6, 'no 6'],
  ])
  expect(seen).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9])
})

test('at most four run side by side', async () => {
  let running = 0
  let most = 0
  await runMany(rows, async () => {
    running += 1
    most = Math.max(most, running)
    await Promise.resolve()
    await Promise.resolve()
    running -= 1
  })
  expect(most).toBe(4)
})

test('stopping leaves what has not begun untouched', async () => {
  const control = new AbortController()
  const begun: number[] = []
  const outcome = await runMany(
    rows,
    (row) => {
      begun.push(row)
      if (row === 4) control.abort()
      return Promise.resolve()
    },
    { signal: control.signal },
  )
  expect(begun.length).toBeLessThan(rows.length)
  expect(outcome.done).toEqual(begun)
  expect(outcome.refused).toEqual([])
})
