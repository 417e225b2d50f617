import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { modules } from '#app/modules.ts'
import { organization } from '#modules/organization/contract.ts'
import { type RouteContract, route } from '#platform/contract/route.ts'
import { type CallArgs, urlOf } from './api.ts'

const contracts: readonly RouteContract[] = modules.flatMap((one) => one.useCases.map(({ contract }) => contract))
const namesOf = ({ path }: RouteContract): string[] =>
  [...path.matchAll(/:([A-Za-z]+)/g)].map(([, name]) => name ?? '').filter((name) => name !== 'org')
const address = (contract: RouteContract, params: Record<string, string>): string =>
  urlOf(contract, { org: 'acme', params } as CallArgs<RouteContract>)

describe.each(contracts.map((one) => [one.name, one] as const))('%s', (_, contract) => {
  const names = namesOf(contract)

  test('the schema of the parameters names those of the path', () => {
    expect(Object.keys(contract.params?.shape ?? {}).sort()).toEqual([...names].sort())
  })

  test('a call that names a parameter otherwise does not leave the page', () => {
    const right = Object.fromEntries(names.map((name) => [name, `${name}-1`]))
    expect(address(contract, right)).not.toContain(':')
    for (const name of names) {
      const { [name]: value = '', ...others } = right
      expect(() => address(contract, { ...others, [`${name}s`]: value })).toThrow(
        `${contract.name} needs the parameter ${name}`,
      )
    }
  })
})

// Checked by the type check: each line below it has to be refused by the compiler.
test('neither a route nor a call that names a parameter wrongly compiles', () => {
  const declared = { name: 'x.show', method: 'GET', action: 'anyone', summary: 'X', response: null } as const
  const open = z.object({ [`${'x' as string}Id`]: z.string() })
  // @ts-expect-error the path names xId, the schema yId
  route({ ...declared, path: '/x/:xId', params: z.object({ yId: z.string() }) })
  // @ts-expect-error the path names xId, the schema nothing
  route({ ...declared, path: '/x/:xId' })
  // @ts-expect-error the schema names more than the path
  route({ ...declared, path: '/x/:xId', params: z.object({ xId: z.string(), yId: z.string() }) })
  // @ts-expect-error a schema with open names would take any
  route({ ...declared, path: '/x/:xId', params: open })
  const fine = route({ ...declared, path: '/orgs/:org/x/:xId/y', params: z.object({ xId: z.string() }) })

  const right: CallArgs<typeof fine> = { params: { xId: '1' } }
  // @ts-expect-error the route wants xId
  const wrong: CallArgs<typeof fine> = { params: { yId: '1' } }
  // @ts-expect-error the route wants xId
  const without: CallArgs<typeof fine> = {}
  const units = organization.units.show
  // @ts-expect-error units name their record recordId, as sites, services and products do
  const unit: CallArgs<typeof units> = { params: { unitId: 'U-1' } }
  expect(urlOf(fine, { ...right, org: 'acme' })).toBe('/api/v1/orgs/acme/x/1/y')
  for (const args of [wrong, without]) expect(() => urlOf(fine, { ...args, org: 'acme' })).toThrow('xId')
  expect(() => urlOf(units, { ...unit, org: 'acme' })).toThrow('recordId')
})
