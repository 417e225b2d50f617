import type { FastifyInstance } from 'fastify'
import type { Database } from '#platform/db/database.ts'

/** `GET /healthz`: the process answers. `GET /readyz`: it can also reach its database. */
export function serveHealth(app: FastifyInstance, db: Database): void {
  app.get('/healthz', async () => ({ status: 'ok' }))
  app.get('/readyz', async (_request, reply) => {
    try {
      await db.pool.query('select 1')
      return { status: 'ready' }
    } catch {
      return reply.code(503).header('retry-after', '5').send({ status: 'database unreachable' })
    }
  })
}
