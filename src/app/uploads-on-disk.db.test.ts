import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs'
import { type ClientRequest, request } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createFileStore, type FileStore } from '#platform/files/file-store.ts'
import { importLimits } from '#platform/import/limits.ts'
import { inReadingTurn } from '#platform/import/reading-turn.ts'
import { type TestActor, type TestServer, testServer } from '#testing/server.ts'

// A spreadsheet that is uploaded lies on disk until its turn to be read, however many come and however slowly.

let server: TestServer
let anna: TestActor
let folder: string
let files: FileStore
let port: number
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'plumbline-uploads-'))
  files = await createFileStore({ kind: 'local', folder, keepFree: 0 })
  server = await testServer({ files })
  await server.organization('acme')
  anna = await server.actor('acme', 'Anna Berg', ['ismsManager'])
  await server.http.listen({ host: '127.0.0.1', port: 0 })
  port = (server.http.server.address() as AddressInfo).port
})
afterAll(async () => {
  await server.close()
  files.close()
  rmSync(folder, { recursive: true })
})

const pieceBytes = 1024 ** 2
const piece = Buffer.from(`Laptop,${'x'.repeat(1016)}\n`.repeat(1024))
const head = Buffer.from('Name,Kind\n')

/** Begins an upload and sends its first pieces. */
function begin(pieces: number): { request: ClientRequest; answer: Promise<{ status: number; code: string }> } {
  const answer = Promise.withResolvers<{ status: number; code: string }>()
  const sending = request({
    port,
    host: '127.0.0.1',
    method: 'POST',
    path: '/api/v1/orgs/acme/imports/assets?fileName=a.csv',
    headers: { cookie: anna.cookie, origin: 'http://127.0.0.1:7270' },
  })
  sending.on('error', answer.reject)
  sending.on('response', (response) => {
    const parts: Buffer[] = []
    response.on('data', (part: Buffer) => parts.push(part))
    response.on('end', () => {
      const { code = '' } = JSON.parse(Buffer.concat(parts).toString()) as { code?: string }
      answer.resolve({ status: response.statusCode ?? 0, code })
    })
  })
  answer.promise.catch(() => undefined)
  sending.write(head)
  for (let i = 0; i < pieces; i++) sending.write(piece)
  return { request: sending, answer: answer.promise }
}

const held = (): number[] =>
  readdirSync(join(folder, 'staging')).map((name) => statSync(join(folder, 'staging', name)).size)

test('uploads under way are on disk and take no turn; cut off they are gone, complete they are read', async () => {
  const crowd = Array.from({ length: importLimits.readers + importLimits.waiting + 2 }, () => begin(3))
  await expect
    .poll(() => held().filter((bytes) => bytes >= 2 * pieceBytes).length, { timeout: 20_000 })
    .toBe(crowd.length)
  // None of them has begun to be read, so others are.
  expect(await inReadingTurn('b.csv', async () => 'read')).toBe('read')
  for (const { request: sending } of crowd.slice(1)) sending.destroy()
  crowd[0]?.request.end()
  expect(await crowd[0]?.answer).toEqual({ status: 200, code: '' })
  await expect.poll(held, { timeout: 20_000 }).toEqual([])
})

test('who comes when too many wait is told so, and nothing of the file stays', async () => {
  const over = Promise.withResolvers<void>()
  const turns = Array.from({ length: importLimits.readers + importLimits.waiting }, () =>
    inReadingTurn('b.csv', () => over.promise),
  )
  const late = begin(1)
  late.request.end()
  expect(await late.answer).toEqual({ status: 503, code: 'import.busy' })
  expect(held()).toEqual([])
  over.resolve()
  await Promise.all(turns)
})

test('who falls silent in the middle of a file is cut off, and nothing of the file stays', async () => {
  const { server: listening } = server.http
  expect(listening.timeout).toBe(600_000)
  listening.setTimeout(200)
  try {
    const silent = begin(1)
    await expect(silent.answer).rejects.toMatchObject({ code: 'ECONNRESET' })
    await expect.poll(held).toEqual([])
  } finally {
    listening.setTimeout(600_000)
  }
})

test.each([
  ['nothing', 0, 422, 'import.file_empty'],
  ['more than the limit', importLimits.fileBytes / pieceBytes + 1, 413, 'import.file_too_large'],
])('%s is refused as before', async (_what, pieces, status, code) => {
  const sending = begin(pieces)
  if (pieces === 0) {
    sending.request.destroy()
    const empty = await server.http.inject({
      method: 'POST',
      url: '/api/v1/orgs/acme/imports/assets?fileName=a.csv',
      headers: { cookie: anna.cookie, origin: 'http://127.0.0.1:7270' },
    })
    expect([empty.statusCode, (empty.json() as { code: string }).code]).toEqual([status, code])
    return
  }
  sending.request.end()
  expect(await sending.answer).toEqual({ status, code })
  await expect.poll(held).toEqual([])
})
