import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest'
import type { Instant } from '#kernel/time.ts'
import { people } from '#modules/people/contract.ts'
import type { Mail } from '#platform/mail/mailer.ts'
import { linkIn, memberWithPassword, password } from '#testing/accounts.ts'
import { type TestActor, type TestServer, testServer } from '#testing/server.ts'
import { type Visitor, visitor } from '#testing/visitor.ts'
import { identity } from './contract.ts'

let server: TestServer
let anna: TestActor
let eve: TestActor
const post: { sent: Mail[]; works: boolean } = { sent: [], works: true }
const start = '2026-03-02T09:00:00.000Z' as Instant
beforeAll(async () => {
  const mail = {
    send: async (one: Mail) => {
      if (post.works) post.sent.push(one)
      return post.works
    },
  }
  server = await testServer({ mail })
  await server.organization('acme')
  await server.organization('other')
  anna = await server.actor('acme', 'Anna Berg', ['administrator'])
  eve = await server.actor('other', 'Eve Stone', ['administrator'])
})
afterAll(() => server.close())
beforeEach(async () => {
  server.clock.now = start
  post.sent = []
  post.works = true
  await server.t.owner.query('delete from identity.allowance')
})

const invite = async (by: TestActor, email: string, more: object = {}) => {
  const answer = await by.done(identity.invite, { body: { email, name: 'Ben Ode', roles: ['owner'], ...more } })
  // Only who reads the mail of the address has the link, never who invites.
  expect(answer).toMatchObject({ link: null, mailed: true })
  return { ...answer, link: linkIn(post.sent.at(-1)) }
}
const secretOf = (link: string): string => new URL(link).hash.slice(1)
const use = (link: string, body: object, browser: Visitor = visitor(server.http)) =>
  browser.call(identity.useLink, { body: { token: secretOf(link), password, ...body } })

