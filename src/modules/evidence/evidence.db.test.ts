import { createHash, randomBytes } from 'node:crypto'
import { request } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Instant } from '#kernel/time.ts'
import { controls } from '#modules/controls/contract.ts'
import { risks } from '#modules/risk/contract.ts'
import { type TestActor, type TestServer, testServer } from '#testing/server.ts'
import { evidence } from './contract.ts'

let server: TestServer
let anna: TestActor
let omar: TestActor
let cleo: TestActor
let ida: TestActor
let eve: TestActor
beforeAll(async () => {
  server = await testServer()
  await server.organization('acme')
  await server.organization('other')
  anna = await server.actor('acme', 'Anna Berg', ['ismsManager'])
  omar = await server.actor('acme', 'Omar Quist', ['owner'])
  cleo = await server.actor('acme', 'Cleo Brandt', ['contributor'])
  ida = await server.actor('acme', 'Ida Falk', ['internalAuditor'])
  eve = await server.actor('other', 'Eve Stone', ['administrator', 'ismsManager'])
})
afterAll(() => server.close())

const bytes = (text: string): Buffer => Buffer.from(text)
const sha256 = (content: Uint8Array): string => createHash('sha256').update(content).digest('hex')
const controlId = async (actor: TestActor, ref: string): Promise<string> =>
  (await actor.done(controls.list)).items.find((control) => control.ref === ref)?.id ?? ''
async function storedFiles(): Promise<number> {
  const found: string[] = []
  for await (const file of server.files.list()) found.push(file.sha256)
  return found.length
}
const count = async (work: () => Promise<unknown>): Promise<number> => {
  server.statements.texts = []
  await work()
  return server.statements.texts.length
}

test('what is uploaded comes back byte for byte, with its provenance and its hash', async () => {
  const content = randomBytes(11 * 1024 ** 2)
  const { outcome, artefact } = await anna.done(evidence.upload, {
    query: {
      fileName: '../Zugriffsprüfung “Q1”.bin',
      source: 'Keycloak',
      population: 'accounts',
      populationCount: 12,
      effectiveOn: '2026-02-27',
      ownerId: omar.personId,
    } as never,
    file: content,
  })
  expect(outcome).toBe('added')
  expect(artefact).toMatchObject({
    ref: 'E-1',
    title: 'Zugriffsprüfung “Q1”.bin',
    population: 'accounts',
    populationCount: 12,
    collectedBy: 'person',
    collector: { name: 'Anna Berg' },
    owner: { name: 'Omar Quist' },
    file: { sha256: sha256(content), bytes: content.length, mediaType: 'application/octet-stream' },
    freshness: 'fresh',
    weakness: null,
    controls: [],
  })
  const params = { artefactId: artefact.id }
  const download = await ida.download(evidence.download, { params })
  expect(download.status).toBe(200)
  expect(download.bytes.equals(content)).toBe(true)
  expect(download.headers).toMatchObject({ 'content-length': String(content.length), 'accept-ranges': 'bytes' })
  const part = await ida.download(evidence.download, { params, headers: { range: 'bytes=10-19' } })
  expect([part.status, part.headers['content-range']]).toEqual([206, `bytes 10-19/${content.length}`])
  expect(part.bytes.equals(content.subarray(10, 20))).toBe(true)
  const beyond = await ida.download(evidence.download, { params, headers: { range: 'bytes=99999999-' } })
  expect([beyond.status, beyond.headers['content-range']]).toEqual([416, `bytes */${content.length}`])
})

test('a page with a script is saved, never shown', async () => {
  const { artefact } = await anna.done(evidence.upload, {
    query: { fileName: 'report.pdf' },
    file: bytes('<html><script>alert(1)</script></html>'),
  })
  expect(artefact.file?.mediaType).toBe('text/html')
  const { headers } = await anna.download(evidence.download, { params: { artefactId: artefact.id } })
  expect(headers['content-type']).toBe('application/octet-stream')
  expect(headers['content-disposition']).toMatch(/^attachment; filename="report.pdf"/)
  expect(headers['content-security-policy']).toBe("sandbox; default-src 'none'; frame-ancestors 'none'")
  expect(headers['x-content-type-options']).toBe('nosniff')
})

