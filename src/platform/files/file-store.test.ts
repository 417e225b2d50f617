import { createHash, randomBytes } from 'node:crypto'
import {
  chmod,
  type FileHandle,
  mkdtemp,
  open as openFile,
  readdir,
  readFile,
  rm,
  stat,
  utimes,
  writeFile,
} from 'node:fs/promises'
import { hostname, tmpdir } from 'node:os'
import { join } from 'node:path'
import { PassThrough, Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { finished } from 'node:stream/promises'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { newId, type OrgId } from '#kernel/id.ts'
import type { Result } from '#kernel/result.ts'
import { type FakeS3, startFakeS3 } from '#testing/fake-s3.ts'
import { orderErasure } from './erasure-order.ts'
import { FileHomeUnavailable } from './file-home.ts'
import { createFileStore, type FileStore, type FileStoreSettings, type ListedFile } from './file-store.ts'

const acme: OrgId = newId<'org'>(1)
const borealis: OrgId = newId<'org'>(2)
const limit = { maxBytes: 10_000_000 }
const sha256 = (content: string | Uint8Array): string => createHash('sha256').update(content).digest('hex')
const streamOf = (...chunks: (string | Uint8Array)[]): Readable => Readable.from(chunks.map((c) => Buffer.from(c)))

let folder: string
let s3: FakeS3
const opened: FileStore[] = []

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'plumbline-files-'))
  s3 = await startFakeS3()
})
afterEach(async () => {
  for (const store of opened.splice(0)) store.close()
  await s3.close()
  await rm(folder, { recursive: true })
})

const local = (): FileStoreSettings => ({ kind: 'local', folder, keepFree: 0 })
const remote = (): FileStoreSettings => ({
  kind: 's3',
  folder,
  keepFree: 0,
  bucket: s3.bucket,
  region: 'eu-central-1',
  endpoint: s3.endpoint,
  prefix: '/plumbline/',
  credentials: { accessKeyId: 'key', secretAccessKey: 'secret' },
})
const open = async (settings: FileStoreSettings): Promise<FileStore> => {
  const store = await createFileStore(settings)
  opened.push(store)
  return store
}
const staged = async (): Promise<string[]> => await readdir(join(folder, 'staging'))

function valueOf<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(result.refusal.message)
  return result.value
}
const codeOf = (result: Result<unknown>): string | null => (result.ok ? null : result.refusal.code)

async function contentOf(store: FileStore, orgId: OrgId, hash: string): Promise<string> {
  return (await buffer(valueOf(await store.get(orgId, hash)).stream)).toString()
}

async function listed(store: FileStore, orgId?: OrgId): Promise<ListedFile[]> {
  const files: ListedFile[] = []
  for await (const file of store.list(orgId)) files.push(file)
  return files.sort((a, b) => (a.orgId + a.sha256 < b.orgId + b.sha256 ? -1 : 1))
}

