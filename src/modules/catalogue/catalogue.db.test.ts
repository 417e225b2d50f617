import { afterAll, beforeAll, expect, test } from 'vitest'
import { type TestActor, type TestServer, testServer } from '#testing/server.ts'
import { catalogue } from './contract.ts'
import { importCatalogue } from './server/import-catalogue.ts'

let server: TestServer
let employee: TestActor
beforeAll(async () => {
  server = await testServer()
  await server.organization('acme')
  employee = await server.actor('acme', 'Emil Roth', ['employee'])
})
afterAll(() => server.close())

test('everyone reads the catalogue, without a statement', async () => {
  server.statements.texts = []
  const { items } = await employee.done(catalogue.releases)
  expect(items).toMatchObject([{ release: 'iso27001-2022', counts: { controls: 93 } }])
  expect(items[0]?.licenceNote.de).toBeTruthy()
  expect((await employee.done(catalogue.requirements)).clauses).toHaveLength(41)
  expect((await employee.done(catalogue.controls)).controls).toHaveLength(93)
  expect(server.statements.texts).toEqual([])
})

test('a control comes with both languages, what it continues, and examples of evidence', async () => {
  const control = await employee.done(catalogue.control, { params: { ref: 'A.5.1' } })
  expect(control).toMatchObject({
    title: { en: 'Policies for information security', de: 'Informationssicherheitsrichtlinien' },
    predecessors: [
      { ref: 'A.5.1.1', relation: 'merged' },
      { ref: 'A.5.1.2', relation: 'merged' },
    ],
  })
  expect(control.evidence.en.length).toBeGreaterThan(1)
  const answer = await employee.call(catalogue.control, { params: { ref: 'A.9.1' } })
  expect([answer.status, answer.problem.code]).toEqual([404, 'control_definition.not_found'])
})

test('importing again does nothing; mended wording is taken over, by one of two servers starting together', async () => {
  const { owner, ownerConfig } = server.t
  const { rows } = await owner.query(`select kind, count(*)::int as n from catalogue.entry group by kind order by kind`)
  expect(rows).toEqual([
    { kind: 'clause', n: 41 },
    { kind: 'control', n: 93 },
    { kind: 'requirement', n: 168 },
  ])
  expect(await importCatalogue(ownerConfig)).toEqual([])
  await owner.query(`update catalogue.release set content_hash = 'older'`)
  await owner.query(`update catalogue.entry set title = '{"en": "Old wording"}' where ref = 'A.5.1'`)
  await Promise.all([importCatalogue(ownerConfig), importCatalogue(ownerConfig)])
  const title = await owner.query(`select title ->> 'en' as title from catalogue.entry where ref = 'A.5.1'`)
  expect(title.rows).toEqual([{ title: 'Policies for information security' }])
  expect(await importCatalogue(ownerConfig)).toEqual([])
})

test('a release keeps its references and where they stand; the server cannot write the catalogue', async () => {
  const { owner, ownerConfig, db } = server.t
  await owner.query(`update catalogue.release set content_hash = 'older'`)
  await owner.query(`update catalogue.entry set parent = 'people' where ref = 'A.5.1'`)
  await expect(importCatalogue(ownerConfig)).rejects.toThrow(/places A\.5\.1 elsewhere than before/)
  await owner.query(`update catalogue.entry set parent = 'organizational' where ref = 'A.5.1'`)
  await owner.query(`insert into catalogue.entry select release, 'A.5.99', kind, parent, 999, title
    from catalogue.entry where ref = 'A.5.1'`)
  await expect(importCatalogue(ownerConfig)).rejects.toThrow(/no longer holds A\.5\.99/)
  for (const text of ['update catalogue.entry set ref = ref', 'delete from catalogue.release']) {
    await expect(db.pool.query(text)).rejects.toMatchObject({ code: '42501' })
  }
})
