import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Instant } from '#kernel/time.ts'
import { assets } from '#modules/assets/contract.ts'
import { commandLine } from '#platform/access/system-actors.ts'
import { transaction } from '#platform/db/transaction.ts'
import { openSystemScope } from '#platform/identity/scope.ts'
import { type TestActor, type TestServer, testServer } from '#testing/server.ts'
import { modules } from './modules.ts'

// Before its first record an organization has no state: what asks for one is told since when there are records.

let server: TestServer
let anna: TestActor
beforeAll(async () => {
  server = await testServer()
  // 23:30 of the day before in UTC: days are those of the organization.
  server.clock.now = '2026-03-01T23:30:00.000Z' as Instant
  await server.organization('acme')
  anna = await server.actor('acme', 'Anna Berg', ['administrator', 'ismsManager'])
  server.clock.now = '2026-05-02T09:00:00.000Z' as Instant
})
afterAll(() => server.close())

const travelling = modules
  .flatMap((one) => one.useCases.map(({ contract }) => contract))
  .filter((contract) => contract.timeTravel === true && contract.params === undefined)

test.each(travelling.map((contract) => [contract.name, contract] as const))('%s', async (_name, contract) => {
  const { status, problem } = await anna.call(contract, { query: { at: '2026-03-01' } as never })
  expect(status).toBe(422)
  expect(problem).toMatchObject({
    code: 'request.before_records',
    detail: 'acme Ltd has no records of 2026-03-01: they begin on 2026-03-02. Choose that day or a later one.',
    field: 'at',
  })
})

test('the day of the first record can be read, and one to come', async () => {
  expect(travelling.length).toBeGreaterThan(10)
  for (const at of ['2026-03-02', '2027-01-01'])
    expect((await anna.call(assets.list, { query: { at } })).status).toBe(200)
})

test('who may not read a register does not learn since when there are records', async () => {
  const emil = await server.actor('acme', 'Emil Roth', ['employee'])
  for (const at of ['2020-01-01', 'nonsense']) {
    const { status, problem } = await emil.call(assets.list, { query: { at } })
    expect([status, problem.code]).toEqual([403, 'access.forbidden'])
  }
})

test('the command line is refused as well', async () => {
  const read = (at: string): Promise<unknown> =>
    transaction(
      server.t.db,
      () => server.clock.now,
      openSystemScope('acme', commandLine),
      { mode: 'read', at: () => at as Instant },
      async (tx) => tx.asOf,
    )
  await expect(read('2026-03-01T23:29:59.999Z')).rejects.toMatchObject({ refusal: { code: 'request.before_records' } })
  expect(await read('2026-03-01T23:30:00.000Z')).toBeGreaterThan(0)
})
