import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Id } from '#kernel/id.ts'
import { dateAt, systemClock } from '#kernel/time.ts'
import { controls } from '#modules/controls/contract.ts'
import { printSoa } from '#modules/controls/server/export-soa.ts'
import { scope } from '#modules/organization/contract-scope.ts'
import { risks } from '#modules/risk/contract.ts'
import { printRegister } from '#modules/risk/server/export-use-cases.ts'
import { transaction } from '#platform/db/transaction.ts'
import { createFileStore, type FileStore } from '#platform/files/file-store.ts'
import { readAt } from '#platform/http/server.ts'
import { openSystemScope } from '#platform/identity/scope.ts'
import { createOrganizationBySystem } from '#platform/identity/system.ts'
import { verifyLedger } from '#platform/ledger/verify.ts'
import { type TestDatabase, testDatabase } from '#testing/database.ts'
import { replay } from '#testing/replay.ts'
import { bringIn, exportTo, type Place, reading } from '#testing/transfer.ts'
import { company } from './data/company.ts'
import { loadDemo } from './load-demo.ts'
import { demoSlug, lastDay, openStage, type Stage } from './stage.ts'

let t: TestDatabase
let files: FileStore
let folder: string
let stage: Stage
let offered: string[]
let own: Id<'org'>
let ownRows: string
let unfinished: Id<'org'>
let stored: unknown[]
let ended: unknown
const lines: string[] = []
const killedAt = (phase: string) => (line: string) => {
  if (line.includes(phase)) throw new Error('killed')
}
const into = () => ({
  owner: t.ownerConfig,
  db: t.db,
  files,
  url: new URL('http://127.0.0.1:7270'),
  report: (line: string) => void lines.push(line),
})

beforeAll(async () => {
  t = await testDatabase()
  folder = await mkdtemp(join(tmpdir(), 'plumbline-files-'))
  files = await createFileStore({ kind: 'local', folder, keepFree: 0 })
  // A load that ends half-way, beside an organization of somebody's own; the next one begins anew by itself.
  own = await createOrganizationBySystem(t.db, systemClock, { slug: 'acme', name: 'Acme GmbH' })
  ownRows = await rowsOf(own)
  ended = await loadDemo({ ...into(), report: killedAt('treatment plans') }).catch((error: unknown) => error)
  const { rows: orgs } = await t.owner.query<{ id: Id<'org'> }>('select org_id as id from organization where demo')
  unfinished = orgs[0]?.id ?? own
  stored = await storedOf(unfinished)
  await loadDemo(into())
  stage = await openStage({ ...into(), today: dateAt(systemClock(), company.timeZone) })
  stage.goTo(lastDay)
  const { rows } = await t.owner.query<{ id: Id<'account'>; persona: string }>(
    'select id, persona from identity.account where persona is not null order by created_at',
  )
  for (const { id, persona } of rows) stage.enter(persona, id)
  offered = rows.map(({ persona }) => persona)
}, 240_000)
afterAll(async () => {
  await stage?.close()
  await t.close()
  files.close()
  await rm(folder, { recursive: true, force: true })
})

async function storedOf(org: Id<'org'>): Promise<unknown[]> {
  const all: unknown[] = []
  for await (const one of files.list(org)) all.push(one)
  return all
}

/** Everything an organization has in the tables, as one text. */
async function rowsOf(org: string): Promise<string> {
  const { rows: tables } = await t.owner.query<{ name: string }>(
    `select table_schema || '.' || table_name as name from information_schema.columns c join information_schema.tables
     using (table_schema, table_name) where column_name = 'org_id' and table_type = 'BASE TABLE' order by 1`,
  )
  let all = ''
  for (const { name } of tables) {
    const { rows } = await t.owner.query(
      `select to_jsonb(x)::text as row from ${name} x where org_id = $1 order by 1`,
      [org],
    )
    if (rows.length > 0) all += `${name}\n${rows.map(({ row }: { row: string }) => row).join('\n')}\n`
  }
  return all
}

