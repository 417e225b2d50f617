import { expect, test } from 'vitest'
import type { Instant } from '#kernel/time.ts'
import type { OrgFacts } from '#platform/access/policy.ts'
import type { SoaRow } from '../domain/soa.ts'
import { type PrintedVersion, soaReport } from './soa-report.ts'

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

const facts = (report: ReturnType<typeof soaReport>, title: string): Record<string, unknown> =>
  Object.fromEntries(
    report.sections
      .filter((section) => section.title === title)
      .flatMap(({ blocks }) => blocks)
      .flatMap((block) => (block.kind === 'facts' ? block.items.map(({ label, value }) => [label, value]) : [])),
  )

test('what is only claimed is told apart from what is evidenced, and the counts add up to the applicable controls', () => {
  const one = (patch: Partial<SoaRow>): SoaRow => ({ ...row([]), ...patch })
  const claimed = one({ status: 'claimed', declared: 'notImplemented' })
  const rows = [
    one({}),
    one({ status: 'partial', declared: 'partiallyImplemented' }),
    claimed,
    claimed,
    one({ status: 'planned', declared: 'notImplemented' }),
    one({ applicability: 'excluded', status: 'notApplicable', declared: 'notApplicable' }),
    one({ applicability: 'undecided', status: 'notDetermined', declared: 'notImplemented' }),
  ]
  const report = soaReport({ rows, version: null, language: 'de' }, org, moment)
  expect(facts(report, 'Überblick')).toEqual({
    Maßnahmen: 7,
    Anwendbar: 5,
    Ausgeschlossen: 1,
    Offen: 1,
    'Umgesetzt, nachgewiesen': 1,
    'Teilweise umgesetzt, nachgewiesen': 1,
    'Behauptet, ohne Nachweis': 2,
    'Nicht umgesetzt': 1,
  })
  expect(cellOf('status', claimed)).toEqual({ icon: 'dotted', tone: 'caution', text: 'Claimed, not evidenced' })
  expect(cellOf('status', one(rows[6] ?? {}))).toMatchObject({ text: 'Not assessed' })
  expect(report.data.map(({ status, claimed }) => [status, claimed]).slice(1, 4)).toEqual([
    ['partiallyImplemented', false],
    ['notImplemented', true],
    ['notImplemented', true],
  ])
})

const version: PrintedVersion = {
  number: 2,
  status: 'issued',
  note: 'For the certification audit.',
  hash: 'ab'.repeat(32),
  prepared: { name: 'Judith Amsel', jobTitle: 'ISMS manager', at: '2026-03-01T08:00:00.000Z' as Instant },
  approved: { name: 'Henrik Solberg', jobTitle: '', at: '2026-03-02T08:00:00.000Z' as Instant },
  separation: 'twoPersons',
  endedAt: null,
  supersededBy: null,
  standing: { holds: true, reasons: [] },
}
const printed = (patch: Partial<PrintedVersion>) =>
  soaReport({ rows: [row([])], version: { ...version, ...patch }, language: 'en' }, org, moment)
const remarksOf = (report: ReturnType<typeof soaReport>): (string | undefined)[] =>
  report.sections
    .flatMap(({ blocks }) => blocks)
    .flatMap((block) => (block.kind === 'callout' ? [block.title, block.text] : []))

test('an issued version says who prepared and approved it, in which position and when, and what its hash is', () => {
  const report = printed({})
  expect(facts(report, 'Approval')).toEqual({
    'Prepared by': 'Judith Amsel, ISMS manager',
    'Prepared on': '1 March 2026 at 08:00 UTC',
    'Approved by': 'Henrik Solberg',
    'Approved on': '2 March 2026 at 08:00 UTC',
    Note: 'For the certification audit.',
    'Content hash (SHA-256)': version.hash,
  })
  expect(report.meta).toMatchObject({
    status: 'issued',
    standing: 'Unchanged: the records agree with what was issued.',
  })
  // The JSON has no approval section, only what is known of the document.
  expect(report.meta).toMatchObject({ preparer: 'Judith Amsel, ISMS manager', preparedAt: version.prepared.at })
  expect(report.meta.separation).toBeUndefined()
  expect(report.meta.mark).toBeUndefined()
  expect(remarksOf(report)).toEqual([])
})

test('a version prepared and approved by one person says so beside the approval', () => {
  const report = printed({ separation: 'onePerson' })
  const sentence = 'The same person prepared and approved this version.'
  expect(facts(report, 'Approval')).toMatchObject({ 'Separation of duties': sentence })
  expect(report.meta.separation).toBe(sentence)
})

test('a version no person prepared says beside the approval that two people cannot be shown', () => {
  const report = printed({ separation: 'unknown', prepared: { ...version.prepared, name: null, jobTitle: '' } })
  expect(facts(report, 'Approval')).toMatchObject({
    'Prepared by': '–',
    'Separation of duties':
      'Prepared through an API token or an account without a person: whether two people were involved cannot be shown.',
  })
  const approval = report.sections.find(({ title }) => title === 'Approval')
  const how = approval?.blocks.flatMap((block) => (block.kind === 'paragraph' ? [block.text] : [])).join()
  expect(how).toContain('the preparation under an API token or an account that is linked to no person')
  expect(how).not.toContain('each under the signed-in account of the person named')
})

test('a version the records have left says so on every page, and what differs', () => {
  const field = { field: 'operatedBy', before: 'us', after: 'provider', material: true } as const
  const reasons = [
    { ref: 'A.8.13', title: 'Information backup', kind: 'changed', fields: [field] },
    { ref: 'C-1', title: 'Badges', kind: 'added', fields: [] },
  ] as const
  const report = printed({ standing: { holds: false, reasons } })
  expect(report.meta).toMatchObject({
    mark: 'Out of date',
    standing: 'Out of date: since the issue the records differ for A.8.13 and C-1.',
  })
  expect(remarksOf(report)[1]).toBe('What differs for A.8.13 and C-1 is listed under “Changed since the issue”.')
  const [changes] = report.sections.at(-1)?.blocks ?? []
  expect(changes?.kind === 'table' && changes.rows).toEqual([
    { ref: 'A.8.13', title: 'Information backup', field: 'Operated by', before: 'ourselves', after: 'a provider' },
    { ref: 'C-1', title: 'Badges', field: 'Control added' },
  ])
  const many = Array.from({ length: 20 }, (_, i) => ({ ...reasons[1], ref: `C-${i + 1}` }))
  expect(printed({ standing: { holds: false, reasons: many } }).meta.standing).toMatch(/C-11, C-12 and 8 more\.$/)
})

test('a version that is not in force says why on every page', () => {
  const superseded = printed({
    status: 'superseded',
    supersededBy: 3,
    endedAt: '2026-06-01T10:00:00.000Z' as Instant,
    standing: null,
  })
  expect(superseded.meta).toMatchObject({ status: 'superseded', mark: 'Superseded by version 3' })
  expect(remarksOf(superseded)[0]).toBe(
    'This version is no longer in force: version 3 superseded it on 1 June 2026 at 10:00 UTC.',
  )
  const proposed = printed({ status: 'proposed', approved: null, standing: null })
  expect(facts(proposed, 'Approval')).toMatchObject({ 'Approved by': 'Not yet given' })
  expect(proposed.meta.approver).toBeUndefined()
  expect(remarksOf(proposed)).toHaveLength(2)
})