test('known content is recognised; a second artefact needs a reason; two at once make one', async () => {
  const file = bytes('name;role\nanna;admin\n')
  const upload = (query: object) => anna.done(evidence.upload, { query: { fileName: 'roles.csv', ...query }, file })
  const both = await Promise.all([upload({}), upload({ fileName: 'copy.csv' })])
  expect(both.map((one) => one.outcome).sort()).toEqual(['added', 'recognised'])
  const [first, again] = both
  expect(first?.artefact.id).toBe(again?.artefact.id)
  const separate = await upload({ title: 'Roles of the second site', separateBecause: 'Examined for the second site' })
  expect(separate.outcome).toBe('added')
  expect(separate.artefact.copies.map((one) => one.ref)).toEqual([first?.artefact.ref])
  expect((await anna.done(evidence.list, { query: { q: sha256(file) } })).total).toBe(2)
  // A test that ran twice with the same output ran twice.
  const run = { kind: 'testResult', title: 'Restore test', outcome: 'passed' }
  const results = [await upload(run), await upload(run)]
  expect(results.map((one) => one.outcome)).toEqual(['added', 'added'])
})

test('another organization reaches nothing by id or hash, and learns nothing from uploading the same', async () => {
  const file = bytes('the secret report')
  const { artefact } = await anna.done(evidence.upload, { query: { fileName: 'secret.txt' }, file })
  for (const contract of [evidence.show, evidence.download]) {
    expect((await eve.call(contract, { params: { artefactId: artefact.id } })).status).toBe(404)
  }
  expect((await eve.done(evidence.list, { query: { q: sha256(file) } })).total).toBe(0)
  const own = await eve.done(evidence.upload, { query: { fileName: 'guess.txt' }, file })
  expect([own.outcome, own.artefact.copies]).toEqual(['added', []])
  const foreign = await eve.call(controls.attach, {
    params: { controlId: await controlId(eve, 'A.5.1') },
    body: { artefactId: artefact.id },
  })
  expect(foreign.status).toBe(404)
  for (const query of [{ ownerId: anna.personId }, { intervieweeId: anna.personId, kind: 'interview' }]) {
    const answer = await eve.call(evidence.upload, {
      query: { fileName: 'x.txt', ...query } as never,
      file: bytes('x'),
    })
    expect(answer.status).toBe(404)
  }
})

test('what cannot be accepted is refused before the bytes are sent, or leaves nothing', async () => {
  const before = (await anna.done(evidence.list)).total
  const refused = async (actor: TestActor, query: object, file: Uint8Array): Promise<unknown> => {
    const { status, problem } = await actor.call(evidence.upload, { query: query as never, file })
    return [status, problem.code]
  }
  expect(await refused(anna, { fileName: 'empty.txt' }, bytes(''))).toEqual([400, 'files.empty'])
  expect(await refused(anna, {}, bytes('x'))).toEqual([422, 'request.invalid'])
  expect(await refused(ida, { fileName: 'x.txt' }, bytes('x'))).toEqual([403, 'access.forbidden'])
  const reversed = { fileName: 'x.txt', periodFrom: '2026-02-01', periodTo: '2026-01-01' }
  const stored = await storedFiles()
  expect(await refused(anna, reversed, bytes('never stored'))).toEqual([422, 'evidence.period_reversed'])
  expect(await storedFiles()).toBe(stored)
  const link = await anna.call(evidence.add, { body: { kind: 'link', title: 'Wiki', url: 'javascript:alert(1)' } })
  expect([link.status, link.problem.field]).toEqual([422, 'url'])
  const record = await anna.call(evidence.add, {
    body: { kind: 'record', title: 'Review', recordId: `risk_${'0'.repeat(32)}` },
  })
  expect([record.status, record.problem.code]).toEqual([404, 'record.not_found'])
  expect((await anna.done(evidence.list)).total).toBe(before)
})

