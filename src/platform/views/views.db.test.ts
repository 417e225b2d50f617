import { afterAll, beforeAll, expect, test } from 'vitest'
import { auditTrail } from '#platform/ledger/contract.ts'
import { type TestActor, type TestServer, testServer } from '#testing/server.ts'
import { views } from './contract.ts'

let server: TestServer
let anna: TestActor
let omar: TestActor
let nora: TestActor
let eve: TestActor
beforeAll(async () => {
  server = await testServer()
  await server.organization('acme')
  await server.organization('other')
  anna = await server.actor('acme', 'Anna Berg', ['ismsManager'])
  omar = await server.actor('acme', 'Omar Quist', ['owner'])
  nora = await server.actor('acme', 'Nora Falk', ['externalAuditor'])
  eve = await server.actor('other', 'Eve Stone', ['administrator'])
})
afterAll(() => server.close())

const risksOf = (who: TestActor) => who.done(views.list, { query: { list: 'risks' } })
const namesOf = async (who: TestActor) => (await risksOf(who)).items.map((one) => one.name)

test('a view is one’s own until it is shared, and then everybody’s to open and not to change', async () => {
  const mine = await omar.done(views.save, { body: { list: 'risks', name: 'My own', query: 'ownerId=me' } })
  expect(mine).toMatchObject({ mine: true, shared: false, by: 'Omar Quist', can: { edit: true, share: false } })
  expect(await namesOf(omar)).toEqual(['My own'])
  expect(await namesOf(anna)).toEqual([])

  const team = await anna.done(views.save, { body: { list: 'risks', name: 'Board', query: 'sort=-level' } })
  await anna.done(views.share, { params: { viewId: team.id }, body: { shared: true } })
  expect(await namesOf(omar)).toEqual(['Board', 'My own'])
  expect(await namesOf(nora)).toEqual(['Board'])
  expect(await namesOf(eve)).toEqual([])
  expect((await omar.done(views.list, { query: { list: 'assets' } })).items).toEqual([])

  const renamed = await omar.call(views.change, { params: { viewId: team.id }, version: 2, body: { name: 'Ours' } })
  expect(renamed.problem).toMatchObject({ code: 'view.not_yours', facts: { by: 'Anna Berg' } })
  const shared = await omar.call(views.share, { params: { viewId: mine.id }, body: { shared: true } })
  expect(shared.problem).toMatchObject({ code: 'access.forbidden' })
})

test('what one keeps for oneself does not exist for others, and is not in their audit trail', async () => {
  const [mine] = (await risksOf(omar)).items.filter((one) => one.mine)
  for (const contract of [views.share, views.withdraw] as const) {
    const answer = await anna.call(contract, { params: { viewId: mine?.id ?? '' }, body: { shared: true } as never })
    expect(answer.problem).toMatchObject({ status: 404, code: 'saved_view.not_found' })
  }
  const stale = { params: { viewId: mine?.id ?? '' }, version: 99, body: { name: 'Ours' } }
  expect((await anna.call(views.change, stale)).problem).toMatchObject({ status: 404, code: 'saved_view.not_found' })
  const trail = await nora.done(auditTrail, { query: { limit: 200 } })
  const entries = trail.items.flatMap((event) => event.entries)
  expect(entries.length).toBeGreaterThan(0)
  expect(entries.filter((one) => one.record.type === 'saved_view')).toEqual([])
})

test('two people changing one view: the second is told, nothing is lost', async () => {
  const view = await anna.done(views.save, { body: { list: 'risks', name: 'High', query: 'band=high' } })
  await anna.done(views.change, { params: { viewId: view.id }, version: 1, body: { query: 'band=high&sort=-level' } })
  const late = await anna.call(views.change, { params: { viewId: view.id }, version: 1, body: { query: 'band=low' } })
  expect(late.problem).toMatchObject({ status: 412, code: 'conflict.version' })
  const twice = await anna.call(views.save, { body: { list: 'risks', name: 'HIGH', query: '' } })
  expect(twice.problem).toMatchObject({ code: 'view.name_taken', field: 'name' })
  await anna.done(views.withdraw, { params: { viewId: view.id } })
  expect(await namesOf(anna)).toEqual(['Board'])
  await anna.done(views.save, { body: { list: 'risks', name: 'High', query: '' } })
  expect(await namesOf(anna)).toEqual(['Board', 'High'])
})
