import { Validator } from '@seriousme/openapi-schema-validator'
import { expect, test } from 'vitest'
import { openApi } from '#platform/http/openapi.ts'
import { apiTags } from './api-tags.ts'
import { modules } from './modules.ts'
import { roleTable } from './role-table.ts'

const contracts = modules.flatMap((one) => one.useCases.map(({ contract }) => contract))

test('the description of the API is valid OpenAPI 3.1 and names every route once', async () => {
  const description = openApi(contracts, roleTable, {
    version: '0.0.0',
    server: 'http://127.0.0.1:7270',
    tags: apiTags,
  })
  const result = await new Validator().validate(structuredClone(description))
  expect(result.errors).toBeUndefined()
  expect(result.valid).toBe(true)
  const operations = Object.values(description.paths as object).flatMap((item) => Object.values(item as object))
  expect(operations.length).toBe(contracts.length)
})

test('every tag is described, and none that is gone', () => {
  const used = new Set(contracts.map(({ name }) => name.split('.')[0] ?? ''))
  expect(Object.keys(apiTags).sort()).toEqual([...used].sort())
})
