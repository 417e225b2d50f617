import { describe, expect, test } from 'vitest'
import { assessRisk } from './assess-risk.ts'
import { type ImportAt, type ImportedRisk, importRisk } from './import-risk.ts'
import { legacyMethod } from './legacy-method.ts'
import { approveLevelMap, draftLevelMap } from './level-map.ts'
import type { Level } from './method.ts'
import {
  anna,
  approvedMethod,
  at,
  day,
  isSentence,
  mint,
  overall,
  person,
  RiskBook,
  refusalOf,
  scores,
  valueOf,
} from './risk.fixtures.ts'
import { levelOrigin, type Risk } from './risk.ts'
import { riskStatus } from './risk-status.ts'
import type { Scores } from './scores.ts'

const levels: Level[] = [1, 2, 3, 4, 5].map((value) => ({ value, name: `${value}`, definition: '' }))
const bands = [
  { key: 'low', name: 'Low', token: 'green', from: 1, to: 7 },
  { key: 'medium', name: 'Medium', token: 'yellow', from: 8, to: 11 },
  { key: 'high', name: 'High', token: 'orange', from: 12, to: 15 },
  { key: 'critical', name: 'Critical', token: 'red', from: 16, to: 25 },
] as const
const dimensions = ['financial', 'legal'].map((key) => ({ key, name: key.toUpperCase(), levels }))
const legacy = valueOf(
  legacyMethod({ name: 'risk-register.csv', likelihood: levels, dimensions, overallImpact: null, bands }, 1, at()),
).after
const method = approvedMethod()
const same = [1, 2, 3, 4, 5].map((value) => ({ from: value, to: value }))
const content = {
  likelihood: same,
  dimensions: dimensions.map(({ key }) => ({ from: key, to: key, levels: same })),
  overall: same.slice(0, 4),
}
const map = valueOf(approveLevelMap(draftLevelMap(content, legacy, method, at()).after, legacy, method, at())).after
const into = { map, method }

const two = (likelihood: number, financial: number, legal: number): Scores => ({
  likelihood,
  consequences: { financial, legal },
})
const none = { inherent: null, current: null, target: null }
const row = (patch: Partial<ImportedRisk> = {}): ImportedRisk => ({
  kind: 'informationSecurity',
  title: 'Phishing',
  scenario: 'An employee enters credentials on a cloned page.',
  threat: null,
  vulnerability: null,
  category: null,
  confidentiality: 'notStated',
  integrity: 'notStated',
  availability: 'notStated',
  states: { inherent: two(4, 4, 3), current: two(3, 3, 2), target: two(2, 3, 2) },
  stated: none,
  rationale: 'Mail filter, training',
  claimedStatus: 'Accepted',
  claimedOwner: 'ISO',
  options: [],
  controls: [],
  ...patch,
})
const here = (patch: Partial<ImportAt> = {}): ImportAt => ({
  ...at(),
  ref: 'R-002',
  owner: null,
  legacy,
  into,
  ...patch,
})
const imported = (patch: Partial<ImportedRisk> = {}, place: Partial<ImportAt> = {}) =>
  valueOf(importRisk(row(patch), here(place)))
const riskOf = (patch: Partial<ImportedRisk> = {}, place: Partial<ImportAt> = {}) =>
  imported(patch, place).changes[0]?.after as Risk
const code = (patch: Partial<ImportedRisk>, place: Partial<ImportAt> = {}) =>
  refusalOf(importRisk(row(patch), here(place))).code

