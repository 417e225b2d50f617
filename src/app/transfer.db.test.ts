import { createHash, randomUUID } from 'node:crypto'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest'
import type { Result } from '#kernel/result.ts'
import { systemClock } from '#kernel/time.ts'
import { people } from '#modules/people/contract.ts'
import { directory } from '#modules/people/server/directory.ts'
import { orderErasure } from '#platform/files/erasure-order.ts'
import { identity } from '#platform/identity/contract.ts'
import { inviteBySystem } from '#platform/identity/system.ts'
import { chainHash, contentHash, genesis } from '#platform/ledger/content.ts'
import { exportOrganization } from '#platform/transfer/contract.ts'
import { replay } from '#testing/replay.ts'
import { type TestActor, type TestServer, testServer } from '#testing/server.ts'
import { bringIn, type Place, reading, exportTo as write } from '#testing/transfer.ts'

vi.setConfig({ testTimeout: 60_000 })

interface Entry {
  seq: number
  at: string
  actor: { kind: 'system'; id: string | null; name: string }
  action: string
  record_type: string
  record_id: string
  before: Record<string, unknown> | null
  after: Record<string, unknown>
  reason: string | null
  tx: string
  content: string
  hash: string
}
interface Exported {
  meta: { exportedAt: string; organization: { id: string }; head: { seq: number; at: string; hash: string } }
  tables: Record<string, Record<string, unknown>[]>
  counters: { prefix: string; last: number }[]
  ledger: Entry[]
  files: { sha256: string; bytes: number }[]
}

let folder: string
let source: TestServer
let anna: TestActor
let target: Place

/** A server of another installation, with a database and files of its own. */
let other: TestServer

async function emptied(server: TestServer): Promise<Place> {
  await server.t.owner.query('truncate organization, ledger_entry, ledger_head, ref_counter, identity.account cascade')
  const order = valueOf(orderErasure('test', 'between two tests'))
  for await (const { orgId, sha256 } of server.files.list()) await server.files.erase(orgId, sha256, order)
  return server
}

const exportTo = (file: string, slug: string, from: Place): Promise<string> => write(join(folder, file), slug, from)

function valueOf<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(`${result.refusal.code}: ${result.refusal.message}`)
  return result.value
}
const said = (result: Result<unknown>): string =>
  result.ok ? 'done' : `${result.refusal.code}: ${result.refusal.message}`

/** Everything in a place that could have been half-written. */
async function contents({ t, files }: Place): Promise<string[]> {
  const { rows } = await t.owner.query<{ name: string }>(
    `select c.relname as name from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attname = 'org_id'
     where c.relkind = 'r' and c.relnamespace = 'public'::regnamespace order by 1`,
  )
  const counted: string[] = []
  for (const { name } of rows) {
    const found = await t.owner.query<{ n: string }>(`select count(*) as n from ${name}`)
    counted.push(`${name} ${found.rows[0]?.n}`)
  }
  for await (const { orgId, sha256 } of files.list()) counted.push(`${orgId} ${sha256}`)
  return counted
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'plumbline-transfer-'))
  source = await testServer()
  await source.organization('acme')
  anna = await source.actor('acme', 'Anna Berg', ['administrator'])
  const { id } = await anna.done(people.add, { body: { name: 'Jörg “Quote” \\ Müller 審査' } })
  await anna.done(people.change, {
    params: { personId: id },
    version: 1,
    body: { note: '=cmd|x', managerId: anna.personId },
  })
  const org = await source.inside('acme', async (tx) => tx.org.id)
  for (const text of ['policy', 'log'.repeat(100_000)]) {
    valueOf(await source.files.put(org, Readable.from([Buffer.from(text)]), { maxBytes: 1e9 }))
  }
  other = await testServer()
}, 120_000)
beforeEach(async () => {
  target = await emptied(other)
})
afterAll(async () => {
  await source.close()
  await other.close()
  await rm(folder, { recursive: true })
})

const exported = async (name: string): Promise<{ file: string; data: Exported }> => {
  const file = await exportTo(`${name}.json`, 'acme', source)
  return { file, data: JSON.parse(await readFile(file, 'utf8')) as Exported }
}

/** Chains a ledger anew, as somebody would who knows how it is made. */
function rechain(data: Exported): void {
  let previous: Buffer = genesis
  data.ledger.forEach((entry, index) => {
    entry.seq = index + 1
    const { actor, action, before, after, reason, tx } = entry
    entry.content = contentHash({
      actor,
      action,
      type: entry.record_type,
      id: entry.record_id,
      before,
      after,
      reason,
      tx,
    })
    previous = chainHash(previous, entry.seq, entry.at, Buffer.from(entry.content, 'hex'))
    entry.hash = previous.toString('hex')
  })
  const last = data.ledger.at(-1) as Entry
  data.meta.head = { seq: last.seq, at: last.at, hash: last.hash }
}

