import { expect, test } from 'vitest'
import { besideNameWidth, fitting, type RecordColumn, tableWidth } from './record-column.ts'

const column = (key: string, width: number, more: Partial<RecordColumn<object>> = {}): RecordColumn<object> => ({
  key,
  header: key,
  width,
  cell: () => null,
  ...more,
})
const columns = [
  column('ref', 60),
  column('title', 220, { primary: true }),
  column('kind', 100),
  column('level', 130, { onCard: true }),
  column('owner', 140, { onCard: true }),
]
const keys = (width: number) => fitting(columns, width, new Set(), besideNameWidth).map((one) => one.key)

test('where room is short the name stays, then the reference, then what a card shows; in their usual order', () => {
  expect(keys(2000)).toEqual(['ref', 'title', 'kind', 'level', 'owner'])
  expect(keys(560)).toEqual(['ref', 'title', 'level', 'owner'])
  expect(keys(420)).toEqual(['ref', 'title', 'level'])
  expect(keys(100)).toEqual(['title'])
})

test('a column somebody asked for stays, and so do the buttons of the row before what is only usual', () => {
  const more = [...columns, column('kind2', 100), column('steps', 80, { acts: true })]
  const wanted = (width: number, ...asked: string[]) => fitting(more, width, new Set(asked)).map((one) => one.key)
  expect(wanted(640)).toEqual(['ref', 'title', 'level', 'owner', 'steps'])
  expect(wanted(640, 'kind2')).toEqual(['ref', 'title', 'level', 'kind2'])
  expect(wanted(100, 'kind', 'kind2')).toEqual(['title', 'kind', 'kind2'])
})

test('a list scrolls sideways only when its name has become as narrow as it may', () => {
  const open = columns.map(({ width, ...one }) => (one.primary === true ? one : { ...one, width: width ?? 0 }))
  expect(tableWidth(open, true)).toBe(36 + 60 + 190 + 100 + 130 + 140)
})
