import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { newId, toWireId } from '#kernel/id.ts'
import type { Instant } from '#kernel/time.ts'
import { people } from '#modules/people/contract.ts'
import type { Role } from '#platform/access/roles.ts'
import { roles } from '#platform/access/roles.ts'
import { platformTransaction } from '#platform/db/transaction.ts'
import { auditTrail } from '#platform/ledger/contract.ts'
import type { Mail } from '#platform/mail/mailer.ts'
import { views } from '#platform/views/contract.ts'
import { linkIn, memberWithPassword, password } from '#testing/accounts.ts'
import { type TestActor, type TestServer, testServer } from '#testing/server.ts'
import { visitor } from '#testing/visitor.ts'
import { createAccount } from './accounts.ts'
import { identity } from './contract.ts'
import { issueLink } from './links.ts'
import { addMembership } from './organizations.ts'
import { sweepIdentity } from './sweep.ts'

let server: TestServer
let anna: TestActor
let eve: TestActor
const start = '2026-03-02T09:00:00.000Z' as Instant
const later = '2026-09-01T00:00:00.000Z'
const sent: Mail[] = []
beforeAll(async () => {
  server = await testServer({ mail: { send: async (one) => sent.push(one) > 0 }, demo: true })
  await server.organization('acme')
  await server.organization('other')
  anna = await server.actor('acme', 'Anna Berg', ['administrator'])
  eve = await server.actor('other', 'Eve Stone', ['administrator'])
})
afterAll(() => server.close())
beforeEach(async () => {
  server.clock.now = start
  await server.t.owner.query('delete from identity.allowance')
})

async function memberOf(actor: TestActor, name: string, by: TestActor = anna) {
  const { items } = await by.done(identity.members)
  const found = items.find((one) => one.name === name)
  if (!found) throw new Error(`${actor.name} sees no ${name}`)
  return found
}
const change = (by: TestActor, member: { id: string; version: number }, body: object) =>
  by.call(identity.changeMember, { params: { membershipId: member.id }, version: member.version, body })
const end = (by: TestActor, member: { id: string }) =>
  by.call(identity.endMember, { params: { membershipId: member.id }, body: { reason: 'left' } })

test('members are listed in two statements, with what may be done to each', async () => {
  await server.actor('acme', 'Ben Ode', ['owner', 'contributor'])
  const mona = await server.actor('acme', 'Mona Ley', ['ismsManager'])
  server.statements.texts = []
  const seen = await anna.done(identity.members)
  expect(server.statements.texts).toHaveLength(2)
  expect(seen.can.invite).toBe(true)
  expect(seen.items.map((one) => one.name)).toEqual(['Anna Berg', 'Ben Ode', 'Mona Ley'])
  expect(seen.items[1]).toMatchObject({ roles: ['owner', 'contributor'], can: { edit: true, end: true, reset: true } })
  const readOnly = await mona.done(identity.members)
  expect(readOnly.can.invite).toBe(false)
  expect(readOnly.items[0]?.can).toEqual({ edit: false, end: false, reset: false })
})

test('only administrators decide who works here and as what', async () => {
  const ben = await memberOf(anna, 'Ben Ode')
  for (const role of roles) {
    if (role === 'administrator') continue
    const actor = await server.actor('acme', `Climber ${role}`, [role])
    const own = await memberOf(anna, `Climber ${role}`)
    const invitation = { email: `friend-${role}@x.example`, name: 'Friend', roles: ['administrator' as const] }
    const attempts = await Promise.all([
      actor.call(identity.invite, { body: invitation }),
      change(actor, own, { roles: ['administrator'] }),
      change(actor, ben, { roles: ['employee'] }),
      end(actor, ben),
      actor.call(identity.resetMember, { params: { membershipId: ben.id } }),
      actor.call(identity.createToken, { body: { name: 't', roles: [role], expiresAt: later } }),
      actor.call(identity.tokens),
    ])
    expect(attempts.map((one) => one.status)).toEqual(Array<number>(attempts.length).fill(403))
  }
  expect(await memberOf(anna, 'Ben Ode')).toMatchObject({ version: 1, roles: ['owner', 'contributor'] })
})

