import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { migrate } from '#platform/db/migrate.ts'
import { startEmbeddedPostgres } from '#platform/postgres/embedded.ts'
import { orRefuse } from '#platform/refusal/refusal-error.ts'

// Writes the types of the tables after a migration was added: `npm run schema`. The database is a new one, made from
// the migrations and thrown away.
const out = join(import.meta.dirname, '../../platform/db/schema.generated.ts')
const cli = join(dirname(createRequire(import.meta.url).resolve('kysely-codegen/package.json')), 'dist/cli/bin.js')
const home = mkdtempSync(join(tmpdir(), 'plumbline-schema-'))
const log = { info: (): void => undefined, warn: (line: string): void => void process.stderr.write(`${line}\n`) }
let status: number | null = 1
try {
  const postgres = orRefuse(await startEmbeddedPostgres({ home, log, durability: 'none' }))
  const { owner } = postgres.access
  await migrate(owner)
  const url = `postgresql://${owner.user}@/${owner.database}?host=${encodeURIComponent(owner.host ?? '')}&port=${owner.port}`
  // What the database driver is told to return: instants and days as text, sequence numbers as numbers.
  const types = { timestamptz: 'string', date: 'string', int8: 'number', jsonb: 'unknown' }
  const settings = {
    dialect: 'postgres',
    url,
    'type-mapping': JSON.stringify(types),
    'include-pattern': '{public,catalogue}.*',
    'out-file': out,
  }
  const options = Object.entries(settings).flatMap(([name, value]) => [`--${name}`, value])
  ;({ status } = spawnSync(process.execPath, [cli, '--camel-case', ...options], { stdio: 'inherit' }))
  await postgres.stop()
} finally {
  rmSync(home, { recursive: true, force: true })
}
process.exit(status ?? 1)
