import { afterAll, beforeAll, expect, test } from 'vitest'
import { controls } from '#modules/controls/contract.ts'
import { people } from '#modules/people/contract.ts'
import { risks } from '#modules/risk/contract.ts'
import { riskSummary } from '#modules/risk/contract-summary.ts'
import { writeWorkbook } from '#platform/import/fixtures/workbook-writer.ts'
import { importing, routesOfImports as routes } from '#testing/imports.ts'
import { type TestActor, type TestServer, testServer } from '#testing/server.ts'

// Imports of what is judged: risks, their treatment, the Statement of Applicability. What imports have in common is in
// imports.db.test.ts.
let server: TestServer
let send: ReturnType<typeof importing>['send']
let take: ReturnType<typeof importing>['take']
let anna: TestActor
let eve: TestActor
beforeAll(async () => {
  server = await testServer()
  ;({ send, take } = importing(server))
  await server.organization('acme')
  await server.organization('other')
  anna = await server.actor('acme', 'Anna Berg', ['ismsManager', 'topManagement', 'owner'])
  eve = await server.actor('other', 'Eve Stone', ['ismsManager'])
  await take(anna, routes.people, 'Name;E-Mail\nMo High;mo@acme.example\n')
})
afterAll(() => server.close())

const riskFile = [
  'ID,Risk Title,Description,Asset,Owner,Likelihood (1-5),Impact Financial,Impact Legal,Max Impact,Inherent Score,Inherent Risk Level,Existing Controls,Residual Likelihood,Residual Max Impact,Residual Score,Treatment Decision,Planned Action,Status',
  'K-1,Flooded cellar,Water reaches the archive,CRM,Mo High,3,5,2,5,15,High,"Pump, see A.8.13",2,4,8,Mitigate,Buy a wall,Open',
  'K-2,Lost key,Somebody finds the key,W-2,Somebody,1,1,1,1,1,Low,None,1,1,1,Accept,,Accepted',
  'K-3,Only a score,No more is known,,,,,,,12,High,,,,,,,',
  'K-4,Worse,Gets worse,,,1,1,1,1,1,Low,,5,5,25,Mitigate,,Open',
].join('\n')