describe('importing', () => {
  test('keeps the original values for good and converts by the map', () => {
    const risk = riskOf()
    expect(risk).toMatchObject({ methodId: method.id, current: two(3, 3, 2), ownerId: null })
    expect(risk.imported).toMatchObject({ methodId: legacy.id, current: two(3, 3, 2), claimedOwner: 'ISO' })
  })

  test('without a map the risk stays under the legacy method and counts as not assessed', () => {
    const risk = riskOf({}, { into: null, owner: anna })
    expect(risk.methodId).toBe(legacy.id)
    const dossier = { ...new RiskBook(risk, legacy).dossier(), inForce: method }
    expect(riskStatus(dossier, day('2026-02-01'))).toMatchObject({ status: 'notAssessed', next: { step: 'assess' } })
  })

  test('its level is as imported until somebody here scores it', () => {
    const risk = riskOf()
    expect([levelOrigin(risk), risk.assessedBy]).toEqual(['imported', null])
    const given = { ...at(), method, options: [], rises: [], run: null }
    const input = { current: scores(3, 3), inherent: null, target: null, rationale: 'Looked at.' }
    const [assessed] = valueOf(assessRisk(risk, input, given))
    expect(levelOrigin(assessed?.after as Risk)).toBe('assessed')
    expect(levelOrigin(riskOf({ states: none }))).toBeNull()
  })

  test('a row with only a product stays unscored, what it said is kept', () => {
    const stated = { ...none, current: { level: 'Critical', product: 20 } }
    const risk = riskOf({ states: none, stated })
    expect(risk).toMatchObject({ current: null, methodId: null, assessedAt: null, imported: { stated } })
    expect(imported({ states: none, stated }).deviations).toEqual([])
  })

  test('a single impact stays overall', () => {
    const states = { ...none, current: overall(3, 4) }
    expect(riskOf({ states }).current).toEqual(overall(3, 4))
    expect(code({ states: { ...none, current: overall(3, 5) } })).toBe('risk.unmapped_level')
  })

  test('levels and products that compute differently are deviations, not refusals', () => {
    const stated = { ...none, inherent: { level: 'High', product: 20 }, current: { level: ' medium ', product: 9 } }
    const { deviations } = imported({ stated })
    expect(deviations.map((each) => each.message)).toEqual([
      'The inherent score of R-002 is stated as 20 but computes to 16.',
      'The inherent level of R-002 is stated as “High” but computes to “Critical”.',
    ])
    const under = imported({ stated: { ...none, target: { level: null, product: 4 } } }).deviations
    expect(under.map((each) => each.facts)).toEqual([{ ref: 'R-002', state: 'target', stated: 4, computed: 6 }])
    const upsideDown = imported({ states: { ...none, inherent: two(1, 1, 1), current: two(3, 3, 3) } })
    expect(upsideDown.deviations.map((each) => each.code)).toEqual(['risk.current_above_inherent'])
  })

  test('"accepted" arrives as a claim', () => {
    const book = new RiskBook(riskOf({}, { owner: anna }), method)
    const { status, why } = riskStatus(book.dossier(), day('2026-02-01'))
    expect(status).toBe('notAssessed')
    expect(why.map((each) => each.code)).toContain('risk.status_claimed')
  })

  test('options and controls arrive as they are, and the plan says what they lack', () => {
    const control = { controlId: mint<'control'>(), state: 'live', lowers: null } as const
    const book = new RiskBook(riskOf({}, { owner: anna }), method)
    const { changes } = imported(
      { options: [{ kind: 'modify', agreement: null, change: null }], controls: [control] },
      { owner: anna },
    )
    book.apply(changes)
    expect(changes.map((change) => change.type)).toEqual(['risk', 'risk_option', 'risk_control'])
    const { status, why } = riskStatus(book.dossier(), day('2026-02-01'))
    expect(status).toBe('planIncomplete')
    expect(why.map((each) => each.code)).toEqual([
      'risk.modify_without_control',
      'risk.threshold_not_judged',
      'risk.unexplained_reduction',
      'risk.properties_not_stated',
      'risk.status_claimed',
    ])
  })

  test('refuses what cannot be right, in sentences', () => {
    expect(code({ scenario: '' })).toBe('risk.no_scenario')
    expect(code({ states: { ...none, current: two(6, 1, 1) } })).toBe('risk.off_scale')
    expect(code({ states: { ...none, current: two(1, 1, 1), target: two(5, 5, 5) } })).toBe('risk.target_above_current')
    expect(code({ kind: 'opportunity' })).toBe('risk.opportunity_not_scored')
    expect(code({}, { owner: person('Dora', false) })).toBe('risk.owner_left')
    expect(code({}, { into: { map: { ...map, status: 'draft' }, method } })).toBe('risk.level_map_not_approved')
    expect(code({}, { into: { map: { ...map, fromMethodId: method.id }, method } })).toBe('risk.map_other_method')
    const refused = refusalOf(importRisk(row({ states: { ...none, target: two(0, 1, 1) } }), here()))
    expect(refused.field).toBe('target.likelihood')
    expect(isSentence(refused)).toBe(true)
  })
})
