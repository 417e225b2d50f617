import { afterAll, beforeAll, expect, test } from 'vitest'
import type { z } from 'zod'
import { modules } from '#app/modules.ts'
import { roleTable } from '#app/role-table.ts'
import { newId, toWireId } from '#kernel/id.ts'
import { type Role, roles } from '#platform/access/roles.ts'
import type { RouteContract } from '#platform/contract/route.ts'
import { createTokenBySystem } from '#platform/identity/system.ts'
import { bodies, refusesFirst } from './bodies.ts'
import { replay } from './replay.ts'
import { type IdOf, type IdPlace, idPlaces, placeName, sample } from './sample.ts'
import { type TestServer, testServer } from './server.ts'

// Generated from the route table: whatever a module adds is attacked here without anybody remembering to.

const contracts: readonly RouteContract[] = modules.flatMap((one) => one.useCases.map((useCase) => useCase.contract))
const inOrg = contracts.filter((one) => one.path.startsWith('/orgs/:org'))

type Credentials = Readonly<Record<string, string>>
interface Reply {
  readonly status: number
  readonly code: string
  readonly body: unknown
}

/** Ids (and versions) of one organization, as the API answered them. */
class Known {
  readonly #ids = new Map<string, string>()
  readonly #versions = new Map<string, number>()

  readonly idOf: IdOf = (prefix) => this.find(prefix) ?? nobody(prefix)

  find(prefix: string): string | undefined {
    return this.#ids.get(prefix)
  }

  prefixes(): Iterable<string> {
    return this.#ids.keys()
  }

  versionOf(id: string): number {
    return this.#versions.get(id) ?? 1
  }

