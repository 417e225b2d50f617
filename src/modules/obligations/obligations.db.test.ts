import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Instant } from '#kernel/time.ts'
import { people } from '#modules/people/contract.ts'
import { replay } from '#testing/replay.ts'
import { type TestActor, type TestServer, testServer } from '#testing/server.ts'
import { obligations } from './contract.ts'
import { listDrivers } from './server/reader.ts'

let server: TestServer
let anna: TestActor
let omar: TestActor
let emil: TestActor
let eve: TestActor
beforeAll(async () => {
  server = await testServer()
  await server.organization('acme')
  anna = await server.actor('acme', 'Anna Berg', ['ismsManager'])
  await server.organization('other')
  omar = await server.actor('acme', 'Omar Quist', ['owner'])
  emil = await server.actor('acme', 'Emil Roth', ['employee'])
  eve = await server.actor('other', 'Eve Stone', ['administrator'])
})
afterAll(() => server.close())

test('what is not addressed needs a reason; a review sets the next one and overdue shows', async () => {
  const party = await anna.done(obligations.addParty, { body: { name: 'Customers', kind: 'external' } })
  const added = await anna.done(obligations.add, {
    body: {
      title: 'Notify customers of breaches',
      kind: 'interestedParty',
      partyId: party.id,
      ownerId: omar.personId,
      reviewOn: '2026-01-31',
    },
  })
  expect(added).toMatchObject({ ref: 'O-1', reviewOverdue: true, party: { name: 'Customers' } })
  const silent = await anna.call(obligations.change, {
    params: { obligationId: added.id },
    version: 1,
    body: { addressed: 'no' },
  })
  expect(silent.problem).toMatchObject({ code: 'obligation.not_addressed_why', field: 'addressedWhy' })
  const reviewed = await omar.done(obligations.review, {
    params: { obligationId: added.id },
    body: { on: '2026-03-02', next: '2027-03-01' },
  })
  expect(reviewed).toMatchObject({ reviewOverdue: false, reviewOn: '2027-03-01' })
  const used = await anna.call(obligations.withdrawParty, { params: { partyId: party.id }, body: { reason: 'merged' } })
  expect(used.problem.detail).toContain('O-1 comes from Customers')
})

test('an owner edits what is theirs, and cannot enter or withdraw', async () => {
  const [item] = (await omar.done(obligations.list)).items
  expect(item?.can).toEqual({ edit: true, review: true, withdraw: false })
  expect((await emil.call(obligations.list)).status).toBe(403)
  expect((await omar.call(obligations.add, { body: { title: 'x', kind: 'law' } })).status).toBe(403)
  const params = { obligationId: item?.id ?? '' }
  expect((await omar.call(obligations.withdraw, { params, body: { reason: 'x' } })).status).toBe(403)
  server.statements.texts = []
  await anna.done(obligations.list)
  expect(server.statements.texts.length).toBeLessThanOrEqual(2)
})

test('gaps can be asked for, and mean what the entries show', async () => {
  await anna.done(obligations.add, { body: { title: 'GDPR Art. 32', kind: 'law', ownerText: 'Head of Legal' } })
  await anna.done(obligations.add, { body: { title: 'Trade law', kind: 'law', source: 'HGB', reviewOn: '2026-01-01' } })
  const { items } = await anna.done(obligations.list)
  const gaps = new Set(items.flatMap((one) => one.gaps))
  expect([...gaps]).toEqual(expect.arrayContaining(['ownerUnresolved', 'noOwner', 'noSource', 'reviewOverdue']))
  for (const gap of gaps) {
    const filtered = await anna.done(obligations.list, { query: { gap } })
    const expected = items.filter((one) => one.gaps.includes(gap)).map((one) => one.ref)
    expect([gap, filtered.items.map((one) => one.ref)]).toEqual([gap, expected])
  }
  for (const sort of ['title', '-title', 'source', 'owner', 'appliesSince', '-reviewOn', 'reviewedOn'] as const) {
    const page = await anna.done(obligations.list, { query: { sort, limit: 2 } })
    const rest = await anna.done(obligations.list, { query: { sort, limit: 9, cursor: page.next ?? '' } })
    expect(new Set([...page.items, ...rest.items].map((one) => one.id)).size).toBe(items.length)
  }
})

