import fc from 'fast-check'
import { expect, test } from 'vitest'
import { addInterval, daysBetween, type Interval } from './interval.ts'
import { addDays, type LocalDate } from './time.ts'

const day = (text: string): LocalDate => text as LocalDate

test.each<[string, Interval, string]>([
  ['2026-01-31', { every: 1, unit: 'month' }, '2026-02-28'],
  ['2028-01-31', { every: 1, unit: 'month' }, '2028-02-29'],
  ['2026-11-30', { every: 3, unit: 'month' }, '2027-02-28'],
  ['2028-02-29', { every: 1, unit: 'year' }, '2029-02-28'],
  ['2026-03-28', { every: 2, unit: 'week' }, '2026-04-11'],
  ['2026-12-31', { every: 1, unit: 'day' }, '2027-01-01'],
])('%s and %j is %s', (from, interval, to) => {
  expect(addInterval(day(from), interval)).toBe(to)
})

const days = fc.integer({ min: 0, max: 40_000 }).map((count) => addDays(day('1990-01-01'), count))
const intervals = fc.record<Interval>({
  every: fc.integer({ min: 1, max: 40 }),
  unit: fc.constantFrom('day', 'week', 'month', 'year'),
})

test('an interval leads forwards, back it leads no later than where it began, and days are counted alike', () => {
  fc.assert(
    fc.property(days, intervals, (from, interval) => {
      const next = addInterval(from, interval)
      expect(next > from).toBe(true)
      expect(addInterval(next, interval, -1) <= from).toBe(true)
      expect(addDays(from, daysBetween(from, next))).toBe(next)
    }),
  )
})
