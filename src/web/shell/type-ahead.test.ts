import { expect, test } from 'vitest'
import { typeAhead } from './type-ahead.ts'

const press = (key: string, more: { ctrlKey?: boolean } = {}) => ({
  key,
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  isComposing: false,
  ...more,
})

test('keys are kept from the moment they are asked for until they are taken', () => {
  const ahead = typeAhead()
  expect(ahead.key(press('x'))).toBe(false)
  ahead.begin()
  expect(['r', 'Backspace', 'R', 'ü', ' ', '1'].map((key) => ahead.key(press(key)))).not.toContain(false)
  expect(ahead.take()).toBe('Rü 1')
  expect(ahead.key(press('x'))).toBe(false)
  expect(ahead.take()).toBe('')
})

test('shortcuts and keys that write nothing go their way, and Escape gives up', () => {
  const ahead = typeAhead()
  ahead.begin()
  expect(ahead.key(press('r', { ctrlKey: true }))).toBe(false)
  expect(ahead.key(press('Tab'))).toBe(false)
  ahead.key(press('a'))
  ahead.begin()
  expect(ahead.take()).toBe('a')
  ahead.begin()
  ahead.key(press('a'))
  expect(ahead.key(press('Escape'))).toBe(false)
  expect(ahead.take()).toBe('')
})
