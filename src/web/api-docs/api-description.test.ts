import { expect, test } from 'vitest'
import { modules } from '#app/modules.ts'
import { roleTable } from '#app/role-table.ts'
import { openApi } from '#platform/http/openapi.ts'
import {
  type ApiDescription,
  curlOf,
  exampleOf,
  limitsOf,
  matching,
  membersOf,
  operationsOf,
  type Schema,
  typeOf,
  unwrap,
} from './api-description.ts'

const contracts = modules.flatMap((one) => one.useCases.map(({ contract }) => contract))
const server = 'http://127.0.0.1:7270'
const description = openApi(contracts, roleTable, { version: '0.0.0', server, tags: {} }) as unknown as ApiDescription
const operations = operationsOf(description)
const operation = (id: string) => operations.find((one) => one.id === id) ?? expect.fail(id)

test('every operation of the document is there, with a summary, what success is and what can go wrong', () => {
  expect(operations.map(({ id }) => id).sort()).toEqual(contracts.map(({ name }) => name).sort())
  const lacking = operations.filter(
    ({ summary, refusals, success, action, path, roles }) =>
      summary.trim() === '' ||
      refusals.length === 0 ||
      !success.status.startsWith('2') ||
      (path.startsWith('/orgs/') && (action === null || Object.keys(roles).length === 0)),
  )
  expect(lacking.map(({ id }) => id)).toEqual([])
})

test('a type is said in words for every value of every body, and never as “any” beside what is open on purpose', () => {
  const types = new Set<string>()
  const walk = (schema: Schema): void => {
    types.add(typeOf(schema))
    for (const member of membersOf(schema)) walk(member.schema)
  }
  for (const { body, success } of operations) {
    if (body !== null) walk(body.schema)
    if (success.schema !== null) walk(success.schema)
  }
  expect(types.size).toBeGreaterThan(50)
  expect([...types].filter((type) => /undefined|object Object/.test(type))).toEqual([])
})

test('what may be null, stand alone or in a list, is bounded or an id is read as such', () => {
  expect(typeOf({ anyOf: [{ type: 'string', format: 'date-time' }, { type: 'null' }] })).toBe(
    'string (date-time) | null',
  )
  const one = { type: 'string', enum: ['a', 'b'] }
  expect(unwrap({ anyOf: [one, { type: 'array', items: one }] })).toEqual({ schema: one, nullable: false, many: true })
  expect(typeOf({ type: 'string', pattern: '^risk_[0-9a-f]{32}$' })).toBe('id (risk_…)')
  expect(limitsOf({ type: 'integer', minimum: 1, maximum: Number.MAX_SAFE_INTEGER, default: 200 })).toEqual([
    '≥ 1',
    'default 200',
  ])
})

test('the example of a body is one the contract takes, as far as its form goes', () => {
  const asset = contracts.find(({ name }) => name === 'asset.add')
  if (asset?.body === undefined || asset.body === 'file') throw new Error('no body')
  expect(asset.body.safeParse(exampleOf(operation('asset.add').body?.schema ?? {})).success).toBe(true)
})

test('curl shows what must be sent: token, version, key, body or file', () => {
  expect(curlOf(operation('asset.add'), `${server}/api/v1`)).toMatch(
    /^curl -X POST "http:\/\/127\.0\.0\.1:7270\/api\/v1\/orgs\/\{org\}\/assets" \\\n {2}-H "Authorization: Bearer \$TOKEN" \\\n[\s\S]*Idempotency-Key: \$\(uuidgen\)[\s\S]*Content-Type: application\/json[\s\S]*-d '\{/,
  )
  expect(curlOf(operation('asset.change'), '')).toContain('-H "If-Match: \\"1\\""')
  expect(curlOf(operation('evidence.upload'), '')).toContain('--data-binary @file')
  expect(curlOf(operation('session.signIn'), '')).not.toContain('Authorization')
})

test('every word asked for has to be there, wherever it stands', () => {
  expect(matching(operations, 'POST asset  inventory').every(({ method }) => method === 'POST')).toBe(true)
  expect(matching(operations, 'asset.add').map(({ id }) => id)).toContain('asset.add')
  expect(matching(operations, 'no such thing')).toEqual([])
  expect(matching(operations, '')).toHaveLength(operations.length)
})
