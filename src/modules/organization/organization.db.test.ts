import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Instant } from '#kernel/time.ts'
import { people } from '#modules/people/contract.ts'
import { createTokenBySystem } from '#platform/identity/system.ts'
import { history } from '#platform/ledger/contract.ts'
import { search } from '#platform/search/contract.ts'
import { callRoute } from '#testing/call.ts'
import { replay } from '#testing/replay.ts'
import { type TestActor, type TestServer, testServer } from '#testing/server.ts'
import { organization } from './contract.ts'
import { scope } from './contract-scope.ts'
import { approvedScope } from './server/reader.ts'

let server: TestServer
let anna: TestActor
let tara: TestActor
let omar: TestActor
let emil: TestActor
let eve: TestActor
beforeAll(async () => {
  server = await testServer()
  await server.organization('acme')
  await server.organization('other')
  anna = await server.actor('acme', 'Anna Berg', ['ismsManager'])
  tara = await server.actor('acme', 'Tara Holm', ['topManagement'])
  omar = await server.actor('acme', 'Omar Quist', ['owner'])
  emil = await server.actor('acme', 'Emil Roth', ['employee'])
  eve = await server.actor('other', 'Eve Stone', ['administrator'])
})
afterAll(() => server.close())

test('units, sites, services and products follow one pattern', async () => {
  const kinds = [organization.units, organization.sites, organization.services, organization.products] as const
  const refs: string[] = []
  for (const routes of kinds) {
    const added = await anna.done(routes.add, { body: { name: 'Main', ownerId: omar.personId } })
    refs.push(added.ref)
    expect(added).toMatchObject({ placement: 'undecided', owner: { name: 'Omar Quist', active: true } })
    const params = { recordId: added.id }
    const changed = await omar.done(routes.change, { params, version: 1, body: { description: 'Ours' } })
    expect(changed.can).toEqual({ edit: true, place: false, withdraw: false })
    const placing = await omar.call(routes.place, { params, body: { placement: 'in' } })
    expect(placing.problem.code).toBe('access.forbidden')
    const unsaid = await anna.call(routes.place, { params, body: { placement: 'out' } })
    expect(unsaid.problem).toMatchObject({ code: 'scope.exclusion_unjustified', field: 'reason' })
    expect(await anna.done(routes.place, { params, body: { placement: 'in' } })).toMatchObject({ placement: 'in' })
    expect((await emil.call(routes.add, { body: { name: 'Mine' } })).status).toBe(403)
    expect((await emil.done(routes.list)).items[0]?.can.edit).toBe(false)
    expect((await anna.call(routes.add, { body: { name: 'main' } })).status).toBe(409)
    const byRef = { recordId: added.ref.toLowerCase() }
    expect((await anna.done(routes.show, { params: byRef })).id).toBe(added.id)
    expect((await eve.call(routes.show, { params })).status).toBe(404)
    expect((await eve.call(routes.add, { body: { name: 'X', ownerId: omar.personId } })).status).toBe(404)
  }
  expect(refs).toEqual(['U-1', 'SI-1', 'SV-1', 'PD-1'])
})

test('lists are filtered, searched, sorted and paged', async () => {
  for (const name of ['Zürich', 'aarhus', 'Århus', 'Berlin'])
    await anna.done(organization.sites.add, { body: { name } })
  const names = async (query: Record<string, string>) =>
    (await anna.done(organization.sites.list, { query })).items.map((one) => one.name)
  expect(await names({ placement: 'undecided' })).toEqual(['aarhus', 'Århus', 'Berlin', 'Zürich'])
  expect(await names({ sort: '-ref' })).toEqual(['Berlin', 'Århus', 'aarhus', 'Zürich', 'Main'])
  expect(await names({ q: 'omar' })).toEqual(['Main'])
  expect(await names({ ownerId: omar.personId })).toEqual(['Main'])
  const page = await anna.done(organization.sites.list, { query: { limit: 2, sort: 'placement' } })
  const next = await anna.done(organization.sites.list, {
    query: { limit: 9, sort: 'placement', cursor: page.next ?? '' },
  })
  expect(new Set([...page.items, ...next.items].map((one) => one.id)).size).toBe(5)
})

let stateHash = ''
let first = ''

