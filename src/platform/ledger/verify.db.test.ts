import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Instant } from '#kernel/time.ts'
import { people } from '#modules/people/contract.ts'
import { replay } from '#testing/replay.ts'
import { type TestActor, type TestServer, testServer } from '#testing/server.ts'
import { ledgerVerification } from './contract.ts'

let server: TestServer
let anna: TestActor
let employee: TestActor
beforeAll(async () => {
  server = await testServer()
  await server.organization('acme')
  await server.organization('other')
  anna = await server.actor('acme', 'Anna Berg', ['ismsManager'])
  employee = await server.actor('acme', 'Emil Roth', ['employee'])
  const eve = await server.actor('other', 'Eve Stone', ['administrator'])
  await eve.done(people.add, { body: { name: 'Somebody else' } })
  for (let i = 1; i <= 6; i++) {
    const person = await anna.done(people.add, { body: { name: `Person ${i}` } })
    await anna.done(people.change, { params: { personId: person.id }, version: 1, body: { jobTitle: `Job ${i}` } })
  }
})
afterAll(() => server.close())

const ours = `org_id = (select id from organization where slug = 'acme')`

async function seqsOf(action: string, name?: string): Promise<number[]> {
  const { rows } = await server.t.owner.query<{ seq: string }>(
    `select seq from ledger_entry where ${ours} and action = $1 and after ->> 'name' = coalesce($2, after ->> 'name')
     order by seq`,
    [action, name ?? null],
  )
  return rows.map((row) => Number(row.seq))
}

/** Tampers as the owner of the database, looks, and puts everything back. */
async function tampered(...statements: string[]): Promise<string[]> {
  const { owner } = server.t
  const tables = ['ledger_entry', 'ledger_head', 'person']
  for (const table of tables) await owner.query(`create table saved_${table} as table ${table}`)
  try {
    for (const text of statements) await owner.query(text)
    const found = await anna.done(ledgerVerification, {})
    expect(found.ok).toBe(false)
    for (const { sentence } of found.faults) expect(sentence).toMatch(/^[A-Z].*\.$/)
    return found.faults.map((fault) => `${fault.kind} ${fault.seq}`)
  } finally {
    for (const table of tables) {
      // What the database derives itself is not put back but derived again.
      const { rows } = await owner.query<{ names: string }>(
        `select string_agg(quote_ident(attname), ', ') as names from pg_attribute
         where attrelid = $1::regclass and attnum > 0 and not attisdropped and attgenerated = ''`,
        [table],
      )
      const columns = rows[0]?.names ?? ''
      await owner.query(`begin; set local session_replication_role = replica; delete from ${table};
        insert into ${table} (${columns}) select ${columns} from saved_${table}; commit; drop table saved_${table}`)
    }
  }
}

test('a ledger nobody touched verifies, and the tables are what it replays to', async () => {
  const found = await anna.done(ledgerVerification, {})
  expect(found).toMatchObject({ ok: true, faults: [], entries: found.head?.seq })
  expect(found.entries).toBeGreaterThan(15)
  expect(await replay(server.t)).toEqual([])
})

