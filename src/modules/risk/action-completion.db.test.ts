import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Instant } from '#kernel/time.ts'
import { history } from '#platform/ledger/contract.ts'
import { importing, routesOfImports } from '#testing/imports.ts'
import { type TestActor, type TestServer, testServer } from '#testing/server.ts'
import { risks } from './contract.ts'

let server: TestServer
let anna: TestActor
beforeAll(async () => {
  server = await testServer()
  await server.organization('acme')
  anna = await server.actor('acme', 'Anna Berg', ['ismsManager', 'owner'])
})
afterAll(() => server.close())

const complete = (action: { id: string }, doneOn: string) =>
  anna.call(risks.stepAction, { params: { actionId: action.id }, body: { step: 'complete', doneOn } })

test('an action is done on no day before it was recorded, and the history tells the day it was done on', async () => {
  server.clock.now = '2026-03-02T23:30:00.000Z' as Instant
  const risk = await anna.done(risks.record, { body: { title: 'Outage', scenario: 'It fails.', availability: 'lost' } })
  const body = { title: 'Second line', ownerId: anna.personId, dueOn: '2026-06-30' }
  const action = await anna.done(risks.addAction, { params: { riskId: risk.id }, body })
  server.clock.now = '2026-03-20T09:00:00.000Z' as Instant
  for (const doneOn of ['1800-05-05', '2026-03-02']) {
    const refused = await complete(action, doneOn)
    // In Berlin it was past midnight.
    expect(refused.problem).toMatchObject({ status: 422, code: 'risk.done_before_recorded', field: 'doneOn' })
    expect(refused.problem.facts).toMatchObject({ recordedOn: '2026-03-03', doneOn })
  }
  expect((await complete(action, '2026-03-05')).status).toBe(200)
  const told = await anna.done(history, { query: { type: 'risk', id: risk.id } })
  const done = told.items.flatMap(({ entries }) => entries).find((entry) => entry.action === 'risk.action_done')
  expect(done?.changes).toContainEqual({ kind: 'date', field: 'doneAt', before: null, after: '2026-03-05' })
})

test('what an import brought may have been done before it came', async () => {
  const { take } = importing(server)
  const file = 'Risk ID,Action,Due Date\nR-1,Mend the roof,2026-05-01\n'
  await take(anna, routesOfImports.treatment, file)
  const { items } = await anna.done(risks.actions, { query: { q: 'Mend the roof' } })
  expect((await complete(items[0] ?? { id: '' }, '2026-01-15')).status).toBe(200)
})
