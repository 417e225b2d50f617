import { afterAll, beforeAll, expect, test } from 'vitest'
import { modules } from '#app/modules.ts'
import { controls } from '#modules/controls/contract.ts'
import { organization } from '#modules/organization/contract.ts'
import { scope } from '#modules/organization/contract-scope.ts'
import { roles } from '#modules/people/contract-roles.ts'
import { risks } from '#modules/risk/contract.ts'
import { type TestActor, type TestServer, testServer } from '#testing/server.ts'
import { readTexts } from '#testing/texts.ts'
import { waiting } from './contract.ts'

let server: TestServer
let anna: TestActor
let omar: TestActor
let theo: TestActor
let emil: TestActor
beforeAll(async () => {
  server = await testServer()
  await server.organization('acme')
  anna = await server.actor('acme', 'Anna Berg', ['ismsManager'])
  omar = await server.actor('acme', 'Omar Quist', ['owner'])
  theo = await server.actor('acme', 'Theo Boss', ['topManagement'])
  emil = await server.actor('acme', 'Emil Roth', ['employee'])
})
afterAll(() => server.close())

const waitsFor = async (who: TestActor): Promise<string[]> =>
  (await who.done(waiting)).items.map(
    ({ kind, ref, path }) => `${kind} ${ref} ${path.replace(/_[0-9a-f]{32}$/, '_id')}`,
  )

let dimensions: readonly string[] = []
const scores = (level: number) => ({
  likelihood: level,
  consequences: Object.fromEntries(dimensions.map((key) => [key, level])),
})
const recordRisk = async (level: number, owner: TestActor) => {
  const { id, ref, version } = await anna.done(risks.record, {
    body: { title: 'Outage', scenario: 'The data centre fails.', availability: 'lost', ownerId: owner.personId },
  })
  const current = { current: scores(level), rationale: 'It happened twice this year.' }
  const assessed = await anna.done(risks.assess, { params: { riskId: id }, version, body: current })
  return { ref, id, version: assessed.version, params: { riskId: id } }
}

test('what goes no further without a person waits for that person, and for nobody else', async () => {
  expect(await waitsFor(theo)).toEqual([])
  const draft = await anna.done(risks.draftMethod, { body: { from: 'template' } })
  dimensions = draft.dimensions.map(({ key }) => key)
  expect([await waitsFor(anna), await waitsFor(theo)]).toEqual([[], ['approveMethod  /risks/method']])
  await theo.done(risks.approveMethod, { params: { methodId: draft.id } })

  const risk = await recordRisk(5, omar)
  expect(await waitsFor(omar)).toEqual([`chooseTreatment ${risk.ref} /risks/${risk.ref}`])
  const body = { options: [{ kind: 'retain' as const }], controls: [], target: scores(5) }
  await omar.done(risks.plan, { params: risk.params, version: risk.version, body })
  expect(await waitsFor(omar)).toEqual([`acceptResidual ${risk.ref} /risks/${risk.ref}`])
  await omar.done(risks.accept, { params: risk.params, body: {} })
  // The method asks for top management in addition: from the owner it has moved on.
  expect(await waitsFor(omar)).toEqual([])
  expect(await waitsFor(theo)).toEqual([`signAuthority ${risk.ref} /risks/${risk.ref}`])
  expect(await waitsFor(anna)).toEqual([])

  const shared = await recordRisk(4, omar)
  const plan = { options: [{ kind: 'share' as const, agreement: 'Insurance' }], controls: [], target: scores(2) }
  await omar.done(risks.plan, { params: shared.params, version: shared.version, body: plan })
  expect(await waitsFor(omar)).toEqual([`approvePlan ${shared.ref} /risks/${shared.ref}`])
  await omar.done(risks.approvePlan, { params: shared.params, body: {} })
  expect((await waitsFor(omar)).join()).not.toContain('approvePlan')

  const statement = await anna.done(controls.list)
  await anna.done(controls.decideMany, { body: { ids: statement.items.map(({ id }) => id) } })
  await anna.done(controls.propose, { body: {} })
  expect(await waitsFor(theo)).toEqual([
    'issueSoa 1 /soa/versions/soa_id',
    `signAuthority ${risk.ref} /risks/${risk.ref}`,
  ])
  expect((await waitsFor(omar)).join()).not.toContain('issueSoa')
  expect(await waitsFor(anna)).toEqual([])
})

test('own actions that are overdue or due within 30 days wait, by date; those of others and later ones do not', async () => {
  const risk = await recordRisk(1, anna)
  const add = (title: string, owner: TestActor, dueOn: string) =>
    anna.done(risks.addAction, { params: risk.params, body: { title, ownerId: owner.personId, dueOn } })
  const before = await waitsFor(omar)
  const [soon, late] = [await add('Soon', omar, '2026-03-20'), await add('Late', omar, '2026-02-20')]
  await add('In summer', omar, '2026-07-01')
  await add('Of somebody else', anna, '2026-03-20')
  const items = (await omar.done(waiting)).items.filter(({ kind }) => kind === 'carryOut')
  expect(items.map(({ title, overdue }) => [title, overdue])).toEqual([
    ['Late', true],
    ['Soon', false],
  ])
  for (const { id } of [soon, late]) {
    await omar.done(risks.stepAction, { params: { actionId: id }, body: { step: 'complete' } })
  }
  expect(await waitsFor(omar)).toEqual(before)
})

test('a role waits for whoever it was assigned to, also for an employee, and a scope that is ready for top management', async () => {
  const role = await anna.done(roles.add, { body: { name: 'Fire warden', responsibilities: 'Counts heads.' } })
  await anna.done(roles.assign, {
    params: { roleId: role.id },
    body: { personId: emil.personId ?? '', on: '2026-03-01' },
  })
  expect(await waitsFor(emil)).toEqual([`answerRole ${role.ref} /roles/${role.ref}`])
  const before = await waitsFor(theo)
  await anna.done(scope.start, { body: { statement: 'Everything we do in Bonn.' } })
  // Nothing lies inside it yet, so there is nothing to approve.
  expect(await waitsFor(theo)).toEqual(before)
  const site = await anna.done(organization.sites.add, { body: { name: 'Bonn' } })
  await anna.done(organization.sites.place, { params: { recordId: site.id }, body: { placement: 'in' } })
  expect(await waitsFor(theo)).toEqual(['approveScope  /scope', ...before])
})

test('a bounded number of statements, however much waits', async () => {
  const count = async (): Promise<number> => {
    server.statements.texts = []
    await omar.done(waiting)
    return server.statements.texts.length
  }
  await recordRisk(5, omar)
  const [few, total] = [await count(), (await omar.done(waiting)).total]
  for (let i = 0; i < 8; i++) await recordRisk(5, omar)
  expect(await count()).toBe(few)
  expect(few).toBeLessThanOrEqual(12)
  expect((await omar.done(waiting)).total).toBe(total + 8)
})

test('every kind of waiting has its words, in both languages', () => {
  const kinds = modules.flatMap((one) => (one.waiting ?? []).flatMap((source) => source.kinds))
  const texts = readTexts()
  for (const language of ['en', 'de']) {
    const web = [...(texts.get(`web/${language}`)?.keys() ?? [])]
    const told = web.filter((key) => key.startsWith('waiting.kind.')).map((key) => key.split('.')[2])
    expect(told.toSorted()).toEqual(kinds.toSorted())
  }
})
