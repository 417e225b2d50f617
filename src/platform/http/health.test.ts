import fastify, { type FastifyInstance } from 'fastify'
import { afterEach, expect, test, vi } from 'vitest'
import { ok, type Result } from '#kernel/result.ts'
import { diskFull } from '#platform/files/disk-space.ts'
import { storeUnavailable } from '#platform/files/store-unavailable.ts'
import { serveHealth } from './health.ts'

let app: FastifyInstance
let looks = { database: 0, files: 0 }
afterEach(async () => {
  vi.useRealTimers()
  await app.close()
})

function serverOver(
  database: () => Promise<unknown>,
  files: () => Promise<Result<void>>,
  patience = { deadline: 40, keepFiles: 0 },
): void {
  looks = { database: 0, files: 0 }
  app = fastify()
  const counted =
    <T>(name: keyof typeof looks, look: () => Promise<T>) =>
    (): Promise<T> => {
      looks[name]++
      return look()
    }
  serveHealth(app, { database: counted('database', database), files: counted('files', files) }, patience)
}
const fine = async (): Promise<Result<void>> => ok(undefined)
const ready = async (): Promise<[number, unknown, unknown]> => {
  const { statusCode, json, headers } = await app.inject('/readyz')
  return [statusCode, json(), headers['retry-after']]
}

test('everything can be reached, or 503 says what cannot', async () => {
  serverOver(async () => undefined, fine)
  expect(await ready()).toEqual([200, { status: 'ready', database: 'ok', files: 'ok' }, undefined])
  await app.close()
  serverOver(
    async () => undefined,
    async () => storeUnavailable(),
  )
  expect(await ready()).toEqual([503, { status: 'not ready', database: 'ok', files: 'unreachable' }, '5'])
  await app.close()
  serverOver(
    async () => undefined,
    () => Promise.reject(new Error('a disk that is gone')),
  )
  expect(await ready()).toEqual([503, { status: 'not ready', database: 'ok', files: 'unreachable' }, '5'])
  await app.close()
  serverOver(() => Promise.reject(new Error('gone')), fine)
  expect(await ready()).toEqual([503, { status: 'not ready', database: 'unreachable', files: 'ok' }, '5'])
  expect((await app.inject('/healthz')).statusCode).toBe(200)
})

test('a full disk keeps nobody out', async () => {
  serverOver(
    async () => undefined,
    async () => diskFull(),
  )
  expect(await ready()).toEqual([200, { status: 'ready', database: 'ok', files: 'full' }, undefined])
})

test('a store that hangs is asked once however many look, each is answered in time, and it is ready again when it answers', async () => {
  let answer = Promise.withResolvers<Result<void>>()
  serverOver(
    async () => undefined,
    () => answer.promise,
  )
  const many = await Promise.all(Array.from({ length: 20 }, ready))
  // Later ones do not wait anew for what is late already.
  const later = [await ready(), await ready()]
  for (const [status, body] of [...many, ...later]) {
    expect([status, body]).toEqual([503, { status: 'not ready', database: 'ok', files: 'unreachable' }])
  }
  expect(looks.files).toBe(1)
  const first = answer
  answer = Promise.withResolvers()
  answer.resolve(ok(undefined))
  first.resolve(ok(undefined))
  await first.promise
  await vi.waitFor(async () => expect((await ready())[0]).toBe(200))
})

test('what was found of the store holds for a while, of the database not', async () => {
  vi.useFakeTimers({ toFake: ['performance'] })
  serverOver(async () => undefined, fine, { deadline: 5_000, keepFiles: 5_000 })
  for (let times = 0; times < 3; times++) await ready()
  expect(looks).toEqual({ database: 3, files: 1 })
  vi.advanceTimersByTime(4_999)
  await ready()
  expect(looks.files).toBe(1)
  vi.advanceTimersByTime(1)
  await ready()
  expect(looks.files).toBe(2)
})