test('risks keep what the file says under a legacy method and are read into the one in force', async () => {
  const draft = await anna.done(risks.draftMethod, { body: { from: 'template', language: 'en' } as never })
  const method = await anna.done(risks.approveMethod, { params: { methodId: draft.id } })
  const { body: up } = await send(anna, routes.risks, riskFile, 'risks.csv')
  const params = { importId: up.id }
  const open = await anna.done(routes.risks.preview, { params, body: {} })
  expect(open.questions.filter((one) => one.needed).map((one) => one.about)).toEqual([
    'residualMeans',
    'levelMaps.impact',
  ])
  expect(open.scales.map((scale) => [scale.name, scale.values.length, scale.levels.length])).toEqual([
    ['likelihood', 5, 5],
    ['impact', 4, 5],
  ])
  const levelMaps = { impact: { 1: 1, 2: 2, 3: 3, 4: 4, 5: 5 } }
  const mapping = { register: 'risks', residualMeans: 'current', levelMaps } as never
  const preview = await anna.done(routes.risks.preview, { params, body: { mapping, show: 'issues' } })
  expect(preview.questions.filter((one) => one.needed)).toEqual([])
  expect(preview.counts).toMatchObject({ create: 4, error: 0 })
  // Its residual risk is above the inherent one.
  expect(preview.rows.flatMap((row) => row.issues.map((issue) => issue.code))).toContain('risk.current_above_inherent')

  const run = await anna.done(routes.risks.confirm, { params, body: { mapping } })
  const { items } = await anna.done(risks.list, { query: { limit: 50 } as never })
  const byRef = new Map(items.map((one) => [one.ref, one]))
  expect([...byRef.keys()].sort()).toEqual(['K-1', 'K-2', 'K-3', 'K-4'])
  const one = await anna.done(risks.show, { params: { riskId: byRef.get('K-1')?.id ?? '' } })
  expect(one).toMatchObject({
    owner: { name: 'Mo High' },
    method: { name: method.name },
    inherent: { scores: { likelihood: 3, consequences: { financial: 5, legal: 2 } } },
    current: { scores: { likelihood: 2, consequences: { overall: 4 } } },
    target: null,
    // Whoever took the file over has not assessed what is in it.
    levelOrigin: 'imported',
    options: expect.anything(),
    controls: [{ ref: 'A.8.13', state: 'live' }],
    treatment: { actions: [{ title: 'Buy a wall', status: 'planned' }] },
    imported: { stated: { inherent: { level: 'High', product: 15 } }, row: { 'Treatment Decision': 'Mitigate' } },
  })
  expect(one.rationale).toContain('Pump, see A.8.13')
  expect(byRef.get('K-2')).toMatchObject({ owner: null, ownerText: 'Somebody' })
  // Only a product: not scored.
  expect(byRef.get('K-3')).toMatchObject({ inherent: null, current: null, method: null, levelOrigin: null })
  const leveled = [...byRef.values()].filter(({ current }) => current !== null).length
  expect((await anna.done(riskSummary, {})).asImported).toBe(leveled)
  const register = (await anna.download(risks.exportRegister, { query: { format: 'csv', language: 'de' } as never }))
    .bytes
  expect(register.toString().match(/, wie importiert/g)).toHaveLength(leveled)
  const methods = (await anna.done(risks.methods, {})).items
  expect(methods.map((each) => each.status).sort()).toEqual(['approved', 'legacy'])
  const maps = await server.t.owner.query('select status, approved_by is not null as approved from risk_level_map')
  expect(maps.rows).toEqual([{ status: 'approved', approved: true }])

  const plan =
    'ID,Risk ID,Action,Annex A Control,Owner,Due Date,Budget (EUR),Status\nM-1,K-1,Build it,A.8.14 A.8.13,Mo High,2026-09-30,1200.5,Completed\nM-2,K-1 K-2,Train,,Nobody,Recurring,$5,Open\n'
  const treated = await take(anna, routes.treatment, plan)
  expect(treated.counts).toMatchObject({ create: 2 })
  const actions = (await anna.done(risks.actions, {})).items
  expect(
    actions
      .map((each) => [
        each.ref,
        each.riskRef,
        each.status,
        each.cost,
        each.controls.map(({ ref }) => ref),
        each.owner?.name ?? each.ownerText,
      ])
      .toSorted((a, b) => (String(a) < String(b) ? -1 : 1)),
  ).toEqual([
    ['M-1', 'K-1', 'done', 120050, ['A.8.13', 'A.8.14'], 'Mo High'],
    ['M-2', 'K-1', 'planned', null, [], 'Nobody'],
    ['M-2/2', 'K-2', 'planned', null, [], 'Nobody'],
    ['T-1', 'K-1', 'planned', null, [], null],
  ])
  expect(actions.filter((each) => each.claimedByImport).map(({ ref }) => ref)).toEqual(['M-1'])
  // Each control an action names knows of it, and paper says what the screen says.
  for (const ref of ['A.8.13', 'A.8.14']) {
    const [control] = (await anna.done(controls.list, { query: { q: ref } })).items
    const shown = await anna.done(controls.show, { params: { controlId: control?.id ?? '' } })
    expect(shown.actions).toMatchObject([{ ref: 'M-1', claimedByImport: true, overdue: false }])
  }
  const print = async (format: 'csv' | 'json') =>
    (await anna.download(risks.exportPlan, { query: { format, language: 'en' } as never })).bytes.toString()
  const csv = await print('csv')
  expect(csv.split('\r\n')[0]).toContain('Cost (EUR)')
  expect(csv).toMatch(/M-1,Build it,.*"A\.8\.13 [^\n]+\nA\.8\.14 [^"]+",Mo High,2026-09-30,,1200\.5,/)
  expect(csv).toContain('M-2,Train,Due Date: Recurring,5 USD,,Nobody (as imported),')
  expect(csv).toContain('Done (says the import)')
  const printed = JSON.parse(await print('json'))
  expect(printed.meta.rowCount).toBe(actions.length)
  expect(printed.rows).toEqual(
    expect.arrayContaining([
      expect.objectContaining({
        ref: 'M-1',
        claimedByImport: true,
        controls: ['A.8.13', 'A.8.14'],
        cost: 120050,
        ownerAsImported: false,
      }),
      expect.objectContaining({ ref: 'M-2', controls: [], owner: 'Nobody', ownerAsImported: true }),
    ]),
  )
  const refused = await anna.call(routes.risks.undo, { params: { importId: run.id }, body: {} })
  expect(refused.problem.code).toBe('import.built_on')
  await anna.done(routes.treatment.undo, { params: { importId: treated.id }, body: {} })
  const still = await anna.call(routes.risks.undo, { params: { importId: run.id }, body: {} })
  expect([still.status, still.problem?.detail]).toEqual([200, undefined])
  expect((await anna.done(risks.list, { query: { limit: 50 } as never })).items).toEqual([])
})

