import { mkdtemp, rm, utimes } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { OrgId } from '#kernel/id.ts'
import { evidence } from '#modules/evidence/contract.ts'
import { createFileStore, type FileStore } from '#platform/files/file-store.ts'
import { storeUnavailable } from '#platform/files/store-unavailable.ts'
import { orRefuse } from '#platform/refusal/refusal-error.ts'
import { type TestActor, type TestServer, testServer } from '#testing/server.ts'
import { examine } from './doctor.ts'

let server: TestServer
let folder: string
let files: FileStore
let anna: TestActor
let orgId: OrgId
let afterPut: (sha256: string) => Promise<void> = async () => undefined
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'plumbline-doctor-'))
  files = await createFileStore({ kind: 'local', folder, keepFree: 0 })
  const put: FileStore['put'] = async (...args) => {
    const stored = await files.put(...args)
    if (stored.ok) await afterPut(stored.value.sha256)
    return stored
  }
  server = await testServer({ files: { ...files, put } })
  await server.organization('acme')
  anna = await server.actor('acme', 'Anna Berg', ['ismsManager'])
  orgId = await server.inside('acme', async (tx) => tx.org.id)
})
afterAll(async () => {
  await server.close()
  files.close()
  await rm(folder, { recursive: true, force: true })
})

const pathOf = (hash: string): string => join(folder, 'objects', orgId, hash.slice(0, 2), hash.slice(2, 4), hash)
const stored = async (content: string): Promise<string> =>
  orRefuse(await files.put(orgId, Readable.from([Buffer.from(content)]), { maxBytes: 1000 })).sha256
async function daysOld(hash: string, days: number): Promise<void> {
  const then = new Date(Date.now() - days * 86_400_000)
  await utimes(pathOf(hash), then, then)
}
const upload = (content: string) =>
  anna.call(evidence.upload, { query: { fileName: 'log.txt' }, file: Buffer.from(content) })
const key = { fingerprint: '0011223344556677', from: '/srv/plumbline/secret.key' }
const findings = async (repair = false): Promise<string> => {
  const { lines } = await examine({ database: async () => server.t.db, files: async () => files, key }, repair)
  return lines.find((line) => line.includes('files of acme')) ?? ''
}

test('files that no record has named for a day are told of, and removed when asked; everything else stays', async () => {
  const recorded = await upload('recorded')
  const withdrawn = await upload('withdrawn')
  const bodies = [recorded, withdrawn].map(({ body }) => body.artefact)
  await anna.done(evidence.withdraw, {
    params: { artefactId: bodies[1]?.id ?? '' },
    version: bodies[1]?.version ?? 0,
    body: { reason: 'The wrong file.' },
  })
  const hashes = [...(await listed())]
  for (const hash of hashes) await daysOld(hash, 30)
  expect(await findings()).toBe('ok   files of acme: each one recorded')
  const forgotten = await stored('forgotten')
  const fresh = await stored('on its way')
  await daysOld(forgotten, 2)
  expect(await findings()).toBe('ok   files of acme: 1 file (9 bytes) recorded nowhere; “doctor --repair” removes them')
  expect(await files.exists(orgId, forgotten)).toBe(true)
  expect(await findings(true)).toBe('ok   files of acme: 1 file (9 bytes) recorded nowhere, now removed')
  expect(new Set(await listed())).toEqual(new Set([...hashes, fresh]))
})

test('a file removed between its arrival and its record is not recorded', async () => {
  const unlucky: string[] = []
  afterPut = async (hash) => {
    unlucky.push(hash)
    await daysOld(hash, 2)
    expect(await findings(true)).toContain('now removed')
  }
  const answer = await upload('unlucky')
  afterPut = async () => undefined
  expect([answer.status, answer.problem.code]).toEqual([409, 'files.removed_meanwhile'])
  const { rows } = await server.t.owner.query('select from artefact where sha256 = any($1)', [unlucky])
  expect(rows).toHaveLength(0)
  expect((await upload('unlucky')).status).toBe(200)
})

test('the secret key is named, and a store that does not answer is asked once and told', async () => {
  let asked = 0
  const unreachable: FileStore = {
    ...files,
    check: async () => storeUnavailable(),
    // oxlint-disable-next-line require-yield -- a listing that never comes
    list: async function* () {
      asked++
      await new Promise(() => undefined)
    },
  }
  const { lines, code } = await examine(
    { database: async () => server.t.db, files: async () => unreachable, key },
    true,
  )
  expect(lines).toContain('ok   secret key: fingerprint 0011223344556677, from /srv/plumbline/secret.key')
  expect(lines).toContain('BAD  files of acme: not looked at, because the file store cannot be used')
  expect(lines.find((line) => line.startsWith('BAD  files: '))).toContain('does not answer')
  expect([code, asked]).toEqual([1, 0])
})

test('a disk that cannot be read is told, not thrown', async () => {
  await rm(join(folder, 'staging'), { recursive: true })
  const answer = await upload('nowhere to go')
  expect([answer.status, answer.problem.code]).toEqual([503, 'files.store_unavailable'])
  expect(answer.problem.detail).toMatch(/does not answer.*try again/)
})

async function listed(): Promise<string[]> {
  const found: string[] = []
  for await (const { sha256 } of files.list(orgId)) found.push(sha256)
  return found
}
