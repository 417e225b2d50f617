import type { Change, RecordRow } from '#kernel/change.ts'
import { type Id, newId } from '#kernel/id.ts'
import type { Result } from '#kernel/result.ts'
import { type Clock, dateAt, type Instant } from '#kernel/time.ts'
import { type Grant, grantFor, type OrgFacts, type Permission } from '#platform/access/policy.ts'
import { contentHash, type LedgerActor } from '#platform/ledger/content.ts'
import type { RecordType } from '#platform/ledger/record-type.ts'
import { orRefuse, RefusalError } from '#platform/refusal/refusal-error.ts'
import { isConnectionLost } from './connection-lost.ts'
import { type Connection, connectionOn, type Database, type Query, snake, statement } from './database.ts'

/** A transaction outside any organization: platform tables only. */
export interface PlatformTx extends Connection {
  readonly now: Instant
}

/** A transaction with one organization in scope. Rows of any other do not exist in it. */
export interface Tx extends Connection {
  /** The moment rules go by: that of the clock, or the one a read is bound to. */
  readonly now: Instant
  /** The moment by the clock; the same as `now`, except in a read that is bound to an earlier one. */
  readonly startedAt: Instant
  readonly org: OrgFacts
  /** The ledger sequence reads are bound to; null for the live state. */
  readonly asOf: number | null
  /** Whether this transaction may write; one that only reads can lock nothing either. */
  readonly writes: boolean
  /** Loads a record of this organization; refuses with `<type>.not_found`. */
  get<Row extends RecordRow>(type: RecordType<Row>, id: Id): Promise<Row>
  find<Row extends RecordRow>(type: RecordType<Row>, id: Id): Promise<Row | undefined>
  /**
   * Loads and locks a record for writing and narrows the permission to it. With `version` the caller must have seen
   * that version: otherwise `conflict.version` says who should look again.
   */
  lock<Row extends RecordRow>(
    permission: Permission,
    type: RecordType<Row>,
    id: Id,
    version?: number | null,
  ): Promise<{ row: Row; grant: Grant }>
  /** Locks a further record under a grant already held, for changes that touch several. */
  lockWith<Row extends RecordRow>(grant: Grant, type: RecordType<Row>, id: Id): Promise<Row>
  /** The next human reference of a register: `R-13`. The counter is locked until the transaction ends. */
  nextRef(grant: Grant, prefix: string, count?: number): Promise<string>
  /** Writes rows and ledger entries together. The only way to write. Accepts results: a refusal writes nothing. */
  commit(grant: Grant, changes: Commitable): Promise<void>
  /**
   * Commits, and has `read` look at what was written, in the same flight: its statements follow those of the changes
   * without waiting for them. What is refused or fails in writing is what the caller learns.
   */
  commitAndRead<T>(grant: Grant, changes: Commitable, read: () => Promise<T>): Promise<T>
  newId<Type extends string>(): Id<Type>
}

type Commitable = Change | Result<Change> | readonly (Change | Result<Change>)[]

interface Session {
  readonly connection: Connection
  finish(): Promise<void>
}

async function begin(
  db: Database,
  mode: 'read' | 'write',
  asOf: () => boolean,
): Promise<Session & { fail: () => void }> {
  const client = await db.pool.connect()
  const connection = connectionOn(db, client, { asOf })
  const begun = client.query(mode === 'read' ? 'begin isolation level repeatable read read only' : 'begin')
  begun.catch(() => undefined)
  let released = false
  const release = (error?: Error): void => {
    if (!released) client.release(error)
    released = true
  }
  return {
    connection,
    async finish() {
      await begun
      const done = client.query('commit')
      if (mode === 'read') {
        // Nothing to lose: the answer can leave before the connection is back.
        done.then(() => release(), release)
        return
      }
      const { command } = await done.catch((error: unknown) => {
        throw isConnectionLost(error) ? outcomeUnknown() : error
      })
      release()
      // A pipelined failure leaves the transaction aborted: COMMIT then answers ROLLBACK without an error.
      if (command !== 'COMMIT') throw new Error('The transaction was rolled back.')
    },
    fail() {
      client.query('rollback').then(
        () => release(),
        (error: Error) => release(error),
      )
    },
  }
}

// The connection broke between COMMIT and its answer: all of it was written, or nothing.
function outcomeUnknown(): RefusalError {
  return new RefusalError({
    code: 'service.outcome_unknown',
    message:
      'The connection to the database broke at the moment of saving. Either all of it was saved or nothing: look before you repeat it. A creation repeated with the same Idempotency-Key happens once.',
    facts: {},
  })
}

/** Runs `work` in a transaction without an organization. */
export async function platformTransaction<T>(
  db: Database,
  clock: Clock,
  work: (tx: PlatformTx) => Promise<T>,
  mode: 'read' | 'write' = 'write',
): Promise<T> {
  const session = await begin(db, mode, () => false)
  try {
    const result = await work({ ...session.connection, now: clock() })
    await session.finish()
    return result
  } catch (error) {
    session.fail()
    throw error
  }
}

