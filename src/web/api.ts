import {
  type Query,
  QueryClient,
  queryOptions,
  type UseMutationResult,
  useInfiniteQuery,
  useMutation,
  useQuery,
  useQueryClient,
  useSuspenseQuery,
} from '@tanstack/react-query'
import { useMemo, useRef } from 'react'
import type { z } from 'zod'
import type { RouteContract, WireBody, WireParams, WireQuery, WireResponse } from '#platform/contract/route.ts'
import type { Problem } from '#platform/contract/schemas.ts'
import { isConflict, isForbidden, NetworkError, ProblemError } from '#ui/problem.ts'
import { isOutage, noteFailure } from './outage.ts'
import { currentScope, useScope } from './scope.ts'

type None = Record<never, never>

/** What a call takes besides its contract; the organization and the as-of date come from the page. */
export type CallArgs<C extends RouteContract> = (C['params'] extends z.ZodObject ? { params: WireParams<C> } : None) &
  (C['query'] extends z.ZodObject ? { query?: Partial<WireQuery<C>> | undefined } : None) &
  (C['body'] extends z.ZodType ? { body: WireBody<C> } : C['body'] extends 'file' ? { body: File } : None) &
  (C['ifMatch'] extends true ? { ifMatch: number } : None) & {
    /** Repeating a create with the same key creates once. One is made when none is given. */
    idempotencyKey?: string
    signal?: AbortSignal
    /** Another organization than the page's. */
    org?: string
    /** Another day than the page's. */
    at?: string | null
  }

interface LooseArgs {
  params?: Record<string, unknown>
  query?: Record<string, unknown>
  body?: unknown
  ifMatch?: number
  idempotencyKey?: string
  signal?: AbortSignal
  org?: string
  at?: string | null
}

/** The address of a route with its parameters filled in; also for links and downloads. */
export function urlOf<C extends RouteContract>(contract: C, args: Omit<CallArgs<C>, 'body' | 'ifMatch'>): string {
  return addressOf(contract, args as LooseArgs)
}

function addressOf(contract: RouteContract, args: LooseArgs): string {
  const scope = currentScope()
  const path = contract.path.replaceAll(/:([A-Za-z]+)/g, (_, name: string) => {
    const value = name === 'org' ? (args.org ?? scope.org) : args.params?.[name]
    if (typeof value !== 'string') throw new TypeError(`${contract.name} needs the parameter ${name}`)
    return encodeURIComponent(value)
  })
  const query = new URLSearchParams()
  for (const [key, value] of Object.entries(args.query ?? {})) {
    for (const one of Array.isArray(value) ? value : [value]) {
      if (one !== undefined && one !== null && one !== '') query.append(key, String(one))
    }
  }
  const at = args.at === undefined ? scope.at : args.at
  if (contract.timeTravel === true && at !== null) query.set('at', at)
  const search = query.toString()
  return `/api/v1${path}${search === '' ? '' : `?${search}`}`
}

/** 128 random bits in hex; `crypto.randomUUID` is missing on plain http. */
export function newKey(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('')
}

/** Headers a contract asks for. */
function headersOf(contract: RouteContract, args: LooseArgs): Record<string, string> {
  const headers: Record<string, string> = { accept: 'application/json' }
  if (args.ifMatch !== undefined) headers['if-match'] = `"${args.ifMatch}"`
  if (contract.creates === true) headers['idempotency-key'] = args.idempotencyKey ?? newKey()
  return headers
}

/** Turns an answer that is not a success into the problem it carries. */
function problemFrom(status: number, text: string): Error {
  try {
    const body = JSON.parse(text) as Partial<Problem>
    if (typeof body.detail === 'string' && typeof body.code === 'string') {
      return new ProblemError({ type: 'about:blank', title: '', facts: {}, status, ...body } as Problem)
    }
  } catch {
    // Not JSON: a proxy's page. Treated by its status below.
  }
  return status >= 502 && status <= 504
    ? new NetworkError(`status ${status}`)
    : new ProblemError({
        type: 'about:blank',
        title: '',
        status,
        detail: `The server answered with status ${status} and no explanation.`,
        code: 'http.unexplained',
        facts: { status },
      })
}

/** Fetches an address; throws ProblemError when the server refuses, NetworkError when it does not answer. */
async function fetched(address: string, init: RequestInit): Promise<Response> {
  let response: Response
  try {
    response = await fetch(address, init)
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') throw error
    throw noteFailure(new NetworkError(error))
  }
  if (!response.ok) throw noteFailure(problemFrom(response.status, await response.text()))
  return response
}

