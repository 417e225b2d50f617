import { setTimeout } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Id } from '#kernel/id.ts'
import { fromWireId } from '#kernel/id.ts'
import { assets } from '#modules/assets/contract.ts'
import { risks } from '#modules/risk/contract.ts'
import { systemGrant } from '#platform/access/policy.ts'
import type { Tx } from '#platform/db/transaction.ts'
import { identity } from '#platform/identity/contract.ts'
import { lockMembers } from '#platform/identity/members.ts'
import { orRefuse } from '#platform/refusal/refusal-error.ts'
import { importing, routesOfImports as routes } from '#testing/imports.ts'
import { type TestActor, type TestServer, testServer } from '#testing/server.ts'
import { people } from './contract.ts'
import { withdrawPerson } from './domain/person.ts'
import { personRecord } from './server/records.ts'

let server: TestServer
let anna: TestActor
let ada: TestActor
beforeAll(async () => {
  server = await testServer()
  await server.organization('acme')
  anna = await server.actor('acme', 'Anna Berg', ['ismsManager'])
  ada = await server.actor('acme', 'Ada Root', ['administrator'])
})
afterAll(() => server.close())

const enter = (name: string) => anna.done(people.add, { body: { name } })
const withdraw = (person: { id: string }) =>
  anna.call(people.withdraw, { params: { personId: person.id }, body: { reason: 'entered by mistake' } })
const invitation = (person: { id: string; name: string }) => {
  const email = `${person.name.toLowerCase().replace(' ', '.')}@acme.example`
  return { email, name: person.name, roles: ['owner' as const], personId: person.id }
}

/** What is answered to a request that arrives while `work` is done and not yet written: it has to wait for it. */
async function meanwhile<T>(work: (tx: Tx) => Promise<unknown>, request: () => Promise<T>): Promise<T> {
  let answer: Promise<T> | undefined
  await server.inside('acme', async (tx) => {
    await work(tx)
    answer = request()
    expect(await Promise.race([answer.then(() => 'answered'), setTimeout(300, 'waits')])).toBe('waits')
  })
  if (!answer) throw new Error('Nothing was asked.')
  return answer
}

const takingOut = (person: { id: string }) => async (tx: Tx) => {
  const id = fromWireId('person', person.id) as Id<'person'>
  const grant = systemGrant(tx.org, 'set-up')
  const row = await tx.lockWith(grant, personRecord, id)
  await tx.commit(grant, orRefuse(withdrawPerson(row, tx.now, 'entered by mistake', [])))
}

test('nobody who is just being taken out of the directory is made owner of anything', async () => {
  const ben = await enter('Ben Ode')
  const risk = { title: 'Outage', scenario: 'The data centre fails.', availability: 'lost', ownerId: ben.id } as const
  const recorded = await meanwhile(takingOut(ben), () => anna.call(risks.record, { body: risk }))
  expect(recorded.problem).toMatchObject({ code: 'risk.owner_left', field: 'ownerId' })

  const kim = await enter('Kim Lund')
  const asset = { name: 'CRM', kind: 'software', ownerId: anna.personId, custodianId: kim.id } as const
  const added = await meanwhile(takingOut(kim), () => anna.call(assets.add, { body: asset }))
  expect(added.problem).toMatchObject({ code: 'person.has_left', field: 'custodianId' })
})

test('of being invited and being taken out of the directory at once, one succeeds', async () => {
  for (const name of ['Ole Ahl', 'Pia Beck', 'Rut Cron', 'Sam Dahl']) {
    const person = await enter(name)
    const answers = await Promise.all([ada.call(identity.invite, { body: invitation(person) }), withdraw(person)])
    expect([name, answers.filter((one) => one.status < 300).length]).toEqual([name, 1])
  }
  const person = await enter('Tom Eck')
  const taken = await meanwhile(lockMembers, () => withdraw(person))
  expect(taken.status).toBe(200)
})

test('of being linked to a member and being taken out at once, one succeeds', async () => {
  await server.actor('acme', 'Una Falk', ['owner'])
  for (const name of ['Vic Gold', 'Wim Holt', 'Xia Iver']) {
    const person = await enter(name)
    const { items } = await ada.done(identity.members)
    const member = items.find((one) => one.email === 'una.falk@acme.example')
    if (!member) throw new Error('no member')
    const params = { membershipId: member.id }
    const link = () =>
      ada.call(identity.changeMember, { params, version: member.version, body: { personId: person.id } })
    const answers = await Promise.all([link(), withdraw(person)])
    expect([name, answers.filter((one) => one.status < 300).length]).toEqual([name, 1])
  }
})

test('a file does not record that somebody has left who is given access meanwhile', async () => {
  const { send } = importing(server)
  const yan = await enter('Yan Jahn')
  const { body: up } = await send(ada, routes.people, `Number;Name;Status\n${yan.ref};Yan Jahn;left\n`, 'people.csv')
  const mapping = { register: 'people', options: { existing: 'update' } } as never
  const confirm = () => ada.call(routes.people.confirm, { params: { importId: up.id }, body: { mapping } })
  const answers = await Promise.all([
    ada.call(identity.invite, { body: invitation(yan) }),
    meanwhile(lockMembers, confirm),
  ])
  expect(answers.filter((one) => one.status < 300).length).toBe(1)
})