test('a load that was interrupted began anew: nothing is left of it, and other organizations are as they were', async () => {
  expect(String(ended)).toContain('killed')
  expect(stored.length).toBeGreaterThan(0)
  expect(lines[0]).toContain('interrupted')
  expect(await rowsOf(unfinished)).toBe('')
  expect(await storedOf(unfinished)).toEqual([])
  expect(ownRows).toContain('Acme GmbH')
  expect(await rowsOf(own)).toBe(ownRows)
  const { rows } = await t.owner.query<{ n: number }>(
    `select count(*)::int as n from identity.account a
     where not exists (select from membership m where m.account_id = a.id)`,
  )
  expect(rows[0]?.n).toBe(0)
})

const count = async (table: string): Promise<number> =>
  (await t.owner.query<{ n: number }>(`select count(*)::int as n from ${table}`)).rows[0]?.n ?? 0

test('its ledger is whole, and replaying it gives the tables', async () => {
  const operator = { kind: 'system', id: null, name: 'test', personId: null, roles: [] } as const
  const verified = await transaction(t.db, systemClock, openSystemScope(demoSlug, operator), { mode: 'read' }, (tx) =>
    verifyLedger(tx, tx.org.id),
  )
  expect(verified.faults).toEqual([])
  expect(verified.entries).toBeGreaterThan(1_500)
  expect(await replay(t)).toEqual([])
  const { rows } = await t.owner.query<{ early: string; late: string }>(
    `select min(at)::date::text as early, max(at)::date::text as late from ledger_entry where org_id <> $1`,
    [own],
  )
  expect(rows[0]?.early).toBe(stage.date(0))
  expect((rows[0]?.late ?? '') < stage.date(lastDay)).toBe(true)
})

test('everything is as large as promised, and one line was said per part', async () => {
  const tables = ['person', 'asset', 'obligation', 'risk', 'risk_action', 'artefact', 'soa_version']
  expect(await Promise.all(tables.map(count))).toEqual([78, 46, 15, 30, 28, 126, 2])
  expect(lines).toHaveLength(13)
  expect(offered).toEqual([
    'isms-manager',
    'cto',
    'it-lead',
    'hr-lead',
    'engineer',
    'internal-auditor',
    'employee',
    'administrator',
    'external-auditor',
  ])
})

test('the second statement is out of date in two rows, and its weaknesses are derived', async () => {
  const list = await stage.act('external-auditor', controls.list)
  expect([list.total, list.counts.blocking, list.counts.status.notApplicable]).toEqual([93, 0, 4])
  expect(list.issued).toMatchObject({ number: 2, holds: false, changed: 2 })
  const shown = await stage.act('external-auditor', controls.statement, { params: { soaId: list.issued?.id ?? '' } })
  expect(shown.standing?.reasons.map(({ ref }) => ref)).toEqual(['A.8.16', 'A.8.29'])
  const why = (ref: string): unknown => {
    const found = list.items.find((item) => item.ref === ref)
    return [found?.status, found?.reasons.at(-1)?.code]
  }
  expect(why('A.7.9')).toEqual(['claimed', 'noEvidence'])
  expect(why('A.6.2')).toEqual(['claimed', 'evidenceStale'])
  expect(why('A.7.7')).toEqual(['claimed', 'onlyWord'])
  expect(why('A.5.6')).toEqual(['claimed', 'evidenceNotCounted'])
  expect(why('A.8.23')).toEqual(['claimed', 'assuranceMissing'])
  expect(why('A.8.11')).toEqual(['planned', 'actionsOpen'])
  expect(list.items.every(({ applicability, drivers }) => applicability === 'excluded' || drivers.length > 0)).toBe(
    true,
  )
})

test('the scope is approved in two versions, and a service started since waits to be placed', async () => {
  const shown = await stage.act('external-auditor', scope.show)
  expect(shown.approved?.number).toBe(2)
  expect(shown.draft).toBeNull()
  expect(shown.judgement.state).toBe('outOfDate')
  expect(shown.judgement.notPlaced.map(({ name }) => name)).toEqual(['Rental of gate terminals'])
  expect(shown.content.items.filter(({ placement }) => placement === 'out')).toHaveLength(2)
  expect(shown.content.interfaces.flatMap(({ controls: refs }) => refs).length).toBeGreaterThan(0)
})

