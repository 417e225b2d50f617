import { describe, expect, it } from 'vitest'
import { emptyMapping, type ImportContext, type Mapping, type MappingOptions } from '#kernel/import.ts'
import { importContext } from '#testing/import-context.ts'
import { mappingFrom, tableFrom } from '#testing/import-table.ts'
import { originalScalesOf, riskImport } from './import-risks.ts'

const headings = [
  'ID',
  'Risk',
  'Story',
  'Assets',
  'Owner',
  'CIA',
  'L',
  'Fin',
  'Law',
  'Max',
  'Score',
  'Level',
  'RL',
  'RI',
  'RS',
  'Controls',
  'Existing',
  'Decision',
  'Measures',
  'Due',
  'Status',
]
const fields = {
  ref: 'ID',
  title: 'Risk',
  description: 'Story',
  assets: 'Assets',
  owner: 'Owner',
  properties: 'CIA',
  'inherent.likelihood': 'L',
  'inherent.impact.financial': 'Fin',
  'inherent.impact.legal': 'Law',
  'inherent.impact': 'Max',
  'inherent.score': 'Score',
  'inherent.level': 'Level',
  'residual.likelihood': 'RL',
  'residual.impact': 'RI',
  'residual.score': 'RS',
  controls: 'Controls',
  existingControls: 'Existing',
  decision: 'Decision',
  measures: 'Measures',
  measureDue: 'Due',
  status: 'Status',
}
const identity = { 1: 1, 2: 2, 3: 3, 4: 4, 5: 5 }
const options: MappingOptions = {
  ...emptyMapping('risks', '', 1).options,
  dimensions: { financial: 'financial', legal: 'legal' },
}
const converted = { levelMaps: { likelihood: identity, impact: identity }, options }

type Row = Partial<Record<(typeof headings)[number], string | number>>

function interpret(
  rows: readonly Row[],
  changes: Partial<Mapping> = converted,
  context: ImportContext = importContext(),
) {
  const table = tableFrom(
    headings,
    rows.map((row) => headings.map((heading) => row[heading] ?? null)),
  )
  return riskImport.interpret(table, mappingFrom('risks', table, fields, changes), context)
}
const one = (row: Row, changes: Partial<Mapping> = converted, context?: ImportContext) => {
  const [result] = interpret([{ ID: 'X-1', Risk: 'Fire', ...row }], changes, context)
  if (!result) throw new Error('no row')
  return result
}
const codes = (row: { issues: readonly { code: string }[] }): string[] => row.issues.map((issue) => issue.code)

describe('scores', () => {
  const scored = { L: 4, Fin: 5, Law: 2, Max: 5, Score: 20, Level: 'Critical' }

  it('are converted by the level map and kept as they were', () => {
    const row = one(scored)
    expect(row.becomes?.scores.inherent).toEqual({ likelihood: 4, consequences: { financial: 5, legal: 2 } })
    expect(row.becomes?.original.inherent).toEqual({
      likelihood: '4',
      impacts: { financial: '5', legal: '2' },
      impact: '5',
      score: '20',
      level: 'Critical',
      scores: { likelihood: 4, consequences: { financial: 5, legal: 2 } },
    })
    expect(row.becomes?.raw).toMatchObject({ L: '4', Score: '20', Level: 'Critical' })
    expect(row.issues).toEqual([])
  })

  it('are never stretched: a level without an entry stays open, a value off the scale is refused', () => {
    const halved = { levelMaps: { likelihood: { low: 1, medium: 3, high: null }, impact: identity }, options }
    expect(one({ L: 'Medium', Fin: 2 }, halved).becomes?.scores.inherent).toEqual({
      likelihood: 3,
      consequences: { financial: 2 },
    })
    const open = one({ L: 'High', Fin: 2 }, halved)
    expect(open).toMatchObject({ status: 'create', becomes: { scores: { inherent: null } } })
    expect(codes(open)).toContain('import.level_open')
    const off = one({ L: 6, Fin: 2 })
    expect(off.status).toBe('error')
    expect(off.issues[0]?.message).toBe(
      '“6” in “L” is not on the file’s scale 1–5; correct it, or add it to the level map',
    )
    expect(one({ L: 3, Fin: 2 }, { levelMaps: { likelihood: { 3: 9 }, impact: identity }, options })).toMatchObject({
      status: 'error',
      issues: [{ code: 'import.off_method_scale' }],
    })
  })

  it('stay away when only a product or a level is given', () => {
    const row = one({ Score: 12, Level: 'High' })
    expect(row.becomes?.scores).toEqual({ inherent: null, current: null, target: null })
    expect(row.becomes?.original.inherent).toMatchObject({ score: '12', level: 'High', scores: null })
    expect(codes(row)).toEqual(['import.only_score'])
    expect(codes(one({ L: 3, Score: 12 }))).toEqual(['import.no_impact'])
  })

  it('keep a single impact overall instead of copying it into dimensions', () => {
    expect(one({ L: 3, Max: 4 }).becomes?.scores.inherent).toEqual({ likelihood: 3, consequences: { overall: 4 } })
    const strange = { ...converted, options: { ...options, dimensions: { financial: null, legal: null } } }
    expect(one({ L: 3, Fin: 4, Law: 2 }, strange).becomes?.scores.inherent).toEqual({
      likelihood: 3,
      consequences: { overall: 4 },
    })
  })

  it('join dimensions the method has as one by their highest level', () => {
    const joined = { ...converted, options: { ...options, dimensions: { financial: 'financial', legal: 'financial' } } }
    expect(one({ L: 3, Fin: 2, Law: 4 }, joined).becomes?.scores.inherent).toEqual({
      likelihood: 3,
      consequences: { financial: 4 },
    })
  })

  it('report what does not add up, without refusing it', () => {
    const rows = interpret([
      { ID: 'A', Risk: 'a', ...scored },
      { ID: 'B', Risk: 'b', L: 2, Fin: 3, Max: 4, Score: 8 },
      { ID: 'C', Risk: 'c', L: 2, Max: 2, Score: 4 },
      { ID: 'D', Risk: 'd', L: 3, Max: 3, Score: 9 },
      { ID: 'E', Risk: 'e', L: 3, Max: 3, Score: 8 },
    ])
    expect(rows.map((row) => row.status)).toEqual(['create', 'create', 'create', 'create', 'create'])
    expect(rows.map(codes)).toEqual([[], ['import.maximum_deviates'], [], [], ['import.product_deviates']])
    const level = one({ ...scored, Level: 'High' })
    expect(level.issues[0]).toMatchObject({
      severity: 'warning',
      code: 'import.level_deviates',
      message: 'The file says “High”; by method “Annual 2026” this is “Critical” (likelihood 4, impact 5)',
    })
  })

  it('are kept as original values where no method is in force', () => {
    const row = one(scored, converted, importContext({ method: null }))
    expect(row.becomes?.scores.inherent).toBeNull()
    expect(codes(row)).toEqual(['import.no_method'])
  })
})