test('a scope is approved by top management, in the state they have seen, once everything is placed', async () => {
  const started = await anna.done(scope.start, { body: { statement: 'Development and operation of the shop.' } })
  first = started.id
  const params = { statementId: first }
  expect(started).toMatchObject({ number: null, status: 'draft', previous: null, preparedBy: { name: 'Anna Berg' } })
  expect((await anna.call(scope.start, { body: {} })).problem.code).toBe('scope.draft_exists')
  await anna.done(organization.addInterface, {
    body: { kind: 'dependency', name: 'Hosting', counterpart: 'Cloud Ltd', controls: ['A.5.19', 'A.5.23'] },
  })
  await anna.done(organization.addExclusion, {
    body: { name: 'Print shop', justification: 'Holds no information of ours' },
  })
  const open = await tara.done(scope.show)
  expect(open).toMatchObject({ approved: null, judgement: { state: 'none' }, can: { edit: false, approve: false } })
  expect(open.obstacles).toMatchObject([{ code: 'notPlaced', severity: 'blocks' }])
  expect(open.judgement.notPlaced).toHaveLength(4)
  const early = await tara.call(scope.approve, { params, body: { stateHash: open.stateHash ?? '' } })
  expect(early.problem).toMatchObject({ code: 'scope.not_ready', status: 422 })
  for (const site of open.judgement.notPlaced) {
    await anna.done(organization.sites.place, {
      params: { recordId: site.id },
      body: { placement: 'out', reason: 'Sales office without systems' },
    })
  }
  const unseen = await tara.call(scope.approve, { params, body: { stateHash: open.stateHash ?? '' } })
  expect(unseen.problem).toMatchObject({ code: 'scope.changed_since_seen', field: 'stateHash' })
  const ready = await tara.done(scope.show)
  stateHash = ready.stateHash ?? ''
  expect(ready).toMatchObject({ obstacles: [], can: { approve: true } })
  expect((await anna.call(scope.approve, { params, body: { stateHash } })).status).toBe(403)
  const expiresAt = '2026-09-01T00:00:00.000Z' as never
  const { token } = await createTokenBySystem(server.t.db, () => server.clock.now, 'acme', {
    roles: ['topManagement'],
    expiresAt,
  })
  const program = await callRoute(server.http, scope.approve, 'acme', {
    params,
    body: { stateHash },
    headers: { authorization: `Bearer ${token}` },
  })
  expect(program.problem.code).toBe('scope.approver_is_no_person')
  const approved = await tara.done(scope.approve, { params, body: { stateHash } })
  expect(approved).toMatchObject({ number: 1, status: 'approved', stateHash, approvedBy: { name: 'Tara Holm' } })
  expect(approved.content.items.map((item) => [item.kind, item.placement])).toEqual([
    ['unit', 'in'],
    ['site', 'in'],
    ['site', 'out'],
    ['site', 'out'],
    ['site', 'out'],
    ['site', 'out'],
    ['service', 'in'],
    ['product', 'in'],
  ])
  const again = await tara.call(scope.approve, { params, body: { stateHash } })
  expect(again.problem.code).toBe('scope.not_draft')
  const frozen = await anna.call(scope.change, { params, version: approved.version, body: { statement: 'x' } })
  expect(frozen.problem.code).toBe('scope.not_draft')
  expect(await tara.done(scope.show)).toMatchObject({ draft: null, stateHash: null, judgement: { state: 'current' } })
})

test('when the records change the approval says so and why, and the approved version stays as it was', async () => {
  server.clock.now = '2026-05-04T09:00:00.000Z' as Instant
  const added = await anna.done(organization.sites.add, { body: { name: 'Lisbon' } })
  const [unit] = (await anna.done(organization.units.list)).items
  await anna.done(organization.units.change, {
    params: { recordId: unit?.id ?? '' },
    version: unit?.version ?? 0,
    body: { name: 'Engineering' },
  })
  const [dependency] = (await anna.done(organization.interfaces)).items
  await anna.done(organization.changeInterface, {
    params: { interfaceId: dependency?.id ?? '' },
    version: 1,
    body: { counterpart: 'Other Cloud Ltd' },
  })
  // Wording that is not part of the scope changes nothing.
  await anna.done(organization.sites.change, {
    params: { recordId: added.id },
    version: 1,
    body: { description: 'By the river' },
  })
  const now = await emil.done(scope.show)
  expect(now.judgement.state).toBe('outOfDate')
  expect(now.judgement.changes).toMatchObject([
    { code: 'notPlaced', type: 'site', id: added.id, sentence: 'SI-6 Lisbon is new and not placed yet.' },
    { code: 'renamed', sentence: 'U-1 was called Main and is called Engineering now.' },
    { code: 'interfaceChanged', id: dependency?.id },
  ])
  expect(now.judgement.notPlaced.map((item) => item.name)).toEqual(['Lisbon'])
  const then = await emil.done(scope.show, { query: { at: '2026-04-01' } })
  expect(then.judgement.state).toBe('current')
  expect(then.content.items.some((item) => item.name === 'Lisbon')).toBe(false)
  const version = await emil.done(scope.statement, { params: { statementId: first } })
  expect(version.content.items.map((item) => item.name)).not.toContain('Engineering')
})

