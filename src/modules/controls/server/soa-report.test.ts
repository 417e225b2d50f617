import { expect, test } from 'vitest'
import type { Instant } from '#kernel/time.ts'
import type { OrgFacts } from '#platform/access/policy.ts'
import type { SoaRow } from '../domain/soa.ts'
import { soaReport } from './soa-report.ts'

const org = { name: 'Acme', timeZone: 'UTC' } as OrgFacts
const moment = { generatedAt: '2026-03-31T09:00:00.000Z' as Instant }
const monthly = (n: number): SoaRow['evidence'] =>
  Array.from({ length: n }, (_, i) => ({ ref: `E-${i + 1}`, title: `Restore test ${i + 1}` }))
const row = (evidence: SoaRow['evidence']): SoaRow => ({
  ref: 'A.8.13',
  title: 'Information backup',
  theme: 'technological',
  own: false,
  applicability: 'applicable',
  drivers: [],
  justification: '',
  implementation: '',
  declared: 'implemented',
  status: 'implemented',
  plannedOn: null,
  operatedBy: 'us',
  provider: '',
  owner: '',
  evidence,
})

function cellOf(key: string, printed: SoaRow): unknown {
  const statement = { rows: [printed], version: null, language: 'en' } as const
  const report = soaReport(statement, org, moment)
  const tables = report.sections.flatMap(({ blocks }) => blocks).filter((block) => block.kind === 'table')
  return tables[0]?.groups?.[0]?.rows[0]?.[key]
}
const evidenceCell = (evidence: SoaRow['evidence']): unknown => cellOf('evidence', row(evidence))

test('a year of monthly evidence stays a short cell: the latest by title, the others by reference', () => {
  expect(evidenceCell(monthly(1))).toEqual(['E-1 Restore test 1'])
  expect(evidenceCell(monthly(12))).toEqual([
    'E-12 Restore test 12',
    'also E-11, E-10, E-9, E-8, E-7, E-6, E-5, E-4, E-3, E-2, E-1',
  ])
})

test('three series are named, the latest first; nothing is left out', () => {
  const named = ['Policy', 'Restore test, May', 'Minutes', 'Log'].map((title, i) => ({ ref: `E-${i + 1}`, title }))
  expect(evidenceCell(named)).toEqual(['E-4 Log', 'E-3 Minutes', 'E-2 Restore test, May', 'also E-1'])
})

test('data for programs name every artefact with its title', () => {
  const report = soaReport({ rows: [row(monthly(12))], version: null, language: 'en' }, org, moment)
  expect(report.data?.[0]?.['evidence']).toHaveLength(12)
})

test('a control that many risks rely on stays a short row: five reasons by title, the others by reference', () => {
  const risks = Array.from(
    { length: 8 },
    (_, i) => ({ kind: 'risk', ref: `R-${i + 1}`, title: `Loss ${i + 1}` }) as const,
  )
  const decision = { kind: 'business', ref: '', title: 'Customers ask for it' } as const
  const printed = { ...row([]), drivers: [...risks, decision], justification: 'Needed.' }
  expect(cellOf('why', printed)).toEqual([
    'Risk R-1: Loss 1',
    'Risk R-2: Loss 2',
    'Risk R-3: Loss 3',
    'Risk R-4: Loss 4',
    'Risk R-5: Loss 5',
    'Business decision: Customers ask for it',
    'also R-6, R-7, R-8',
    'Needed.',
  ])
  const report = soaReport({ rows: [printed], version: null, language: 'en' }, org, moment)
  expect(report.data[0]?.['drivers']).toHaveLength(9)
})
