import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Id } from '#kernel/id.ts'
import { dateAt, systemClock } from '#kernel/time.ts'
import { controls } from '#modules/controls/contract.ts'
import { risks } from '#modules/risk/contract.ts'
import { createFileStore, type FileStore } from '#platform/files/file-store.ts'
import { type TestDatabase, testDatabase } from '#testing/database.ts'
import { replay } from '#testing/replay.ts'
import { loadDemo } from './load-demo.ts'
import { lastDay, openStage } from './stage.ts'

let t: TestDatabase
let files: FileStore
let folder: string
const lines: string[] = []
const into = () => ({
  db: t.db,
  files,
  url: new URL('http://127.0.0.1:7270'),
  report: (line: string) => void lines.push(line),
})

beforeAll(async () => {
  t = await testDatabase()
  folder = await mkdtemp(join(tmpdir(), 'plumbline-files-'))
  files = await createFileStore({ kind: 'local', folder, keepFree: 0 })
  const begun = performance.now()
  await loadDemo(into()).finally(() => console.error(lines.join('\n'), performance.now() - begun))
})
afterAll(async () => {
  await t.close()
  files.close()
  await rm(folder, { recursive: true, force: true })
})

test('the tables are what replaying the ledger gives', async () => {
  expect(await replay(t)).toEqual([])
})

async function asPersona(key: string) {
  const accountId = (await t.owner.query<{ id: Id<'account'> }>('select id from identity.account where persona = $1', [key]))
    .rows[0]?.id
  const stage = await openStage({ ...into(), today: dateAt(systemClock(), 'Europe/Berlin') })
  stage.goTo(lastDay)
  stage.enter(key, accountId as Id<'account'>)
  return stage
}

test('probe', async () => {
  const stage = await asPersona('isms-manager')
  const list = await stage.act('isms-manager', controls.list)
  console.error(list.counts, list.issued)
  if (list.issued) console.error(JSON.stringify((await stage.act('isms-manager', controls.statement, { params: { soaId: list.issued.id } })).standing))
  console.error(list.items.filter((c) => c.status !== 'implemented').map((c) => `${c.ref} ${c.status} ${c.reasons.map((r) => r.code)} ${c.issues.map((i) => i.code)}`).join('\n'))
  console.error(list.items.filter((c) => c.issues.length > 0).map((c) => `${c.ref} ${c.issues.map((i) => i.code)}`).join('\n'))
  const r = await stage.act('isms-manager', risks.list, { query: { limit: 100 } as never })
  console.error(r.items.map((x) => `${x.ref} ${x.status} ${x.current?.band.name}->${x.target?.band.name} ${x.acceptance} act ${x.actions.total}/${x.actions.open}/${x.actions.overdue} ${x.why.map((w) => w.code)}`).join('\n'))
  const n = await t.owner.query('select record_type, count(*)::int as n from ledger_entry group by 1 order by 1')
  console.error(n.rows.map((x) => `${x.record_type}:${x.n}`).join(' '))
  for (const table of ['person','asset','obligation','risk','artefact','control_evidence','ledger_entry','risk_action']) console.error(table, (await t.owner.query(`select count(*)::int as n from ${table}`)).rows[0])
  expect(list.total).toBe(93)
  await stage.close()
})