test('a level map that turns a higher level into a lower one is refused as a whole', async () => {
  const { body: up } = await send(anna, routes.risks, riskFile, 'risks.csv')
  const levelMaps = { likelihood: { 1: 5, 2: 4, 3: 3, 4: 2, 5: 1 } }
  const preview = await anna.done(routes.risks.preview, {
    params: { importId: up.id },
    body: { mapping: { register: 'risks', levelMaps } as never },
  })
  expect(preview.problem?.message).toContain('a higher level must not become a lower one')
})

test('the statement decides controls, claims stay claims, mismatches wait', async () => {
  const sheet = writeWorkbook({
    sheets: [
      {
        name: 'SoA',
        rows: {
          1: ['Control', 'Title', 'Applicable', 'Justification', 'Status', 'Owner'],
          2: ['A.5.1', 'Policies for information security', 'Yes', 'Contract with Neun', 'Implemented', 'Mo High'],
          3: ['A.5.9', 'Access control', 'Yes', 'Because', 'Implemented', 'The boss'],
          4: ['A.8.30', 'Outsourced development', 'No', '', 'N/A', ''],
          5: ['A.6.1', 'Screening', '', '', 'Pending', ''],
          6: ['A.8.13', 'Information backup', 'Yes', 'Because', 'Partially implemented', ''],
        },
      },
    ],
  })
  const run = await take(anna, routes.soa, sheet, undefined, 'soa.xlsx')
  expect(run.counts).toMatchObject({ create: 3, skip: 2 })
  const list = await anna.done(controls.list, {} as never)
  const byRef = new Map(list.items.map((one) => [one.ref, one]))
  expect(byRef.get('A.5.1')).toMatchObject({
    applicability: 'applicable',
    stated: 'implemented',
    status: expect.not.stringMatching(/^implemented$/),
    owner: { name: 'Mo High' },
  })
  // A claim in part stays told from one in whole.
  expect(byRef.get('A.8.13')).toMatchObject({ stated: 'partial', status: 'claimed' })
  expect(byRef.get('A.8.13')?.reasons.map(({ code }) => code)).toContain('statedPartial')
  expect(byRef.get('A.5.1')?.reasons.map(({ code }) => code)).toContain('statedImplemented')
  expect(byRef.get('A.5.9')).toMatchObject({ applicability: 'undecided', version: 1 })
  expect(byRef.get('A.5.15')).toMatchObject({ applicability: 'undecided' })
  expect(byRef.get('A.8.30')).toMatchObject({ applicability: 'excluded', stated: 'notStated' })
  expect(byRef.get('A.8.30')?.issues).toContainEqual({ severity: 'blocks', code: 'exclusionUnjustified' })
  await anna.done(routes.soa.undo, { params: { importId: run.id }, body: {} })
  const after = await anna.done(controls.list, {} as never)
  expect(after.items.every((one) => one.applicability === 'undecided' && one.justification === '')).toBe(true)
})