test('an invited person arrives with a password of their own and is in the directory', async () => {
  const { link, member, mailed, expiresAt } = await invite(anna, 'Ben@Acme.Example')
  expect(link).toMatch(/^http:\/\/127\.0\.0\.1:7270\/link#[\w-]{43}$/)
  expect(expiresAt).toBe('2026-03-09T09:00:00.000Z')
  expect(mailed).toBe(true)
  expect(member).toMatchObject({
    email: 'ben@acme.example',
    name: 'Ben Ode',
    pending: true,
    version: 1,
    personId: null,
  })
  const browser = visitor(server.http)
  expect(await browser.done(identity.link, { body: { token: secretOf(link) } })).toEqual({
    kind: 'invitation',
    email: 'ben@acme.example',
    name: 'Ben Ode',
    organization: 'acme Ltd',
    locale: 'en',
    hasAccount: false,
    expiresAt,
  })
  const answer = await use(link, { name: 'Benjamin Ode' }, browser)
  expect(answer.body).toMatchObject({
    account: { name: 'Benjamin Ode', email: 'ben@acme.example' },
    organizations: [{ slug: 'acme', roles: ['owner'] }],
  })
  const directory = await browser.done(people.list, { org: 'acme', query: { q: 'ben@acme' } })
  // The name of the account is their own; in the directory they are whom the invitation names.
  expect(directory.items).toMatchObject([{ name: 'Ben Ode', email: 'ben@acme.example' }])
  const { items } = await anna.done(identity.members)
  expect(items.find((one) => one.email === 'ben@acme.example')).toMatchObject({
    name: 'Ben Ode',
    pending: false,
    personId: directory.items[0]?.id,
  })
  const ledger = await server.t.owner.query(`select action, actor from ledger_entry where action = 'member.arrived'`)
  expect(ledger.rows[0].actor).toMatchObject({ kind: 'person', name: 'Ben Ode' })
})

test('who is in the directory already arrives under the name it has there', async () => {
  const fox = await anna.done(people.add, { body: { name: 'Mallory Fox', email: 'mallory.fox@other.example' } })
  const hoff = await anna.done(people.add, { body: { name: 'Nils Hoff', email: 'nils@acme.example' } })
  const mallory = await memberWithPassword(server, 'other', 'Mallory Fox', ['employee'])
  await mallory.browser.done(identity.changeProfile, { body: { name: 'Judith Amsel' } })
  await use((await invite(anna, mallory.email, { personId: fox.id })).link, {}, mallory.browser)
  await use((await invite(anna, 'nils@acme.example', { personId: hoff.id })).link, { name: 'Judith Amsel' })
  const ledger = await server.t.owner.query(
    `select actor ->> 'name' as name from ledger_entry where action = 'member.arrived' order by seq desc limit 2`,
  )
  expect(ledger.rows).toEqual([{ name: 'Nils Hoff' }, { name: 'Mallory Fox' }])
})

test('an open invitation opens nothing', async () => {
  const dora = await memberWithPassword(server, 'other', 'Dora Kern', ['employee'])
  await invite(anna, dora.email)
  const session = await dora.browser.done(identity.session)
  expect(session.organizations.map((one) => one.slug)).toEqual(['other'])
  expect((await dora.browser.call(people.list, { org: 'acme' })).status).toBe(404)
})

test('somebody with an account joins with the password they have; the link alone is not enough', async () => {
  const cid = await memberWithPassword(server, 'other', 'Cid Voss', ['employee'])
  const { link } = await invite(anna, cid.email)
  const shown = await visitor(server.http).done(identity.link, { body: { token: secretOf(link) } })
  // Not the name of the account: the inviter holds the link as well and need not learn it.
  expect(shown).toMatchObject({ hasAccount: true, name: 'Ben Ode' })
  const stolen = await use(link, { password: 'a password the inviter chose' })
  expect(stolen.problem).toMatchObject({ status: 401, code: 'session.wrong_credentials' })
  expect((await cid.browser.done(identity.session)).organizations).toHaveLength(1)
  const { items } = await anna.done(identity.members)
  expect(items.find((one) => one.email === cid.email)?.name).toBe('Ben Ode')
  const joined = await use(link, { name: 'Someone Else' })
  expect(joined.body.organizations.map((one) => one.slug)).toEqual(['acme', 'other'])
  expect(joined.body.account.name).toBe('Cid Voss')
})

test('a new account keeps the language its invitation was read in; one that exists keeps its own', async () => {
  const { link } = await invite(anna, 'lena@acme.example')
  expect((await use(link, { name: 'Lena Voigt', locale: 'de' })).body.account.locale).toBe('de')
  const gus = await memberWithPassword(server, 'other', 'Gus Hale', ['employee'])
  const joined = await use((await invite(anna, gus.email)).link, { locale: 'de' })
  expect(joined.body.account.locale).toBe('en')
})

test('guessing the password behind an invitation is limited like signing in', async () => {
  const fay = await memberWithPassword(server, 'other', 'Fay Gold', ['employee'])
  const { link } = await invite(anna, fay.email)
  const answers = []
  for (let i = 0; i < 11; i++) answers.push((await use(link, { password: `guess number ${i}` })).status)
  expect(answers).toEqual([...Array<number>(10).fill(401), 429])
})

test('a link works once, and of two uses at the same time one', async () => {
  const { link } = await invite(anna, 'once@acme.example')
  const answers = await Promise.all([1, 2, 3].map((n) => use(link, { name: `Once ${n}` })))
  expect(answers.map((one) => one.status).sort()).toEqual([200, 410, 410])
  const again = await use(link, {})
  expect(again.problem).toMatchObject({ status: 410, code: 'link.used' })
  expect((await visitor(server.http).call(identity.link, { body: { token: secretOf(link) } })).status).toBe(410)
})

test('expired, forged, mangled and withdrawn links each get a sentence', async () => {
  const expired = await invite(anna, 'late@acme.example')
  const withdrawn = await invite(anna, 'never@acme.example')
  await anna.done(identity.endMember, { params: { membershipId: withdrawn.member.id }, body: { reason: 'a mistake' } })
  expect((await use(withdrawn.link, {})).problem).toMatchObject({ status: 410, code: 'link.used' })
  const forged = await use(`http://x/link#${'A'.repeat(43)}`, {})
  expect(forged.problem).toMatchObject({ status: 404, code: 'link.not_found' })
  const mangled = await use(`http://x/link#abc`, {})
  expect(mangled.problem).toMatchObject({ status: 422, field: 'token' })
  expect(mangled.problem.detail).toContain('copy the whole line')
  server.clock.now = '2026-03-09T09:00:00.000Z' as Instant
  const late = await use(expired.link, {})
  expect(late.problem).toMatchObject({ status: 410, code: 'link.expired' })
  expect(late.problem.detail).toContain('2026-03-09')
})

test('a membership that ran out before it was accepted cannot be accepted', async () => {
  const { link } = await invite(anna, 'brief@acme.example', { expiresAt: '2026-03-03T09:00:00.000Z' })
  server.clock.now = '2026-03-04T09:00:00.000Z' as Instant
  expect((await use(link, {})).problem.code).toBe('link.expired')
  const left = await server.t.owner.query(
    `select password_hash from identity.account where email = 'brief@acme.example'`,
  )
  expect(left.rows[0].password_hash).toBeNull()
})

test('inviting again replaces the link and the roles; members are not invited', async () => {
  const first = await invite(anna, 'again@acme.example')
  const second = await invite(anna, 'again@acme.example', { roles: ['employee'] })
  expect(second.member).toMatchObject({ id: first.member.id, roles: ['employee'], version: 2 })
  expect((await use(first.link, {})).problem.code).toBe('link.used')
  const arrived = await use(second.link, { name: 'Again' })
  expect(arrived.body.organizations[0]?.roles).toEqual(['employee'])
  const member = await anna.call(identity.invite, {
    body: { email: 'again@acme.example', name: 'x', roles: ['owner'] },
  })
  expect(member.problem).toMatchObject({ status: 422, code: 'member.exists', field: 'email' })
})

test('who was invited by two organizations chooses a password with one link and proves it with the other', async () => {
  const a = await invite(anna, 'gil@two.example')
  const b = await invite(eve, 'gil@two.example')
  await use(a.link, { name: 'Gil' })
  // The other inviter could have used their link to choose the password: now it needs the one chosen.
  expect((await use(b.link, { password: 'chosen by the other inviter' })).status).toBe(401)
  expect((await use(b.link, {})).body.organizations).toHaveLength(2)
})

test('two first links of one account at the same time set one password', async () => {
  const a = await invite(anna, 'hal@two.example')
  const b = await invite(eve, 'hal@two.example')
  const answers = await Promise.all([
    use(a.link, { password: 'the first of two passwords' }),
    use(b.link, { password: 'the second of two passwords' }),
  ])
  const [winner, loser] = [...answers].sort((x, y) => x.status - y.status)
  expect(winner?.status).toBe(200)
  expect(['account.changed_meanwhile', 'session.wrong_credentials']).toContain(loser?.problem.code)
  expect(winner?.body.organizations).toHaveLength(1)
})

test('an invitation that the mail server refuses is not lost', async () => {
  post.works = false
  const body = { email: 'nomail@acme.example', name: 'No Mail', roles: ['owner' as const] }
  // Nor is its link shown: it would let who invites choose the password of an address that is not theirs.
  expect(await anna.done(identity.invite, { body })).toMatchObject({
    link: null,
    mailed: false,
    member: { pending: true },
  })
  post.works = true
  expect((await use((await invite(anna, body.email)).link, { name: 'No Mail' })).status).toBe(200)
})

test('an invitation that is refused sends nothing', async () => {
  await anna.call(identity.invite, { body: { email: 'x@acme.example', name: 'X', roles: ['externalAuditor'] } })
  expect(post.sent).toEqual([])
})

test('the message is in the organization’s language and carries the link, nothing else to fetch', async () => {
  const { link } = await invite(anna, 'ina@acme.example', { name: 'Ina <b>Holm</b>' })
  const [mail] = post.sent
  expect(mail?.to).toEqual({ name: 'Ina <b>Holm</b>', address: 'ina@acme.example' })
  expect(mail?.text).toContain(link)
  expect(mail?.html).toContain(link)
  expect(mail?.html).toContain('Ina &lt;b&gt;Holm&lt;/b&gt;')
  expect(mail?.html).not.toContain('<b>')
})

test('an invitation is done once per idempotency key, and its link is not kept to be answered again', async () => {
  const args = {
    body: { email: 'jon@acme.example', name: 'Jon', roles: ['owner' as const] },
    headers: { 'idempotency-key': 'invite-jon' },
  }
  const first = await anna.call(identity.invite, args)
  expect(first.status).toBe(201)
  const second = await anna.call(identity.invite, args)
  expect(second.problem).toMatchObject({ status: 409, code: 'request.answer_not_kept' })
  const kept = await server.t.owner.query('select * from idempotency')
  const link = linkIn(post.sent[0])
  expect(post.sent).toHaveLength(1)
  expect(JSON.stringify(kept.rows)).not.toContain(secretOf(link))
  expect((await use(link, {})).status).toBe(200)
})

test('an address the directory has is not invited as somebody new: the inviter says whether it is that person', async () => {
  const kim = await anna.done(people.add, { body: { name: 'Kim Roth', email: 'Kim.Roth@acme.example' } })
  const body = { email: 'kim.roth@acme.example', name: 'Kim', roles: ['employee' as const] }
  const asked = () => anna.call(identity.invite, { body })
  expect((await asked()).problem).toMatchObject({
    status: 422,
    code: 'member.entry_has_address',
    field: 'personId',
    facts: { name: 'Kim Roth', ref: kim.ref },
  })
  // Who has left is taken back in the directory first.
  await anna.done(people.leave, { params: { personId: kim.id }, body: { on: '2026-03-01' } })
  expect((await asked()).problem.code).toBe('member.entry_has_address')
  const named = await anna.call(identity.invite, { body: { ...body, personId: kim.id } })
  expect(named.problem).toMatchObject({ code: 'person.has_left', field: 'personId' })
  expect(post.sent).toEqual([])
  await anna.done(people.comeBack, { params: { personId: kim.id } })
  const arrived = await use((await invite(anna, body.email, { personId: kim.id })).link, {})
  expect(arrived.body.organizations[0]?.personId).toBe(kim.id)
})

test('an address set in the directory makes nobody somebody else', async () => {
  const iris = await server.actor('acme', 'Iris Main', ['ismsManager'])
  const chief = await anna.done(people.add, { body: { name: 'Judith Amsel', email: 'judith@acme.example' } })
  const rewrite = async (id: string, email: string | null) => {
    const { version } = await iris.done(people.show, { params: { personId: id } })
    await iris.done(people.change, { params: { personId: id }, version, body: { email } })
  }
  // Somebody new is invited; then the ISMS manager gives the chief's entry that address.
  const helper = await invite(anna, 'helper@acme.example', { name: 'Helper' })
  await rewrite(chief.id, 'helper@acme.example')
  const arrived = await use(helper.link, { name: 'Helper' })
  expect(arrived.body.organizations).toMatchObject([{ slug: 'acme', personId: null }])
  const memberOf = async (email: string) => (await anna.done(identity.members)).items.find((one) => one.email === email)
  expect(await memberOf('helper@acme.example')).toMatchObject({ name: 'Helper', personId: null, pending: false })
  // Nor does another address take away, or give, what an invitation or a membership names.
  await rewrite(chief.id, null)
  const named = await invite(anna, 'judith@acme.example', { personId: chief.id })
  await rewrite(chief.id, 'elsewhere@acme.example')
  const decoy = await iris.done(people.add, { body: { name: 'Decoy', email: 'judith@acme.example' } })
  expect((await use(named.link, {})).body.organizations[0]?.personId).toBe(chief.id)
  await rewrite(decoy.id, 'decoy@acme.example')
  await rewrite(chief.id, 'helper@acme.example')
  expect((await memberOf('judith@acme.example'))?.personId).toBe(chief.id)
  expect((await memberOf('helper@acme.example'))?.personId).toBeNull()
})

test('whose entry is gone when they accept arrives linked to nobody, and acts under the name of the account', async () => {
  const lost = await anna.done(people.add, { body: { name: 'Lost Entry' } })
  const { link, member } = await invite(anna, 'lost@acme.example', { personId: lost.id })
  // Meanwhile nobody else can be that person.
  const other = await invite(anna, 'other.lost@acme.example')
  const taking = await anna.call(identity.changeMember, {
    params: { membershipId: other.member.id },
    version: other.member.version,
    body: { personId: lost.id },
  })
  expect(taking.problem.code).toBe('member.person_taken')
  // Nothing of the product takes an entry away under an invitation; a restored or repaired database may.
  await server.t.owner.query(`update person set status = 'left', left_on = '2026-03-01' where name = 'Lost Entry'`)
  expect((await use(link, { name: 'Lou Finder' })).body.organizations[0]?.personId).toBeNull()
  const seen = (await anna.done(identity.members)).items.find((one) => one.id === member.id)
  expect(seen).toMatchObject({ name: 'Lou Finder', personId: null, pending: false, can: { edit: true } })
  const ledger = await server.t.owner.query(
    `select actor ->> 'name' as name from ledger_entry where action = 'member.arrived' order by seq desc limit 1`,
  )
  expect(ledger.rows).toEqual([{ name: 'Lou Finder' }])
})

test('a reset by mail never tells whether the address is known', async () => {
  const lea = await memberWithPassword(server, 'acme', 'Lea Marx', ['employee'])
  const ask = (email: string) => visitor(server.http).call(identity.requestReset, { body: { email } })
  server.statements.texts = []
  const looked = () => server.statements.texts.filter((text) => text.startsWith('with known')).length
  const [known, unknown] = [await ask(lea.email), await ask('nobody@acme.example')]
  expect([known.status, unknown.status]).toEqual([204, 204])
  expect({ ...unknown.headers, date: '' }).toEqual({ ...known.headers, date: '' })
  await vi.waitFor(() => expect(looked()).toBe(2))
  await vi.waitFor(() => expect(post.sent).toHaveLength(1))
  expect(post.sent[0]?.to.address).toBe(lea.email)
  for (let i = 0; i < 3; i++) await ask('nobody@acme.example')
  expect((await ask('nobody@acme.example')).status).toBe(429)
})

test('a reset chooses a new password, ends every session and every other reset link', async () => {
  const max = await memberWithPassword(server, 'acme', 'Max Orth', ['employee'])
  const ask = () => visitor(server.http).done(identity.requestReset, { body: { email: max.email } })
  await ask()
  await ask()
  await vi.waitFor(() => expect(post.sent).toHaveLength(2))
  const links = post.sent.map((one) => /http\S+/.exec(one.text)?.[0] ?? '')
  // Asking again took nothing away.
  const shown = await visitor(server.http).done(identity.link, { body: { token: secretOf(links[0] ?? '') } })
  expect(shown).toMatchObject({ kind: 'reset', email: max.email, name: 'Max Orth', organization: null })
  expect((await use(links[0] ?? '', { password: 'short' })).problem.field).toBe('password')
  expect((await use(links[0] ?? '', { password: 'max.orth@acme.example' })).problem.code).toBe('password.own_name')
  const browser = visitor(server.http)
  expect((await use(links[0] ?? '', { password: 'a brand new sentence' }, browser)).status).toBe(200)
  await browser.done(identity.session)
  expect((await max.browser.call(identity.session)).status).toBe(401)
  expect((await use(links[1] ?? '', { password: 'yet another sentence' })).problem.code).toBe('link.used')
  const signIn = (secret: string) =>
    visitor(server.http).call(identity.signIn, { body: { email: max.email, password: secret } })
  expect((await signIn(password)).status).toBe(401)
  expect((await signIn('a brand new sentence')).status).toBe(200)
})

test('a reset link of an administrator ends where the account stops being a member here and nowhere else', async () => {
  const nia = await memberWithPassword(server, 'acme', 'Nia Holm', ['employee'])
  const memberOf = async (by: TestActor) =>
    (await by.done(identity.members)).items.find((one) => one.email === nia.email)?.id ?? ''
  const reset = async () => {
    const answer = await anna.done(identity.resetMember, { params: { membershipId: await memberOf(anna) } })
    expect(answer).toMatchObject({ link: null, mailed: true })
    expect(post.sent.at(-1)?.to.address).toBe(nia.email)
    return linkIn(post.sent.at(-1))
  }
  const taken = (link: string) => use(link, { password: 'a sentence of the administrator' })
  const issuedBefore = await reset()
  // Invited elsewhere, with the link at hand: what Nia holds there is not for acme to open.
  await use((await invite(eve, nia.email)).link, {})
  const answer = await taken(issuedBefore)
  expect(answer.problem).toMatchObject({ status: 410, code: 'link.not_alone', facts: { organization: 'acme Ltd' } })
  expect((await visitor(server.http).call(identity.link, { body: { token: secretOf(issuedBefore) } })).status).toBe(410)

  await eve.done(identity.endMember, { params: { membershipId: await memberOf(eve) }, body: { reason: 'Left' } })
  const issuedAfter = await reset()
  await anna.done(identity.endMember, { params: { membershipId: await memberOf(anna) }, body: { reason: 'Left' } })
  expect((await taken(issuedAfter)).problem.code).toBe('link.not_alone')
  const signedIn = await visitor(server.http).call(identity.signIn, { body: { email: nia.email, password } })
  expect(signedIn.status).toBe(200)
})

test('a reset link lives one hour, and changing the password ends it', async () => {
  const nia = await memberWithPassword(server, 'acme', 'Nia Falk', ['employee'])
  await visitor(server.http).done(identity.requestReset, { body: { email: nia.email } })
  await vi.waitFor(() => expect(post.sent).toHaveLength(1))
  const link = /http\S+/.exec(post.sent[0]?.text ?? '')?.[0] ?? ''
  server.clock.now = '2026-03-02T10:00:00.000Z' as Instant
  expect((await use(link, {})).problem.code).toBe('link.expired')
  server.clock.now = start
  await nia.browser.done(identity.changePassword, { body: { current: password, next: 'another fine sentence' } })
  expect((await use(link, {})).problem.code).toBe('link.used')
})

test('without a mail server a reset by mail says whom to ask', async () => {
  const quiet = await testServer()
  const answer = await visitor(quiet.http).call(identity.requestReset, { body: { email: 'a@acme.example' } })
  expect(answer.problem).toMatchObject({ status: 422, code: 'mail.not_configured' })
  await quiet.close()
})

test('closing waits for a reset that is still being sent, and a failing one is only logged', async () => {
  const lines: string[] = []
  const arrived: string[] = []
  const send = async (one: Mail) => {
    await new Promise((resolve) => setImmediate(resolve))
    if (arrived.push(one.to.address) === 1) throw new Error('the mailer itself broke')
    return true
  }
  const slow = await testServer({ mail: { send } }, { log: { write: (line) => lines.push(line) } })
  await slow.organization('acme')
  const { email } = await memberWithPassword(slow, 'acme', 'Ole Lund', ['employee'])
  for (let i = 0; i < 2; i++) {
    expect((await visitor(slow.http).call(identity.requestReset, { body: { email } })).status).toBe(204)
  }
  await slow.close()
  expect(arrived).toEqual([email, email])
  expect(lines.filter((line) => line.includes('the mailer itself broke'))).toHaveLength(1)
})
