/** A JSON schema as the description of the API has it; only what the contracts make. */
export interface Schema {
  readonly type?: string
  readonly format?: string
  readonly description?: string
  readonly enum?: readonly unknown[]
  readonly const?: unknown
  readonly default?: unknown
  readonly pattern?: string
  readonly minLength?: number
  readonly maxLength?: number
  readonly minimum?: number
  readonly maximum?: number
  readonly minItems?: number
  readonly maxItems?: number
  readonly items?: Schema
  readonly properties?: Readonly<Record<string, Schema>>
  readonly required?: readonly string[]
  readonly additionalProperties?: Schema | boolean
  readonly anyOf?: readonly Schema[]
  readonly oneOf?: readonly Schema[]
  readonly allOf?: readonly Schema[]
}

export interface Parameter {
  readonly name: string
  readonly in: 'path' | 'query' | 'header'
  readonly required?: boolean
  readonly description?: string
  readonly schema: Schema
}

type Content = Readonly<Record<string, { readonly schema: Schema }>>

interface Answer {
  readonly $ref?: string
  readonly description?: string
  readonly content?: Content
}

/** One operation, with where it is. */
export interface Operation {
  readonly id: string
  readonly method: string
  readonly path: string
  readonly tag: string
  readonly summary: string
  readonly action: string | null
  /** Who has the right: role → on `all` records or on their `own`. */
  readonly roles: Readonly<Record<string, 'all' | 'own'>>
  readonly access: 'anyone' | 'session' | 'token'
  readonly parameters: readonly Parameter[]
  readonly body: { readonly type: string; readonly schema: Schema } | null
  /** What it answers when it succeeds; `schema` is null for an empty answer. */
  readonly success: { readonly status: string; readonly type: string; readonly schema: Schema | null }
  readonly refusals: readonly { readonly status: string; readonly description: string }[]
}

interface WireOperation {
  readonly operationId: string
  readonly summary: string
  readonly tags: readonly string[]
  readonly 'x-action'?: string
  readonly 'x-roles'?: Readonly<Record<string, 'all' | 'own'>>
  readonly security: readonly Readonly<Record<string, unknown>>[]
  readonly parameters?: readonly Parameter[]
  readonly requestBody?: { readonly content: Content }
  readonly responses: Readonly<Record<string, Answer>>
}

/** The OpenAPI document, as far as it is shown. */
export interface ApiDescription {
  readonly info: { readonly version: string }
  readonly servers: readonly { readonly url: string }[]
  /** What the operations of a tag are about. */
  readonly tags: readonly { readonly name: string; readonly description?: string }[]
  readonly paths: Readonly<Record<string, Readonly<Record<string, WireOperation>>>>
  readonly components: { readonly schemas: Readonly<Record<string, Schema>> }
}

/** Every operation of the document, in its order. */
export function operationsOf({ paths }: ApiDescription): Operation[] {
  return Object.entries(paths).flatMap(([path, item]) =>
    Object.entries(item).map(([method, one]) => operationOf(method.toUpperCase(), path, one)),
  )
}

function operationOf(method: string, path: string, one: WireOperation): Operation {
  const answers = Object.entries(one.responses)
  const [status, success] = answers.find(([code]) => code.startsWith('2')) ?? ['200', {}]
  const schemes = one.security.flatMap((scheme) => Object.keys(scheme))
  return {
    id: one.operationId,
    method,
    path,
    tag: one.tags[0] ?? '',
    summary: one.summary,
    action: one['x-action'] ?? null,
    roles: one['x-roles'] ?? {},
    access: schemes.includes('token') ? 'token' : schemes.includes('session') ? 'session' : 'anyone',
    parameters: one.parameters ?? [],
    body: one.requestBody === undefined ? null : contentOf(one.requestBody.content),
    success: { status, ...(contentOf(success.content) ?? { type: '', schema: null }) },
    refusals: answers.flatMap(([code, { description }]) =>
      description === undefined || code.startsWith('2') ? [] : [{ status: code, description }],
    ),
  }
}

