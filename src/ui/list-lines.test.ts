import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { groupLines, sortRows } from './list-lines.ts'

interface Row {
  id: string
  owner: string | null
  score: number | null
}
const row = (id: string, owner: string | null = null, score: number | null = null): Row => ({ id, owner, score })
const options = (closed: readonly string[] = []) => ({
  id: (one: Row) => one.id,
  group: (one: Row) => (one.owner === null ? null : { key: one.owner, label: one.owner }),
  rest: 'None',
  closed: new Set(closed),
  language: 'en',
})

describe('grouping', () => {
  const rows = [row('1', 'Zoe'), row('2', 'Anna'), row('3'), row('4', 'Zoe')]
  test('puts rows under their headings, by name, those without one last', () => {
    const lines = groupLines(rows, options()).map((line) =>
      line.kind === 'group' ? `${line.label} ${String(line.rows.length)}` : line.id,
    )
    expect(lines).toEqual(['Anna 1', '2', 'Zoe 2', '1', '4', 'None 1', '3'])
  })

  test('a folded group keeps its heading and hides its rows', () => {
    const lines = groupLines(rows, options(['Zoe']))
    expect(lines.flatMap((line) => (line.kind === 'row' ? [line.id] : []))).toEqual(['2', '3'])
    expect(lines.filter((line) => line.kind === 'group')).toHaveLength(3)
  })

  test('an order given goes before the name', () => {
    const levels = groupLines([row('a', 'Low'), row('b', 'High')], {
      ...options(),
      group: ({ owner }) => ({ key: owner ?? '', label: owner ?? '', order: owner === 'High' ? 0 : 1 }),
    })
    expect(levels.flatMap((line) => (line.kind === 'group' ? [line.label] : []))).toEqual(['High', 'Low'])
  })

  test('loses and doubles no row, whatever the groups', () => {
    fc.assert(
      fc.property(fc.array(fc.option(fc.constantFrom('A', 'B', 'C', ''))), (owners) => {
        const some = owners.map((owner, index) => row(String(index), owner))
        const shown = groupLines(some, options()).flatMap((line) => (line.kind === 'row' ? [line.id] : []))
        expect(shown.toSorted()).toEqual(some.map((one) => one.id).toSorted())
      }),
    )
  })
})

describe('sorting', () => {
  test('numbers by size, text as people sort it, nothing last in both directions', () => {
    const scored = [row('1', null, 9), row('2'), row('3', null, 10)]
    const ids = (descending: boolean) => sortRows(scored, (one) => one.score, descending).map((one) => one.id)
    expect(ids(false)).toEqual(['1', '3', '2'])
    expect(ids(true)).toEqual(['3', '1', '2'])
    const named = [row('1', 'R-10'), row('2', 'r-9')]
    expect(sortRows(named, (one) => one.owner, false, 'en').map((one) => one.id)).toEqual(['2', '1'])
  })

  test('equal rows keep their order', () => {
    const equal = [row('1', 'x'), row('2', 'x'), row('3', 'x')]
    for (const descending of [false, true]) {
      expect(sortRows(equal, (one) => one.owner, descending)).toEqual(equal)
    }
  })
})
