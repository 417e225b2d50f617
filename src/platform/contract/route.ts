import type { z } from 'zod'

type Method = 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE'

/**
 * One route of the public API, known to server, web app, command line and OpenAPI alike.
 *
 * `path` is relative to `/api/v1`. A path that begins with `/orgs/:org` runs inside that organization, taken from the
 * caller's memberships, and `action` names the row of the role table that decides; without such a row the server does
 * not start. Other routes say `anyone` or `signedIn`.
 */
export interface RouteContract {
  /** Operation id, `risk.accept`. */
  readonly name: string
  readonly method: Method
  readonly path: `/${string}`
  readonly action: 'anyone' | 'signedIn' | (string & {})
  readonly summary: string
  readonly params?: z.ZodObject
  readonly query?: z.ZodObject
  readonly body?: z.ZodType | 'file'
  /** Schema of what leaves; `file` is a download, null is 204. */
  readonly response: z.ZodType | 'file' | null
  /** Further rows of the role table that parts of the request need: `risk.assign` where a change names another owner. */
  readonly alsoActions?: readonly string[]
  /** Creates a record: 201 with its address, and an `Idempotency-Key` is honoured. */
  readonly creates?: boolean
  /** The answer holds a secret shown this once: it is not kept for a repeated `Idempotency-Key`. */
  readonly answersSecret?: boolean
  /** The version of the record must be given in `If-Match`. */
  readonly ifMatch?: boolean
  /** A read view that can be asked as of a date, `?at=2026-03-31`. */
  readonly timeTravel?: boolean
  /** Uses more than a page view: counted against the caller's allowance. */
  readonly costly?: boolean
}

/** Names of a path's parameters; the organization is taken from where the caller stands and is not among them. */
type ParamNames<P extends string> = Exclude<NamesIn<P>, 'org'>
type NamesIn<P extends string> = P extends `${string}:${infer Rest}`
  ? Rest extends `${infer Name}/${infer More}`
    ? Name | NamesIn<`/${More}`>
    : Rest
  : never

/**
 * Holds when the schema of the parameters names those of the path, each by its exact name; otherwise the compiler's
 * message says which names the path has. A schema with open names would let every caller send the wrong one.
 */
type NamesItsPath<C extends RouteContract> = [keyof Sent<C['params']> & string] extends [ParamNames<C['path']>]
  ? [ParamNames<C['path']>] extends [keyof Sent<C['params']> & string]
    ? unknown
    : { params: `a schema that names ${ParamNames<C['path']>}` }
  : { params: `a schema that names ${ParamNames<C['path']>}` }

/** Declares a route, keeping its exact types. A path and a schema that name different parameters do not compile. */
export const route = <const C extends RouteContract>(contract: C & NamesItsPath<C>): C => contract

type Parsed<S> = S extends z.ZodType ? z.output<S> : undefined
type Sent<S> = S extends z.ZodType ? z.input<S> : undefined

export type ParamsOf<C extends RouteContract> = Parsed<C['params']>
export type QueryOf<C extends RouteContract> = Parsed<C['query']>
export type BodyOf<C extends RouteContract> = Parsed<C['body']>
/** What a use-case returns: server-side ids and types. */
export type ResponseOf<C extends RouteContract> = C['response'] extends z.ZodType ? z.output<C['response']> : undefined
/** What a client receives: prefixed ids, plain JSON. */
export type WireResponse<C extends RouteContract> = C['response'] extends z.ZodType ? z.input<C['response']> : undefined
/** What a client sends. */
export type WireBody<C extends RouteContract> = Sent<C['body']>
export type WireParams<C extends RouteContract> = Sent<C['params']>
export type WireQuery<C extends RouteContract> = Sent<C['query']>
