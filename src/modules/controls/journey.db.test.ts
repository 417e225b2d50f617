import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Instant } from '#kernel/time.ts'
import { assets } from '#modules/assets/contract.ts'
import { organization } from '#modules/organization/contract.ts'
import { scope } from '#modules/organization/contract-scope.ts'
import { people } from '#modules/people/contract.ts'
import { roles } from '#modules/people/contract-roles.ts'
import { risks } from '#modules/risk/contract.ts'
import { identity } from '#platform/identity/contract.ts'
import { callRoute } from '#testing/call.ts'
import { type TestActor, type TestServer, testServer } from '#testing/server.ts'
import { controls } from './contract.ts'
import { printIssuedSoa } from './server/export-soa.ts'

let server: TestServer
let anna: TestActor
let omar: TestActor
let theo: TestActor
let eve: TestActor
beforeAll(async () => {
  server = await testServer()
  await server.organization('acme')
  await server.organization('other')
  anna = await server.actor('acme', 'Anna Berg', ['ismsManager'])
  omar = await server.actor('acme', 'Omar Quist', ['owner'])
  theo = await server.actor('acme', 'Theo Boss', ['topManagement'])
  eve = await server.actor('other', 'Eve Stone', ['administrator', 'ismsManager'])
})
afterAll(() => server.close())

const high = { likelihood: 4, consequences: { financial: 4, operational: 4, reputation: 3, legal: 3, safety: 1 } }
const low = { likelihood: 2, consequences: { financial: 2, operational: 2, reputation: 2, legal: 2, safety: 1 } }

