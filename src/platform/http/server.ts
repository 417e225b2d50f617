import { randomBytes } from 'node:crypto'
import { finished, Readable } from 'node:stream'
import cookie from '@fastify/cookie'
import fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify'
import { type Clock, endOfDay, type Instant, parseDate, parseInstant } from '#kernel/time.ts'
import { type Actor, authorize, permits, type RoleTable } from '#platform/access/policy.ts'
import type { RouteContract } from '#platform/contract/route.ts'
import type { Database } from '#platform/db/database.ts'
import { platformTransaction, transaction } from '#platform/db/transaction.ts'
import { FileAltered } from '#platform/files/checked-stream.ts'
import { FileHomeUnavailable } from '#platform/files/file-home.ts'
import { type Credential, openScope, signedInCaller } from '#platform/identity/scope.ts'
import { orRefuse, RefusalError } from '#platform/refusal/refusal-error.ts'
import { allowanceKey, useAllowance } from './allowance.ts'
import { answer, Encoded, encode } from './answer.ts'
import { byReference, type Referenced } from './by-reference.ts'
import { once } from './idempotency.ts'
import { parsePart } from './parse.ts'
import { problemOf, refusalOf } from './problem.ts'
import { secure, setHeaders } from './security.ts'
import { AfterCommit, type Can, type HttpFacts, type UseCase } from './use-case.ts'

/** What the HTTP side needs from the composition root. */
export interface ServerParts<S> {
  readonly db: Database
  readonly clock: Clock
  readonly roleTable: RoleTable
  readonly useCases: readonly UseCase<S>[]
  /** Records that addresses may name by reference, `/risks/R-12`. */
  readonly records: readonly Referenced[]
  readonly services: S
  /** Public address: decides cookies, links and the origin check. */
  readonly url: URL
  readonly trustProxy: boolean | number | string[]
  readonly logLevel: string
  readonly logStream?: { write(line: string): void }
}

const costly = { uses: 120, seconds: 60 }

/** Name of the session cookie. Under https a prefix keeps neighbours on sibling domains from planting one. */
export const sessionCookie = (url: URL): string =>
  url.protocol === 'https:' ? '__Host-plumbline_session' : 'plumbline_session'

/**
 * Builds the HTTP server from the use-cases. Throws when a route inside an organization names an action the role table
 * does not hold, when one outside names any, or when two routes share a name: such a server does not start.
 */
export async function createServer<S>(parts: ServerParts<S>): Promise<FastifyInstance> {
  checkRoutes(parts.useCases, parts.roleTable)
  const app = fastify({
    trustProxy: proxyTrust(parts.trustProxy),
    bodyLimit: 10 * 1024 * 1024,
    // A connection on which nothing moves is closed, and what it sent so far let go. A document that waits behind others
    // may be silent for some minutes.
    connectionTimeout: 600_000,
    requestIdHeader: false,
    genReqId: () => randomBytes(9).toString('base64url'),
    logger: {
      level: parts.logLevel,
      redact: ['req.headers.authorization', 'req.headers.cookie'],
      ...(parts.logStream ? { stream: parts.logStream } : {}),
    },
    routerOptions: { maxParamLength: 300 },
    // An address with a broken escape or an overlong part meets no route and no hook.
    frameworkErrors: (error, request, reply) => {
      setHeaders(request, reply, parts.url)
      answerError(error, request, reply)
    },
    schemaController: { compilersFactory: noSchemas },
  })
  await app.register(cookie)
  secure(app, parts.url)
  app.setErrorHandler((error, request, reply) => answerError(error, request, reply))
  const pending: Pending = new Set()
  app.addHook('onClose', async () => {
    await Promise.all(pending)
  })
  for (const one of parts.useCases) {
    // Uploads read their bodies themselves, in a room of their own.
    if (one.kind === 'upload') await app.register(async (room) => mount(room, one, parts, pending))
    else mount(app, one, parts, pending)
  }
  return app
}

// Contracts are checked with zod; Fastify's own compilers are neither needed nor loaded.
const noSchemas = {
  buildValidator: () => () => {
    throw new Error('Routes declare their contract, not a schema of Fastify.')
  },
  buildSerializer: () => () => JSON.stringify,
}

