import { execFileSync } from 'node:child_process'
import { chmodSync, chownSync, mkdirSync, mkdtempSync, readdirSync, rmSync, statfsSync, writeFileSync } from 'node:fs'
import { type FileHandle, open } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { assets } from '#modules/assets/contract.ts'
import { evidence } from '#modules/evidence/contract.ts'
import { createFileStore, type FileStore } from '#platform/files/file-store.ts'
import { verifyLedger } from '#platform/ledger/verify.ts'
import { chooseServerUser } from '#platform/postgres/server-user.ts'
import { type Answer, type TestActor, type TestServer, testServer } from '#testing/server.ts'
import { writeWhole } from './commands/write-whole.ts'

// A disk runs full: 507 with a sentence, nothing half-written, and it works again when there is room, without a restart.

/** A disk of 8 MiB; null where this user may not mount one. */
function smallDisk(): string | null {
  const folder = mkdtempSync(join(tmpdir(), 'plumbline-disk-'))
  try {
    execFileSync('/bin/mount', ['-t', 'tmpfs', '-o', 'size=8m,mode=0755', 'tmpfs', folder], { stdio: 'ignore' })
    return folder
  } catch {
    rmSync(folder, { recursive: true })
    return null
  }
}

let server: TestServer
let anna: TestActor
let files: FileStore
let folder: string
const disk = smallDisk()

beforeAll(async () => {
  folder = disk === null ? mkdtempSync(join(tmpdir(), 'plumbline-files-')) : join(disk, 'files')
  files = await createFileStore({ kind: 'local', folder, keepFree: 0 })
  server = await testServer({ files })
  await server.organization('acme')
  anna = await server.actor('acme', 'Anna Berg', ['administrator', 'ismsManager'])
})
afterAll(async () => {
  await server.close()
  files.close()
  if (disk !== null) execFileSync('/bin/umount', [disk])
  rmSync(disk ?? folder, { recursive: true })
})

const upload = (content: string) =>
  anna.call(evidence.upload, { query: { fileName: 'log.txt' }, file: Buffer.from(content) })

/** Names of whatever the file store holds, on its way in or stored. */
const kept = (): string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ name }) => name)

async function nothingKept({ status, problem }: Answer<unknown>, code: string): Promise<void> {
  expect([status, problem.code]).toEqual([507, code])
  expect(problem.detail).toMatch(/full.*Free some space/)
  expect(kept()).toEqual([])
  expect((await anna.done(evidence.list)).total).toBe(0)
  expect((await server.inside('acme', (tx) => verifyLedger(tx, tx.org.id))).faults).toEqual([])
}

test.each(['ENOSPC', 'EDQUOT'])('an upload the file store has no room for (%s)', async (code) => {
  const handle = await open(join(tmpdir(), `plumbline-probe-${process.pid}`), 'w')
  const write = vi.spyOn(Object.getPrototypeOf(handle) as FileHandle, 'write')
  await handle.close()
  rmSync(join(tmpdir(), `plumbline-probe-${process.pid}`))
  write.mockRejectedValueOnce(Object.assign(new Error('no space left on device'), { code }))
  const answer = await upload('evidence')
  write.mockRestore()
  expect(answer.headers['content-type']).toContain('application/problem+json')
  await nothingKept(answer, 'files.disk_full')
})

test('a record the database has no room for', async () => {
  await server.t.owner.query(`
    create function full_disk() returns trigger language plpgsql as $$
      begin raise exception 'could not extend file' using errcode = 'disk_full'; end $$;
    create trigger full_disk before insert on asset for each row execute function full_disk()`)
  await nothingKept(await anna.call(assets.add, { body: { name: 'Server', kind: 'hardware' } }), 'service.disk_full')
  await server.t.owner.query('drop trigger full_disk on asset')
  expect((await anna.call(assets.add, { body: { name: 'Server', kind: 'hardware' } })).status).toBe(201)
})

describe.skipIf(disk === null)('on a real disk (only where this user may mount one)', () => {
  /** Fills the disk to the last byte. */
  const fill = (): string => {
    const filler = join(disk ?? '', 'filler')
    const { bavail, bsize } = statfsSync(disk ?? '')
    writeFileSync(filler, Buffer.alloc(bavail * bsize))
    return filler
  }

  test('an upload that fills it, an upload to a full one, an export to it; then there is room again', async () => {
    await nothingKept(await upload('x'.repeat(9 * 1024 ** 2)), 'files.disk_full')
    const filler = fill()
    await nothingKept(await upload('evidence'), 'files.disk_full')
    await expect(writeWhole(join(disk ?? '', 'soa.pdf'), Buffer.alloc(10_000))).rejects.toMatchObject({
      refusal: { code: 'cli.disk_full' },
    })
    expect(readdirSync(disk ?? '').sort()).toEqual(['files', 'filler'])
    rmSync(filler)
    expect((await upload('evidence')).status).toBe(200)
    expect(kept()).toHaveLength(1)
    expect((await anna.done(evidence.list)).total).toBe(1)
  })

  test('the database’s own disk is full: nothing of a record is written, and later it is', async () => {
    const space = join(disk ?? '', 'space')
    mkdirSync(space)
    const user = chooseServerUser(join(space, 'absent'))
    if (user.ok && user.value !== null) chownSync(space, user.value.uid, user.value.gid)
    chmodSync(space, 0o700)
    const name = server.t.ownerConfig.database ?? ''
    await server.t.owner.query(`create tablespace ${name} location '${space}'`)
    await server.t.owner.query(`alter table asset set tablespace ${name}`)
    const filler = fill()
    const big = { kind: 'data' as const, description: 'long '.repeat(1000) }
    const add = (n: number) => anna.call(assets.add, { body: { name: `Data ${n}`, ...big } })
    const before = (await anna.done(assets.list)).total
    const answers: Answer<unknown>[] = []
    // A page may still have room for some.
    while (answers.at(-1)?.status !== 507 && answers.length < 200) answers.push(await add(answers.length))
    expect(answers.at(-1)?.problem.code).toBe('service.disk_full')
    const written = answers.filter(({ status }) => status === 201).length
    expect(written).toBe(answers.length - 1)
    expect((await anna.done(assets.list)).total).toBe(before + written)
    rmSync(filler)
    expect((await add(200)).status).toBe(201)
    expect((await server.inside('acme', (tx) => verifyLedger(tx, tx.org.id))).faults).toEqual([])
    await server.t.owner.query('alter table asset set tablespace pg_default')
    await server.t.owner.query(`drop tablespace ${name}`)
  })
})