test('method → risk → treatment → the owner’s two acts → issued statement → out of date, and why', async () => {
  const draft = await anna.done(risks.draftMethod, { body: { from: 'template' } })
  expect(draft).toMatchObject({ status: 'draft', edition: 1, problems: [], can: { approve: false, edit: true } })
  const dimensions = draft.dimensions.map((dimension) => dimension.key)
  const scoresOf = ({ likelihood, consequences }: typeof high) => ({
    likelihood,
    consequences: Object.fromEntries(
      dimensions.map((key) => [key, (consequences as Record<string, number>)[key] ?? 2]),
    ),
  })
  expect((await anna.call(risks.approveMethod, { params: { methodId: draft.id } })).status).toBe(403)
  const inForce = await theo.done(risks.approveMethod, { params: { methodId: draft.id } })
  // Anna wrote it: her own approval would have had nobody beside her.
  expect([draft.separation, inForce.separation]).toEqual(['onePerson', 'twoPersons'])

  const shares = await anna.done(assets.add, { body: { name: 'File shares', kind: 'information' } })
  const risk = await anna.done(risks.record, {
    body: {
      title: 'Ransomware on file servers',
      scenario: 'Attackers encrypt shares.',
      availability: 'lost',
      ownerId: omar.personId,
      assetIds: [shares.id],
    },
  })
  expect(risk.assets).toMatchObject([{ ref: shares.ref, title: 'File shares' }])
  expect(risk).toMatchObject({ ref: 'R-1', status: 'notAssessed', next: { step: 'assess' } })
  // A risk just recorded is answered without asking for a treatment it cannot have.
  expect(await anna.done(risks.show, { params: { riskId: risk.id } })).toEqual(risk)
  const offScale = await anna.call(risks.assess, {
    params: { riskId: risk.id },
    version: 1,
    body: { current: { ...scoresOf(high), likelihood: 6 }, rationale: 'x' },
  })
  expect(offScale.problem.detail).toBe(`Likelihood 6 is not on the scale 1–5 of method ${draft.name}`)
  const assessed = await anna.done(risks.assess, {
    params: { riskId: risk.id },
    version: 1,
    body: { current: scoresOf(high), rationale: 'Two incidents in the sector this year.' },
  })
  expect(assessed).toMatchObject({ status: 'needsTreatment', current: { exceeds: true } })

  const statement = await anna.done(controls.list)
  expect([statement.total, statement.counts.blocking]).toEqual([93, 93])
  const backup = statement.items.find((control) => control.ref === 'A.8.13')
  const treated = await omar.done(risks.plan, {
    params: { riskId: risk.id },
    version: assessed.version,
    body: {
      options: [{ kind: 'modify' }],
      controls: [{ controlId: backup?.id ?? '', state: 'live', lowers: 'consequence' }],
      target: scoresOf(low),
    },
  })
  const action = await omar.done(risks.addAction, {
    params: { riskId: risk.id },
    body: {
      title: 'Quarterly restore test',
      ownerId: omar.personId,
      dueOn: '2026-06-30',
      controlIds: backup ? [backup.id] : [],
    },
  })
  expect(action).toMatchObject({ ref: 'T-1', controls: [{ ref: 'A.8.13' }] })
  expect((await anna.call(risks.approvePlan, { params: { riskId: risk.id }, body: {} })).status).toBe(403)
  const ready = await omar.done(risks.show, { params: { riskId: risk.id } })
  expect(ready.can).toMatchObject({ approve: true, accept: false })
  const changed = await omar.call(risks.approvePlan, { params: { riskId: risk.id }, body: { seen: 'a'.repeat(64) } })
  expect(changed.problem.code).toBe('risk.changed_since_seen')
  await omar.done(risks.approvePlan, { params: { riskId: risk.id }, body: { seen: ready.seen.plan ?? '' } })
  const accepted = await omar.done(risks.accept, { params: { riskId: risk.id }, body: {} })
  expect(accepted.approvals.acceptance?.standing).toBe('valid')
  expect(treated.version).toBeLessThanOrEqual(accepted.version)

  // Signing again replaces the earlier signature, alone and in a batch.
  const again = await omar.done(risks.accept, { params: { riskId: risk.id }, body: { note: 'Looked at again.' } })
  expect(again.approvals.acceptance).toMatchObject({ standing: 'valid', note: 'Looked at again.' })
  const batch = await omar.done(risks.approveMany, { body: { act: 'plan', riskIds: [risk.id] } })
  expect(batch).toEqual({ signed: [risk.id], refused: [] })
  const filtered = await anna.done(risks.list, {
    query: { status: ['accepted', 'inTreatment'], kind: 'informationSecurity' },
  })
  expect(filtered.items.map((one) => one.id)).toEqual([risk.id])

  // Every control decided; those nobody needs are included for the sake of the test.
  const refused = await anna.call(controls.propose, { body: {} })
  expect(refused.problem.code).toBe('soa.undecided')
  await anna.done(controls.decideMany, { body: { ids: statement.items.map((control) => control.id) } })
  const driven = await anna.call(controls.decide, {
    params: { controlId: backup?.id ?? '' },
    body: { applicability: 'excluded', justification: 'We do not need backups at all here.' },
  })
  expect(driven.problem.detail).toBe('A.8.13 cannot be excluded while R-1 asks for it.')
  const standings = async () =>
    (await anna.done(risks.controlChoices, { query: { q: 'A.8.13' } })).items.map((one) => [one.ref, one.standing])
  expect(await standings()).toEqual([['A.8.13', 'planned']])
  await anna.done(controls.state, { params: { controlId: backup?.id ?? '' }, body: { stated: 'implemented' } })
  expect(await standings()).toEqual([['A.8.13', 'claimed']])
  // An open action counts for every control it brings about, for whoever signs as in the statement.
  const logging = statement.items.find((control) => control.ref === 'A.8.15')?.id ?? ''
  const shownOf = async () => [
    (await anna.done(risks.controlChoices, { query: { q: 'A.8.15' } })).items.map((one) => one.standing),
    (await anna.done(controls.list)).items.flatMap((one) => (one.id === logging ? [one.status] : [])),
  ]
  expect(await shownOf()).toEqual([['notDetermined'], ['notDetermined']])
  const params = { actionId: action.id }
  const body = { controlIds: [backup?.id ?? '', logging] }
  const shared = await omar.done(risks.changeAction, { params, version: action.version, body })
  expect(await shownOf()).toEqual([['planned'], ['planned']])
  const alone = { controlIds: [backup?.id ?? ''] }
  await omar.done(risks.changeAction, { params, version: shared.version, body: alone })
  const proposal = await anna.done(controls.propose, { body: { note: 'First issue' } })
  expect(proposal.rows).toHaveLength(93)
  expect(proposal.rows.find((row) => row.ref === 'A.8.13')).toMatchObject({
    status: 'claimed',
    declared: 'notImplemented',
    drivers: [{ ref: 'R-1' }],
  })
  expect((await anna.call(controls.issue, { params: { soaId: proposal.id } })).status).toBe(403)
  const titled = (jobTitle: string, version: number) =>
    anna.done(people.change, { params: { personId: theo.personId }, version, body: { jobTitle } })
  const { version } = await titled('Managing director', 1)
  const issued = await theo.done(controls.issue, { params: { soaId: proposal.id } })
  expect(proposal).toMatchObject({ supersedes: null, separation: null, preparedById: anna.personId })
  expect(issued).toMatchObject({ separation: 'twoPersons', supersedes: null })
  expect(issued).toMatchObject({ status: 'issued', number: 1, approvedBy: 'Theo Boss', standing: { holds: true } })
  const printed = await server.inside('acme', (tx) => printIssuedSoa(tx, () => true))
  expect(printed.meta).toMatchObject({ rowCount: 93, approver: 'Theo Boss, Managing director' })
  expect(printed.meta.mark).toBeUndefined()
  const none = server.inside('other', (tx) => printIssuedSoa(tx, () => true))
  await expect(none).rejects.toMatchObject({ refusal: { code: 'soa.none_issued' } })

  // Whoever treats a risk is told of every control what the statement says of it.
  const asked = (await anna.done(risks.controlChoices, { query: {} })).items
  const told = (await anna.done(controls.list)).items
  expect(asked.map((one) => [one.ref, one.standing])).toEqual(told.map((one) => [one.ref, one.status]))

  // The control turns out not to be there.
  await anna.done(controls.state, { params: { controlId: backup?.id ?? '' }, body: { stated: 'notImplemented' } })
  const stale = await anna.done(risks.show, { params: { riskId: risk.id } })
  expect(stale.status).toBe('acceptanceOutOfDate')
  expect(stale.approvals.acceptance?.standing).toBe('outOfDate')
  expect(stale.approvals.acceptance?.reasons.map((one) => one.message).join(' ')).toMatch(/^The status of A\.8\.13 /)
  await anna.done(controls.decide, {
    params: { controlId: statement.items.find((control) => control.ref === 'A.7.4')?.id ?? '' },
    body: { applicability: 'excluded', justification: 'No premises of our own: all work is done remotely.' },
  })
  const list = await anna.done(controls.list)
  expect(list.issued).toMatchObject({ number: 1, holds: false, changed: 2 })
  // A signature keeps the position it was given in.
  server.clock.now = '2026-03-10T09:00:00.000Z' as Instant
  await titled('Adviser', version)
  const outdated = await server.inside('acme', (tx) => printIssuedSoa(tx, () => true))
  expect(outdated.meta).toMatchObject({
    status: 'issued',
    mark: 'Out of date',
    approver: 'Theo Boss, Managing director',
  })
  expect(outdated.sections.at(-1)?.title).toBe('Changed since the issue')
  const redline = await anna.done(controls.redline, { params: { soaId: proposal.id } })
  expect(redline.rows.map((row) => [row.ref, row.fields.map((field) => field.field)])).toEqual([
    ['A.7.4', ['applicability', 'justification', 'declared']],
    ['A.8.13', ['declared']],
  ])
  expect(await anna.done(controls.propose, { body: {} })).toMatchObject({ number: 2, supersedes: 1 })
})

