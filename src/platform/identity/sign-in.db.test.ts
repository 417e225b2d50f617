import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import type { Instant } from '#kernel/time.ts'
import { people } from '#modules/people/contract.ts'
import { memberWithPassword, password } from '#testing/accounts.ts'
import { type TestServer, testServer } from '#testing/server.ts'
import { type Visitor, visitor } from '#testing/visitor.ts'
import { identity } from './contract.ts'
import { countAttempt, network } from './server/attempts.ts'
import { sweepIdentity } from './sweep.ts'

let server: TestServer
let anna: { email: string; browser: Visitor }
const start = '2026-03-02T09:00:00.000Z' as Instant
beforeAll(async () => {
  server = await testServer()
  await server.organization('acme')
  await server.organization('other')
  anna = await memberWithPassword(server, 'acme', 'Anna Berg', ['administrator'])
})
afterAll(() => server.close())
beforeEach(async () => {
  server.clock.now = start
  await server.t.owner.query('delete from identity.allowance')
})

const signedIn = async (): Promise<Visitor> => {
  const browser = visitor(server.http)
  await browser.done(identity.signIn, { body: { email: anna.email, password } })
  return browser
}

test('signing in shows the account and its organizations; capital letters in the address do not matter', async () => {
  const browser = visitor(server.http)
  const session = await browser.done(identity.signIn, { body: { email: ' ANNA.Berg@acme.example ', password } })
  expect(session.account).toMatchObject({ name: 'Anna Berg', email: 'anna.berg@acme.example' })
  expect(session.organizations).toMatchObject([{ slug: 'acme', roles: ['administrator'], expiresAt: null }])
  expect(await browser.done(identity.session)).toEqual(session)
})

test('the cookie is out of reach of scripts and other sites', async () => {
  const answer = await visitor(server.http).call(identity.signIn, { body: { email: anna.email, password } })
  const cookie = String(answer.headers['set-cookie'])
  expect(cookie).toMatch(/^plumbline_session=[\w-]{43}; /)
  for (const part of ['HttpOnly', 'SameSite=Lax', 'Path=/', 'Expires=']) expect(cookie).toContain(part)
  expect(cookie).not.toContain('Domain')
})

test('under https the cookie is Secure and bound to this host', async () => {
  const safe = await testServer({}, { url: new URL('https://isms.acme.example') })
  await safe.organization('acme')
  await expect(memberWithPassword(safe, 'acme', 'Ben Ode', ['employee'])).resolves.toBeDefined()
  const answer = await visitor(safe.http).call(identity.signIn, { body: { email: 'ben.ode@acme.example', password } })
  expect(String(answer.headers['set-cookie'])).toMatch(/^__Host-plumbline_session=[\w-]{43};.* Secure/)
  await safe.close()
})

test('a wrong password and an unknown address get the same answer after the same work', async () => {
  const attempt = (email: string) =>
    visitor(server.http).call(identity.signIn, { body: { email, password: 'some other sentence' } })
  server.statements.texts = []
  const wrong = await attempt(anna.email)
  const statementsKnown = server.statements.texts
  server.statements.texts = []
  const unknown = await attempt('nobody@acme.example')
  expect(wrong.status).toBe(401)
  expect(unknown.status).toBe(401)
  expect(unknown.body).toEqual(wrong.body)
  expect(server.statements.texts).toEqual(statementsKnown)
  expect(unknown.headers['set-cookie']).toBeUndefined()
})

test('an account without a password cannot be signed in to, whatever is sent', async () => {
  await server.actor('acme', 'No Password', ['administrator'])
  for (const secret of ['', ' ', 'null', 'undefined']) {
    const answer = await visitor(server.http).call(identity.signIn, {
      body: { email: 'no.password@acme.example', password: secret },
    })
    expect(answer.problem.code).toBe('session.wrong_credentials')
  }
})

test('ten wrong passwords close an address for a quarter of an hour, known or not, from wherever', async () => {
  for (const email of [anna.email, 'nobody@acme.example']) {
    for (let i = 0; i < 10; i++) {
      const browser = visitor(server.http)
      browser.address = `192.0.2.${i}`
      const answer = await browser.call(identity.signIn, { body: { email, password: `guess number ${i}` } })
      expect(answer.status).toBe(401)
    }
    const closed = await visitor(server.http).call(identity.signIn, { body: { email, password } })
    expect(closed.problem).toMatchObject({ status: 429, code: 'rate.exceeded', facts: { seconds: 900 } })
  }
  server.clock.now = '2026-03-02T09:15:00.000Z' as Instant
  await signedIn()
})

