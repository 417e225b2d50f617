import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import fastify, { type FastifyInstance } from 'fastify'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { serveWebApp } from './web-app.ts'

const script = 'export const answer = 42'
let folder: string
let app: FastifyInstance

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'plumbline-web-'))
  const root = join(folder, 'web')
  mkdirSync(join(root, 'assets'), { recursive: true })
  mkdirSync(join(root, '.vite'))
  writeFileSync(join(folder, 'secret.txt'), 'not for anybody')
  writeFileSync(join(root, '.vite/manifest.json'), '{}')
  writeFileSync(join(root, 'index.html'), '<style nonce="__CSP_NONCE__"></style>the page')
  writeFileSync(join(root, 'logo.svg'), '<svg xmlns="http://www.w3.org/2000/svg"/>')
  writeFileSync(join(root, 'assets/app-1.js'), script)
  writeFileSync(join(root, 'assets/app-1.js.gz'), gzipSync(script))
  app = fastify()
  await serveWebApp(app, root)
})
afterAll(async () => {
  await app.close()
  rmSync(folder, { recursive: true })
})

test('a script travels compressed where the browser takes it, and is kept for ever', async () => {
  const [squeezed, plain] = await Promise.all(
    ['gzip, br', 'identity'].map((encoding) =>
      app.inject({ url: '/assets/app-1.js', headers: { 'accept-encoding': encoding } }),
    ),
  )
  expect(squeezed?.headers).toMatchObject({ 'content-encoding': 'gzip', vary: 'accept-encoding' })
  expect(squeezed?.headers['content-type']).toContain('javascript')
  expect(squeezed?.headers['cache-control']).toContain('immutable')
  expect(plain?.headers['content-encoding']).toBeUndefined()
  expect(plain?.body).toBe(script)
})

test.each(['/', '/o/acme/controls/A.8.13', '/assets/', '/assets'])(
  '%s answers with the page and its policy',
  async (url) => {
    const answer = await app.inject({ url })
    expect(answer.statusCode).toBe(200)
    const nonce = /nonce="(\S+)"/.exec(answer.body)?.[1]
    expect(answer.headers['content-security-policy']).toContain(`'nonce-${nonce}'`)
  },
)

test.each([
  '/../secret.txt',
  '/assets/..%2f..%2fsecret.txt',
  '/assets/%2e%2e/%2e%2e/secret.txt',
  '/.vite/manifest.json',
  '/assets/app-1.js.gz',
  '/assets/app-2.js',
  '/assets/app-1.js%00.js',
  '/api/v1/nothing',
  '/api/',
  '/index.html',
  '/assets/%2e%2e/index.html',
])('%s is not there', async (url) => {
  const answer = await app.inject({ url })
  expect(answer.statusCode).toBe(404)
  expect(answer.headers['content-type']).toContain('application/problem+json')
})
