import { afterAll, beforeAll, expect, test } from 'vitest'
import { assets } from '#modules/assets/contract.ts'
import { controls } from '#modules/controls/contract.ts'
import { obligations } from '#modules/obligations/contract.ts'
import { people } from '#modules/people/contract.ts'
import { risks } from '#modules/risk/contract.ts'
import { type TestActor, type TestServer, testServer } from '#testing/server.ts'

// What a person is answerable for is gathered from all registers: each reader sees of it what is open to them there.

let server: TestServer
let anna: TestActor
let emil: TestActor
beforeAll(async () => {
  server = await testServer()
  await server.organization('acme')
  anna = await server.actor('acme', 'Anna Berg', ['ismsManager', 'owner'])
  emil = await server.actor('acme', 'Emil Roth', ['employee'])
})
afterAll(() => server.close())

const ownedBy = async (reader: TestActor) =>
  (await reader.done(people.owned, { params: { personId: anna.personId } })).items

test('what somebody answers for is shown to whoever may read the registers it stands in, and to nobody else', async () => {
  const ownerId = anna.personId
  await anna.done(assets.add, { body: { name: 'Customer database', kind: 'data', ownerId } })
  await anna.done(risks.record, { body: { title: 'Ransomware', scenario: 'A mail carries it in.', ownerId } })
  await anna.done(obligations.add, { body: { kind: 'law', title: 'Security of processing', source: 'GDPR', ownerId } })
  const [control] = (await anna.done(controls.list, { query: {} })).items
  await anna.done(controls.change, { params: { controlId: control?.id ?? '' }, version: 1, body: { ownerId } })
  expect((await ownedBy(anna)).map((one) => one.type).sort()).toEqual([
    'asset',
    'control',
    'membership',
    'obligation',
    'risk',
  ])
  expect(await ownedBy(emil)).toEqual([])
  const team = await anna.done(people.addTeam, { body: { name: 'Operations', leadId: ownerId } })
  expect((await ownedBy(emil)).map((one) => one.id)).toEqual([team.id])
})
