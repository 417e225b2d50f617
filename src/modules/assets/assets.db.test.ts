import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Instant } from '#kernel/time.ts'
import { type TestActor, type TestServer, testServer } from '#testing/server.ts'
import { assets } from './contract.ts'

let server: TestServer
let anna: TestActor
let omar: TestActor
let eve: TestActor
beforeAll(async () => {
  server = await testServer()
  await server.organization('acme')
  await server.organization('other')
  anna = await server.actor('acme', 'Anna Berg', ['ismsManager'])
  omar = await server.actor('acme', 'Omar Quist', ['owner'])
  eve = await server.actor('other', 'Eve Stone', ['administrator'])
})
afterAll(() => server.close())

test('an asset says what an auditor would object to, until it is mended', async () => {
  const { items } = await anna.done(assets.adoptScheme, { body: { language: 'en' } })
  const added = await anna.done(assets.add, {
    body: { name: 'Customer database', kind: 'data', ownerText: 'Head of Sales' },
  })
  expect(added).toMatchObject({
    ref: 'A-1',
    gaps: ['ownerUnresolved', 'notClassified', 'notValued', 'neverVerified'],
    value: null,
  })
  const changed = await anna.done(assets.change, {
    params: { assetId: added.id },
    version: 1,
    body: { ownerId: omar.personId, classificationId: items[2]?.id ?? null, confidentiality: 4, availability: 2 },
  })
  expect(changed).toMatchObject({
    ownerText: '',
    owner: { name: 'Omar Quist', active: true },
    value: 4,
    gaps: ['neverVerified'],
  })
})

test('a record answers to its reference, in small letters too, and only inside its organization', async () => {
  const byId = await anna.done(assets.show, { params: { assetId: 'A-1' } })
  expect(byId).toMatchObject({ ref: 'A-1', name: 'Customer database' })
  expect((await anna.done(assets.show, { params: { assetId: 'a-1' } })).id).toBe(byId.id)
  for (const assetId of ['A-999', 'P-1', 'A.1', 'A-1%00', 'toString']) {
    expect((await anna.call(assets.show, { params: { assetId } })).status).toBe(404)
  }
  expect((await eve.call(assets.show, { params: { assetId: 'A-1' } })).status).toBe(404)
})

test('a filter given several times lets through what fits any value; what is missing is counted over everything', async () => {
  await anna.done(assets.add, { body: { name: 'Brand', kind: 'intangible', lifeCycle: 'planned' } })
  const several = await anna.done(assets.list, {
    query: { kind: ['data', 'intangible'], gap: ['noOwner', 'neverVerified'], sort: 'ref' },
  })
  expect(several.items.map((one) => one.name)).toEqual(['Customer database', 'Brand'])
  const one = await anna.done(assets.list, { query: { kind: 'intangible', lifeCycle: ['planned'] } })
  expect([one.total, one.gapCounts.noOwner, one.gapCounts.neverVerified]).toEqual([1, 1, 2])
  await anna.done(assets.withdraw, { params: { assetId: one.items[0]?.id ?? '' }, body: { reason: 'Test entry' } })
})

test('an owner changes what is theirs and nothing else; the answer says so beforehand', async () => {
  const other = await anna.done(assets.add, { body: { name: 'Laptops', kind: 'hardware' } })
  const list = await omar.done(assets.list, { query: { sort: 'ref' } })
  expect(list.items.map((item) => [item.ref, item.can.edit])).toEqual([
    ['A-1', true],
    [other.ref, false],
  ])
  expect(list.can).toEqual({ create: false, import: false })
  const own = await omar.call(assets.change, {
    params: { assetId: list.items[0]?.id ?? '' },
    version: 2,
    body: { location: 'Berlin' },
  })
  expect(own.status).toBe(200)
  const foreign = await omar.call(assets.change, {
    params: { assetId: other.id },
    version: 1,
    body: { location: 'Berlin' },
  })
  expect([foreign.status, foreign.problem.code]).toEqual([403, 'access.not_yours'])
})

test('dependencies form no circle and are switched off, not deleted', async () => {
  const [a, b, c] = await Promise.all(
    ['App', 'Server', 'Power'].map((name) => anna.done(assets.add, { body: { name, kind: 'service' } })),
  )
  const link = (from: string, to: string) =>
    anna.call(assets.relyOn, { params: { assetId: from }, body: { reliesOnId: to } })
  expect((await link(a?.id ?? '', b?.id ?? '')).body.reliesOn.map((one) => one.name)).toEqual(['Server'])
  await link(b?.id ?? '', c?.id ?? '')
  const circle = await link(c?.id ?? '', a?.id ?? '')
  expect([circle.status, circle.problem.code]).toEqual([422, 'asset.circular_dependency'])
  const off = await anna.done(assets.relyNoMore, { params: { assetId: a?.id ?? '', reliesOnId: b?.id ?? '' } })
  expect(off.reliesOn).toEqual([])
  expect((await link(a?.id ?? '', b?.id ?? '')).body.reliesOn.map((one) => one.name)).toEqual(['Server'])
})

test('nothing of one organization can be named in another', async () => {
  const [asset] = (await anna.done(assets.list)).items
  const mine = await eve.done(assets.add, { body: { name: 'Mine', kind: 'data' } })
  for (const body of [{ ownerId: omar.personId }, { classificationId: asset?.classification?.id ?? null }]) {
    const answer = await eve.call(assets.change, { params: { assetId: mine.id }, version: 1, body })
    expect(answer.status).toBe(404)
  }
  const link = await eve.call(assets.relyOn, { params: { assetId: mine.id }, body: { reliesOnId: asset?.id ?? '' } })
  expect(link.status).toBe(404)
})

test('several assets change together or not at all', async () => {
  const { items } = await anna.done(assets.list, { query: { sort: 'ref' } })
  const chosen = items.slice(0, 2).map(({ id, version }) => ({ id, version }))
  const stale = await anna.call(assets.changeMany, {
    body: {
      items: [chosen[0] as never, { ...(chosen[1] as { id: string }), version: 99 }],
      patch: { lifeCycle: 'retired' },
    },
  })
  expect(stale.status).toBe(412)
  expect((await anna.done(assets.list, { query: { lifeCycle: 'retired' } })).total).toBe(0)
  expect(await anna.done(assets.changeMany, { body: { items: chosen, patch: { lifeCycle: 'retired' } } })).toEqual({
    changed: 2,
  })
})

test('the register as of a past day, sampling that repeats, and a bounded number of statements', async () => {
  server.clock.now = '2026-06-01T09:00:00.000Z' as Instant
  const { items } = await anna.done(assets.list)
  const [first] = items
  await anna.done(assets.withdraw, { params: { assetId: first?.id ?? '' }, body: { reason: 'sold' } })
  expect((await anna.done(assets.list)).total).toBe(items.length - 1)
  expect((await anna.done(assets.list, { query: { at: '2026-05-31' } })).total).toBe(items.length)
  const draw = () => anna.done(assets.sample, { query: { size: 2, seed: 7 } })
  expect(await draw()).toEqual(await draw())
  server.statements.texts = []
  await anna.done(assets.list)
  await anna.done(assets.show, { params: { assetId: items[1]?.id ?? '' } })
  expect(server.statements.texts.length).toBeLessThanOrEqual(2 + 3)
})
