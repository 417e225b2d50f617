import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { EventEmitter, once } from 'node:events'
import {
  chmodSync,
  chownSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { createInterface } from 'node:readline'
import pg from 'pg'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { ok } from '#kernel/result.ts'
import { findBinaries, locateInstalled } from './binaries.ts'
import type { Durability } from './cluster.ts'
import type { DatabaseAccess } from './connection.ts'
import { startEmbeddedPostgres } from './embedded.ts'
import { findRunningDatabase } from './orphan.ts'
import { endServerProcesses, listServerProcesses } from './processes.ts'
import { chooseServerUser, type ServerUser } from './server-user.ts'

const program = resolve(import.meta.dirname, '../../testing/postgres-process.ts')
const quiet = { info: () => undefined, warn: () => undefined }
const isRoot = process.getuid?.() === 0

let template: string
let folder: string
let home: string
const children: ChildProcess[] = []

beforeAll(async () => {
  template = mkdtempSync(join(tmpdir(), 'plumbline-template-'))
  const started = await startEmbeddedPostgres({ home: template, log: quiet, durability: 'none' })
  if (!started.ok) throw new Error(started.refusal.message)
  await started.value.stop()
}, 30_000)
afterAll(() => rmSync(template, { recursive: true, force: true }))

/** Gives the home folder a database that was started and stopped before; faster than a first start. */
function useTemplate(): void {
  mkdirSync(home, { recursive: true })
  execFileSync('cp', ['-a', join(template, 'database'), home])
}

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'plumbline-start-'))
  home = join(folder, 'home')
})

afterEach(async () => {
  for (const child of children.splice(0)) {
    child.kill('SIGKILL')
    if (child.exitCode === null && child.signalCode === null) await once(child, 'exit')
  }
  const data = join(home, 'database')
  if (existsSync(data)) await endServerProcesses(data, null)
  // Takes the socket folder away, which only a start or a stop knows of.
  rmSync(socketFolder(), { recursive: true, force: true })
  rmSync(folder, { recursive: true, force: true })
})

const socketFolder = (): string => {
  const note = join(home, 'socket')
  return existsSync(note) ? readFileSync(note, 'utf8') : join(folder, 'none')
}

interface Line {
  readonly started?: number
  readonly found?: string
  readonly access?: DatabaseAccess
  readonly rows?: number[]
  readonly acknowledged?: number
  readonly refused?: string
  readonly message?: string
}

interface Run {
  readonly child: ChildProcess
  /** The first line that has this property; fails when the process ends without one. */
  line(property: keyof Line): Promise<Line>
  /** The last row acknowledged so far. */
  acknowledged(): number
  kill(signal: NodeJS.Signals): Promise<void>
}

/**
 * Starts a process of its own on the home folder; without `setpriv` on its path the server outlives it. Killing
 * processes loses nothing that was handed to the operating system, so most tests do without flushing to disk.
 */
function run(
  task: 'wait' | 'write' | 'once',
  how: { user?: ServerUser; follow?: boolean; durability?: Durability } = {},
): Run {
  const child = spawn(process.execPath, [program, home, task, how.durability ?? 'none'], {
    stdio: ['ignore', 'pipe', 'ignore'],
    env: how.follow === false ? { PATH: '/nonexistent' } : process.env,
    ...how.user,
  })
  children.push(child)
  let last = 0
  const seen: Line[] = []
  const arrived = new EventEmitter()
  const lines = createInterface({ input: child.stdout })
  lines.on('line', (text) => {
    const line = JSON.parse(text) as Line
    last = line.acknowledged ?? last
    seen.push(line)
    arrived.emit('line')
  })
  let closed = false
  lines.on('close', () => {
    closed = true
    arrived.emit('line')
  })
  const line = async (property: keyof Line): Promise<Line> => {
    for (;;) {
      const found = seen.find((candidate) => candidate[property] !== undefined)
      if (found !== undefined) return found
      if (closed) throw new Error(`ended without “${property}”: ${JSON.stringify(seen)}`)
      await once(arrived, 'line')
    }
  }
  const kill = async (signal: NodeJS.Signals): Promise<void> => {
    child.kill(signal)
    await once(child, 'exit')
  }
  return { child, line, kill, acknowledged: () => last }
}

async function query<Row extends pg.QueryResultRow>(access: DatabaseAccess['owner'], sql: string): Promise<Row[]> {
  const client = new pg.Client(access)
  await client.connect()
  try {
    return (await client.query<Row>(sql)).rows
  } finally {
    await client.end()
  }
}

