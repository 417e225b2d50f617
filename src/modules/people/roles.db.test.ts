import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Instant } from '#kernel/time.ts'
import { assets } from '#modules/assets/contract.ts'
import { auditTrail, history } from '#platform/ledger/contract.ts'
import { search } from '#platform/search/contract.ts'
import { replay } from '#testing/replay.ts'
import { type TestActor, type TestServer, testServer } from '#testing/server.ts'
import { people } from './contract.ts'
import { roles } from './contract-roles.ts'
import { findPeopleByNameOrEmail, listActive, peopleById, roleHolders } from './server/reader.ts'

let server: TestServer
let anna: TestActor
let ben: TestActor
let emil: TestActor
let eve: TestActor
beforeAll(async () => {
  server = await testServer()
  await server.organization('acme')
  await server.organization('other')
  anna = await server.actor('acme', 'Anna Berg', ['ismsManager'])
  ben = await server.actor('acme', 'Ben Ode', ['owner'])
  emil = await server.actor('acme', 'Emil Roth', ['employee'])
  eve = await server.actor('other', 'Eve Stone', ['administrator'])
})
afterAll(() => server.close())

test('roles offered are taken over once; the mandatory ones are vacant until their holder has accepted', async () => {
  const offered = await anna.done(roles.standard)
  expect(offered.items.filter((one) => one.mandate !== null)).toHaveLength(2)
  expect((await ben.call(roles.adopt, { body: { keys: ['ismsManager'], language: 'en' } })).status).toBe(403)
  const keys = ['ismsManager', 'performanceReporter', 'riskOwner']
  const adopted = await anna.done(roles.adopt, { body: { keys, language: 'de' } })
  expect(adopted.items.map((one) => [one.ref, one.name, one.state])).toEqual([
    ['RO-1', 'ISMS-Manager', 'vacant'],
    ['RO-2', 'Berichterstatter zur ISMS-Leistung', 'vacant'],
    ['RO-3', 'Risikoeigentümer', 'vacant'],
  ])
  expect((await anna.done(roles.adopt, { body: { keys, language: 'en' } })).items).toEqual([])
  expect((await anna.call(roles.adopt, { body: { keys: ['king'], language: 'en' } })).problem.code).toBe(
    'role.not_offered',
  )
  const [first] = adopted.items
  const assigned = await anna.done(roles.assign, {
    params: { roleId: first?.id ?? '' },
    body: { personId: ben.personId, on: '2026-03-02' },
  })
  expect(assigned).toMatchObject({
    state: 'awaiting',
    assignments: [{ state: 'awaiting', can: { answer: false, end: true } }],
  })
  expect((await anna.done(roles.list)).mandates).toMatchObject([
    { mandate: 'conformity', state: 'awaiting', roles: [{ ref: 'RO-1' }] },
    { mandate: 'reporting', state: 'vacant', roles: [{ ref: 'RO-2' }] },
  ])
  const assignmentId = assigned.assignments[0]?.id ?? ''
  for (const somebodyElse of [anna, emil]) {
    const answer = await somebodyElse.call(roles.accept, { params: { assignmentId } })
    expect([answer.status, answer.problem.code]).toEqual([403, 'access.not_yours'])
  }
  expect((await ben.done(roles.show, { params: { roleId: first?.id ?? '' } })).assignments[0]?.can).toEqual({
    answer: true,
    end: false,
  })
  server.clock.now = '2026-03-05T09:00:00.000Z' as Instant
  expect(await ben.done(roles.accept, { params: { assignmentId } })).toMatchObject({ state: 'filled' })
  expect((await ben.call(roles.accept, { params: { assignmentId } })).problem.code).toBe('role.answered')
  expect((await anna.done(roles.list, { query: { at: '2026-03-04' } })).mandates[0]?.state).toBe('awaiting')
  const twice = await anna.call(roles.assign, {
    params: { roleId: first?.id ?? '' },
    body: { personId: ben.personId, on: '2026-03-05' },
  })
  expect(twice.problem.code).toBe('role.already_assigned')
})

