import { afterAll, beforeAll, expect, test } from 'vitest'
import { type TestActor, type TestServer, testServer } from '#testing/server.ts'
import { people } from './contract.ts'

let server: TestServer
let anna: TestActor
let eve: TestActor
beforeAll(async () => {
  server = await testServer()
  await server.organization('acme')
  await server.organization('other')
  anna = await server.actor('acme', 'Anna Berg', ['ismsManager'])
  eve = await server.actor('other', 'Eve Stone', ['administrator'])
})
afterAll(() => server.close())

test('a person is added, changed and seen as of before the change', async () => {
  const added = await anna.done(people.add, {
    body: { name: 'Ben Ode', email: 'ben@acme.example', jobTitle: 'IT lead' },
  })
  expect(added).toMatchObject({ ref: 'P-2', version: 1, name: 'Ben Ode', status: 'active', can: { edit: true } })
  server.clock.now = '2026-03-10T09:00:00.000Z' as never
  const changed = await anna.done(people.change, {
    params: { personId: added.id },
    version: 1,
    body: { jobTitle: 'CIO' },
  })
  expect(changed).toMatchObject({ version: 2, jobTitle: 'CIO' })
  const then = await anna.done(people.show, { params: { personId: added.id }, query: { at: '2026-03-05' } })
  expect(then.jobTitle).toBe('IT lead')
})

test('a stale version is refused and names both versions', async () => {
  const list = await anna.done(people.list, { query: { q: 'Ben', limit: 5 } })
  const [ben] = list.items
  const answer = await anna.call(people.change, {
    params: { personId: ben?.id ?? '' },
    version: 1,
    body: { jobTitle: 'x' },
  })
  expect(answer.status).toBe(412)
  expect(answer.problem.detail).toContain('version 2, you have 1')
})

test('pages follow the cursor without repeating, whatever the sort', async () => {
  for (const name of ['Zoe', 'Ärger', 'anton', 'Émile']) await anna.done(people.add, { body: { name } })
  for (const sort of ['name', '-name', 'ref', '-ref', 'jobTitle'] as const) {
    const seen: string[] = []
    let cursor: string | null = null
    do {
      const one: { items: { name: string }[]; next: string | null; total: number } = await anna.done(people.list, {
        query: { limit: 2, sort, ...(cursor ? { cursor } : {}) } as never,
      })
      expect(one.total).toBe(6)
      seen.push(...one.items.map((item) => item.name))
      cursor = one.next
    } while (cursor)
    expect(new Set(seen).size).toBe(6)
    if (sort === 'name') expect(seen).toEqual(['Anna Berg', 'anton', 'Ärger', 'Ben Ode', 'Émile', 'Zoe'])
  }
})

test('a cursor written by hand is refused in words', async () => {
  const forged = (...parts: unknown[]): string => Buffer.from(JSON.stringify(parts)).toString('base64url')
  const uuid = '-'.repeat(36)
  for (const cursor of ['x', forged('ref', 'a', uuid), forged('name', 'a\u0000', uuid), forged('name', 'a', uuid)]) {
    const answer = await anna.call(people.list, { query: { cursor, sort: 'name', limit: 2 } })
    expect(answer.problem).toMatchObject({ status: 422, field: 'cursor' })
  }
})

test('another organization’s person does not exist here', async () => {
  const list = await anna.done(people.list, { query: { limit: 1 } })
  const answer = await eve.call(people.show, { params: { personId: list.items[0]?.id ?? '' } })
  expect(answer.status).toBe(404)
  const reference = await eve.call(people.add, { body: { name: 'X', managerId: list.items[0]?.id } })
  expect(reference.status).toBe(404)
  expect(reference.problem.field).toBe('managerId')
})

test('an idempotency key gives the first answer again', async () => {
  const args = { body: { name: 'Once Only' }, headers: { 'idempotency-key': 'k1' } }
  const first = await anna.call(people.add, args)
  const second = await anna.call(people.add, args)
  expect(second.status).toBe(201)
  expect(second.body.id).toBe(first.body.id)
  const third = await anna.call(people.add, { body: { name: 'Other' }, headers: { 'idempotency-key': 'k1' } })
  expect(third.status).toBe(422)
})

test('a list issues a bounded number of statements', async () => {
  server.statements.texts = []
  await anna.done(people.list, {})
  expect(server.statements.texts.length).toBeLessThanOrEqual(2)
})

// The rule broken, by which the web app says it in the reader's language.
const invalid = (rule: string) => ({ code: 'request.invalid', facts: { rule } })

test('bad input is answered field by field', async () => {
  const answer = await anna.call(people.add, { body: { name: '', email: 'nope' } })
  expect(answer.status).toBe(422)
  expect(answer.problem.errors).toEqual([
    { ...invalid('sentences.is-empty'), field: 'name', message: 'name is empty.' },
    {
      ...invalid('sentences.is-not-an-e-mail-address'),
      field: 'email',
      message: 'email is not an e-mail address.',
    },
  ])
})