test('a preview of a statement shows number and title as they stand in the file', async () => {
  const file = 'Control;Title;Applicable\n A.5.1 ;Policies for information security;Yes\n5.15 Access control;;Yes\n'
  const { body: up } = await send(anna, routes.soa, file)
  const { rows } = await anna.done(routes.soa.preview, { params: { importId: up.id }, body: {} })
  const inFile = rows.map((row) => row.becomes?.facts.find(({ label }) => label === 'In the file')?.values)
  expect(inFile).toEqual([
    [{ kind: 'text', text: 'A.5.1 Policies for information security' }],
    [{ kind: 'text', text: '5.15 Access control' }],
  ])
})

test('a long register with options and actions goes in whole: what belongs together is written in order', async () => {
  const rows = Array.from({ length: 700 }, (_, i) => `L-${i},Risk ${i},${1 + (i % 5)},${1 + (i % 4)},Mitigate,Do ${i}`)
  const file = `ID,Risk Title,Likelihood (1-5),Impact (1-5),Treatment Decision,Planned Action\n${rows.join('\n')}`
  const run = await take(eve, routes.risks, file)
  expect(run.counts).toMatchObject({ create: 700, error: 0 })
  const written = await server.t.owner.query(
    `select record_type, count(*)::int as n from ledger_entry e join organization o using (org_id)
     where o.slug = 'other' and action = 'risk.imported' group by 1 order by 1`,
  )
  expect(written.rows).toEqual([
    { record_type: 'risk', n: 700 },
    { record_type: 'risk_action', n: 700 },
    { record_type: 'risk_option', n: 700 },
  ])
})

test('an action that came in can be worked on: controls are taken away, somebody of the directory answers for it', async () => {
  await take(eve, routes.people, 'Name;E-Mail\nMo High;mo@other.example\n')
  await take(eve, routes.risks, 'ID,Risk Title,Description\nN-1,Fire,It burns\n')
  const plan = 'ID,Risk ID,Action,Annex A Control,Owner\nM-1,N-1,Build it,A.8.14 A.8.13,Nobody\n'
  await take(eve, routes.treatment, plan)
  const [action] = (await eve.done(risks.actions, {})).items
  const params = { actionId: action?.id ?? '' }
  const body = { controlIds: action?.controls.filter(({ ref }) => ref === 'A.8.13').map(({ id }) => id) }
  const changed = await eve.done(risks.changeAction, { params, version: 1, body })
  expect(changed).toMatchObject({ version: 2, controls: [{ ref: 'A.8.13' }], owner: null, ownerText: 'Nobody' })
  // Whoever had it open before learns that it changed.
  const late = await eve.call(risks.changeAction, { params, version: 1, body: { controlIds: [] } })
  expect(late.status).toBe(412)
  const { items } = await eve.done(people.list, { query: { limit: 50, q: 'Mo High' } })
  const given = await eve.done(risks.changeAction, { params, version: 2, body: { ownerId: items[0]?.id } })
  expect([given.owner?.name, given.ownerText]).toEqual(['Mo High', null])
  // A plan read once more brings back the control it names, and nothing twice.
  await take(eve, routes.treatment, `${plan} `, { options: { existing: 'update' } })
  const [again] = (await eve.done(risks.actions, {})).items
  expect(again?.controls.map(({ ref }) => ref)).toEqual(['A.8.13', 'A.8.14'])
  expect([again?.owner?.name, again?.ownerText]).toEqual(['Mo High', null])
})
