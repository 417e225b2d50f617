import { expect, test } from 'vitest'
import { picked } from './use-selection.ts'

const shown = ['a', 'b', 'c', 'd', 'e']
const none: ReadonlySet<string> = new Set()

test('a pick takes a row or drops it again', () => {
  expect([...picked(none, shown, null, 'b', false)]).toEqual(['b'])
  expect([...picked(new Set(['b']), shown, 'b', 'b', false)]).toEqual([])
})

test('a range runs from the row picked last, in either direction, and adds', () => {
  expect([...picked(new Set(['b']), shown, 'b', 'd', true)].toSorted()).toEqual(['b', 'c', 'd'])
  expect([...picked(new Set(['d']), shown, 'd', 'b', true)].toSorted()).toEqual(['b', 'c', 'd'])
})

test('a range from a row that is no longer shown is a single pick', () => {
  expect([...picked(none, shown, 'gone', 'c', true)]).toEqual(['c'])
})
