import { join } from 'node:path'
import { type Config, type Environment, readConfig } from '#platform/config/config.ts'
import { keyFingerprint } from '#platform/config/key-fingerprint.ts'
import { loadSecretKey } from '#platform/config/secret-key.ts'
import type { Database } from '#platform/db/database.ts'
import type { FileStore } from '#platform/files/file-store.ts'
import type { DatabaseAccess } from '#platform/postgres/connection.ts'
import { startEmbeddedPostgres } from '#platform/postgres/embedded.ts'
import { checkExternalPostgres } from '#platform/postgres/external.ts'
import { findRunningDatabase } from '#platform/postgres/orphan.ts'
import { orRefuse } from '#platform/refusal/refusal-error.ts'
import { openFiles } from '../files.ts'
import { openAppDatabase, prepareDatabase } from '../server.ts'

/** The installation a command works on: beside a running server, or by itself. */
export interface Installation {
  readonly config: Config
  readonly access: DatabaseAccess
  readonly key: {
    /** What backups name it by. */
    readonly fingerprint: string
    /** The variable or file it comes from. */
    readonly from: string
  }
  /** Opened on first use, as the role of the application. */
  database(): Promise<Database>
  files(): Promise<FileStore>
}

const quiet = {
  info: (): void => undefined,
  warn: (message: string): void => void process.stderr.write(`${message}\n`),
}

/**
 * Runs `work` on the installation the environment names. Where its server is running, the command joins its database;
 * otherwise it starts the embedded one for as long as it needs it.
 * @param prepare bring the schema up to date first; a restore wants it empty
 */
export async function withInstallation<T>(
  env: Environment,
  work: (installation: Installation) => Promise<T>,
  prepare = true,
): Promise<T> {
  const config = orRefuse(readConfig(env, { cwd: process.cwd() }))
  // Before the database, which must not come into being without the key to what it will hold.
  const secretKey = orRefuse(loadSecretKey(config))
  const { access, stop } = await enter(config)
  let db: Database | null = null
  let store: FileStore | null = null
  try {
    if (prepare) await prepareDatabase(access)
    return await work({
      config,
      access,
      key: {
        fingerprint: keyFingerprint(secretKey),
        from: config.secretKey === null ? join(config.home, 'secret.key') : 'PLUMBLINE_SECRET_KEY',
      },
      database: async () => (db ??= await openAppDatabase(access)),
      files: async () => (store ??= await openFiles(config, (error) => quiet.warn(error.message))),
    })
  } finally {
    await (db as Database | null)?.close()
    ;(store as FileStore | null)?.close()
    await stop()
  }
}

async function enter(config: Config): Promise<{ access: DatabaseAccess; stop: () => Promise<void> }> {
  if (config.databaseUrl !== null) {
    return { access: orRefuse(await checkExternalPostgres(config.databaseUrl.reveal())), stop: async () => undefined }
  }
  const running = findRunningDatabase(config.home)
  if (running) return { access: running, stop: async () => undefined }
  const embedded = orRefuse(await startEmbeddedPostgres({ home: config.home, log: quiet }))
  return { access: embedded.access, stop: () => embedded.stop() }
}