test('a role is declined with a reason, ended with a day, and withdrawn when nobody holds it', async () => {
  const role = await anna.done(roles.add, { body: { name: 'Key custodian' } })
  const params = { roleId: role.id }
  const toEmil = await anna.done(roles.assign, { params, body: { personId: emil.personId, on: '2026-03-05' } })
  const declined = await emil.done(roles.decline, {
    params: { assignmentId: toEmil.assignments[0]?.id ?? '' },
    body: { reason: 'On leave until June' },
  })
  expect(declined).toMatchObject({ state: 'vacant', assignments: [{ state: 'declined' }] })
  const toAnna = await anna.done(roles.assign, { params, body: { personId: anna.personId, on: '2026-03-05' } })
  expect((await anna.call(roles.withdraw, { params, body: { reason: 'x' } })).problem.code).toBe('role.held')
  const assignmentId = toAnna.assignments[0]?.id ?? ''
  await anna.done(roles.accept, { params: { assignmentId } })
  const early = await anna.call(roles.end, { params: { assignmentId }, body: { on: '2026-03-01', reason: 'x' } })
  expect(early.problem).toMatchObject({ code: 'role.ends_before_start', field: 'on' })
  const ended = await anna.done(roles.end, { params: { assignmentId }, body: { on: '2026-03-05', reason: 'moved' } })
  expect(ended.state).toBe('filled')
  server.clock.now = '2026-03-06T09:00:00.000Z' as Instant
  expect((await anna.done(roles.show, { params })).state).toBe('vacant')
  expect(await anna.done(roles.withdraw, { params, body: { reason: 'not needed' } })).toMatchObject({
    can: { edit: false },
  })
  const vacant = await anna.done(roles.list, { query: { vacant: 'true' } })
  expect(vacant.items.map((one) => one.ref)).toEqual(['RO-2', 'RO-3'])
  expect((await anna.done(roles.list, { query: { holderId: ben.personId } })).items.map((one) => one.ref)).toEqual([
    'RO-1',
  ])
})

const actionsOf = (events: readonly { entries: readonly { action: string }[] }[]) =>
  events.flatMap((event) => event.entries.map((entry) => entry.action))

test('the history of a role tells of its holders, in words, and of a person the roles they were given', async () => {
  const { items } = await anna.done(roles.list, { query: { q: 'ISMS-Manager' } })
  const of = await anna.done(history, { query: { type: 'isms_role', id: items[0]?.id ?? '' } })
  expect(actionsOf(of.items)).toEqual(['role.accepted', 'role.assigned', 'role.added'])
  const assigned = of.items[1]?.entries[0]
  expect(of.items[1]).toMatchObject({ actor: { name: 'Anna Berg', kind: 'person' }, size: 1 })
  // The role itself is not news in its own history; the person is what the sentence is about, not a field.
  expect(assigned).toMatchObject({ record: { type: 'role_assignment' }, of: null, isNew: true })
  expect(assigned?.others).toEqual([{ type: 'person', id: ben.personId, ref: 'P-2', title: 'Ben Ode', as: 'personId' }])
  expect(assigned?.changes.map((one) => one.field)).toEqual(['assignedOn', 'assignedBy'])
  const changed = await anna.done(people.change, {
    params: { personId: ben.personId },
    version: 1,
    body: { managerId: anna.personId, jobTitle: 'Head of IT' },
  })
  expect(changed.manager?.name).toBe('Anna Berg')
  const first = await anna.done(history, { query: { type: 'person', id: ben.personId, limit: 1 } })
  expect(first.items[0]?.entries[0]?.changes).toEqual([
    { kind: 'text', field: 'jobTitle', before: null, after: 'Head of IT' },
    {
      kind: 'record',
      field: 'managerId',
      before: null,
      after: { type: 'person', id: anna.personId, ref: 'P-1', title: 'Anna Berg' },
    },
  ])
  const rest = await anna.done(history, { query: { type: 'person', id: ben.personId, cursor: first.next ?? '' } })
  expect(actionsOf(rest.items)).toEqual(['role.accepted', 'role.assigned', 'person.added'])
  expect((await emil.call(history, { query: { type: 'person', id: ben.personId } })).status).toBe(403)
  expect((await eve.call(history, { query: { type: 'person', id: ben.personId } })).status).toBe(404)
  expect((await anna.call(history, { query: { type: 'ledger_head', id: ben.personId } })).status).toBe(404)
})

