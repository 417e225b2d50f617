import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Instant } from '#kernel/time.ts'
import { applicabilities, operators, statedStates } from './control.ts'
import {
  type ControlRecords,
  type ControlStanding,
  type ControlStatus,
  contradicted,
  declaredStatus,
  deriveStatus,
  standingOf,
  statementStatus,
} from './status.ts'

const nothing: ControlRecords = { evidence: [], actions: [], tests: [], findings: [] }
const control = {
  applicability: 'applicable',
  stated: 'notStated',
  implementation: 'Keys are held in the vault.',
  operatedBy: 'us',
} as const
const evidence = { ref: 'E-1', freshness: 'fresh', acceptable: true, why: null, assurance: false } as const
const action = { ref: 'T-1', open: true, dueOn: null } as const

test.each<[string, Parameters<typeof deriveStatus>[0], Partial<ControlRecords>, ControlStatus]>([
  ['nothing known', control, {}, 'notDetermined'],
  ['only an open action', control, { actions: [action] }, 'planned'],
  ['said to be in place, no evidence', { ...control, stated: 'implemented' }, {}, 'claimed'],
  [
    'said to be in place, one person’s word',
    { ...control, stated: 'implemented' },
    { evidence: [{ ...evidence, acceptable: false, why: 'onlyWord' }] },
    'claimed',
  ],
  [
    'said to be in place, evidence has expired',
    { ...control, stated: 'implemented' },
    { evidence: [{ ...evidence, freshness: 'stale' }] },
    'claimed',
  ],
  ['evidenced and described', { ...control, stated: 'implemented' }, { evidence: [evidence] }, 'implemented'],
  [
    'evidenced, but not described',
    { ...control, stated: 'implemented', implementation: ' ' },
    { evidence: [evidence] },
    'partial',
  ],
  [
    'evidenced, an action still open',
    { ...control, stated: 'implemented' },
    { evidence: [evidence], actions: [action] },
    'partial',
  ],
  ['evidenced, and stated lower', { ...control, stated: 'partial' }, { evidence: [evidence] }, 'partial'],
  [
    'evidenced, and stated not implemented',
    { ...control, stated: 'notImplemented' },
    { evidence: [evidence] },
    'notImplemented',
  ],
  [
    'a provider without assurance',
    { ...control, stated: 'implemented', operatedBy: 'provider' },
    { evidence: [evidence] },
    'claimed',
  ],
  [
    'a provider with assurance',
    { ...control, stated: 'implemented', operatedBy: 'provider' },
    { evidence: [{ ...evidence, assurance: true }] },
    'implemented',
  ],
  [
    'a provider whose assurance expired',
    { ...control, stated: 'implemented', operatedBy: 'shared' },
    { evidence: [evidence, { ...evidence, ref: 'E-2', assurance: true, freshness: 'stale' }] },
    'claimed',
  ],
  [
    'a failing test beside good evidence',
    { ...control, stated: 'implemented' },
    { evidence: [evidence], tests: [{ name: 'MFA', passed: false }] },
    'failing',
  ],
  ['excluded', { ...control, applicability: 'excluded' }, { tests: [{ name: 'MFA', passed: false }] }, 'notApplicable'],
])('%s', (_name, subject, records, status) => {
  const derived = deriveStatus(subject, { ...nothing, ...records })
  expect(derived.status).toBe(status)
  expect(derived.reasons.length).toBeGreaterThan(0)
})

const controls = fc.record({
  applicability: fc.constantFrom(...applicabilities),
  stated: fc.constantFrom(...statedStates),
  implementation: fc.constantFrom('', 'described'),
  operatedBy: fc.constantFrom(...operators),
})
const line = fc.record({
  ref: fc.constantFrom('E-1', 'E-2', 'E-3'),
  freshness: fc.constantFrom('fresh', 'dueSoon', 'stale', 'undated'),
  acceptable: fc.boolean(),
  why: fc.constantFrom(null, 'onlyWord' as const, 'testFailed' as const),
  assurance: fc.boolean(),
})
const records: fc.Arbitrary<ControlRecords> = fc.record({
  evidence: fc.array(line, { maxLength: 3 }),
  actions: fc.array(fc.record({ ref: fc.constant('T-1'), open: fc.boolean(), dueOn: fc.constant(null) }), {
    maxLength: 2,
  }),
  tests: fc.array(fc.record({ name: fc.constant('t'), passed: fc.boolean() }), { maxLength: 2 }),
  findings: fc.array(fc.constant('NC-1'), { maxLength: 1 }),
})
const height: Record<ControlStatus, number> = {
  notApplicable: 0,
  failing: 0,
  notDetermined: 0,
  notImplemented: 0,
  planned: 1,
  claimed: 1,
  partial: 2,
  implemented: 3,
}

