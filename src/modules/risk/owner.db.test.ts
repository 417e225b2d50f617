import { afterAll, beforeAll, expect, test } from 'vitest'
import { type TestActor, type TestServer, testServer } from '#testing/server.ts'
import { risks } from './contract.ts'

let server: TestServer
let anna: TestActor
let omar: TestActor
let cleo: TestActor
beforeAll(async () => {
  server = await testServer()
  await server.organization('acme')
  anna = await server.actor('acme', 'Anna Berg', ['ismsManager'])
  omar = await server.actor('acme', 'Omar Quist', ['owner'])
  cleo = await server.actor('acme', 'Cleo Nash', ['contributor'])
})
afterAll(() => server.close())

const record = (owner: TestActor | null) =>
  anna.done(risks.record, {
    body: {
      title: 'Outage',
      scenario: 'The data centre fails.',
      ownerId: owner?.personId ?? null,
      availability: 'lost',
    },
  })
const change = (who: TestActor, risk: { id: string; version: number }, body: object) =>
  who.call(risks.change, { params: { riskId: risk.id }, version: risk.version, body })

test('who may write into the register does not become the owner of a risk by it, and so cannot sign for it', async () => {
  for (const owner of [omar, null]) {
    const risk = await record(owner)
    const taken = await change(cleo, risk, { ownerId: cleo.personId })
    expect(taken.problem).toMatchObject({ status: 403, code: 'risk.owner_not_yours', field: 'ownerId' })
    const shown = await cleo.done(risks.show, { params: { riskId: risk.id } })
    expect(shown).toMatchObject({ owner: owner && { id: owner.personId }, can: { edit: true, assign: false } })
  }
  const risk = await record(omar)
  const worded = await change(cleo, risk, { title: 'Outage of a site', ownerId: omar.personId })
  expect(worded.body).toMatchObject({ title: 'Outage of a site', owner: { id: omar.personId } })
})

test('a contributor records a risk for somebody else or for nobody; an owner may record their own', async () => {
  const body = { title: 'Outage', scenario: 'The data centre fails.', availability: 'lost' } as const
  const own = await cleo.call(risks.record, { body: { ...body, ownerId: cleo.personId } })
  expect(own.problem).toMatchObject({ status: 403, code: 'risk.owner_self', field: 'ownerId' })
  const forOmar = await cleo.done(risks.record, { body: { ...body, ownerId: omar.personId } })
  const forNobody = await cleo.done(risks.record, { body })
  const his = await omar.done(risks.record, { body: { ...body, ownerId: omar.personId } })
  expect([forOmar.owner?.id, forNobody.owner, his.owner?.id]).toEqual([omar.personId, null, omar.personId])
})

test('the owner passes a risk on, whatever their role, and the manager names another', async () => {
  const risk = await record(omar)
  const toCleo = await change(omar, risk, { ownerId: cleo.personId })
  expect(toCleo.body).toMatchObject({ owner: { id: cleo.personId } })
  const back = await change(omar, toCleo.body, { ownerId: omar.personId })
  expect(back.problem.status).toBe(403)
  const toAnna = await change(cleo, toCleo.body, { ownerId: anna.personId })
  expect(toAnna.body).toMatchObject({ owner: { id: anna.personId } })
  const named = await change(anna, toAnna.body, { ownerId: omar.personId })
  expect(named.body).toMatchObject({ owner: { id: omar.personId } })
})
