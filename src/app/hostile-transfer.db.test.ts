import { randomUUID } from 'node:crypto'
import { mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { people } from '#modules/people/contract.ts'
import { writeZip, type ZipPart } from '#platform/import/fixtures/zip-writer.ts'
import { type TestServer, testServer } from '#testing/server.ts'
import { bringIn, exportTo } from '#testing/transfer.ts'

// A file that pretends to be an exported organization is refused in a sentence, whatever is wrong with it.

interface Exported {
  meta: { organization: { id: string }; head: { seq: number; at: string; hash: string } }
  tables: Record<string, Record<string, unknown>[]>
  counters: { prefix: string; last: number }[]
  ledger: Record<string, unknown>[]
  files: unknown[]
}

let folder: string
let source: TestServer
let target: TestServer
let acme: string
let bravo: Exported
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'plumbline-hostile-'))
  source = await testServer()
  target = await testServer()
  for (const slug of ['acme', 'bravo']) {
    await source.organization(slug)
    const anna = await source.actor(slug, 'Anna Berg', ['administrator'])
    await anna.done(people.add, { body: { name: `Ben of ${slug}` } })
  }
  // Without the line breaks of an export, so that what is put in finds its place.
  acme = JSON.stringify(JSON.parse(await readFile(await exportTo(join(folder, 'acme.json'), 'acme', source), 'utf8')))
  bravo = JSON.parse(await readFile(await exportTo(join(folder, 'bravo.json'), 'bravo', source), 'utf8')) as Exported
}, 120_000)
afterAll(async () => {
  await source.close()
  await target.close()
  await rm(folder, { recursive: true })
})

async function refused(name: string, content: string | Buffer): Promise<string> {
  const file = join(folder, name)
  await writeFile(file, content)
  const result = await bringIn(file, target)
  expect((await target.t.owner.query('select from organization')).rowCount).toBe(0)
  return result.ok ? 'done' : `${result.refusal.code}: ${result.refusal.message}`
}
const changed = (change: (data: Exported) => void): string => {
  const data = JSON.parse(acme) as Exported
  change(data)
  return JSON.stringify(data)
}
const person = (data: Exported): Record<string, unknown> => data.tables['person']?.[0] ?? {}
const nested = (depth: number): string => `${'['.repeat(depth)}${']'.repeat(depth)}`

test.each<[string, () => string, RegExp]>([
  ['depth in a row', () => acme.replace('"tables":{', `"tables":{"person":[${nested(1_000_000)}],`), /^transfer\./],
  [
    'depth in a column',
    () => changed((data) => void (person(data)['note'] = '@')).replace('"@"', nested(200_000)),
    /^transfer\./,
  ],
  [
    'depth in an entry of the ledger',
    () => changed((data) => void ((data.ledger[0] ?? {})['after'] = '@')).replace('"@"', nested(200_000)),
    /^transfer\./,
  ],
  [
    'a version beyond every number',
    () => changed((data) => void (person(data)['version'] = '@')).replace('"@"', '1e400'),
    /^transfer\./,
  ],
  [
    'a number of an entry beyond every number',
    () => changed((data) => void ((data.ledger[0] ?? {})['seq'] = '@')).replace('"@"', '9e999'),
    /^transfer\.damaged/,
  ],
  [
    'a number with a million digits',
    () => changed((data) => void (person(data)['version'] = '@')).replace('"@"', '9'.repeat(1_000_000)),
    /^transfer\./,
  ],
  [
    'a head beyond every date',
    () => changed((data) => void (data.meta.head.at = '0000-01-01T00:00:00Z')),
    /^transfer\./,
  ],
  ['a counter twice', () => changed((data) => void data.counters.push(...data.counters)), /^transfer\.damaged/],
  [
    'an id that is no text in a row of another organization',
    () =>
      changed((data) => void Object.assign(person(data), { org_id: randomUUID(), id: { toString: 1, valueOf: 1 } })),
    /^transfer\.damaged: .*another organization/,
  ],
  [
    'the rows of another organization',
    () => changed((data) => void (data.tables = bravo.tables)),
    /^transfer\.damaged: .*another organization/,
  ],
  [
    'the ledger of another organization',
    () => changed((data) => void ((data.ledger = bravo.ledger), (data.meta.head = bravo.meta.head))),
    /^transfer\.(tampered|damaged)/,
  ],
  [
    'everything of another organization under this one’s id',
    () =>
      JSON.stringify({
        ...bravo,
        meta: { ...bravo.meta, organization: (JSON.parse(acme) as Exported).meta.organization },
      }),
    /^transfer\.damaged: .*another organization/,
  ],
])('%s', async (_what, content, expected) => {
  expect(await refused('hostile.json', content())).toMatch(expected)
})

const records = (): ZipPart => ({ name: 'organization.json', data: acme })
test.each<[string, () => ZipPart[], RegExp]>([
  [
    'names that lead out of the folder',
    () => [records(), { name: '../../evil.sh', data: 'x' }],
    /^transfer\.not_an_export/,
  ],
  ['an absolute name', () => [records(), { name: '/etc/evil', data: 'x' }], /^transfer\.not_an_export/],
  [
    'records twice',
    () => [records(), { name: 'organization.json', data: JSON.stringify(bravo) }],
    /^transfer\.not_an_export: .*twice/,
  ],
  ['records that are only called so', () => [{ name: 'ORGANIZATION.JSON', data: acme }], /^transfer\.not_an_export/],
  ['a checksum that is another', () => [{ ...records(), lie: { crc: 1 } }], /^transfer\.not_an_export/],
  ['a length that is another', () => [{ ...records(), lie: { uncompressedSize: 10 } }], /^transfer\.not_an_export/],
])('a zip file with %s', async (_what, parts, expected) => {
  expect(await refused('hostile.zip', writeZip(parts()))).toMatch(expected)
})

test('a link in the folder of files leads nowhere: what is stored is what the records name by its hash', async () => {
  const secret = join(folder, 'secret')
  await writeFile(secret, 'a file of the server')
  const hash = '0'.repeat(64)
  const data = JSON.parse(acme) as Exported
  data.files.push({ sha256: hash, bytes: 20 })
  const file = join(folder, 'linked.json')
  await exportTo(file, 'acme', source)
  await mkdir(join(folder, 'linked.files'), { recursive: true })
  await symlink(secret, join(folder, 'linked.files', hash))
  expect(await refused('linked.json', JSON.stringify(data))).toMatch(/^transfer\.damaged: .*is another/)
})

test('what no export has is left alone, and the rest comes in', async () => {
  const file = join(folder, 'more.zip')
  await writeFile(file, writeZip([{ name: '__MACOSX/._organization.json', data: 'x' }, records()]))
  const result = await bringIn(file, target)
  expect(result).toMatchObject({ ok: true, value: { slug: 'acme' } })
})