test('guesses sent all at once are not more than guesses sent in turn', async () => {
  const answers = await Promise.all(
    Array.from({ length: 30 }, (_, i) => {
      const browser = visitor(server.http)
      browser.address = `192.0.2.${i}`
      return browser.call(identity.signIn, { body: { email: anna.email, password: `guess number ${i}` } })
    }),
  )
  expect(answers.filter((one) => one.status === 401)).toHaveLength(10)
  expect(answers.filter((one) => one.status === 429)).toHaveLength(20)
})

test('one network may not try one password on many addresses', async () => {
  const earlier = Array.from({ length: 45 }, () => network('signInNetwork', '127.0.0.1'))
  await countAttempt({ db: server.t.db, clock: () => start }, earlier)
  const answers = await Promise.all(
    Array.from({ length: 10 }, (_, i) =>
      visitor(server.http).call(identity.signIn, { body: { email: `p${i}@acme.example`, password: 'Summer2026!' } }),
    ),
  )
  expect(answers.filter((one) => one.status === 401)).toHaveLength(5)
  const elsewhere = visitor(server.http)
  elsewhere.address = '198.51.100.1'
  await elsewhere.done(identity.signIn, { body: { email: anna.email, password } })
})

test('signing in properly uses nothing up', async () => {
  for (let i = 0; i < 12; i++) await expect(signedIn()).resolves.toBeDefined()
})

test('a session prepared by somebody else is never the one that gets signed in', async () => {
  const trap = await memberWithPassword(server, 'other', 'Eve Stone', ['employee'])
  for (const planted of ['A'.repeat(43), trap.browser.token]) {
    const browser = visitor(server.http)
    browser.token = planted
    await browser.done(identity.signIn, { body: { email: anna.email, password } })
    expect(browser.token).not.toBe(planted)
    const attacker = visitor(server.http)
    attacker.token = planted
    expect((await attacker.call(identity.session)).status).toBe(401)
  }
})

test('a cookie that was altered, shortened or made up is nobody', async () => {
  const { token } = await signedIn()
  const genuine = token ?? ''
  const forged = [
    genuine.slice(0, -1),
    `${genuine}A`,
    (genuine.startsWith('A') ? 'B' : 'A') + genuine.slice(1),
    genuine.toLowerCase(),
    encodeURIComponent(`${genuine}' or '1'='1`),
    '%00',
    'undefined',
    '',
  ]
  for (const one of forged) {
    const browser = visitor(server.http)
    browser.token = one
    expect((await browser.call(identity.session)).status).toBe(401)
    expect((await browser.call(people.list, { org: 'acme' })).status).toBe(401)
  }
  const stored = await server.t.owner.query('select encode(token_hash, $1) as hash from identity.session', ['hex'])
  for (const { hash } of stored.rows) {
    const thief = visitor(server.http)
    thief.token = hash
    expect((await thief.call(identity.session)).status).toBe(401)
  }
})

test('a write from another site is refused, also when it claims an authorization of its own', async () => {
  const browser = await signedIn()
  for (const headers of [
    { origin: 'https://evil.example' },
    { origin: 'null' },
    { origin: 'http://127.0.0.1.evil.example:7270' },
    { 'sec-fetch-site': 'cross-site' },
    { 'sec-fetch-site': 'same-site' },
  ]) {
    const answer = await browser.call(identity.changeProfile, { body: { name: 'Eve' }, headers: headers as never })
    expect(answer.problem).toMatchObject({ status: 403, code: 'request.origin' })
  }
  for (const authorization of ['Basic eDp5', 'Bearer x', 'Bearer']) {
    const headers = { authorization, origin: 'https://evil.example' }
    expect((await browser.call(identity.changeProfile, { body: { name: 'Eve' }, headers })).status).toBe(401)
    expect((await browser.call(people.add, { org: 'acme', body: { name: 'Eve' }, headers })).status).toBe(401)
  }
  await browser.done(identity.changeProfile, {
    body: { name: 'Anna Berg' },
    headers: { origin: 'http://127.0.0.1:7270' },
  })
})

test('another organization’s slug, or one that does not exist, is equally unknown', async () => {
  const browser = await signedIn()
  const answers = await Promise.all(
    ['other', 'no-such-place', "acme'--", 'ACME', '%25', 'acme%00', '%F0%9F%98%80'].map((org) =>
      browser.call(people.list, { org }),
    ),
  )
  for (const answer of answers) {
    expect(answer.problem.status).toBe(404)
  }
  expect(answers[0]?.problem.detail.replace('other', '?')).toBe(
    answers[1]?.problem.detail.replace('no-such-place', '?'),
  )
})

