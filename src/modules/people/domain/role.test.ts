import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Id, OrgId } from '#kernel/id.ts'
import type { Instant, LocalDate } from '#kernel/time.ts'
import {
  type AssignmentState,
  acceptRole,
  addRole,
  assignmentState,
  assignmentStates,
  assignRole,
  bestState,
  changeRole,
  declineRole,
  endRole,
  type IsmsRole,
  mandates,
  type RoleAssignment,
  roleState,
  roleStates,
  withdrawRole,
} from './role.ts'
import { isAdopted, standardRoles } from './standard-roles.ts'

const anna = 'anna' as Id<'person'>
const org = 'org' as OrgId
const now = '2026-03-02T09:00:00.000Z' as Instant
const today = '2026-03-02' as LocalDate
const day = (text: string): LocalDate => text as LocalDate

const role: IsmsRole = addRole(
  { id: 'role' as Id<'role'>, orgId: org, ref: 'RO-1' },
  { name: 'ISMS manager', mandate: 'conformity', responsibilities: '', authorities: '' },
).after

const assignment: RoleAssignment = {
  id: 'assignment' as Id<'assignment'>,
  orgId: org,
  version: 1,
  roleId: role.id,
  personId: anna,
  assignedOn: day('2026-02-01'),
  assignedBy: null,
  acceptedAt: null,
  declinedAt: null,
  endedOn: null,
}
const act = { by: anna, now, today }
const codeOf = (result: { ok: boolean; refusal?: { code: string } }): string | undefined => result.refusal?.code

test('only the person themselves accepts or declines, and only once', () => {
  expect(acceptRole(assignment, act)).toMatchObject({
    ok: true,
    value: { action: 'role.accepted', after: { acceptedAt: now } },
  })
  expect(codeOf(acceptRole(assignment, { ...act, by: 'ben' as Id<'person'> }))).toBe('role.not_yours')
  expect(codeOf(acceptRole(assignment, { ...act, by: null }))).toBe('role.not_yours')
  const declined = declineRole(assignment, { ...act, reason: 'no time' })
  expect(declined).toMatchObject({ ok: true, value: { reason: 'no time', after: { declinedAt: now } } })
  for (const over of [{ acceptedAt: now }, { declinedAt: now }, { endedOn: day('2026-02-20') }]) {
    expect(codeOf(acceptRole({ ...assignment, ...over }, act))).toBe('role.answered')
    expect(codeOf(declineRole({ ...assignment, ...over }, { ...act, reason: 'x' }))).toBe('role.answered')
  }
})

test('a role runs until the end of its last day, and cannot end before it began', () => {
  const accepted = { ...assignment, acceptedAt: now }
  expect(codeOf(endRole(accepted, { on: day('2026-01-31'), today, reason: 'x' }))).toBe('role.ends_before_start')
  const ended = endRole(accepted, { on: today, today, reason: 'moved' })
  expect(ended).toMatchObject({ ok: true, value: { after: { endedOn: today } } })
  expect(assignmentState({ ...accepted, endedOn: today }, today)).toBe('accepted')
  expect(assignmentState({ ...accepted, endedOn: today }, day('2026-03-03'))).toBe('ended')
  expect(codeOf(endRole({ ...accepted, declinedAt: now }, { on: today, today, reason: 'x' }))).toBe('role.answered')
})

test('nobody is assigned a role twice at a time, nor one that is no longer in use', () => {
  const key = { id: 'new' as Id<'assignment'>, orgId: org }
  const assign = (held: AssignmentState[], to: IsmsRole = role) =>
    assignRole(key, to, { id: anna, name: 'Anna Berg' }, { on: today, by: null }, held)
  expect(assign([]).ok).toBe(true)
  expect(assign(['ended', 'declined']).ok).toBe(true)
  expect(codeOf(assign(['awaiting']))).toBe('role.already_assigned')
  expect(codeOf(assign(['ended', 'accepted']))).toBe('role.already_assigned')
  expect(codeOf(withdrawRole(role, now, 'x', [{ name: 'Anna Berg' }]))).toBe('role.held')
  const withdrawn = { ...role, withdrawnAt: now }
  for (const result of [assign([], withdrawn), changeRole(withdrawn, {}), withdrawRole(withdrawn, now, 'x', [])]) {
    expect(codeOf(result)).toBe('role.withdrawn')
  }
})

const holder = fc.record({ state: fc.constantFrom(...assignmentStates), active: fc.boolean() })

test('a role is filled exactly when somebody who is here has accepted it; more holders never make it emptier', () => {
  fc.assert(
    fc.property(fc.array(holder), holder, (holders, another) => {
      const state = roleState(holders)
      expect(state === 'filled').toBe(holders.some((one) => one.active && one.state === 'accepted'))
      const rank = roleStates.indexOf(roleState([...holders, another]))
      expect(rank).toBeLessThanOrEqual(roleStates.indexOf(state))
      expect(bestState([state, 'vacant'])).toBe(state)
    }),
  )
  expect(bestState([])).toBe('vacant')
})

test('the roles offered carry both mandates of 5.3 and say everything in both languages, each once', () => {
  expect(standardRoles.flatMap((one) => one.mandate ?? [])).toEqual([...mandates])
  const texts = standardRoles.flatMap((one) => [one.en, one.de]).flatMap((wording) => Object.values(wording))
  expect(texts.every((text) => text.trim() !== '')).toBe(true)
  expect(new Set(texts).size).toBe(texts.length)
  const [first] = standardRoles
  expect(first && isAdopted(first, new Set(['isms-manager']))).toBe(true)
  expect(first && isAdopted(first, new Set(['top management']))).toBe(false)
})
