import {
  chmodSync,
  existsSync,
  lchownSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmdirSync,
  rmSync,
  statSync,
} from 'node:fs'
import { join } from 'node:path'
import { ok, type Refusal, type Result, refuse } from '#kernel/result.ts'
import { findBinaries } from './binaries.ts'
import { createCluster, type Durability, launchServer, type RunningServer, socketPort } from './cluster.ts'
import { type DatabaseAccess, socketAccess } from './connection.ts'
import { prepareDatabase } from './database.ts'
import { type HomeLock, lockHome } from './home-lock.ts'
import { type KeptServer, keepRunning } from './keep-running.ts'
import { clearLeftovers, clearServer, holdRunningLock, type Leftovers } from './orphan.ts'
import { chooseServerUser, type ServerUser } from './server-user.ts'
import { makeSocketFolder, removeNotedSocketFolder } from './socket-folder.ts'

/** Release of the data format; a folder of another one cannot be opened. */
const postgresMajor = '18'

/** What starting says while it works; any logger fits. */
export interface StartLog {
  info(message: string): void
  warn(message: string): void
}

export interface EmbeddedOptions {
  /** Absolute folder that holds everything; made when absent. The database lies in `database` below it. */
  readonly home: string
  readonly log: StartLog
  readonly durability?: Durability
  /** Gives up waiting for a server that repairs itself after a crash. */
  readonly signal?: AbortSignal
  /** Start the server again when it ends by itself, until that has failed too often. */
  readonly restart?: boolean
}

/** A PostgreSQL of our own, running. */
export interface EmbeddedPostgres {
  readonly access: DatabaseAccess
  /** What an earlier run had left: `server` means it was still running without its Plumbline, and was ended. */
  readonly found: Leftovers
  /**
   * Resolves when the server has ended and nobody starts it again; without `stop()` having been called, something is
   * wrong, and where restarting was tried in vain the refusal says what.
   */
  readonly ended: Promise<Refusal | null>
  /** Stops the server and frees the home folder. Calling it twice is fine. */
  stop(): Promise<void>
}

/**
 * Starts the embedded PostgreSQL of a home folder: makes it on the first start, repairs what a killed run left, and
 * refuses when another Plumbline has the folder. Ready when it returns, with database and roles.
 *
 * Where `setpriv` exists (Linux), the server follows when the thread that called this is killed.
 */
export async function startEmbeddedPostgres(options: EmbeddedOptions): Promise<Result<EmbeddedPostgres>> {
  const home = openHome(options.home)
  if (!home.ok) return home
  const lock = await lockHome(home.value)
  if (!lock.ok) return lock
  try {
    const started = await startLocked(home.value, lock.value, options)
    if (!started.ok) lock.value.release()
    return started
  } catch (error) {
    lock.value.release()
    throw error
  }
}

function openHome(folder: string): Result<string> {
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 })
    return ok(realpathSync(folder))
  } catch (error) {
    return homeUnusable(folder, error)
  }
}

function homeUnusable(folder: string, error: unknown): ReturnType<typeof refuse> {
  if (!(error instanceof Error && 'code' in error)) throw error
  return refuse(
    'postgres.home_unusable',
    `The folder ${folder} cannot be used (${String(error.code)}). Plumbline must be able to make and write it; choose another one with PLUMBLINE_HOME.`,
    { folder },
  )
}

async function startLocked(home: string, lock: HomeLock, options: EmbeddedOptions): Promise<Result<EmbeddedPostgres>> {
  const { log, durability = 'full' } = options
  const dataFolder = join(home, 'database')
  const user = chooseServerUser(dataFolder)
  if (!user.ok) return user
  const binaries = await findBinaries(user.value)
  if (!binaries.ok) return binaries
  const place = { binaries: binaries.value, user: user.value, dataFolder, durability }

  const state = inspectData(dataFolder)
  if (!state.ok) return state
  if (state.value === 'absent') {
    log.info(`Making a database in ${dataFolder}.`)
    const made = await createCluster(place)
    if (!made.ok) return made
  } else {
    const taken = takeOver(dataFolder, user.value)
    if (!taken.ok) return taken
  }

  const leftovers = await clearLeftovers(home, dataFolder)
  if (!leftovers.ok) return leftovers
  if (leftovers.value === 'server') log.warn('Ended a PostgreSQL that an earlier run had left behind.')

  const owner = statSync(dataFolder).uid
  const socketFolder = makeSocketFolder(home, user.value)
  const launch = (signal: AbortSignal | undefined): Promise<Result<RunningServer>> =>
    launchServer({
      ...place,
      socketFolder,
      logFile: logFile(home),
      onSlow: () => log.info('PostgreSQL is still repairing its database after a crash.'),
      ...(signal === undefined ? {} : { signal }),
    })
  const launched = await launch(options.signal)
  if (!launched.ok) {
    removeNotedSocketFolder(home, owner)
    return launched
  }
  const server =
    options.restart === true
      ? restarted(launched.value, { dataFolder, socketFolder, launch, log })
      : once(launched.value)
  const stopServer = async (): Promise<void> => {
    await server.stop()
    removeNotedSocketFolder(home, owner)
  }
  try {
    await prepareDatabase(socketFolder, socketPort)
    return ok(await running(server, stopServer, socketFolder, lock, leftovers.value, log))
  } catch (error) {
    await stopServer()
    throw error
  }
}