describe.each([
  ['on a local disk', local],
  ['in S3', remote],
])('a file store %s', (_where, settings) => {
  test('keeps what it is given, under its hash', async () => {
    const store = await open(settings())
    const stored = valueOf(await store.put(acme, streamOf('%PDF-1.7 access ', 'review'), limit))
    expect(stored).toEqual({
      sha256: sha256('%PDF-1.7 access review'),
      bytes: 22,
      detectedType: 'application/pdf',
      duplicate: false,
    })
    expect(await contentOf(store, acme, stored.sha256)).toBe('%PDF-1.7 access review')
    expect(await store.exists(acme, stored.sha256)).toBe(true)
    expect(await store.verify(acme, stored.sha256)).toBe('intact')
    expect(await staged()).toEqual([])
  })

  test('recognises a duplicate within an organization and never across two', async () => {
    const store = await open(settings())
    const first = valueOf(await store.put(acme, streamOf('shared policy'), limit))
    expect(valueOf(await store.put(acme, streamOf('shared policy'), limit)).duplicate).toBe(true)
    expect(await store.exists(borealis, first.sha256)).toBe(false)
    expect(codeOf(await store.get(borealis, first.sha256))).toBe('files.not_found')
    expect(valueOf(await store.put(borealis, streamOf('shared policy'), limit)).duplicate).toBe(false)
  })

  test('gives a part of a file', async () => {
    const store = await open(settings())
    const { sha256 } = valueOf(await store.put(acme, streamOf('0123456789'), limit))
    const part = valueOf(await store.get(acme, sha256, { start: 2, end: 5 }))
    expect(part.bytes).toBe(10)
    expect((await buffer(part.stream)).toString()).toBe('2345')
    expect(codeOf(await store.get(acme, sha256, { start: 10, end: 12 }))).toBe('files.range_not_satisfiable')
  })

  test('lists one organization or all', async () => {
    const store = await open(settings())
    for (const text of ['a', 'bb', 'ccc']) valueOf(await store.put(acme, streamOf(text), limit))
    valueOf(await store.put(borealis, streamOf('dddd'), limit))
    expect((await listed(store, acme)).map(({ bytes }) => bytes).sort()).toEqual([1, 2, 3])
    expect(await listed(store, borealis)).toEqual([
      { orgId: borealis, sha256: sha256('dddd'), bytes: 4, storedAt: expect.any(Number) },
    ])
    expect(await listed(store)).toHaveLength(4)
    expect(await listed(store, newId<'org'>(3))).toEqual([])
  })

  test('erases only on an order with a rule and a reason', async () => {
    const store = await open(settings())
    const { sha256 } = valueOf(await store.put(acme, streamOf('screening report'), limit))
    valueOf(await store.put(borealis, streamOf('screening report'), limit))
    expect(codeOf(orderErasure('Personnel files', '  '))).toBe('files.erasure_unfounded')
    const order = valueOf(orderErasure('Personnel files, 6 months', 'The period ended'))
    expect(await store.erase(acme, sha256, order)).toBe(true)
    expect(await store.exists(acme, sha256)).toBe(false)
    expect(await store.verify(acme, sha256)).toBe('missing')
    expect(await store.erase(acme, sha256, order)).toBe(false)
    expect(await store.exists(borealis, sha256)).toBe(true)
  })

  test('refuses an empty and a too large file and keeps nothing of them', async () => {
    const store = await open(settings())
    expect(codeOf(await store.put(acme, streamOf(), limit))).toBe('files.empty')
    const source = streamOf('12345', '67890', 'more')
    const refused = await store.put(acme, source, { maxBytes: 8 })
    expect(refused).toMatchObject({
      refusal: { code: 'files.too_large', message: expect.stringContaining('larger than the 8 bytes allowed') },
    })
    await finished(source)
    expect(codeOf(await store.put(acme, streamOf('12345'), { maxBytes: 4, expectedBytes: 5 }))).toBe('files.too_large')
    expect(valueOf(await store.put(acme, streamOf('12345678'), { maxBytes: 8 })).bytes).toBe(8)
    expect(await staged()).toEqual([])
    expect(await listed(store)).toHaveLength(1)
  })

  test.each([
    ['breaks with an error', (source: PassThrough) => source.destroy(new Error('aborted'))],
    ['is closed without one', (source: PassThrough) => source.destroy()],
  ])('keeps nothing of an upload that %s', async (_how, stop) => {
    const store = await open(settings())
    const source = new PassThrough()
    source.write(randomBytes(3_000_000), () => stop(source))
    expect(codeOf(await store.put(acme, source, limit))).toBe('files.interrupted')
    expect(await staged()).toEqual([])
    expect(await listed(store)).toEqual([])
  })

  test('keeps nothing of an upload whose sender has gone', async () => {
    const store = await open(settings())
    const gone = new AbortController()
    const source = new PassThrough()
    source.write('half of', () => gone.abort())
    expect(codeOf(await store.put(acme, source, { ...limit, signal: gone.signal }))).toBe('files.interrupted')
    expect(codeOf(await store.put(acme, streamOf('all'), { ...limit, signal: gone.signal }))).toBe('files.interrupted')
    expect(await staged()).toEqual([])
    expect(await listed(store)).toEqual([])
  })

  test('takes a form part that was cut at a limit for too large, never for complete', async () => {
    const store = await open(settings())
    const part = Object.assign(streamOf('cut off he'), { truncated: true })
    expect(codeOf(await store.put(acme, part, limit))).toBe('files.too_large')
  })

  test('refuses while the disk is nearly full and recovers when there is room', async () => {
    const nearlyFull = await open({ ...settings(), keepFree: Number.MAX_SAFE_INTEGER })
    expect(codeOf(await nearlyFull.put(acme, streamOf('evidence'), limit))).toBe('files.disk_full')
    expect(codeOf(await nearlyFull.check())).toBe('files.disk_full')
    expect(await staged()).toEqual([])
    const store = await open(settings())
    expect((await store.check()).ok).toBe(true)
    expect((await store.put(acme, streamOf('evidence'), limit)).ok).toBe(true)
  })

  test('keeps nothing of an upload the disk ran out of space for, and recovers', async () => {
    const store = await open(settings())
    const handle = await openFile(join(folder, 'probe'), 'w')
    const write = vi.spyOn(Object.getPrototypeOf(handle) as FileHandle, 'write')
    await handle.close()
    write.mockRejectedValueOnce(Object.assign(new Error('no space left on device'), { code: 'ENOSPC' }))
    expect(codeOf(await store.put(acme, streamOf('evidence'), limit))).toBe('files.disk_full')
    write.mockRestore()
    expect(await staged()).toEqual([])
    expect(await listed(store)).toEqual([])
    expect((await store.put(acme, streamOf('evidence'), limit)).ok).toBe(true)
  })

  test.each(['EIO', 'EROFS', 'EACCES', 'ESTALE'])(
    'a disk that fails with %s is no defect, and works again',
    async (code) => {
      const told: Error[] = []
      const store = await open({ ...settings(), report: (error) => told.push(error) })
      const handle = await openFile(join(folder, 'probe'), 'w')
      const write = vi.spyOn(Object.getPrototypeOf(handle) as FileHandle, 'write')
      await handle.close()
      write.mockRejectedValueOnce(Object.assign(new Error('the disk says no'), { code }))
      expect(codeOf(await store.put(acme, streamOf('evidence'), limit))).toBe('files.store_unavailable')
      write.mockRestore()
      expect(told.map((error) => error.message).join()).toContain(code)
      expect(await staged()).toEqual([])
      expect((await store.put(acme, streamOf('evidence'), limit)).ok).toBe(true)
    },
  )

  test('a folder that was taken away is no defect either', async () => {
    const store = await open(settings())
    await rm(join(folder, 'staging'), { recursive: true })
    const source = streamOf('evidence')
    expect(codeOf(await store.put(acme, source, limit))).toBe('files.store_unavailable')
    expect(codeOf(await store.check())).toBe('files.store_unavailable')
    await finished(source)
  })

  test('content that is uploaded again is as new as on the first day', async () => {
    const store = await open(settings())
    const { sha256: hash } = valueOf(await store.put(acme, streamOf('evidence'), limit))
    const longAgo = new Date('2026-01-01T00:00:00Z')
    for (const key of s3.written.keys()) s3.written.set(key, longAgo.getTime())
    await utimes(join(folder, 'objects', acme, hash.slice(0, 2), hash.slice(2, 4), hash), longAgo, longAgo).catch(
      () => undefined,
    )
    expect(await store.storedAt(acme, hash)).toBe(longAgo.getTime())
    expect((await listed(store)).map((file) => file.storedAt)).toEqual([longAgo.getTime()])
    expect(valueOf(await store.put(acme, streamOf('evidence'), limit)).duplicate).toBe(true)
    expect(await store.storedAt(acme, hash)).toBeGreaterThan(Date.now() - 60_000)
    expect(await store.storedAt(acme, sha256('never stored'))).toBeNull()
  })

  test('takes the same file from many at once', async () => {
    const store = await open(settings())
    const content = randomBytes(200_000)
    const results = await Promise.all(Array.from({ length: 8 }, () => store.put(acme, Readable.from([content]), limit)))
    expect(results.every((result) => result.ok)).toBe(true)
    expect(await store.verify(acme, sha256(content))).toBe('intact')
    expect(await listed(store)).toHaveLength(1)
    expect(await staged()).toEqual([])
  })

  test('never treats an argument as a path', async () => {
    const store = await open(settings())
    await expect(store.get(acme, '../../../../etc/passwd')).rejects.toThrow(TypeError)
    await expect(store.exists('..' as OrgId, sha256('x'))).rejects.toThrow(TypeError)
    await expect(store.put('../x' as OrgId, streamOf('x'), limit)).rejects.toThrow(TypeError)
  })
})