// A number of proxies: that many last hops are ours, what stands before them is what they report.
function proxyTrust(
  trust: boolean | number | string[],
): boolean | string[] | ((address: string, hop: number) => boolean) {
  return typeof trust === 'number' ? (_address, hop) => hop < trust : trust
}

function checkRoutes(useCases: readonly UseCase<never>[] | readonly UseCase<unknown>[], table: RoleTable): void {
  const names = new Set<string>()
  for (const { contract } of useCases) {
    const { name, path, action, alsoActions = [] } = contract
    if (names.has(name)) throw new Error(`Two routes are called ${name}.`)
    names.add(name)
    const inOrg = path.startsWith('/orgs/:org')
    const open = action === 'anyone' || action === 'signedIn'
    if (inOrg && (open || !Object.hasOwn(table, action))) {
      throw new Error(
        `Route ${name} declares no action of the role table (it says “${action}”): the server does not start.`,
      )
    }
    const unknown = alsoActions.find((one) => !Object.hasOwn(table, one))
    if (unknown !== undefined)
      throw new Error(`Route ${name} needs “${unknown}”, which is no action of the role table.`)
    if (!inOrg && !open) throw new Error(`Route ${name} lies outside organizations and must say anyone or signedIn.`)
  }
}

/** Work that goes on after its request was answered. */
type Pending = Set<Promise<unknown>>

function mount<S>(app: FastifyInstance, one: UseCase<S>, parts: ServerParts<S>, pending: Pending): void {
  const { contract } = one
  if (one.kind === 'upload') {
    app.removeAllContentTypeParsers()
    app.addContentTypeParser('*', (_request, payload, done) => done(null, payload))
  }
  app.route({
    method: contract.method,
    url: `/api/v1${contract.path}`,
    handler: async (request, reply) => {
      const result = await handle(one, parts, request, reply, pending)
      return answer(contract, result, reply, request)
    },
  })
}