test('the audit trail filters by actor, type, action and day', async () => {
  const all = await anna.done(auditTrail, { query: { limit: 200 } })
  expect(all.items.map((one) => one.seq)).toEqual(all.items.map((one) => one.seq).toSorted((a, b) => b - a))
  expect(all.can).toEqual({ verify: true })
  const by = (query: Record<string, string>) => anna.done(auditTrail, { query })
  expect(actionsOf((await by({ actor: 'ben o' })).items)).toEqual(['role.accepted'])
  const ofPeople = (await by({ type: 'person' })).items.flatMap((one) => one.entries)
  expect(ofPeople.every((one) => one.record.type === 'person')).toBe(true)
  // A type comes with its parts; an assignment is a part of its role first.
  const ofRoles = (await by({ type: 'isms_role' })).items.flatMap((one) => one.entries)
  expect(new Set(ofRoles.map((one) => one.record.type))).toEqual(new Set(['isms_role', 'role_assignment']))
  expect(ofRoles.find((one) => one.record.type === 'role_assignment')?.of).toMatchObject({ type: 'isms_role' })
  expect(actionsOf((await by({ type: 'role_assignment', action: 'accepted' })).items)).toContain('role.accepted')
  const accepted = await by({ action: 'role.accepted' })
  expect(new Set(actionsOf(accepted.items))).toEqual(new Set(['role.accepted']))
  expect((await by({ action: 'role' })).items.length).toBeGreaterThan(accepted.items.length)
  const day = await by({ from: '2026-03-05', to: '2026-03-05' })
  expect(day.items.length).toBeGreaterThan(0)
  expect(day.items.every((one) => one.at.startsWith('2026-03-05'))).toBe(true)
  const page = await by({ limit: '3' })
  const next = await by({ limit: '3', cursor: page.next ?? '' })
  expect([...page.items, ...next.items].map((one) => one.seq)).toEqual(all.items.slice(0, 6).map((one) => one.seq))
  expect((await emil.call(auditTrail)).status).toBe(403)
})

test('somebody who leaves is told everything that must be given to others, and cannot be given more', async () => {
  const team = await anna.done(people.addTeam, { body: { name: 'Operations', leadId: ben.personId } })
  await anna.done(people.change, {
    params: { personId: emil.personId },
    version: 1,
    body: { managerId: ben.personId, teamId: team.id },
  })
  const circle = await anna.call(people.change, {
    params: { personId: anna.personId },
    version: 1,
    body: { managerId: emil.personId },
  })
  expect(circle.problem.code).toBe('person.circle_of_managers')
  const before = await anna.done(people.owned, { params: { personId: ben.personId } })
  expect(before.items.map((one) => one.duty)).toEqual(['teamLead', 'manager', 'ismsRole', 'signIn'])
  const gone = await anna.done(people.leave, { params: { personId: ben.personId }, body: { on: '2026-03-31' } })
  expect(gone).toMatchObject({ status: 'left', can: { comeBack: true, leave: false } })
  expect(gone.owned.map((one) => [one.duty, one.title])).toEqual([
    ['teamLead', 'Operations'],
    ['manager', 'Emil Roth'],
    ['ismsRole', 'ISMS-Manager'],
  ])
  expect(gone.owned[1]).toMatchObject({ ref: 'P-3', path: '/people/P-3', id: emil.personId })
  expect((await anna.done(roles.list)).mandates[0]?.state).toBe('vacant')
  const lead = await anna.call(people.changeTeam, {
    params: { teamId: team.id },
    version: 1,
    body: { leadId: emil.personId },
  })
  expect(lead.body).toMatchObject({ lead: { name: 'Emil Roth' }, members: 1 })
  const again = await anna.call(people.addTeam, { body: { name: 'Two', leadId: ben.personId } })
  expect(again.problem).toMatchObject({ code: 'person.has_left', field: 'leadId' })
  const refused = await anna.call(people.withdraw, { params: { personId: ben.personId }, body: { reason: 'twice' } })
  expect(refused.problem.code).toBe('person.in_use')
  const mistake = await anna.done(people.add, { body: { name: 'Anna Berg (2)' } })
  await anna.done(people.withdraw, { params: { personId: mistake.id }, body: { reason: 'entered twice' } })
  expect((await anna.done(people.list, { query: { withdrawn: 'true' } })).items.map((one) => one.id)).toEqual([
    mistake.id,
  ])
})

