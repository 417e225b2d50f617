import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { fromBufferPromise } from 'yauzl'
import type { Instant } from '#kernel/time.ts'
import { assets } from '#modules/assets/contract.ts'
import { controls } from '#modules/controls/contract.ts'
import { evidence } from '#modules/evidence/contract.ts'
import { obligations } from '#modules/obligations/contract.ts'
import { organization } from '#modules/organization/contract.ts'
import { people } from '#modules/people/contract.ts'
import { risks } from '#modules/risk/contract.ts'
import { type ImportRoutes, importRoutes } from '#platform/import/contract.ts'
import { stopRendering } from '#platform/render/render-report.ts'
import { type TestActor, type TestServer, testServer } from '#testing/server.ts'
import { importTargets } from './import-registers.ts'

const routes = Object.fromEntries(
  importTargets.map(({ register, action }) => [register.name, importRoutes(register.name, action)]),
) as Record<'people' | 'assets', ImportRoutes>

// Documents are rendered cold, in workers of their own.
vi.setConfig({ testTimeout: 120_000 })

let server: TestServer
let anna: TestActor
let hardware: string

beforeAll(async () => {
  server = await testServer()
  await server.organization('acme')
  anna = await server.actor('acme', 'Anna Berg', ['ismsManager'])
  await anna.done(assets.adoptScheme, { body: { language: 'en' } })
  const { items: levels } = await anna.done(assets.scheme, {})
  const { id: teamId } = await anna.done(people.addTeam, { body: { name: 'Platform', parentId: null, leadId: null } })
  const team = { teamId, managerId: anna.personId }
  await anna.done(people.add, {
    body: {
      name: 'Jörg Müller',
      email: 'joerg@acme.example',
      jobTitle: '=cmd|x',
      kind: 'contractor',
      startedOn: '2024-02-29',
      ...team,
    },
  })
  const away = await anna.done(people.add, { body: { name: 'Ayşe Öz', email: 'ayse@acme.example' } })
  await anna.done(people.beAbsent, { params: { personId: away.id }, body: { reason: 'parental leave' } })
  const server1 = await anna.done(assets.add, {
    body: {
      name: 'Server room two',
      kind: 'hardware',
      category: 'Rack, 19 inch',
      description: 'First line\nsecond “line”; with; semicolons',
      ownerId: anna.personId,
      custodianText: 'IT operations',
      classificationId: levels[2]?.id ?? null,
      confidentiality: 3,
      integrity: 4,
      availability: 1,
      criticality: 2,
      location: 'Halle 4',
      environment: 'Production',
      supplier: 'Rack & Co',
      personalData: 'no',
      note: '-5 is a number, =cmd|calc no formula',
    },
  })
  hardware = server1.id
  const crm = await anna.done(assets.add, {
    body: {
      name: '=HYPERLINK("http://x")',
      kind: 'software',
      lifeCycle: 'planned',
      personalData: 'yes',
      ownerText: 'ISB',
    },
  })
  await anna.done(assets.relyOn, { params: { assetId: crm.id }, body: { reliesOnId: hardware } })
  await anna.done(assets.verify, { params: { assetId: hardware }, body: { on: '2026-02-01' } })
})
afterAll(async () => {
  await server.close()
  await stopRendering()
})

async function take(to: ImportRoutes, content: Buffer, fileName: string) {
  const response = await server.http.inject({
    method: 'POST',
    url: `/api/v1${to.upload.path.replace(':org', 'acme')}`,
    query: { fileName },
    headers: { cookie: anna.cookie, 'content-type': 'application/octet-stream' },
    payload: content,
  })
  const { id, problem } = JSON.parse(response.body)
  expect([response.statusCode, problem]).toEqual([200, null])
  const params = { importId: id }
  const preview = await anna.done(to.preview, { params, body: {} })
  const options = { ...preview.mapping.options, existing: 'update' as const }
  const mapping = { ...preview.mapping, options }
  return anna.done(to.preview, { params, body: { mapping } as never })
}

test.each([
  ['csv', 'en'],
  ['csv', 'de'],
  ['xlsx', 'en'],
  ['xlsx', 'de'],
] as const)(
  'assets and people exported as %s (%s) change nothing when they are imported again',
  async (format, language) => {
    for (const [route, to] of [
      [assets.export, routes.assets],
      [people.export, routes.people],
    ] as const) {
      const { status, bytes } = await anna.download(route, { query: { format, language } })
      expect(status).toBe(200)
      const { counts, rows } = await take(to, bytes, `export.${format}`)
      // What brings no news is left alone.
      expect(rows.filter((row) => row.status !== 'skip')).toEqual([])
      expect(counts.skip).toBeGreaterThan(1)
    }
  },
)