test('roles and end are changed under the version seen', async () => {
  const cid = await server.actor('acme', 'Cid Voss', ['employee'])
  const before = await memberOf(anna, 'Cid Voss')
  const changed = await change(anna, before, { roles: ['internalAuditor', 'owner', 'owner'], expiresAt: later })
  expect(changed.body).toMatchObject({ version: 2, roles: ['owner', 'internalAuditor'], expiresAt: later })
  expect(changed.headers['etag']).toBe('"2"')
  expect((await change(anna, before, { roles: ['employee'] })).status).toBe(412)
  const blind = await anna.call(identity.changeMember, { params: { membershipId: before.id }, body: {} })
  expect(blind.status).toBe(428)
  expect((await change(anna, changed.body, { roles: ['externalAuditor'], expiresAt: null })).problem.code).toBe(
    'member.auditor_needs_expiry',
  )
  expect((await change(anna, changed.body, { roles: [] })).problem.field).toBe('roles')
  expect((await change(anna, changed.body, { roles: ['root'] })).problem.field).toBe('roles.0')
  server.clock.now = later as Instant
  expect((await cid.call(people.list)).status).toBe(404)
})

test('a member is one person, who must be here', async () => {
  await server.actor('acme', 'Dora Kern', ['employee'])
  const dora = await memberOf(anna, 'Dora Kern')
  const foreign = await change(anna, dora, { personId: eve.personId })
  expect(foreign.problem).toMatchObject({ status: 404, code: 'person.not_found', field: 'personId' })
  const taken = await change(anna, dora, { personId: anna.personId })
  expect(taken.problem).toMatchObject({ status: 422, code: 'member.person_taken', field: 'personId' })
  const invited = await anna.call(identity.invite, {
    body: { email: 'dora2@acme.example', name: 'Dora', roles: ['employee'], personId: anna.personId },
  })
  expect(invited.problem.code).toBe('member.person_taken')
  expect((await change(anna, dora, { personId: null })).body.personId).toBeNull()
})

test('nobody changes which person they are themselves, but the rest of their membership as before', async () => {
  const kai = await server.actor('acme', 'Kai Lund', ['administrator', 'owner'])
  const lea = await server.actor('acme', 'Lea Roth', ['employee'])
  // Somebody of the directory whom no membership stands for any more.
  await change(anna, await memberOf(anna, 'Lea Roth'), { personId: null })
  const own = await memberOf(kai, 'Kai Lund', kai)
  for (const personId of [lea.personId, anna.personId, null]) {
    const refused = await change(kai, own, { personId, roles: ['administrator'] })
    expect(refused.problem).toMatchObject({ status: 422, code: 'member.own_person', field: 'personId' })
  }
  expect(await memberOf(kai, 'Kai Lund', kai)).toEqual(own)
  const same = await change(kai, own, { personId: kai.personId, roles: ['administrator', 'contributor'] })
  expect(same.body).toMatchObject({ roles: ['administrator', 'contributor'], personId: kai.personId })
  const limited = await change(kai, same.body, { expiresAt: later })
  expect(limited.body).toMatchObject({ expiresAt: later, personId: kai.personId })
  // Another administrator unlinks them; they do not link themselves again.
  const unlinked = await change(anna, limited.body, { personId: null })
  expect(unlinked.body.personId).toBeNull()
  expect((await change(kai, unlinked.body, { personId: kai.personId })).problem.code).toBe('member.own_person')
  expect((await change(anna, unlinked.body, { personId: kai.personId })).body.personId).toBe(kai.personId)
  await end(anna, own)
})

