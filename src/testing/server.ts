import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { FastifyInstance } from 'fastify'
import type { PoolConfig } from 'pg'
import { modules } from '#app/modules.ts'
import { roleTable } from '#app/role-table.ts'
import type { Services } from '#app/services.ts'
import { newId, toWireId } from '#kernel/id.ts'
import type { Instant } from '#kernel/time.ts'
import { addPerson } from '#modules/people/domain/person.ts'
import { directory } from '#modules/people/server/directory.ts'
import { systemGrant } from '#platform/access/policy.ts'
import type { Role } from '#platform/access/roles.ts'
import type { RouteContract, WireResponse } from '#platform/contract/route.ts'
import { platformTransaction, type Tx, transaction } from '#platform/db/transaction.ts'
import { createFileStore, type FileStore } from '#platform/files/file-store.ts'
import { createServer } from '#platform/http/server.ts'
import { createAccount, openSession } from '#platform/identity/accounts.ts'
import { addMembership, createOrganization, newOrganizationScope } from '#platform/identity/organizations.ts'
import { openSystemScope, secretHash } from '#platform/identity/scope.ts'
import { orRefuse } from '#platform/refusal/refusal-error.ts'
import { type Answer, type Args, bodyOf, callRoute, type Downloaded, downloadRoute } from './call.ts'
import { type TestDatabase, testDatabase } from './database.ts'

export type { Answer } from './call.ts'

/** Somebody signed in to one organization, who calls the API as a browser would. */
export interface TestActor {
  readonly name: string
  readonly personId: string
  readonly cookie: string
  readonly org: string
  call<C extends RouteContract>(contract: C, args?: Args<C>): Promise<Answer<WireResponse<C>>>
  /** The body, and a failed test when the call was refused. */
  done<C extends RouteContract>(contract: C, args?: Args<C>): Promise<WireResponse<C>>
  download<C extends RouteContract>(contract: C, args?: Args<C>): Promise<Downloaded>
}

/** A server on a database of its own, with a clock that tests move. */
export interface TestServer {
  readonly t: TestDatabase
  readonly http: FastifyInstance
  readonly clock: { now: Instant }
  /** A store of its own, in a temporary folder. */
  readonly files: FileStore
  /** Statements since the last reset, session and transaction control left out. */
  readonly statements: { texts: string[] }
  organization(slug: string): Promise<void>
  actor(org: string, name: string, roles: readonly Role[]): Promise<TestActor>
  /** Runs something in an organization as the system. */
  inside<T>(org: string, work: (tx: Tx) => Promise<T>): Promise<T>
  close(): Promise<void>
}

const control =
  /^(begin|commit|rollback|select \* from identity\.open_scope|select set_config|select coalesce\(max\(seq\))/

/** What a test may want otherwise than usual. */
interface TestServerOptions {
  readonly url?: URL
  /** Another way to the database than the direct one. */
  readonly through?: (app: PoolConfig) => Promise<PoolConfig>
  /** Receives every line of the log, at its most talkative. */
  readonly log?: { write(line: string): void }
}

export async function testServer(
  services: Partial<Services> = {},
  options: TestServerOptions = {},
): Promise<TestServer> {
  const t = await testDatabase(options.through)
  const folder = await mkdtemp(join(tmpdir(), 'plumbline-files-'))
  const files = await createFileStore({ kind: 'local', folder, keepFree: 0 })
  const clock = { now: '2026-03-02T09:00:00.000Z' as Instant }
  const tick = (): Instant => clock.now
  const statements = { texts: [] as string[] }
  t.db.onStatement = (text) => {
    if (!control.test(text)) statements.texts.push(text)
  }
  const url = options.url ?? new URL('http://127.0.0.1:7270')
  const http = await createServer<Services>({
    db: t.db,
    clock: tick,
    roleTable,
    useCases: modules.flatMap((one) => one.useCases),
    services: {
      files,
      directory,
      mail: null,
      url,
      demo: false,
      demoLoader: null,
      roleTable,
      appVersion: '0.0.0',
      ...services,
    },
    records: modules.flatMap((one) => one.records),
    url,
    trustProxy: false,
    logLevel: options.log ? 'trace' : 'silent',
    ...(options.log ? { logStream: options.log } : {}),
  })
  const system = { kind: 'system', id: null, name: 'test', personId: null, roles: [] } as const
  const inside = <T>(org: string, work: (tx: Tx) => Promise<T>): Promise<T> =>
    transaction(t.db, tick, openSystemScope(org, system), { mode: 'write' }, work)
  return {
    t,
    http,
    clock,
    files,
    statements,
    inside,
    async organization(slug) {
      const fields = {
        slug,
        name: `${slug} Ltd`,
        sector: 'software',
        size: '51-250',
        language: 'en',
        currency: 'EUR',
        timeZone: 'Europe/Berlin',
        demo: false,
      }
      const id = newId<'org'>(Date.parse(clock.now))
      await transaction(t.db, tick, newOrganizationScope(id, fields), { mode: 'write' }, async (tx) => {
        await createOrganization(tx, fields, 'set-up')
      })
    },
    async actor(org, name, roles) {
      const email = `${name.toLowerCase().replaceAll(' ', '.')}@${org}.example`
      const accountId = await platformTransaction(t.db, tick, (tx) =>
        createAccount(tx, { email, name, locale: 'en', passwordHash: null }),
      )
      const { token } = await platformTransaction(t.db, tick, (tx) => openSession(tx, accountId))
      const personId = await inside(org, async (tx) => {
        const grant = systemGrant(tx.org, 'set-up')
        const key = { id: tx.newId<'person'>(), orgId: tx.org.id, ref: await tx.nextRef(grant, 'P') }
        const fields = {
          name,
          email,
          jobTitle: '',
          kind: 'employee',
          teamId: null,
          managerId: null,
          startedOn: null,
          note: '',
        } as const
        await tx.commit(grant, orRefuse(addPerson(key, fields)))
        await addMembership(tx, null, { accountId, email, name, personId: key.id, roles, expiresAt: null })
        return key.id
      })
      // The clock moves by months in tests; the session of an actor is kept alive under it.
      const stayAwake = async (): Promise<void> => {
        await t.db.pool.query(
          `update identity.session set seen_at = $1::timestamptz, expires_at = $1::timestamptz + interval '1 day' where token_hash = $2`,
          [clock.now, secretHash(token)],
        )
      }
      return actorOf(http, org, name, toWireId('person', personId), `plumbline_session=${token}`, stayAwake)
    },
    async close() {
      await http.close()
      await t.close()
      files.close()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

function actorOf(
  http: FastifyInstance,
  org: string,
  name: string,
  personId: string,
  cookie: string,
  stayAwake: () => Promise<void>,
): TestActor {
  const call = async <C extends RouteContract>(contract: C, args: Args<C> = {}): Promise<Answer<WireResponse<C>>> => {
    await stayAwake()
    return callRoute(http, contract, org, { ...args, headers: { cookie, ...args.headers } })
  }
  return {
    name,
    personId,
    cookie,
    org,
    call,
    async done(contract, args) {
      return bodyOf(`${contract.name} as ${name}`, await call(contract, args))
    },
    async download(contract, args = {}) {
      await stayAwake()
      return downloadRoute(http, contract, org, { ...args, headers: { cookie, ...args.headers } })
    },
  }
}
