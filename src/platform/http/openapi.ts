import { z } from 'zod'
import type { RoleTable } from '#platform/access/policy.ts'
import type { RouteContract } from '#platform/contract/route.ts'
import { problem } from '#platform/contract/schemas.ts'

type Json = Record<string, unknown>

/**
 * The OpenAPI 3.1 description of a set of routes. Schemas are the wire side of the contracts: what a client sends and
 * receives, prefixed ids and all. `x-action` names the row of the role table that decides, `x-roles` who has it: on `all`
 * records or on their `own`. `tags` says what the routes of each first part of a name are about.
 */
export function openApi(
  contracts: readonly RouteContract[],
  roleTable: RoleTable,
  {
    version,
    server,
    tags,
  }: { readonly version: string; readonly server: string; readonly tags: Readonly<Record<string, string>> },
): Json {
  const paths: Record<string, Json> = {}
  for (const contract of contracts) {
    const path = contract.path.replaceAll(/:(\w+)/g, '{$1}')
    const item = (paths[path] ??= {})
    item[contract.method.toLowerCase()] = operation(contract, roleTable)
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Plumbline',
      version,
      description:
        'The API of Plumbline. The web app uses nothing else. Rights come from the role table; `can` in a response says what the caller may do next.',
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    servers: [{ url: `${server}/api/v1` }],
    tags: [...new Set(contracts.map(tagOf))].sort().map((name) => ({ name, description: tags[name] })),
    paths,
    components: {
      schemas: { Problem: wire(problem) },
      responses: {
        Problem: {
          description: 'Refused, with a sentence that says what, where and what to do (RFC 9457)',
          content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
        },
      },
      securitySchemes: {
        session: { type: 'apiKey', in: 'cookie', name: 'plumbline_session' },
        token: { type: 'http', scheme: 'bearer' },
      },
    },
  }
}

const tagOf = (contract: RouteContract): string => contract.name.split('.')[0] ?? contract.name

function operation(contract: RouteContract, roleTable: RoleTable): Json {
  const inOrg = contract.path.startsWith('/orgs/:org')
  const parameters: Json[] = []
  if (inOrg)
    parameters.push({
      name: 'org',
      in: 'path',
      required: true,
      schema: { type: 'string' },
      description: 'Slug of the organization',
    })
  parameters.push(...parametersOf(contract.params, 'path'), ...parametersOf(contract.query, 'query'))
  if (contract.timeTravel) {
    parameters.push({
      name: 'at',
      in: 'query',
      schema: { type: 'string' },
      description:
        'State as of a day (its end in the organization’s time zone) or instant. A moment before the first record of the organization is refused with 422 `request.before_records`, which says since when there are records; one to come shows what is recorded now',
    })
  }
  if (contract.ifMatch) {
    parameters.push({
      name: 'If-Match',
      in: 'header',
      required: true,
      schema: { type: 'string' },
      description: 'Version seen, from ETag',
    })
  }
  if (contract.creates) {
    parameters.push({ name: 'Idempotency-Key', in: 'header', schema: { type: 'string', maxLength: 200 } })
  }
  return {
    operationId: contract.name,
    summary: contract.summary,
    tags: [tagOf(contract)],
    ...(inOrg
      ? {
          description: neededRights(contract),
          'x-action': contract.action,
          'x-roles': roleTable[contract.action] ?? {},
        }
      : {}),
    ...(parameters.length > 0 ? { parameters } : {}),
    ...bodyOf(contract),
    responses: responsesOf(contract),
    security: securityOf(contract),
  }
}

const neededRights = ({ action, alsoActions = [] }: RouteContract): string =>
  [`Needs the right \`${action}\`.`, ...alsoActions.map((one) => `Parts of it need \`${one}\` as well.`)].join(' ')

function securityOf(contract: RouteContract): Json[] {
  if (contract.action === 'anyone') return []
  return contract.action === 'signedIn' ? [{ session: [] }] : [{ session: [] }, { token: [] }]
}

function parametersOf(schema: z.ZodObject | undefined, where: 'path' | 'query'): Json[] {
  if (!schema) return []
  const { properties = {}, required = [] } = wire(schema) as { properties?: Record<string, Json>; required?: string[] }
  return Object.entries(properties).map(([name, value]) => ({
    name,
    in: where,
    ...(where === 'path' || required.includes(name) ? { required: true } : {}),
    schema: value,
  }))
}

function bodyOf(contract: RouteContract): Json {
  if (contract.body === undefined) return {}
  const content =
    contract.body === 'file'
      ? { 'application/octet-stream': { schema: { type: 'string', format: 'binary' } } }
      : { 'application/json': { schema: wire(contract.body) } }
  return { requestBody: { required: true, content } }
}

/** What a client of this route has to expect beside success; each is a problem with a code of its own. */
function problemsOf(contract: RouteContract): Json {
  const { action, path, params, query, body, response, creates, ifMatch, costly, timeTravel } = contract
  const inOrg = path.startsWith('/orgs/:org')
  const said: Record<string, string | false> = {
    '400': body !== undefined && 'The body cannot be read',
    '401': action !== 'anyone' && 'No valid session or token',
    '403': inOrg && 'The roles of the caller do not allow it',
    '404': (inOrg || params !== undefined) && 'There is no such record in an organization of the caller',
    '409': creates === true && 'It exists already, or the Idempotency-Key was used for another request',
    '412': ifMatch === true && 'Somebody else changed the record meanwhile: read it again',
    '413': body !== undefined && 'The body is too large',
    '422':
      (body !== undefined || query !== undefined || timeTravel === true) &&
      'A rule or the form of a value says no; `errors` names the fields',
    '428': ifMatch === true && 'If-Match is missing',
    '429': costly === true && 'Too often in a short time; `Retry-After` says when again',
    '502': response === 'file' && 'The store no longer holds what was stored; nothing was sent',
    '503': 'The database or the file store is away for the moment; `Retry-After` says when again',
    '507': contract.method !== 'GET' && 'A disk of the server is full; nothing was saved',
  }
  const known = Object.entries(said).flatMap(([status, description]) =>
    description === false ? [] : [[status, { $ref: '#/components/responses/Problem', description }]],
  )
  return { ...(Object.fromEntries(known) as Json), default: { $ref: '#/components/responses/Problem' } }
}

function responsesOf(contract: RouteContract): Json {
  const problems = problemsOf(contract)
  if (contract.response === null) return { '204': { description: 'Done' }, ...problems }
  if (contract.response === 'file') {
    const file = { schema: { type: 'string', format: 'binary' } }
    return { '200': { description: 'The file', content: { 'application/octet-stream': file } }, ...problems }
  }
  const content = { 'application/json': { schema: wire(contract.response) } }
  return { [contract.creates ? '201' : '200']: { description: contract.summary, content }, ...problems }
}

// The input side of a codec is its wire form, for requests and responses alike.
function wire(schema: z.ZodType): Json {
  const { $schema: _schema, ...json } = z.toJSONSchema(schema, {
    io: 'input',
    unrepresentable: 'any',
    reused: 'inline',
  })
  return json
}
