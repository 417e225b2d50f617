import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Instant } from '#kernel/time.ts'
import { evidence } from '#modules/evidence/contract.ts'
import { obligations } from '#modules/obligations/contract.ts'
import { risks } from '#modules/risk/contract.ts'
import { attention } from '#platform/attention/contract.ts'
import { type TestActor, type TestServer, testServer } from '#testing/server.ts'
import { controls } from './contract.ts'

let server: TestServer
let anna: TestActor
let theo: TestActor
beforeAll(async () => {
  server = await testServer()
  await server.organization('acme')
  anna = await server.actor('acme', 'Anna Berg', ['ismsManager', 'owner'])
  theo = await server.actor('acme', 'Theo Boss', ['topManagement'])
})
afterAll(() => server.close())

// The registers derive the same from scratch.
async function countsAreTrue(): Promise<readonly [acceptances: number, rows: number]> {
  const { items } = await anna.done(attention)
  const told = (path: string, reason: string) =>
    items.find((one) => one.path === path)?.reasons.find((one) => one.reason === reason)?.count ?? 0
  const counts = [told('/risks', 'acceptanceOutOfDate'), told('/soa', 'outOfDate')] as const
  const outOfDate = await anna.done(risks.list, { query: { status: ['acceptanceOutOfDate'] } })
  const statement = await anna.done(controls.list)
  expect(counts).toEqual([outOfDate.items.length, statement.issued?.changed ?? 0])
  return counts
}

test('whatever is written, the counts are those of the registers', async () => {
  const method = await anna.done(risks.draftMethod, { body: { from: 'template' } })
  await theo.done(risks.approveMethod, { params: { methodId: method.id } })
  const scores = (likelihood: number) => ({
    likelihood,
    consequences: Object.fromEntries(method.dimensions.map(({ key }) => [key, 2])),
  })
  const all = await anna.done(controls.list)
  const idOf = (ref: string): string => all.items.find((one) => one.ref === ref)?.id ?? ''
  await anna.done(controls.decideMany, { body: { ids: all.items.map((control) => control.id) } })
  const record = async (controlId: string) => {
    const risk = await anna.done(risks.record, {
      body: { title: 'Outage', scenario: 'It fails.', availability: 'lost', ownerId: anna.personId },
    })
    const params = { riskId: risk.id }
    const body = { current: scores(3), rationale: 'Seen twice.' }
    const assessed = await anna.done(risks.assess, { params, version: risk.version, body })
    const options = [{ kind: 'modify' as const }]
    const plan = {
      options,
      controls: [{ controlId, state: 'live' as const, lowers: 'likelihood' as const }],
      target: scores(2),
    }
    await anna.done(risks.plan, { params, version: assessed.version, body: plan })
    await anna.done(risks.addAction, {
      params,
      body: { title: 'Test it', ownerId: anna.personId, dueOn: '2028-01-01' },
    })
    await anna.done(risks.approvePlan, { params, body: {} })
    return anna.done(risks.accept, { params, body: {} })
  }
  const first = await record(idOf('A.8.13'))
  const second = await record(idOf('A.8.14'))
  const proposal = await anna.done(controls.propose, { body: {} })
  await theo.done(controls.issue, { params: { soaId: proposal.id } })
  expect(await countsAreTrue()).toEqual([0, 0])

  // A control that an accepted risk relies on is not there, and is there again.
  await anna.done(controls.state, { params: { controlId: idOf('A.8.13') }, body: { stated: 'notImplemented' } })
  expect(await countsAreTrue()).toEqual([1, 0])
  await anna.done(controls.state, { params: { controlId: idOf('A.8.13') }, body: { stated: 'notStated' } })
  expect(await countsAreTrue()).toEqual([0, 0])

  // Evidence comes, and grows old.
  const policy = await anna.done(evidence.add, {
    body: { kind: 'link', title: 'Policy', source: 'Wiki', url: 'https://example.com/', validUntil: '2026-04-01' },
  })
  const onlyEvidence = { params: { controlId: idOf('A.5.1') }, body: { artefactId: policy.id } }
  await anna.done(controls.attach, onlyEvidence)
  await countsAreTrue()
  await anna.done(controls.state, { params: { controlId: idOf('A.5.1') }, body: { stated: 'implemented' } })
  // The issued version said that it is not implemented: now it is claimed.
  expect(await countsAreTrue()).toEqual([0, 1])

  // A risk gets another level, and its acceptance anew.
  const open = { params: { riskId: first.id } }
  const shown = await anna.done(risks.show, open)
  const worse = { current: scores(5), rationale: 'Seen again.' }
  const again = await anna.done(risks.assess, { ...open, version: shown.version, body: worse })
  expect(await countsAreTrue()).toEqual([1, 1])
  expect(again.status).toBe('acceptanceOutOfDate')
  await anna.done(risks.withdraw, { ...open, version: again.version, body: { reason: 'Recorded twice.' } })
  expect(await countsAreTrue()).toEqual([0, 2])
  const back = await anna.done(risks.show, open)
  await anna.done(risks.reopen, { ...open, version: back.version, body: { reason: 'Not twice after all.' } })
  expect(await countsAreTrue()).toEqual([1, 1])

  // An obligation drives a control, and no longer.
  const law = await anna.done(obligations.add, { body: { title: 'Report breaches', kind: 'law' } })
  await anna.done(controls.oblige, { params: { controlId: idOf('A.5.24') }, body: { obligationId: law.id } })
  expect((await countsAreTrue())[1]).toBe(2)

  // Acceptances end by themselves.
  server.clock.now = '2027-06-01T09:00:00.000Z' as Instant
  expect((await countsAreTrue())[0]).toBe(2)
  await anna.done(risks.approvePlan, { params: { riskId: second.id }, body: {} })
  const newer = await anna.done(risks.accept, { params: { riskId: second.id }, body: {} })
  expect(newer.status).not.toBe('acceptanceOutOfDate')
  expect((await countsAreTrue())[0]).toBe(1)
})