function contentOf(content: Content | undefined): { type: string; schema: Schema } | null {
  const [found] = Object.entries(content ?? {})
  return found === undefined ? null : { type: found[0], schema: found[1].schema }
}

/** Operations of which every word asked for stands in name, path, method or summary. */
export function matching(operations: readonly Operation[], asked: string): Operation[] {
  const words = asked.toLowerCase().split(/\s+/).filter(Boolean)
  return operations.filter(({ id, method, path, summary, action }) => {
    const text = `${id} ${method} ${path} ${summary} ${action ?? ''}`.toLowerCase()
    return words.every((word) => text.includes(word))
  })
}

/** What a schema is beside null, and whether null is allowed; `many` where a value may stand alone or in a list. */
export function unwrap(schema: Schema): { schema: Schema; nullable: boolean; many: boolean } {
  const choices = schema.anyOf ?? schema.oneOf
  if (choices === undefined) return { schema, nullable: false, many: false }
  const rest = choices.filter((one) => one.type !== 'null')
  const nullable = rest.length < choices.length
  const [first, second] = rest
  const many =
    rest.length === 2 && second?.type === 'array' && JSON.stringify(second.items ?? null) === JSON.stringify(first)
  if (first !== undefined && (rest.length === 1 || many)) return { schema: first, nullable, many }
  return { schema: { ...schema, anyOf: rest }, nullable, many: false }
}

/** The type of a value in a few words, as OpenAPI writes it: `string (date-time)`, `array of string`. */
export function typeOf(given: Schema): string {
  const { schema, nullable, many } = unwrap(given)
  const type = many ? `${plainType(schema)} | array of ${plainType(schema)}` : plainType(schema)
  return nullable ? `${type} | null` : type
}

function plainType(schema: Schema): string {
  const choices = schema.anyOf ?? schema.oneOf
  if (choices !== undefined) return [...new Set(choices.map(typeOf))].join(' | ')
  if (schema.allOf !== undefined) return schema.allOf.map(typeOf).join(' & ')
  if (schema.const !== undefined) return JSON.stringify(schema.const)
  if (schema.enum !== undefined) return schema.type ?? 'string'
  if (schema.type === 'array') return `array of ${schema.items === undefined ? 'any' : typeOf(schema.items)}`
  const record = typeof schema.additionalProperties === 'object' ? schema.additionalProperties : null
  if (schema.properties === undefined && record !== null) return `map of ${typeOf(record)}`
  const prefix = /^\^(\w+)_\[0-9a-f\]\{32\}\$$/.exec(schema.pattern ?? '')?.[1]
  if (prefix !== undefined) return `id (${prefix}_…)`
  return schema.format === undefined ? (schema.type ?? 'any') : `${schema.type ?? 'string'} (${schema.format})`
}

/** What else a value has to fulfil, in the words of the schema: `length 1–200`, `≥ 1`, `default 200`. */
export function limitsOf(given: Schema): string[] {
  const { schema } = unwrap(given)
  const { minLength, maxLength, minimum, maximum, minItems, maxItems } = schema
  const unbounded = (value: number | undefined): boolean =>
    value === undefined || Math.abs(value) === Number.MAX_SAFE_INTEGER
  const range = (what: string, from: number | undefined, to: number | undefined): string[] => {
    if (unbounded(from) && unbounded(to)) return []
    if (unbounded(from)) return [`${what}≤ ${to}`]
    return [unbounded(to) ? `${what}≥ ${from}` : `${what}${from}–${to}`]
  }
  return [
    ...range('length ', minLength, maxLength),
    ...range('', minimum, maximum),
    ...range('items ', minItems, maxItems),
    ...(schema.default === undefined ? [] : [`default ${JSON.stringify(schema.default)}`]),
  ]
}