test('an upload that breaks off writes nothing, and one that is too large is refused by its announced size', async () => {
  await server.http.listen({ port: 0, host: '127.0.0.1' })
  const { port } = server.http.server.address() as AddressInfo
  const before = (await anna.done(evidence.list)).total
  const stored = await storedFiles()
  const open = (length: number) =>
    request({
      port,
      method: 'POST',
      path: '/api/v1/orgs/acme/evidence-files?fileName=big.bin',
      headers: { cookie: anna.cookie, 'content-type': 'application/octet-stream', 'content-length': length },
    })
  const refused = await new Promise<number | undefined>((resolve, reject) => {
    const large = open(2 * 1024 ** 3)
    large.on('response', (response) => {
      resolve(response.statusCode)
      large.destroy()
    })
    large.on('error', reject)
    large.write(randomBytes(1000))
  })
  expect(refused).toBe(413)
  const gone = new Promise((resolve) =>
    server.http.server.once('connection', (socket) => socket.once('close', resolve)),
  )
  const broken = open(10_000_000)
  broken.on('error', () => undefined)
  await new Promise((resolve) => broken.write(randomBytes(1_000_000), resolve))
  broken.destroy()
  await gone
  expect((await anna.done(evidence.list)).total).toBe(before)
  expect(await storedFiles()).toBe(stored)
})

test('a link is captured once; a record of this system is evidence; contributors change, readers do not', async () => {
  const link = await cleo.done(evidence.add, {
    body: { kind: 'link', title: 'Firewall rules', url: 'https://wiki.example/firewall' },
  })
  expect(link).toMatchObject({ weakness: 'linkNotCaptured', file: null, can: { edit: true, withdraw: false } })
  const capture = { params: { artefactId: link.id }, query: { fileName: 'firewall.png' }, file: bytes('\x89PNG\r\n') }
  expect(await cleo.done(evidence.capture, capture)).toMatchObject({ weakness: null, version: 2 })
  expect((await cleo.call(evidence.capture, capture)).problem.code).toBe('evidence.already_captured')
  const risk = await anna.done(risks.record, { body: { title: 'Fire', scenario: 'It burns.', availability: 'lost' } })
  const record = await anna.done(evidence.add, { body: { kind: 'record', title: 'Reviewed risk', recordId: risk.id } })
  expect(record.record).toEqual({ type: 'risk', id: risk.id, ref: risk.ref, title: 'Fire' })
  const foreign = await eve.call(evidence.add, { body: { kind: 'record', title: 'Theirs', recordId: risk.id } })
  expect(foreign.status).toBe(404)
  const changed = await cleo.done(evidence.change, {
    params: { artefactId: record.id },
    version: 1,
    body: { validUntil: '2026-12-31', classificationId: null },
  })
  expect(changed).toMatchObject({ validUntil: '2026-12-31', version: 2, record: { ref: risk.ref } })
  const stale = await cleo.call(evidence.change, {
    params: { artefactId: record.id },
    version: 1,
    body: { title: 'x' },
  })
  expect(stale.status).toBe(412)
  expect((await ida.call(evidence.change, { params: { artefactId: record.id }, version: 2, body: {} })).status).toBe(
    403,
  )
  expect((await cleo.call(evidence.withdraw, { params: { artefactId: link.id }, body: { reason: 'x' } })).status).toBe(
    403,
  )
  const concluded = await anna.done(evidence.conclude, {
    params: { artefactId: link.id },
    body: { verdict: 'contradicts', conclusion: 'Port 23 is open.' },
  })
  expect(concluded).toMatchObject({
    weakness: 'contradicts',
    concludedBy: { name: 'Anna Berg' },
    concludedOn: '2026-03-02',
  })
})

