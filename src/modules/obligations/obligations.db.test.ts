import { afterAll, beforeAll, expect, test } from 'vitest'
import { type TestActor, type TestServer, testServer } from '#testing/server.ts'
import { obligations } from './contract.ts'

let server: TestServer
let anna: TestActor
let omar: TestActor
beforeAll(async () => {
  server = await testServer()
  await server.organization('acme')
  anna = await server.actor('acme', 'Anna Berg', ['ismsManager'])
  omar = await server.actor('acme', 'Omar Quist', ['owner'])
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
  expect((await omar.call(obligations.add, { body: { title: 'x', kind: 'law' } })).status).toBe(403)
  const params = { obligationId: item?.id ?? '' }
  expect((await omar.call(obligations.withdraw, { params, body: { reason: 'x' } })).status).toBe(403)
  server.statements.texts = []
  await anna.done(obligations.list)
  expect(server.statements.texts.length).toBeLessThanOrEqual(2)
})
