import { expect, test } from 'vitest'
import type { NavItem, WebModule } from './module.ts'
import { navigationFor } from './pages.ts'

const item = (group: NavItem['group'], clause: string, action?: string): NavItem => ({
  group,
  clause,
  labelKey: `${clause}:nav`,
  path: `/${clause}`,
  ...(action === undefined ? {} : { action }),
})
const module = (...nav: NavItem[]): WebModule => ({ key: 'x', nav, routes: [] })
const modules = [
  module(item('do', '8.1'), item('plan', '6.1.3', 'soa.read')),
  module(item('plan', '4.1'), item('plan', '10.2')),
]

test('groups keep the order of the cycle, items the order of their clauses as numbers', () => {
  const shown = navigationFor(modules, null).map(({ group, items }) => [group, items.map((one) => one.clause)])
  expect(shown).toEqual([
    ['plan', ['4.1', '6.1.3', '10.2']],
    ['do', ['8.1']],
  ])
})

test('what the caller may not read is left out, and empty groups with it', () => {
  expect(navigationFor([module(item('act', '10.1', 'nc.read'))], ['risk.read'])).toEqual([])
})