/** Reads a JSON document of the server that is no route of the API. Throws as `call`. */
export async function readDocument(address: string, signal: AbortSignal): Promise<unknown> {
  return (await fetched(address, { signal })).json()
}

async function send(contract: RouteContract, args: LooseArgs): Promise<unknown> {
  const headers = headersOf(contract, args)
  const init: RequestInit = { method: contract.method, headers, credentials: 'same-origin' }
  if (args.signal !== undefined) init.signal = args.signal
  if (args.body instanceof File) {
    headers['content-type'] = 'application/octet-stream'
    init.body = args.body
  } else if (args.body !== undefined) {
    headers['content-type'] = 'application/json'
    init.body = JSON.stringify(args.body)
  }
  const response = await fetched(addressOf(contract, args), init)
  if (response.status === 204 || contract.response === null) return undefined
  return contract.response === 'file' ? response.blob() : response.json()
}

/**
 * Calls a route of the API.
 * @throws ProblemError when the server refuses, NetworkError when it does not answer
 */
export async function call<C extends RouteContract>(contract: C, args: CallArgs<C>): Promise<WireResponse<C>> {
  return (await send(contract, args as LooseArgs)) as WireResponse<C>
}

/**
 * Uploads a file with progress (0–1), streaming it from disk; what is said about it stands in the query.
 * @throws ProblemError when the server refuses, NetworkError when the connection breaks
 */
export function upload<C extends RouteContract>(
  contract: C,
  args: Omit<CallArgs<C>, 'body'> & {
    file: File
    onProgress?: (part: number) => void
  },
): Promise<WireResponse<C>> {
  const { file, onProgress, ...rest } = args
  const loose = rest as LooseArgs
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest()
    request.open(contract.method, addressOf(contract, loose))
    for (const [name, value] of Object.entries(headersOf(contract, loose))) request.setRequestHeader(name, value)
    request.upload.addEventListener('progress', (event) => {
      if (event.lengthComputable) onProgress?.(event.loaded / event.total)
    })
    request.addEventListener('load', () => {
      if (request.status < 200 || request.status > 299)
        reject(noteFailure(problemFrom(request.status, request.responseText)))
      else resolve((request.status === 204 ? undefined : JSON.parse(request.responseText)) as WireResponse<C>)
    })
    request.addEventListener('error', () => reject(noteFailure(new NetworkError())))
    request.addEventListener('abort', () => reject(new DOMException('aborted', 'AbortError')))
    loose.signal?.addEventListener('abort', () => request.abort())
    request.setRequestHeader('content-type', 'application/octet-stream')
    request.send(file)
  })
}

/** The one query cache. Refusals are answers and are not retried; a silent server is, twice. */
export function newQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: 15_000,
        retry: (count, error) => isOutage(error) && count < 2,
        refetchOnWindowFocus: true,
      },
      mutations: { retry: false },
    },
  })
}

/** Query options of a read route, for loaders (`queryClient.ensureQueryData(apiQuery(…))`) and hooks alike. */
export function apiQuery<C extends RouteContract>(contract: C, args: CallArgs<C>) {
  const loose = args as LooseArgs
  const scope = currentScope()
  const org = loose.org ?? scope.org
  const at = loose.at === undefined ? scope.at : loose.at
  return queryOptions({
    queryKey: [contract.name, org, contract.timeTravel === true ? at : null, loose.params ?? null, loose.query ?? null],
    queryFn: ({ signal }) =>
      send(contract, { ...loose, ...(org === null ? {} : { org }), at, signal }) as Promise<WireResponse<C>>,
  })
}

/** Adds the page's organization and date to the arguments. */
function useScoped<C extends RouteContract>(args: CallArgs<C>): CallArgs<C> {
  const { org, at } = useScope()
  return { ...(org === null ? {} : { org }), at, ...args }
}

/**
 * Reads a route in a page. Suspends until the data is there (the route's loader has usually fetched it); failures go
 * to the page's error boundary, so a page has no loading branch.
 */
export function useApi<C extends RouteContract>(contract: C, args: CallArgs<C>) {
  return useSuspenseQuery(apiQuery(contract, useScoped(args)))
}

/** Reads a route beside the page's main data: `data` is undefined until it arrives. */
export function useApiLater<C extends RouteContract>(contract: C, args: CallArgs<C>, enabled = true) {
  return useQuery({ ...apiQuery(contract, useScoped(args)), enabled })
}

interface Page {
  items: unknown[]
  next: string | null
  total: number
  can: Record<string, boolean>
}
type PageContract = RouteContract & { readonly response: z.ZodType<unknown, Page> }
type RowOf<C extends RouteContract> = WireResponse<C> extends { items: (infer Row)[] } ? Row : never
type CanOf<C extends RouteContract> = WireResponse<C> extends { can: infer Can } ? Can : never