test('a new version starts from the old text, shows what changed, and supersedes it', async () => {
  const second = await anna.done(scope.start, { body: { considerations: 'New office in Portugal.' } })
  const params = { statementId: second.id }
  expect(second).toMatchObject({
    statement: 'Development and operation of the shop.',
    previous: { number: 1 },
    can: { edit: true, approve: false },
  })
  const [lisbon] = (await anna.done(organization.sites.list, { query: { q: 'Lisbon' } })).items
  await anna.done(organization.sites.place, { params: { recordId: lisbon?.id ?? '' }, body: { placement: 'in' } })
  await anna.done(scope.change, { params, version: 1, body: { statement: 'The shop, from Berlin and Lisbon.' } })
  expect((await anna.call(scope.change, { params, version: 1, body: { statement: 'x' } })).status).toBe(412)
  const seen = await tara.done(scope.show)
  const approved = await tara.done(scope.approve, { params, body: { stateHash: seen.stateHash ?? '' } })
  expect(approved.number).toBe(2)
  expect(approved.changes.map((one) => one.code)).toEqual(['renamed', 'added', 'interfaceChanged'])
  const versions = await anna.done(scope.statements)
  expect(versions.items.map((one) => [one.number, one.status])).toEqual([
    [2, 'approved'],
    [1, 'superseded'],
  ])
  const dropped = await anna.done(scope.start, { body: {} })
  await anna.done(scope.discard, { params: { statementId: dropped.id }, body: { reason: 'not needed' } })
  expect((await anna.done(scope.show)).draft).toBeNull()
  await server.inside('acme', async (tx) => {
    const found = await approvedScope(tx)
    expect(found).toMatchObject({ number: 2, approvedBy: 'Tara Holm', judgement: { state: 'current' } })
  })
  await server.inside('other', async (tx) => expect(await approvedScope(tx)).toBeNull())
})

test('the profile is changed with what exists; its address stays', async () => {
  const profile = await anna.done(organization.profile)
  expect(profile).toMatchObject({ slug: 'acme', currency: 'EUR', can: { edit: true } })
  expect((await emil.done(organization.profile)).can.edit).toBe(false)
  const changed = await anna.done(organization.changeProfile, {
    version: profile.version,
    body: { name: 'Acme GmbH', language: 'de', timeZone: 'Europe/Lisbon' },
  })
  expect(changed).toMatchObject({ name: 'Acme GmbH', slug: 'acme', timeZone: 'Europe/Lisbon' })
  for (const body of [{ timeZone: 'Mars/Olympus' }, { currency: 'ABC' }, { size: '7' }, { name: ' ' }]) {
    const answer = await anna.call(organization.changeProfile, { version: changed.version, body: body as never })
    expect([answer.status, answer.problem.field]).toEqual([422, Object.keys(body)[0]])
  }
  expect((await emil.call(organization.changeProfile, { version: 2, body: { name: 'Mine' } })).status).toBe(403)
  expect((await anna.done(organization.profile, { query: { at: '2026-04-01' } })).name).toBe('acme Ltd')
})

test('records of the scope are found, told in histories and handed over', async () => {
  const found = await anna.done(search, { query: { q: 'hosting' } })
  expect(found.items).toMatchObject([{ type: 'scope_interface', ref: 'IF-1', path: '/scope/interfaces/IF-1' }])
  const [lisbon] = (await anna.done(search, { query: { q: 'si6' } })).items
  const told = await anna.done(history, { query: { type: 'site', id: lisbon?.id ?? '' } })
  expect(told.items.map((one) => one.entries[0]?.action)).toEqual(['site.placed', 'site.changed', 'site.added'])
  const owned = await anna.done(people.owned, { params: { personId: omar.personId } })
  expect(owned.items.filter((one) => one.duty === 'owner').map((one) => one.ref)).toEqual([
    'U-1',
    'SI-1',
    'SV-1',
    'PD-1',
  ])
})

test('lists and records issue a bounded number of statements', async () => {
  const count = async (work: () => Promise<unknown>): Promise<number> => {
    server.statements.texts = []
    await work()
    return server.statements.texts.length
  }
  expect(await count(() => anna.done(organization.sites.list))).toBe(1)
  expect(await count(() => anna.done(organization.interfaces))).toBe(1)
  expect(await count(() => anna.done(organization.exclusions))).toBe(1)
  expect(await count(() => anna.done(scope.show))).toBe(5)
  expect(await count(() => anna.done(scope.statements))).toBe(2)
  expect(await count(() => anna.done(scope.statement, { params: { statementId: first } }))).toBe(6)
})

test('replaying the ledger gives the tables', async () => {
  expect(await replay(server.t)).toEqual([])
})