test('every table that holds rows of organizations is exported, or is known not to be', async () => {
  const { data } = await exported('tables')
  const { rows } = await target.t.owner.query<{ name: string }>(
    `select c.relname as name from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attname = 'org_id'
     where c.relkind = 'r' and c.relnamespace = 'public'::regnamespace order by 1`,
  )
  const elsewhere = ['ledger_entry', 'ledger_head', 'ref_counter']
  // Uploads and answers of the last day.
  const passing = ['idempotency', 'import_upload']
  const left = rows.map(({ name }) => name).filter((name) => !elsewhere.includes(name) && !passing.includes(name))
  expect(Object.keys(data.tables).sort()).toEqual(left)
})

test('no secret leaves', async () => {
  await source.t.owner.query(`update identity.account set password_hash = 'the hash of a password'`)
  await anna.done(identity.createToken, {
    body: { name: 'Reporting', roles: ['administrator'], expiresAt: '2026-12-01T00:00:00.000Z' },
  })
  const { file } = await exported('secrets')
  const text = await readFile(file, 'utf8')
  expect(text).toContain('Reporting')
  expect(text).not.toContain('the hash of a password')
  const { rows } = await source.t.owner.query<{ hash: string }>(
    `select encode(token_hash, 'hex') as hash from identity.session union all select encode(token_hash, 'hex') from identity.token_secret`,
  )
  expect(rows.length).toBeGreaterThan(1)
  for (const { hash } of rows) expect(text).not.toContain(hash)
})

test('it comes in beside others, counts on, and only once', async () => {
  await source.organization('second')
  const { file } = await exported('beside')
  const other = await exportTo('second.json', 'second', source)
  valueOf(await bringIn(other, target))
  expect(valueOf(await bringIn(file, target)).slug).toBe('acme')
  expect(said(await bringIn(file, target))).toMatch(/^transfer.exists: .*as acme Ltd \(acme\)/)
  const next = await reading(target, 'acme', (tx) =>
    tx.first<{ last: number }>({ text: `select last from ref_counter where prefix = 'P'`, values: [] }),
  )
  expect(next?.last).toBe(2)
})

test('a short name that is taken asks for another one, which the ledger tells', async () => {
  const { file, data } = await exported('slug')
  await other.organization('acme')
  const into = target
  const before = await contents(into)
  expect(said(await bringIn(file, into))).toMatch(/^organization.slug_taken: .*--slug/)
  expect(said(await bringIn(file, into, { slug: 'Not a slug' }))).toMatch(/^organization.slug_form/)
  expect(said(await bringIn(file, into, { slug: 'api' }))).toMatch(/^organization.slug_taken/)
  expect(await contents(into)).toEqual(before)
  expect(valueOf(await bringIn(file, into, { slug: 'acme-two' })).slug).toBe('acme-two')
  const { rows } = await other.t.owner.query<{ seq: string; action: string; slug: string }>(
    `select seq, action, after ->> 'slug' as slug from ledger_entry where org_id = $1 order by seq desc limit 1`,
    [data.meta.organization.id],
  )
  expect(rows).toEqual([{ seq: String(data.meta.head.seq + 1), action: 'organization.changed', slug: 'acme-two' }])
  expect(await replay(other.t)).toEqual([])
})

const rowOf = (data: Exported, table: string, index = 0): Record<string, unknown> =>
  data.tables[table]?.[index] as Record<string, unknown>