async function handle<S>(
  one: UseCase<S>,
  parts: ServerParts<S>,
  request: FastifyRequest,
  reply: FastifyReply,
  pending: Pending,
): Promise<unknown> {
  const { contract } = one
  const { org: slug, ...ownParams } = request.params as Record<string, string>
  // Read only once the caller is known and allowed to ask: strangers learn nothing about what a route expects.
  const input = (given: Record<string, string> = ownParams) => ({
    params: (contract.params ? parsePart(contract.params, given, 'params') : undefined) as never,
    query: (contract.query ? parsePart(contract.query, withoutAt(request.query), 'query') : undefined) as never,
    body: (contract.body && contract.body !== 'file'
      ? parsePart(contract.body, request.body, 'body')
      : undefined) as never,
  })
  const { db, clock, services } = parts
  const credential = credentialOf(request, parts.url)
  if (one.kind === 'platform') {
    const http: HttpFacts = {
      ...httpFacts(request, reply, parts, credential),
      later: (work) => later(work, request, reply, pending),
    }
    const caller =
      contract.action === 'signedIn'
        ? await platformTransaction(db, clock, (tx) => signedInCaller(tx, http.sessionToken), 'read')
        : null
    return finish(await one.run({ db, clock, caller: caller as never, ...input(), services, http }))
  }
  const open = openScope(credential, slug ?? '')
  const permit = (actor: Actor) => ({
    permission: orRefuse(authorize(parts.roleTable, actor, contract.action)),
    can: ((action, owners = []) => permits(parts.roleTable, actor, action, owners)) satisfies Can as Can,
  })
  const identify = (): Promise<Actor> =>
    transaction(db, clock, open, { mode: 'read' }, async (_tx, actor) => {
      permit(actor)
      return actor
    })
  // Counted for who calls, however often they signed in, and only once they may: strangers leave no trace.
  if (contract.costly) {
    const actor = await identify()
    // A persona of the demo is many people.
    const of = actor.org.demo ? (credential?.secret ?? '') : `${actor.org.id} ${actor.id ?? ''}`
    await platformTransaction(db, clock, (tx) => useAllowance(tx, allowanceKey('costly', of), costly, tx.now))
  }
  if (one.kind === 'upload' || one.kind === 'steps') {
    const withTx = <T>(mode: 'read' | 'write', work: (call: never) => Promise<T>): Promise<T> =>
      transaction(db, clock, open, { mode }, (tx, actor) => work({ tx, ...permit(actor) } as never))
    const actor = await identify()
    if (one.kind === 'steps') return finish(await one.run({ ...input(), services, actor, withTx }))
    const ended = new AbortController()
    request.raw.once('close', () => {
      if (!request.raw.complete) ended.abort()
    })
    const { params, query } = input()
    return finish(
      await one.run({
        params,
        query,
        // A request without a body brings no stream.
        body: (request.body as Readable | null | undefined) ?? Readable.from([]),
        bytes: announcedBytes(request),
        contentType: request.headers['content-type'] ?? 'application/octet-stream',
        services,
        actor,
        signal: ended.signal,
        withTx,
      }),
    )
  }
  const mode = contract.method === 'GET' ? 'read' : 'write'
  // Who may not ask learns nothing, not even since when there are records.
  const at = (actor: Actor): Instant | null => {
    permit(actor)
    return travel(contract, request, actor)
  }
  const outcome = await transaction(db, clock, open, { mode, at }, async (tx, actor) => {
    const rights = permit(actor)
    const version = contract.ifMatch ? ifMatch(request) : null
    const run = async (): Promise<unknown> => {
      const params = await byReference(tx, parts.records, ownParams)
      return settle(
        await one.run({ tx, actor, ...rights, ...input(params), version, services, range: request.headers.range }),
      )
    }
    if (!contract.creates) return run()
    const key = request.headers['idempotency-key']
    const asked = { name: contract.name, params: ownParams, body: request.body }
    // The stored answer is what left the first time, so it is encoded before it is kept.
    return once(tx, actor, typeof key === 'string' ? key : null, asked, {
      run,
      keep: contract.answersSecret ? null : (result) => encode(contract, result),
    }).then((result) => (contract.answersSecret ? result : new Encoded(result)))
  })
  return finish(outcome)
}

// Starts when the answer has left, so that the time of the answer tells nothing about the work.
function later(work: () => Promise<unknown>, request: FastifyRequest, reply: FastifyReply, pending: Pending): void {
  const started = new Promise((resolve) => finished(reply.raw, resolve))
    .then(work)
    .catch((error: unknown) => request.log.error(error))
    .finally(() => pending.delete(started))
  pending.add(started)
}

async function finish(outcome: unknown): Promise<unknown> {
  return settle(outcome instanceof AfterCommit ? await outcome.work() : outcome)
}

function announcedBytes(request: FastifyRequest): number | null {
  const header = request.headers['content-length']
  return header === undefined ? null : Number(header)
}

function withoutAt(query: unknown): unknown {
  const { at: _at, ...rest } = query as Record<string, unknown>
  return rest
}

// `?at=` is read once the organization, and so its time zone, is known.
function travel(contract: RouteContract, request: FastifyRequest, actor: Actor): Instant | null {
  const { at } = request.query as Record<string, string | undefined>
  if (at === undefined || at === '') return null
  if (!contract.timeTravel) {
    throw new RefusalError({
      code: 'request.invalid',
      message: 'This address cannot be asked as of a date.',
      facts: {},
      field: 'at',
    })
  }
  return readAt(at, actor.org.timeZone)
}

function settle(outcome: unknown): unknown {
  if (
    outcome !== null &&
    typeof outcome === 'object' &&
    'ok' in outcome &&
    ('value' in outcome || 'refusal' in outcome)
  ) {
    return orRefuse(outcome as Parameters<typeof orRefuse>[0])
  }
  return outcome
}

/** Reads `at`: an instant, or a day, which means its end in the organization's time zone. */
export function readAt(text: string, timeZone: string): Instant {
  const day = parseDate(text)
  if (day) return endOfDay(day, timeZone)
  const instant = parseInstant(text)
  if (instant) return instant
  throw new RefusalError({
    code: 'request.invalid',
    message: `“${text.slice(0, 40)}” is not a date: write 2026-03-31 or 2026-03-31T12:00:00Z.`,
    facts: {},
    field: 'at',
  })
}