test('a version proposed through an API token says that two people cannot be shown: its issuer made the token', async () => {
  const [open] = (await anna.done(controls.statements)).items
  await anna.done(controls.withdrawProposal, { params: { soaId: open?.id ?? '' }, body: { reason: 'Proposed anew.' } })
  const ada = await server.actor('acme', 'Ada Kern', ['administrator', 'ismsManager'])
  const { token } = await ada.done(identity.createToken, {
    body: { name: 'Script', roles: ['ismsManager'], expiresAt: '2026-09-01T00:00:00.000Z' },
  })
  const headers = { authorization: `Bearer ${token}` }
  const { status, body: proposal } = await callRoute(server.http, controls.propose, 'acme', { body: {}, headers })
  expect([status, proposal.preparedById, proposal.separation]).toEqual([201, null, null])
  const issued = await ada.done(controls.issue, { params: { soaId: proposal.id } })
  expect(issued).toMatchObject({ status: 'issued', separation: 'unknown', approvedBy: 'Ada Kern' })
  const printed = await server.inside('acme', (tx) => printIssuedSoa(tx, () => true))
  expect(JSON.stringify(printed)).toContain('whether two people were involved cannot be shown')
  const ledger = await server.t.owner.query(
    `select action from ledger_entry where record_type = 'soa_version' and after ->> 'status' = 'issued' order by seq`,
  )
  expect(ledger.rows.map(({ action }) => action)).toEqual(['soa.issued', 'soa.issued_without_preparer'])
})

test('lists and records issue at most six statements, whatever the number of rows', async () => {
  const list = await anna.done(risks.list)
  const count = async (work: () => Promise<unknown>): Promise<number> => {
    server.statements.texts = []
    await work()
    return server.statements.texts.length
  }
  expect(await count(() => anna.done(risks.list))).toBeLessThanOrEqual(6)
  expect(await count(() => anna.done(risks.show, { params: { riskId: list.items[0]?.id ?? '' } }))).toBeLessThanOrEqual(
    6,
  )
  expect(await count(() => anna.done(controls.list))).toBeLessThanOrEqual(6)
  expect(await count(() => anna.done(risks.matrix))).toBeLessThanOrEqual(6)
})

