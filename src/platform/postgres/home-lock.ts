import { statSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { ok, type Result, refuse } from '#kernel/result.ts'

/** Held while a process uses a home folder. The operating system frees it however the process ends. */
export interface HomeLock {
  release(): void
}

/** SQLite opens no path longer than this. */
const longestSqlitePath = 500

/**
 * Takes the home folder for this process, or refuses at once when another one has it.
 *
 * Two locks, because each has a hole the other closes. A lock on a file is seen by every process of the machine, also
 * from another container that shares the folder, but it needs a path SQLite can open and is lost when somebody deletes
 * the file. An abstract socket (Linux) is bound to the folder itself, but is not seen from another network namespace.
 */
export async function lockHome(home: string): Promise<Result<HomeLock>> {
  const held: HomeLock[] = []
  const file = join(home, 'lock')
  const takes: (() => HomeLock | null | Promise<HomeLock | null>)[] = []
  if (process.platform === 'linux') takes.push(() => bindSocket(home))
  if (Buffer.byteLength(file) <= longestSqlitePath) takes.push(() => lockFile(file))
  if (takes.length === 0) {
    return refuse('postgres.path_too_long', `The path ${home} is too long. Choose a shorter one with PLUMBLINE_HOME.`, {
      home,
    })
  }
  const release = (): void => {
    for (const lock of held.splice(0)) lock.release()
  }
  try {
    for (const take of takes) {
      const lock = await take()
      if (lock === null) {
        release()
        return alreadyRunning(home)
      }
      held.push(lock)
    }
  } catch (error) {
    release()
    return refuse(
      'postgres.home_unusable',
      `The home folder ${home} cannot be locked: ${error instanceof Error ? error.message : String(error)}. Plumbline must be able to write there; choose another folder with PLUMBLINE_HOME.`,
      { home },
    )
  }
  return ok({ release })
}

/** The refusal a second start gets. */
export function alreadyRunning(home: string): ReturnType<typeof refuse> {
  return refuse(
    'postgres.already_running',
    `Plumbline is already running with the home folder ${home}. Use that one, stop it, or choose another folder with PLUMBLINE_HOME.`,
    { home },
  )
}

/** Named after the folder's device and number, so that two paths to one folder meet. */
function bindSocket(home: string): Promise<HomeLock | null> {
  const { dev, ino } = statSync(home, { bigint: true })
  const server = createServer((socket) => socket.destroy())
  return new Promise((settle, fail) => {
    server.once('error', (error) => ('code' in error && error.code === 'EADDRINUSE' ? settle(null) : fail(error)))
    server.listen({ path: `\0plumbline-${dev}-${ino}`, exclusive: true }, () => {
      server.unref()
      settle({ release: () => server.close() })
    })
  })
}

function lockFile(file: string): HomeLock | null {
  const database = new DatabaseSync(file)
  try {
    database.exec('PRAGMA journal_mode = MEMORY; BEGIN EXCLUSIVE')
    return { release: () => database.close() }
  } catch (error) {
    database.close()
    const busy = 5
    if (error instanceof Error && 'errcode' in error && error.errcode === busy) return null
    throw error
  }
}
