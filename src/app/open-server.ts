import { systemClock } from '#kernel/time.ts'
import type { Config } from '#platform/config/config.ts'
import type { DemoLoader } from '#platform/identity/demo-load.ts'
import { ensureSetUpCode } from '#platform/identity/set-up-code.ts'
import { sweepIdentity } from '#platform/identity/sweep.ts'
import type { DatabaseAccess } from '#platform/postgres/connection.ts'
import type { DemoInto } from './demo/load-demo.ts'
import { openFiles } from './files.ts'
import type { StartedPart } from './lifecycle.ts'
import { buildServer, openAppDatabase, prepareDatabase, servicesFor } from './server.ts'

/** A server that answers requests. */
export interface OpenServer {
  /** What whoever sets the first organization up has to know; null once there is one. */
  readonly setUpCode: string | null
}

/** Brings the database up to date and answers requests on it, until it is stopped; throws when it cannot. */
export async function openServer(
  config: Config,
  access: DatabaseAccess,
  options: {
    readonly demo: boolean
    readonly log: { info(message: string): void; warn(message: string): void }
  },
): Promise<StartedPart<OpenServer>> {
  const { demo, log } = options
  await prepareDatabase(access)
  const db = await openAppDatabase(access)
  const report = (error: Error): void => log.warn(error.message)
  const files = await openFiles(config, report)
  const ending = new AbortController()
  const into = { owner: access.owner, db, files, url: new URL(config.url), report: log.info }
  // The story of the demo is read by those who want to see it.
  const loadDemo = async (how: Pick<DemoInto, 'tell' | 'signal'> = {}): Promise<void> => {
    const { loadDemo: load } = await import('./demo/load-demo.ts')
    await load({ ...into, ...how })
  }
  if (demo) await loadDemo()
  const demoLoader: DemoLoader = {
    async load(tell) {
      await loadDemo({ tell, signal: ending.signal })
    },
  }
  // Before anybody is answered: who may no longer come in is out.
  await sweepIdentity(db, systemClock, demo)
  const app = await buildServer({
    config,
    db,
    clock: systemClock,
    services: servicesFor(config, { demo, demoLoader, files, report }),
  })
  await app.listen({ host: config.host, port: config.port })
  const sweeping = setInterval(() => {
    void sweepIdentity(db, systemClock, demo).catch(report)
    void files.sweep().catch(report)
  }, 3_600_000)
  return {
    value: { setUpCode: await ensureSetUpCode(db) },
    stop: async () => {
      clearInterval(sweeping)
      // A load of the demo would hold the end up; the next one begins anew.
      ending.abort(new Error('The server stops.'))
      await app.close()
      await db.close()
      files.close()
    },
  }
}