function ifMatch(request: FastifyRequest): number {
  const header = request.headers['if-match']
  const version = header === undefined ? null : /^(?:W\/)?"?(\d{1,9})"?$/.exec(header)?.[1]
  if (version === null || version === undefined) {
    throw new RefusalError({
      code: 'request.if_match_missing',
      message: 'Send the version you have seen in If-Match, so that nobody else’s change is overwritten.',
      facts: {},
    })
  }
  return Number(version)
}

// A request that brings an Authorization header is not checked for its origin, so its cookie must not count.
function credentialOf(request: FastifyRequest, url: URL): Credential | null {
  const { authorization } = request.headers
  if (authorization !== undefined) {
    const bearer = /^Bearer +(\S+)$/i.exec(authorization)?.[1]
    return bearer === undefined ? null : { kind: 'token', secret: bearer }
  }
  const session = request.cookies[sessionCookie(url)]
  return session === undefined ? null : { kind: 'session', secret: session }
}

function httpFacts<S>(
  request: FastifyRequest,
  reply: FastifyReply,
  parts: ServerParts<S>,
  credential: Credential | null,
): Omit<HttpFacts, 'later'> {
  const name = sessionCookie(parts.url)
  const options = { path: '/', httpOnly: true, sameSite: 'lax', secure: parts.url.protocol === 'https:' } as const
  return {
    sessionToken: credential?.kind === 'session' ? credential.secret : null,
    address: request.ip,
    setSession: (token, expiresAt) => {
      void reply.setCookie(name, token, { ...options, expires: new Date(expiresAt) })
    },
    clearSession: () => {
      void reply.clearCookie(name, options)
    },
  }
}

function answerError(error: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const refusal = refusalOf(error) ?? requestFault(error)
  if (refusal) {
    // Whoever runs the server has to learn more than whoever asked.
    if (error instanceof FileHomeUnavailable || error instanceof FileAltered) request.log.error(error)
    const others = error instanceof RefusalError ? error.others : []
    const problem = problemOf(refusal, others)
    if (problem.status === 503) reply.header('retry-after', '5')
    if (problem.status === 416) reply.header('content-range', `bytes */${String(refusal.facts['bytes'] ?? '*')}`)
    return reply.code(problem.status).type('application/problem+json').send(JSON.stringify(problem))
  }
  request.log.error(error)
  const problem = {
    ...problemOf({
      code: 'defect',
      message: `Something went wrong on our side. Nothing was saved. Quote ${request.id} when you report it.`,
      facts: { correlation: request.id },
    }),
    status: 500,
    title: 'Something went wrong',
  }
  return reply.code(500).type('application/problem+json').send(JSON.stringify(problem))
}

// What Fastify itself refuses before a route runs.
function requestFault(error: unknown): { code: string; message: string; facts: Record<string, never> } | null {
  const code = (error as { code?: string }).code
  switch (code) {
    case 'FST_ERR_BAD_URL':
    case 'FST_ERR_MAX_PARAM_LENGTH':
      return { code: 'address.not_found', message: 'There is nothing at this address.', facts: {} }
    case 'FST_ERR_CTP_BODY_TOO_LARGE':
      return { code: 'request.too_large', message: 'The request is larger than 10 MiB.', facts: {} }
    case 'FST_ERR_CTP_INVALID_MEDIA_TYPE':
      return { code: 'request.media_type', message: 'Send JSON (content-type: application/json).', facts: {} }
    case 'FST_ERR_CTP_EMPTY_JSON_BODY':
    case 'FST_ERR_CTP_INVALID_JSON_BODY':
    case 'FST_ERR_CTP_INVALID_CONTENT_LENGTH':
      return { code: 'request.malformed', message: 'The request is not valid JSON.', facts: {} }
    default:
      return error instanceof SyntaxError && (error as { statusCode?: number }).statusCode === 400
        ? { code: 'request.malformed', message: 'The request is not valid JSON.', facts: {} }
        : null
  }
}
