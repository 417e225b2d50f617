// A process of its own for tests that kill it: starts the embedded PostgreSQL of the folder given (with `none` as third
// argument: without flushing to disk), then waits, writes row after row and says so once each is acknowledged, or
// stops at once. Lines on standard output: one JSON object each.
import { setTimeout as delay } from 'node:timers/promises'
import pg from 'pg'
import { startEmbeddedPostgres } from '#platform/postgres/embedded.ts'

const [home = '', task = 'wait', durability = 'full'] = process.argv.slice(2)
const say = (line: object): void => void process.stdout.write(`${JSON.stringify(line)}\n`)

const begun = performance.now()
const quiet = { info: () => undefined, warn: () => undefined }
const started = await startEmbeddedPostgres({
  home,
  log: quiet,
  durability: durability === 'none' ? 'none' : 'full',
})
if (!started.ok) {
  say({ refused: started.refusal.code, message: started.refusal.message })
  process.exit(1)
}
const { access, found } = started.value
const client = new pg.Client(access.owner)
client.on('error', () => undefined)
await client.connect()
await client.query('create table if not exists written (n int primary key)')
const { rows } = await client.query<{ n: number }>('select n from written order by n')
say({
  started: Math.round(performance.now() - begun),
  found,
  access,
  rows: rows.map((row) => row.n),
})

process.once('SIGTERM', () => void started.value.stop().then(() => process.exit(0)))
const first = Math.max(0, ...rows.map((row) => row.n)) + 1
if (task === 'write') {
  for (let n = first; ; n++) {
    await client.query('insert into written values ($1)', [n]).catch(() => delay(2 ** 31 - 1))
    say({ acknowledged: n })
  }
}
if (task === 'once') {
  await client.end()
  await started.value.stop()
} else {
  await delay(2 ** 31 - 1)
}