describe('on a local disk', () => {
  test('a file that cannot be put in its place or read is no defect', async () => {
    const store = await open(local())
    await rm(join(folder, 'objects'), { recursive: true })
    await writeFile(join(folder, 'objects'), 'no folder')
    expect(codeOf(await store.put(acme, streamOf('evidence'), limit))).toBe('files.store_unavailable')
    expect(codeOf(await store.get(acme, sha256('evidence')))).toBe('files.store_unavailable')
    await expect(listed(store)).rejects.toThrow(/cannot be used \(ENOTDIR/)
    expect(await staged()).toEqual([])
  })

  const pathOf = (hash: string): string => join(folder, 'objects', acme, hash.slice(0, 2), hash.slice(2, 4), hash)

  test('files are private and read-only', async () => {
    const store = await open(local())
    const { sha256 } = valueOf(await store.put(acme, streamOf('salaries'), limit))
    expect((await stat(pathOf(sha256))).mode & 0o777).toBe(0o400)
    expect((await stat(join(folder, 'objects', acme))).mode & 0o077).toBe(0)
  })

  test('an altered file never arrives complete, is named by verify, and mends by storing it again', async () => {
    const store = await open(local())
    const content = randomBytes(600_000)
    const hash = valueOf(await store.put(acme, Readable.from([content]), limit)).sha256
    const altered = Buffer.from(content)
    altered.writeUInt8(altered.readUInt8(300_000) ^ 1, 300_000)
    await chmod(pathOf(hash), 0o600)
    await writeFile(pathOf(hash), altered)
    expect(await store.verify(acme, hash)).toBe('altered')
    const { stream, bytes } = valueOf(await store.get(acme, hash))
    let arrived = 0
    const reading = (async () => {
      for await (const chunk of stream) arrived += (chunk as Buffer).length
    })()
    await expect(reading).rejects.toThrow(/not what was stored/)
    expect(arrived).toBeLessThan(bytes)
    valueOf(await store.put(acme, Readable.from([content]), limit))
    expect(await store.verify(acme, hash)).toBe('intact')
  })

  test('opening sweeps what a killed process left, and nothing of a living one', async () => {
    await open(local())
    const host = sha256(hostname()).slice(0, 12)
    const at = (name: string): string => join(folder, 'staging', name)
    const old = new Date(Date.now() - 48 * 3_600_000)
    await writeFile(at(`${host}-999999999-dead.part`), 'x')
    await writeFile(at(`${host}-${process.ppid}-living.part`), 'x')
    await writeFile(at(`${host}-${process.pid}-mine.part`), 'x')
    await writeFile(at(`${host}-${process.pid}-earlier.part`), 'x')
    await utimes(at(`${host}-${process.pid}-earlier.part`), old, old)
    await writeFile(at('0123456789ab-1-elsewhere.part'), 'x')
    await writeFile(at('0123456789ab-1-abandoned.part'), 'x')
    await utimes(at('0123456789ab-1-abandoned.part'), old, old)
    const store = await open(local())
    expect((await staged()).map((name) => name.split('-').at(-1)).sort()).toEqual([
      'elsewhere.part',
      'living.part',
      'mine.part',
    ])
    expect(await store.sweep()).toBe(0)
  })

  test('a foreign file in the folder is not listed', async () => {
    const store = await open(local())
    valueOf(await store.put(acme, streamOf('x'), limit))
    await writeFile(join(folder, 'objects', acme, '.DS_Store'), 'x')
    expect(await listed(store)).toHaveLength(1)
  })

  test('the store cannot be opened where nothing can be written', async () => {
    await writeFile(join(folder, 'file'), '')
    await expect(createFileStore({ kind: 'local', folder: join(folder, 'file') })).rejects.toThrow(/ENOTDIR|EEXIST/)
    expect(await readFile(join(folder, 'file'), 'utf8')).toBe('')
  })
})

describe('in S3', () => {
  test('a passing fault is tried again, a lasting one is refused as unavailable and recovers', async () => {
    const reported: string[] = []
    const store = await open({ ...remote(), report: (error) => reported.push(error.message) })
    const hash = sha256('evidence')
    s3.failures.push({ status: 404, code: 'NoSuchKey' }, { status: 503, code: 'SlowDown' }, 'disconnect')
    expect(valueOf(await store.put(acme, streamOf('evidence'), limit)).sha256).toBe(hash)
    expect(s3.requests.filter((line) => line.startsWith('PUT'))).toHaveLength(3)

    for (let i = 0; i < 4; i++) s3.failures.push({ status: 403, code: 'AccessDenied' })
    expect(codeOf(await store.put(acme, streamOf('more'), limit))).toBe('files.store_unavailable')
    expect(codeOf(await store.get(acme, hash))).toBe('files.store_unavailable')
    expect(codeOf(await store.check())).toBe('files.store_unavailable')
    await expect(store.exists(acme, hash)).rejects.toThrow(/AccessDenied|403|Unknown/)
    expect(reported).toHaveLength(3)
    expect(await contentOf(store, acme, hash)).toBe('evidence')
    expect(await staged()).toEqual([])
  })

  test('a full service is a full disk', async () => {
    const store = await open(remote())
    s3.failures.push({ status: 404, code: 'NoSuchKey' }, { status: 507, code: 'XMinioStorageFull' })
    expect(codeOf(await store.put(acme, streamOf('evidence'), limit))).toBe('files.disk_full')
    expect((await store.put(acme, streamOf('evidence'), limit)).ok).toBe(true)
  })

  test('a missing bucket is unavailable, not empty', async () => {
    const store = await open({ ...remote(), bucket: 'mistyped' } as FileStoreSettings)
    expect(codeOf(await store.check())).toBe('files.store_unavailable')
    expect(codeOf(await store.put(acme, streamOf('evidence'), limit))).toBe('files.store_unavailable')
    await expect(listed(store)).rejects.toThrow(/NoSuchBucket/)
  })

  test('what a service accepts and does not keep is not stored', async () => {
    const store = await open(remote())
    s3.failures.push({ status: 404, code: 'NoSuchKey' }, 'pretend')
    expect(codeOf(await store.put(acme, streamOf('evidence'), limit))).toBe('files.store_unavailable')
    // Everything answered by a portal in between.
    for (let i = 0; i < 3; i++) s3.failures.push('pretend')
    expect(codeOf(await store.put(acme, streamOf('evidence'), limit))).toBe('files.store_unavailable')
    expect((await store.put(acme, streamOf('evidence'), limit)).ok).toBe(true)
  })

  test('a service that says nothing is unavailable after its time, at every step, and used again', async () => {
    const store = await open({ ...remote(), patience: 200 } as FileStoreSettings)
    const hash = valueOf(await store.put(acme, streamOf('evidence'), limit)).sha256
    const began = performance.now()
    s3.failures.push('silence')
    expect(codeOf(await store.get(acme, hash))).toBe('files.store_unavailable')
    s3.failures.push('silence')
    expect(codeOf(await store.check())).toBe('files.store_unavailable')
    s3.failures.push({ status: 404, code: 'NoSuchKey' }, 'silence')
    expect(codeOf(await store.put(acme, streamOf('more'), limit))).toBe('files.store_unavailable')
    expect(performance.now() - began).toBeLessThan(10_000)
    expect(await contentOf(store, acme, hash)).toBe('evidence')
    expect((await store.put(acme, streamOf('more'), limit)).ok).toBe(true)
    // A listing has that time for each page, the first as a later one.
    await store.put(acme, streamOf('and more'), limit)
    const listing = performance.now()
    s3.failures.push('silence')
    await expect(listed(store)).rejects.toThrow(FileHomeUnavailable)
    const pages = store.list(acme)[Symbol.asyncIterator]()
    const seen: ListedFile[] = []
    for (let i = 0; i < 2; i++) seen.push((await pages.next()).value as ListedFile)
    s3.failures.push('silence')
    await expect(pages.next()).rejects.toThrow(FileHomeUnavailable)
    expect(seen).toHaveLength(2)
    expect(performance.now() - listing).toBeLessThan(10_000)
    expect(await listed(store)).toHaveLength(3)
  })

  test('a connection that breaks in the middle of a file is the fault of the store', async () => {
    const store = await open(remote())
    const hash = valueOf(await store.put(acme, streamOf('evidence'), limit)).sha256
    s3.failures.push('half')
    await expect(contentOf(store, acme, hash)).rejects.toThrow(FileHomeUnavailable)
    s3.failures.push('whole')
    expect(codeOf(await store.get(acme, hash, { start: 2, end: 4 }))).toBe('files.store_unavailable')
    expect(await contentOf(store, acme, hash)).toBe('evidence')
  })

  test('an altered object never arrives complete', async () => {
    const store = await open(remote())
    const hash = valueOf(await store.put(acme, streamOf('evidence'), limit)).sha256
    const key = [...s3.objects.keys()][0] ?? ''
    expect(key).toBe(`plumbline/${acme}/${hash.slice(0, 2)}/${hash.slice(2, 4)}/${hash}`)
    s3.objects.set(key, Buffer.from('Evidence'))
    expect(await store.verify(acme, hash)).toBe('altered')
    await expect(contentOf(store, acme, hash)).rejects.toThrow(/not what was stored/)
  })
})
