import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { people } from '#modules/people/contract.ts'
import { statement } from '#platform/db/database.ts'
import { platformTransaction, type Tx } from '#platform/db/transaction.ts'
import { ledgerVerification } from '#platform/ledger/contract.ts'
import type { Mail } from '#platform/mail/mailer.ts'
import { linkIn, memberWithPassword, password } from '#testing/accounts.ts'
import { type TestServer, testServer } from '#testing/server.ts'
import { type Visitor, visitor } from '#testing/visitor.ts'
import { identity } from './contract.ts'
import { ensureSetUpCode } from './set-up-code.ts'

let server: TestServer
const log: string[] = []
const sent: Mail[] = []
beforeAll(async () => {
  const mail = { send: async (one: Mail) => sent.push(one) > 0 }
  server = await testServer({ mail }, { log: { write: (line) => log.push(line) } })
})
afterAll(() => server.close())

const clock = () => server.clock.now

test('no secret reaches the log, the ledger, or a table in the clear', async () => {
  const secrets: string[] = []
  const code = (await ensureSetUpCode(server.t.db, clock)) ?? ''
  const browser = visitor(server.http)
  await browser.done(identity.setUp, {
    body: {
      code,
      administrator: { name: 'Anna Berg', email: 'anna@acme.example', password },
      organization: { name: 'Acme', sector: 'other', size: '1-10', language: 'en', currency: 'EUR', timeZone: 'UTC' },
    },
  })
  secrets.push(code, code.replaceAll('-', ''), password, browser.token ?? '')
  await browser.done(identity.invite, {
    org: 'acme',
    body: { email: 'ben@acme.example', name: 'Ben', roles: ['employee'] },
  })
  const link = new URL(linkIn(sent.at(-1))).hash.slice(1)
  const ben = visitor(server.http)
  await ben.done(identity.link, { body: { token: link } })
  await ben.done(identity.useLink, { body: { token: link, password: 'the sentence of Ben' } })
  secrets.push(link, 'the sentence of Ben', ben.token ?? '')
  const { token } = await browser.done(identity.createToken, {
    org: 'acme',
    body: { name: 'Script', roles: ['employee'], expiresAt: '2026-09-01T00:00:00Z' },
  })
  secrets.push(token)
  await visitor(server.http).done(people.list, { org: 'acme', headers: { authorization: `Bearer ${token}` } })
  await visitor(server.http).call(identity.signIn, {
    body: { email: 'ben@acme.example', password: 'a wrong secret guess' },
  })
  secrets.push('a wrong secret guess')
  await visitor(server.http).done(identity.requestReset, { body: { email: 'ben@acme.example' } })
  await vi.waitFor(() => expect(sent.at(-1)?.subject).toContain('password'))
  secrets.push(/#(\S+)/.exec(sent.at(-1)?.text ?? '')?.[1] ?? 'no link was sent')
  await ben.done(identity.changePassword, {
    body: { current: 'the sentence of Ben', next: 'the other sentence of Ben' },
  })
  secrets.push('the other sentence of Ben', ben.token ?? '')
  // A request that fails inside must not show what it carried either.
  await visitor(server.http).call(identity.useLink, { body: { token: link, password: 'sent with a used link' } })
  secrets.push('sent with a used link')

  expect(secrets.filter((one) => one.length < 12)).toEqual([])
  const tables = await server.t.owner.query(
    `select format('%I.%I', n.nspname, c.relname) as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
     where c.relkind = 'r' and n.nspname in ('public', 'identity')`,
  )
  let stored = ''
  for (const { name } of tables.rows) {
    const { rows } = await server.t.owner.query(`select t::text as row from ${name} t`)
    stored += rows.map((row) => row.row).join('\n')
  }
  const written = log.join('\n')
  expect(log.length).toBeGreaterThan(10)
  for (const secret of secrets) {
    expect(written).not.toContain(secret)
    expect(stored).not.toContain(secret)
  }
  const ledger = await server.t.owner.query('select e::text as row from ledger_entry e')
  const entries = ledger.rows.map((row) => row.row).join('\n')
  expect(entries).not.toMatch(/argon2|token_hash|password/)
  expect(written).not.toMatch(/argon2/)
})

test('inside an organization nobody reads accounts, sessions, links of others, secrets or codes', async () => {
  await server.organization('inner')
  await memberWithPassword(server, 'inner', 'Cid Voss', ['administrator'])
  const inside = <T>(text: string, values: unknown[] = []): Promise<T[]> =>
    server.inside('inner', (tx: Tx) => tx.rows<T>(statement(text, values)))
  for (const table of ['account', 'session', 'allowance', 'installation', 'link']) {
    const [found] = await inside<{ n: number }>(`select count(*) as n from identity.${table}`)
    expect(found?.n).toBe(0)
  }
  await expect(inside('select * from identity.token_secret')).rejects.toMatchObject({ code: '42501' })
  for (const [name, argument] of [
    ['memberships_of', 'gen_random_uuid(), now()'],
    ['organizations', 'now()'],
    ['personas', 'now()'],
    ['link_facts', `sha256('')`],
  ]) {
    expect(await inside(`select * from identity.${name}(${argument})`)).toEqual([])
  }
  const [account] = (await server.t.owner.query(`select id from identity.account where email = 'ben@acme.example'`))
    .rows
  const own = await inside<{ name: string }>('select name from identity.names_in_scope()')
  expect(own.map((one) => one.name)).toEqual(['Cid Voss'])
  const [obstacle] = await inside<{ o: string }>('select identity.reset_obstacle($1) as o', [account.id])
  expect(obstacle?.o).toBe('not_here')
  for (const text of [
    `insert into identity.session select sha256('x'), $1, now(), now(), now() + interval '1 day'`,
    `insert into identity.link select sha256('x'), 'reset', $1, null, now(), now() + interval '1 day'`,
    `insert into identity.account (id, email, name, locale, created_at) values ($1, 'x@y.example', 'x', 'en', now())`,
  ]) {
    await expect(inside(text, [account.id])).rejects.toMatchObject({ code: '42501' })
  }
  const updated = await server.inside('inner', (tx) =>
    tx.count(statement('update identity.account set password_hash = null where id = $1', [account.id])),
  )
  expect(updated).toBe(0)
})

test('role app deletes no account and reads no token hash, in a scope or out of it', async () => {
  for (const text of ['delete from identity.account', 'select * from identity.token_secret']) {
    const outside = platformTransaction(server.t.db, clock, (tx) => tx.rows(statement(text)))
    await expect(outside).rejects.toMatchObject({ code: '42501' })
  }
})

test('costly requests are counted for who makes them: strangers leave nothing, signing in again gains nothing', async () => {
  await server.organization('busy')
  const ada = await memberWithPassword(server, 'busy', 'Ada Finn', ['ismsManager'])
  const bob = await memberWithPassword(server, 'busy', 'Bob Lund', ['ismsManager'])
  const verify = (who: Pick<Visitor, 'call'>, headers: Record<string, string> = {}) =>
    who.call(ledgerVerification, { org: 'busy', headers })
  const counted = `from identity.allowance where key like 'costly:%'`
  const keys = async () => (await server.t.owner.query(`select key ${counted}`)).rows.length
  for (const authorization of ['Bearer one', 'Bearer two']) {
    expect((await verify(visitor(server.http), { authorization })).status).toBe(401)
  }
  expect(await keys()).toBe(0)
  expect((await verify(ada.browser)).status).toBe(200)
  await server.t.owner.query(`update identity.allowance set used = 1000 where key in (select key ${counted})`)
  const again = visitor(server.http)
  await again.done(identity.signIn, { body: { email: ada.email, password } })
  expect((await verify(again)).problem.code).toBe('rate.exceeded')
  expect((await verify(bob.browser)).status).toBe(200)
})
