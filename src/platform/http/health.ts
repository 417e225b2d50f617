import type { FastifyInstance } from 'fastify'
import type { Result } from '#kernel/result.ts'

/** What the server depends on, each looked at by a call that may hang or throw. */
interface Dependencies {
  readonly database: () => Promise<unknown>
  readonly files: () => Promise<Result<void>>
}

interface Patience {
  /** After so many milliseconds what does not answer counts as unreachable. */
  readonly deadline: number
  /** How long what was found of the file store holds, in milliseconds: looking costs a request to another service. */
  readonly keepFiles: number
}

type Condition = 'ok' | 'full' | 'unreachable'

/**
 * `GET /healthz`: the process answers. `GET /readyz`: it can also reach its database and its file store; 503 says which
 * it cannot. A full disk is told and keeps nobody out: everything but uploads works. However many ask, each dependency is
 * looked at once at a time.
 */
export function serveHealth(
  app: FastifyInstance,
  { database, files }: Dependencies,
  { deadline, keepFiles }: Patience = { deadline: 3_000, keepFiles: 5_000 },
): void {
  const looks = {
    database: sharedLook(() => database().then(() => 'ok'), deadline, 0),
    files: sharedLook(() => files().then(conditionOf), deadline, keepFiles),
  }
  app.get('/healthz', async () => ({ status: 'ok' }))
  app.get('/readyz', async (_request, reply) => {
    const [ofDatabase, ofFiles] = await Promise.all([looks.database(), looks.files()])
    const found = { database: ofDatabase, files: ofFiles }
    if (ofDatabase !== 'unreachable' && ofFiles !== 'unreachable') return { status: 'ready', ...found }
    return reply
      .code(503)
      .header('retry-after', '5')
      .send({ status: 'not ready', ...found })
  })
}

const conditionOf = (checked: Result<void>): Condition =>
  checked.ok ? 'ok' : checked.refusal.code === 'files.disk_full' ? 'full' : 'unreachable'

/** A look many may ask for: one is under way at a time, and nobody waits for it longer than its deadline. */
function sharedLook(look: () => Promise<Condition>, deadline: number, keep: number): () => Promise<Condition> {
  let current: { found: Promise<Condition>; late: Promise<Condition>; endedAt: number | null } | null = null
  return () => {
    if (current === null || (current.endedAt !== null && performance.now() - current.endedAt >= keep)) {
      const late = Promise.withResolvers<Condition>()
      const timer = setTimeout(() => late.resolve('unreachable'), deadline).unref()
      const mine = {
        found: look()
          .catch((): Condition => 'unreachable')
          .finally(() => {
            clearTimeout(timer)
            mine.endedAt = performance.now()
          }),
        late: late.promise,
        endedAt: null as number | null,
      }
      current = mine
    }
    return Promise.race([current.found, current.late])
  }
}