test('a sole administrator linked to nobody enters themselves, as somebody new and never as somebody else', async () => {
  await server.organization('sole')
  const { actor: ada, browser, email } = await memberWithPassword(server, 'sole', 'Ada Min', ['administrator'])
  const enter = () => ada.call(identity.enterSelf)
  expect((await enter()).problem).toMatchObject({ status: 422, code: 'member.entered_already' })
  // As after an import or a repair: a member of the organization, and nobody in its directory.
  await server.t.owner.query(`update membership set person_id = null where email = $1`, [email])
  expect((await ada.done(identity.members)).can.enterSelf).toBe(true)
  const kept = await ada.done(people.show, { params: { personId: ada.personId } })
  expect((await enter()).problem).toMatchObject({
    status: 422,
    code: 'member.own_address_taken',
    facts: { name: 'Ada Min', ref: kept.ref },
  })
  const params = { personId: kept.id }
  await ada.done(people.change, { params, version: kept.version, body: { name: 'Chief', email: null } })
  await browser.done(identity.changeProfile, { body: { name: 'Chief' } })
  const both = await Promise.all([enter(), enter()])
  expect(both.map((one) => one.status).sort()).toEqual([200, 422])
  const { items, can } = await ada.done(identity.members)
  expect(can.enterSelf).toBe(false)
  expect(items).toHaveLength(1)
  expect(items[0]?.personId).not.toBe(kept.id)
  const entered = await ada.done(people.show, { params: { personId: items[0]?.personId ?? '' } })
  expect(entered).toMatchObject({ name: 'Chief', email, kind: 'employee' })
  const mia = await server.actor('sole', 'Mia Thorn', ['ismsManager'])
  expect((await mia.call(identity.enterSelf)).status).toBe(403)
})

test('the members of another organization do not exist here', async () => {
  const eveThere = await memberOf(eve, 'Eve Stone', eve)
  const random = { id: toWireId('membership', newId(1)), version: 1 }
  for (const target of [eveThere, random]) {
    const attempts = await Promise.all([
      change(anna, target, { roles: ['employee'] }),
      end(anna, target),
      anna.call(identity.resetMember, { params: { membershipId: target.id } }),
    ])
    for (const one of attempts) expect(one.problem).toMatchObject({ status: 404, code: 'membership.not_found' })
  }
  expect((await change(anna, { id: eveThere.id.replace('membership', 'person'), version: 1 }, {})).status).toBe(404)
})

test('an ended membership keeps nothing open, and can be had again only by invitation', async () => {
  const fay = await memberWithPassword(server, 'acme', 'Fay Gold', ['contributor'])
  await fay.browser.done(people.list, { org: 'acme', query: {} })
  const member = await memberOf(anna, 'Fay Gold')
  expect((await end(anna, member)).body).toMatchObject({
    endedAt: start,
    can: { edit: false, end: false, reset: false },
  })
  expect((await fay.browser.call(people.list, { org: 'acme' })).status).toBe(404)
  expect((await fay.browser.done(identity.session)).organizations).toEqual([])
  expect((await end(anna, member)).problem.code).toBe('member.ended')
  expect((await change(anna, { ...member, version: 2 }, { roles: ['owner'] })).problem.code).toBe('member.ended')
  const reset = await anna.call(identity.resetMember, { params: { membershipId: member.id } })
  expect(reset.problem.code).toBe('member.reset_not_here')
  const { member: again } = await anna.done(identity.invite, {
    body: { email: fay.email, name: 'Fay', roles: ['employee'], personId: member.personId },
  })
  const link = linkIn(sent.at(-1))
  expect(again).toMatchObject({ id: member.id, pending: true, endedAt: null })
  expect((await fay.browser.call(people.list, { org: 'acme' })).status).toBe(404)
  await fay.browser.done(identity.useLink, { body: { token: new URL(link).hash.slice(1), password } })
  await fay.browser.done(people.list, { org: 'acme', query: {} })
})

