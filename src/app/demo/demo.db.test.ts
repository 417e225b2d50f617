import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createFileStore, type FileStore } from '#platform/files/file-store.ts'
import { type TestDatabase, testDatabase } from '#testing/database.ts'
import { replay } from '#testing/replay.ts'
import { loadDemo } from './load-demo.ts'

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
  await loadDemo(into())
})
afterAll(async () => {
  await t.close()
  files.close()
  await rm(folder, { recursive: true, force: true })
})

test('the tables are what replaying the ledger gives', async () => {
  expect(await replay(t)).toEqual([])
})
