import { afterAll, beforeAll, expect, test } from 'vitest'
import { modules } from '#app/modules.ts'
import { roleTable } from '#app/role-table.ts'
import type { Instant } from '#kernel/time.ts'
import { assets } from '#modules/assets/contract.ts'
import { obligations } from '#modules/obligations/contract.ts'
import { people } from '#modules/people/contract.ts'
import { type TestActor, type TestServer, testServer } from '#testing/server.ts'
import { webModules } from '#web/pages.ts'
import { attention } from './contract.ts'

const sources = modules.flatMap((one) => one.attention ?? [])

let server: TestServer
let anna: TestActor
let emil: TestActor
beforeAll(async () => {
  server = await testServer()
  await server.organization('acme')
  anna = await server.actor('acme', 'Anna Berg', ['ismsManager'])
  emil = await server.actor('acme', 'Emil Roth', ['employee'])
})
afterAll(() => server.close())

const countOf = async (who: TestActor, path: string, reason: string) =>
  (await who.done(attention)).items.find((one) => one.path === path)?.reasons.find((one) => one.reason === reason)
    ?.count ?? 0

test('counts follow the records and the day, and are told to those who may read them', async () => {
  expect(await countOf(anna, '/obligations', 'reviewOverdue')).toBe(0)
  await anna.done(obligations.add, {
    body: { title: 'Report breaches', kind: 'law', ownerId: anna.personId, reviewOn: '2026-03-10' },
  })
  expect(await countOf(anna, '/obligations', 'reviewOverdue')).toBe(0)
  expect(await countOf(anna, '/obligations', 'undecided')).toBe(1)
  server.clock.now = '2026-03-11T09:00:00.000Z' as Instant
  expect(await countOf(anna, '/obligations', 'reviewOverdue')).toBe(1)
  expect((await emil.done(attention)).items.map((one) => one.path)).not.toContain('/obligations')
})

test('an asset needs attention when its owner has left', async () => {
  const leaver = await anna.done(people.add, { body: { name: 'Lars Holm', kind: 'employee' } })
  await anna.done(assets.add, { body: { name: 'Laptop', kind: 'hardware', ownerId: leaver.id } })
  expect(await countOf(anna, '/assets', 'noOwner')).toBe(0)
  await anna.done(people.leave, { params: { personId: leaver.id }, body: { on: '2026-03-01' } })
  expect(await countOf(anna, '/assets', 'noOwner')).toBe(1)
})

test('a bounded number of statements, and one while nothing changes', async () => {
  await anna.done(assets.add, { body: { name: 'Printer', kind: 'hardware', ownerId: anna.personId } })
  server.statements.texts = []
  await anna.done(attention)
  expect(server.statements.texts.length).toBeLessThanOrEqual(28)
  server.statements.texts = []
  await anna.done(attention)
  expect(server.statements.texts).toHaveLength(1)
})

test('every count has its item in the navigation with a sentence, and an action that exists', () => {
  const told = webModules.flatMap((module) =>
    module.nav.flatMap((item) => (item.attention ?? []).map(({ reason }) => `${item.path} ${reason}`)),
  )
  expect(sources.map(({ path, reason }) => `${path} ${reason}`).toSorted()).toEqual(told.toSorted())
  expect(sources.filter(({ readAction }) => roleTable[readAction] === undefined)).toEqual([])
})