/** The values a schema, or the elements of its list, may take; empty when they are open. */
export function valuesOf(given: Schema): readonly unknown[] {
  const { schema } = unwrap(given)
  return schema.enum ?? (schema.type === 'array' && schema.items !== undefined ? valuesOf(schema.items) : [])
}

/** The members of an object, of the objects in a list, or of each object it may be. */
export function membersOf(given: Schema): { name: string; schema: Schema; required: boolean }[] {
  const { schema } = unwrap(given)
  if (schema.type === 'array' && schema.items !== undefined) return membersOf(schema.items)
  const parts = schema.anyOf ?? schema.oneOf ?? schema.allOf
  if (parts !== undefined) {
    const seen = new Set<string>()
    return parts.flatMap(membersOf).filter(({ name }) => !seen.has(name) && seen.add(name))
  }
  if (typeof schema.additionalProperties === 'object' && schema.properties === undefined) {
    return membersOf(schema.additionalProperties)
  }
  const required = new Set(schema.required ?? [])
  return Object.entries(schema.properties ?? {}).map(([name, one]) => ({
    name,
    schema: one,
    required: required.has(name),
  }))
}

/** A value that would do, of what must be given alone. */
export function exampleOf(given: Schema): unknown {
  const { schema, nullable } = unwrap(given)
  if (schema.default !== undefined) return schema.default
  const [value = schema.const] = valuesOf(schema)
  if (schema.type !== 'array' && value !== undefined) return value
  const [first] = schema.anyOf ?? schema.oneOf ?? []
  if (first !== undefined) return exampleOf(first)
  if (nullable) return null
  switch (schema.type) {
    case 'object':
      return Object.fromEntries(
        membersOf(schema).flatMap(({ name, schema: one, required }) => (required ? [[name, exampleOf(one)]] : [])),
      )
    case 'array':
      return schema.items === undefined || schema.minItems === undefined ? [] : [exampleOf(schema.items)]
    case 'integer':
    case 'number':
      return Math.max(1, schema.minimum ?? 1)
    case 'boolean':
      return true
    default:
      return textExample(schema)
  }
}

function textExample({ format, pattern }: Schema): string {
  const prefix = /^\^(\w+)_/.exec(pattern ?? '')?.[1]
  if (prefix !== undefined) return `${prefix}_${'0'.repeat(32)}`
  if (format === 'date-time') return '2026-03-31T12:00:00.000Z'
  return format === 'email' ? 'anna@acme.example' : '…'
}

/** A call with `curl` that shows what must be sent. */
export function curlOf(operation: Operation, server: string): string {
  const { method, path, access, parameters, body, success } = operation
  const headers = [
    ...(access === 'token' ? ['Authorization: Bearer $TOKEN'] : []),
    ...(access === 'session' ? ['Cookie: plumbline_session=$SESSION'] : []),
    ...parameters.flatMap((one) =>
      one.in === 'header' ? [`${one.name}: ${one.name === 'If-Match' ? '\\"1\\"' : '$(uuidgen)'}`] : [],
    ),
    ...(body === null ? [] : [`Content-Type: ${body.type}`]),
  ]
  const query = parameters.filter((one) => one.in === 'query' && one.required === true)
  const search = query.map(({ name, schema }) => `${name}=${encodeURIComponent(String(exampleOf(schema)))}`).join('&')
  const isFile = body?.schema.format === 'binary'
  return [
    `curl${method === 'GET' ? '' : ` -X ${method}`} "${server}${path}${search === '' ? '' : `?${search}`}"`,
    ...headers.map((header) => `-H "${header}"`),
    ...(body === null ? [] : [isFile ? '--data-binary @file' : `-d '${JSON.stringify(exampleOf(body.schema))}'`]),
    ...(success.schema?.format === 'binary' ? ['-O -J'] : []),
  ].join(' \\\n  ')
}