/** The rows a fresh start finds, and what the run before had left. */
async function startAgain(user?: ServerUser): Promise<{ rows: number[]; found: string | undefined }> {
  const { child, line } = run('once', user === undefined ? {} : { user })
  const left = once(child, 'exit')
  const { rows = [], found } = await line('started')
  await left
  return { rows, found }
}

const upTo = (n: number): number[] => Array.from({ length: n }, (_, i) => i + 1)

describe('startEmbeddedPostgres', { timeout: 30_000 }, () => {
  test('first start, one at a time, clean stop, second start', async () => {
    const first = run('write', { durability: 'full' })
    const { access, found } = await first.line('started')
    expect(found).toBe('none')
    if (access === undefined) throw new Error('no access')

    expect(await query(access.owner, 'select current_user as u, current_database() as d')).toEqual([
      { u: 'plumbline_owner', d: 'plumbline' },
    ])
    expect(
      await query(
        access.app,
        'select rolname, rolsuper, rolbypassrls, rolcreaterole from pg_roles where rolname = current_user',
      ),
    ).toEqual([{ rolname: 'app', rolsuper: false, rolbypassrls: false, rolcreaterole: false }])
    await expect(query(access.app, 'create table public.x ()')).rejects.toThrow('permission denied')
    expect(
      await query(
        access.owner,
        `select name, setting from pg_settings where name in ('fsync', 'listen_addresses', 'server_encoding', 'data_checksums') order by 1`,
      ),
    ).toEqual([
      { name: 'data_checksums', setting: 'on' },
      { name: 'fsync', setting: 'on' },
      { name: 'listen_addresses', setting: '' },
      { name: 'server_encoding', setting: 'UTF8' },
    ])
    expect(statSync(access.owner.host ?? '').mode & 0o777).toBe(0o700)
    expect(findRunningDatabase(home)).toEqual(access)

    const second = await run('wait').line('refused')
    expect(second.refused).toBe('postgres.already_running')
    expect(second.message).toContain(`already running with the home folder ${home}`)
    // Deleting the lock file, as people do with files of that name, opens nothing.
    rmSync(join(home, 'lock'))
    expect((await run('wait').line('refused')).refused).toBe('postgres.already_running')

    await first.line('acknowledged')
    await first.kill('SIGTERM')
    expect(first.child.exitCode).toBe(0)
    expect(existsSync(join(home, 'database/postmaster.pid'))).toBe(false)
    expect(existsSync(access.owner.host ?? '')).toBe(false)
    expect(findRunningDatabase(home)).toBeNull()
    const again = await startAgain()
    expect(again.found).toBe('none')
    expect(again.rows.length).toBeGreaterThanOrEqual(first.acknowledged())
  })

  test('the parent is killed and the server still runs: it is ended, acknowledged rows are there', async () => {
    useTemplate()
    const first = run('write', { follow: false, durability: 'full' })
    await first.line('acknowledged')
    await first.kill('SIGKILL')
    expect(await listServerProcesses(join(home, 'database'))).not.toEqual([])
    const leftSocket = socketFolder()
    const again = await startAgain()
    expect(again.found).toBe('server')
    expect(again.rows).toEqual(expect.arrayContaining(upTo(first.acknowledged())))
    expect(existsSync(leftSocket)).toBe(false)
  })

  test('everything is killed at once: acknowledged rows are there', async () => {
    useTemplate()
    const first = run('write', { follow: false, durability: 'full' })
    await first.line('acknowledged')
    const pids = await listServerProcesses(join(home, 'database'))
    for (const pid of pids) process.kill(pid, 'SIGKILL')
    await first.kill('SIGKILL')
    const again = await startAgain()
    expect(again.found).toMatch(/traces|server/)
    expect(again.rows).toEqual(expect.arrayContaining(upTo(first.acknowledged())))
  })

  test('postmaster.pid of an earlier run names a process that lives but is no PostgreSQL', async () => {
    useTemplate()
    const stale = `${process.pid}\n${home}/database\n1700000000\n5432\n/tmp/plumbline-000000\n\n 1 2\nready\n`
    writeFileSync(join(home, 'database/postmaster.pid'), stale)
    expect((await startAgain()).found).toBe('traces')
  })

  test('a path with spaces and quotes that is longer than PostgreSQL can take', async () => {
    home = join(folder, `it's "my" home`, ...Array.from({ length: 12 }, () => 'd'.repeat(100)))
    await startAgain()
    const running = run('wait')
    await running.line('started')
    expect((await run('wait').line('refused')).refused).toBe('postgres.already_running')
  })

  test('a server that ends by itself is noticed, and stopping still works', async () => {
    useTemplate()
    const started = await startEmbeddedPostgres({ home, log: quiet, durability: 'none' })
    if (!started.ok) throw new Error(started.refusal.message)
    const [server] = await query<{ pid: number }>(
      started.value.access.owner,
      `select (regexp_match(pg_read_file('postmaster.pid'), '^\\d+'))[1]::int as pid`,
    )
    if (server === undefined) throw new Error('no server')
    process.kill(server.pid, 'SIGKILL')
    await started.value.ended
    await started.value.stop()
    await started.value.stop()
    expect(await endServerProcesses(join(home, 'database'), null)).toBe(true)
  })

  test('data that cannot be opened is refused and left as it is', async () => {
    const data = join(home, 'database')
    mkdirSync(data, { recursive: true, mode: 0o700 })
    writeFileSync(join(data, 'precious'), 'x')
    const unknown = await startEmbeddedPostgres({ home, log: quiet })
    expect(unknown).toMatchObject({ refusal: { code: 'postgres.data_unknown' } })
    writeFileSync(join(data, 'PG_VERSION'), '17\n')
    const older = await startEmbeddedPostgres({ home, log: quiet })
    expect(older).toMatchObject({ refusal: { code: 'postgres.data_of_other_version' } })
    writeFileSync(join(data, 'PG_VERSION'), '18\n')
    const damaged = await startEmbeddedPostgres({ home, log: quiet })
    expect(damaged).toMatchObject({ refusal: { code: 'postgres.start_failed' } })
    expect(readFileSync(join(data, 'precious'), 'utf8')).toBe('x')
    // Each refusal has freed the folder again.
    expect((await run('wait').line('refused')).refused).toBe('postgres.start_failed')
  })
})