test('every kind of tampering is detected and named', async () => {
  const { entries: last } = await anna.done(ledgerVerification, {})
  // An entry that is not its record's latest, so that the records still are what the ledger says; and two that are alone.
  const [old = 0] = await seqsOf('person.added', 'Person 2')
  const [one = 0, two = 0] = await seqsOf('member.added')
  const at = (seq: number) => `where ${ours} and seq = ${seq}`
  expect(await tampered(`update ledger_entry set after = jsonb_set(after, '{note}', '"forged"') ${at(old)}`)).toEqual([
    `changed ${old}`,
  ])
  expect(await tampered(`update ledger_entry set action = 'person.left' ${at(old)}`)).toEqual([`changed ${old}`])
  expect(await tampered(`update ledger_entry set actor = '{"kind":"system","id":null,"name":"x"}' ${at(old)}`)).toEqual(
    [`changed ${old}`],
  )
  expect(await tampered(`update ledger_entry set at = at - interval '1 day' ${at(old)}`)).toEqual([`changed ${old}`])
  expect(await tampered(`delete from ledger_entry ${at(old)}`)).toEqual([`removed ${old}`])
  // What the last entries said is now nowhere, so the records differ from the ledger too.
  const tail = await tampered(`delete from ledger_entry where ${ours} and seq > ${last - 2}`)
  expect(tail).toContain(`removed ${last - 1}`)
  expect(tail.join()).toContain('rowDiffers')
  expect(
    await tampered(
      `insert into ledger_entry select org_id, seq + 1, at, actor, action, record_type, record_id, before, after,
         'forged', tx, content, hash from ledger_entry ${at(last)}`,
    ),
  ).toEqual([`inserted ${last + 1}`])
  expect(
    await tampered(
      `update ledger_entry set seq = -seq where ${ours} and seq > ${old}`,
      `update ledger_entry set seq = 1 - seq where ${ours} and seq < 0`,
      `insert into ledger_entry select org_id, ${old + 1}, at, actor, action, record_type, record_id, before, after, 'forged', tx,
         content, hash from ledger_entry ${at(old)}`,
    ),
  ).toEqual([`inserted ${old + 1}`])
  expect(
    await tampered(
      `update ledger_entry set seq = -1 ${at(one)}`,
      `update ledger_entry set seq = ${one} ${at(two)}`,
      `update ledger_entry set seq = ${two} ${at(-1)}`,
    ),
  ).toEqual([`reordered ${one}`, `reordered ${two}`])
  expect(await tampered(`update ledger_head set hash = sha256('x') where ${ours}`)).toEqual([`headMismatch ${last}`])
  expect(await tampered(`delete from ledger_head where ${ours}`)).toEqual([`headMismatch ${last}`])
})

test('a record changed, added or removed past the ledger is named with its columns', async () => {
  const { owner } = server.t
  const saved = await owner.query(`select * from person where ref = 'P-4' and ${ours}`)
  expect(saved.rowCount).toBe(1)
  await owner.query(`update person set job_title = 'forged' where ref = 'P-4' and ${ours}`)
  const { faults } = await anna.done(ledgerVerification, {})
  expect(faults).toMatchObject([{ kind: 'rowDiffers' }])
  expect(faults[0]?.sentence).toMatch(
    /^P-4 of table person was changed past the ledger: job_title differs from entry \d+\.$/,
  )
  await owner.query(`update person set job_title = $1 where ref = 'P-4' and ${ours}`, [saved.rows[0].job_title])
  const copy = `insert into person select org_id, gen_random_uuid(), version, 'P-99', name, null, job_title, kind, status,
    team_id, manager_id, started_on, left_on, note, withdrawn_at from person where ref = 'P-4' and ${ours}`
  expect(await tampered(copy)).toEqual(['rowDiffers null'])
  expect(await tampered(`delete from person where ref = 'P-4' and ${ours}`)).toHaveLength(1)
})

test('a ledger rewritten as a whole passes alone, but not against a hash noted earlier', async () => {
  const { head } = await anna.done(ledgerVerification, {})
  server.clock.now = '2026-03-03T09:00:00.000Z' as Instant
  await anna.done(people.add, { body: { name: 'Later' } })
  const noted = { seq: String(head?.seq), hash: head?.hash ?? '' }
  expect((await anna.done(ledgerVerification, { query: noted as never })).ok).toBe(true)
  const wrong = await anna.done(ledgerVerification, { query: { ...noted, hash: 'ab'.repeat(32) } as never })
  expect(wrong.faults).toMatchObject([{ kind: 'changed', seq: head?.seq }])
})

test('only those the role table names may verify', async () => {
  expect((await employee.call(ledgerVerification, {})).status).toBe(403)
})
