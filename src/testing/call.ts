import type { FastifyInstance } from 'fastify'
import type { RouteContract, WireBody, WireParams, WireQuery, WireResponse } from '#platform/contract/route.ts'
import type { Problem } from '#platform/contract/schemas.ts'

export type Args<C extends RouteContract> = {
  params?: WireParams<C>
  query?: (WireQuery<C> extends object ? WireQuery<C> : object) & { at?: string }
  body?: WireBody<C>
  version?: number
  headers?: Record<string, string>
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
  const { params, query, body, version, headers } = args
  const path = contract.path
    .replace(':org', org)
    .replaceAll(/:(\w+)/g, (_, key: string) => encodeURIComponent(String((params as Record<string, unknown>)[key])))
  const response = await http.inject({
    method: contract.method,
    url: `/api/v1${path}`,
    remoteAddress: from,
    ...(query ? { query: query as Record<string, string> } : {}),
    headers: { ...(version === undefined ? {} : { 'if-match': `"${version}"` }), ...headers },
    ...(body === undefined ? {} : { payload: body as object }),
  })
  const parsed: unknown = response.body === '' ? null : JSON.parse(response.body)
  return {
    status: response.statusCode,
    body: parsed as WireResponse<C>,
    problem: parsed as Problem,
    headers: response.headers,
  }
}

/** The body of an answer, and a failed test when the call was refused. */
export function bodyOf<T>(what: string, answer: Answer<T>): T {
  if (answer.status >= 300) throw new Error(`${what}: ${answer.status} ${answer.problem?.detail ?? ''}`)
  return answer.body
}
