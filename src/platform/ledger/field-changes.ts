import { isDeepStrictEqual } from 'node:util'
import { camel } from '#platform/db/database.ts'

type Image = Readonly<Record<string, unknown>>

/** One field that differs between two row images, under its name in the API. */
export interface FieldChange {
  readonly field: string
  readonly before: unknown
  readonly after: unknown
}

// What every write changes, and the key, which none does.
const uninteresting = new Set(['id', 'org_id', 'version'])

/** The fields in which two images of a row differ. For a new row: what it holds. */
export function fieldChanges(before: Image | null, after: Image | null): FieldChange[] {
  const columns = new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {})])
  const changes: FieldChange[] = []
  for (const column of columns) {
    if (uninteresting.has(column)) continue
    const was = stated(before?.[column])
    const is = stated(after?.[column])
    if (!isDeepStrictEqual(was, is)) changes.push({ field: camel(column), before: was, after: is })
  }
  return changes
}

// An empty text or list says as little as none.
const stated = (value: unknown): unknown =>
  value === '' || (Array.isArray(value) && value.length === 0) ? null : (value ?? null)

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/

/** The ids a value mentions: the value itself, or the members of a list. */
export function idsIn(value: unknown): string[] {
  const values = Array.isArray(value) ? value : [value]
  return values.filter((one): one is string => typeof one === 'string' && uuid.test(one))
}

/** A value in words: names for ids where they are known, JSON for what has structure. Null is nothing. */
export function inWords(value: unknown, names: ReadonlyMap<string, string>): string | null {
  if (value === null || value === undefined) return null
  if (typeof value === 'string') return names.get(value) ?? value
  if (typeof value === 'number' || typeof value === 'boolean') return String(value)
  if (Array.isArray(value) && value.every((one) => typeof one === 'string')) {
    return value.map((one) => names.get(one) ?? one).join(', ')
  }
  return JSON.stringify(value)
}
