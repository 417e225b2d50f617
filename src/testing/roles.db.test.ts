import { afterAll, beforeAll, expect, test } from 'vitest'
import { modules } from '#app/modules.ts'
import { roleTable } from '#app/role-table.ts'
import type { RoleTable } from '#platform/access/policy.ts'
import { roles } from '#platform/access/roles.ts'
import type { RouteContract } from '#platform/contract/route.ts'
import { createServer } from '#platform/http/server.ts'
import { platformUseCase, type UseCase, useCase } from '#platform/http/use-case.ts'
import { type TestDatabase, testDatabase } from './database.ts'

let t: TestDatabase
beforeAll(async () => {
  t = await testDatabase()
})
afterAll(() => t.close())

const contracts: readonly RouteContract[] = modules.flatMap((one) => one.useCases.map((useCase) => useCase.contract))

/** Actions of parts that are still to come; a line goes when the route arrives. */
const awaited = new Set<string>()

test('who may do what is as written down here, and changes only on purpose', async () => {
  const lines = Object.entries(roleTable).map(([action, row]) => {
    const held = roles.flatMap((role) => {
      const allowance = row[role]
      return allowance === undefined ? [] : [allowance === 'own' ? `${role} (own)` : role]
    })
    return `${action}: ${held.join(', ')}`
  })
  await expect(`${lines.sort().join('\n')}\n`).toMatchFileSnapshot('role-table.txt')
})

test('every action is used by a route, and every route’s action exists', () => {
  const used = new Set(contracts.flatMap((one) => [one.action, ...(one.alsoActions ?? [])]))
  const unused = Object.keys(roleTable).filter((action) => !used.has(action) && !awaited.has(action))
  expect(unused).toEqual([])
  const unknown = contracts.filter((one) => one.path.startsWith('/orgs/:org') && roleTable[one.action] === undefined)
  expect(unknown.map((one) => one.name)).toEqual([])
})

test('what manages access belongs to administrators alone; who audits or only reads changes nothing', () => {
  for (const action of ['member.edit', 'token.edit'])
    expect(Object.keys(roleTable[action] ?? {})).toEqual(['administrator'])
  const writing = new Set(contracts.filter((one) => one.method !== 'GET').map((one) => one.action))
  const auditors = [...writing].filter((action) => roleTable[action]?.externalAuditor !== undefined)
  expect(auditors).toEqual([])
})

test('every action is open to somebody, and to no role that does not exist', () => {
  for (const [action, row] of Object.entries(roleTable)) {
    expect([action, Object.keys(row).length > 0]).toEqual([action, true])
    expect(Object.keys(row).filter((role) => !roles.includes(role as never))).toEqual([])
  }
})

const start = (useCases: readonly UseCase<unknown>[], table: RoleTable = roleTable) =>
  createServer({
    db: t.db,
    clock: () => '2026-03-02T09:00:00.000Z' as never,
    roleTable: table,
    useCases,
    records: [],
    services: {},
    url: new URL('http://127.0.0.1:7270'),
    trustProxy: false,
    logLevel: 'silent',
  })
const inside = (action: string, name = 'thing.show') =>
  useCase({ name, method: 'GET', path: '/orgs/:org/things', action, summary: '', response: null }, () =>
    Promise.resolve(undefined),
  )
const outside = (action: string) =>
  platformUseCase({ name: 'thing.show', method: 'GET', path: '/things', action, summary: '', response: null }, () =>
    Promise.resolve(undefined),
  )

test('a server with a route that no role decides does not start', async () => {
  for (const action of ['', 'thing.read', 'anyone', 'signedIn', 'toString', '__proto__']) {
    await expect(start([inside(action)])).rejects.toThrow('declares no action of the role table')
  }
  await expect(start([outside('person.read')])).rejects.toThrow('must say anyone or signedIn')
  await expect(start([inside('person.read'), inside('person.read')])).rejects.toThrow('Two routes are called')
  const alsoMore = { ...inside('person.read') }
  alsoMore.contract = { ...alsoMore.contract, alsoActions: ['risk.reed'] }
  await expect(start([alsoMore as never])).rejects.toThrow('which is no action of the role table')
  const app = await start([inside('person.read')])
  await app.close()
})
