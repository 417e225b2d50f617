import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import pg from 'pg'
import { openAppDatabase } from '#app/server.ts'
import { startEmbeddedPostgres } from '#platform/postgres/embedded.ts'
import { orRefuse } from '#platform/refusal/refusal-error.ts'
import { firstPages } from '#web/check-size.ts'
import { type Amounts, generate, type Organization } from './generate.ts'
import { startBare, startServer } from './installation.ts'
import { type Asked, interleaved, timed } from './measure.ts'

// One JSON line per figure: name, value, unit, limit. Product and yardstick run as processes of their own, on the same
// PostgreSQL with the same settings; ratios are taken in one run, request by request in turn, one client, over HTTP.
// The exit code says whether every figure kept its limit; with --small, which runs on busy machines, it only says that
// all were measured.
const small = process.argv.includes('--small')
const rounds = small ? { warm: 12, counted: 15 } : { warm: 15, counted: 41 }
const thousand: Amounts = small
  ? { risks: 1000, assets: 1000, artefacts: 2000, entries: 0 }
  : { risks: 1000, assets: 10_000, artefacts: 20_000, entries: 200_000 }
const tenThousand: Amounts = { risks: 10_000, assets: 1000, artefacts: 1000, entries: 0 }
const silent = { info: (): void => undefined, warn: (): void => undefined }
let kept = true

function figure(name: string, value: number, unit: string, limit: number | null): void {
  const rounded = Math.round(value * 1000) / 1000
  if (limit !== null && !(rounded <= limit)) kept = false
  process.stdout.write(`${JSON.stringify({ name, value: rounded, unit, limit })}\n`)
}

const home = mkdtempSync(join(tmpdir(), 'plumbline-bench-'))
try {
  await measureStart()
  const organizations = await fill()
  await measureRequests(organizations)
  for (const { name, bytes, limit } of firstPages())
    figure(`first page: ${name}`, bytes / 1000, 'kB gzip', limit / 1000)
} finally {
  rmSync(home, { recursive: true, force: true })
}
process.exit(kept || small ? 0 : 1)

async function measureStart(): Promise<void> {
  const first = await startServer(home)
  figure('ready, first start', first.readyAfter / 1000, 's', 5)
  await first.stop()
  const later = await startServer(home)
  figure('ready, later start', later.readyAfter / 1000, 's', 2)
  await later.stop()
}

// Directly into the database of the home folder, while no server runs on it.
async function fill(): Promise<{ one: Organization; ten: Organization }> {
  const start = performance.now()
  const postgres = orRefuse(await startEmbeddedPostgres({ home, log: silent }))
  const db = await openAppDatabase(postgres.access)
  const one = await generate(db, 'thousand', thousand)
  const ten = await generate(db, 'tenthousand', tenThousand)
  await db.close()
  const owner = new pg.Client(postgres.access.owner)
  await owner.connect()
  await owner.query('vacuum analyze')
  await owner.end()
  await postgres.stop()
  figure('generator', (performance.now() - start) / 1000, 's', null)
  figure('ledger entries, 1,000 risks', one.entries, 'entries', null)
  figure('ledger entries, 10,000 risks', ten.entries, 'entries', null)
  return { one, ten }
}

async function measureRequests({ one, ten }: { one: Organization; ten: Organization }): Promise<void> {
  const server = await startServer(home)
  const bare = await startBare(home)
  const get = (of: Organization, path: string): Asked => ({
    url: `${server.url}/api/v1/orgs/${of.slug}/${path}`,
    headers: { cookie: `plumbline_session=${of.session}` },
  })
  const yardstick = (path: string): Asked => ({ url: `${bare.url}/${path}` })
  try {
    for (const path of ['risks', 'controls', 'assets', 'soa', 'risk-matrix']) await timed(get(one, path))
    await wait(2000)
    figure('idle memory of the server process', server.memory(), 'MB', 250)

    const list = get(one, 'risks?limit=1000')
    const [live, bareList] = await interleaved([list, yardstick(`risks/${one.id}`)], rounds)
    figure('list of 1,000 risks', live, 'ms', null)
    figure('list of 1,000 risks / bare', live / bareList, 'ratio', 1.5)

    const [soa, bareSoa] = await interleaved([get(one, 'controls'), yardstick(`soa/${one.id}`)], rounds)
    figure('SoA working view', soa, 'ms', null)
    figure('SoA working view / bare', soa / bareSoa, 'ratio', 2)

    const body = JSON.stringify({
      kind: 'informationSecurity',
      title: 'Loss of a service through a failed change',
      scenario: 'A change goes live without a way back. '.repeat(5),
      integrity: 'lost',
      availability: 'lost',
    })
    const record = { ...get(ten, 'risks'), method: 'POST', body } as const
    const [create, bareCreate] = await interleaved(
      [record, { ...yardstick(`create/${ten.id}`), method: 'POST', body }],
      { warm: 30, counted: rounds.counted * 5 },
    )
    figure('create a risk', create, 'ms', null)
    figure('create a risk / bare two-row transaction', create / bareCreate, 'ratio', 2.5)

    const [past, now] = await interleaved([get(one, `risks?limit=1000&at=${one.past}`), list], rounds)
    figure('list of 1,000 risks, past / live', past / now, 'ratio', 4)

    const [many, few] = await interleaved([get(ten, 'risks?limit=10000'), list], { warm: 2, counted: small ? 5 : 11 })
    figure('list of 10,000 risks / 1,000', many / few, 'ratio', 10)

    await measureDocuments(get, one)
    await measureChanged({ ...get(one, 'risks'), method: 'POST', body }, get(one, 'exports/risks?format=pdf'))
    figure('memory of the server process after all this', server.memory(), 'MB', null)
  } finally {
    await bare.stop()
    await server.stop()
  }
}

async function measureDocuments(get: (of: Organization, path: string) => Asked, of: Organization): Promise<void> {
  const documents = [
    ['SoA as PDF', 'exports/soa?format=pdf', 0.3],
    ['SoA as DOCX', 'exports/soa?format=docx', 0.5],
    ['SoA as XLSX', 'exports/soa?format=xlsx', 0.5],
    ['register of 1,000 risks as PDF', 'exports/risks?format=pdf', 1.2],
  ] as const
  for (const [name, path, limit] of documents) {
    const [time] = await interleaved([get(of, path)], { warm: 3, counted: small ? 3 : 7 })
    figure(name, time / 1000, 's', limit)
  }
}

// A report that was exported before is set faster; this one has another row each time.
async function measureChanged(change: Asked, document: Asked): Promise<void> {
  const times: number[] = []
  for (let round = 0; round < 3; round++) {
    await timed(change)
    times.push(await timed(document))
  }
  figure('register of 1,000 risks as PDF, after a change', Math.max(...times) / 1000, 's', 1.2)
}