test('an exported inventory makes the same inventory where there is none', async () => {
  const { bytes } = await anna.download(assets.export, { query: { format: 'csv', language: 'de' } })
  await server.organization('second')
  const second = await server.actor('second', 'Anna Berg', ['ismsManager'])
  await second.done(assets.adoptScheme, { body: { language: 'en' } })
  const response = await server.http.inject({
    method: 'POST',
    url: `/api/v1${routes.assets.upload.path.replace(':org', 'second')}`,
    query: { fileName: 'werte.csv' },
    headers: { cookie: second.cookie, 'content-type': 'application/octet-stream' },
    payload: bytes,
  })
  const params = { importId: JSON.parse(response.body).id }
  await second.done(routes.assets.confirm, { params, body: {} as never })
  const rows = async (who: TestActor) => {
    const file = await who.download(assets.export, { query: { format: 'json' } })
    // An import does not vouch for what it did not see: when somebody last looked stays in the note.
    return JSON.parse(file.bytes.toString()).rows.map(
      ({
        verifiedOn: _verifiedOn,
        valueReason: _reason,
        gaps: _gaps,
        note,
        ...row
      }: {
        verifiedOn: string
        valueReason: string
        gaps: string[]
        note: string
      }) => ({
        ...row,
        note: note.replace(/\nZuletzt geprüft: \d{4}-\d\d-\d\d$/, ''),
      }),
    )
  }
  expect(await rows(second)).toEqual(await rows(anna))
})

test('an export holds what its list shows: search, filter, order, and the past', async () => {
  const json = async (query: object) => {
    const { bytes } = await anna.download(assets.export, { query: { format: 'json', ...query } as never })
    return JSON.parse(bytes.toString())
  }
  const filtered = await json({ kind: 'hardware', q: 'halle', ownerId: anna.personId, language: 'de' })
  expect(filtered.rows.map((row: { ref: string }) => row.ref)).toEqual(['A-1'])
  expect(filtered.meta.filter).toBe('Suche: „halle“; Art: Hardware; Eigentümer: Anna Berg')
  expect((await json({ sort: '-ref' })).rows.map((row: { ref: string }) => row.ref)).toEqual(['A-2', 'A-1'])
  expect((await json({})).meta.filter).toBeUndefined()
  expect(await json({ at: '2026-01-01' })).toMatchObject({
    status: 422,
    code: 'request.before_records',
    facts: { asked: '2026-01-01', since: '2026-03-02' },
  })
})

interface Exported {
  readonly meta: { filter?: string; rowCount: number }
  readonly rows: readonly { ref: string }[]
}

async function exported(
  route: typeof risks.exportRegister | typeof risks.exportPlan | typeof controls.export,
  query: object,
) {
  const { status, bytes } = await anna.download(route, { query: { format: 'json', ...query } as never })
  expect([status, status === 200 ? '' : bytes.toString()]).toEqual([200, ''])
  return JSON.parse(bytes.toString()) as Exported
}
const refs = (file: Exported | { items: readonly { ref: string }[] }): string[] =>
  ('rows' in file ? file.rows : file.items).map(({ ref }) => ref)

test('registers of risks, plans and statements are exported as their lists show them, and say the filter', async () => {
  const record = (title: string, category: string, ownerId: string | null) =>
    anna.done(risks.record, { body: { title, category, ownerId, scenario: 'x', integrity: 'lost' } })
  const { id: riskId } = await record('Ransomware', 'IT', anna.personId)
  await record('Theft', 'IT', null)
  await record('Fire', 'Site', anna.personId)
  const addAction = (title: string, dueOn: string) =>
    anna.done(risks.addAction, { params: { riskId }, body: { title, dueOn, ownerId: anna.personId } })
  await addAction('Restore test', '2026-12-31')
  await addAction('Offline copy', '2026-03-31')
  server.clock.now = '2026-04-20T09:00:00.000Z' as Instant

  for (const [query, filter] of [
    [{ q: 'r' }, 'Search: “r”'],
    [{ category: 'IT', ownerId: anna.personId }, 'Risk owner: Anna Berg; Category: IT'],
    [{ category: 'IT', sort: '-title' }, 'Category: IT'],
    [
      { status: ['notAssessed', 'accepted'], kind: 'informationSecurity' },
      'Kind: Information security; Status: To be assessed, Accepted',
    ],
    [{ status: 'accepted' }, 'Status: Accepted'],
    [{ sort: 'title' }, undefined],
  ] as const) {
    const file = await exported(risks.exportRegister, query)
    expect([file.meta.filter, refs(file)]).toEqual([
      filter,
      refs(await anna.done(risks.list, { query: query as never })),
    ])
    expect(file.meta.rowCount).toBe(file.rows.length)
  }
  for (const [query, filter, titles] of [
    [{ overdue: 'true', language: 'de' }, 'Überfällig: ja', ['T-2']],
    [
      { status: ['planned', 'done'], ownerId: anna.personId },
      'Status: Planned, Done; Owner: Anna Berg',
      ['T-1', 'T-2'],
    ],
    [{ q: 'restore' }, 'Search: “restore”', ['T-1']],
    [{ status: 'done' }, 'Status: Done', []],
    [{}, undefined, ['T-1', 'T-2']],
  ] as const) {
    const { language: _language, ...listed } = { language: 'en', ...query }
    const file = await exported(risks.exportPlan, query)
    expect([file.meta.filter, refs(file)]).toEqual([filter, titles])
    expect(refs(await anna.done(risks.actions, { query: listed as never })).sort()).toEqual(titles)
  }
  const { items } = await anna.done(controls.list, {})
  await anna.done(controls.change, {
    params: { controlId: items[0]?.id ?? '' },
    version: 1,
    body: { ownerId: anna.personId },
  })
  for (const [query, filter] of [
    [
      { theme: ['people', 'physical'], q: 'work secure' },
      'Search: “work secure”; Theme: People controls, Physical controls',
    ],
    [{ owner: [anna.personId] }, 'Owner: Anna Berg'],
    [
      {
        owner: 'none',
        issue: 'undecided',
        driver: 'none',
        applicability: 'undecided',
        theme: 'people',
        language: 'de',
      },
      'Anwendbar: Offen; Problem: Offen; Grund: ohne; Verantwortlich: ohne; Thema: Personenbezogene Maßnahmen',
    ],
    [{ status: 'claimed' }, 'Status: Claimed, not evidenced'],
    [{ attribute: 'corrective' }, 'Attribute: Control types: Corrective'],
  ] as const) {
    const { language: _language, ...listed } = { language: 'en', ...query }
    const file = await exported(controls.export, query)
    expect([file.meta.filter, refs(file)]).toEqual([
      filter,
      refs(await anna.done(controls.list, { query: listed as never })),
    ])
  }
  expect((await exported(controls.export, {})).rows).toHaveLength(93)
})