test('the last administrator stays: not demoted, ended, limited in time or recorded as having left', async () => {
  const me = await memberOf(anna, 'Anna Berg')
  for (const patch of [{ roles: ['employee'] }, { expiresAt: later }]) {
    expect((await change(anna, me, patch)).problem.code).toBe('member.last_administrator')
  }
  expect((await end(anna, me)).problem.code).toBe('member.last_administrator')
  const left = await anna.call(people.leave, { params: { personId: anna.personId }, body: { on: '2026-03-01' } })
  expect(left.problem.code).toBe('member.last_administrator')
  // Neither somebody who is only invited nor somebody whose time will run out counts.
  await anna.done(identity.invite, { body: { email: 'not.yet@acme.example', name: 'N', roles: ['administrator'] } })
  await server.actor('acme', 'Short Stay', ['administrator'])
  await change(anna, await memberOf(anna, 'Short Stay'), { expiresAt: later })
  expect((await change(anna, me, { roles: ['employee'] })).problem.code).toBe('member.last_administrator')
  expect(await anna.done(people.show, { params: { personId: anna.personId } })).toMatchObject({ status: 'active' })
})

test('who manages the directory does not remove an administrator by way of it', async () => {
  const mia = await server.actor('acme', 'Mia Thorn', ['ismsManager'])
  const leaving = async (roles: readonly Role[], name: string) => {
    const who = await server.actor('acme', name, roles)
    return {
      who,
      answer: await mia.call(people.leave, { params: { personId: who.personId }, body: { on: '2026-03-01' } }),
    }
  }
  const { who, answer } = await leaving(['administrator', 'owner'], 'Ida Storm')
  expect(answer.problem).toMatchObject({ status: 403, code: 'person.is_administrator' })
  expect((await who.done(identity.members)).items.find((one) => one.name === 'Ida Storm')?.endedAt).toBeNull()
  expect((await leaving(['topManagement'], 'Tom Vale')).answer.status).toBe(200)
})

test('two administrators who demote each other at the same time leave one', async () => {
  for (let round = 0; round < 5; round++) {
    const org = `pair${round}`
    await server.organization(org)
    const one = await server.actor(org, 'One', ['administrator'])
    const two = await server.actor(org, 'Two', ['administrator'])
    const [mOne, mTwo] = [await memberOf(one, 'One', one), await memberOf(one, 'Two', one)]
    const answers = await Promise.all([
      change(one, mTwo, { roles: ['employee'] }),
      round % 2 === 0 ? change(two, mOne, { roles: ['employee'] }) : end(two, mOne),
    ])
    // The slower one is refused as the last administrator, or comes too late to be one.
    const refused = answers.filter((each) => each.status !== 200)
    expect(refused).toHaveLength(1)
    expect([403, 404, 422]).toContain(refused[0]?.status)
    const left = await server.t.owner.query(
      `select count(*)::int as n from membership m join organization o using (org_id)
       where o.slug = $1 and 'administrator' = any(m.roles) and m.ended_at is null`,
      [org],
    )
    expect(left.rows[0].n).toBe(1)
  }
})

test('who leaves loses access, sessions in this organization and the tokens they made', async () => {
  const gil = await server.actor('acme', 'Gil Hart', ['administrator'])
  const { token } = await gil.done(identity.createToken, {
    body: { name: 'Script', roles: ['owner'], expiresAt: later },
  })
  const asToken = () => visitor(server.http).call(people.list, { org: 'acme', headers: bearer(token) })
  expect((await asToken()).status).toBe(200)
  await anna.done(people.leave, { params: { personId: gil.personId }, body: { on: '2026-03-01' } })
  expect((await gil.call(people.list)).status).toBe(404)
  expect((await asToken()).status).toBe(401)
  const { items } = await anna.done(identity.tokens)
  expect(items.find((one) => one.name === 'Script')).toMatchObject({ revokedAt: start, createdBy: 'Gil Hart' })
  const ledger = await server.t.owner.query(
    `select action, reason from ledger_entry where tx = (select tx from ledger_entry where action = 'person.left' order by seq desc limit 1) or action in ('member.ended', 'token.revoked') order by at, seq`,
  )
  expect(ledger.rows).toEqual(
    expect.arrayContaining([
      { action: 'person.left', reason: null },
      { action: 'member.ended', reason: 'Gil Hart has left.' },
      { action: 'token.revoked', reason: 'The membership of its maker ended.' },
    ]),
  )
})

