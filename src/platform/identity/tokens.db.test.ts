import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import type { Instant } from '#kernel/time.ts'
import { people } from '#modules/people/contract.ts'
import { type TestActor, type TestServer, testServer } from '#testing/server.ts'
import { visitor } from '#testing/visitor.ts'
import { identity } from './contract.ts'

let server: TestServer
let anna: TestActor
let eve: TestActor
const start = '2026-03-02T09:00:00.000Z' as Instant
const later = '2026-09-01T00:00:00.000Z'
beforeAll(async () => {
  server = await testServer()
  await server.organization('acme')
  await server.organization('other')
  anna = await server.actor('acme', 'Anna Berg', ['administrator'])
  eve = await server.actor('other', 'Eve Stone', ['administrator'])
})
afterAll(() => server.close())
beforeEach(() => {
  server.clock.now = start
})

type RoleName = 'administrator' | 'employee'
const make = (role: RoleName = 'employee', by: TestActor = anna, name = 'Reports') =>
  by.done(identity.createToken, { body: { name, roles: [role], expiresAt: later } })
const withToken = (token: string) => ({ headers: { authorization: `Bearer ${token}` } })
const read = (token: string, org = 'acme') =>
  visitor(server.http).call(people.list, { org, query: { limit: 5 }, ...withToken(token) })

test('a token reads with its roles, in its organization only', async () => {
  const { token, ...shown } = await make()
  expect(token).toMatch(/^plumb_[\w-]{43}$/)
  expect(shown).toMatchObject({ name: 'Reports', roles: ['employee'], createdBy: 'Anna Berg', can: { revoke: true } })
  expect((await read(token)).status).toBe(200)
  expect((await read(token, 'other')).status).toBe(404)
  expect((await read(token, 'nowhere')).status).toBe(404)
  const write = await visitor(server.http).call(people.add, { org: 'acme', body: { name: 'X' }, ...withToken(token) })
  expect(write.status).toBe(403)
  const listed = await anna.done(identity.tokens)
  expect(JSON.stringify(listed)).not.toContain(token.slice(6))
})

test('what a token does is in the ledger under its name', async () => {
  const { token } = await make('administrator', anna, 'Joiner script')
  await visitor(server.http).done(people.add, { org: 'acme', body: { name: 'By Script' }, ...withToken(token) })
  const ledger = await server.t.owner.query(`select actor from ledger_entry where after ->> 'name' = 'By Script'`)
  expect(ledger.rows[0].actor).toMatchObject({ kind: 'token', name: 'Joiner script' })
})

test('a token is nobody in a browser’s place and opens no session routes', async () => {
  const { token } = await make('administrator')
  const browser = visitor(server.http)
  browser.token = token
  expect((await browser.call(people.list, { org: 'acme' })).status).toBe(401)
  const bare = visitor(server.http)
  for (const contract of [identity.session, identity.signOut, identity.signOutEverywhere] as const) {
    expect((await bare.call(contract, withToken(token))).status).toBe(401)
  }
  const session = anna.cookie.replace('plumbline_session=', '')
  expect((await read(session)).status).toBe(401)
})

test('a stolen token cannot make itself lasting company', async () => {
  const { token } = await make('administrator')
  const [me] = (await anna.done(identity.members)).items
  const [first] = (await anna.done(identity.tokens)).items
  const params = { membershipId: me?.id ?? '' }
  const thief = visitor(server.http)
  const at = { org: 'acme', ...withToken(token) }
  const attempts = [
    await thief.call(identity.createToken, { ...at, body: { name: 'more', roles: ['employee'], expiresAt: later } }),
    await thief.call(identity.invite, { ...at, body: { email: 'me@evil.example', name: 'M', roles: ['employee'] } }),
    await thief.call(identity.changeMember, { ...at, params, version: 1, body: { roles: ['employee'] } }),
    await thief.call(identity.endMember, { ...at, params, body: { reason: 'x' } }),
    await thief.call(identity.resetMember, { ...at, params }),
    await thief.call(identity.revokeToken, { ...at, params: { tokenId: first?.id ?? '' }, body: { reason: 'x' } }),
  ]
  for (const one of attempts) expect(one.problem).toMatchObject({ status: 403, code: 'access.person_needed' })
  const list = await thief.done(identity.members, at)
  expect(list.can.invite).toBe(false)
  expect(list.items[0]?.can).toEqual({ edit: false, end: false, reset: false })
})