test('a filtered register says its filter in every format', async () => {
  const query = { q: 'ransom', category: 'IT', language: 'de' } as const
  const filter = 'Suche: „ransom“; Kategorie: IT'
  const { bytes: csv } = await anna.download(risks.exportRegister, { query: { ...query, format: 'csv' } as never })
  expect(csv.toString().trim().split('\r\n')).toHaveLength(2)
  for (const format of ['docx', 'xlsx'] as const) {
    const { bytes } = await anna.download(risks.exportRegister, { query: { ...query, format } as never })
    const zip = await fromBufferPromise(bytes)
    let text = ''
    for await (const entry of zip.eachEntry()) {
      if (!/document\.xml$|sharedStrings\.xml$|sheet\d\.xml$/.test(entry.fileName)) continue
      for await (const chunk of await zip.openReadStreamPromise(entry)) text += String(chunk)
    }
    expect(text).toContain(filter)
  }
})

test('a version of the statement is exported whole: a filter is refused', async () => {
  const { items } = await anna.done(controls.list, {})
  await anna.done(controls.decideMany, { body: { ids: items.map(({ id }) => id), justification: 'Needed.' } })
  const { id: soaId } = await anna.done(controls.propose, { body: {} })
  const get = (query: object) => anna.download(controls.export, { query: { format: 'json', soaId, ...query } as never })
  const whole = JSON.parse((await get({})).bytes.toString())
  expect([whole.meta.status, whole.rows.length]).toEqual(['proposed', 93])
  const refused = await get({ theme: 'people' })
  expect(refused.status).toBeGreaterThanOrEqual(400)
  expect(refused.status).toBeLessThan(500)
  expect(JSON.parse(refused.bytes.toString()).code).toBe('soa.version_is_whole')
})

const everything = [
  ['assets', assets.export],
  ['people', people.export],
  ['obligations', obligations.export],
  ['interested parties', obligations.exportParties],
  ['evidence', evidence.export],
  ['structure', organization.exportStructure],
  ['risks', risks.exportRegister],
  ['treatment plan', risks.exportPlan],
  ['statement', controls.export],
] as const

test.each(everything)('%s come in every format, with the same rows, also when there are none', async (_what, route) => {
  for (const format of ['pdf', 'docx', 'xlsx', 'csv', 'json'] as const) {
    const { status, headers, bytes } = await anna.download(route, { query: { format } as never })
    expect([format, status, bytes.length > 50]).toEqual([format, 200, true])
    expect(String(headers['content-disposition'])).toContain(`.${format}`)
  }
})

test('whoever may not read a register may not export it either', async () => {
  const emil = await server.actor('acme', 'Emil Roth', ['employee'])
  for (const [what, route] of everything) {
    const list = {
      assets: assets.list,
      people: people.list,
      obligations: obligations.list,
      'interested parties': obligations.parties,
      evidence: evidence.list,
      structure: organization.sites.list,
      risks: risks.list,
      'treatment plan': risks.actions,
      statement: controls.list,
    }[what]
    const read = await emil.call(list, {})
    const file = await emil.download(route, { query: { format: 'csv' } as never })
    expect([what, file.status]).toEqual([what, read.status])
  }
})

test('a document of an earlier day says which day, and when it was really made', async () => {
  await anna.done(assets.add, { body: { name: 'Bought in April', kind: 'hardware' } })
  const { bytes } = await anna.download(assets.export, { query: { format: 'json', at: '2026-03-31' } })
  const { meta, rows } = JSON.parse(bytes.toString('utf8'))
  expect(meta.asOf).toBe('2026-03-31')
  expect(meta.generatedAt).toBe(server.clock.now)
  expect(rows.map((row: { ref: string }) => row.ref)).toEqual(['A-1', 'A-2'])
})
