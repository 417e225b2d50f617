import { type ChildProcess, execFile, spawn } from 'node:child_process'
import {
  chmodSync,
  chownSync,
  closeSync,
  fstatSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
} from 'node:fs'
import { dirname } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { promisify } from 'node:util'
import { ok, type Result, refuse } from '#kernel/result.ts'
import type { PostgresBinaries } from './binaries.ts'
import { ownerRole } from './connection.ts'
import { readPostmasterFile } from './postmaster-file.ts'
import { clusterName, endServerProcesses } from './processes.ts'
import { hasUserName, type ServerUser } from './server-user.ts'

const run = promisify(execFile)

/** `full`: an acknowledged row survives power loss. `none`: for tests, whose data nobody will miss. */
export type Durability = 'full' | 'none'

/** Port in the socket's file name; nothing listens on the network. */
export const socketPort = 5432

interface Place {
  readonly binaries: PostgresBinaries
  readonly user: ServerUser | null
  readonly dataFolder: string
  readonly durability: Durability
}

/**
 * The data folder as PostgreSQL is told it. On Linux it is entered before the user changes, so it may lie below
 * folders that user cannot enter, in a path of any length.
 */
const dataArgument = (dataFolder: string): string => (process.platform === 'linux' ? '/proc/self/cwd' : dataFolder)

/** What the programs say, with the folder named as people know it. */
const readable = (said: string, dataFolder: string): string => said.replaceAll('/proc/self/cwd', () => dataFolder)

/** Only what the server needs: no PG… variable, no secret, no locale of the person who started it. */
function serverEnvironment(): Record<string, string> {
  return { PATH: process.env['PATH'] ?? '/usr/bin:/bin', LC_ALL: 'C', TZ: 'UTC' }
}

/** Makes the cluster aside and puts it into place when complete, so that an interrupted first start leaves no half. */
export async function createCluster(place: Place): Promise<Result<void>> {
  const { dataFolder, user } = place
  if (user === null && !hasUserName()) {
    return refuse(
      'postgres.user_without_name',
      `User ${process.getuid?.()} has no name on this machine, and PostgreSQL needs one to make its database. Start Plumbline as a user listed in /etc/passwd, or set DATABASE_URL.`,
      {},
    )
  }
  const aside = `${dataFolder}.new`
  rmSync(aside, { recursive: true, force: true })
  mkdirSync(aside, { mode: 0o700 })
  chmodSync(aside, 0o700)
  if (user !== null) chownSync(aside, user.uid, user.gid)
  const locale = process.platform === 'linux' ? 'C.UTF-8' : 'C'
  const args = [
    ['-D', dataArgument(aside), '-U', ownerRole, '-A', 'trust', '--encoding=UTF8'],
    ['--locale-provider=builtin', '--builtin-locale=C.UTF-8', `--locale=${locale}`],
    place.durability === 'full' ? [] : ['--no-sync'],
  ].flat()
  try {
    await run(place.binaries.initdb, args, { cwd: aside, env: serverEnvironment(), ...user })
  } catch (error) {
    rmSync(aside, { recursive: true, force: true })
    if (!(error instanceof Error)) throw error
    const said = ('stderr' in error && String(error.stderr).trim()) || error.message
    return refuse(
      'postgres.initdb_failed',
      `PostgreSQL could not make its database in ${dataFolder}: ${readable(said, dataFolder)}`,
      { folder: dataFolder },
    )
  }
  renameSync(aside, dataFolder)
  if (place.durability === 'full') syncFolder(dirname(dataFolder))
  return ok(undefined)
}

function syncFolder(folder: string): void {
  const handle = openSync(folder, 'r')
  fsyncSync(handle)
  closeSync(handle)
}

/** A server process of our own. */
export interface RunningServer {
  /** Resolves when the process has ended, whoever ended it. */
  readonly ended: Promise<void>
  /** Stops it so that the next start needs no recovery; by force when that takes too long. Calling it twice is fine. */
  stop(): Promise<void>
}

