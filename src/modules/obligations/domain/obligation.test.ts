import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Id, OrgId } from '#kernel/id.ts'
import type { Instant, LocalDate } from '#kernel/time.ts'
import {
  addObligation,
  addParty,
  blankObligation,
  changeObligation,
  changeParty,
  dispositions,
  isDriver,
  type Obligation,
  obligationGapKinds,
  obligationGaps,
  obligationKinds,
  reviewObligation,
  withdrawObligation,
  withdrawParty,
} from './obligation.ts'

const org = 'org' as OrgId
const now = '2026-03-02T09:00:00.000Z' as Instant
const day = (text: string): LocalDate => text as LocalDate
const today = day('2026-03-02')
const codeOf = (result: { ok: boolean; refusal?: { code: string } }): string | undefined => result.refusal?.code

function obligation(over: Partial<Obligation> = {}): Obligation {
  const key = { id: 'o' as Id<'obligation'>, orgId: org, ref: 'O-1' }
  const added = addObligation(key, { ...blankObligation, title: 'GDPR Art. 32', kind: 'law' })
  if (!added.ok) throw new Error('not added')
  return { ...added.value.after, ...over }
}

const someday = fc.constantFrom(null, day('2025-01-01'), today, day('2027-01-01'))
const anyObligation = fc
  .record({
    kind: fc.constantFrom(...obligationKinds),
    addressed: fc.constantFrom(...dispositions),
    source: fc.constantFrom('', ' ', 'GDPR'),
    partyId: fc.constantFrom(null, 'p' as Id<'party'>),
    ownerId: fc.constantFrom(null, 'anna' as Id<'person'>),
    ownerText: fc.constantFrom('', 'Head of Legal'),
    reviewOn: someday,
    reviewedOn: someday,
    withdrawnAt: fc.constantFrom(null, null, now),
  })
  .map(obligation)

test('gaps stand in order of importance, each once, and none is left for what was withdrawn', () => {
  fc.assert(
    fc.property(anyObligation, fc.boolean(), (row, active) => {
      const gaps = obligationGaps(row, row.ownerId === null ? null : { active }, today)
      expect(gaps).toEqual(obligationGapKinds.filter((kind) => gaps.includes(kind)))
      if (row.withdrawnAt !== null) expect(gaps).toEqual([])
      expect(isDriver(row)).toBe(row.withdrawnAt === null && row.addressed !== 'no')
    }),
  )
  expect(obligationGaps(obligation(), null, today)).toEqual(['noOwner', 'noSource', 'neverReviewed', 'noReviewDate'])
})

test('a review closes what it can, is never in the future and never before the last one', () => {
  fc.assert(
    fc.property(anyObligation, someday, someday, (row, on, next) => {
      if (on === null) return
      const result = reviewObligation(row, { on, next, by: null, today, note: '' })
      const wrong =
        row.withdrawnAt !== null ||
        on > today ||
        (row.reviewedOn !== null && on < row.reviewedOn) ||
        (next !== null && next <= on)
      expect(result.ok).toBe(!wrong)
      if (!result.ok) return
      expect(result.value).toMatchObject({ reason: null, after: { reviewedOn: on, reviewOn: next } })
      expect(obligationGaps(result.value.after, null, today)).not.toContain('neverReviewed')
    }),
  )
  expect(codeOf(reviewObligation(obligation(), { on: day('2026-03-03'), next: null, by: null, today }))).toBe(
    'obligation.review_in_future',
  )
})

test('what is not addressed says why, and what is withdrawn stays as it is', () => {
  expect(codeOf(changeObligation(obligation(), { addressed: 'no' }))).toBe('obligation.not_addressed_why')
  expect(changeObligation(obligation(), { addressed: 'no', addressedWhy: 'Not our market' }).ok).toBe(true)
  const gone = obligation({ withdrawnAt: now })
  for (const result of [
    changeObligation(gone, {}),
    withdrawObligation(gone, now, 'x'),
    reviewObligation(gone, { on: today, next: null, by: null, today }),
  ]) {
    expect(codeOf(result)).toBe('obligation.withdrawn')
  }
  const party = addParty(
    { id: 'p' as Id<'party'>, orgId: org, ref: 'IP-1' },
    { name: 'Customers', kind: 'external', interest: '' },
  ).after
  expect(codeOf(withdrawParty(party, ['O-1', 'O-2'], now, 'x'))).toBe('party.in_use')
  expect(withdrawParty(party, [], now, 'x').ok).toBe(true)
  expect(codeOf(withdrawParty({ ...party, withdrawnAt: now }, [], now, 'x'))).toBe('party.withdrawn')
  expect(codeOf(changeParty({ ...party, withdrawnAt: now }, {}))).toBe('party.withdrawn')
})
