import { afterEach, beforeEach, expect, test } from 'vitest'
import { newId } from '#kernel/id.ts'
import type { Instant } from '#kernel/time.ts'
import { people } from '#modules/people/contract.ts'
import { transaction } from '#platform/db/transaction.ts'
import { type TestServer, testServer } from '#testing/server.ts'
import { visitor } from '#testing/visitor.ts'
import { identity } from './contract.ts'
import { createOrganization, newOrganizationScope } from './organizations.ts'
import { ensureSetUpCode } from './set-up-code.ts'
import { createOrganizationBySystem } from './system.ts'

let server: TestServer
beforeEach(async () => {
  server = await testServer()
})
afterEach(() => server.close())

const clock = () => server.clock.now
const newCode = async (): Promise<string> => {
  const code = await ensureSetUpCode(server.t.db, clock)
  if (code === null) throw new Error('no code')
  return code
}
const request = (code: string, email = 'anna@acme.example') => ({
  code,
  administrator: { name: 'Anna Berg', email, password: 'a sentence I remember' },
  organization: {
    name: 'Müller & Söhne GmbH',
    sector: 'software' as const,
    size: '11-50' as const,
    language: 'de' as const,
    currency: 'EUR',
    timeZone: 'Europe/Berlin',
  },
})
const counts = async (): Promise<number[]> => {
  const tables = ['organization', 'identity.account', 'membership', 'person', 'identity.session', 'ledger_entry']
  const each = tables.map((table) => `(select count(*)::int from ${table})`)
  const found = await server.t.owner.query(`select array[${each.join(', ')}] as counts`)
  return found.rows[0].counts
}

test('a fresh installation is set up once, signs in its administrator and enters them in the directory', async () => {
  const browser = visitor(server.http)
  expect(await browser.done(identity.installation)).toEqual({
    state: 'fresh',
    demo: false,
    personas: [],
    demoLoad: null,
    mail: false,
  })
  const code = await newCode()
  expect(code).toMatch(/^([0-9A-HJKMNP-TV-Z]{4}-){3}[0-9A-HJKMNP-TV-Z]{4}$/)
  const session = await browser.done(identity.setUp, { body: request(code.toLowerCase().replaceAll('-', ' ')) })
  expect(session).toMatchObject({
    account: { name: 'Anna Berg', email: 'anna@acme.example', locale: 'de' },
    organizations: [{ slug: 'mueller-soehne-gmbh', roles: ['administrator', 'ismsManager'] }],
  })
  expect(session.organizations[0]?.personId).toMatch(/^person_/)
  expect(await browser.done(identity.installation)).toMatchObject({ state: 'ready' })
  const directory = await browser.done(people.list, { org: 'mueller-soehne-gmbh', query: {} })
  expect(directory.items).toMatchObject([{ name: 'Anna Berg', email: 'anna@acme.example', kind: 'employee' }])
  const ledger = await server.t.owner.query('select action, actor from ledger_entry order by seq')
  const adopted = ledger.rows.filter((row) => row.action === 'control.adopted')
  expect(adopted).toHaveLength(93)
  const others = ledger.rows.filter((row) => row.action !== 'control.adopted').map((row) => row.action)
  expect(others).toEqual(['organization.created', 'person.added', 'member.added'])
  expect(ledger.rows[0].actor).toMatchObject({ kind: 'person', name: 'Anna Berg' })
  expect(await ensureSetUpCode(server.t.db, clock)).toBeNull()
  const left = await server.t.owner.query('select name from identity.installation')
  expect(left.rows).toEqual([])
})

test('only the hash of a code is stored, and a restart does not break the code printed before', async () => {
  const first = await newCode()
  const second = await newCode()
  const stored = JSON.stringify((await server.t.owner.query('select * from identity.installation')).rows)
  for (const code of [first, second]) {
    expect(stored).not.toContain(code)
    expect(stored).not.toContain(code.replaceAll('-', ''))
  }
  await visitor(server.http).done(identity.setUp, { body: request(first) })
  const again = await visitor(server.http).call(identity.setUp, { body: request(second) })
  expect(again.problem.code).toBe('installation.ready')
})

test('of two set-ups at the same time exactly one wins, with one code or with two', async () => {
  const codes = [await newCode(), await newCode()]
  const answers = await Promise.all(
    [0, 0, 1, 1].map((n, i) =>
      visitor(server.http).call(identity.setUp, { body: request(codes[n] ?? '', `anna${i}@acme.example`) }),
    ),
  )
  expect(answers.map((one) => one.status).sort()).toEqual([200, 422, 422, 422])
  for (const one of answers) if (one.status !== 200) expect(one.problem.code).toBe('installation.ready')
  expect(await counts()).toEqual([1, 1, 1, 1, 1, 3 + 93])
})

