import { ok, refuse } from '#kernel/result.ts'
import { type Environment, readConfig } from '#platform/config/config.ts'
import { loadSecretKey } from '#platform/config/secret-key.ts'
import { startEmbeddedPostgres } from '#platform/postgres/embedded.ts'
import { checkExternalPostgres } from '#platform/postgres/external.ts'
import { RefusalError } from '#platform/refusal/refusal-error.ts'
import { createLifecycle, stopOnSignals } from './lifecycle.ts'

const log = {
  info: (message: string): void => void process.stdout.write(`${message}\n`),
  warn: (message: string): void => void process.stdout.write(`${message}\n`),
  error: (message: string): void => void process.stderr.write(`${message}\n`),
}

/**
 * Runs the server until it is told to stop.
 * @returns the exit code: 0 after a clean stop, 1 after a refusal or a failure
 */
export async function serve(
  env: Environment,
  at: { readonly cwd: string },
  options: { readonly demo: boolean } = { demo: false },
): Promise<number> {
  const config = readConfig(env, at)
  if (!config.ok) return refused(config.refusal)
  // Before the database, which must not come into being without the key to what it will hold.
  const secretKey = loadSecretKey(config.value)
  if (!secretKey.ok) return refused(secretKey.refusal)

  // The rest of the program is read while the database starts.
  const loading = import('./open-server.ts')
  // Its failure is told where it is awaited, should the start get that far.
  loading.catch(() => undefined)
  const lifecycle = createLifecycle({ log, limitMillis: 25_000 })
  stopOnSignals(lifecycle, process)
  const { databaseUrl, home } = config.value
  const database = await lifecycle.start('the database', async (signal) => {
    if (databaseUrl !== null) {
      const external = await checkExternalPostgres(databaseUrl.reveal())
      return external.ok ? ok({ value: external.value, stop: async () => undefined }) : external
    }
    const embedded = await startEmbeddedPostgres({ home, log, signal, restart: true })
    if (!embedded.ok) return embedded
    void embedded.value.ended.then((refusal) => {
      if (refusal !== null) refused(refusal)
      return lifecycle.stop('PostgreSQL ended', { failed: true })
    })
    return ok({ value: embedded.value.access, stop: () => embedded.value.stop() })
  })
  if (!database.ok) {
    // Asked to stop while starting is no failure.
    if (database.refusal.code === 'lifecycle.stopping') return exitCode(await lifecycle.stopped)
    refused(database.refusal)
    return exitCode(await lifecycle.stop('the start failed', { failed: true }))
  }
  const access = database.value
  const server = await lifecycle
    .start('the server', async () => {
      const { openServer } = await loading
      return ok(await openServer(config.value, access, { ...options, log }))
    })
    .catch((error: unknown) => cannotStart(error, config.value.port))
  if (!server.ok) {
    if (server.refusal.code === 'lifecycle.stopping') return exitCode(await lifecycle.stopped)
    refused(server.refusal)
    return exitCode(await lifecycle.stop('the start failed', { failed: true }))
  }
  const { setUpCode } = server.value
  log.info(`Plumbline ready at ${config.value.url}`)
  if (setUpCode !== null) log.info(`Set-up code: ${setUpCode}`)
  return exitCode(await lifecycle.stopped)
}

function cannotStart(error: unknown, port: number): ReturnType<typeof refuse> {
  if (error instanceof RefusalError) return { ok: false, refusal: error.refusal }
  const { code, message, syscall, path } =
    error instanceof Error ? (error as NodeJS.ErrnoException) : { code: '', message: String(error) }
  if (code === 'EADDRINUSE') {
    return refuse('serve.port_taken', `Port ${port} is taken by another program: end it, or set PORT to a free one.`)
  }
  if (code === 'EACCES' && syscall === 'listen')
    return refuse('serve.port_refused', `This user may not listen on port ${port}: set PORT to 1024 or more.`)
  if (path !== undefined && (code === 'EACCES' || code === 'EPERM' || code === 'EROFS')) {
    return refuse(
      'serve.folder_closed',
      `Plumbline may not write to ${path} (${code}): give this user the right, or set PLUMBLINE_HOME to another folder.`,
      { path },
    )
  }
  return refuse('serve.failed', `Plumbline could not start: ${message}`)
}

const exitCode = (outcome: 'clean' | 'failed'): number => (outcome === 'clean' ? 0 : 1)

function refused(refusal: { readonly message: string }): number {
  log.error(refusal.message)
  return 1
}