/** Finds the organization to put in scope, on the connection of the transaction; null ends with `unscoped`. */
export type ScopeOpener<S extends { org: OrgFacts }> = (tx: PlatformTx) => Promise<S>

/** `at`: the instant reads are bound to, once the scope (and so the time zone) is known; null for the live state. */
export interface TransactionOptions<S> {
  readonly mode: 'read' | 'write'
  readonly at?: (scope: S) => Instant | null
}

/**
 * Runs `work` with one organization in scope. `open` must have put it there (`identity.open_scope`), so that the scope
 * comes from the credential. With `at`, every table reads as it was at that instant.
 */
export async function transaction<S extends { org: OrgFacts }, T>(
  db: Database,
  clock: Clock,
  open: ScopeOpener<S>,
  options: TransactionOptions<S>,
  work: (tx: Tx, scope: S) => Promise<T>,
): Promise<T> {
  let asOf: number | null = null
  const session = await begin(db, options.mode, () => asOf !== null)
  try {
    const now = clock()
    const scope = await open({ ...session.connection, now })
    const at = options.at?.(scope) ?? null
    if (at !== null) asOf = await travelTo(session.connection, scope.org, at)
    const result = await work(
      scoped(db, session.connection, scope.org, {
        startedAt: now,
        now: at ?? now,
        asOf,
        writes: options.mode === 'write',
      }),
      scope,
    )
    await session.finish()
    return result
  } catch (error) {
    session.fail()
    throw error
  }
}

async function travelTo(connection: Connection, org: OrgFacts, at: Instant): Promise<number> {
  const found = await connection.first<{ seq: number }>(
    // Instants of a ledger never go back, so the last one by instant is the last one by number, and an index finds it.
    statement('select seq from ledger_entry where org_id = $1 and at <= $2 order by at desc, seq desc limit 1', [
      org.id,
      at,
    ]),
  )
  if (!found) await refuseBeforeRecords(connection, org, at)
  const seq = found?.seq ?? 0
  await connection.rows(
    statement(`select set_config('app.seq', $1, true), set_config('search_path', 'asof, public', true)`, [String(seq)]),
  )
  return seq
}

// Before its first entry an organization has no state that could be shown: an empty register would claim one.
async function refuseBeforeRecords(connection: Connection, org: OrgFacts, at: Instant): Promise<void> {
  const first = await connection.first<{ at: Instant }>(
    statement('select at from ledger_entry where org_id = $1 order by seq limit 1', [org.id]),
  )
  if (!first) return
  const asked = dateAt(at, org.timeZone)
  const since = dateAt(first.at, org.timeZone)
  throw new RefusalError({
    code: 'request.before_records',
    message: `${org.name} has no records of ${asked}: they begin on ${since}. Choose that day or a later one.`,
    facts: { asked, since },
    field: 'at',
  })
}

function scoped(
  db: Database,
  connection: Connection,
  org: OrgFacts,
  { now, startedAt, asOf, writes }: Pick<Tx, 'now' | 'startedAt' | 'asOf' | 'writes'>,
): Tx {
  const find = async <Row extends RecordRow>(type: RecordType<Row>, id: Id, lock = ''): Promise<Row | undefined> =>
    connection.first<Row>(statement(`select * from ${type.type} where org_id = $1 and id = $2${lock}`, [org.id, id]))

  const get = async <Row extends RecordRow>(type: RecordType<Row>, id: Id, lock = ''): Promise<Row> => {
    const row = await find(type, id, lock)
    if (row) return row
    throw new RefusalError({
      code: `${type.type}.not_found`,
      message: `There is no such ${type.noun} in ${org.name}.`,
      facts: {},
    })
  }

  const commit = async (grant: Grant, changes: Commitable): Promise<void> => {
    requireGrant(grant, org)
    const list = (Array.isArray(changes) ? changes : [changes]) as readonly (Change | Result<Change>)[]
    await write(
      db,
      connection,
      grant,
      org,
      now,
      list.map((item) => ('ok' in item ? orRefuse(item) : item)),
    )
  }

  return {
    ...connection,
    now,
    startedAt,
    org,
    asOf,
    writes,
    find,
    get,
    newId: () => newId(new Date(now).getTime()),
    async lock(permission, type, id, version) {
      const row = await get(type, id, ' for update')
      const grant = orRefuse(grantFor(permission, type.owners(row)))
      if (version !== undefined && version !== null && row.version !== version) {
        throw new RefusalError({
          code: 'conflict.version',
          message: `This ${type.noun} was changed by someone else meanwhile (version ${row.version}, you have ${version}). Look at the change, then save again.`,
          facts: { current: row.version, given: version },
        })
      }
      return { row, grant }
    },
    lockWith: (grant, type, id) => {
      requireGrant(grant, org)
      return get(type, id, ' for update')
    },
    async nextRef(grant, prefix, count = 1) {
      requireGrant(grant, org)
      const row = await connection.first<{ last: number }>(
        statement(
          `insert into ref_counter (org_id, prefix, last) values ($1, $2, $3)
           on conflict (org_id, prefix) do update set last = ref_counter.last + $3 returning last`,
          [org.id, prefix, count],
        ),
      )
      return `${prefix}-${(row?.last ?? count) - count + 1}`
    },
    commit,
    async commitAndRead(grant, changes, read) {
      const written = commit(grant, changes)
      const found = read()
      // When writing fails, reading fails after it and has nothing to add.
      found.catch(() => undefined)
      await written
      return found
    },
  }
}

