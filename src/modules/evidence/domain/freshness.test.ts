import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { addInterval, type Interval } from '#kernel/interval.ts'
import { addDays, type LocalDate } from '#kernel/time.ts'
import { buildArtefact, day, instant, moment, today } from './artefact.fixtures.ts'
import type { Artefact } from './artefact.ts'
import { type Freshness, freshness, freshUntil, speaksAsOf } from './freshness.ts'

const quarterly: Interval = { every: 3, unit: 'month' }
const question = { today, zone: moment.zone, frequency: null }

describe('the day an artefact speaks of', () => {
  test.each<[string, Partial<Artefact>, string | null]>([
    [
      'the end of its period',
      { periodFrom: day('2026-01-01'), periodTo: day('2026-02-28'), effectiveOn: day('2026-01-15') },
      '2026-02-28',
    ],
    ['its effective day', { effectiveOn: day('2026-01-15') }, '2026-01-15'],
    ['none, for a file that only has an upload day', {}, null],
    ['the day a test ran', { kind: 'testResult' }, '2026-03-01'],
    ['the day a link was captured', { kind: 'link', collectedAt: instant('2026-03-05T23:30:00.000Z') }, '2026-03-06'],
  ])('is %s', (_what, fields, expected) => {
    expect(speaksAsOf(buildArtefact(fields), moment.zone)).toBe(expected)
  })
})

test.each<[string, Partial<Artefact>, Interval | null, Freshness]>([
  ['valid for long', { validUntil: day('2027-01-01') }, null, 'fresh'],
  ['valid for another 31 days', { validUntil: day('2026-05-02') }, null, 'fresh'],
  ['valid for another 30 days', { validUntil: day('2026-05-01') }, null, 'dueSoon'],
  ['valid until today', { validUntil: day('2026-04-01') }, null, 'dueSoon'],
  ['valid until yesterday', { validUntil: day('2026-03-31') }, null, 'stale'],
  ['dated, with nothing that ends it', { effectiveOn: day('2020-01-01') }, null, 'fresh'],
  ['of the last quarter', { effectiveOn: day('2026-03-31') }, quarterly, 'fresh'],
  ['of one quarter and a day ago', { effectiveOn: day('2025-12-31') }, quarterly, 'stale'],
  ['of exactly one quarter ago', { effectiveOn: day('2026-01-01') }, quarterly, 'dueSoon'],
  [
    'a valid certificate of a date older than the interval',
    { effectiveOn: day('2025-06-01'), validUntil: day('2028-01-01') },
    quarterly,
    'stale',
  ],
  [
    'within the interval but no longer valid',
    { effectiveOn: day('2026-03-01'), validUntil: day('2026-03-15') },
    quarterly,
    'stale',
  ],
  ['a file of which nobody said the date', {}, quarterly, 'undated'],
  ['the same, without a frequency', {}, null, 'undated'],
  ['undated but valid, for a quarterly control', { validUntil: day('2027-01-01') }, quarterly, 'undated'],
  ['undated and no longer valid', { validUntil: day('2026-03-01') }, quarterly, 'stale'],
  ['a daily test of today', { kind: 'testResult', collectedAt: moment.now }, { every: 1, unit: 'day' }, 'fresh'],
  [
    'a daily test of yesterday',
    { kind: 'testResult', effectiveOn: day('2026-03-31') },
    { every: 1, unit: 'day' },
    'dueSoon',
  ],
])('%s', (_what, fields, frequency, expected) => {
  expect(freshness(buildArtefact(fields), { ...question, frequency })).toBe(expected)
})

const days = fc.integer({ min: 0, max: 4_000 }).map((count) => addDays(day('2020-01-01'), count))
const maybe = (arbitrary: fc.Arbitrary<LocalDate>): fc.Arbitrary<LocalDate | null> => fc.option(arbitrary)
const frequencies = fc.option(
  fc.record<Interval>({
    every: fc.integer({ min: 1, max: 24 }),
    unit: fc.constantFrom('day', 'week', 'month', 'year'),
  }),
)
const artefacts = fc
  .record({
    effectiveOn: maybe(days),
    validUntil: maybe(days),
    kind: fc.constantFrom('file' as const, 'testResult' as const),
  })
  .map(buildArtefact)
const order: readonly Freshness[] = ['fresh', 'dueSoon', 'stale']

test('evidence never becomes fresher by waiting, and is stale exactly after its last day', () => {
  fc.assert(
    fc.property(artefacts, days, fc.integer({ min: 0, max: 500 }), frequencies, (artefact, today, wait, frequency) => {
      const now = freshness(artefact, { ...question, today, frequency })
      const later = freshness(artefact, { ...question, today: addDays(today, wait), frequency })
      if (now !== 'undated' && later !== 'undated')
        expect(order.indexOf(later)).toBeGreaterThanOrEqual(order.indexOf(now))
      const until = freshUntil(artefact, { ...question, today, frequency })
      expect(now === 'stale').toBe(until !== null && until < today)
    }),
  )
})

test('a shorter interval never makes evidence fresher', () => {
  fc.assert(
    fc.property(artefacts, days, frequencies, (artefact, today, frequency) => {
      fc.pre(frequency !== null && artefact.effectiveOn !== null)
      if (frequency === null) return
      const shorter: Interval = { every: 1, unit: frequency.unit }
      const long = freshUntil(artefact, { ...question, today, frequency })
      const short = freshUntil(artefact, { ...question, today, frequency: shorter })
      expect((short ?? '') <= (long ?? '')).toBe(true)
      expect(addInterval(today, shorter) <= addInterval(today, frequency)).toBe(true)
    }),
  )
})