/** A register read page by page, and what the caller may do in it. */
export interface Pages<Row, Can> {
  readonly can: Can | undefined
  readonly rows: readonly Row[]
  /** What RecordTable shows: `<RecordTable {...pages.table} />`. */
  readonly table: {
    readonly rows: readonly Row[]
    readonly total: number | undefined
    /** No page has arrived yet. */
    readonly loading: boolean
    readonly error: Error | null
    readonly next: { readonly has: boolean; readonly busy: boolean; readonly load: () => void }
    readonly retry: () => void
  }
}

// The first rows come at once; who scrolls on gets more at a time.
const firstPage = 200
const furtherPages = 1000

/** Reads a register page by page through `next`, keeping the old rows on screen while a new filter loads. */
export function useApiPages<C extends PageContract>(contract: C, args: CallArgs<C>): Pages<RowOf<C>, CanOf<C>> {
  const scoped = useScoped(args) as LooseArgs
  const base = apiQuery(contract, scoped as CallArgs<C>)
  const query = useInfiniteQuery({
    queryKey: [...base.queryKey, 'pages'],
    initialPageParam: null as string | null,
    queryFn: ({ pageParam, signal }) =>
      send(contract, {
        ...scoped,
        signal,
        query: {
          limit: pageParam === null ? firstPage : furtherPages,
          ...scoped.query,
          ...(pageParam === null ? {} : { cursor: pageParam }),
        },
      }) as Promise<Page>,
    getNextPageParam: (last: Page) => last.next,
    placeholderData: (previous) => previous,
    // A register that is not the reader's to see has no page: no empty table, no filters.
    throwOnError: (error: Error) => isForbidden(error),
    // Coming back to the window reads a long list again only from its start, when it is opened next.
    refetchOnWindowFocus: ({ state }) => (state.data?.pages.length ?? 0) < 3,
  })
  const pages = query.data?.pages
  const rows = useMemo(() => pages?.flatMap((page) => page.items as RowOf<C>[]) ?? [], [pages])
  const { hasNextPage, isFetchingNextPage, fetchNextPage, refetch } = query
  return {
    can: pages?.[0]?.can as CanOf<C> | undefined,
    rows,
    table: {
      rows,
      total: pages?.[0]?.total,
      loading: query.isPending,
      error: query.error,
      next: {
        has: hasNextPage,
        busy: isFetchingNextPage,
        load: () => {
          if (hasNextPage && !isFetchingNextPage) void fetchNextPage()
        },
      },
      retry: () => void refetch(),
    },
  }
}

/** Which queries a write to a module makes stale: its own, history, overview, what needs attention, and those named. */
export function staleAfter(module: string, also: readonly string[]): (query: Pick<Query, 'queryKey'>) => boolean {
  const prefixes = [module, 'history.', 'overview.', 'attention.', 'waiting.', ...also]
  return ({ queryKey }) => prefixes.some((prefix) => String(queryKey[0]).startsWith(prefix))
}

const moduleOf = (contract: RouteContract): string => contract.name.split('.')[0] ?? contract.name

/**
 * Writes through a route. Afterwards everything read from the same module is read again, besides history and what
 * `invalidates` names: contracts, or prefixes such as `control.`.
 */
export function useCallApi<C extends RouteContract>(
  contract: C,
  options: {
    invalidates?: readonly (RouteContract | string)[]
    onDone?: (result: WireResponse<C>) => void
  } = {},
): UseMutationResult<WireResponse<C>, Error, CallArgs<C>> {
  const client = useQueryClient()
  const { org } = useScope()
  const readAgain = (): Promise<void> => {
    const also = (options.invalidates ?? []).map((one) => (typeof one === 'string' ? one : one.name))
    return client.invalidateQueries({ predicate: staleAfter(`${moduleOf(contract)}.`, also) })
  }
  const attempt = useRef<{ asked: string; key: string } | null>(null)
  return useMutation({
    mutationFn: (args: CallArgs<C>) => {
      const asked = JSON.stringify(args)
      // The same again after a failure: the first may have arrived all the same, and must not happen twice.
      if (attempt.current?.asked !== asked) attempt.current = { asked, key: newKey() }
      return call(contract, { ...(org === null ? {} : { org }), idempotencyKey: attempt.current.key, ...args })
    },
    onSuccess: async (result) => {
      attempt.current = null
      await readAgain()
      options.onDone?.(result)
    },
    // Somebody else was faster: the page reads what they saved, and its form shows what differs.
    onError: async (error) => {
      if (isConflict(error)) await readAgain()
    },
  })
}