test('tokens a demoted maker could no longer make are revoked, others stay', async () => {
  const hal = await server.actor('acme', 'Hal Moss', ['administrator'])
  const make = (name: string, role: 'administrator' | 'employee') =>
    hal.done(identity.createToken, { body: { name, roles: [role], expiresAt: later } })
  await make('Strong', 'administrator')
  await make('Weak', 'employee')
  await change(anna, await memberOf(anna, 'Hal Moss'), { roles: ['contributor'] })
  const { items } = await anna.done(identity.tokens)
  const revoked = (name: string) => items.find((one) => one.name === name)?.revokedAt !== null
  expect([revoked('Strong'), revoked('Weak')]).toEqual([true, false])
})

test('an administrator resets members of this organization only', async () => {
  const ina = await memberWithPassword(server, 'acme', 'Ina Holm', ['employee'])
  const member = await memberOf(anna, 'Ina Holm')
  const issued = await anna.done(identity.resetMember, { params: { membershipId: member.id } })
  expect(issued).toMatchObject({ link: null, mailed: true, expiresAt: '2026-03-03T09:00:00.000Z' })
  expect(sent.at(-1)?.text).toContain('Anna Berg has asked for a new password')
  const ledger = await server.t.owner.query(`select actor from ledger_entry where action = 'member.resetIssued'`)
  expect(ledger.rows[0].actor).toMatchObject({ name: 'Anna Berg' })
  const body = { token: new URL(linkIn(sent.at(-1))).hash.slice(1), password: 'a brand new sentence' }
  await visitor(server.http).done(identity.useLink, { body })
  expect((await ina.browser.call(identity.session)).status).toBe(401)
})

test('an account that works for others, or is invited there, is not reset from here', async () => {
  const jon = await memberWithPassword(server, 'acme', 'Jon Wild', ['employee'])
  await eve.done(identity.invite, { body: { email: jon.email, name: 'Jon', roles: ['administrator'] } })
  const member = await memberOf(anna, 'Jon Wild')
  const refused = await anna.call(identity.resetMember, { params: { membershipId: member.id } })
  expect(refused.problem).toMatchObject({ status: 422, code: 'member.reset_elsewhere' })
  const there = (await eve.done(identity.members)).items.find((one) => one.email === jon.email)
  const fromThere = await eve.call(identity.resetMember, { params: { membershipId: there?.id ?? '' } })
  expect(fromThere.problem.code).toBe('member.reset_not_here')
  const links = await server.t.owner.query(
    `select count(*)::int as n from identity.link where kind = 'reset' and org_id is null`,
  )
  expect(links.rows[0].n).toBe(0)
})

test('what one administrator invites, another organization’s administrator cannot take over', async () => {
  const kim = await memberWithPassword(server, 'acme', 'Kim Roth', ['administrator'])
  await eve.done(identity.invite, { body: { email: kim.email, name: 'Kim', roles: ['employee'] } })
  const there = (await eve.done(identity.members)).items.find((one) => one.email === kim.email)
  expect(there).toMatchObject({ name: 'Kim', pending: true, can: { reset: false } })
  await end(eve, { id: there?.id ?? '' })
  await kim.browser.done(people.list, { org: 'acme', query: {} })
})

