import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import type { Id } from '#kernel/id.ts'
import type { Instant } from '#kernel/time.ts'
import { assets } from '#modules/assets/contract.ts'
import { statement } from '#platform/db/database.ts'
import { type Tx, transaction } from '#platform/db/transaction.ts'
import { openSystemScope } from '#platform/identity/scope.ts'
import { type TestActor, type TestServer, testServer } from '#testing/server.ts'
import { judgedCount } from './judged-count.ts'

let server: TestServer
let anna: TestActor
let one: { readonly id: string; readonly version: number }
let basis = ''
let judged: (readonly Id<'asset'>[] | null)[] = []
beforeAll(async () => {
  server = await testServer()
  await server.organization('acme')
  anna = await server.actor('acme', 'Anna Berg', ['ismsManager'])
  one = await add('Laptop')
  await add('Printer')
})
beforeEach(() => {
  judged = []
})
afterAll(() => server.close())

const add = (name: string) => anna.done(assets.add, { body: { name, kind: 'hardware', ownerId: anna.personId } })
const rename = async (name: string) => {
  one = await anna.done(assets.change, { params: { assetId: one.id }, version: one.version, body: { name } })
}

// Assets called “bad” need attention, or those called as the basis says.
const counting = judgedCount<'asset', string>({
  basis: async () => basis,
  touched: async (tx, since, now) =>
    since.basis !== now
      ? null
      : (
          await tx.rows<{ id: Id<'asset'> }>(
            statement(
              `select distinct record_id as id from ledger_entry where org_id = $1 and seq > $2 and record_type = 'asset'`,
              [tx.org.id, since.seq],
            ),
          )
        ).map(({ id }) => id),
  judge: async (tx: Tx, only) => {
    judged.push(only)
    const rows = await tx.rows<{ id: Id<'asset'> }>(
      statement(
        `select id from asset where org_id = $1 and name in ('bad', $2) and ($3::uuid[] is null or id = any($3))`,
        [tx.org.id, basis, only],
      ),
    )
    return rows.map(({ id }) => id)
  },
})
const system = { kind: 'system', id: null, name: 'test', personId: null, roles: [] } as const
const reading = <T>(work: (tx: Tx) => Promise<T>): Promise<T> =>
  transaction(server.t.db, () => server.clock.now, openSystemScope('acme', system), { mode: 'read' }, work)
const count = (): Promise<number> => reading(counting)

test('only what was written since is judged again', async () => {
  expect(await count()).toBe(0)
  expect(judged).toEqual([null])
  judged = []
  expect(await count()).toBe(0)
  expect(judged).toEqual([])
  await rename('bad')
  expect(await count()).toBe(1)
  expect(judged.map((some) => some?.length)).toEqual([1])
  await rename('Laptop')
  expect(await count()).toBe(0)
  await rename('bad')
  await add('bad')
  expect(await count()).toBe(2)
  expect(judged.map((some) => some?.length)).toEqual([1, 1, 2])
})

test('another day, another basis and an import make all of them to be judged', async () => {
  await count()
  judged = []
  basis = 'Printer'
  expect(await count()).toBe(3)
  server.clock.now = '2026-03-03T09:00:00.000Z' as Instant
  expect(await count()).toBe(3)
  expect(judged).toEqual([null, null])
})

test('a read that began before the last write is told of its own state and does not spoil what is remembered', async () => {
  basis = ''
  await rename('Laptop')
  const early = await reading(async (tx) => {
    await tx.rows(statement('select 1 from asset limit 1'))
    await rename('bad')
    expect(await count()).toBe(2)
    return counting(tx)
  })
  expect(early).toBe(1)
  judged = []
  expect(await count()).toBe(2)
  expect(judged).toEqual([])
})