function requireGrant(grant: Grant, org: OrgFacts): void {
  if (grant.actor.org.id !== org.id) throw new Error('A grant of one organization was used in another.')
}

const chunk = 500

// One flight: the row statements of each table in order of first appearance, then the ledger entries.
async function write(
  db: Database,
  connection: Connection,
  grant: Grant,
  org: OrgFacts,
  now: Instant,
  changes: readonly Change[],
): Promise<void> {
  if (changes.length === 0) return
  const tx = newId(new Date(now).getTime())
  const actor: LedgerActor = { kind: grant.actor.kind, id: grant.actor.id, name: grant.actor.name }
  const groups = new Map<string, { insert: boolean; type: string; images: object[] }>()
  const entries = changes.map((change) => {
    if (change.after.orgId !== org.id) throw new Error(`A change of ${change.type} belongs to another organization.`)
    const after = image(db, change.type, change.after)
    const before = change.before === null ? null : image(db, change.type, change.before)
    // Records changed twice in one transaction need their updates in order, so the version is part of the key.
    const key = `${change.type} ${change.before === null ? 'insert' : 'update'} ${change.after.version}`
    const group = groups.get(key) ?? { insert: change.before === null, type: change.type, images: [] }
    group.images.push(after)
    groups.set(key, group)
    const { action, reason } = change
    const content = contentHash({ actor, action, type: change.type, id: change.after.id, before, after, reason, tx })
    return { action, type: change.type, id: change.after.id, before, after, reason, content }
  })
  const flight: Promise<void>[] = []
  for (const { insert, type, images } of groups.values()) {
    for (let i = 0; i < images.length; i += chunk) {
      flight.push(writeRows(db, connection, type, insert, images.slice(i, i + chunk)))
    }
  }
  for (let i = 0; i < entries.length; i += chunk) {
    flight.push(
      connection
        .rows(
          statement('select ledger_append($1, $2, $3, $4) as seq', [
            now,
            tx,
            JSON.stringify(actor),
            JSON.stringify(entries.slice(i, i + chunk)),
          ]),
        )
        .then(() => undefined),
    )
  }
  const results = await Promise.allSettled(flight)
  // The first failure is the cause; those after it only say that the transaction is aborted.
  for (const result of results) if (result.status === 'rejected') throw result.reason
}

async function writeRows(
  db: Database,
  connection: Connection,
  type: string,
  insert: boolean,
  images: object[],
): Promise<void> {
  const columns = columnsOf(db, type)
  const list = columns.join(', ')
  const source = `jsonb_populate_recordset(null::public.${type}, $1)`
  const text = insert
    ? `insert into public.${type} (${list}) select ${list} from ${source}`
    : `update public.${type} t set (${list}) = row(${columns.map((name) => `x.${name}`).join(', ')})
       from ${source} x where t.org_id = x.org_id and t.id = x.id and t.version = x.version - 1`
  const count = await connection.count(statement(text, [JSON.stringify(images)]) as Query<unknown>)
  if (count !== images.length) {
    throw new RefusalError({
      code: 'conflict.version',
      message: 'The record was changed by someone else meanwhile. Look at the change, then save again.',
      facts: {},
    })
  }
}

function columnsOf(db: Database, type: string): readonly string[] {
  const columns = db.columns.get(type)
  if (!columns) throw new Error(`There is no table ${type}.`)
  return columns
}

// The row as its table's columns. Every column must be named: a forgotten one would silently become null.
function image(db: Database, type: string, row: RecordRow): Record<string, unknown> {
  const columns = columnsOf(db, type)
  const out: Record<string, unknown> = {}
  for (const [key, value] of Object.entries(row)) out[snake(key)] = value ?? null
  const keys = Object.keys(out)
  if (keys.length !== columns.length || !columns.every((name) => name in out)) {
    const missing = columns.filter((name) => !(name in out))
    const extra = keys.filter((name) => !columns.includes(name))
    throw new Error(
      `Row of ${type} does not fit its table: missing [${missing.join(', ')}], unknown [${extra.join(', ')}].`,
    )
  }
  return out
}
