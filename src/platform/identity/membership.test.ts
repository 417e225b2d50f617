import fc from 'fast-check'
import { expect, test } from 'vitest'
import { newId } from '#kernel/id.ts'
import type { Instant } from '#kernel/time.ts'
import { roles } from '#platform/access/roles.ts'
import {
  acceptMembership,
  changeMembership,
  endMembership,
  inviteMember,
  isStandingAdministrator,
  keepsAdministrator,
  stateOf,
} from './membership.ts'
import type { Membership } from './records.ts'

const now = '2026-03-02T09:00:00.000Z' as Instant
const later = '2026-06-01T00:00:00.000Z' as Instant
const before = '2026-01-01T00:00:00.000Z' as Instant

const member = (patch: Partial<Membership> = {}): Membership => ({
  id: newId(1),
  orgId: newId(1),
  accountId: newId(1),
  version: 3,
  email: 'ben@acme.example',
  name: 'Ben',
  personId: null,
  roles: ['owner'],
  expiresAt: null,
  acceptedAt: before,
  endedAt: null,
  ...patch,
})
const key = { id: newId<'membership'>(1), orgId: newId<'org'>(1), accountId: newId<'account'>(1) }
const invited = { email: 'ben@acme.example', name: 'Ben', roles: ['owner'] as const, personId: null, expiresAt: null }
const codeOf = (result: { ok: boolean; refusal?: { code: string } }): string | undefined => result.refusal?.code

test('an invitation is a membership that opens nothing yet', () => {
  const result = inviteMember(null, key, invited, now)
  expect(result).toMatchObject({
    ok: true,
    value: { action: 'member.invited', after: { acceptedAt: null, version: 1 } },
  })
})

test('members are not invited again; those invited, or gone, are', () => {
  expect(codeOf(inviteMember(member(), key, invited, now))).toBe('member.exists')
  expect(codeOf(inviteMember(member({ expiresAt: before }), key, invited, now))).toBe('member.exists')
  const again = inviteMember(member({ acceptedAt: null }), key, { ...invited, roles: ['employee'] }, now)
  expect(again).toMatchObject({ ok: true, value: { after: { roles: ['employee'], acceptedAt: null, version: 4 } } })
  const gone = inviteMember(member({ endedAt: before }), key, invited, now)
  expect(gone).toMatchObject({ ok: true, value: { after: { acceptedAt: null, endedAt: null } } })
})

test('an external auditor’s access ends by itself, and no access ends in the past', () => {
  const auditor = { ...invited, roles: ['externalAuditor'] as const }
  expect(codeOf(inviteMember(null, key, auditor, now))).toBe('member.auditor_needs_expiry')
  expect(inviteMember(null, key, { ...auditor, expiresAt: later }, now).ok).toBe(true)
  expect(codeOf(inviteMember(null, key, { ...invited, expiresAt: before }, now))).toBe('member.expiry_past')
  expect(codeOf(changeMembership(member(), { roles: ['externalAuditor'] }, now))).toBe('member.auditor_needs_expiry')
  const limited = member({ roles: ['externalAuditor'], expiresAt: later })
  expect(codeOf(changeMembership(limited, { expiresAt: null }, now))).toBe('member.auditor_needs_expiry')
  expect(codeOf(changeMembership(limited, { expiresAt: before }, now))).toBe('member.expiry_past')
})

test('a lapsed membership may change its roles without a new end', () => {
  const lapsed = member({ roles: ['externalAuditor'], expiresAt: before })
  expect(changeMembership(lapsed, { personId: newId(1) }, now).ok).toBe(true)
})

test('an invitation is accepted once, in time, and not after it was withdrawn', () => {
  const arrival = { name: 'Benjamin', personId: newId<'person'>(1) }
  expect(acceptMembership(member({ acceptedAt: null }), arrival, now)).toMatchObject({
    ok: true,
    value: { action: 'member.arrived', after: { ...arrival, acceptedAt: now } },
  })
  expect(codeOf(acceptMembership(member(), arrival, now))).toBe('link.used')
  expect(codeOf(acceptMembership(member({ acceptedAt: null, endedAt: before }), arrival, now))).toBe('link.expired')
  expect(codeOf(acceptMembership(member({ acceptedAt: null, expiresAt: before }), arrival, now))).toBe('link.expired')
})

test('what has ended stays ended', () => {
  const ended = member({ endedAt: before })
  expect(codeOf(changeMembership(ended, { roles: ['administrator'] }, now))).toBe('member.ended')
  expect(codeOf(endMembership(ended, 'again', now))).toBe('member.ended')
})

test('a state follows from the dates, and the moment of the end is outside', () => {
  expect(stateOf(member({ expiresAt: now }), now)).toBe('lapsed')
  expect(stateOf(member({ expiresAt: later }), now)).toBe('active')
  expect(stateOf(member({ expiresAt: later, endedAt: now }), now)).toBe('ended')
  expect(stateOf(member({ acceptedAt: null }), now)).toBe('pending')
})

test('no change of one member takes away the last standing administrator', () => {
  const date = fc.constantFrom(null, before, later)
  const anyMember = fc
    .record({
      roles: fc.subarray([...roles], { minLength: 1 }),
      expiresAt: date,
      acceptedAt: fc.constantFrom(null, before),
      endedAt: fc.constantFrom(null, before),
    })
    .map((patch) => member(patch))
  fc.assert(
    fc.property(
      anyMember,
      fc.array(anyMember, { maxLength: 3 }),
      fc.record({ roles: fc.subarray([...roles], { minLength: 1 }), expiresAt: date }),
      fc.boolean(),
      (target, others, patch, ends) => {
        const result = ends ? endMembership(target, 'x', now) : changeMembership(target, patch, now)
        if (!result.ok) return
        const standing = others.filter(isStandingAdministrator).length
        const kept = keepsAdministrator(result.value, standing).ok
        const had = isStandingAdministrator(target) || standing > 0
        const has = isStandingAdministrator(result.value.after) || standing > 0
        expect(kept).toBe(!had || has)
      },
    ),
  )
})
