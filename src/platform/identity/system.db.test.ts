import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Instant } from '#kernel/time.ts'
import { people } from '#modules/people/contract.ts'
import { directory } from '#modules/people/server/directory.ts'
import { memberWithPassword, password } from '#testing/accounts.ts'
import { type TestServer, testServer } from '#testing/server.ts'
import { visitor } from '#testing/visitor.ts'
import { identity } from './contract.ts'
import {
  createOrganizationBySystem,
  createTokenBySystem,
  inviteBySystem,
  listOrganizations,
  resetLinkBySystem,
} from './system.ts'

let server: TestServer
beforeAll(async () => {
  server = await testServer()
})
afterAll(() => server.close())

const clock = () => server.clock.now
const url = new URL('https://isms.acme.example')
const place = { url, directory }
const expiresAt = '2026-09-01T00:00:00.000Z' as Instant
const create = (slug: string, name = slug) => createOrganizationBySystem(server.t.db, clock, { slug, name })

test('an organization is created, listed, and used with a token', async () => {
  await create('zeta', 'Zeta AG')
  await create('acme')
  expect(await listOrganizations(server.t.db, clock)).toMatchObject([
    { slug: 'acme', members: 0, demo: false },
    { slug: 'zeta', name: 'Zeta AG', createdAt: server.clock.now },
  ])
  const { token } = await createTokenBySystem(server.t.db, clock, 'zeta', { roles: ['ismsManager'], expiresAt })
  const headers = { authorization: `Bearer ${token}` }
  await visitor(server.http).done(people.add, { org: 'zeta', body: { name: 'First' }, headers })
  expect((await visitor(server.http).call(people.list, { org: 'acme', headers })).status).toBe(404)
  const ledger = await server.t.owner.query(`select distinct actor ->> 'name' as name from ledger_entry order by 1`)
  expect(ledger.rows.map((row) => row.name)).toEqual(['command line'])
})

test('a slug that is none, is taken or is kept is refused in words', async () => {
  await create('taken')
  for (const [slug, code] of [
    ['taken', 'organization.slug_taken'],
    ['demo', 'organization.slug_taken'],
    ['api', 'organization.slug_taken'],
    ['No', 'organization.slug_form'],
    ['1st', 'organization.slug_form'],
    ['x'.repeat(41), 'organization.slug_form'],
  ] as const) {
    await expect(create(slug)).rejects.toMatchObject({ refusal: { code } })
  }
  await createOrganizationBySystem(server.t.db, clock, { slug: 'demo', name: 'Demo', demo: true })
})

test('tokens of the command line have the same limits of time', async () => {
  const roles = ['employee'] as const
  for (const [until, code] of [
    ['2026-01-01T00:00:00.000Z', 'token.expiry_past'],
    ['2028-01-01T00:00:00.000Z', 'token.expiry_too_far'],
  ] as const) {
    const asked = createTokenBySystem(server.t.db, clock, 'taken', { roles, expiresAt: until as Instant })
    await expect(asked).rejects.toMatchObject({ refusal: { code } })
  }
  await expect(createTokenBySystem(server.t.db, clock, 'nowhere', { roles, expiresAt })).rejects.toMatchObject({
    refusal: { code: 'organization.not_found' },
  })
})

