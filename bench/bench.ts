import pg from 'pg'
import type { Instant } from '#kernel/time.ts'
import { bareServer } from './bare.ts'
import { interleaved, timed } from './measure.ts'
import { generate, openStage, type Stage } from './stage.ts'

// One JSON line per figure: name, value, unit, limit. Ratios are measured side by side in one run. The exit code says
// whether every figure kept its limit; with --small, which runs on busy machines, it only says that all were measured.
const small = process.argv.includes('--small')
const rounds = small ? 9 : 31
let kept = true

function figure(name: string, value: number, unit: string, limit: number | null): void {
  const rounded = Math.round(value * 1000) / 1000
  if (limit !== null && value > limit) kept = false
  process.stdout.write(`${JSON.stringify({ name, value: rounded, unit, limit })}\n`)
}

async function orgId(stage: Stage, slug: string): Promise<string> {
  const client = new pg.Client(stage.access.owner)
  await client.connect()
  const found = await client.query<{ id: string }>('select id from organization where slug = $1', [slug])
  await client.query('vacuum analyze')
  await client.end()
  return found.rows[0]?.id ?? ''
}

const stage = await openStage()
const bare = await bareServer(stage.access.owner)
try {
  await generate(stage, 'thousand', 1000)
  if (!small) await generate(stage, 'tenthousand', 10_000)
  stage.clock.now = '2026-02-05T09:00:00.000Z' as Instant
  const org = await orgId(stage, 'thousand')
  const token = await stage.token('thousand')
  const api = `${stage.url}/api/v1/orgs/thousand`

  const list = () => timed(`${api}/risks?limit=1000`, { token })
  const [live, bareList] = await interleaved([list, () => timed(`${bare.url}/risks/${org}`)], rounds)
  figure('risks.list.1000', live ?? 0, 'ms', null)
  figure('risks.list.1000 / bare', (live ?? 0) / (bareList ?? 1), 'ratio', 1.5)

  const [soa, bareSoa] = await interleaved(
    [() => timed(`${api}/controls`, { token }), () => timed(`${bare.url}/soa/${org}`)],
    rounds,
  )
  figure('soa.working', soa ?? 0, 'ms', null)
  figure('soa.working / bare', (soa ?? 0) / (bareSoa ?? 1), 'ratio', 2)

  // An asset: a token has no person behind it, and risks are recorded by people.
  const body = JSON.stringify({ name: 'Loss of a service', kind: 'data', description: 'x'.repeat(200) })
  const [create, bareCreate] = await interleaved(
    [() => timed(`${api}/assets`, { token, method: 'POST', body }), () => timed(`${bare.url}/create/x`)],
    rounds * 3,
  )
  figure('record.create', create ?? 0, 'ms', null)
  figure('record.create / bare two-row transaction', (create ?? 0) / (bareCreate ?? 1), 'ratio', 2.5)

  const [past, now] = await interleaved([() => timed(`${api}/risks?limit=1000&at=2026-02-01`, { token }), list], rounds)
  figure('risks.list.past / live', (past ?? 0) / (now ?? 1), 'ratio', 4)

  if (!small) {
    const big = await stage.token('tenthousand')
    const [ten, one] = await interleaved(
      [() => timed(`${stage.url}/api/v1/orgs/tenthousand/risks?limit=10000`, { token: big }), list],
      9,
    )
    figure('risks.list.10000 / 1000', (ten ?? 0) / (one ?? 1), 'ratio', 10)
  }
  figure('memory', process.memoryUsage().rss / 1024 / 1024, 'MB, generator and server', null)
} finally {
  await bare.close()
  await stage.close()
}
process.exit(kept || small ? 0 : 1)
