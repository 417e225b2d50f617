import { expect, test } from 'vitest'
import { decided, isTaken, rowsLeftOut } from './row-choices.ts'

const row = (line: number, choice: 'taken' | 'leftOut' | 'proposed' | null) => ({ line, choice })
const preview = { rows: [row(2, 'taken'), row(3, 'proposed'), row(4, null)] }

test('a row that would be taken is left out and taken again; nothing stays of the decision', () => {
  const out = decided({}, preview, 2, false)
  expect(out).toEqual({ 2: { skip: true } })
  expect(isTaken(row(2, 'taken'), { rows: out })).toBe(false)
  expect(decided({ rows: out }, preview, 2, true)).toEqual({})
})

test('a row proposed to be left out is taken all the same, and left again', () => {
  expect(isTaken(row(3, 'proposed'), {})).toBe(false)
  const taken = decided({}, preview, 3, true)
  expect(taken).toEqual({ 3: { skip: false } })
  expect(isTaken(row(3, 'proposed'), { rows: taken })).toBe(true)
  expect(decided({ rows: taken }, preview, 3, false)).toEqual({})
})

test('other rows, and the control somebody named for the line, stay as they are', () => {
  const said = { rows: { 2: { control: 'A.5.1' }, 9: { skip: true } } }
  const out = decided(said, preview, 2, false)
  expect(out).toEqual({ 2: { control: 'A.5.1', skip: true }, 9: { skip: true } })
  expect(decided({ rows: out }, preview, 2, true)).toEqual(said.rows)
  expect(rowsLeftOut({ rows: out })).toBe(2)
})

test('what something else keeps out cannot be decided', () => {
  expect(isTaken(row(4, null), {})).toBeNull()
})
