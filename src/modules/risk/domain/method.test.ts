import { expect, test } from 'vitest'
import { defaultMethod } from './default-method.ts'
import { consequenceLevels, overallLevels } from './method.ts'

test('an overall consequence has names, and a definition only where one dimension gives it', () => {
  const method = defaultMethod('en', '2027')
  expect(method.dimensions.length).toBeGreaterThan(1)
  const [first] = method.dimensions
  if (first === undefined) throw new Error('no dimension')
  expect(overallLevels(method).map(({ name, definition }) => [name, definition])).toEqual(
    consequenceLevels(method).map(({ name }) => [name, '']),
  )
  expect(overallLevels({ ...method, dimensions: [first] })).toEqual(first.levels)
})
