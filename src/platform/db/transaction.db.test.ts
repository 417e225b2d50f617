import { afterAll, beforeAll, expect, test } from 'vitest'
import { changed, created, type RecordRow } from '#kernel/change.ts'
import { newId } from '#kernel/id.ts'
import type { Instant } from '#kernel/time.ts'
import { type OrgFacts, systemGrant } from '#platform/access/policy.ts'
import { internal, text } from '#platform/ledger/field-kind.ts'
import { recordType } from '#platform/ledger/record-type.ts'
import { type TestDatabase, testDatabase } from '#testing/database.ts'
import { statement } from './database.ts'
import { type ScopeOpener, transaction } from './transaction.ts'

let t: TestDatabase
beforeAll(async () => {
  t = await testDatabase()
})
afterAll(() => t.close())

interface Organization extends RecordRow {
  slug: string
  name: string
  sector: string
  size: string
  language: string
  currency: string
  timeZone: string
  demo: boolean
  createdAt: Instant
}
const organization = recordType<Organization>({
  type: 'organization',
  prefix: 'org',
  refPrefix: null,
  owners: () => [],
  noun: 'organization',
  fields: {
    slug: internal,
    name: text,
    sector: text,
    size: text,
    language: text,
    currency: text,
    timeZone: text,
    demo: internal,
    createdAt: internal,
  },
})

function facts(slug: string): OrgFacts {
  return {
    id: newId<'org'>(Date.now()),
    slug,
    name: slug,
    language: 'en',
    currency: 'EUR',
    timeZone: 'Europe/Berlin',
    demo: false,
  }
}
const scopeOf =
  (org: OrgFacts): ScopeOpener<{ org: OrgFacts }> =>
  async (tx) => {
    await tx.rows(statement(`select set_config('app.org', $1, true)`, [org.id]))
    return { org }
  }
const row = (org: OrgFacts): Organization => ({
  id: org.id,
  orgId: org.id,
  version: 1,
  slug: org.slug,
  name: org.name,
  sector: 'software',
  size: '1-10',
  language: 'en',
  currency: 'EUR',
  timeZone: org.timeZone,
  demo: false,
  createdAt: '2026-01-01T00:00:00.000Z' as Instant,
})
let now = '2026-01-01T00:00:00.000Z' as Instant
const clock = () => now

test('a write is one row and one ledger entry; time travel reads the earlier image; another scope sees nothing', async () => {
  const a = facts('alpha')
  const b = facts('beta')
  for (const org of [a, b]) {
    await transaction(t.db, clock, scopeOf(org), { mode: 'write' }, async (tx) =>
      tx.commit(systemGrant(org, 'set-up'), created('organization', row(org), 'organization.created')),
    )
  }
  now = '2026-02-01T00:00:00.000Z' as Instant
  await transaction(t.db, clock, scopeOf(a), { mode: 'write' }, async (tx) => {
    const before = await tx.get(organization, a.id)
    await tx.commit(
      systemGrant(a, 'set-up'),
      changed('organization', before, { name: 'Alpha GmbH' }, 'organization.renamed', 'new name'),
    )
  })
  const live = await transaction(t.db, clock, scopeOf(a), { mode: 'read' }, async (tx) => ({
    all: await tx.rows<{ name: string }>(statement('select name from organization')),
    entries: await tx.rows<{ seq: number; action: string }>(
      statement('select seq, action from ledger_entry order by seq'),
    ),
  }))
  expect(live.all.map((o) => o.name)).toEqual(['Alpha GmbH'])
  expect(live.entries).toEqual([
    { seq: 1, action: 'organization.created' },
    { seq: 2, action: 'organization.renamed' },
  ])
  const past = await transaction(
    t.db,
    clock,
    scopeOf(a),
    { mode: 'read', at: () => '2026-01-15T00:00:00.000Z' as Instant },
    async (tx) => tx.get(organization, a.id),
  )
  expect(past.name).toBe('alpha')
  expect(past.createdAt).toBe('2026-01-01T00:00:00.000Z')
  await expect(
    transaction(t.db, clock, scopeOf(a), { mode: 'read' }, (tx) => tx.get(organization, b.id)),
  ).rejects.toMatchObject({ refusal: { code: 'organization.not_found' } })
})

test('role app can neither delete nor rewrite: not records, not the ledger', async () => {
  const client = await t.db.pool.connect()
  try {
    for (const text of [
      'delete from organization',
      'delete from ledger_entry',
      'update ledger_entry set action = action',
      'insert into ledger_head select * from ledger_head',
    ]) {
      await expect(client.query(text)).rejects.toMatchObject({ code: '42501' })
    }
  } finally {
    client.release()
  }
})

test('a stale version writes nothing', async () => {
  const c = facts('gamma')
  const grant = systemGrant(c, 'set-up')
  await transaction(t.db, clock, scopeOf(c), { mode: 'write' }, (tx) =>
    tx.commit(grant, created('organization', row(c), 'organization.created')),
  )
  await expect(
    transaction(t.db, clock, scopeOf(c), { mode: 'write' }, (tx) =>
      tx.commit(grant, changed('organization', { ...row(c), version: 7 }, { name: 'x' }, 'organization.renamed')),
    ),
  ).rejects.toMatchObject({ refusal: { code: 'conflict.version' } })
  const entries = await t.owner.query('select count(*)::int as n from ledger_entry where org_id = $1', [c.id])
  expect(entries.rows[0].n).toBe(1)
})

test('reading in the flight of a commit sees what was written; what fails in writing is what is told', async () => {
  const org = facts('flight')
  const inside = <T>(work: Parameters<typeof transaction<{ org: OrgFacts }, T>>[4]): Promise<T> =>
    transaction(t.db, clock, scopeOf(org), { mode: 'write' }, work)
  const first = created('organization', row(org), 'organization.created')
  const seen = await inside((tx) =>
    tx.commitAndRead(systemGrant(org, 'set-up'), first, () => tx.get(organization, org.id)),
  )
  expect(seen).toStrictEqual(row(org))
  // The second insert breaks the primary key; the read after it then fails only because of that.
  const again = inside((tx) => tx.commitAndRead(systemGrant(org, 'set-up'), first, () => tx.get(organization, org.id)))
  await expect(again).rejects.toMatchObject({ code: '23505' })
  const stale = changed('organization', { ...row(org), version: 4 }, { name: 'Late' }, 'organization.changed')
  const late = inside((tx) => tx.commitAndRead(systemGrant(org, 'set-up'), stale, () => tx.get(organization, org.id)))
  await expect(late).rejects.toMatchObject({ refusal: { code: 'conflict.version' } })
})

test('instants are read as ISO 8601 with milliseconds, whatever digits the database writes', async () => {
  const texts = [
    '2026-03-31 10:00:00.12+00',
    '2026-03-31 10:00:00+00',
    '0044-03-15 12:00:00+00',
    '2026-03-31 10:00:00.123456+00',
  ]
  const read = await transaction(t.db, clock, scopeOf(facts('instants')), { mode: 'read' }, (tx) =>
    tx.rows<{ at: string }>(statement('select unnest($1::timestamptz[]) as at', [texts])),
  )
  expect(read.map(({ at }) => at)).toStrictEqual(
    texts.map((text) => new Date(text.replace(' ', 'T').replace('+00', 'Z')).toISOString()),
  )
})
