import { afterAll, beforeAll, expect, test } from 'vitest'
import { addAsset, blankAsset } from '#modules/assets/domain/asset.ts'
import { ownAct } from '#platform/access/policy.ts'
import { transaction } from '#platform/db/transaction.ts'
import { openSystemScope } from '#platform/identity/scope.ts'
import { type TestActor, type TestServer, testServer } from '#testing/server.ts'
import { auditTrail } from './contract.ts'

let server: TestServer
let anna: TestActor
beforeAll(async () => {
  server = await testServer()
  await server.organization('acme')
  anna = await server.actor('acme', 'Anna Berg', ['administrator'])
  await act('Scanner', 3000)
  for (let n = 1; n <= 51; n++) await act(`Collector ${n}`, 1)
  await act('Änne Groß', 2)
  await server.t.owner.query('analyze ledger_entry')
})
afterAll(() => server.close())

/** Adds assets in the name of somebody, one event each. */
async function act(name: string, count: number): Promise<void> {
  const scope = openSystemScope('acme', { kind: 'system', id: null, name, personId: null, roles: [] })
  await transaction(
    server.t.db,
    () => server.clock.now,
    scope,
    { mode: 'write' },
    async (tx, actor) => {
      const grant = ownAct(actor, 'asset.create')
      const changes = Array.from({ length: count }, (_, n) =>
        addAsset({ id: tx.newId(), orgId: tx.org.id, ref: `A-${name}-${n}` }, { ...blankAsset, name, kind: 'data' }),
      )
      await tx.commit(grant, changes)
    },
  )
}

const actors = async (actor: string): Promise<string[]> =>
  (await anna.done(auditTrail, { query: { actor, limit: 200 } })).items.map((one) => one.actor.name)

test('a part of a name finds everybody of whom it is one, whatever their number, newest first', async () => {
  expect(await actors('änne')).toEqual(['Änne Groß'])
  expect(await actors('GROß')).toEqual(['Änne Groß'])
  expect(await actors('lector 5')).toEqual(['Collector 51', 'Collector 50', 'Collector 5'])
  expect(await actors('collector')).toHaveLength(51)
  expect(await actors('nobody of this name')).toEqual([])
  expect(await actors('%')).toEqual([])
})

test('what a rare person did is looked up, not searched for', async () => {
  server.statements.texts = []
  await anna.done(auditTrail, { query: { actor: 'änne' } })
  const texts = server.statements.texts.filter((text) => text.includes('actor_name'))
  expect(texts).toHaveLength(2)
  for (const text of texts) {
    const { rows } = await server.t.db.pool.query<{ 'QUERY PLAN': string }>(`explain (generic_plan) ${text}`)
    const plan = rows.map((row) => row['QUERY PLAN']).join('\n')
    expect(plan).toMatch(/Index (Only )?Scan using ledger_entry_actor on ledger_entry/)
    expect(plan).not.toContain('Seq Scan on ledger_entry')
  }
})
