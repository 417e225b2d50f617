import { writeFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { assets } from '#modules/assets/contract.ts'
import { people } from '#modules/people/contract.ts'
import { risks } from '#modules/risk/contract.ts'
import type { ImportRoutes } from '#platform/import/contract.ts'
import { importLimits } from '#platform/import/limits.ts'
import { importFile } from '#platform/import/server/import-file.ts'
import { importing, routesOfImports as routes } from '#testing/imports.ts'
import { type TestActor, type TestServer, testServer } from '#testing/server.ts'
import { importTargets } from './import-registers.ts'

let server: TestServer
let send: ReturnType<typeof importing>['send']
let take: ReturnType<typeof importing>['take']
let anna: TestActor
let eve: TestActor
let nils: TestActor
beforeAll(async () => {
  server = await testServer()
  ;({ send, take } = importing(server))
  await server.organization('acme')
  await server.organization('other')
  anna = await server.actor('acme', 'Anna Berg', ['ismsManager', 'topManagement', 'owner'])
  nils = await server.actor('acme', 'Nils Ode', ['contributor'])
  eve = await server.actor('other', 'Eve Stone', ['ismsManager'])
})
afterAll(() => server.close())

const assetNames = async (who = anna) =>
  (await who.done(assets.list, { query: { limit: 10_000, sort: 'ref' } })).items.map((one) => `${one.ref} ${one.name}`)

const assetFile = [
  'ID;Asset-Name;Typ;Eigentümer;Verwalter;Kritikalität;Status;Abhängig von',
  'W-1;CRM;Anwendung;Anna Berg;IT-Betrieb;Hoch;Aktiv;W-2',
  'W-2;Halle;Einrichtung;;;Mittel;Aktiv;',
  '7;=cmd|calc;Software;ISB;;;;',
  'W-4;<script>alert(1)</script>;Daten;;;;;',
].join('\n')

test('assets: preview writes nothing, confirm takes over what it showed, with its reason in the ledger', async () => {
  const { body: up } = await send(anna, routes.assets, assetFile, 'werte.csv')
  expect(up).toMatchObject({ problem: null, holds: [{ register: 'assets' }], earlier: [] })
  const params = { importId: up.id }
  const preview = await anna.done(routes.assets.preview, { params, body: {} })
  expect(preview).toMatchObject({ counts: { create: 4, error: 0 }, total: 4, problem: null })
  expect(preview.rows.map((row) => row.becomes?.ref)).toEqual(['W-1', 'W-2', 'A-7', 'W-4'])
  expect(await assetNames()).toEqual([])
  expect(await anna.done(routes.assets.show, { params })).toMatchObject({ status: 'uploaded', ref: null })

  const done = await anna.done(routes.assets.confirm, { params, body: {} })
  expect(done).toMatchObject({ ref: 'I-1', status: 'confirmed', counts: { create: 4 }, importedBy: 'Anna Berg' })
  const { items } = await anna.done(assets.list, { query: { limit: 10, sort: 'ref' } })
  // Formulas and scripts are texts like any other.
  expect(items.map((one) => [one.ref, one.name, one.kind, one.ownerText])).toEqual([
    ['A-7', '=cmd|calc', 'software', 'ISB'],
    ['W-1', 'CRM', 'software', ''],
    ['W-2', 'Halle', 'site', ''],
    ['W-4', '<script>alert(1)</script>', 'data', ''],
  ])
  const crm = await anna.done(assets.show, { params: { assetId: items[1]?.id ?? '' } })
  expect(crm).toMatchObject({
    owner: { name: 'Anna Berg' },
    custodianText: 'IT-Betrieb',
    criticality: 3,
    confidentiality: null,
    reliesOn: [{ ref: 'W-2' }],
  })
  const entry = await server.t.owner.query(
    `select distinct action, reason from ledger_entry where record_type like 'asset%'`,
  )
  expect(entry.rows).toEqual([{ action: 'asset.imported', reason: 'Import I-1 from werte.csv' }])
  // The counter has moved past the file's bare number.
  expect(await anna.done(assets.add, { body: { name: 'Next', kind: 'data' } })).toMatchObject({ ref: 'A-8' })
})

test('a preview says what a row becomes by words, codes and facts, so that any language can; texts are the file’s own', async () => {
  const factsIn = async (to: ImportRoutes, content: string, mapping: object = {}) => {
    const { body: up } = await send(anna, to, content)
    const body = { mapping: { register: to.register, ...mapping } } as never
    const { rows } = await anna.done(to.preview, { params: { importId: up.id }, body })
    return new Map(rows[0]?.becomes?.facts.map(({ label, values, into }) => [label, { values, into }]))
  }
  const text = (of: string) => ({ kind: 'text', text: of })
  const said = (code: string, facts = {}) => expect.objectContaining({ kind: 'said', code, facts })

  const asset = await factsIn(routes.assets, 'Asset-Name;Typ;Kritikalität;Eigentümer\nKasse;Gerät;Hoch;Kassenwart\n')
  expect(asset.get('Kind')).toEqual({ values: [{ kind: 'word', words: 'assets:kinds', word: 'hardware' }], into: null })
  expect(asset.get('Overall value')?.values).toEqual([{ kind: 'word', words: 'assets:levels', word: '3' }])
  expect(asset.get('Owner')).toEqual({ values: [text('Kassenwart')], into: [said('import.fact_owner_open')] })

  const risk = 'Risk;Owner;Likelihood;Impact;Treatment;Controls\nFire;anna berg;3;4;Mitigate;A.8.13, A.9.99\n'
  const facts = await factsIn(routes.risks, risk)
  // No method is in force: the figures stay as they are.
  expect(facts.get('Current')).toEqual({
    values: [said('import.fact_likelihood', { value: '3' }), said('import.fact_impact', { value: '4' })],
    into: null,
  })
  expect(facts.get('Owner')).toEqual({ values: [text('anna berg')], into: [text('Anna Berg')] })
  expect(facts.get('Options')?.values).toEqual([{ kind: 'word', words: 'risk:option', word: 'modify' }])
  expect(facts.get('Controls')?.values).toEqual([
    said('import.fact_control_planned', { control: 'A.8.13' }),
    said('import.fact_unknown', { text: '9.99' }),
  ])

  const action = await factsIn(routes.treatment, 'Risk ID;Action;Due Date\nR-1;Mend the roof;2026-05-01\n')
  expect(action.get('Due')?.values).toEqual([{ kind: 'day', day: '2026-05-01' }])
})

test('what no field holds is noted under the file’s own heading', async () => {
  const file = 'Asset-Name;Nutzungsdauer;Letzte Prüfung\nRegal;5 Jahre;2025-02-01\n'
  const run = await take(anna, routes.assets, file)
  const { items } = await anna.done(assets.list, { query: { q: 'Regal', limit: 5 } })
  const shelf = await anna.done(assets.show, { params: { assetId: items[0]?.id ?? '' } })
  expect(shelf.note).toBe('Nutzungsdauer: 5 Jahre\nLetzte Prüfung: 2025-02-01')
  await anna.done(routes.assets.undo, { params: { importId: run.id }, body: {} })
})

test('names every object inherits are words like any other in cells and headings', async () => {
  const words = ['constructor', '__proto__', 'toString', 'hasOwnProperty']
  const risk = (word: string) => `${word};3;4;${word};${word};${word}`
  const files = [
    [
      routes.risks,
      `Risk;Likelihood;Impact constructor;Owner;Treatment;Confidentiality\n${words.map(risk).join('\n')}\n`,
    ],
    [routes.assets, `Asset-Name;Typ;Eigentümer\n${words.map((word) => `${word};${word};${word}`).join('\n')}\n`],
    [routes.people, `Name;Manager;Status\n${words.map((word) => `Ada ${word};${word};${word}`).join('\n')}\n`],
  ] as const
  for (const [to, content] of files) {
    const { status, body: up } = await send(anna, to, content)
    expect([to.register, status, up.detail]).toEqual([to.register, 200, undefined])
    const body = { mapping: { ...up.mapping, register: to.register } } as never
    const { rows } = await anna.done(to.preview, { params: { importId: up.id }, body })
    expect(rows.map((row) => [row.status, row.becomes?.title.split(' ').at(-1)])).toEqual(
      words.map((word) => ['create', word]),
    )
    await anna.done(to.discard, { params: { importId: up.id } })
  }
})

test('of confirming and discarding one file at the same time one is done, and the other told so', async () => {
  for (const n of [1, 2, 3]) {
    const { body: up } = await send(anna, routes.assets, `Asset-Name;Typ\nWaage ${n};Gerät\n`)
    const params = { importId: up.id }
    const [confirmed, discarded] = await Promise.all([
      anna.call(routes.assets.confirm, { params, body: {} }),
      anna.call(routes.assets.discard, { params }),
    ])
    if (confirmed.status === 200) {
      expect(discarded.problem.code).toBe('import.confirmed')
      await anna.done(routes.assets.undo, { params, body: {} })
    } else expect([confirmed.problem.code, discarded.status]).toEqual(['import_run.not_found', 200])
  }
})

test('names in cells of several lines become one line, as every form asks for', async () => {
  const files = [
    [routes.risks, 'Risk;Likelihood\n"Fire\nin the hall";3\n', 'Fire in the hall'],
    [routes.assets, 'Asset-Name;Typ\n"Kasse\nim Laden";Gerät\n', 'Kasse, im Laden'],
    [routes.people, 'Name;Job title\n"Ada\nLovelace";Analyst\n', 'Ada Lovelace'],
  ] as const
  for (const [to, content, title] of files) {
    const { body: up } = await send(anna, to, content)
    const body = { mapping: { register: to.register } } as never
    const { rows } = await anna.done(to.preview, { params: { importId: up.id }, body })
    expect(rows.map((row) => row.becomes?.title)).toEqual([title])
    await anna.done(to.discard, { params: { importId: up.id } })
  }
})

test('a file that was left can be looked at again until it is confirmed, by its own organization alone', async () => {
  const { body: up } = await send(anna, routes.risks, 'Risk;Likelihood\nFlood;3\n', 'risiken.csv')
  const params = { importId: up.id }
  expect(await anna.done(routes.risks.look, { params })).toEqual(up)
  expect((await eve.call(routes.risks.look, { params })).problem).toMatchObject({ code: 'import_run.not_found' })
  expect((await anna.call(routes.assets.look, { params })).problem).toMatchObject({ code: 'import_run.not_found' })
  const run = await anna.done(routes.risks.confirm, { params, body: {} })
  expect((await anna.call(routes.risks.look, { params })).problem).toMatchObject({ code: 'import.confirmed' })
  // Nobody has scored it here; what the file said of it is told as such.
  const { items } = await anna.done(risks.list, { query: { q: 'Flood', limit: 5 } })
  expect(items[0]).toMatchObject({ title: 'Flood', current: null })
  await anna.done(routes.risks.undo, { params: { importId: run.id }, body: {} })
})

test('a confirmed file is gone, the same file is recognised, its rows are left as they are', async () => {
  const { body: up } = await send(anna, routes.assets, assetFile, 'werte.csv')
  expect(up.earlier).toMatchObject([{ ref: 'I-1' }])
  const answer = await anna.call(routes.assets.confirm, { params: { importId: up.id }, body: {} })
  expect(answer.problem).toMatchObject({ status: 422, code: 'import.nothing_to_do' })
  const { items } = await anna.done(routes.assets.list, {})
  const again = await anna.call(routes.assets.confirm, { params: { importId: items[0]?.id ?? '' }, body: {} })
  expect(again.problem.code).toBe('import.confirmed')
})

test('an update changes what the file states and leaves the rest', async () => {
  const update = 'ID,Asset Name,Location\nW-1,CRM,Kiel\nW-9,New,Bonn\n'
  const run = await take(anna, routes.assets, update, { options: { existing: 'update' } })
  expect(run.counts).toMatchObject({ create: 1, update: 1 })
  const { items } = await anna.done(assets.list, { query: { q: 'CRM', limit: 5 } })
  expect(items[0]).toMatchObject({ location: 'Kiel', criticality: 3, version: 2, owner: { name: 'Anna Berg' } })

  const undone = await anna.done(routes.assets.undo, { params: { importId: run.id }, body: { reason: 'wrong list' } })
  expect(undone).toMatchObject({ status: 'undone', undoneBy: 'Anna Berg', can: { undo: false } })
  const after = await anna.done(assets.list, { query: { q: 'CRM', limit: 5 } })
  expect(after.items[0]).toMatchObject({ location: '', version: 3 })
  expect(await assetNames()).not.toContain('W-9 New')
  const twice = await anna.call(routes.assets.undo, { params: { importId: run.id }, body: {} })
  expect(twice.problem.code).toBe('import.undone')
})

test('undo restores the register exactly, frees references, and is refused once somebody built on it', async () => {
  const before = JSON.stringify(await anna.done(assets.list, { query: { limit: 100 } }))
  const file = 'ID,Asset Name,Depends on\nX-1,One,X-2\nX-2,Two,W-1\n'
  const run = await take(anna, routes.assets, file)
  const { items } = await anna.done(assets.list, { query: { q: 'Two', limit: 5 } })
  await anna.done(routes.assets.undo, { params: { importId: run.id }, body: {} })
  expect(JSON.stringify(await anna.done(assets.list, { query: { limit: 100 } }))).toBe(before)
  expect(await anna.done(assets.show, { params: { assetId: items[0]?.id ?? '' } })).toMatchObject({
    ref: `X-2 (${run.ref})`,
    reliesOn: [],
  })

  const second = await take(anna, routes.assets, file)
  expect(second.counts).toMatchObject({ create: 2 })
  const found = await anna.done(assets.list, { query: { q: 'Two', limit: 5 } })
  const two = found.items[0]
  await anna.done(assets.change, {
    params: { assetId: two?.id ?? '' },
    version: two?.version ?? 0,
    body: { note: 'x' },
  })
  const refused = await anna.call(routes.assets.undo, { params: { importId: second.id }, body: {} })
  expect(refused.problem).toMatchObject({ code: 'import.changed_since', facts: { records: ['X-2'] } })
  expect(refused.problem.detail).toContain('since then: X-2.')

  // An asset that relies on one of them is named, and the import it came with.
  const third = await take(anna, routes.assets, 'ID,Asset Name,Depends on\nX-3,Three,X-1\n')
  const built = await anna.call(routes.assets.undo, { params: { importId: second.id }, body: {} })
  expect(built.problem).toMatchObject({ code: 'import.built_on', facts: { records: [`X-3 (${third.ref})`] } })
})

test('single rows can be left out: what relies on them says so, and confirm keeps to it', async () => {
  const file = [
    'ID,Asset Name,Custodian,Description,Depends on',
    'Z-1,Vault,Mo Nobody,Where the tapes are,',
    'Z-2,Tapes,,,Vault',
    'Z-3,Reader,,,Z-2',
    'Z-4,Label,,,',
  ].join('\n')
  const { body: up } = await send(anna, routes.assets, file)
  const params = { importId: up.id }
  const look = (rows: object) =>
    anna.done(routes.assets.preview, { params, body: { mapping: { register: 'assets', rows } } as never })
  const first = await look({})
  expect(first.rows.map((row) => row.choice)).toEqual(['taken', 'taken', 'taken', 'taken'])
  expect(first.rows[0]?.becomes?.facts).toMatchObject([
    { label: 'Kind' },
    { label: 'Description', values: [{ text: 'Where the tapes are' }] },
    { label: 'Custodian', values: [{ text: 'Mo Nobody' }], into: [{ code: 'import.fact_owner_open' }] },
  ])
  const rows = { 2: { skip: true }, 5: { skip: true } }
  const seen = await look(rows)
  expect(seen.counts).toMatchObject({ create: 2, skip: 2, error: 0 })
  // What is left out is still told by name, and nothing but the decision is said of it.
  expect(seen.rows[0]).toMatchObject({
    status: 'skip',
    choice: 'leftOut',
    becomes: { title: 'Vault' },
    issues: [{ code: 'import.row_left_out' }],
  })
  expect(seen.rows[1]?.issues).toMatchObject([
    {},
    { severity: 'warning', code: 'import.asset_left_out', facts: { text: 'Vault', line: 2 } },
  ])
  expect(seen.rows[2]?.issues).toMatchObject([{ code: 'import.asset_type_not_stated' }])

  const absent = [
    [routes.assets.preview, '1'],
    [routes.assets.preview, '02'],
    [routes.assets.confirm, '4711'],
  ] as const
  for (const [route, line] of absent) {
    const mapping = { register: 'assets', rows: { [line]: { skip: true } } } as never
    const { problem } = await anna.call(route, { params, body: { mapping } })
    expect(problem).toMatchObject({ status: 422, code: 'import.row_absent', field: `rows.${line}` })
    expect(problem.detail).toContain(`no row ${line} `)
  }
  const all = { register: 'assets', rows: Object.fromEntries([2, 3, 4, 5].map((line) => [line, { skip: true }])) }
  const nothing = await anna.call(routes.assets.confirm, { params, body: { mapping: all } as never })
  expect(nothing.problem).toMatchObject({ status: 422, code: 'import.nothing_to_do' })

  const before = await assetNames()
  const run = await anna.done(routes.assets.confirm, {
    params,
    body: { mapping: { register: 'assets', rows } } as never,
  })
  expect(run.counts).toMatchObject({ create: 2, skip: 2 })
  expect((await assetNames()).filter((name) => name.startsWith('Z-'))).toEqual(['Z-2 Tapes', 'Z-3 Reader'])
  const { items } = await anna.done(assets.list, { query: { q: 'Tapes', limit: 5 } })
  const tapes = await anna.done(assets.show, { params: { assetId: items[0]?.id ?? '' } })
  expect(tapes).toMatchObject({ note: 'Depends on: Vault', reliesOn: [] })
  const twice = await anna.call(routes.assets.confirm, { params, body: {} })
  expect(twice.problem.code).toBe('import.confirmed')
  await anna.done(routes.assets.undo, { params, body: {} })
  expect(await assetNames()).toEqual(before)
})

test('a row proposed to be left out can be taken all the same', async () => {
  const { body: up } = await send(anna, routes.assets, 'ID,Asset Name,Location\nY-1,Press,Kiel\nNote,See the safe,\n')
  const params = { importId: up.id }
  const look = async (rows: object) =>
    (await anna.done(routes.assets.preview, { params, body: { mapping: { register: 'assets', rows } } as never }))
      .rows[1]
  expect(await look({})).toMatchObject({ status: 'skip', choice: 'proposed' })
  expect(await look({ 3: { skip: false } })).toMatchObject({ status: 'create', choice: 'taken' })
})

test('a template nobody has filled in says so before anything is confirmed', async () => {
  const { body: up } = await send(anna, routes.assets, 'ID,Asset Name,Location\n', 'template.csv')
  expect(up.problem).toBeNull()
  const params = { importId: up.id }
  const preview = await anna.done(routes.assets.preview, { params, body: {} })
  expect(preview.problem).toMatchObject({ code: 'import.no_rows', field: 'headerRow', facts: { line: 1 } })
  const refused = await anna.call(routes.assets.confirm, { params, body: {} })
  expect(refused.problem).toMatchObject({ status: 422, code: 'import.no_rows' })
})

test('who may not import may not look either; another organization sees nothing', async () => {
  const { body: up } = await send(anna, routes.assets, 'ID,Asset Name\nQ-1,One\n')
  expect((await send(nils, routes.assets, 'x')).status).toBe(403)
  const params = { importId: up.id }
  expect((await nils.call(routes.assets.preview, { params, body: {} })).status).toBe(403)
  for (const route of [routes.assets.preview, routes.assets.confirm, routes.assets.undo]) {
    expect((await eve.call(route, { params, body: {} })).problem.code).toBe('import_run.not_found')
  }
  expect((await eve.call(routes.assets.show, { params })).status).toBe(404)
  // Nor at the address of another register.
  expect((await anna.call(routes.people.confirm, { params, body: {} })).status).toBe(404)
  expect((await eve.done(routes.assets.list, {})).items).toEqual([])
  const second = await eve.done(people.list, { query: { limit: 5 } })
  expect(second.total).toBe(1)
})

test('a failure on the last row writes nothing at all', async () => {
  const { body: up } = await send(anna, routes.assets, 'ID,Asset Name\nF-1,One\nF-2,Two\n')
  const before = await assetNames()
  await server.t.owner.query(
    `create or replace function public.test_refuse() returns trigger language plpgsql as $$
     begin if new.ref = 'F-2' then raise exception 'no'; end if; return new; end $$`,
  )
  await server.t.owner.query(
    'create trigger test_refuse before insert on asset for each row execute function test_refuse()',
  )
  const failed = await anna.call(routes.assets.confirm, { params: { importId: up.id }, body: {} })
  await server.t.owner.query('drop function test_refuse cascade')
  expect(failed.status).toBe(500)
  expect(await assetNames()).toEqual(before)
  expect(await anna.done(routes.assets.show, { params: { importId: up.id } })).toMatchObject({ status: 'uploaded' })
  const run = await anna.done(routes.assets.confirm, { params: { importId: up.id }, body: {} })
  expect(run.counts).toMatchObject({ create: 2 })
})

test('files that are none are refused with a sentence', async () => {
  const refusals = await Promise.all(
    [
      Buffer.from('%PDF-1.7'),
      Buffer.alloc(0),
      Buffer.from([0x89, 0x50, 0x4e, 0x47]),
      Buffer.from('PK\u0003\u0004 broken'),
      Buffer.from(`Name\n${'x'.repeat(2_000_000)}`),
    ].map((content) => send(anna, routes.assets, content)),
  )
  for (const { status, body } of refusals) {
    expect(status).toBeGreaterThanOrEqual(413)
    expect(status).toBeLessThan(500)
    expect(body.detail).toMatch(/^(?:\p{Lu}|“).{12,}/u)
  }
  // A NUL inside a cell is taken out, half a surrogate pair replaced.
  const run = await take(anna, routes.assets, Buffer.from(`ID,Asset Name\n${'\n'.repeat(5000)}N-1,"a\u0000b"\n`))
  expect(run.counts?.create).toBe(1)
  const { body: unknown } = await send(anna, routes.assets, 'gizmo,gadget\n1,2\n')
  expect(unknown).toMatchObject({
    mapping: null,
    problem: { code: 'import.nothing_recognised', message: expect.stringContaining('No sheet') },
  })
  const byHand = { register: 'assets', headerRow: 1, columns: { name: 'gizmo' } }
  const preview = await anna.done(routes.assets.preview, {
    params: { importId: unknown.id },
    body: { mapping: byHand } as never,
  })
  expect(preview).toMatchObject({ counts: { create: 1 }, rows: [{ becomes: { title: '1' } }] })
  const absent = await anna.call(routes.assets.preview, {
    params: { importId: unknown.id },
    body: { mapping: { ...byHand, columns: { name: 'gimmick' } } } as never,
  })
  expect(absent.problem).toMatchObject({ code: 'import.column_absent', field: 'columns.name' })
})

test('people: managers of the same file, teams, and whoever has left', async () => {
  const file = [
    'Name;E-Mail;Abteilung;Vorgesetzter;Status',
    'Kim Low;kim@acme.example;Vertrieb;Mo High;Aktiv',
    'Mo High;mo@acme.example;Vertrieb;;Aktiv',
    'Old Hand;old@acme.example;;Mo High;Ausgeschieden',
    'Anna Berg;anna.berg@acme.example;;;Aktiv',
  ].join('\n')
  const run = await take(anna, routes.people, file)
  expect(run.counts).toMatchObject({ create: 3, skip: 1 })
  const { items } = await anna.done(people.list, { query: { limit: 50, sort: 'name' } })
  expect(items.map((one) => [one.name, one.team?.name ?? null, one.manager?.name ?? null, one.status])).toEqual([
    ['Anna Berg', null, null, 'active'],
    ['Kim Low', 'Vertrieb', 'Mo High', 'active'],
    ['Mo High', 'Vertrieb', null, 'active'],
    ['Nils Ode', null, null, 'active'],
    ['Old Hand', null, 'Mo High', 'left'],
  ])
  await anna.done(routes.people.undo, { params: { importId: run.id }, body: {} })
  expect((await anna.done(people.list, { query: { limit: 50 } })).total).toBe(2)
  expect((await take(anna, routes.people, file)).counts).toMatchObject({ create: 3 })
})

test('people: whose manager is left out says so and arrives without one', async () => {
  const file = 'Name;E-Mail;Vorgesetzter\nRia Roth;ria@acme.example;Sol Stern\nSol Stern;sol@acme.example;\n'
  const { body: up } = await send(anna, routes.people, file)
  const body = { mapping: { register: 'people', rows: { 3: { skip: true } } } } as never
  const params = { importId: up.id }
  const seen = await anna.done(routes.people.preview, { params, body })
  expect(seen.rows.map((row) => row.choice)).toEqual(['taken', 'leftOut'])
  expect(seen.rows[0]?.issues).toMatchObject([
    { severity: 'warning', code: 'import.manager_left_out', facts: { text: 'Sol Stern', line: 3 } },
  ])
  const run = await anna.done(routes.people.confirm, { params, body })
  expect(run.counts).toMatchObject({ create: 1, skip: 1 })
  const { items } = await anna.done(people.list, { query: { q: 'Ria', limit: 5 } })
  expect(items).toMatchObject([{ name: 'Ria Roth', manager: null }])
  await anna.done(routes.people.undo, { params, body: {} })
})

test('people: a file does not record the leaving of somebody who can still sign in', async () => {
  const file = [
    'Name;E-Mail;Status',
    'Nils Ode;nils.ode@acme.example;Ausgeschieden',
    'Nora Lind;nora@acme.example;Ausgeschieden',
  ].join('\n')
  const mapping = { options: { existing: 'update' } } as const
  const { body: upload } = await send(anna, routes.people, file)
  const params = { importId: upload.id }
  const seen = await anna.done(routes.people.preview, { params, body: { mapping: { register: 'people', ...mapping } } })
  expect(seen.rows.flatMap((row) => row.issues)).toMatchObject([
    { severity: 'error', code: 'person.can_sign_in', facts: { name: 'Nils Ode' } },
  ])
  const run = await take(anna, routes.people, file, mapping)
  expect(run.counts).toMatchObject({ create: 1, update: 0, error: 1 })
  expect(await anna.done(people.show, { params: { personId: nils.personId } })).toMatchObject({ status: 'active' })
  await anna.done(routes.people.undo, { params: { importId: run.id }, body: {} })
})

test('no more files wait than the cap allows: the refusal says how many, and each can be discarded', async () => {
  const { waitingFiles, waitingBytes } = importLimits
  // What earlier tests have left behind is not counted.
  await server.t.owner.query('delete from import_upload')
  const { body: first } = await send(eve, routes.assets, 'Asset Name\nFirst\n', 'first.csv')
  const wait = (files: number, bytes: number) =>
    server.t.owner.query(
      `insert into import_upload (org_id, id, register, file_name, sha256, content, uploaded_at)
       select org_id, gen_random_uuid(), register, 'more.csv', sha256, convert_to(repeat('x', $1), 'utf8'), uploaded_at
       from import_upload, generate_series(1, $2) where file_name = 'first.csv'`,
      [bytes, files],
    )
  await wait(waitingFiles - 1, 1)
  const full = await send(eve, routes.risks, 'Risk Title\nFlood\n')
  expect([full.status, full.body.code, full.body.facts]).toEqual([
    409,
    'import.too_many_waiting',
    { count: waitingFiles, maxFiles: waitingFiles, maxBytes: waitingBytes },
  ])
  // Another organization neither waits for it nor sees it.
  const { status, body: free } = await send(anna, routes.assets, 'Asset Name\nFree\n')
  expect(status).toBe(200)
  expect(await anna.done(routes.assets.discard, { params: { importId: free.id } })).toEqual({ waiting: [] })
  const foreign = await anna.call(routes.assets.discard, { params: { importId: first.id } })
  expect(foreign.problem.code).toBe('import_run.not_found')
  const { waiting } = await eve.done(routes.assets.list, {})
  expect([waiting.length, waiting.map(({ id }) => id).includes(first.id)]).toEqual([waitingFiles, true])
  const [other] = waiting.filter(({ id }) => id !== first.id)
  const left = await eve.done(routes.assets.discard, { params: { importId: other?.id ?? '' } })
  expect(left.waiting.map(({ id }) => id)).not.toContain(other?.id)
  // There is room again; few files can be too many, too, when they are large.
  await server.t.owner.query(`delete from import_upload where file_name = 'more.csv'`)
  expect((await send(eve, routes.risks, 'Risk Title\nFlood\n')).status).toBe(200)
  await wait(2, waitingBytes / 2)
  const heavy = await send(eve, routes.assets, 'Asset Name\nOne more\n')
  expect([heavy.body.code, heavy.body.facts?.count]).toEqual(['import.too_many_waiting', 4])
  await server.t.owner.query('delete from import_upload')
})

test('a mapping is saved under a name and replaced by the next of that name', async () => {
  const rows = { 7: { skip: true } }
  const mapping = { register: 'assets', columns: { name: 'Ding' }, options: { existing: 'update' }, rows } as const
  const saved = await anna.done(routes.assets.saveMapping, { body: { name: 'Our list', mapping } as never })
  await anna.done(routes.assets.saveMapping, { body: { name: 'our LIST', mapping } as never })
  const { items } = await anna.done(routes.assets.mappings, {})
  expect(items).toMatchObject([{ id: saved.id, name: 'our LIST', mapping: { columns: { name: 'Ding' } } }])
  // The next file of that layout is told of it; another is not.
  const headings = ['Nummer', 'Ding']
  const kept = { ...saved.mapping, headings }
  await anna.done(routes.assets.saveMapping, { body: { name: 'Our list', mapping: kept } })
  const { body: same } = await send(anna, routes.assets, 'Ding;Nummer\nPresse;P-1\n')
  expect(same.fits).toMatchObject([{ id: saved.id, name: 'Our list', mapping: { headings } }])
  const { body: differs } = await send(anna, routes.assets, 'Ding;Nummer;Ort\nPresse;P-1;Halle\n')
  expect(differs.fits).toEqual([])
  // Rows belong to one file.
  expect(items[0]?.mapping.rows).toEqual({})
  expect((await anna.done(routes.people.mappings, {})).items).toEqual([])
  expect((await eve.done(routes.assets.mappings, {})).items).toEqual([])
})

test('whom nobody is found for is chosen once for all columns and rows, and kept with the mapping', async () => {
  const file = 'ID,Asset Name,Owner,Custodian\nQ-1,Press,Night shift,\nQ-2,Lathe,Night shift,Day shift\n'
  const { body: up } = await send(anna, routes.assets, file)
  const params = { importId: up.id }
  const open = await anna.done(routes.assets.preview, { params, body: {} })
  expect(open.questions.find(({ about }) => about === 'valueMaps.people')).toMatchObject({
    code: 'import.ask_people',
    facts: { count: 3, names: '“Night shift”, “Day shift”' },
    needed: false,
  })
  expect(open.mapping.valueMaps['people']).toEqual({ 'Night shift': null, 'Day shift': null })
  // Said once above, so not again in each row.
  expect(open.rows.flatMap((row) => row.issues.map(({ code }) => code))).not.toContain('import.owner_unknown')
  const [mo] = (await anna.done(people.list, { query: { limit: 5, q: 'Mo High' } })).items
  const [foreign] = (await eve.done(people.list, { query: { limit: 5 } })).items
  const chosen = { 'Night shift': mo?.id ?? '', 'Day shift': foreign?.id ?? '' }
  const mapping = { register: 'assets', valueMaps: { people: chosen } }
  const saved = await anna.done(routes.assets.saveMapping, { body: { name: 'Shifts', mapping } })
  expect(saved.mapping.valueMaps).toEqual({ people: chosen })
  const run = await anna.done(routes.assets.confirm, { params, body: { mapping: saved.mapping } })
  const { items } = await anna.done(assets.list, { query: { limit: 10, sort: 'ref', q: 'Q-' } })
  expect(
    items.map((one) => [one.ref, one.owner?.name, one.ownerText, one.custodian?.name ?? one.custodianText]),
  ).toEqual([
    ['Q-1', 'Mo High', '', ''],
    // Somebody of another organization is nobody here.
    ['Q-2', 'Mo High', '', 'Day shift'],
  ])
  await anna.done(routes.assets.undo, { params: { importId: run.id }, body: {} })
})

test('ten thousand rows go in at once, and out again', { timeout: 120_000 }, async () => {
  const rows = Array.from({ length: 10_000 }, (_, i) => `B-${i},Machine ${i},Server,Mo High,High,Hall ${i % 40}`)
  const { body: up } = await send(
    eve,
    routes.assets,
    `ID,Asset Name,Type,Owner,Criticality,Location\n${rows.join('\n')}`,
  )
  const params = { importId: up.id }
  const preview = await eve.done(routes.assets.preview, { params, body: { offset: 9_990, limit: 100 } })
  expect([preview.total, preview.rows.length]).toEqual([10_000, 10])
  const run = await eve.done(routes.assets.confirm, { params, body: {} })
  expect(run.counts).toMatchObject({ create: 10_000, error: 0 })
  await eve.done(routes.assets.undo, { params, body: {} })
  expect(await assetNames(eve)).toEqual([])
})

test('the command line imports by the same rules', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'plumbline-import-'))
  const path = join(folder, 'assets.csv')
  writeFileSync(path, 'ID,Thing\nC-1,Press\n')
  const target = importTargets.find((one) => one.register.name === 'assets')
  if (!target) throw new Error('no assets')
  const clock = () => server.clock.now
  const map = { register: 'assets', columns: { name: 'Thing' } }
  const dry = await importFile(server.t.db, clock, target, 'other', path, { map, dryRun: true })
  expect(dry).toMatchObject({ ref: null, preview: { counts: { create: 1 } } })
  expect(await assetNames(eve)).toEqual([])
  const real = await importFile(server.t.db, clock, target, 'other', path, { map })
  expect(real.ref).toMatch(/^I-\d+$/)
  expect(await assetNames(eve)).toEqual(['C-1 Press'])
  await expect(importFile(server.t.db, clock, target, 'other', path, { map: { register: 1 } })).rejects.toThrow(
    'The mapping cannot be read',
  )
  const missing = join(folder, 'register.xlsx')
  await expect(importFile(server.t.db, clock, target, 'other', missing)).rejects.toThrow(`There is no file ${missing}.`)
  await rm(folder, { recursive: true })
})
