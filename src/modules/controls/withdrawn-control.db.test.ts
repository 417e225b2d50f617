import { afterAll, beforeAll, expect, test } from 'vitest'
import { risks } from '#modules/risk/contract.ts'
import { type TestActor, type TestServer, testServer } from '#testing/server.ts'
import { controls } from './contract.ts'

let server: TestServer
let anna: TestActor
beforeAll(async () => {
  server = await testServer()
  await server.organization('acme')
  anna = await server.actor('acme', 'Anna Berg', ['ismsManager', 'owner'])
})
afterAll(() => server.close())

test('an action names no withdrawn control anew, and keeps one it named before', async () => {
  const own = (title: string) => anna.done(controls.addOwn, { body: { title, theme: 'technological' } })
  const [kept, gone] = [await own('Mantrap'), await own('Guard dog')]
  const withdraw = (id: string) =>
    anna.done(controls.withdraw, { params: { controlId: id }, body: { reason: 'not needed' } })
  const risk = await anna.done(risks.record, {
    body: { title: 'Theft', scenario: 'A break-in.', availability: 'lost' },
  })
  const body = { title: 'Build it', ownerId: anna.personId, dueOn: '2026-06-30' }
  const add = (controlIds: string[]) =>
    anna.call(risks.addAction, { params: { riskId: risk.id }, body: { ...body, controlIds } })
  const { body: action } = await add([kept.id])
  await withdraw(gone.id)
  await withdraw(kept.id)
  const refusal = { status: 422, code: 'risk.control_withdrawn', field: 'controlIds', facts: { control: gone.ref } }
  expect((await add([gone.id])).problem).toMatchObject(refusal)
  const params = { actionId: action.id }
  const change = (controlIds: string[], version: number) =>
    anna.call(risks.changeAction, { params, version, body: { controlIds, title: 'Built' } })
  expect((await change([kept.id, gone.id], action.version)).problem).toMatchObject(refusal)
  expect((await change([kept.id], action.version)).status).toBe(200)
})
