import { join } from 'node:path'
import type { FastifyInstance } from 'fastify'
import type { Clock } from '#kernel/time.ts'
import { importCatalogue } from '#modules/catalogue/server/import-catalogue.ts'
import { directory } from '#modules/people/server/directory.ts'
import type { Config } from '#platform/config/config.ts'
import { type Database, openDatabase } from '#platform/db/database.ts'
import { migrate } from '#platform/db/migrate.ts'
import type { FileStore } from '#platform/files/file-store.ts'
import { serveHealth } from '#platform/http/health.ts'
import { openApi } from '#platform/http/openapi.ts'
import { createServer } from '#platform/http/server.ts'
import { serveWebApp } from '#platform/http/web-app.ts'
import type { DemoLoader } from '#platform/identity/demo-load.ts'
import { smtpMailer } from '#platform/mail/mailer.ts'
import type { DatabaseAccess } from '#platform/postgres/connection.ts'
import { apiTags } from './api-tags.ts'
import { modules } from './modules.ts'
import { roleTable } from './role-table.ts'
import type { Services } from './services.ts'
import { programFolder, programVersion } from './version.ts'

/** Brings schema and catalogue up to date, as the owner of the database. */
export async function prepareDatabase(access: DatabaseAccess): Promise<void> {
  await migrate(access.owner)
  await importCatalogue(access.owner)
}

/** Opens the database as the application's role. */
export const openAppDatabase = (access: DatabaseAccess): Promise<Database> => openDatabase(access.app)

/** What the use-cases need, made from the configuration. */
export function servicesFor(
  config: Config,
  options: {
    readonly demo: boolean
    readonly demoLoader: DemoLoader | null
    readonly files: FileStore
    readonly report: (error: Error) => void
  },
): Services {
  const mail = config.mail
    ? smtpMailer({ url: config.mail.smtpUrl.reveal(), from: config.mail.from, onFailure: options.report })
    : null
  const { demo, demoLoader, files } = options
  const appVersion = programVersion
  return { directory, mail, url: new URL(config.url), demo, demoLoader, roleTable, files, appVersion }
}

/** The HTTP server with everything on it: API, its description, health, metrics where asked for, the web app. */
export async function buildServer(parts: {
  readonly config: Config
  readonly db: Database
  readonly clock: Clock
  readonly services: Services
}): Promise<FastifyInstance> {
  const { config, db, clock, services } = parts
  const useCases = modules.flatMap((one) => one.useCases)
  const app = await createServer<Services>({
    db,
    clock,
    roleTable,
    useCases,
    records: modules.flatMap((one) => one.records),
    services,
    url: new URL(config.url),
    trustProxy: config.trustProxy,
    logLevel: config.logLevel,
  })
  serveHealth(app, { database: () => db.pool.query('select 1'), files: () => services.files.check() })
  // Written when somebody first asks: it takes a tenth of the start.
  let description: string | undefined
  app.get('/api/openapi.json', (_request, reply) => {
    const contracts = useCases.map(({ contract }) => contract)
    description ??= JSON.stringify(
      openApi(contracts, roleTable, {
        version: programVersion,
        server: config.url,
        tags: apiTags,
      }),
    )
    return reply.type('application/json; charset=utf-8').send(description)
  })
  if (config.metrics) {
    const { serveMetrics } = await import('#platform/http/metrics.ts')
    serveMetrics(app)
  }
  await serveWebApp(app, join(programFolder, 'dist/web'))
  return app
}
