import pg from 'pg'
import { ok, type Result, refuse } from '#kernel/result.ts'
import { appRole, type DatabaseAccess } from './connection.ts'

/** Oldest release Plumbline's migrations run on. */
const oldestMajor = 18

/** What a server says about itself and about the role it was entered with. */
export interface ServerFacts {
  /** `server_version_num`: 180004 is 18.4. */
  readonly version: number
  readonly encoding: string
  readonly database: string
  readonly role: string
  readonly superuser: boolean
  readonly bypassRls: boolean
  readonly mayCreateRoles: boolean
  readonly mayCreateSchemas: boolean
  /** null: there is no role of that name. */
  readonly app: { readonly superuser: boolean; readonly bypassRls: boolean; readonly maySet: boolean } | null
}

/**
 * Checks a PostgreSQL of one's own before it is used, and makes the role `app` there when the given role may.
 * Requests enter through the same URL and turn into `app` at once, so that row-level security binds them; a role that
 * is above row-level security is refused.
 * Refusals never repeat the URL, which may hold a password.
 * @param url as `readConfig` gives it: a valid URL with a host
 */
export async function checkExternalPostgres(url: string): Promise<Result<DatabaseAccess>> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 10_000 })
  // The error also rejects the query that was running.
  client.on('error', () => undefined)
  try {
    await client.connect()
    const before = await readFacts(client)
    if (before.app === null && before.mayCreateRoles && judgeServer({ ...before, app: boundRole }).ok) {
      await client.query(`create role ${appRole} nologin; grant ${appRole} to current_user`)
    }
    const judged = judgeServer(await readFacts(client))
    return judged.ok ? ok(externalAccess(url)) : judged
  } catch (error) {
    return unreachable(url, error)
  } finally {
    await client.end().catch(() => undefined)
  }
}

const boundRole = { superuser: false, bypassRls: false, maySet: true }

/** Whether a server and the role it was entered with will do; pure, so that every sentence can be tested. */
export function judgeServer(facts: ServerFacts): Result<void> {
  const { role, database } = facts
  if (Math.floor(facts.version / 10_000) < oldestMajor) {
    const found = `${Math.floor(facts.version / 10_000)}.${facts.version % 10_000}`
    return refuse(
      'postgres.version_too_old',
      `DATABASE_URL leads to PostgreSQL ${found}; Plumbline needs ${oldestMajor} or later. Upgrade the server, or leave DATABASE_URL unset to use the embedded one.`,
      { found, needed: oldestMajor },
    )
  }
  if (facts.encoding !== 'UTF8') {
    return refuse(
      'postgres.wrong_encoding',
      `Database ${database} in DATABASE_URL has the encoding ${facts.encoding}; Plumbline needs UTF8. Make one with: create database ${database} encoding 'UTF8' template template0`,
      { database, found: facts.encoding },
    )
  }
  const above = facts.superuser ? 'a superuser' : facts.bypassRls ? 'allowed to bypass row-level security' : null
  if (above !== null) {
    return refuse(
      'postgres.role_above_security',
      `Role ${role} in DATABASE_URL is ${above}, so nothing in the database would keep organizations apart. Use a role of its own: create role plumbline login password '…' nosuperuser nobypassrls; alter database ${database} owner to plumbline`,
      { role, database },
    )
  }
  if (facts.app === null || !facts.app.maySet) {
    const missing =
      facts.app === null
        ? `has no role ${appRole}, and ${role} may not create it`
        : `does not let ${role} become ${appRole}`
    const create = facts.app === null ? `create role ${appRole} nologin nosuperuser nobypassrls; ` : ''
    return refuse(
      'postgres.app_role_missing',
      `The server in DATABASE_URL ${missing}. Requests run as ${appRole} so that row-level security binds them. As an administrator of the server run: ${create}grant ${appRole} to ${role}`,
      { role, appRole },
    )
  }
  if (facts.app.superuser || facts.app.bypassRls) {
    return refuse(
      'postgres.app_role_above_security',
      `Role ${appRole} on the server in DATABASE_URL is above row-level security, so nothing in the database would keep organizations apart. As an administrator run: alter role ${appRole} nosuperuser nobypassrls`,
      { appRole },
    )
  }
  if (!facts.mayCreateSchemas) {
    return refuse(
      'postgres.may_not_create',
      `Role ${role} in DATABASE_URL may not create schemas in database ${database}, which the migrations need. As an administrator run: grant create on database ${database} to ${role}; alter schema public owner to ${role}`,
      { role, database },
    )
  }
  return ok(undefined)
}

async function readFacts(client: pg.Client): Promise<ServerFacts> {
  const { rows } = await client.query<ServerFacts>(
    `select current_setting('server_version_num')::int as version,
            current_setting('server_encoding') as encoding,
            current_database() as database,
            me.rolname as role, me.rolsuper as superuser, me.rolbypassrls as "bypassRls",
            me.rolcreaterole as "mayCreateRoles",
            has_database_privilege(me.rolname, current_database(), 'CREATE')
              and has_schema_privilege(me.rolname, 'public', 'CREATE') as "mayCreateSchemas",
            (select jsonb_build_object('superuser', a.rolsuper, 'bypassRls', a.rolbypassrls,
                      'maySet', pg_has_role(me.rolname, a.oid,
                        case when current_setting('server_version_num')::int < 160000 then 'MEMBER' else 'SET' end))
             from pg_roles a where a.rolname = $1) as app
     from pg_roles me where me.rolname = session_user`,
    [appRole],
  )
  const [facts] = rows
  if (facts === undefined) throw new Error('the server does not know the role of its own session')
  return facts
}

function externalAccess(url: string): DatabaseAccess {
  const asApp = new URL(url)
  const options = asApp.searchParams.get('options')
  asApp.searchParams.set('options', `${options === null ? '' : `${options} `}-c role=${appRole}`)
  return { owner: { connectionString: url }, app: { connectionString: asApp.href } }
}

function unreachable(url: string, error: unknown): ReturnType<typeof refuse> {
  if (!(error instanceof Error)) throw error
  const { hostname, port, pathname, searchParams } = new URL(url)
  const code = 'code' in error ? String(error.code) : ''
  const host = searchParams.get('host') ?? hostname
  const where = `${host}${port === '' ? '' : `:${port}`}, database ${pathname.slice(1)}`
  // An error of several attempts (one per address) has an empty message of its own.
  const said = error.message || code
  return refuse(
    'postgres.unreachable',
    `The server in DATABASE_URL (${where}) cannot be used: ${said}. Check that it runs, that this machine may connect, and that name and password are right.`,
    { code },
  )
}