test('altered, shortened and made-up tokens are nobody', async () => {
  const { token } = await make()
  const hashes = await server.t.owner.query(`select encode(token_hash, 'hex') as hash from identity.token_secret`)
  const forged = [
    token.slice(0, -1),
    `${token}A`,
    token.toUpperCase(),
    token.replace('plumb_', ''),
    `plumb_${'A'.repeat(43)}`,
    hashes.rows[0].hash,
    'null',
  ]
  for (const one of forged) expect((await read(one)).status).toBe(401)
})

test('an expired token and a revoked token are over', async () => {
  const expiring = await make()
  server.clock.now = later as Instant
  expect((await read(expiring.token)).status).toBe(401)
  server.clock.now = start
  const { token, id } = await make()
  const args = { params: { tokenId: id }, body: { reason: 'published by mistake' } }
  expect(await anna.done(identity.revokeToken, args)).toMatchObject({ revokedAt: start, can: { revoke: false } })
  expect((await read(token)).status).toBe(401)
  expect((await anna.call(identity.revokeToken, args)).problem.code).toBe('token.revoked')
  const elsewhere = await eve.call(identity.revokeToken, args)
  expect(elsewhere.problem).toMatchObject({ status: 404, code: 'api_token.not_found' })
})

test('a token ends when the membership of its maker lapses', async () => {
  const ben = await server.actor('acme', 'Ben Ode', ['administrator'])
  const { token } = await make('employee', ben)
  const member = (await anna.done(identity.members)).items.find((one) => one.name === 'Ben Ode')
  await anna.done(identity.changeMember, {
    params: { membershipId: member?.id ?? '' },
    version: 1,
    body: { expiresAt: '2026-04-01T00:00:00.000Z' },
  })
  expect((await read(token)).status).toBe(200)
  server.clock.now = '2026-04-01T00:00:00.000Z' as Instant
  expect((await read(token)).status).toBe(401)
})

test('limits of a new token are explained field by field', async () => {
  const ask = (body: object) =>
    anna.call(identity.createToken, { body: { name: 't', roles: ['employee'], expiresAt: later, ...body } })
  expect((await ask({ expiresAt: '2026-03-01T00:00:00Z' })).problem).toMatchObject({
    code: 'token.expiry_past',
    field: 'expiresAt',
  })
  expect((await ask({ expiresAt: '2028-03-01T00:00:00Z' })).problem.code).toBe('token.expiry_too_far')
  expect((await ask({ roles: [] })).problem.field).toBe('roles')
  expect((await ask({ name: ' ' })).problem.field).toBe('name')
})

test('a token cannot do more than its maker, whatever the table allows makers', async () => {
  const table = { ...(await import('#app/role-table.ts')).roleTable, 'risk.accept': { topManagement: 'all' as const } }
  const strict = await testServer({ roleTable: table })
  await strict.organization('acme')
  const ada = await strict.actor('acme', 'Ada Lund', ['administrator'])
  const body = { name: 't', roles: ['topManagement' as const], expiresAt: later }
  expect((await ada.call(identity.createToken, { body })).problem).toMatchObject({
    status: 422,
    code: 'token.exceeds_creator',
    field: 'roles',
  })
  await strict.close()
})

test('a secret is answered once: not again for the same idempotency key, and stored nowhere', async () => {
  const args = {
    body: { name: 'Keyed', roles: ['employee' as const], expiresAt: later },
    headers: { 'idempotency-key': 'k' },
  }
  const first = await anna.call(identity.createToken, args)
  expect(first.status).toBe(201)
  expect((await anna.call(identity.createToken, args)).problem.code).toBe('request.answer_not_kept')
  const tables = ['ledger_entry', 'api_token', 'identity.token_secret', 'idempotency']
  for (const table of tables) {
    const { rows } = await server.t.owner.query(`select t::text as row from ${table} t`)
    expect(JSON.stringify(rows)).not.toContain(first.body.token.slice(6))
  }
})
