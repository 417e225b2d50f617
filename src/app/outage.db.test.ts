import type { AddressInfo } from 'node:net'
import { setTimeout as delay } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { assets } from '#modules/assets/contract.ts'
import { serveHealth } from '#platform/http/health.ts'
import { verifyLedger } from '#platform/ledger/verify.ts'
import { type Gateway, openGateway } from '#testing/gateway.ts'
import { type Answer, type TestActor, type TestServer, testServer } from '#testing/server.ts'

// The database goes away while requests are under way: each is answered 503, an acknowledged write is there, any other
// is there whole or not at all, and the next request works.

let gateway: Gateway
let server: TestServer
let anna: TestActor
let address: string
beforeAll(async () => {
  server = await testServer(
    {},
    {
      through: async (app) => {
        gateway = await openGateway(app)
        return gateway.settings
      },
    },
  )
  const { db } = server.t
  serveHealth(server.http, { database: () => db.pool.query('select 1'), files: () => server.files.check() })
  await server.organization('acme')
  anna = await server.actor('acme', 'Anna Berg', ['administrator', 'ismsManager'])
  await server.http.listen({ host: '127.0.0.1', port: 0 })
  address = `http://127.0.0.1:${(server.http.server.address() as AddressInfo).port}`
})
afterAll(async () => {
  await server.close()
  await gateway.remove()
})

const add = (name: string, key?: string) =>
  anna.call(assets.add, {
    body: { name, kind: 'data' },
    ...(key === undefined ? {} : { headers: { 'idempotency-key': key } }),
  })

/** How many assets of a name there are, once it is clear that records and ledger agree. */
async function whole(name: string): Promise<number> {
  const { items } = await anna.done(assets.list, { query: { q: name } })
  const { ok, faults } = await server.inside('acme', (tx) => verifyLedger(tx, tx.org.id))
  expect([ok, faults]).toEqual([true, []])
  return items.length
}

/** Runs something that will wait for a table, and ends its connection while it does. */
async function cutWhileWaiting<T>(table: string, begin: () => Promise<T>): Promise<T> {
  const holder = await server.t.owner.connect()
  try {
    await holder.query(`begin; lock table ${table} in access exclusive mode`)
    const over = new AbortController()
    const running = begin().finally(() => over.abort())
    running.catch(() => undefined)
    const cut = async (): Promise<boolean> => {
      const { rows } = await server.t.owner.query<{ done: boolean }>(
        `select pg_terminate_backend(pid) as done from pg_stat_activity
         where datname = current_database() and wait_event_type = 'Lock' and usename = 'app'`,
      )
      return rows[0]?.done === true
    }
    while (!over.signal.aborted && !(await cut())) await delay(5)
    return await running
  } finally {
    await holder.query('rollback')
    holder.release()
  }
}

function unavailable({ status, headers, problem }: Answer<unknown>, code = 'service.unavailable'): void {
  expect([status, problem.code, headers['retry-after']]).toEqual([503, code, '5'])
  expect(headers['content-type']).toContain('application/problem+json')
}

test('a connection that ends during a read or a write: 503, nothing half-written, the same request then works', async () => {
  unavailable(await cutWhileWaiting('asset', () => anna.call(assets.list)))
  // The row is written when the ledger is waited for.
  unavailable(await cutWhileWaiting('ledger_head', () => add('Half', 'half')))
  expect(await whole('Half')).toBe(0)
  expect((await add('Half', 'half')).status).toBe(201)
  expect(await whole('Half')).toBe(1)
})

test('the answer to a COMMIT is lost: the caller is told that it is open, the write is whole, repeating it writes once', async () => {
  gateway.loseNextCommit()
  unavailable(await add('Committed', 'committed'), 'service.outcome_unknown')
  expect(await whole('Committed')).toBe(1)
  expect((await add('Committed', 'committed')).status).toBe(201)
  expect(await whole('Committed')).toBe(1)
})

test('the database is away and comes back: 503 meanwhile, no dead connection is kept', async () => {
  const pool = server.t.db.pool
  await gateway.close()
  const headers = { cookie: anna.cookie, 'content-type': 'application/json' }
  const list = () => fetch(`${address}/api/v1/orgs/acme/assets`, { headers })
  const away = await Promise.all([list(), fetch(`${address}/readyz`), fetch(`${address}/healthz`)])
  expect(away.map(({ status }) => status)).toEqual([503, 503, 200])
  expect(away.map((answer) => answer.headers.get('retry-after'))).toEqual(['5', '5', null])
  expect(await away[0]?.json()).toMatchObject({ status: 503, code: 'service.unavailable' })
  expect(await away[1]?.json()).toEqual({ status: 'not ready', database: 'unreachable', files: 'ok' })
  expect([pool.totalCount, pool.waitingCount]).toEqual([0, 0])
  await gateway.open()
  const back = await Promise.all(Array.from({ length: 20 }, list))
  expect(new Set(back.map(({ status }) => status))).toEqual(new Set([200]))
  expect((await fetch(`${address}/readyz`)).status).toBe(200)
})

test('a download of the whole organization cut while it is read answers 503 and no half file; asked again it is whole', async () => {
  const download = () => fetch(`${address}/api/v1/orgs/acme/exports/organization`, { headers: { cookie: anna.cookie } })
  const cut = await cutWhileWaiting('ledger_entry', download)
  expect([cut.status, cut.headers.get('retry-after')]).toEqual([503, '5'])
  expect(await cut.json()).toMatchObject({ status: 503, code: 'service.unavailable' })
  const again = await download()
  expect(again.status).toBe(200)
  const file = Buffer.from(await again.arrayBuffer())
  expect(file.subarray(-22, -18).toString('latin1')).toBe('PK\x05\x06')
})
