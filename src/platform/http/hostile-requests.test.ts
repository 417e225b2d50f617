import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { parsePart } from './parse.ts'
import { refusalOf, statusOf } from './problem.ts'
import { createServer } from './server.ts'
import { serveWebApp } from './web-app.ts'

describe('text that no database keeps', () => {
  const statusFor = (schema: z.ZodType, value: unknown, part: 'params' | 'query' | 'body' = 'body'): number => {
    try {
      parsePart(schema, value, part)
      return 200
    } catch (error) {
      const refusal = refusalOf(error)
      return refusal ? statusOf(refusal) : 500
    }
  }
  // Schemas as careless as they come: none of them says anything about characters.
  test.each([
    ['a string', z.object({ type: z.string() }), { type: 'a\u0000b' }],
    ['half a pair', z.object({ type: z.string() }), { type: '\ud800' }],
    ['a list', z.object({ of: z.array(z.object({ x: z.string() })) }), { of: [{ x: 'fine' }, { x: '\u0000' }] }],
    ['a key', z.record(z.string(), z.number()), { 'a\u0000': 1 }],
    ['whatever', z.object({ any: z.unknown() }), { any: { deep: [['\u0000']] } }],
  ])('is refused in %s', (_what, schema, value) => {
    expect(statusFor(schema, value)).toBe(422)
    expect(statusFor(schema, value, 'query')).toBe(422)
    expect(statusFor(schema, value, 'params')).toBe(404)
  })

  test('however deep it lies', () => {
    let deep: unknown = '\u0000'
    for (let i = 0; i < 100_000; i++) deep = [deep]
    expect(statusFor(z.object({ any: z.unknown() }), { any: deep })).toBe(422)
    expect(statusFor(z.object({ any: z.unknown() }), { any: 'Zoë 👩‍👩‍👧' })).toBe(200)
  })
})

describe('addresses that are none', () => {
  const root = mkdtempSync(join(tmpdir(), 'plumbline-web-'))
  let app: Awaited<ReturnType<typeof createServer>>
  beforeAll(async () => {
    writeFileSync(join(root, 'index.html'), '<html></html>')
    app = await createServer({
      db: null as never,
      clock: () => '2026-03-02T09:00:00.000Z' as never,
      roleTable: {},
      useCases: [],
      records: [],
      services: {},
      url: new URL('http://127.0.0.1:7270'),
      trustProxy: false,
      logLevel: 'silent',
    })
    await serveWebApp(app, root)
  })
  afterAll(async () => {
    await app.close()
    rmSync(root, { recursive: true })
  })

  test.each([
    ['//', 200],
    ['///', 200],
    ['//[', 200],
    ['/risks?%', 200],
    ['/%', 404],
    ['/api/%ff', 404],
    ['/api//', 404],
  ])('%s is answered %i, with all headers', async (url, status) => {
    const answer = await app.inject({ method: 'GET', url })
    expect(answer.statusCode).toBe(status)
    expect(answer.headers['content-security-policy']).toContain("default-src 'none'")
    expect(answer.headers['x-content-type-options']).toBe('nosniff')
    if (status === 404) expect(answer.json()).toMatchObject({ code: 'address.not_found', status: 404 })
  })
})