test('the first administrator of an organization made here is invited from here', async () => {
  const { link } = await inviteBySystem(server.t.db, clock, place, 'taken', {
    email: 'Rita@Acme.example',
    name: 'Rita Vogt',
    roles: ['administrator'],
  })
  expect(link).toMatch(/^https:\/\/isms\.acme\.example\/link#[\w-]{43}$/)
  const rita = visitor(server.http)
  await rita.done(identity.useLink, { body: { token: new URL(link).hash.slice(1), password } })
  expect((await rita.done(identity.members, { org: 'taken' })).items).toMatchObject([
    { email: 'rita@acme.example', roles: ['administrator'], pending: false },
  ])
})

test('the operator names whom of the directory an invitation is for', async () => {
  await create('named')
  const admin = await server.actor('named', 'Ada Min', ['administrator'])
  const vera = await admin.done(people.add, { body: { name: 'Vera Lund', email: 'vera@acme.example' } })
  const asked = (person?: string) =>
    inviteBySystem(server.t.db, clock, place, 'named', {
      email: 'vera@acme.example',
      name: 'Vera',
      roles: ['owner'],
      ...(person === undefined ? {} : { person }),
    })
  await expect(asked()).rejects.toMatchObject({
    refusal: { code: 'member.entry_has_address', message: expect.stringContaining(vera.ref) },
  })
  await expect(asked('P-99')).rejects.toMatchObject({ refusal: { code: 'person.not_found' } })
  await expect(asked('P-1')).rejects.toMatchObject({ refusal: { code: 'member.person_taken' } })
  const { link } = await asked(vera.ref.toLowerCase())
  const arrived = await visitor(server.http).done(identity.useLink, {
    body: { token: new URL(link).hash.slice(1), password, name: 'Vera' },
  })
  expect(arrived.organizations).toMatchObject([{ slug: 'named', personId: vera.id }])
  await createOrganizationBySystem(server.t.db, clock, { slug: 'tour', name: 'Tour', demo: true })
  const toDemo = inviteBySystem(server.t.db, clock, place, 'tour', {
    email: 'who@acme.example',
    name: 'Who',
    roles: ['owner'],
  })
  await expect(toDemo).rejects.toMatchObject({ refusal: { code: 'member.demo_no_invitations' } })
})

test('the operator can help anybody back in who has an account', async () => {
  const uwe = await memberWithPassword(server, 'taken', 'Uwe Lang', ['employee'])
  const { link, organizations } = await resetLinkBySystem(server.t.db, clock, url, uwe.email.toUpperCase())
  expect(organizations).toEqual(['taken'])
  const body = { token: new URL(link).hash.slice(1), password: 'a brand new sentence' }
  await visitor(server.http).done(identity.useLink, { body })
  expect((await uwe.browser.call(identity.session)).status).toBe(401)
  await expect(resetLinkBySystem(server.t.db, clock, url, 'nobody@x.example')).rejects.toMatchObject({
    refusal: { code: 'account.not_found' },
  })
})

test('a link of the operator takes the account from whoever had it, API tokens too; other resets keep them', async () => {
  const vera = await memberWithPassword(server, 'taken', 'Vera Moor', ['administrator'])
  const ada = await memberWithPassword(server, 'taken', 'Ada Root', ['administrator'])
  const body = { name: 'left behind', roles: ['administrator' as const], expiresAt }
  const { token } = await vera.actor.done(identity.createToken, { body })
  const others = await ada.actor.done(identity.createToken, { body })
  const works = async (secret: string) =>
    (
      await visitor(server.http).call(people.list, {
        org: 'taken',
        headers: { authorization: `Bearer ${secret}` },
      })
    ).status
  const use = async (link: string, password: string) =>
    visitor(server.http).done(identity.useLink, { body: { token: new URL(link).hash.slice(1), password } })

  const { items } = await ada.actor.done(identity.members)
  const params = { membershipId: items.find((one) => one.email === vera.email)?.id ?? '' }
  const reset = await ada.actor.done(identity.resetMember, { params })
  await use(reset.link ?? '', 'a sentence of my own choice')
  expect(await works(token)).toBe(200)

  const { link, tokens } = await resetLinkBySystem(server.t.db, clock, url, vera.email)
  expect([tokens, await works(token)]).toEqual([1, 200])
  await use(link, 'a brand new sentence')
  expect([await works(token), await works(others.token)]).toEqual([401, 200])
  const entry = await server.t.owner.query(
    `select actor ->> 'name' as name, reason from ledger_entry where action = 'token.revoked'`,
  )
  expect(entry.rows).toEqual([
    { name: 'command line', reason: 'The operator gave the account of its maker a new password.' },
  ])
})