test('a control rises with its evidence and falls the day after that expires', async () => {
  server.clock.now = '2026-03-10T09:00:00.000Z' as Instant
  const [backup, training] = [await controlId(anna, 'A.8.13'), await controlId(anna, 'A.6.3')]
  const both = [backup, training]
  for (const id of both) {
    await anna.done(controls.decide, { params: { controlId: id }, body: { applicability: 'applicable' } })
    await anna.done(controls.state, { params: { controlId: id }, body: { stated: 'implemented' } })
    const { version } = await anna.done(controls.show, { params: { controlId: id } })
    await anna.done(controls.change, { params: { controlId: id }, version, body: { implementation: 'Done so.' } })
  }
  const statusOf = async (id: string) => (await anna.done(controls.show, { params: { controlId: id } })).status
  expect(await statusOf(backup)).toBe('claimed')
  const { artefact } = await anna.done(evidence.upload, {
    query: { fileName: 'restore.txt', effectiveOn: '2026-03-01', validUntil: '2026-04-30' },
    file: bytes('restored 12 of 12'),
  })
  const attach = { params: { artefactId: artefact.id }, body: { controlIds: both } }
  const usable = async () => (await anna.done(evidence.usable, { params: attach.params })).items.length
  const free = await usable()
  expect((await anna.done(evidence.attach, attach)).controls).toEqual(['A.6.3', 'A.8.13'])
  expect((await anna.done(evidence.attach, attach)).controls).toEqual(['A.6.3', 'A.8.13'])
  expect(await usable()).toBe(free - 2)
  expect([await statusOf(backup), await statusOf(training)]).toEqual(['implemented', 'implemented'])
  const shown = await anna.done(evidence.show, { params: { artefactId: artefact.id } })
  expect(shown.uses).toMatchObject([
    { ref: 'A.6.3', counts: true, why: null, can: { detach: true } },
    { ref: 'A.8.13', counts: true, why: null },
  ])
  const detach = { params: attach.params, body: { controlId: training } }
  expect((await anna.done(evidence.detach, detach)).controls).toEqual(['A.8.13'])
  expect((await anna.call(evidence.detach, detach)).problem.code).toBe('evidence.not_attached')
  expect(await statusOf(training)).toBe('claimed')
  server.clock.now = '2026-04-30T21:59:00.000Z' as Instant
  expect(await statusOf(backup)).toBe('implemented')
  server.clock.now = '2026-04-30T22:00:00.000Z' as Instant
  const expired = await anna.done(controls.show, { params: { controlId: backup } })
  expect([expired.status, expired.reasons.at(-1)]).toEqual(['claimed', { code: 'evidenceStale', refs: [artefact.ref] }])
  const judged = await anna.done(evidence.show, { params: { artefactId: artefact.id } })
  expect(judged.uses).toMatchObject([{ ref: 'A.8.13', counts: false, why: 'stale' }])
  await anna.done(evidence.withdraw, { params: { artefactId: artefact.id }, body: { reason: 'Wrong system' } })
  expect((await anna.done(controls.show, { params: { controlId: backup } })).evidence).toEqual([])
  const again = await anna.call(evidence.attach, attach)
  expect([again.status, again.problem.code]).toEqual([422, 'evidence.withdrawn'])
})

