import { z } from 'zod'

/** One step into a schema: a member, the items of a list, or one of several forms. */
type Step = { readonly key: string } | { readonly item: true } | { readonly form: number }

/** A place in a request that holds an id, and the prefix such ids have. */
export interface IdPlace {
  readonly path: readonly Step[]
  readonly prefix: string
}

/** Which id to put where a schema asks for one of a prefix. */
export type IdOf = (prefix: string) => string

interface Shape {
  readonly type?: string | readonly string[]
  readonly pattern?: string
  readonly format?: string
  readonly minLength?: number
  readonly minimum?: number
  readonly exclusiveMinimum?: number
  readonly minItems?: number
  readonly enum?: readonly unknown[]
  readonly const?: unknown
  readonly default?: unknown
  readonly anyOf?: readonly Shape[]
  readonly oneOf?: readonly Shape[]
  readonly allOf?: readonly Shape[]
  readonly items?: Shape
  readonly prefixItems?: readonly Shape[]
  readonly properties?: Readonly<Record<string, Shape>>
  readonly required?: readonly string[]
  readonly $ref?: string
  readonly $defs?: Readonly<Record<string, Shape>>
}

const idPattern = /^\^?([a-zA-Z]+)_\[0-9a-f\]\{32\}\$?$/
const deepest = 6

/** What a client must send, as JSON schema. */
function shapeOf(schema: z.ZodType): Shape {
  return z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) as Shape
}

/** Text that passes one check or another; the first that a field accepts is taken. */
const candidates = [
  '2026-06-01',
  '2026-09-01T00:00:00.000Z',
  'EUR',
  'Europe/Berlin',
  'sample@example.com',
  'https://example.com/',
  'a'.repeat(64),
  'A'.repeat(43),
  '1',
  'sample-1',
] as const

/**
 * The smallest request a schema accepts: required members only, null where it may be null. Null when none was found;
 * such a route needs a body by hand.
 */
export function sample(schema: z.ZodType, idOf: IdOf, place?: { at: IdPlace; id: string }): unknown {
  const root = shapeOf(schema)
  const draft = build(root, root, idOf, place ? { path: place.at.path, id: place.id } : null, 0)
  return repaired(schema, draft)
}

function build(
  shape: Shape,
  root: Shape,
  idOf: IdOf,
  forced: { readonly path: readonly Step[]; readonly id: string } | null,
  depth: number,
): unknown {
  const resolved = resolve(shape, root)
  const [step, ...rest] = forced?.path ?? []
  const further = forced && { path: rest, id: forced.id }
  if (forced && step === undefined) return forced.id
  const forms = resolved.anyOf ?? resolved.oneOf
  if (forms) {
    if (step && 'form' in step) return build(forms[step.form] ?? {}, root, idOf, further, depth + 1)
    if (forms.some((one) => one.type === 'null')) return null
    return build(forms[0] ?? {}, root, idOf, null, depth + 1)
  }
  if (resolved.allOf) {
    const parts = resolved.allOf.map((one) => build(one, root, idOf, forced, depth + 1))
    return Object.assign({}, ...parts)
  }
  if (resolved.const !== undefined) return resolved.const
  if (resolved.enum) return resolved.enum[0]
  switch (Array.isArray(resolved.type) ? resolved.type[0] : resolved.type) {
    case 'object': {
      const members: Record<string, unknown> = {}
      for (const [name, member] of Object.entries(resolved.properties ?? {})) {
        const wanted = step && 'key' in step && step.key === name
        if (!wanted && (!resolved.required?.includes(name) || depth > deepest)) continue
        members[name] = build(member, root, idOf, wanted ? further : null, depth + 1)
      }
      return members
    }
    case 'array': {
      const item = resolved.items ?? resolved.prefixItems?.[0] ?? {}
      const count = Math.max(resolved.minItems ?? 0, step && 'item' in step ? 1 : 0)
      return Array.from({ length: count }, (_, i) =>
        build(item, root, idOf, i === 0 && step && 'item' in step ? further : null, depth + 1),
      )
    }
    case 'integer':
    case 'number':
      return resolved.minimum ?? (resolved.exclusiveMinimum === undefined ? 1 : resolved.exclusiveMinimum + 1)
    case 'boolean':
      return false
    case 'null':
      return null
    case 'string':
      return buildText(resolved, idOf)
    default:
      return {}
  }
}

function buildText({ pattern, format, minLength }: Shape, idOf: IdOf): string {
  const prefix = idPattern.exec(pattern ?? '')?.[1]
  if (prefix !== undefined) return idOf(prefix)
  if (format === 'email') return 'sample@example.com'
  if (format === 'date-time') return '2026-09-01T00:00:00.000Z'
  if (format === 'date') return '2026-06-01'
  if (format === 'uri') return 'https://example.com/'
  return 'sample sentence '.repeat(1 + Math.floor((minLength ?? 0) / 16)).trim()
}

// Checks a schema cannot show as JSON schema: each text that fails is replaced by the first candidate that passes.
function repaired(schema: z.ZodType, draft: unknown): unknown {
  for (let round = 0; round < 20; round++) {
    const result = schema.safeParse(draft)
    if (result.success) return draft
    const [issue] = result.error.issues
    if (!issue || !replace(schema, draft, issue.path)) return null
  }
  return null
}

function replace(schema: z.ZodType, draft: unknown, path: readonly PropertyKey[]): boolean {
  const last = path.at(-1)
  const holder = path.slice(0, -1).reduce<unknown>((at, key) => (at as Record<PropertyKey, unknown>)?.[key], draft)
  if (last === undefined || holder === null || typeof holder !== 'object') return false
  const members = holder as Record<PropertyKey, unknown>
  if (typeof members[last] !== 'string') return false
  const here = path.map(String).join('.')
  for (const candidate of candidates) {
    members[last] = candidate
    const again = schema.safeParse(draft)
    if (again.success || !again.error.issues.some((issue) => issue.path.map(String).join('.') === here)) return true
  }
  return false
}

function resolve(shape: Shape, root: Shape): Shape {
  const name = shape.$ref?.replace(/^#\/\$defs\//, '')
  if (shape.$ref === '#') return root
  return name === undefined ? shape : (root.$defs?.[name] ?? {})
}

/** Every place of a request that holds an id, optional ones too. */
export function idPlaces(schema: z.ZodType): IdPlace[] {
  const root = shapeOf(schema)
  const found: IdPlace[] = []
  const walk = (shape: Shape, path: readonly Step[]): void => {
    if (path.length > deepest) return
    const resolved = resolve(shape, root)
    const prefix = idPattern.exec(resolved.pattern ?? '')?.[1]
    if (prefix !== undefined) found.push({ path, prefix })
    const forms = resolved.anyOf ?? resolved.oneOf
    forms?.forEach((one, form) => walk(one, [...path, { form }]))
    resolved.allOf?.forEach((one) => walk(one, path))
    for (const [key, member] of Object.entries(resolved.properties ?? {})) walk(member, [...path, { key }])
    if (resolved.items) walk(resolved.items, [...path, { item: true }])
  }
  walk(root, [])
  return found
}

/** `owners[].personId`, for messages. */
export const placeName = ({ path }: IdPlace): string =>
  path
    .reduce((text, step) => ('key' in step ? `${text}.${step.key}` : 'item' in step ? `${text}[]` : text), '')
    .slice(1)