describe('residual figures', () => {
  const row: Row = { L: 4, Max: 5, RL: 2, RI: 4, RS: 8 }

  it('go nowhere until somebody says what they mean', () => {
    const open = one(row)
    expect(open.becomes?.scores).toMatchObject({ current: null, target: null })
    expect(open.becomes?.original.residual).toMatchObject({
      likelihood: '2',
      impact: '4',
      scores: { likelihood: 2, consequences: { overall: 4 } },
    })
    expect(codes(open)).toEqual(['import.residual_open'])
  })

  it.each(['current', 'target'] as const)('mean the %s risk when somebody says so', (residualMeans) => {
    expect(one(row, { ...converted, residualMeans }).becomes?.scores[residualMeans]).toEqual({
      likelihood: 2,
      consequences: { overall: 4 },
    })
  })

  it('must not lie above the current risk as its target', () => {
    const table = tableFrom(['Risk', 'L', 'I', 'RL', 'RI'], [['Fire', 2, 2, 3, 4]])
    const mapping = mappingFrom(
      'risks',
      table,
      {
        title: 'Risk',
        'assessed.likelihood': 'L',
        'assessed.impact': 'I',
        'residual.likelihood': 'RL',
        'residual.impact': 'RI',
      },
      { ...converted, residualMeans: 'target', options: { ...options, assessedMeans: 'current' } },
    )
    const [worse] = riskImport.interpret(table, mapping, importContext())
    expect(worse).toMatchObject({ status: 'error', issues: [{ code: 'import.target_above_current' }] })
    const twice = riskImport.interpret(table, { ...mapping, residualMeans: 'current' }, importContext())
    expect(twice[0]).toMatchObject({ status: 'error', issues: [{ code: 'import.stage_twice' }] })
  })
})