test('personas of the demo are entered by one click, have no password and cannot be taken over', async () => {
  await server.t.owner.query(
    `insert into organization select $1::uuid, $1::uuid, 1, 'demo', 'Demo', 'software', '51-250', 'en', 'EUR', 'UTC', true, now()`,
    [newId(1)],
  )
  const clock = () => server.clock.now
  const persona = { key: 'ciso', title: 'CISO' }
  const who = { email: 'ciso@demo.example', name: 'Carla Stern' }
  const account = { ...who, locale: 'en', passwordHash: null }
  const accountId = await platformTransaction(server.t.db, clock, (tx) => createAccount(tx, { ...account, persona }))
  await server.inside('demo', (tx) =>
    addMembership(tx, null, { ...who, accountId, personId: null, roles: ['administrator'], expiresAt: null }),
  )
  // A persona key on an account outside the demo opens nothing.
  const stray = { key: 'stray', title: '' }
  await platformTransaction(server.t.db, clock, (tx) =>
    createAccount(tx, { ...account, email: 'stray@x.example', persona: stray }),
  )
  const browser = visitor(server.http)
  expect(await browser.done(identity.installation)).toMatchObject({
    demo: true,
    personas: [{ key: 'ciso', name: 'Carla Stern', title: 'CISO', roles: ['administrator'] }],
  })
  for (const key of ['stray', 'nobody', 'ciso@demo.example']) {
    expect((await browser.call(identity.signInAsPersona, { body: { key } })).status).toBe(404)
  }
  const session = await browser.done(identity.signInAsPersona, { body: { key: 'ciso' } })
  expect(session.organizations.map((one) => one.slug)).toEqual(['demo'])
  const next = 'a sentence for all of us'
  const password = await browser.call(identity.changePassword, { body: { current: '', next } })
  expect(password.problem.code).toBe('account.persona')
  expect((await browser.call(identity.changeProfile, { body: { name: 'Defaced' } })).problem.code).toBe(
    'account.persona',
  )
  const invited = await anna.call(identity.invite, {
    body: { email: 'ciso@demo.example', name: 'x', roles: ['administrator'] },
  })
  expect(invited.problem.code).toBe('member.persona')
  const [me] = (await browser.done(identity.members, { org: 'demo' })).items
  const reset = await browser.call(identity.resetMember, { org: 'demo', params: { membershipId: me?.id ?? '' } })
  expect(reset.problem.code).toBe('member.reset_persona')
  expect((await browser.call(identity.signIn, { body: { email: 'ciso@demo.example', password: 'x' } })).status).toBe(
    401,
  )
  // Visitors cannot make the installation write to strangers.
  sent.length = 0
  await browser.call(identity.invite, {
    org: 'demo',
    body: { email: 'stranger@x.example', name: 'S', roles: ['employee'] },
  })
  expect(sent).toEqual([])
  // Signing out everywhere must not end the visits of others.
  const second = visitor(server.http)
  await second.done(identity.signInAsPersona, { body: { key: 'ciso' } })
  await second.done(identity.signOutEverywhere)
  await browser.done(identity.session)
  // Once the server no longer shows the demo, visits that had begun end too; those of people do not.
  await sweepIdentity(server.t.db, clock, true)
  await browser.done(identity.session)
  await sweepIdentity(server.t.db, clock, false)
  expect((await browser.call(identity.session)).status).toBe(401)
  await anna.done(identity.session)
})

test('nobody takes an account under an address through the demo: it invites nobody and issues no reset links', async () => {
  const joe = await createDemo()
  const browser = visitor(server.http)
  await browser.done(identity.signInAsPersona, { body: { key: 'admin' } })
  const email = 'chief@acme-bank.example'
  const invited = await browser.call(identity.invite, {
    org: 'tour',
    body: { email, name: 'Chief', roles: ['administrator'] },
  })
  expect([invited.status, invited.problem.code]).toEqual([422, 'member.demo_no_invitations'])
  const left = await server.t.owner.query(
    `select (select count(*)::int from identity.account where email = $1) as accounts,
       (select count(*)::int from membership where email = $1) as members`,
    [email],
  )
  expect(left.rows).toEqual([{ accounts: 0, members: 0 }])
  // Nor does it open the account of somebody who belongs to it by the command line.
  const members = await browser.done(identity.members, { org: 'tour' })
  expect(members.can).toMatchObject({ edit: true, invite: false })
  const there = members.items.find((one) => one.email === joe.email)
  expect(there?.can).toEqual({ edit: true, end: true, reset: false })
  const reset = await browser.call(identity.resetMember, { org: 'tour', params: { membershipId: there?.id ?? '' } })
  expect([reset.status, reset.problem.code]).toEqual([422, 'member.demo_no_invitations'])
  const links = await server.t.owner.query(
    'select l.kind from identity.link l join identity.account a on a.id = l.account_id where a.email = any ($1)',
    [[email, joe.email]],
  )
  expect(links.rows).toEqual([])
})

