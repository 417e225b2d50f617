import { afterAll, beforeAll, expect, test } from 'vitest'
import { modules } from '#app/modules.ts'
import { roleTable } from '#app/role-table.ts'
import { people } from '#modules/people/contract.ts'
import { auditTrail, history } from '#platform/ledger/contract.ts'
import { search } from '#platform/search/contract.ts'
import { type TestActor, type TestServer, testServer } from './server.ts'

// Whatever a module adds has to be named, found and told of: checked here without anybody remembering to.

const records = modules.flatMap((one) => one.records)
const findables = modules.flatMap((one) => one.findables ?? [])

let server: TestServer
let anna: TestActor
beforeAll(async () => {
  server = await testServer()
  await server.organization('acme')
  anna = await server.actor('acme', 'Anna Berg', ['administrator'])
})
afterAll(() => server.close())

/** Tables of parts that are still to come; a line goes when the part arrives. */
const awaited = new Set<string>()

test('every tenant table has one record type, and every record type a table', async () => {
  const { rows } = await server.t.owner.query<{ name: string }>(
    `select viewname as name from pg_views where schemaname = 'asof'`,
  )
  const types = records.map((one) => one.type)
  const tables = rows.map((row) => row.name).filter((name) => types.includes(name) || !awaited.has(name))
  expect(types.toSorted()).toEqual(tables.toSorted())
  const prefixes = records.map((one) => one.prefix)
  expect(prefixes.filter((one, index) => prefixes.indexOf(one) !== index)).toEqual([])
})

test('who may read the history of a record is said of every type, by an action of the role table', () => {
  const unsaid = records.filter((one) => one.readAction === undefined || roleTable[one.readAction] === undefined)
  expect(unsaid.map((one) => one.type)).toEqual([])
})

test('every register with references is found by the search and named in histories', () => {
  const found = new Set(findables.map((one) => one.record.type))
  expect(records.filter((one) => one.refPrefix !== null && !found.has(one.type)).map((one) => one.type)).toEqual([])
})

test('a part of a record points at it by a column that is there', async () => {
  const { rows } = await server.t.owner.query<{ place: string }>(
    `select table_name || '.' || column_name as place from information_schema.columns where table_schema = 'public'`,
  )
  const columns = new Set(rows.map((row) => row.place))
  const types = new Set(records.map((one) => one.type))
  const lost = records.flatMap((one) =>
    (one.partOf ?? [])
      .filter((part) => !types.has(part.type) || !columns.has(`${one.type}.${part.column}`))
      .map((part) => `${one.type}.${part.column} → ${part.type}`),
  )
  expect(lost).toEqual([])
})

test('search, handover, audit trail and the history of each type run over all registers', async () => {
  const found = await anna.done(search, { query: { q: 'information security' } })
  expect(found.items.map((one) => one.type)).toContain('control')
  await anna.done(people.owned, { params: { personId: anna.personId } })
  const trail = await anna.done(auditTrail, { query: { limit: 200 } })
  const entries = trail.items.flatMap((one) => one.entries)
  const types = new Map(entries.map((one) => [one.record.type, one.record.id]))
  expect([...types.keys()]).toEqual(expect.arrayContaining(['organization', 'membership', 'person', 'control']))
  for (const [type, id] of types) {
    const told = await anna.done(history, { query: { type, id } })
    expect([type, told.items.length > 0]).toEqual([type, true])
  }
})
