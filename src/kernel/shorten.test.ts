import { expect, test } from 'vitest'
import { shortened } from './shorten.ts'

test('what fits stays, on one line', () => {
  expect(shortened(' a\n b ')).toBe('a b')
})

test('a long text is cut', () => {
  const text = shortened('x'.repeat(500))
  expect(text).toHaveLength(90)
  expect(text.endsWith('x…')).toBe(true)
})

test.each([
  ['“', '”'],
  ['„', '“'],
])('a list of values in %s%s is told in full, and a very long one ends between two of them', (open, close) => {
  const values = (count: number) =>
    Array.from({ length: count }, (_, i) => `${open}Residual likelihood after treatment ${i}${close}`)
  const four = values(4).join(', ')
  expect(four.length).toBeGreaterThan(90)
  expect(shortened(four)).toBe(four)
  const many = shortened(values(20).join(', '))
  expect(many.length).toBeLessThanOrEqual(301)
  expect(many.endsWith(`${close} …`)).toBe(true)
})

test('one quoted value that is too long by itself is cut all the same', () => {
  expect(shortened(`“${'x'.repeat(500)}”`)).toHaveLength(90)
})
