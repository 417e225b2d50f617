import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startTestCluster, type TestCluster } from '#testing/postgres.ts'
import { checkExternalPostgres } from './external.ts'

let cluster: TestCluster

const urlFor = (user: string, database = 'theirs'): string =>
  `postgres://${user}:hidden@localhost/${database}?host=${encodeURIComponent(cluster.access.owner.host ?? '')}`

async function run(sql: readonly string[]): Promise<void> {
  const client = new pg.Client(cluster.access.owner)
  await client.connect()
  for (const statement of sql) await client.query(statement)
  await client.end()
}

describe('checkExternalPostgres', { timeout: 30_000 }, () => {
  beforeAll(async () => {
    cluster = await startTestCluster()
    await run(['create role plain login', 'create role above login bypassrls', 'create database theirs owner plain'])
  }, 30_000)
  afterAll(() => cluster.stop())

  test('requests enter as app, migrations as the given role', async () => {
    await run(['grant app to plain'])
    const checked = await checkExternalPostgres(`${urlFor('plain')}&options=-c%20statement_timeout%3D5s`)
    if (!checked.ok) throw new Error(checked.refusal.message)
    const users = { owner: 'plain', app: 'app' } as const
    for (const way of ['owner', 'app'] as const) {
      const client = new pg.Client(checked.value[way])
      await client.connect()
      const { rows } = await client.query(`select current_user as u, current_setting('statement_timeout') as t`)
      await client.end()
      expect(rows).toEqual([{ u: users[way], t: '5s' }])
    }
  })

  test('a role above row-level security is refused', async () => {
    for (const user of ['plumbline_owner', 'above']) {
      const checked = await checkExternalPostgres(urlFor(user))
      expect(checked).toMatchObject({ ok: false, refusal: { code: 'postgres.role_above_security' } })
    }
  })

  test('what cannot be reached is refused without repeating the password', async () => {
    const addresses = [urlFor('nobody_known'), urlFor('plain', 'no_such'), 'postgres://u:hidden@127.0.0.1:1/x']
    for (const url of addresses) {
      const checked = await checkExternalPostgres(url)
      if (checked.ok) throw new Error('was not refused')
      expect(checked.refusal.code).toBe('postgres.unreachable')
      expect(JSON.stringify(checked.refusal)).not.toContain('hidden')
    }
  })

  test('the role app is made where the given role may make it', async () => {
    await run([
      'drop owned by app',
      'drop role app',
      'create role maker login createrole',
      'create database made owner maker',
    ])
    const plain = await checkExternalPostgres(urlFor('plain'))
    expect(plain).toMatchObject({ ok: false, refusal: { code: 'postgres.app_role_missing' } })
    const maker = await checkExternalPostgres(urlFor('maker', 'made'))
    expect(maker).toMatchObject({ ok: true })
  })
})
