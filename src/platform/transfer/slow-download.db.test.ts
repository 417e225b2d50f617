import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { type IncomingMessage, request } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as wait } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { addAsset, blankAsset } from '#modules/assets/domain/asset.ts'
import { systemGrant } from '#platform/access/policy.ts'
import { type TestActor, type TestServer, testServer } from '#testing/server.ts'

let server: TestServer
let anna: TestActor
beforeAll(async () => {
  server = await testServer()
  await server.organization('acme')
  anna = await server.actor('acme', 'Anna Berg', ['administrator'])
  // More than any buffer between database and browser takes, and nothing that packs well.
  await server.inside('acme', (tx) =>
    tx.commit(
      systemGrant(tx.org, 'set-up'),
      Array.from({ length: 1500 }, (_, n) =>
        addAsset(
          { id: tx.newId(), orgId: tx.org.id, ref: `A-${n}` },
          { ...blankAsset, name: `Asset ${n}`, kind: 'data', note: randomBytes(5000).toString('base64') },
        ),
      ),
    ),
  )
  await server.http.listen({ port: 0, host: '127.0.0.1' })
})
afterAll(() => server.close())

const openTransactions = async (): Promise<number> => {
  const { rows } = await server.t.owner.query<{ open: number }>(
    `select count(*)::int as open from pg_stat_activity
     where datname = current_database() and pid <> pg_backend_pid() and xact_start is not null
       and backend_type = 'client backend'`,
  )
  return rows[0]?.open ?? -1
}

test('who reads a download slowly holds no state of the database, and gets all of it in the end', async () => {
  const { port } = server.http.server.address() as AddressInfo
  const asked = request({
    port,
    host: '127.0.0.1',
    path: `/api/v1/orgs/${anna.org}/exports/organization`,
    headers: { cookie: anna.cookie },
  })
  asked.end()
  const [answer] = (await once(asked, 'response')) as [IncomingMessage]
  expect(answer.statusCode).toBe(200)
  await wait(300)
  expect(await openTransactions()).toBe(0)
  let bytes = 0
  for await (const piece of answer) bytes += (piece as Buffer).length
  expect(bytes).toBeGreaterThan(8_000_000)
})