test('every stage of a treatment is there to be seen', async () => {
  const { items } = await stage.act('internal-auditor', risks.list, { query: { limit: '100' } })
  const byStatus = Map.groupBy(items, ({ status }) => status)
  expect(Object.fromEntries([...byStatus].map(([status, list]) => [status, list.length]))).toEqual({
    accepted: 20,
    inTreatment: 5,
    acceptanceOutOfDate: 1,
    needsTreatment: 1,
    planAwaitingApproval: 1,
    notAssessed: 1,
    avoided: 1,
  })
  const codes = items.flatMap(({ why }) => why.map(({ code }) => code))
  for (const code of ['risk.control_status_changed', 'risk.owner_left', 'risk.actions_overdue', 'risk.improved']) {
    expect(codes).toContain(code)
  }
  const runs = await stage.act('internal-auditor', risks.runs)
  expect(runs.items.map(({ results, missing }) => [results, missing])).toEqual([
    [28, 0],
    [28, 0],
  ])
})

test('two processes do not load at once', async () => {
  await t.owner.query(`delete from identity.installation where name = 'demo.loaded'`)
  const other = new pg.Client(t.ownerConfig)
  await other.connect()
  await other.query('select pg_advisory_lock(7271)')
  try {
    await expect(loadDemo(into())).rejects.toThrow(/Another process/)
  } finally {
    await other.end()
    await t.owner.query(`insert into identity.installation (name, value) values ('demo.loaded', 'x')`)
  }
})

test('loading it again changes nothing', async () => {
  const before = await count('ledger_entry')
  expect(await loadDemo(into())).toBe(false)
  expect(await count('ledger_entry')).toBe(before)
})

test('it comes back in another installation as it was, down to the byte, and as of every day', async () => {
  const there = await mkdtemp(join(tmpdir(), 'plumbline-files-'))
  const target: Place = {
    t: await testDatabase(),
    files: await createFileStore({ kind: 'local', folder: join(there, 'files'), keepFree: 0 }),
  }
  const from = { t, files }
  try {
    const brought = await bringIn(await exportTo(join(there, 'demo.zip'), demoSlug, from), target)
    if (!brought.ok) throw new Error(brought.refusal.message)
    expect(brought.value.files).toBeGreaterThan(20)
    expect(brought.value.members.length).toBeGreaterThan(3)

    const content = async (name: string, of: Place): Promise<string> => {
      const text = await readFile(await exportTo(join(there, name), demoSlug, of), 'utf8')
      return text.replace(/"exportedAt":"[^"]*"/, '')
    }
    expect((await content('again.json', target)) === (await content('first.json', from))).toBe(true)
    expect(await replay(target.t)).toEqual([])
    expect((await reading(target, demoSlug, (tx) => verifyLedger(tx, tx.org.id))).faults).toEqual([])

    const operator = { kind: 'system', id: null, name: 'test', personId: null, roles: [] } as const
    const reads = ({ t: { db } }: Place, day: string | null): Promise<unknown> =>
      transaction(
        db,
        () => readAt('2026-06-01', 'UTC'),
        openSystemScope(demoSlug, operator),
        { mode: 'read', at: ({ org }) => (day === null ? null : readAt(day, org.timeZone)) },
        async (tx) => [
          (await printRegister(tx, { state: 'current', language: 'en' })).data,
          (await printSoa(tx, {}, () => true)).data,
        ],
      )
    const { rows: days } = await t.owner.query<{ day: string }>(
      `select distinct on (date_trunc('year', at)) at::date::text as day from ledger_entry
       order by date_trunc('year', at), at desc`,
    )
    for (const day of [null, ...days.map((one) => one.day)]) {
      expect(await reads(target, day)).toEqual(await reads(from, day))
    }
  } finally {
    await target.t.close()
    target.files.close()
    await rm(there, { recursive: true, force: true })
  }
}, 120_000)
