import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { request } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Readable } from 'node:stream'
import multipart from '@fastify/multipart'
import fastify, { type FastifyInstance } from 'fastify'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { newId } from '#kernel/id.ts'
import type { Result } from '#kernel/result.ts'
import { createFileStore, type StoredFile } from './file-store.ts'

// What the store promises of streams has to hold for the streams that web server and form parser really hand over.

const maxBytes = 1_000_000
let folder: string
let app: FastifyInstance
let port: number
let outcomes: PromiseWithResolvers<Result<StoredFile>>

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'plumbline-upload-'))
  const store = await createFileStore({ kind: 'local', folder, keepFree: 0 })
  app = fastify()
  await app.register(multipart, { limits: { fileSize: maxBytes + 1 } })
  app.addContentTypeParser('application/octet-stream', (_request, body, done) => done(null, body))
  const receive = async (stream: Readable): Promise<Result<StoredFile>> => {
    const result = await store.put(newId<'org'>(1), stream, { maxBytes })
    outcomes.resolve(result)
    return result
  }
  app.post('/form', async (request, reply) => {
    const part = await request.file()
    if (part === undefined) throw new Error('no file')
    const result = await receive(part.file)
    return reply.code(result.ok ? 201 : 413).send(result)
  })
  app.post<{ Body: Readable }>('/raw', { bodyLimit: 2 ** 40 }, async (request, reply) => {
    const result = await receive(request.body)
    return reply.code(result.ok ? 201 : 413).send(result)
  })
  await app.listen({ port: 0, host: '127.0.0.1' })
  port = (app.server.address() as AddressInfo).port
})
afterAll(async () => {
  await app.close()
  await rm(folder, { recursive: true })
})

const formHead = '--x\r\nContent-Disposition: form-data; name="file"; filename="log.txt"\r\n\r\n'
const types = { '/raw': 'application/octet-stream', '/form': 'multipart/form-data; boundary=x' }

const post = (path: '/raw' | '/form', content: string): Promise<Response> =>
  fetch(`http://127.0.0.1:${port}${path}`, {
    method: 'POST',
    headers: { 'content-type': types[path] },
    body: path === '/raw' ? content : `${formHead}${content}\r\n--x--\r\n`,
  })

test.each(['/raw', '/form'] as const)('an upload by %s is stored, one that is too large is answered', async (path) => {
  outcomes = Promise.withResolvers()
  expect((await post(path, 'a'.repeat(maxBytes))).status).toBe(201)
  const refused = await post(path, 'a'.repeat(8 * maxBytes))
  expect(refused.status).toBe(413)
  expect(await refused.json()).toMatchObject({ refusal: { code: 'files.too_large' } })
})

test.each(['/raw', '/form'] as const)('a client that disconnects during %s leaves nothing', async (path) => {
  outcomes = Promise.withResolvers()
  const client = request({
    port,
    host: '127.0.0.1',
    path,
    method: 'POST',
    headers: { 'content-type': types[path], 'content-length': 900_000 },
  })
  client.on('error', () => {})
  client.write(`${path === '/form' ? formHead : ''}${'a'.repeat(300_000)}`, () => client.destroy())
  expect(await outcomes.promise).toMatchObject({ ok: false, refusal: { code: 'files.interrupted' } })
  expect(await readdir(join(folder, 'staging'))).toEqual([])
})

test('a form that ends without its closing line is not a complete file', async () => {
  outcomes = Promise.withResolvers()
  const answer = await fetch(`http://127.0.0.1:${port}/form`, {
    method: 'POST',
    headers: { 'content-type': types['/form'] },
    body: `${formHead}${'a'.repeat(5_000)}`,
  })
  expect(await answer.json()).toMatchObject({ refusal: { code: 'files.interrupted' } })
})