test('one person’s word proves nothing; two independent ones prove that people understood', async () => {
  const interview = (intervieweeId: string, title: string) =>
    anna.done(evidence.add, { body: { kind: 'interview', title, intervieweeId, description: 'Could explain it.' } })
  const voices = [
    await interview(omar.personId, 'Omar on phishing'),
    await interview(cleo.personId, 'Cleo on phishing'),
  ]
  const training = await controlId(anna, 'A.6.3')
  const show = () => anna.done(controls.show, { params: { controlId: training } })
  const attach = (artefactId: string, assurance = false) =>
    anna.call(controls.attach, { params: { controlId: training }, body: { artefactId, assurance } })
  await attach(voices[0]?.id ?? '')
  expect(await show()).toMatchObject({ status: 'claimed', evidence: [{ acceptable: false, why: 'onlyWord' }] })
  await attach(voices[1]?.id ?? '')
  expect(await show()).toMatchObject({ status: 'implemented', evidence: [{ why: null }, { why: null }] })
  expect((await attach(voices[0]?.id ?? '', true)).problem.code).toBe('evidence.assurance_unread')
  const failed = await anna.done(evidence.add, {
    body: { kind: 'testResult', title: 'Phishing test', outcome: 'failed' },
  })
  const other = await controlId(anna, 'A.8.13')
  const judged = await anna.done(controls.attach, { params: { controlId: other }, body: { artefactId: failed.id } })
  expect(judged).toMatchObject({ status: 'claimed', evidence: [{ why: 'testFailed' }] })
  expect(judged.reasons.at(-1)?.code).toBe('evidenceNotCounted')
})

test('filters and pages of the register, and freshness as the rule has it', async () => {
  const all = (await anna.done(evidence.list, { query: { sort: 'ref' } })).items
  for (const freshness of ['fresh', 'dueSoon', 'stale', 'undated'] as const) {
    const { items } = await anna.done(evidence.list, { query: { freshness } })
    expect(items.map((one) => one.ref)).toEqual(all.filter((one) => one.freshness === freshness).map((one) => one.ref))
  }
  await anna.done(evidence.add, {
    body: { kind: 'observation', title: 'Clean desks', description: 'All clear.', validUntil: '2026-05-10' },
  })
  expect((await anna.done(evidence.list, { query: { freshness: 'dueSoon' } })).items.map((one) => one.title)).toEqual([
    'Clean desks',
  ])
  const training = await controlId(anna, 'A.6.3')
  const attached = await anna.done(evidence.list, { query: { controlId: training } })
  expect(attached.items.map((one) => [one.kind, one.controls])).toEqual([
    ['interview', ['A.6.3']],
    ['interview', ['A.6.3']],
  ])
  const loose = await anna.done(evidence.list, { query: { unattached: 'true' } })
  expect(loose.items.every((one) => one.controls.length === 0)).toBe(true)
  const tied = await anna.done(evidence.list, { query: { unattached: 'false' } })
  expect(loose.total + tied.total).toBe((await anna.done(evidence.list)).total)
  expect((await anna.done(evidence.list, { query: { withdrawn: 'true' } })).total).toBe(1)
  const seen: string[] = []
  for (let cursor: string | null | undefined; cursor !== null; ) {
    const page = await anna.done(evidence.list, { query: { limit: 3, sort: '-bytes', ...(cursor ? { cursor } : {}) } })
    seen.push(...page.items.map((one) => one.ref))
    cursor = page.next
  }
  expect(new Set(seen).size).toBe(seen.length)
  expect(seen.length).toBe((await anna.done(evidence.list)).total)
})

test('a bounded number of statements, and the register as of a past day', async () => {
  const [first] = (await anna.done(evidence.list, { query: { kind: 'record' } })).items
  expect(await count(() => anna.done(evidence.list))).toBeLessThanOrEqual(2)
  expect(await count(() => anna.done(evidence.show, { params: { artefactId: first?.id ?? '' } }))).toBeLessThanOrEqual(
    5,
  )
  expect(await count(() => anna.done(controls.list))).toBeLessThanOrEqual(6)
  const then = await anna.done(evidence.list, { query: { at: '2026-03-31' } })
  expect(then.items.find((one) => one.title === 'restore.txt')).toMatchObject({
    withdrawnAt: null,
    freshness: 'dueSoon',
    controls: ['A.8.13'],
  })
  const shown = await anna.done(evidence.show, { params: { artefactId: first?.id ?? '' }, query: { at: '2026-03-31' } })
  expect(shown.record?.title).toBe('Fire')
  const before = await anna.call(evidence.list, { query: { at: '2026-01-01' } })
  expect(before.problem).toMatchObject({ code: 'request.before_records', facts: { since: '2026-03-02' } })
})
