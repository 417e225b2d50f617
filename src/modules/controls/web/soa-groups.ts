import { attributeKeys, themes } from '#modules/catalogue/domain/release.ts'
import { ownerKey } from '../domain/filter-controls.ts'
import type { AttributeKey, ControlItem, Definition } from './wire.ts'

/** What the statement can be grouped by; the last five are the attributes of ISO/IEC 27002. */
export const groupings = ['theme', 'status', 'owner', 'driver', ...attributeKeys] as const
export type Grouping = (typeof groupings)[number]

/** Statuses in the order in which they ask for work. */
export const statusOrder: readonly ControlItem['status'][] = [
  'failing',
  'notDetermined',
  'notImplemented',
  'claimed',
  'planned',
  'partial',
  'implemented',
  'notApplicable',
]

/** Filters of the statement as they stand in the address. */
export const soaFilters = {
  theme: 'many',
  status: 'many',
  applicability: 'many',
  issue: 'many',
  owner: 'many',
  driver: 'many',
  attribute: 'many',
} as const

type Definitions = ReadonlyMap<string, Definition>

export interface SoaGroup {
  /** Theme, status, owner or driver reference, attribute value; empty for rows that have none. */
  readonly key: string
  /** Words that come with the records: a person's name, a driver's title. */
  readonly name: string
  readonly items: readonly ControlItem[]
}

/** Rows in groups, empty groups left out. A row with several drivers or attribute values stands in each of their groups. */
export function groupControls(
  items: readonly ControlItem[],
  by: Grouping,
  definitions: Definitions,
  attributeValues: Readonly<Partial<Record<AttributeKey, readonly string[]>>> = {},
): SoaGroup[] {
  const groups = new Map<string, { name: string; items: ControlItem[] }>()
  const order = by === 'theme' ? themes : by === 'status' ? statusOrder : (attributeValues[by as AttributeKey] ?? [])
  for (const key of order) groups.set(key, { name: '', items: [] })
  const put = (key: string, name: string, item: ControlItem): void => {
    const group = groups.get(key) ?? { name, items: [] }
    group.items.push(item)
    groups.set(key, group)
  }
  for (const item of items) {
    switch (by) {
      case 'theme':
      case 'status':
        put(item[by], '', item)
        break
      case 'owner':
        put(ownerKey(item), item.owner?.name ?? item.ownerText, item)
        break
      case 'driver':
        if (item.drivers.length === 0) put('', '', item)
        for (const driver of item.drivers) put(driver.ref === '' ? 'business' : driver.ref, driver.title, item)
        break
      default: {
        const values = definitions.get(item.ref)?.attributes[by] ?? []
        if (values.length === 0) put('', '', item)
        for (const value of values) put(value, '', item)
      }
    }
  }
  const found = [...groups].flatMap(([key, group]): SoaGroup[] => (group.items.length === 0 ? [] : [{ key, ...group }]))
  const byName = (a: SoaGroup, b: SoaGroup): number => {
    if ((a.key === '') !== (b.key === '')) return a.key === '' ? -1 : 1
    return by === 'owner' ? a.name.localeCompare(b.name) : a.key.localeCompare(b.key, 'en', { numeric: true })
  }
  return by === 'owner' || by === 'driver' ? found.toSorted(byName) : found
}
