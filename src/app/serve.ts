import { ok, refuse } from '#kernel/result.ts'
import { systemClock } from '#kernel/time.ts'
import { type Environment, readConfig } from '#platform/config/config.ts'
import { loadSecretKey } from '#platform/config/secret-key.ts'
import type { DemoLoader } from '#platform/identity/demo-load.ts'
import { ensureSetUpCode } from '#platform/identity/set-up-code.ts'
import { sweepIdentity } from '#platform/identity/sweep.ts'
import { startEmbeddedPostgres } from '#platform/postgres/embedded.ts'
import { checkExternalPostgres } from '#platform/postgres/external.ts'
import { RefusalError } from '#platform/refusal/refusal-error.ts'
import { loadDemo } from './demo/load-demo.ts'
import { openFiles } from './files.ts'
import { createLifecycle, stopOnSignals } from './lifecycle.ts'
import { buildServer, openAppDatabase, prepareDatabase, servicesFor } from './server.ts'

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
      await prepareDatabase(access)
      const db = await openAppDatabase(access)
      const report = (error: Error): void => log.warn(error.message)
      const files = await openFiles(config.value, report)
      const ending = new AbortController()
      const into = { owner: access.owner, db, files, url: new URL(config.value.url), report: log.info }
      if (options.demo) await loadDemo(into)
      const demoLoader: DemoLoader = {
        async load(tell) {
          await loadDemo({ ...into, tell, signal: ending.signal })
        },
      }
      const app = await buildServer({
        config: config.value,
        db,
        clock: systemClock,
        services: servicesFor(config.value, { demo: options.demo, demoLoader, files, report }),
      })
      await app.listen({ host: config.value.host, port: config.value.port })
      const sweeping = setInterval(() => {
        void sweepIdentity(db, systemClock).catch(report)
        void files.sweep().catch(report)
      }, 3_600_000)
      return ok({
        value: db,
        stop: async () => {
          clearInterval(sweeping)
          // A load of the demo would hold the end up; the next one begins anew.
          ending.abort(new Error('The server stops.'))
          await app.close()
          await db.close()
          files.close()
        },
      })
    })
    .catch((error: unknown) => cannotStart(error, config.value.port))
  if (!server.ok) {
    if (server.refusal.code === 'lifecycle.stopping') return exitCode(await lifecycle.stopped)
    refused(server.refusal)
    return exitCode(await lifecycle.stop('the start failed', { failed: true }))
  }
  const code = await ensureSetUpCode(server.value)
  log.info(`Plumbline ready at ${config.value.url}`)
  if (code !== null) log.info(`Set-up code: ${code}`)
  return exitCode(await lifecycle.stopped)
}

function cannotStart(error: unknown, port: number): ReturnType<typeof refuse> {
  if (error instanceof RefusalError) return { ok: false, refusal: error.refusal }
  const { code, message } =
    error instanceof Error ? (error as Error & { code?: string }) : { code: '', message: String(error) }
  if (code === 'EADDRINUSE') {
    return refuse('serve.port_taken', `Port ${port} is taken by another program: end it, or set PORT to a free one.`)
  }
  if (code === 'EACCES')
    return refuse('serve.port_refused', `This user may not listen on port ${port}: set PORT to 1024 or more.`)
  return refuse('serve.failed', `Plumbline could not start: ${message}`)
}

const exitCode = (outcome: 'clean' | 'failed'): number => (outcome === 'clean' ? 0 : 1)

function refused(refusal: { readonly message: string }): number {
  log.error(refusal.message)
  return 1
}