test('five wrong codes close set-up for a quarter of an hour, also to the right one', async () => {
  const code = await newCode()
  const browser = visitor(server.http)
  for (let i = 0; i < 5; i++) {
    const wrong = await browser.call(identity.setUp, { body: request('0000-0000-0000-0000') })
    expect(wrong.problem).toMatchObject({ status: 422, code: 'installation.wrong_code', field: 'code' })
  }
  const closed = await browser.call(identity.setUp, { body: request(code) })
  expect(closed.problem).toMatchObject({ status: 429, code: 'rate.exceeded' })
  expect(await counts()).toEqual([0, 0, 0, 0, 0, 0])
  const elsewhere = visitor(server.http)
  elsewhere.address = '192.0.2.9'
  expect((await elsewhere.call(identity.setUp, { body: request('0000') })).problem.code).toBe('installation.wrong_code')
  server.clock.now = '2026-03-02T09:15:00.000Z' as never
  await browser.done(identity.setUp, { body: request(code) })
})

test('a code is checked before the other questions, stays valid, and wrong ones count as they do in set-up', async () => {
  const code = await newCode()
  const browser = visitor(server.http)
  for (let i = 0; i < 7; i++) await browser.done(identity.checkCode, { body: { code: code.toLowerCase() } })
  const wrong = { body: { code: '0000-0000-0000-0000' } }
  for (let i = 0; i < 3; i++) {
    const answer = await browser.call(identity.checkCode, wrong)
    expect(answer.problem).toMatchObject({ status: 422, code: 'installation.wrong_code', field: 'code' })
  }
  for (let i = 0; i < 2; i++) await browser.call(identity.setUp, { body: request('0000-0000-0000-0000') })
  expect((await browser.call(identity.checkCode, { body: { code } })).problem).toMatchObject({
    status: 429,
    code: 'rate.exceeded',
  })
  const elsewhere = visitor(server.http)
  elsewhere.address = '192.0.2.9'
  await elsewhere.done(identity.checkCode, { body: { code } })
  expect((await elsewhere.call(identity.setUp, { body: request('0000') })).problem.code).toBe('installation.wrong_code')
  expect(await counts()).toEqual([0, 0, 0, 0, 0, 0])
  await elsewhere.done(identity.setUp, { body: request(code) })
  expect((await elsewhere.call(identity.checkCode, { body: { code } })).problem.code).toBe('installation.ready')
})

test('many wrong codes at the same time do not get more tries', async () => {
  await newCode()
  const answers = await Promise.all(
    Array.from({ length: 12 }, () => visitor(server.http).call(identity.setUp, { body: request('0000') })),
  )
  expect(answers.filter((one) => one.problem.code === 'installation.wrong_code')).toHaveLength(5)
})

test('what is wrong besides the code uses no try and burns no code', async () => {
  const code = await newCode()
  const browser = visitor(server.http)
  for (let i = 0; i < 7; i++) {
    const body = request(code)
    const weak = { ...body, administrator: { ...body.administrator, password: 'aaaaaaaaaaaaaaa' } }
    expect((await browser.call(identity.setUp, { body: weak })).problem.field).toBe('administrator.password')
  }
  const short = { ...request(code), administrator: { name: 'A', email: 'x', password: 'short' } }
  expect((await browser.call(identity.setUp, { body: short })).problem.errors?.map((one) => one.field)).toEqual([
    'administrator.email',
    'administrator.password',
  ])
  const mars = { ...request(code), organization: { ...request(code).organization, timeZone: 'Mars/Olympus' } }
  expect((await browser.call(identity.setUp, { body: mars })).problem.field).toBe('organization.timeZone')
  const reserved = { ...request(code), organization: { ...request(code).organization, slug: 'demo' } }
  expect((await browser.call(identity.setUp, { body: reserved })).problem.code).toBe('organization.slug_taken')
  await browser.done(identity.setUp, { body: request(code) })
})

test('a loaded demo leaves the installation fresh', async () => {
  const demo = {
    slug: 'demo',
    name: 'Demo',
    sector: 'software',
    size: '51-250',
    language: 'en',
    currency: 'EUR',
    timeZone: 'UTC',
    demo: true,
  }
  await transaction(server.t.db, clock, newOrganizationScope(newId(Date.now()), demo), { mode: 'write' }, (tx) =>
    createOrganization(tx, demo, 'set-up'),
  )
  const browser = visitor(server.http)
  expect(await browser.done(identity.installation)).toMatchObject({ state: 'fresh', demo: false })
  await browser.done(identity.setUp, { body: request(await newCode()) })
})

