import { afterAll, beforeAll, expect, test } from 'vitest'
import { assets } from '#modules/assets/contract.ts'
import type { RouteContract } from '#platform/contract/route.ts'
import { type Args, callRoute } from '#testing/call.ts'
import { type TestActor, type TestServer, testServer } from '#testing/server.ts'
import { identity } from './contract.ts'
import { addMembership } from './organizations.ts'

// One account, two organizations, two roles: what it may do and see is decided by the address of each request alone.

let server: TestServer
let anna: TestActor
beforeAll(async () => {
  server = await testServer()
  for (const slug of ['acme', 'bravo']) await server.organization(slug)
  anna = await server.actor('acme', 'Anna Berg', ['administrator', 'ismsManager'])
  const email = 'anna.berg@acme.example'
  const { rows } = await server.t.owner.query<{ id: string }>('select id from identity.account where email = $1', [
    email,
  ])
  await server.inside('bravo', (tx) =>
    addMembership(tx, null, {
      accountId: rows[0]?.id as never,
      email,
      name: 'Anna Berg',
      personId: null,
      roles: ['externalAuditor'],
      expiresAt: null,
    }),
  )
  const bea = await server.actor('bravo', 'Bea Lang', ['ismsManager'])
  await anna.done(assets.add, { body: { name: 'Laptop of acme', kind: 'data' } })
  await bea.done(assets.add, { body: { name: 'Laptop of bravo', kind: 'data' } })
})
afterAll(() => server.close())

const at = <C extends RouteContract>(
  org: string,
  contract: C,
  args: Args<C> = {},
  headers: object = { cookie: anna.cookie },
) => callRoute(server.http, contract, org, { ...args, headers: { ...headers, ...args.headers } })

test('each request has the role of the organization it names, not that of the one before', async () => {
  const add = { body: { name: 'Server', kind: 'data' } } as const
  for (let times = 0; times < 3; times++) {
    expect((await at('acme', assets.add, add)).status).toBe(201)
    const there = await at('bravo', assets.add, add)
    expect([there.status, there.problem.code]).toEqual([403, 'access.forbidden'])
  }
})

test('two tabs at once see each its own', async () => {
  const slugs = Array.from({ length: 40 }, (_, place) => (place % 2 === 0 ? 'acme' : 'bravo'))
  const answers = await Promise.all(slugs.map((slug) => at(slug, assets.list, { query: { q: 'Laptop' } })))
  expect(answers.map(({ body }) => body.items.map(({ name }) => name))).toEqual(
    slugs.map((slug) => [`Laptop of ${slug}`]),
  )
})

test('a record of the one does not exist in the other, for the same person either', async () => {
  const { body } = await at('acme', assets.list, { query: { q: 'Laptop' } })
  const params = { assetId: body.items[0]?.id ?? '' }
  expect((await at('acme', assets.show, { params })).status).toBe(200)
  expect((await at('bravo', assets.show, { params })).status).toBe(404)
})

test('a token she made in the one opens nothing in the other', async () => {
  const { token } = await anna.done(identity.createToken, {
    body: { name: 'Reporting', roles: ['ismsManager'], expiresAt: '2026-12-01T00:00:00.000Z' },
  })
  const headers = { authorization: `Bearer ${token}` }
  expect((await at('acme', assets.list, {}, headers)).status).toBe(200)
  expect((await at('bravo', assets.list, {}, headers)).status).toBe(404)
  // Beside her cookie, which would open it, the token is what counts.
  expect((await at('bravo', assets.list, {}, { ...headers, cookie: anna.cookie })).status).toBe(404)
})
