import { expect, test } from 'vitest'
import { formatsOf } from './format.ts'

test('days do not shift with the zone of the reader', () => {
  expect(formatsOf('en').date('2026-03-31')).toBe('31 March 2026')
  expect(formatsOf('de').date('2026-03-31')).toBe('31. März 2026')
})

test('distances use the largest fitting unit, months and years from two on', () => {
  const now = Date.parse('2026-03-31T12:00:00Z')
  expect(formatsOf('en').relative('2026-04-03', now)).toBe('in 3 days')
  expect(formatsOf('en').relative('2026-01-25', now)).toBe('2 months ago')
  expect(formatsOf('en').relative('2026-02-15', now)).toBe('44 days ago')
  expect(formatsOf('en').relative('2026-05-15', now)).toBe('in 45 days')
})

test('sizes and amounts', () => {
  expect(formatsOf('en').bytes(4_200_000)).toBe('4.2 MB')
  expect(formatsOf('en').bytes(0)).toBe('0 bytes')
  expect(formatsOf('en').bytes(165)).toBe('165 bytes')
  expect(formatsOf('de').bytes(165)).toBe('165 Byte')
  expect(['en', 'de'].map((language) => formatsOf(language).byteLimit(1024 ** 3))).toEqual(['1 GB', '1\u00a0GB'])
  expect(formatsOf('en').byteLimit(50 * 1024 ** 2)).toBe('50 MB')
  expect([800_000, 50].map((cents) => formatsOf('en').money(cents, 'EUR'))).toEqual(['€8,000', '€0.50'])
  expect(formatsOf('de').money(8000, 'JPY')).toBe('8.000\u00a0¥')
  expect(formatsOf('de').number(1234.5, 1)).toBe('1.234,5')
  expect([40, 300].map(formatsOf('de').duration)).toEqual(['40 Sekunden', '5 Minuten'])
  expect(formatsOf('de').quoted('“a”, “b”')).toBe('„a“, „b“')
})