  harvest(value: unknown): void {
    if (typeof value === 'string') {
      const prefix = /^([a-zA-Z]+)_[0-9a-f]{32}$/.exec(value)?.[1]
      if (prefix !== undefined && !this.#ids.has(prefix)) this.#ids.set(prefix, value)
    } else if (Array.isArray(value)) {
      for (const one of value) this.harvest(one)
    } else if (value !== null && typeof value === 'object') {
      const { id, version } = value as { id?: unknown; version?: unknown }
      if (typeof id === 'string' && typeof version === 'number') this.#versions.set(id, version)
      for (const one of Object.values(value)) this.harvest(one)
    }
  }
}

let server: TestServer
const cookies: Record<string, Credentials> = {}
const here = new Known()
const there = new Known()

beforeAll(async () => {
  server = await testServer()
  await server.organization('here')
  await server.organization('there')
  const all: Role[] = roles.filter((role) => role !== 'externalAuditor' && role !== 'employee')
  cookies['here'] = { cookie: (await server.actor('here', 'Anna Berg', all)).cookie }
  cookies['there'] = { cookie: (await server.actor('there', 'Eve Stone', all)).cookie }
  for (const role of roles) {
    cookies[role] = { cookie: (await server.actor('here', `Only ${role}`, [role])).cookie }
  }
  const expiresAt = '2026-09-01T00:00:00.000Z' as never
  const { token } = await createTokenBySystem(server.t.db, () => server.clock.now, 'there', { roles: all, expiresAt })
  cookies['tokenThere'] = { authorization: `Bearer ${token}` }
  await fill('here', here)
  await fill('there', there)
})
afterAll(() => server.close())

/** A wire id of a prefix that belongs to nothing. */
const nobody: IdOf = (prefix) => toWireId(prefix, newId(Date.parse(server.clock.now)))

async function call(
  contract: RouteContract,
  org: string,
  credentials: Credentials,
  request: { params?: Record<string, string>; body?: unknown; version?: number } = {},
): Promise<Reply> {
  const path = contract.path
    .replace(':org', org)
    .replaceAll(/:(\w+)/g, (_, key: string) => request.params?.[key] ?? nobody(key.replace(/Id$/, '')))
  // Requests run side by side: whoever clears the counters has them alone.
  if (contract.costly) {
    await server.t.owner.query(
      'begin; lock table identity.allowance in access exclusive mode; delete from identity.allowance; commit',
    )
  }
  const file = contract.body === 'file'
  const response = await server.http.inject({
    method: contract.method,
    url: `/api/v1${path}`,
    headers: {
      ...credentials,
      'if-match': `"${request.version ?? 1}"`,
      ...(file ? { 'content-type': 'application/octet-stream' } : {}),
    },
    ...(file ? { payload: Buffer.from('x') } : contract.body ? { payload: (request.body ?? {}) as object } : {}),
  })
  const isJson = String(response.headers['content-type'] ?? '').includes('json')
  const body: unknown = isJson ? JSON.parse(response.body) : null
  const code = (body as { code?: unknown } | null)?.code
  return { status: response.statusCode, code: typeof code === 'string' ? code : '', body }
}

const bodyFor = (contract: RouteContract, idOf: IdOf, place?: { at: IdPlace; id: string }): unknown => {
  if (!contract.body || contract.body === 'file') return undefined
  const byHand = bodies[contract.name]
  return byHand && !place ? byHand(idOf) : sample(contract.body, idOf, place)
}

/** The id parameters of an address and their prefixes. */
function idParams(contract: RouteContract): { name: string; prefix: string }[] {
  return contract.params ? idPlaces(contract.params).map((one) => ({ name: placeName(one), prefix: one.prefix })) : []
}

const ownParams = (contract: RouteContract, idOf: IdOf): Record<string, string> =>
  Object.fromEntries(idParams(contract).map(({ name, prefix }) => [name, idOf(prefix)]))

// Makes one record of whatever the API creates, and remembers every id that is answered.
async function fill(org: 'here' | 'there', known: Known): Promise<void> {
  const who = cookies[org] ?? {}
  const lists = inOrg.filter((one) => one.method === 'GET' && one.response !== 'file')
  for (let round = 0; round < 2; round++) {
    for (const contract of inOrg.filter((one) => one.creates && one.body !== 'file')) {
      const body = bodyFor(contract, known.idOf)
      if (body !== null)
        known.harvest((await call(contract, org, who, { params: ownParams(contract, known.idOf), body })).body)
    }
    for (const contract of lists) {
      known.harvest((await call(contract, org, who, { params: ownParams(contract, known.idOf) })).body)
    }
  }
}

/** Runs a check on every route, a few at a time, and reports all that went wrong together. */
async function everyRoute(
  routes: readonly RouteContract[],
  check: (contract: RouteContract) => Promise<readonly string[]>,
): Promise<string[]> {
  const wrong: string[] = []
  for (let i = 0; i < routes.length; i += 6) {
    const found = await Promise.all(
      routes.slice(i, i + 6).map(async (one) => (await check(one)).map((what) => `${one.name}: ${what}`)),
    )
    wrong.push(...found.flat())
  }
  return wrong
}

const unless = (fine: boolean, what: string): string[] => (fine ? [] : [what])

test('there are routes to attack, and records of another organization to attack with', () => {
  expect(inOrg.length).toBeGreaterThan(10)
  for (const known of [here, there])
    expect([...known.prefixes()]).toEqual(expect.arrayContaining(['person', 'membership']))
})

test('nobody gets in without signing in: 401', async () => {
  const closed = contracts.filter((one) => one.action !== 'anyone')
  const wrong = await everyRoute(closed, async (contract) => {
    const replies = await Promise.all([
      call(contract, 'here', {}),
      call(contract, 'here', { cookie: 'plumbline_session=' }),
      call(contract, 'here', { authorization: 'Bearer nonsense' }),
    ])
    return replies.flatMap(({ status }) => unless(status === 401, `answers ${status}`))
  })
  expect(wrong).toEqual([])
})

test('a member or token of another organization finds no organization here: 404', async () => {
  const wrong = await everyRoute(inOrg, async (contract) => {
    const request = { params: ownParams(contract, here.idOf), body: bodyFor(contract, here.idOf) }
    const replies = await Promise.all(
      ['there', 'tokenThere'].map((who) => call(contract, 'here', cookies[who] ?? {}, request)),
    )
    return replies.flatMap(({ status, code }) =>
      unless(status === 404 && code === 'organization.not_found', `answers ${status} ${code}`),
    )
  })
  expect(wrong).toEqual([])
})

test('a role that is not in the table is refused before anything is looked at: 403', async () => {
  const wrong = await everyRoute(inOrg, async (contract) => {
    const without = roles.filter((role) => roleTable[contract.action]?.[role] === undefined)
    const replies = await Promise.all(
      without.map(async (role) => ({ role, ...(await call(contract, 'here', cookies[role] ?? {})) })),
    )
    return replies.flatMap(({ role, status, code }) =>
      unless(status === 403 && code === 'access.forbidden', `answers ${role} with ${status} ${code}`),
    )
  })
  expect(wrong).toEqual([])
})

test('every request can be made up from its schema, or stands in bodies.ts', () => {
  const missing = inOrg.filter((one) => one.body && one.body !== 'file' && bodyFor(one, here.idOf) === null)
  expect(missing.map((one) => one.name)).toEqual([])
})

// Neither done, nor a hint that there is something one must not see, nor a defect.
const silent = new Set([404, 412, 422, 428])

test('an id of another organization in an address is answered exactly like one that does not exist', async () => {
  const routes = inOrg.filter((one) => idParams(one).length > 0)
  const wrong = await everyRoute(routes, async (contract) => {
    const body = bodyFor(contract, here.idOf)
    const found: string[] = []
    for (const { name, prefix } of idParams(contract)) {
      const own = ownParams(contract, here.idOf)
      const attack = (value: string): Promise<Reply> =>
        call(contract, 'here', cookies['here'] ?? {}, { params: { ...own, [name]: value }, body })
      const random = await attack(nobody(prefix))
      const foreign = there.find(prefix)
      const replies = foreign === undefined ? [random] : [random, await attack(foreign)]
      for (const { status, code } of replies) {
        const fine = refusesFirst[contract.name] === undefined ? status === 404 : silent.has(status)
        found.push(...unless(fine, `answers ${status} ${code} to a foreign ${name}`))
        found.push(...unless(status === random.status && code === random.code, `tells a foreign ${name} apart`))
      }
    }
    return found
  })
  expect(wrong).toEqual([])
})

test('an id of another organization in a request is answered exactly like one that does not exist', async () => {
  const routes = inOrg.filter((one) => one.method !== 'GET' && one.body && one.body !== 'file')
  const wrong = await everyRoute(routes, async (contract) => {
    const places = idPlaces(contract.body as z.ZodType)
    const params = ownParams(contract, here.idOf)
    const version = here.versionOf(Object.values(params).at(-1) ?? '')
    const found: string[] = []
    for (const at of places) {
      const attack = (id: string): Promise<Reply> =>
        call(contract, 'here', cookies['here'] ?? {}, {
          params,
          version,
          body: bodyFor(contract, here.idOf, { at, id }),
        })
      const random = await attack(nobody(at.prefix))
      const foreign = there.find(at.prefix)
      const replies = foreign === undefined ? [random] : [random, await attack(foreign)]
      for (const { status, code } of replies) {
        found.push(...unless(silent.has(status), `answers ${status} ${code} to a foreign ${placeName(at)}`))
        found.push(
          ...unless(status === random.status && code === random.code, `tells a foreign ${placeName(at)} apart`),
        )
      }
    }
    return found
  })
  expect(wrong).toEqual([])
})

test('after all that the ledger, replayed from its first entry, gives every table', async () => {
  expect(await replay(server.t)).toEqual([])
})

test('after all that nothing of the other organization has changed', async () => {
  const rows = await server.t.owner.query(
    `select count(*)::int as n from ledger_entry e join organization o using (org_id)
     where o.slug = 'there' and e.actor ->> 'name' not in ('Eve Stone', 'test', 'set-up', 'command line')`,
  )
  expect(rows.rows[0].n).toBe(0)
})
