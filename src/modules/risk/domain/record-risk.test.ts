import { describe, expect, test } from 'vitest'
import type { Id } from '#kernel/id.ts'
import { assetLinks, objectiveLinks, setLinks } from './links.ts'
import {
  assignOwner,
  editRisk,
  evaluateEffectiveness,
  type RiskDraft,
  recordRisk,
  reopenRisk,
  withdrawRisk,
} from './record-risk.ts'
import {
  anna,
  approvedMethod,
  assessedRisk,
  at,
  boris,
  buildRisk,
  day,
  mint,
  person,
  refusalOf,
  scores,
  valueOf,
} from './risk.fixtures.ts'
import { isLive, riskLife, riskSteps } from './risk.ts'

const draft: RiskDraft = {
  kind: 'informationSecurity',
  title: 'Stolen laptop',
  scenario: 'A laptop with customer data is stolen on a train.',
  threat: null,
  vulnerability: null,
  category: null,
  confidentiality: 'lost',
  integrity: 'notLost',
  availability: 'notStated',
}
const given = (patch: Partial<RiskDraft> = {}, owner: typeof anna | null = anna) =>
  recordRisk({ ...draft, ...patch }, { ...at(), ref: 'R-12', owner })

describe('recording', () => {
  test('creates a risk that is not scored', () => {
    const change = valueOf(given())
    expect(change).toMatchObject({ type: 'risk', before: null, action: 'risk.recorded' })
    expect(change.after).toMatchObject({ ref: 'R-12', ownerId: anna.id, current: null, methodId: null, version: 1 })
  })

  test('needs a scenario and at least one property that may be lost', () => {
    expect(refusalOf(given({ scenario: ' ' }))).toMatchObject({ code: 'risk.no_scenario', field: 'scenario' })
    expect(refusalOf(given({ title: '' })).code).toBe('risk.no_title')
    expect(refusalOf(given({ confidentiality: 'notLost', availability: 'notLost' })).code).toBe('risk.no_property_lost')
    expect(given({ confidentiality: 'notStated', availability: 'notStated' }).ok).toBe(true)
    expect(given({ kind: 'isms', confidentiality: 'notLost', availability: 'notLost' }).ok).toBe(true)
  })

  test('takes an owner who is here, or none yet', () => {
    expect(refusalOf(given({}, person('Dora', false)))).toMatchObject({
      code: 'risk.owner_left',
      message: 'Dora has left, so R-12 cannot be given to them; name an owner who is here.',
    })
    expect(valueOf(given({}, null)).after.ownerId).toBeNull()
  })
})

describe('changing', () => {
  test('wording changes nothing else, and is checked as when recording', () => {
    const risk = buildRisk()
    expect(valueOf(editRisk(risk, { title: 'New' })).after).toEqual({ ...risk, title: 'New', version: 2 })
    expect(refusalOf(editRisk(risk, { scenario: '' })).code).toBe('risk.no_scenario')
  })

  test('a scored risk does not become an opportunity', () => {
    const risk = assessedRisk(approvedMethod(), scores(2, 2))
    expect(refusalOf(editRisk(risk, { kind: 'opportunity' })).code).toBe('risk.scored_opportunity')
    expect(valueOf(editRisk(buildRisk(), { kind: 'opportunity' })).after.kind).toBe('opportunity')
  })

  test('the owner changes to somebody who is here', () => {
    expect(valueOf(assignOwner(buildRisk(), boris)).after.ownerId).toBe(boris.id)
    expect(valueOf(assignOwner(buildRisk(), null)).after.ownerId).toBeNull()
    expect(refusalOf(assignOwner(buildRisk(), person('Dora', false))).code).toBe('risk.owner_left')
  })

  test('effectiveness is recorded in words', () => {
    const opportunity = buildRisk({ kind: 'opportunity' })
    const on = day('2026-05-01')
    expect(valueOf(evaluateEffectiveness(opportunity, 'Fewer tickets.', on)).after.effectivenessOn).toBe(on)
    expect(refusalOf(evaluateEffectiveness(opportunity, ' ', on)).code).toBe('risk.no_effectiveness')
  })
})

describe('life', () => {
  test('withdrawing and reopening need a reason', () => {
    const risk = buildRisk()
    expect(refusalOf(withdrawRisk(risk, '', at())).code).toBe('risk.no_reason')
    const gone = valueOf(withdrawRisk(risk, 'Recorded twice.', at()))
    expect(gone).toMatchObject({ action: 'risk.withdrawn', reason: 'Recorded twice.' })
    expect(riskLife(gone.after)).toBe('withdrawn')
    expect(refusalOf(editRisk(gone.after, { title: 'x' })).message).toBe(
      'R-1 is withdrawn, so it does not allow “edit”. Possible now: reopen.',
    )
    expect(refusalOf(reopenRisk(gone.after, ' ')).code).toBe('risk.no_reason')
    expect(riskLife(valueOf(reopenRisk(gone.after, 'It was not.')).after)).toBe('open')
    expect(refusalOf(reopenRisk(risk, 'x')).code).toBe('risk.step')
  })

  test('only open risks that are not opportunities are live', () => {
    expect(isLive(buildRisk())).toBe(true)
    expect(isLive(buildRisk({ kind: 'opportunity' }))).toBe(false)
    expect(isLive(buildRisk({ closedAt: at().now }))).toBe(false)
    expect(isLive(buildRisk({ withdrawnAt: at().now }))).toBe(false)
    expect(riskSteps.closed).toEqual(['reopen', 'withdraw'])
  })
})

describe('links', () => {
  const risk = buildRisk()
  const [a, b, c] = [mint<'asset'>(), mint<'asset'>(), mint<'asset'>()]

  test('become exactly what is asked for, reviving rows instead of repeating them', () => {
    const first = valueOf(setLinks(assetLinks, risk, [], [a, b, a], at()))
    expect(first.map((change) => change.after.assetId)).toEqual([a, b])
    const rows = first.map((change) => change.after)
    const second = valueOf(setLinks(assetLinks, risk, rows, [b, c], at()))
    expect(second.map((change) => [change.action, change.after.assetId, change.after.live])).toEqual([
      ['risk.unlinked', a, false],
      ['risk.linked', c, true],
    ])
    const ended = second[0]?.after
    const revived = valueOf(setLinks(assetLinks, risk, ended === undefined ? [] : [ended], [a], at()))
    expect(revived).toMatchObject([{ action: 'risk.linked', after: { id: rows[0]?.id, live: true, version: 3 } }])
    expect(valueOf(setLinks(assetLinks, risk, rows, [a, b], at()))).toEqual([])
  })

  test('are not changed on a withdrawn risk', () => {
    const gone = buildRisk({ withdrawnAt: at().now })
    expect(refusalOf(setLinks(objectiveLinks, gone, [], [mint() as Id], at())).code).toBe('risk.step')
  })
})