test('nothing is implemented or partly so without usable evidence that is more than a word', () => {
  fc.assert(
    fc.property(controls, records, (subject, found) => {
      const { status } = deriveStatus(subject, found)
      const usable = found.evidence.some((one) => one.acceptable && one.freshness !== 'stale')
      return usable || height[status] < 2
    }),
  )
})

test('a statement never lifts a control above what the records prove', () => {
  fc.assert(
    fc.property(controls, records, (subject, found) => {
      const proven = deriveStatus({ ...subject, stated: 'notStated' }, found).status
      const stated = deriveStatus(subject, found).status
      return stated === 'claimed' || stated === 'planned' || height[stated] <= height[proven]
    }),
  )
})

test('losing a piece of evidence never makes a control look better', () => {
  fc.assert(
    fc.property(controls, records, (subject, found) => {
      const less = { ...found, evidence: found.evidence.slice(1) }
      const [before, after] = [deriveStatus(subject, found).status, deriveStatus(subject, less).status]
      return height[declaredOnly(after)] <= height[declaredOnly(before)]
    }),
  )
})

// For this law only what an issued statement would declare counts.
function declaredOnly(status: ControlStatus): ControlStatus {
  const declared = declaredStatus(status)
  return declared === 'implemented' ? 'implemented' : declared === 'partiallyImplemented' ? 'partial' : 'notDetermined'
}

test.each<[string, Parameters<typeof deriveStatus>[0], Partial<ControlRecords>, ControlStanding, Contradiction]>([
  ['evidenced and described', { ...control, stated: 'implemented' }, { evidence: [evidence] }, 'implemented', 'none'],
  ['evidenced, nothing stated', control, { evidence: [evidence] }, 'implemented', 'none'],
  ['stated as implemented, no evidence', { ...control, stated: 'implemented' }, {}, 'claimed', 'none'],
  ['stated as partial, no evidence', { ...control, stated: 'partial' }, {}, 'claimedInPart', 'none'],
  ['in place in part', { ...control, stated: 'partial' }, { evidence: [evidence] }, 'partial', 'none'],
  ['planned', { ...control, stated: 'planned' }, { evidence: [evidence] }, 'planned', 'contradicted'],
  ['not stated, to be built by an action', control, { actions: [action] }, 'planned', 'none'],
  ['not implemented', { ...control, stated: 'notImplemented' }, {}, 'notImplemented', 'contradicted'],
  [
    'evidenced, but failing a test',
    { ...control, stated: 'implemented' },
    { evidence: [evidence], tests: [{ name: 'Backup restores', passed: false }] },
    'failing',
    'contradicted',
  ],
  ['nothing known', control, {}, 'notDetermined', 'none'],
  ['excluded', { ...control, applicability: 'excluded', stated: 'implemented' }, {}, 'excluded', 'contradicted'],
])('a risk counts on a control that is %s only as far as its records go', (_name, given, records, expected, said) => {
  const derived = deriveStatus(given, { ...nothing, ...records })
  const standing = standingOf({ stated: given.stated, withdrawnAt: null }, derived)
  expect(standing).toBe(expected)
  expect(contradicted(given, standing)).toBe(said === 'contradicted')
  expect(standingOf({ stated: given.stated, withdrawnAt: '2026-01-01T00:00:00.000Z' as Instant }, derived)).toBe(
    'withdrawn',
  )
})

test('what a risk is told of a control is what the statement says of it', () => {
  const saidOf: Partial<Record<ControlStanding, ReturnType<typeof statementStatus>>> = {
    implemented: 'implemented',
    partial: 'partiallyImplemented',
    claimed: 'claimed',
    claimedInPart: 'claimed',
    excluded: 'notApplicable',
  }
  fc.assert(
    fc.property(controls, records, (subject, found) => {
      const derived = deriveStatus(subject, found)
      const standing = standingOf({ stated: subject.stated, withdrawnAt: null }, derived)
      const declared = declaredStatus(derived.status)
      expect(saidOf[standing] ?? 'notImplemented').toBe(statementStatus({ status: derived.status, declared }))
    }),
  )
})

type Contradiction = 'none' | 'contradicted'
