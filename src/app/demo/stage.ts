import type { FastifyInstance } from 'fastify'
import type { Id } from '#kernel/id.ts'
import { addDays, type Instant, type LocalDate } from '#kernel/time.ts'
import { directory } from '#modules/people/server/directory.ts'
import type { RouteContract, WireBody, WireParams, WireQuery, WireResponse } from '#platform/contract/route.ts'
import type { Problem } from '#platform/contract/schemas.ts'
import type { Database } from '#platform/db/database.ts'
import { platformTransaction } from '#platform/db/transaction.ts'
import type { FileStore } from '#platform/files/file-store.ts'
import { createServer } from '#platform/http/server.ts'
import { endSession, openSession } from '#platform/identity/accounts.ts'
import { modules } from '../modules.ts'
import { roleTable } from '../role-table.ts'
import type { Services } from '../services.ts'

/** Length of the story in days: fourteen months, the last of them yesterday. */
export const lastDay = 425

/** Short name of the demo organization. */
export const demoSlug = 'demo'

interface CallArgs<C extends RouteContract> {
  readonly params?: WireParams<C>
  readonly query?: WireQuery<C>
  readonly body?: WireBody<C>
  readonly version?: number
  readonly file?: Uint8Array
}

/** The installation as the people of the demo see it: an API, and a clock that runs through fourteen months. */
export interface Stage {
  readonly db: Database
  readonly clock: () => Instant
  /** The calendar day of a day of the story; 0 is the first, `lastDay` is today. */
  date(day: number): LocalDate
  /** Moves the clock on to the morning of a day, a weekend's to the Friday before. It never runs backwards. */
  goTo(day: number): void
  /** Lets half a minute pass; every call does. */
  pause(): void
  /** Gives somebody who may sign in a name by which `act` knows them. */
  enter(key: string, accountId: Id<'account'>): void
  /** Calls the API as somebody; a refusal ends the load, since the story holds no refused act. */
  act<C extends RouteContract>(who: string, contract: C, args?: CallArgs<C>): Promise<WireResponse<C>>
  close(): Promise<void>
}

interface Visitor {
  readonly accountId: Id<'account'>
  session: { readonly token: string; readonly until: number } | null
}

// Sessions end after a week without use; a new one is opened well before.
const sessionMillis = 5 * 86_400_000
// People take some time from one act to the next.
const pauseMillis = 31_000

/** Opens the stage: the same server as ever, without a port, whose clock the story moves. */
export async function openStage(parts: {
  readonly db: Database
  readonly files: FileStore
  readonly url: URL
  readonly today: LocalDate
}): Promise<Stage> {
  const { db, files, url, today } = parts
  const date = (day: number): LocalDate => addDays(today, day - lastDay)
  let millis = Date.parse(`${date(0)}T07:30:00.000Z`)
  const clock = (): Instant => new Date(millis).toISOString() as Instant
  const http = await createServer<Services>({
    db,
    clock,
    roleTable,
    useCases: modules.flatMap((one) => one.useCases),
    records: modules.flatMap((one) => one.records),
    services: { files, directory, mail: null, url, demo: false, demoLoader: null, roleTable, appVersion: 'demo' },
    url,
    trustProxy: false,
    logLevel: 'silent',
  })
  const visitors = new Map<string, Visitor>()

  async function cookieOf(who: string): Promise<string> {
    const visitor = visitors.get(who)
    if (!visitor) throw new Error(`Nobody called “${who}” has entered the demo.`)
    if (visitor.session === null || visitor.session.until <= millis) {
      const { token } = await platformTransaction(db, clock, async (tx) => {
        await endSession(tx, visitor.session?.token ?? null)
        return openSession(tx, visitor.accountId)
      })
      visitor.session = { token, until: millis + sessionMillis }
    }
    return `plumbline_session=${visitor.session.token}`
  }

  return {
    db,
    clock,
    date,
    goTo(day) {
      const weekday = new Date(`${date(day)}T00:00:00.000Z`).getUTCDay()
      const back = weekday === 6 ? 1 : weekday === 0 ? 2 : 0
      millis = Math.max(millis, Date.parse(`${date(day - back)}T07:30:00.000Z`))
    },
    pause() {
      millis += pauseMillis
    },
    enter(key, accountId) {
      visitors.set(key, { accountId, session: null })
    },
    async act(who, contract, args = {}) {
      millis += pauseMillis
      return send(http, await cookieOf(who), who, contract, args)
    },
    async close() {
      await platformTransaction(db, clock, async (tx) => {
        for (const { session } of visitors.values()) await endSession(tx, session?.token ?? null)
      })
      await http.close()
    },
  }
}

async function send<C extends RouteContract>(
  http: FastifyInstance,
  cookie: string,
  who: string,
  contract: C,
  { params, query, body, version, file }: CallArgs<C>,
): Promise<WireResponse<C>> {
  const given = (params ?? {}) as Readonly<Record<string, string>>
  const path = contract.path
    .replace(':org', demoSlug)
    .replaceAll(/:(\w+)/g, (_, key: string) => encodeURIComponent(given[key] ?? ''))
  const response = await http.inject({
    method: contract.method,
    url: `/api/v1${path}`,
    ...(query ? { query: query as Record<string, string> } : {}),
    headers: {
      cookie,
      ...(version === undefined ? {} : { 'if-match': `"${version}"` }),
      ...(file === undefined ? {} : { 'content-type': 'application/octet-stream' }),
    },
    ...(body === undefined ? {} : { payload: body as object }),
    ...(file === undefined ? {} : { payload: Buffer.from(file) }),
  })
  const answer: unknown = response.body === '' ? null : JSON.parse(response.body)
  if (response.statusCode >= 300) {
    const { detail, errors } = answer as Problem
    throw new Error(`${contract.name} as ${who} was refused: ${detail ?? ''} ${JSON.stringify(errors ?? '')}`)
  }
  return answer as WireResponse<C>
}
