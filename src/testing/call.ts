import type { FastifyInstance, LightMyRequestResponse } from 'fastify'
import type { RouteContract, WireBody, WireParams, WireQuery, WireResponse } from '#platform/contract/route.ts'
import type { Problem } from '#platform/contract/schemas.ts'

export type Args<C extends RouteContract> = {
  params?: WireParams<C>
  query?: (WireQuery<C> extends object ? WireQuery<C> : object) & { at?: string }
  body?: WireBody<C>
  version?: number
  headers?: Record<string, string>
  /** The body of an upload. */
  file?: Uint8Array
}

/** A download as it arrived. */
export interface Downloaded {
  readonly status: number
  readonly bytes: Buffer
  readonly headers: Record<string, unknown>
}

/** An answer of the API: the parsed body, or the problem when it was refused. */
export interface Answer<T> {
  readonly status: number
  readonly body: T
  readonly problem: Problem
  readonly headers: Record<string, unknown>
}

/** Calls a route the way a client would, `headers` saying who calls and `from` from which network address. */
export async function callRoute<C extends RouteContract>(
  http: FastifyInstance,
  contract: C,
  org: string,
  args: Args<C>,
  from = '127.0.0.1',
): Promise<Answer<WireResponse<C>>> {
  const response = await send(http, contract, org, args, from)
  const parsed: unknown = response.body === '' ? null : JSON.parse(response.body)
  return {
    status: response.statusCode,
    body: parsed as WireResponse<C>,
    problem: parsed as Problem,
    headers: response.headers,
  }
}

/** Calls a route that answers with a file. */
export async function downloadRoute<C extends RouteContract>(
  http: FastifyInstance,
  contract: C,
  org: string,
  args: Args<C>,
): Promise<Downloaded> {
  const { statusCode, rawPayload, headers } = await send(http, contract, org, args, '127.0.0.1')
  return { status: statusCode, bytes: rawPayload, headers }
}

function send<C extends RouteContract>(
  http: FastifyInstance,
  contract: C,
  org: string,
  { params, query, body, version, headers, file }: Args<C>,
  from: string,
): Promise<LightMyRequestResponse> {
  const path = contract.path
    .replace(':org', org)
    .replaceAll(/:(\w+)/g, (_, key: string) => encodeURIComponent(String((params as Record<string, unknown>)[key])))
  return http.inject({
    method: contract.method,
    url: `/api/v1${path}`,
    remoteAddress: from,
    ...(query ? { query: query as Record<string, string> } : {}),
    headers: {
      ...(version === undefined ? {} : { 'if-match': `"${version}"` }),
      ...(file === undefined ? {} : { 'content-type': 'application/octet-stream' }),
      ...headers,
    },
    ...(body === undefined ? {} : { payload: body as object }),
    ...(file === undefined ? {} : { payload: Buffer.from(file) }),
  })
}

/** The body of an answer, and a failed test when the call was refused. */
export function bodyOf<T>(what: string, answer: Answer<T>): T {
  if (answer.status >= 300) throw new Error(`${what}: ${answer.status} ${answer.problem?.detail ?? ''}`)
  return answer.body
}