describe.runIf(isRoot)('started by root', { timeout: 30_000 }, () => {
  const nobody = (): ServerUser => {
    const chosen = chooseServerUser(join(folder, 'absent'))
    if (!chosen.ok || chosen.value === null) throw new Error('no user to test with')
    return chosen.value
  }

  test('as an ordinary user, then root takes over that user, then the user again', async () => {
    const user = nobody()
    mkdirSync(home)
    chownSync(home, user.uid, user.gid)
    chmodSync(folder, 0o711)
    const first = run('write', { user })
    await first.line('acknowledged')
    await first.kill('SIGKILL')
    expect((await startAgain()).rows).toEqual(expect.arrayContaining(upTo(first.acknowledged())))
    const { rows } = await startAgain(user)
    expect(rows).toEqual(expect.arrayContaining(upTo(first.acknowledged())))
    expect(statSync(join(home, 'database')).uid).toBe(user.uid)
  })

  test('the home folder lies where the server may not enter, and the data were restored by root', async () => {
    chmodSync(folder, 0o700)
    useTemplate()
    const data = join(home, 'database')
    execFileSync('chown', ['-R', '0:0', data])
    chmodSync(data, 0o755)
    expect(statSync(data).uid).toBe(0)
    expect((await startAgain()).rows).toEqual([])
    expect(statSync(data)).toMatchObject({ uid: nobody().uid, mode: 0o40700 })
  })

  test('programs in a closed folder are copied once to an open one', async () => {
    const installed = locateInstalled()
    if (!installed.ok) throw new Error(installed.refusal.message)
    const native = join(folder, 'native')
    cpSync(installed.value.native, native, { recursive: true, verbatimSymlinks: true })
    chmodSync(native, 0o700)
    const copies = mkdtempSync(join(tmpdir(), 'plumbline-copies-'))
    try {
      chmodSync(copies, 0o755)
      const closed = ok({ native, version: '1' })
      const found = await findBinaries(nobody(), closed, copies)
      if (!found.ok) throw new Error(found.refusal.message)
      expect(found.value.postgres.startsWith(`${copies}/postgresql-1-`)).toBe(true)
      const made = statSync(found.value.postgres).ino
      const again = await findBinaries(nobody(), closed, copies)
      expect(again).toEqual(found)
      expect(statSync(found.value.postgres).ino).toBe(made)
      // Root's own user could read the original; so could anybody once the folder is open.
      chmodSync(native, 0o755)
      chmodSync(folder, 0o755)
      expect(await findBinaries(nobody(), closed, copies)).toMatchObject({
        value: { postgres: join(native, 'bin/postgres') },
      })
    } finally {
      rmSync(copies, { recursive: true, force: true })
    }
  })
})