test('a set-up that fails half-way leaves nothing, and its code works again', async () => {
  const code = await newCode()
  const failing = await testServer({
    directory: {
      requireHere: () => Promise.resolve(),
      entryHere: () => Promise.reject(new Error('the directory is broken')),
      entryBy: () => Promise.reject(new Error('the directory is broken')),
      enter: () => Promise.reject(new Error('the directory is broken')),
    },
  })
  const broken = await ensureSetUpCode(failing.t.db, () => failing.clock.now)
  const answer = await visitor(failing.http).call(identity.setUp, { body: request(broken ?? '') })
  expect(answer.status).toBe(500)
  expect(JSON.stringify(answer.problem)).not.toContain('directory is broken')
  const left = await failing.t.owner.query('select count(*)::int as n from identity.account')
  expect(left.rows[0].n).toBe(0)
  expect((await failing.t.owner.query('select 1 from identity.installation')).rows).toHaveLength(1)
  await failing.close()
  await visitor(server.http).done(identity.setUp, { body: request(code) })
})

test('whoever holds the code has the demo loaded, sees how far it is, and its personas until the set-up', async () => {
  let finish: () => void = () => undefined
  const loads: string[] = []
  const showing = await testServer({
    demoLoader: {
      load: (tell) => {
        loads.push('asked')
        tell(7, 14)
        return new Promise((resolve) => {
          finish = resolve
        })
      },
    },
  })
  const tick = () => showing.clock.now
  const demo = { slug: 'demo', name: 'Demo', demo: true }
  try {
    const browser = visitor(showing.http)
    const code = (await ensureSetUpCode(showing.t.db, tick)) ?? ''
    expect((await browser.call(identity.loadDemo, { body: { code: '0000' } })).problem.code).toBe(
      'installation.wrong_code',
    )
    expect(loads).toEqual([])
    expect((await browser.done(identity.loadDemo, { body: { code } })).demoLoad?.state).toBe('loading')
    // Asked again, also by somebody else, it does not begin a second time.
    expect((await visitor(showing.http).done(identity.loadDemo, { body: { code } })).demoLoad?.state).toBe('loading')
    expect(loads).toEqual(['asked'])
    await expect
      .poll(async () => (await browser.done(identity.installation)).demoLoad)
      .toMatchObject({ done: 7, of: 14 })
    await createOrganizationBySystem(showing.t.db, tick, demo)
    // Half a demo is shown to nobody.
    expect((await browser.done(identity.installation)).demo).toBe(false)
    finish()
    await expect.poll(async () => (await browser.done(identity.installation)).demo).toBe(true)
    await browser.done(identity.setUp, { body: request(code) })
    expect(await browser.done(identity.installation)).toMatchObject({ state: 'ready', demo: false, personas: [] })
    expect((await browser.call(identity.loadDemo, { body: { code } })).problem.code).toBe('installation.ready')
  } finally {
    await showing.close()
  }
})

test('a server without a demo to load says so', async () => {
  const bare = await testServer()
  try {
    const code = (await ensureSetUpCode(bare.t.db, () => bare.clock.now)) ?? ''
    const { status, problem } = await visitor(bare.http).call(identity.loadDemo, { body: { code } })
    expect([status, problem.code]).toEqual([422, 'installation.no_demo'])
  } finally {
    await bare.close()
  }
})

test('a load of the demo that fails, or died with its server, can be asked for again', async () => {
  let fails = true
  const failing = await testServer({
    demoLoader: { load: () => (fails ? Promise.reject(new Error('no more')) : new Promise(() => undefined)) },
  })
  const browser = visitor(failing.http)
  const code = (await ensureSetUpCode(failing.t.db, () => failing.clock.now)) ?? ''
  await browser.done(identity.loadDemo, { body: { code } })
  const state = async () => (await browser.done(identity.installation)).demoLoad?.state
  await expect.poll(state).toBe('failed')
  fails = false
  expect((await browser.done(identity.loadDemo, { body: { code } })).demoLoad?.state).toBe('loading')
  failing.clock.now = '2026-03-02T09:02:00.000Z' as Instant
  expect(await state()).toBe('failed')
  expect((await browser.done(identity.loadDemo, { body: { code } })).demoLoad?.state).toBe('loading')
  // Its loads never end, and closing would wait for them.
  await failing.t.close()
})