test('reviews are dated when they happened; what was not addressed drives nothing; the past stays readable', async () => {
  const { items } = await anna.done(obligations.list, { query: { q: 'GDPR' } })
  const params = { obligationId: items[0]?.id ?? '' }
  const future = await anna.call(obligations.review, { params, body: { on: '2026-04-01' } })
  expect(future.problem).toMatchObject({ code: 'obligation.review_in_future', field: 'on' })
  server.clock.now = '2026-04-15T09:00:00.000Z' as Instant
  const reviewed = await anna.done(obligations.review, { params, body: { on: '2026-04-01', note: 'No change' } })
  expect(reviewed).toMatchObject({ reviewedOn: '2026-04-01', reviewedBy: { name: 'Anna Berg' } })
  const earlier = await anna.call(obligations.review, { params, body: { on: '2026-03-01' } })
  expect(earlier.problem.code).toBe('obligation.reviewed_later')
  await server.inside('acme', async (tx) => {
    expect((await listDrivers(tx)).map((one) => one.title)).toContain('GDPR Art. 32')
  })
  await anna.done(obligations.change, {
    params,
    version: reviewed.version,
    body: { addressed: 'no', addressedWhy: 'No personal data at all' },
  })
  await server.inside('acme', async (tx) => {
    expect((await listDrivers(tx)).map((one) => one.title)).not.toContain('GDPR Art. 32')
  })
  const then = await anna.done(obligations.show, { params, query: { at: '2026-03-10' } })
  expect(then).toMatchObject({ driver: true, reviewedBy: null, addressed: 'undecided' })
  const gone = await anna.done(obligations.withdraw, { params, body: { reason: 'repealed' } })
  expect(gone).toMatchObject({ gaps: [], can: { edit: false, review: false, withdraw: false } })
  expect((await anna.done(obligations.list, { query: { withdrawn: 'true' } })).items.map((one) => one.id)).toEqual([
    gone.id,
  ])
})

test('interested parties are listed, found, withdrawn when nothing comes from them, and not named after that', async () => {
  const [customers] = (await anna.done(obligations.parties)).items
  expect(customers).toMatchObject({ name: 'Customers', obligations: 1, can: { edit: true, withdraw: false } })
  const staff = await anna.done(obligations.addParty, {
    body: { name: 'Staff', kind: 'internal', interest: 'Privacy' },
  })
  expect((await anna.done(obligations.parties, { query: { kind: 'internal' } })).total).toBe(1)
  expect((await anna.done(obligations.parties, { query: { q: 'priv' } })).items[0]?.id).toBe(staff.id)
  const params = { partyId: staff.id }
  await anna.done(obligations.changeParty, { params, version: 1, body: { interest: 'Their own data' } })
  await anna.done(obligations.withdrawParty, { params, body: { reason: 'merged' } })
  expect((await anna.done(obligations.party, { params })).can).toEqual({ edit: false, withdraw: false })
  const named = await anna.call(obligations.add, { body: { title: 'x', kind: 'interestedParty', partyId: staff.id } })
  expect([named.status, named.problem.field]).toEqual([404, 'partyId'])
  const foreign = await eve.call(obligations.add, {
    body: { title: 'x', kind: 'interestedParty', partyId: customers?.id ?? null },
  })
  expect([foreign.status, foreign.problem.field]).toEqual([404, 'partyId'])
  expect((await eve.call(obligations.party, { params })).status).toBe(404)
})

test('who leaves hands their obligations over, and an entry keeps its owner until then', async () => {
  const { items } = await anna.done(obligations.list, { query: { ownerId: omar.personId } })
  const [own] = items
  const gone = await anna.done(people.leave, { params: { personId: omar.personId }, body: { on: '2026-04-15' } })
  expect(gone.owned.map((one) => [one.duty, one.ref])).toEqual([['owner', own?.ref]])
  const changed = await anna.done(obligations.change, {
    params: { obligationId: own?.id ?? '' },
    version: own?.version ?? 0,
    body: { clause: '4', ownerId: omar.personId },
  })
  expect(changed.gaps).toContain('ownerLeft')
})

test('lists and records issue a bounded number of statements; replaying the ledger gives the tables', async () => {
  const count = async (work: () => Promise<unknown>): Promise<number> => {
    server.statements.texts = []
    await work()
    return server.statements.texts.length
  }
  const { items } = await anna.done(obligations.list)
  expect(await count(() => anna.done(obligations.list))).toBe(1)
  expect(await count(() => anna.done(obligations.show, { params: { obligationId: items[0]?.id ?? '' } }))).toBe(1)
  expect(await count(() => anna.done(obligations.parties))).toBe(2)
  expect(await replay(server.t)).toEqual([])
})