test('the register and the statement as of the day before', async () => {
  server.clock.now = '2026-04-20T09:00:00.000Z' as Instant
  const [risk] = (await anna.done(risks.list)).items
  await anna.done(risks.change, {
    params: { riskId: risk?.id ?? '' },
    version: risk?.version ?? 0,
    body: { title: 'Ransomware' },
  })
  const then = await anna.done(risks.list, { query: { at: '2026-04-01' } })
  expect(then.items.map((item) => item.title)).toEqual(['Ransomware on file servers'])
  const before = await anna.call(controls.list, { query: { at: '2026-03-01' } })
  expect([before.status, before.problem.code]).toEqual([422, 'request.before_records'])
})

test('what is missing around the statement is told by kind before anybody signs it', async () => {
  await server.organization('gaps')
  const ida = await server.actor('gaps', 'Ida Storm', ['ismsManager'])
  const tom = await server.actor('gaps', 'Tom Vale', ['topManagement'])
  const before = await ida.done(controls.gaps)
  expect(before).toEqual({
    scope: 'none',
    scopeChanges: 0,
    roles: { open: 0, mandates: ['conformity', 'reporting'] },
    controls: [{ code: 'undecided', severity: 'blocks', count: 93 }],
  })
  const { items } = await ida.done(controls.list)
  await ida.done(controls.decideMany, { body: { ids: items.map((one) => one.id), justification: '' } })
  const role = await ida.done(roles.add, { body: { name: 'ISMS officer', mandate: 'conformity' } })
  await ida.done(roles.assign, { params: { roleId: role.id }, body: { personId: ida.personId, on: '2026-03-02' } })
  await ida.done(organization.units.add, { body: { name: 'All of it' } })
  const draft = await ida.done(scope.start, { body: { statement: 'Everything.', considerations: 'All.' } })
  const [unit] = (await ida.done(organization.units.list)).items
  await ida.done(organization.units.place, { params: { recordId: unit?.id ?? '' }, body: { placement: 'in' } })
  const { stateHash } = await tom.done(scope.show)
  await tom.done(scope.approve, { params: { statementId: draft.id }, body: { stateHash: stateHash ?? '' } })
  server.statements.texts = []
  const after = await ida.done(controls.gaps)
  expect(server.statements.texts.length).toBeLessThanOrEqual(11)
  // Assigned is not taken on: nobody has accepted the role yet.
  expect(after).toEqual({
    scope: 'approved',
    scopeChanges: 0,
    roles: { open: 1, mandates: ['conformity', 'reporting'] },
    controls: [
      { code: 'noDriver', severity: 'warns', count: 93 },
      { code: 'noOwner', severity: 'warns', count: 93 },
      { code: 'notDescribed', severity: 'warns', count: 93 },
    ],
  })
  // A code leads to exactly the controls it counts.
  expect((await ida.done(controls.list, { query: { issue: ['noOwner'] } })).total).toBe(93)
  const [holder] = (await ida.done(roles.show, { params: { roleId: role.id } })).assignments
  await ida.done(roles.accept, { params: { assignmentId: holder?.id ?? '' } })
  await ida.done(organization.sites.add, { body: { name: 'Lisbon' } })
  expect(await ida.done(controls.gaps)).toMatchObject({
    scope: 'changed',
    scopeChanges: 1,
    roles: { open: 0, mandates: ['reporting'] },
  })
  // None of it is refused.
  const proposed = await ida.done(controls.propose, { body: {} })
  expect((await tom.call(controls.issue, { params: { soaId: proposed.id } })).status).toBe(200)
})

test('nothing of another organization can be seen or named', async () => {
  const [risk] = (await anna.done(risks.list)).items
  const [control] = (await anna.done(controls.list)).items
  expect((await eve.call(risks.show, { params: { riskId: risk?.id ?? '' } })).status).toBe(404)
  expect((await eve.call(controls.show, { params: { controlId: control?.id ?? '' } })).status).toBe(404)
  const own = await eve.done(risks.record, { body: { title: 'Mine', scenario: 'x', integrity: 'lost' } })
  const foreign = await eve.call(risks.change, {
    params: { riskId: own.id },
    version: 1,
    body: { ownerId: omar.personId },
  })
  expect(foreign.status).toBe(404)
  expect((await eve.done(risks.list)).total).toBe(1)
})
