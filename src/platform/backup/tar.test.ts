import { execFileSync } from 'node:child_process'
import { mkdtemp, open, readFile, rm, truncate, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { createBackup, openBackup } from './container.ts'
import { paddingFor, readTarIndex, tarHeader } from './tar.ts'

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'plumbline-tar-'))
})
afterEach(() => rm(folder, { recursive: true }))

async function* pieces(...parts: string[]): AsyncGenerator<Buffer> {
  for (const part of parts) yield Buffer.from(part)
}

const longName = `files/0193b5a0-0000-7000-8000-000000000001/ab/cd/${'e'.repeat(64)}`

async function archive(): Promise<string> {
  const path = join(folder, 'backup.tar')
  const writer = await createBackup(path, 1_767_225_600)
  await writer.add('database/public/risk.ndjson', pieces('{"id":"1"}\n', '{"id":"2"}\n'))
  await writer.add('database/public/empty.ndjson', pieces())
  const failing = async function* (): AsyncGenerator<Buffer> {
    yield Buffer.alloc(100_000)
    throw new Error('unreadable')
  }
  await expect(writer.add('files/broken', failing())).rejects.toThrow('unreadable')
  await writer.add(longName, pieces('x'.repeat(512)))
  await writer.finish()
  return path
}

test('every tar unpacks the archive', async () => {
  const path = await archive()
  const out = execFileSync('tar', ['-xvf', path, '-C', folder], { encoding: 'utf8' })
  expect(out.trim().split('\n')).toEqual(['database/public/risk.ndjson', 'database/public/empty.ndjson', longName])
  expect(await readFile(join(folder, 'database/public/risk.ndjson'), 'utf8')).toBe('{"id":"1"}\n{"id":"2"}\n')
  expect((await readFile(join(folder, longName))).length).toBe(512)
})

test('an archive that another tar made of the same files is read too', async () => {
  execFileSync('tar', ['-xf', await archive(), '-C', folder])
  const other = join(folder, 'other.tar')
  execFileSync('tar', ['--format=ustar', '-cf', other, '-C', folder, './database', './files'])
  const reader = await openBackup(other)
  if (reader === null || reader === 'broken') throw new Error('not readable')
  expect(await reader.size('database/public/risk.ndjson')).toBe(22)
  expect(await reader.size(longName)).toBe(512)
  expect(await reader.size('database/public/empty.ndjson')).toBe(0)
  await reader.close()
})

test('an archive that breaks off anywhere, or is none, is broken', async () => {
  const path = await archive()
  const { length } = await readFile(path)
  for (const cut of [length - 1024, length - 1500, 700, 512, 100, 0]) {
    await truncate(path, cut)
    expect(await openBackup(path)).toBe('broken')
  }
  await writeFile(path, 'not an archive'.repeat(100))
  expect(await openBackup(path)).toBe('broken')
})

test('sizes beyond eleven octal digits are written and read', async () => {
  const path = join(folder, 'sparse.tar')
  const size = 9 * 1024 ** 3
  const file = await open(path, 'w+')
  await file.write(tarHeader('database/public/ledger.ndjson', size, 0), 0, 512, 0)
  const next = 512 + size + paddingFor(size)
  await file.write(tarHeader('manifest.json', 0, 0), 0, 512, next)
  await file.truncate(next + 512 + 1024)
  const index = await readTarIndex(file)
  await file.close()
  expect([...(index?.values() ?? [])]).toEqual([
    { name: 'database/public/ledger.ndjson', size, offset: 512 },
    { name: 'manifest.json', size: 0, offset: next + 512 },
  ])
  expect(execFileSync('tar', ['-tf', path], { encoding: 'utf8' })).toBe(
    'database/public/ledger.ndjson\nmanifest.json\n',
  )
})
