import fc from 'fast-check'
import { expect, test } from 'vitest'
import { newId } from '#kernel/id.ts'
import type { Instant } from '#kernel/time.ts'
import { type Actor, allowanceOf, covers, type RoleTable } from '#platform/access/policy.ts'
import { roles } from '#platform/access/roles.ts'
import { issueToken, revokeToken } from './token.ts'

const roleTable: RoleTable = {
  'member.edit': { administrator: 'all' },
  'risk.edit': { administrator: 'all', ismsManager: 'all', owner: 'own' },
  'risk.accept': { owner: 'own', topManagement: 'all' },
  'risk.read': { administrator: 'all', ismsManager: 'all', owner: 'all', employee: 'all' },
}
const now = '2026-03-02T09:00:00.000Z' as Instant
const key = { id: newId<'token'>(1), orgId: newId<'org'>(1), createdBy: newId<'account'>(1) }
const asked = { name: 'Reports', roles: ['employee'] as const, expiresAt: '2026-06-01T00:00:00.000Z' as Instant }
const maker = { roles: ['administrator'] as const, table: roleTable }
const codeOf = (result: { ok: boolean; refusal?: { code: string } }): string | undefined => result.refusal?.code

test('a token lives a year at most and not in the past', () => {
  expect(issueToken(key, asked, maker, now).ok).toBe(true)
  const at = (expiresAt: string) => issueToken(key, { ...asked, expiresAt: expiresAt as Instant }, null, now)
  expect(codeOf(at('2026-03-02T09:00:00.000Z'))).toBe('token.expiry_past')
  expect(at('2027-03-02T09:00:00.000Z').ok).toBe(true)
  expect(codeOf(at('2027-03-04T09:00:00.000Z'))).toBe('token.expiry_too_far')
})

test('covering roles means covering every action, as far as the table allows it', () => {
  const some = fc.subarray([...roles], { minLength: 1 })
  const actor = (held: readonly (typeof roles)[number][]): Actor =>
    ({ kind: 'token', id: null, name: '', personId: null, roles: held, org: {} }) as never
  const worth = { all: 2, own: 1 }
  fc.assert(
    fc.property(some, some, (holder, given) => {
      const exceeds = Object.keys(roleTable).some((action) => {
        const has = allowanceOf(roleTable, actor(holder), action)
        const gets = allowanceOf(roleTable, actor(given), action)
        return gets !== null && (has === null || worth[gets] > worth[has])
      })
      expect(covers(roleTable, holder, given)).toBe(!exceeds)
      expect(covers(roleTable, [...holder, ...given], given)).toBe(true)
    }),
  )
})

test('a token never exceeds its maker', () => {
  const asOwner = { roles: ['owner'] as const, table: roleTable }
  const result = issueToken(key, { ...asked, roles: ['administrator'] }, asOwner, now)
  expect(codeOf(result)).toBe('token.exceeds_creator')
})

test('a token is revoked once', () => {
  const issued = issueToken(key, asked, maker, now)
  if (!issued.ok) throw new Error('not issued')
  const revoked = revokeToken(issued.value.after, 'lost', now)
  expect(revoked).toMatchObject({ ok: true, value: { action: 'token.revoked', reason: 'lost' } })
  if (revoked.ok) expect(codeOf(revokeToken(revoked.value.after, 'again', now))).toBe('token.revoked')
})
