import { expect, test } from 'vitest'
import { endOfDay, type Instant, type LocalDate } from '#kernel/time.ts'
import type { OrgFacts } from '#platform/access/policy.ts'
import { reportMoment } from './report-moment.ts'

const org = { timeZone: 'America/New_York' } as OrgFacts
const startedAt = '2026-11-28T09:30:00.000Z' as Instant

test('a document of today was made now and carries no other moment', () => {
  expect(reportMoment({ startedAt, now: startedAt, asOf: null, org })).toEqual({ generatedAt: startedAt })
})

test('a document of an earlier day says when it was made and of which day it is', () => {
  const now = endOfDay('2026-06-30' as LocalDate, org.timeZone)
  expect(reportMoment({ startedAt, now, asOf: 12, org })).toEqual({ generatedAt: startedAt, asOf: '2026-06-30' })
})

test('a document of an earlier moment names the moment', () => {
  const now = '2026-06-30T14:05:00.000Z' as Instant
  expect(reportMoment({ startedAt, now, asOf: 12, org })).toEqual({ generatedAt: startedAt, asOf: now })
})