test('a link into the demo that was issued before it invited nobody is refused', async () => {
  const { rows } = await server.t.owner.query(
    `select o.id, a.id as account from organization o, identity.account a where o.slug = 'tour' and a.email = 'joe@own.example'`,
  )
  for (const kind of ['invitation', 'resetByAdministrator'] as const) {
    const { link } = await platformTransaction(
      server.t.db,
      () => server.clock.now,
      (tx) =>
        issueLink(tx, new URL('http://x'), { accountId: rows[0].account, orgId: rows[0].id, kind }, server.clock.now),
    )
    const token = new URL(link).hash.slice(1)
    const shown = await visitor(server.http).call(identity.link, { body: { token } })
    const used = await visitor(server.http).call(identity.useLink, { body: { token, password } })
    for (const one of [shown, used]) expect(one.problem).toMatchObject({ status: 410, code: 'link.demo' })
  }
})

/** A demo with an administrator for everybody, and a member with an account of their own. */
async function createDemo(): Promise<{ email: string }> {
  await server.t.owner.query(
    `insert into organization select $1::uuid, $1::uuid, 1, 'tour', 'Tour', 'software', '51-250', 'en', 'EUR', 'UTC', true, now()`,
    [newId(2)],
  )
  const join = async (name: string, email: string, key: string | null): Promise<void> => {
    const persona = key === null ? {} : { persona: { key, title: '' } }
    const accountId = await platformTransaction(
      server.t.db,
      () => server.clock.now,
      (tx) => createAccount(tx, { email, name, locale: 'en', passwordHash: null, ...persona }),
    )
    await server.inside('tour', (tx) =>
      addMembership(tx, null, { accountId, email, name, personId: null, roles: ['administrator'], expiresAt: null }),
    )
  }
  await join('Ada Min', 'ada@tour.example', 'admin')
  await join('Joe Own', 'joe@own.example', null)
  return { email: 'joe@own.example' }
}

test('a member acts under the name the directory has for them, whatever they call their account', async () => {
  const { browser } = await memberWithPassword(server, 'acme', 'Mallory Fox', ['administrator'])
  await browser.done(identity.changeProfile, { body: { name: 'Judith Amsel' } })
  const add = async (name: string): Promise<string | undefined> => {
    await browser.done(people.add, { org: 'acme', body: { name } })
    return (await anna.done(auditTrail, { query: { type: 'person', limit: 1 } })).items[0]?.actor.name
  }
  expect(await add('Rita Vale')).toBe('Mallory Fox')
  const view = await browser.done(views.save, { org: 'acme', body: { list: 'people', name: 'Mine', query: '' } })
  expect(view.by).toBe('Mallory Fox')
  expect((await anna.done(auditTrail, { query: { actor: 'Judith Amsel' } })).items).toEqual([])
  const script = { name: 'Script', roles: ['employee' as const], expiresAt: later }
  await browser.done(identity.createToken, { org: 'acme', body: script })
  const tokens = (await anna.done(identity.tokens)).items.filter((one) => one.createdBy === 'Mallory Fox')
  expect(tokens.map((one) => one.name)).toEqual(['Script'])
  // Who has no entry has but the name of the account.
  await change(anna, await memberOf(anna, 'Mallory Fox'), { personId: null })
  expect(await add('Tess Hill')).toBe('Judith Amsel')
})

test('a server that does not show the demo lets no persona in', async () => {
  const plain = await testServer()
  const answer = await visitor(plain.http).call(identity.signInAsPersona, { body: { key: 'ciso' } })
  expect(answer.problem).toMatchObject({ status: 404, code: 'persona.not_found' })
  await plain.close()
})

const bearer = (token: string): { authorization: string } => ({ authorization: `Bearer ${token}` })
