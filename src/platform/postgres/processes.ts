import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { setTimeout as delay } from 'node:timers/promises'
import { promisify } from 'node:util'

const run = promisify(execFile)

/**
 * Name a cluster carries in its command line and in the titles of all its processes. By it they are recognised even
 * where their working directory may not be looked at (root in a container without the right to trace).
 */
export function clusterName(dataFolder: string): string {
  const { dev, ino } = statSync(dataFolder, { bigint: true })
  return `plumbline-${createHash('sha256').update(`${dev}:${ino}`).digest('hex').slice(0, 16)}`
}

/**
 * Process ids of every living PostgreSQL process of a data folder, the server itself and its children. Zombies do not
 * count: `kill 0` would take them for alive, and nothing reaps them while their parent does not care.
 */
export function listServerProcesses(dataFolder: string): Promise<number[]> {
  return process.platform === 'linux' ? listFromProc(dataFolder) : listFromPs(dataFolder)
}

async function listFromProc(dataFolder: string): Promise<number[]> {
  const name = clusterName(dataFolder)
  const data = statSync(dataFolder, { bigint: true })
  return readdirSync('/proc')
    .filter((entry) => /^\d+$/.test(entry))
    .filter((pid) => {
      const stat = attempt(() => readFileSync(`/proc/${pid}/stat`, 'latin1'))
      if (stat === null || !isLivingPostgres(stat)) return false
      const cwd = attempt(() => statSync(`/proc/${pid}/cwd`, { bigint: true }))
      if (cwd !== null) return cwd.dev === data.dev && cwd.ino === data.ino
      return attempt(() => readFileSync(`/proc/${pid}/cmdline`, 'latin1'))?.includes(name) ?? false
    })
    .map(Number)
}

/** `123 (postgres) S …`: the name stands in parentheses, the state follows; Z and X are dead. */
function isLivingPostgres(stat: string): boolean {
  const end = stat.lastIndexOf(')')
  const state = stat.charAt(end + 2)
  return stat.slice(stat.indexOf('(') + 1, end) === 'postgres' && state !== 'Z' && state !== 'X'
}

async function listFromPs(dataFolder: string): Promise<number[]> {
  const name = clusterName(dataFolder)
  const { stdout } = await run('ps', ['-axo', 'pid=,stat=,command='], { maxBuffer: 64 * 1024 * 1024 })
  return stdout
    .split('\n')
    .filter((line) => line.includes('postgres') && line.includes(name) && !/^\s*\d+\s+Z/.test(line))
    .map((line) => Number.parseInt(line, 10))
    .filter((pid) => Number.isInteger(pid) && pid !== process.pid)
}

/**
 * Ends every PostgreSQL process of a data folder: the server is asked first (it disconnects its clients and writes a
 * checkpoint), then all are told to leave at once, then they are killed. Durable rows survive each of the three.
 * @returns false when some are still there
 */
export async function endServerProcesses(dataFolder: string, server: number | null): Promise<boolean> {
  let left = await listServerProcesses(dataFolder)
  if (server !== null && left.includes(server)) {
    signal([server], 'SIGINT')
    left = await waitUntilGone(dataFolder, 10_000)
  }
  for (const name of ['SIGQUIT', 'SIGKILL'] as const) {
    if (left.length === 0) return true
    signal(left, name)
    left = await waitUntilGone(dataFolder, 3_000)
  }
  return left.length === 0
}

async function waitUntilGone(dataFolder: string, limitMillis: number): Promise<number[]> {
  const until = Date.now() + limitMillis
  for (;;) {
    const left = await listServerProcesses(dataFolder)
    if (left.length === 0 || Date.now() > until) return left
    await delay(20)
  }
}

function signal(pids: readonly number[], name: NodeJS.Signals): void {
  for (const pid of pids) attempt(() => process.kill(pid, name))
}

/** The value, or null when the process it is asked of is gone or closed to us. */
function attempt<T>(read: () => T): T | null {
  try {
    return read()
  } catch {
    return null
  }
}