test.each<[string, (data: Exported) => void, RegExp]>([
  [
    'a changed row',
    (data) => void (rowOf(data, 'person')['name'] = 'Eve'),
    /^transfer.tampered: .*P-\d of table person was changed past the ledger: name differs from entry \d+/,
  ],
  [
    'a row of its own',
    (data) => void data.tables['person']?.push({ ...rowOf(data, 'person'), id: randomUUID(), ref: 'P-9', email: null }),
    /^transfer.tampered: .*P-9 of table person was written past the ledger/,
  ],
  ['a missing row', (data) => void data.tables['person']?.pop(), /^transfer.(tampered|damaged)/],
  [
    'a changed entry',
    (data) => void ((data.ledger[3] as Entry).reason = 'because'),
    /^transfer.tampered: .*Entry 4 \(.*was changed after it had been written/,
  ],
  ['a changed actor', (data) => void ((data.ledger[3] as Entry).actor.name = 'Eve'), /^transfer.tampered: .*Entry 4 /],
  ['a removed entry', (data) => void data.ledger.splice(3, 1), /^transfer.tampered: .*Entry 4 is missing/],
  ['a removed end', (data) => void data.ledger.pop(), /^transfer.tampered: .*last entry, \d+, is missing/],
  [
    'exchanged entries',
    (data) => {
      const [a, b] = [data.ledger[3] as Entry, data.ledger[4] as Entry]
      ;[a.seq, b.seq] = [b.seq, a.seq]
    },
    /^transfer.tampered: .*Entry [45] /,
  ],
  [
    'a rewritten chain with a history that does not follow',
    (data) => {
      const entry = data.ledger.find((one) => one.before !== null) as Entry
      entry.before = { ...entry.before, note: 'never' }
      rechain(data)
    },
    /^transfer.tampered: Entry \d+ \(.*does not start from|^transfer.tampered: .*does not start from/,
  ],
  [
    'a rewritten chain with a past state no table can have',
    (data) => {
      const [index, at] = pair(data)
      const [first, second] = [data.ledger[index] as Entry, data.ledger[at] as Entry]
      first.after = { ...first.after, version: 'one' }
      second.before = first.after
      rechain(data)
    },
    /^transfer.tampered: .*Entry \d+ holds a state that a record of person cannot have/,
  ],
  [
    'an entry about another record',
    (data) => {
      const entry = data.ledger.at(-1) as Entry
      entry.record_id = randomUUID()
      rechain(data)
    },
    /^transfer.tampered/,
  ],
  [
    'a date that is none',
    (data) => {
      const entry = data.ledger.at(-1) as Entry
      entry.at = 'infinity'
    },
    /^transfer/,
  ],
  [
    'a row of another organization',
    (data) => void (rowOf(data, 'person')['org_id'] = randomUUID()),
    /^transfer.damaged: .*another organization/,
  ],
  [
    'a row of a platform table',
    (data) => void (data.tables['account'] = [{ org_id: data.meta.organization.id }]),
    /^transfer.damaged: .*table “account”/,
  ],
  [
    'a column this version has not',
    (data) => void (rowOf(data, 'person')['shoe_size'] = 42),
    /^transfer.schema_differs: .*shoe_size of person/,
  ],
  [
    'a column that is missing',
    (data) => void delete rowOf(data, 'person')['note'],
    /^transfer.schema_differs: .*note of person/,
  ],
  [
    'a value that does not fit',
    (data) => void (rowOf(data, 'person')['version'] = 'one'),
    /^transfer.damaged: .*a row of person cannot be read/,
  ],
  [
    'a row twice',
    (data) => void data.tables['person']?.push(rowOf(data, 'person')),
    /^transfer.damaged: .*person_pkey/,
  ],
  ['a part nobody knows', (data) => void Object.assign(data, { extra: [1] }), /^transfer.damaged: .*“extra”/],
  ['a newer format', (data) => void Object.assign(data.meta, { format: 2 }), /^transfer.newer/],
  ['a newer schema', (data) => void Object.assign(data.meta, { schema: 9999 }), /^transfer.newer/],
  [
    'no ledger',
    (data) => {
      data.ledger = []
      data.tables = {}
    },
    /^transfer/,
  ],
  [
    'a file that is another',
    (data) =>
      void ((data.files[0] as { sha256: string }).sha256 = createHash('sha256').update('policies').digest('hex')),
    /^transfer.files_missing/,
  ],
])('%s is refused, and nothing is written', async (_what, change, expected) => {
  const { file, data } = await exported('tampered')
  change(data)
  await writeFile(file, JSON.stringify(data))
  const before = await contents(target)
  expect(said(await bringIn(file, target))).toMatch(expected)
  expect(await contents(target)).toEqual(before)
})

/** The first change of a person and the entry it starts from, by their places. */
function pair({ ledger }: Exported): [number, number] {
  const second = ledger.findIndex((one) => one.record_type === 'person' && one.before !== null)
  const first = ledger.findIndex((one) => one.record_id === ledger[second]?.record_id)
  return [first, second]
}

test('a file with other content than its name says is refused, and files already stored go again', async () => {
  const { file, data } = await exported('content')
  const last = data.files.at(-1)?.sha256 ?? ''
  await writeFile(join(folder, 'content.files', last), 'x'.repeat(data.files.at(-1)?.bytes ?? 0))
  const before = await contents(target)
  expect(said(await bringIn(file, target))).toMatch(/^transfer.damaged: .*is another/)
  await rm(join(folder, 'content.files', last))
  expect(said(await bringIn(file, target))).toMatch(/^transfer.files_missing: .*content.files beside it.*--no-files/)
  expect(await contents(target)).toEqual(before)
  expect(valueOf(await bringIn(file, target, { withoutFiles: true })).files).toBe(0)
})

test('a head noted earlier finds out a file that was rewritten as a whole', async () => {
  const { file, data } = await exported('noted')
  const noted = { seq: data.meta.head.seq, hash: data.meta.head.hash }
  const entry = data.ledger.at(-1) as Entry
  entry.reason = 'another one'
  rechain(data)
  await writeFile(file, JSON.stringify(data))
  expect(said(await bringIn(file, target, { noted }))).toMatch(
    /^transfer.tampered: .*does not carry the hash that was noted/,
  )
})

test.each([
  ['nothing', '', /^transfer.not_an_export/],
  ['a table', 'a;b\n1;2\n', /^transfer.not_an_export/],
  ['other JSON', '{"rows": []}', /^transfer.not_an_export/],
  ['half a document', null, /^transfer.not_an_export: .*breaks off/],
  ['half a zip', 'PK\u0003\u0004', /^transfer.not_an_export/],
])('%s is no export', async (_what, text, expected) => {
  const { file } = await exported('odd')
  const whole = await readFile(file, 'utf8')
  await writeFile(file, text ?? whole.slice(0, whole.length / 2))
  const before = await contents(target)
  expect(said(await bringIn(file, target))).toMatch(expected)
  expect(await contents(target)).toEqual(before)
  expect(said(await bringIn(join(folder, 'nowhere.json'), target))).toMatch(/^transfer.not_found/)
})

test('a document laid out anew, by whatever program, is the same document', async () => {
  const { file, data } = await exported('pretty')
  await writeFile(file, JSON.stringify(data, null, 2))
  valueOf(await bringIn(file, target))
  const again = await exportTo('pretty-again.json', 'acme', target)
  expect({ ...JSON.parse(await readFile(again, 'utf8')), meta: null }).toEqual({ ...data, meta: null })
})

test('nobody gains access by an import: an account of the same id is shut out, an address is only invited', async () => {
  const { file, data } = await exported('members')
  await other.organization('victims')
  const victor = await other.actor('victims', 'Victor', ['administrator'])
  const { rows } = await other.t.owner.query<{ id: string }>('select id from identity.account')
  // A hostile file names an account that exists here, and an address that does.
  const [membership] = data.tables['membership'] as [Record<string, unknown>]
  const patch = { account_id: rows[0]?.id, email: 'victor@victims.example' }
  Object.assign(membership, patch)
  for (const entry of data.ledger.filter((one) => one.record_type === 'membership')) Object.assign(entry.after, patch)
  rechain(data)
  await writeFile(file, JSON.stringify(data))
  valueOf(await bringIn(file, target))
  const refused = await callElsewhere(other, victor, 'acme')
  expect(refused).toBe(404)
  const ended = await other.t.owner.query<{ reason: string }>(
    `select reason from ledger_entry where org_id = $1 and action = 'member.ended'`,
    [data.meta.organization.id],
  )
  expect(ended.rowCount).toBe(1)
  expect(await replay(other.t)).toEqual([])
})

const callElsewhere = async (server: TestServer, actor: TestActor, org: string): Promise<number> =>
  (await server.http.inject({ url: `/api/v1/orgs/${org}/people`, headers: { cookie: actor.cookie } })).statusCode

test('a member of an imported organization is invited anew and takes up the old membership on arrival', async () => {
  const { file, data } = await exported('arrival')
  other.clock.now = systemClock()
  valueOf(await bringIn(file, target))
  const [before] = data.tables['membership'] as [Record<string, unknown>]
  const listed = await other.inside('acme', (tx) =>
    tx.rows<{ accountId: string }>({ text: 'select account_id from identity.absent_accounts()', values: [] }),
  )
  expect(listed).toEqual([{ accountId: before['account_id'] }])
  const place = { url: new URL('http://127.0.0.1:7270'), directory }
  const invited = { email: String(before['email']), name: 'Anna Berg', roles: ['administrator'] as const }
  await inviteBySystem(other.t.db, systemClock, place, 'acme', invited)
  const { rows } = await other.t.owner.query<Record<string, unknown>>(
    `select m.id, m.person_id, m.accepted_at, a.password_hash from membership m join identity.account a on a.id = m.account_id`,
  )
  // The same membership and person, which opens nothing until the link is used.
  expect(rows).toEqual([{ id: before['id'], person_id: before['person_id'], accepted_at: null, password_hash: null }])
  expect(await replay(other.t)).toEqual([])
})

test('an administrator downloads it, nobody else does, and what arrives comes in', async () => {
  const ismsManager = await source.actor('acme', 'Ida Manager', ['ismsManager'])
  expect((await ismsManager.call(exportOrganization)).status).toBe(403)
  const { status, bytes, headers } = await anna.download(exportOrganization)
  expect(status).toBe(200)
  expect(headers['content-disposition']).toContain('acme_2026-03-02.zip')
  const file = join(folder, 'download.zip')
  await writeFile(file, bytes)
  expect(valueOf(await bringIn(file, target)).files).toBe(2)
})
