import { rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import pg from 'pg'
import { ok, type Result, refuse } from '#kernel/result.ts'
import { type DatabaseAccess, socketAccess } from './connection.ts'
import { alreadyRunning } from './home-lock.ts'
import { type PostmasterFile, readPostmasterFile } from './postmaster-file.ts'
import { endServerProcesses, listServerProcesses } from './processes.ts'
import { isSocketFolder, removeNotedSocketFolder } from './socket-folder.ts'

/** Advisory lock a running Plumbline holds in the database `postgres`: the letters of its name. */
const runningLock = '0x706c756d62'

/** What an earlier run left: nothing, traces of a crash, or a server still running without its Plumbline. */
export type Leftovers = 'none' | 'traces' | 'server'

/**
 * Clears away what an earlier run left in a data folder. A server without its Plumbline is ended, not taken over: it
 * would not follow us when we are killed, would not report its end, and may be of another version or other settings;
 * ending and starting costs a tenth of a second. Refuses when its Plumbline is alive after all.
 */
export async function clearLeftovers(home: string, dataFolder: string): Promise<Result<Leftovers>> {
  const file = readPostmasterFile(dataFolder)
  const owner = statSync(dataFolder).uid
  const processes = await listServerProcesses(dataFolder)
  if (processes.length > 0) {
    if (file !== null && isSocketFolder(file.socketFolder, owner) && (await hasLivingPlumbline(file))) {
      return alreadyRunning(home)
    }
  }
  const cleared = await clearServer(dataFolder, file?.pid)
  if (!cleared.ok) return cleared
  // After a clean stop it is gone.
  removeNotedSocketFolder(home, owner)
  return ok(processes.length > 0 ? 'server' : file === null ? 'none' : 'traces')
}

/**
 * Ends every process a server has left in a data folder, and removes its note.
 * @param server its first process, which is asked before the others
 */
export async function clearServer(dataFolder: string, server: number | null = null): Promise<Result<void>> {
  if (!(await endServerProcesses(dataFolder, server))) {
    const processes = await listServerProcesses(dataFolder)
    return refuse(
      'postgres.orphan_stays',
      `A PostgreSQL left over from an earlier run still uses ${dataFolder} and cannot be ended (processes ${processes.join(', ')}). End it, then start again.`,
      { processes: processes.map(String) },
    )
  }
  // PostgreSQL would take a zombie's number for a living server.
  rmSync(join(dataFolder, 'postmaster.pid'), { force: true })
  return ok(undefined)
}

/**
 * Whether somebody holds the running lock. Asked for two seconds, because a server notices only a moment later that
 * its client was killed. A server that does not answer has no Plumbline.
 */
async function hasLivingPlumbline(file: PostmasterFile): Promise<boolean> {
  const client = new pg.Client({ ...maintenance(file.socketFolder, file.port), connectionTimeoutMillis: 2_000 })
  client.on('error', () => undefined)
  try {
    await client.connect()
    for (let tries = 0; tries < 20; tries++) {
      if (await takeRunningLock(client)) return false
      await delay(100)
    }
    return true
  } catch {
    return false
  } finally {
    await client.end().catch(() => undefined)
  }
}

async function takeRunningLock(client: pg.Client): Promise<boolean> {
  const { rows } = await client.query<{ taken: boolean }>(`select pg_try_advisory_lock(${runningLock}) as taken`)
  return rows[0]?.taken === true
}

const maintenance = (socketFolder: string, port: number) => socketAccess(socketFolder, port, 'postgres').owner

/** Holds the running lock through a connection of its own, opened anew when the server drops it. */
export async function holdRunningLock(
  socketFolder: string,
  port: number,
  warn: (message: string) => void,
): Promise<{ release(): Promise<void> }> {
  const released = new AbortController()
  let client: pg.Client
  const open = async (): Promise<void> => {
    client = new pg.Client({ ...maintenance(socketFolder, port), application_name: 'plumbline lock' })
    client.on('error', () => undefined)
    await client.connect()
    client.on('end', () => void reopen())
    await takeRunningLock(client)
  }
  const reopen = async (): Promise<void> => {
    if (released.signal.aborted) return
    warn('PostgreSQL dropped its connections; waiting until it answers again.')
    while (!released.signal.aborted) {
      await delay(500, undefined, { ref: false })
      try {
        if (!released.signal.aborted) await open()
        return
      } catch {
        // Not yet. A server that has ended for good is reported elsewhere, and then this is released.
      }
    }
  }
  await open()
  return {
    release: async () => {
      released.abort()
      await client.end().catch(() => undefined)
    },
  }
}

/**
 * The way into a database that a running Plumbline has open, for commands typed beside it; null when none is running.
 * The caller must be the server's user or root.
 */
export function findRunningDatabase(home: string): DatabaseAccess | null {
  const dataFolder = join(home, 'database')
  const owner = statSync(dataFolder, { throwIfNoEntry: false })?.uid
  if (owner === undefined) return null
  const file = readPostmasterFile(dataFolder)
  if (file === null || file.status !== 'ready' || !isSocketFolder(file.socketFolder, owner)) return null
  return socketAccess(file.socketFolder, file.port)
}
