import { afterAll, beforeAll, expect, test } from 'vitest'
import { addDays, type LocalDate, parseDate } from '#kernel/time.ts'
import { assets } from '#modules/assets/contract.ts'
import { people } from '#modules/people/contract.ts'
import { risks } from '#modules/risk/contract.ts'
import { auditTrail, history, ledgerEvent } from '#platform/ledger/contract.ts'
import { type TestActor, type TestServer, testServer } from './server.ts'

let server: TestServer
let anna: TestActor
let eve: TestActor
const assetIds: string[] = []
beforeAll(async () => {
  server = await testServer()
  await server.organization('acme')
  await server.organization('other')
  anna = await server.actor('acme', 'Anna Berg', ['administrator'])
  eve = await server.actor('other', 'Eve Stone', ['administrator'])
  for (let i = 1; i <= 30; i++) {
    const { id } = await anna.done(assets.add, { body: { name: `Server ${i}`, kind: 'hardware' } })
    assetIds.push(id)
  }
})
afterAll(() => server.close())

const record = () =>
  anna.done(risks.record, {
    body: {
      title: 'Servers fail together',
      scenario: 'The cooling stops',
      kind: 'informationSecurity',
      ownerId: anna.personId,
      assetIds,
    },
  })

test('what was written in one go is one event; a large one holds the first entries and gives all on request', async () => {
  const risk = await record()
  const told = await anna.done(history, { query: { type: 'risk', id: risk.id } })
  expect(told.next).toBeNull()
  const [event] = told.items
  expect(told.items).toHaveLength(1)
  expect(event).toMatchObject({ size: 31, actor: { name: 'Anna Berg', kind: 'person' } })
  expect(event?.entries).toHaveLength(25)
  expect(event?.entries[0]).toMatchObject({ action: 'risk.recorded', isNew: true, record: { ref: risk.ref } })
  expect(event?.entries[1]).toMatchObject({
    action: 'risk.linked',
    of: null,
    others: [{ type: 'asset', as: 'assetId' }],
  })
  const seq = String(event?.seq)
  const first = await anna.done(ledgerEvent, { params: { seq }, query: { limit: 20 } })
  const rest = await anna.done(ledgerEvent, { params: { seq }, query: { limit: 20, cursor: first.next ?? '' } })
  expect(rest.next).toBeNull()
  const linked = [...first.items, ...rest.items].flatMap((entry) => entry.others.map((one) => one.title))
  expect(linked.toSorted()).toEqual(assetIds.map((_, index) => `Server ${index + 1}`).toSorted())
  expect((await eve.call(ledgerEvent, { params: { seq: '999999' } })).status).toBe(404)
})

test('in the audit trail a part says which record it belongs to', async () => {
  const risk = await record()
  const [event] = (await anna.done(auditTrail, { query: { type: 'risk_asset', action: 'linked', limit: 1 } })).items
  expect(event?.entries[0]).toMatchObject({ of: { type: 'risk', ref: risk.ref }, others: [{ type: 'asset' }] })
})

test('names are those of the time, and nothing internal leaves the database', async () => {
  const risk = await record()
  const [assetId = ''] = assetIds
  await anna.done(assets.change, { params: { assetId }, version: 1, body: { name: 'Server one' } })
  await anna.done(people.change, { params: { personId: anna.personId }, version: 1, body: { name: 'Anna Hill' } })
  const told = await anna.done(history, { query: { type: 'risk', id: risk.id } })
  const [recorded, ...links] = told.items[0]?.entries ?? []
  expect(links.flatMap((entry) => entry.others.map((one) => one.title))).toContain('Server 1')
  expect(recorded?.changes.find((one) => one.field === 'ownerId')?.after).toMatchObject({ title: 'Anna Berg' })
  const [renamed] = (await anna.done(history, { query: { type: 'asset', id: assetId } })).items
  expect(renamed?.entries[0]).toMatchObject({
    action: 'asset.changed',
    record: { title: 'Server one' },
    changes: [{ kind: 'text', field: 'name', before: 'Server 1', after: 'Server one' }],
  })
  expect(recorded?.changes.map((one) => one.field)).not.toContain('ref')
})

test('pages of events follow one another without gap or repetition', async () => {
  const all = (await anna.done(auditTrail, { query: { limit: 200 } })).items.map((event) => event.seq)
  const paged: number[] = []
  let cursor: string | null = null
  do {
    const page: { items: { seq: number }[]; next: string | null } = await anna.done(auditTrail, {
      query: { limit: 7, ...(cursor === null ? {} : { cursor }) },
    })
    paged.push(...page.items.map((event) => event.seq))
    cursor = page.next
  } while (cursor !== null)
  expect(paged).toEqual(all)
})

test('a history can end at a day, and says nothing of what came later', async () => {
  const risk = await record()
  const { day } = (await anna.done(history, { query: { type: 'risk', id: risk.id } })).items[0] ?? { day: '' }
  const until = (to: string) => anna.done(history, { query: { type: 'risk', id: risk.id, to } })
  expect((await until(day)).items).toHaveLength(1)
  const before = addDays(parseDate(day) ?? ('' as LocalDate), -1)
  expect(await until(before)).toEqual({ items: [], next: null })
})