test('teams lie in one another without circles and are dissolved when empty', async () => {
  const { items } = await anna.done(people.teams)
  const [operations] = items
  const params = { teamId: operations?.id ?? '' }
  const inner = await anna.done(people.addTeam, { body: { name: 'Night shift', parentId: params.teamId } })
  const circle = await anna.call(people.changeTeam, { params, version: 2, body: { parentId: inner.id } })
  expect(circle.problem).toMatchObject({ code: 'team.within_itself', field: 'parentId' })
  expect((await anna.call(people.withdrawTeam, { params, body: { reason: 'x' } })).problem.code).toBe('team.in_use')
  await anna.done(people.withdrawTeam, { params: { teamId: inner.id }, body: { reason: 'merged' } })
  const named = await anna.call(people.add, { body: { name: 'New', teamId: inner.id } })
  expect([named.status, named.problem.field]).toEqual([404, 'teamId'])
  expect((await eve.call(people.addTeam, { body: { name: 'Spy', parentId: params.teamId } })).status).toBe(404)
  expect((await anna.done(people.teams)).total).toBe(1)
})

test('search finds by reference, word and address, best first, and only what the caller may read', async () => {
  await anna.done(assets.add, { body: { name: 'Anna’s laptop', kind: 'hardware' } })
  const find = async (by: TestActor, q: string) => (await by.done(search, { query: { q } })).items
  expect((await find(anna, 'p1'))[0]).toMatchObject({
    ref: 'P-1',
    title: 'Anna Berg',
    path: '/people/P-1',
    id: anna.personId,
  })
  expect((await find(anna, 'isms-m'))[0]).toMatchObject({ type: 'isms_role', path: '/roles/RO-1' })
  expect((await find(anna, 'berg anna'))[0]?.title).toBe('Anna Berg')
  expect((await find(anna, 'ben.ode@acme'))[0]?.title).toBe('Ben Ode')
  expect(await find(anna, '%')).toEqual([])
  expect(await find(anna, 'entered twice')).toEqual([])
  expect(await find(eve, 'Anna')).toEqual([])
  expect((await find(anna, 'Anna')).map((one) => one.type)).toEqual(['person', 'asset'])
  expect((await find(emil, 'Anna')).map((one) => one.type)).toEqual(['person'])
  server.statements.texts = []
  await find(anna, 'anna')
  expect(server.statements.texts).toHaveLength(1)
})

test('lists and records issue a bounded number of statements', async () => {
  const count = async (work: () => Promise<unknown>): Promise<number> => {
    server.statements.texts = []
    await work()
    return server.statements.texts.length
  }
  const { items } = await anna.done(roles.list)
  expect(await count(() => anna.done(roles.list))).toBe(3)
  expect(await count(() => anna.done(roles.show, { params: { roleId: items[0]?.id ?? '' } }))).toBe(2)
  expect(await count(() => anna.done(people.teams))).toBe(2)
  expect(await count(() => anna.done(people.owned, { params: { personId: ben.personId } }))).toBe(2)
  expect(await count(() => anna.done(history, { query: { type: 'person', id: ben.personId } }))).toBe(2)
  expect(await count(() => anna.done(auditTrail))).toBe(2)
})

test('later modules find people by name, address, role and job title', async () => {
  await server.inside('acme', async (tx) => {
    await anna.done(people.add, { body: { name: 'Emil Roth', jobTitle: 'Head of Sales' } })
    const found = await findPeopleByNameOrEmail(tx, [
      'Berg, Anna',
      'ben.ode@acme.example',
      'EMIL ROTH',
      'p-1',
      'Nobody',
    ])
    expect([...found].map(([text, persons]) => [text, persons.length, persons[0]?.name, persons[0]?.active])).toEqual([
      ['Berg, Anna', 1, 'Anna Berg', true],
      ['ben.ode@acme.example', 1, 'Ben Ode', false],
      ['EMIL ROTH', 2, 'Emil Roth', true],
      ['p-1', 1, 'Anna Berg', true],
      ['Nobody', 0, undefined, undefined],
    ])
    const holders = await roleHolders(tx, ['head of sales', 'ISMS-Manager', 'King', ''])
    expect([...holders].map(([name, persons]) => [name, persons.map((one) => [one.name, one.by])])).toEqual([
      ['head of sales', [['Emil Roth', 'jobTitle']]],
    ])
    const active = await listActive(tx)
    expect(active.map((one) => one.name)).toEqual(['Anna Berg', 'Emil Roth', 'Emil Roth'])
    const byId = await peopleById(tx, [active[0]?.id ?? null, null])
    expect([...byId.values()]).toEqual([{ id: active[0]?.id, name: 'Anna Berg', active: true }])
  })
})

test('replaying the ledger gives the tables', async () => {
  expect(await replay(server.t)).toEqual([])
})