const once = (server: RunningServer): KeptServer => ({ ...server, ended: server.ended.then(() => null) })

/** Every start finds the socket folder the connections know; what its predecessor left is cleared away before. */
function restarted(
  first: RunningServer,
  how: {
    readonly dataFolder: string
    readonly socketFolder: string
    readonly launch: (signal: AbortSignal) => Promise<Result<RunningServer>>
    readonly log: StartLog
  },
): KeptServer {
  const { dataFolder, socketFolder, launch, log } = how
  return keepRunning(first, {
    log,
    launch: async (signal) => {
      const cleared = await clearServer(dataFolder)
      if (!cleared.ok) return cleared
      for (const name of readdirSync(socketFolder)) rmSync(join(socketFolder, name))
      return launch(signal)
    },
  })
}

async function running(
  server: KeptServer,
  stopServer: () => Promise<void>,
  socketFolder: string,
  lock: HomeLock,
  found: Leftovers,
  log: StartLog,
): Promise<EmbeddedPostgres> {
  const runningLock = await holdRunningLock(socketFolder, socketPort, (message) => log.warn(message))
  const stopAll = async (): Promise<void> => {
    await runningLock.release()
    await stopServer()
    lock.release()
  }
  let stopping: Promise<void> | null = null
  return {
    access: socketAccess(socketFolder, socketPort),
    found,
    ended: server.ended,
    stop: () => {
      stopping ??= stopAll()
      return stopping
    },
  }
}

function inspectData(dataFolder: string): Result<'absent' | 'present'> {
  if (!existsSync(dataFolder)) return ok('absent')
  const versionFile = join(dataFolder, 'PG_VERSION')
  if (!existsSync(versionFile)) {
    if (readdirSync(dataFolder).length > 0) {
      return refuse(
        'postgres.data_unknown',
        `${dataFolder} is not empty and holds no PostgreSQL database. Restore it from a backup, or move it away to begin anew.`,
        { folder: dataFolder },
      )
    }
    rmdirSync(dataFolder)
    return ok('absent')
  }
  const version = readFileSync(versionFile, 'utf8').trim()
  if (version === postgresMajor) return ok('present')
  return refuse(
    'postgres.data_of_other_version',
    `The database in ${dataFolder} was made by PostgreSQL ${version}, but this Plumbline brings PostgreSQL ${postgresMajor}. Start the Plumbline that made it, export, and import into a new home folder.`,
    { folder: dataFolder, found: version, needed: postgresMajor },
  )
}

/** PostgreSQL refuses a folder others can enter or that another user owns, as restoring a backup as root leaves it. */
function takeOver(dataFolder: string, user: ServerUser | null): Result<void> {
  try {
    if (user !== null && statSync(dataFolder).uid !== user.uid) giveTo(user, dataFolder)
    chmodSync(dataFolder, 0o700)
    return ok(undefined)
  } catch (error) {
    return homeUnusable(dataFolder, error)
  }
}

function giveTo(user: ServerUser, folder: string): void {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name)
    if (entry.isDirectory()) giveTo(user, path)
    else lchownSync(path, user.uid, user.gid)
  }
  // Last, so that an interrupted hand-over is repeated.
  lchownSync(folder, user.uid, user.gid)
}

/** The file that takes what the server says; the one before is kept when it has grown to a megabyte. */
function logFile(home: string): string {
  const file = join(home, 'postgres.log')
  if ((statSync(file, { throwIfNoEntry: false })?.size ?? 0) > 1_000_000) renameSync(file, `${file}.1`)
  return file
}
