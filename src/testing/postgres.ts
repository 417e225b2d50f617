import { existsSync, lstatSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { DatabaseAccess } from '#platform/postgres/connection.ts'
import { startEmbeddedPostgres } from '#platform/postgres/embedded.ts'
import { endServerProcesses } from '#platform/postgres/processes.ts'
import { removeNotedSocketFolder } from '#platform/postgres/socket-folder.ts'

/** A cluster for one test run. */
export interface TestCluster {
  /** Plain data, so that a global set-up can hand it to the test files. */
  readonly access: DatabaseAccess
  /** Stops it and removes its folder. */
  stop(): Promise<void>
}

const prefix = 'plumbline-test-'

/**
 * Starts a cluster in a temporary folder with what speed allows: nothing is flushed to disk. It is otherwise the
 * embedded PostgreSQL with its database and roles. Meant to be started once per run, from vitest's global set-up,
 * with a database per test file cloned inside it.
 */
export async function startTestCluster(): Promise<TestCluster> {
  await removeAbandoned()
  const home = mkdtempSync(join(tmpdir(), `${prefix}${process.pid}-`))
  const log = { info: () => undefined, warn: () => undefined }
  const started = await startEmbeddedPostgres({ home, log, durability: 'none' })
  if (!started.ok) {
    rmSync(home, { recursive: true, force: true })
    throw new Error(started.refusal.message)
  }
  const { access, stop } = started.value
  return {
    access,
    stop: async () => {
      await stop()
      rmSync(home, { recursive: true, force: true })
    },
  }
}

/** Clears away clusters of test runs that were killed; the number in the folder's name is their process. */
async function removeAbandoned(): Promise<void> {
  for (const name of readdirSync(tmpdir())) {
    const pid = /^plumbline-test-(\d+)-/.exec(name)?.[1]
    const folder = join(tmpdir(), name)
    if (pid === undefined || isAlive(Number(pid)) || lstatSync(folder).uid !== process.getuid?.()) continue
    const data = join(folder, 'database')
    if (existsSync(data)) {
      await endServerProcesses(data, null)
      removeNotedSocketFolder(folder, lstatSync(data).uid)
    }
    rmSync(folder, { recursive: true, force: true })
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
}
