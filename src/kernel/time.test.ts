import { expect, test } from 'vitest'
import { addInterval } from './interval.ts'
import { addDays, endOfDay, type LocalDate, parseDate, parseInstant, wallClockAt } from './time.ts'

const day = (text: string): LocalDate => text as LocalDate

test.each(['0000-01-01', '0999-12-31', '2026-02-30', '-000001-01-01', '+010000-01-01'])('%s is no day', (text) => {
  expect(parseDate(text)).toBeNull()
})

test.each(['0000-01-01T00:00:00Z', '-000001-01-01T00:00:00Z', '+010000-01-01T00:00:00Z', '2026-01-01', 'NaN'])(
  '%s is no moment that is kept',
  (text) => {
    expect(parseInstant(text)).toBeNull()
  },
)

test('moments are read in any zone and kept in UTC', () => {
  expect(parseInstant('2026-03-31T12:00:00+02:00')).toBe('2026-03-31T10:00:00.000Z')
})

test('reckoning that leads out of the calendar stops at its first and last day', () => {
  expect(addDays(day('9999-12-31'), 1)).toBe('9999-12-31')
  expect(addDays(day('1000-01-01'), -1)).toBe('1000-01-01')
  expect(addInterval(day('9999-06-30'), { every: 2_000_000_000, unit: 'year' })).toBe('9999-12-31')
  expect(endOfDay(day('9999-12-31'), 'America/New_York')).toBe('9999-12-31T23:59:59.999Z')
  expect(endOfDay(day('9999-12-31'), 'Asia/Tokyo')).toBe('9999-12-31T14:59:59.999Z')
  expect(endOfDay(day('1000-01-01'), 'UTC')).toBe('1000-01-01T23:59:59.999Z')
})

test('a day ends at midnight of its zone, also when clocks change', () => {
  expect(endOfDay(day('2026-03-29'), 'Europe/Berlin')).toBe('2026-03-29T21:59:59.999Z')
  expect(endOfDay(day('2026-10-25'), 'Europe/Berlin')).toBe('2026-10-25T22:59:59.999Z')
})

test.each([
  ['2026-03-29T00:59:59.999Z', 'Europe/Berlin', '2026-03-29T01:59:59'],
  ['2026-03-29T01:00:00.000Z', 'Europe/Berlin', '2026-03-29T03:00:00'],
  ['2026-10-25T01:00:00.000Z', 'Europe/Berlin', '2026-10-25T02:00:00'],
  ['2025-12-31T23:00:00.000Z', 'Europe/Berlin', '2026-01-01T00:00:00'],
  ['2026-01-01T02:29:59.000Z', 'America/St_Johns', '2025-12-31T22:59:59'],
  ['2026-06-30T20:15:00.000Z', 'Asia/Kathmandu', '2026-07-01T02:00:00'],
])('at %s a clock on the wall in %s shows %s', (moment, timeZone, shown) => {
  expect(new Date(wallClockAt(Date.parse(moment), timeZone)).toISOString().slice(0, 19)).toBe(shown)
})
