import { attributeKeys, themes } from '#modules/catalogue/domain/release.ts'
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
export type SoaFilters = { readonly [K in keyof typeof soaFilters]: readonly string[] }

type Definitions = ReadonlyMap<string, Definition>

/** The owner of a row as a filter value: the person, else the name an import left, else empty. */
export const ownerKey = (item: ControlItem): string => item.owner?.id ?? item.ownerText

const attributesOf = (item: ControlItem, definitions: Definitions): string[] => {
  const attributes = definitions.get(item.ref)?.attributes
  return attributes === undefined ? [] : Object.values(attributes).flat()
}

/** Rows that pass every filter; the values of one filter are alternatives. Texts match when every word occurs. */
export function filterControls(
  items: readonly ControlItem[],
  filters: SoaFilters,
  q: string,
  definitions: Definitions,
): ControlItem[] {
  const words = q.toLowerCase().split(/\s+/).filter(Boolean)
  const passes = (chosen: readonly string[], values: readonly string[]): boolean =>
    chosen.length === 0 || chosen.some((one) => values.includes(one))
  return items.filter((item) => {
    const text = [
      item.ref,
      item.title,
      item.justification,
      item.implementation,
      item.owner?.name ?? item.ownerText,
      item.provider,
      ...item.drivers.map((driver) => `${driver.ref} ${driver.title}`),
      ...(definitions.get(item.ref)?.predecessors2013 ?? []),
    ]
      .join(' ')
      .toLowerCase()
    return (
      passes(filters.theme, [item.theme]) &&
      passes(filters.status, [item.status]) &&
      passes(filters.applicability, [item.applicability]) &&
      passes(
        filters.issue,
        item.issues.flatMap((issue) => [issue.code, issue.severity]),
      ) &&
      passes(filters.owner, [ownerKey(item) === '' ? 'none' : ownerKey(item)]) &&
      passes(
        filters.driver,
        item.drivers.length === 0 ? ['none'] : item.drivers.flatMap((driver) => [driver.kind, driver.ref]),
      ) &&
      passes(filters.attribute, attributesOf(item, definitions)) &&
      words.every((word) => text.includes(word))
    )
  })
}

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