interface Launch extends Place {
  readonly socketFolder: string
  /** File that takes what the server says. */
  readonly logFile: string
  /** Called every ten seconds while it repairs itself after a crash. */
  readonly onSlow: () => void
  readonly signal?: AbortSignal
}

/** Starts the server and waits until it answers. */
export async function launchServer(launch: Launch): Promise<Result<RunningServer>> {
  const { binaries, dataFolder, user } = launch
  const [program = '', ...args] = [...binaries.followParent, binaries.postgres, ...serverArguments(launch)]
  const log = openSync(launch.logFile, 'a', 0o600)
  const logStart = fstatSync(log).size
  let child: ChildProcess
  try {
    child = spawn(program, args, {
      cwd: dataFolder,
      env: serverEnvironment(),
      // Own session: Ctrl-C in a terminal is for Plumbline, which then stops the server in its turn.
      detached: true,
      stdio: ['ignore', log, log],
      ...user,
    })
  } finally {
    closeSync(log)
  }
  let gone = false
  let failure = ''
  const ended = new Promise<void>((settle) => {
    child.once('exit', () => {
      gone = true
      settle()
    })
    child.once('error', (error) => {
      gone = true
      failure = error.message
      settle()
    })
  })
  const stop = async (): Promise<void> => {
    if (gone) return
    child.kill('SIGINT')
    const stopped = await Promise.race([ended.then(() => true), delay(10_000, false, { ref: false })])
    if (!stopped) await endServerProcesses(dataFolder, null)
    await ended
  }

  let nextNotice = Date.now() + 10_000
  for (;;) {
    if (launch.signal?.aborted) {
      await stop()
      return refuse('postgres.start_interrupted', 'PostgreSQL was stopped while it was starting.', {})
    }
    if (gone) {
      const said = failure || readable(lastLines(launch.logFile, logStart), dataFolder) || 'it ended without a word'
      return refuse('postgres.start_failed', `PostgreSQL did not start: ${said} (see ${launch.logFile}).`, {
        logFile: launch.logFile,
      })
    }
    const file = readPostmasterFile(dataFolder)
    if (file?.pid === child.pid && file?.status === 'ready') return ok({ ended, stop })
    if (Date.now() > nextNotice) {
      launch.onSlow()
      nextNotice = Date.now() + 10_000
    }
    await delay(10)
  }
}

/** What the server said since it was launched: its last lines, without dates. */
function lastLines(logFile: string, from: number): string {
  const lines = readFileSync(logFile).subarray(from).toString('utf8').trim().split('\n')
  return lines
    .slice(-4)
    .map((line) => line.replace(/^[\d-]+ [\d:.]+ \w+ \[\d+\] /, ''))
    .join(' ')
}

function serverArguments(launch: Launch): string[] {
  const settings: Record<string, string> = {
    cluster_name: clusterName(launch.dataFolder),
    // No network: the socket, in a folder only the server's user may enter, is the one way in.
    listen_addresses: '',
    port: String(socketPort),
    unix_socket_directories: `"${launch.socketFolder}"`,
    unix_socket_permissions: '0700',
    // A machine with 2 GB that also runs Node; disks are taken for SSDs.
    max_connections: '60',
    shared_buffers: '128MB',
    effective_cache_size: '512MB',
    // A register of ten thousand rows is sorted without the disk.
    work_mem: '32MB',
    maintenance_work_mem: '64MB',
    max_wal_size: '512MB',
    random_page_cost: '1.1',
    jit: 'off',
    max_logical_replication_workers: '0',
    timezone: 'UTC',
    // The log must not repeat what people entered: neither statements nor the values in an error's details.
    log_timezone: 'UTC',
    log_line_prefix: '%m [%p] ',
    log_error_verbosity: 'terse',
    log_min_error_statement: 'panic',
    log_checkpoints: 'off',
    ...(launch.durability === 'full'
      ? {}
      : { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off', max_connections: '100' }),
  }
  return ['-D', dataArgument(launch.dataFolder), ...Object.entries(settings).flatMap(([k, v]) => ['-c', `${k}=${v}`])]
}