describe('what a row says beside the scores', () => {
  it.each([
    ['C, I', 'lost', 'lost', 'notLost'],
    ['CIA', 'lost', 'lost', 'lost'],
    ['Verfügbarkeit', 'notLost', 'notLost', 'lost'],
    ['V, I, V', 'lost', 'lost', 'lost'],
    ['Confidentiality / Availability', 'lost', 'notLost', 'lost'],
    ['', 'notStated', 'notStated', 'notStated'],
    ['money', 'notStated', 'notStated', 'notStated'],
  ])('reads the properties %j', (text, confidentiality, integrity, availability) => {
    expect(one({ CIA: text }).becomes).toMatchObject({ confidentiality, integrity, availability })
  })

  it('reads properties from three columns; a level is no answer', () => {
    const table = tableFrom(
      ['Risk', 'C', 'I', 'A'],
      [
        ['Fire', 'X', 'No', '3'],
        ['Flood', '', '', ''],
      ],
    )
    const mapping = mappingFrom('risks', table, {
      title: 'Risk',
      confidentiality: 'C',
      integrity: 'I',
      availability: 'A',
    })
    const [fire, flood] = riskImport.interpret(table, mapping, importContext())
    expect(fire?.becomes).toMatchObject({ confidentiality: 'lost', integrity: 'notLost', availability: 'notStated' })
    expect(fire?.issues).toMatchObject([{ code: 'import.property_level', field: 'availability' }])
    expect(flood?.becomes).toMatchObject({
      confidentiality: 'notStated',
      integrity: 'notStated',
      availability: 'notStated',
    })
  })

  it.each([
    ['Mitigate', ['modify']],
    ['Mindern', ['modify']],
    ['Transfer', ['share']],
    ['Vermeiden', ['avoid']],
    ['Accept', ['retain']],
    ['Mitigate / Transfer', ['modify', 'share']],
    ['Avoid — sold the business', ['avoid']],
  ])('reads the decision %s', (text, expected) => {
    const row = one({ Decision: text })
    expect(row.becomes).toMatchObject({ options: expected, decision: text })
    expect(row.issues).toEqual([])
  })

  it('retains what is accepted with monitoring, with a note; keeps what it cannot read', () => {
    expect(one({ Decision: 'Accept with monitoring' })).toMatchObject({
      becomes: { options: ['retain'] },
      issues: [{ code: 'import.retain_monitored', severity: 'note' }],
    })
    expect(one({ Decision: 'think about it' })).toMatchObject({
      status: 'create',
      becomes: { options: [], decision: 'think about it' },
      issues: [{ code: 'import.option_unknown', severity: 'warning' }],
    })
  })

  it.each([
    ['Accepted', 'import.claim_accepted'],
    ['Akzeptiert', 'import.claim_accepted'],
    ['Mitigated', 'import.claim_treated'],
    ['Closed', 'import.claim_closed'],
  ])('takes the status %s for a claim', (text, code) => {
    const row = one({ Status: text })
    expect(row.becomes?.status?.text).toBe(text)
    expect(row.issues).toMatchObject([{ code, severity: 'note' }])
  })

  it('resolves owners, assets and controls, and keeps the text of what it cannot', () => {
    const row = one({
      Owner: 'ISO',
      Assets: 'File server + Cellar; ERP system',
      Controls: 'A 5.17 A 8.5, A.9.2.1',
      Existing: 'MFA (A.8.5), backups per A.8.13, 3.5 t door',
    })
    expect(row.becomes).toMatchObject({
      owner: { personId: 'mira' },
      assets: [
        { text: 'File server', assetId: 'asset-files' },
        { text: 'Cellar', assetId: null },
        { text: 'ERP system', assetId: 'asset-erp' },
      ],
      controls: [
        { ref: 'A.8.5', state: 'live' },
        { ref: 'A.8.13', state: 'live' },
        { ref: 'A.5.17', state: 'planned' },
        { ref: 'A.5.16', state: 'planned' },
      ],
    })
    expect(codes(row)).toEqual(['import.asset_unknown', 'import.owner_guessed', 'import.control_previous'])
    expect(one({ Controls: 'A.5.99' })).toMatchObject({
      status: 'create',
      becomes: { controls: [{ text: '5.99', ref: null }] },
      issues: [{ severity: 'warning' }],
    })
  })

  it('makes a measure of each line, due as stated', () => {
    const row = one({ Measures: '- Buy door\n- Train staff', Due: 'Q4-2026' })
    expect(row.becomes?.measures).toMatchObject([
      { text: 'Buy door', due: { date: '2026-12-31' } },
      { text: 'Train staff', due: { text: 'Q4-2026' } },
    ])
    expect(one({ Measures: 'Patrol', Due: 'Fortlaufend' }).becomes?.measures[0]?.due).toEqual({
      text: 'Fortlaufend',
      date: null,
      recurring: true,
    })
  })

  it('finds a title where there is none', () => {
    expect(one({ Risk: '', Story: 'Laptop stolen from a car. It was not encrypted.' }).becomes).toMatchObject({
      title: 'Laptop stolen from a car',
      scenario: 'Laptop stolen from a car. It was not encrypted.',
    })
    expect(one({ Risk: '', Story: '' })).toMatchObject({
      status: 'error',
      issues: [{ code: 'import.risk_title_missing' }],
    })
  })
})

it('describes the method behind the file as far as the file shows it', () => {
  const table = tableFrom(
    ['Risk', 'L (1-4)', 'I', 'Score', 'Level'],
    [
      ['a', 1, 2, 2, 'Low'],
      ['b', 3, 5, 15, 'High'],
      ['c', 3, 1, 3, 'Low'],
      ['d', 2, 3, 6, 'Medium'],
      ['e', 9, 4, 36, 'High'],
    ],
  )
  const mapping = mappingFrom('risks', table, {
    title: 'Risk',
    'assessed.likelihood': 'L (1-4)',
    'assessed.impact': 'I',
    'assessed.score': 'Score',
    'assessed.level': 'Level',
  })
  expect(originalScalesOf(table, mapping)).toEqual({
    likelihood: [1, 2, 3, 4].map((value) => ({ value, name: String(value) })),
    dimensions: [],
    overall: [1, 2, 3, 4, 5].map((value) => ({ value, name: String(value) })),
    levelsSeen: [
      { name: 'Low', lowest: 2, highest: 3 },
      { name: 'Medium', lowest: 6, highest: 6 },
      { name: 'High', lowest: 15, highest: 36 },
    ],
    scoreRule: 'product',
  })
})