test('signing out ends this session, signing out everywhere ends all', async () => {
  const [one, two, three] = [await signedIn(), await signedIn(), await signedIn()]
  const stolen = visitor(server.http)
  stolen.token = one.token
  await one.done(identity.signOut)
  expect(one.token).toBeNull()
  expect((await stolen.call(identity.session)).status).toBe(401)
  await two.done(identity.session)
  await two.done(identity.signOutEverywhere)
  expect((await three.call(identity.session)).status).toBe(401)
})

test('a session lives a week from one visit to the next and thirty days at most', async () => {
  const browser = await signedIn()
  const seen = async (): Promise<string> => {
    const rows = await server.t.owner.query(`select max(seen_at) as seen from identity.session`)
    return (rows.rows[0].seen as Date).toISOString()
  }
  server.clock.now = '2026-03-02T09:04:00.000Z' as Instant
  await browser.done(identity.session)
  expect(await seen()).toBe(start)
  server.clock.now = '2026-03-02T09:05:00.000Z' as Instant
  await browser.done(identity.session)
  expect(await seen()).toBe('2026-03-02T09:05:00.000Z')
  for (const day of ['08', '14', '20', '26', '31']) {
    server.clock.now = `2026-03-${day}T09:00:00.000Z` as Instant
    await browser.done(identity.session)
  }
  server.clock.now = '2026-04-01T09:00:00.000Z' as Instant
  expect((await browser.call(identity.session)).status).toBe(401)
  server.clock.now = start
  const idle = await signedIn()
  server.clock.now = '2026-03-09T09:00:00.000Z' as Instant
  expect((await idle.call(people.list, { org: 'acme' })).status).toBe(401)
})

test('a new password ends every other session and gives this one a new token', async () => {
  const bea = await memberWithPassword(server, 'acme', 'Bea Lind', ['employee'])
  const other = visitor(server.http)
  await other.done(identity.signIn, { body: { email: bea.email, password } })
  const before = bea.browser.token
  const wrong = await bea.browser.call(identity.changePassword, {
    body: { current: 'x', next: 'another fine sentence' },
  })
  expect(wrong.problem).toMatchObject({ status: 422, code: 'account.wrong_password', field: 'current' })
  const same = await bea.browser.call(identity.changePassword, { body: { current: password, next: password } })
  expect(same.problem.code).toBe('password.unchanged')
  await bea.browser.done(identity.changePassword, { body: { current: password, next: 'another fine sentence' } })
  expect(bea.browser.token).not.toBe(before)
  await bea.browser.done(identity.session)
  expect((await other.call(identity.session)).status).toBe(401)
  const old = visitor(server.http)
  old.token = before
  expect((await old.call(identity.session)).status).toBe(401)
  expect((await old.call(identity.signIn, { body: { email: bea.email, password } })).status).toBe(401)
})

test('guessing the present password of an open session is limited like signing in', async () => {
  const cid = await memberWithPassword(server, 'acme', 'Cid Voss', ['employee'])
  for (let i = 0; i < 10; i++) {
    await cid.browser.call(identity.changePassword, { body: { current: `guess ${i}`, next: 'another fine sentence' } })
  }
  const closed = await cid.browser.call(identity.changePassword, {
    body: { current: password, next: 'another fine one' },
  })
  expect(closed.status).toBe(429)
})

test('name and language are the account’s own', async () => {
  const dora = await memberWithPassword(server, 'acme', 'Dora Kern', ['employee'])
  expect(await dora.browser.done(identity.changeProfile, { body: { locale: 'de' } })).toMatchObject({
    account: { name: 'Dora Kern', locale: 'de' },
  })
  expect(await dora.browser.done(identity.changeProfile, { body: { name: 'Dora Kern-Holm' } })).toMatchObject({
    account: { name: 'Dora Kern-Holm', locale: 'de' },
  })
  expect((await dora.browser.call(identity.changeProfile, { body: { name: ' ' } })).status).toBe(422)
})

test('what has run out is swept', async () => {
  await server.t.owner.query('delete from identity.session')
  await signedIn()
  const browser = await signedIn()
  server.clock.now = '2026-03-05T09:00:00.000Z' as Instant
  await browser.done(identity.session)
  server.clock.now = '2026-03-10T09:00:00.000Z' as Instant
  const swept = await sweepIdentity(server.t.db, () => server.clock.now)
  expect(swept).toBe(1)
  await browser.done(identity.session)
  const left = await server.t.owner.query('select count(*)::int as n from identity.session')
  expect(left.rows[0].n).toBe(1)
  const counted = await server.t.owner.query('select count(*)::int as n from identity.allowance')
  expect(counted.rows[0].n).toBe(0)
})
