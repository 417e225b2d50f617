import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Id } from '#kernel/id.ts'
import type { Instant } from '#kernel/time.ts'
import { adoptControl, decideApplicability } from './control.ts'
import { judgeSoa, redline } from './redline.ts'
import {
  issueSoa,
  proposeSoa,
  type SoaRow,
  type SoaVersion,
  separationOf,
  soaGaps,
  soaIssues,
  soaRow,
  soaSteps,
} from './soa.ts'

const row = (ref: string, patch: Partial<SoaRow> = {}): SoaRow =>
  soaRow({
    ref,
    title: `Control ${ref}`,
    theme: 'organizational',
    own: false,
    applicability: 'applicable',
    drivers: [{ kind: 'risk', ref: 'R-1', title: 'Ransomware' }],
    justification: '',
    implementation: 'done',
    status: 'implemented',
    plannedOn: null,
    operatedBy: 'us',
    provider: '',
    owner: 'Anna',
    evidence: [],
    ...patch,
  })
const key = { id: 'v' as Id<'soa'>, orgId: 'o' as Id<'org'>, number: 1 }
const now = '2026-03-01T00:00:00.000Z' as Instant
const propose = (rows: SoaRow[]) =>
  proposeSoa(key, { rows, hash: 'h', language: 'en', note: '' }, { personId: null, now })

test('a statement with an undecided control cannot be proposed, and the refusal names it', () => {
  const refused = propose([row('A.5.1'), row('A.5.2', { applicability: 'undecided' })])
  expect(refused).toMatchObject({
    ok: false,
    refusal: { code: 'soa.undecided', message: 'Decide first whether A.5.2 applies.' },
  })
})

test('an exclusion needs a reason of its own and no driver', () => {
  const control = adoptControl(
    { id: 'c' as Id<'control'>, orgId: 'o' as Id<'org'>, ref: 'A.7.4' },
    { release: 'iso27001-2022', theme: 'physical' },
  ).after
  const decide = (justification: string, drivers: string[]) =>
    decideApplicability(control, { applicability: 'excluded', justification }, drivers)
  expect(decide('n/a', [])).toMatchObject({ refusal: { code: 'control.exclusion_unjustified' } })
  const reason = 'No premises of our own: everybody works from home or with customers.'
  expect(decide(reason, ['R-3', 'R-4'])).toMatchObject({
    refusal: { code: 'control.needed', message: 'A.7.4 cannot be excluded while R-3 and R-4 ask for it.' },
  })
  expect(decide(reason, [])).toMatchObject({ ok: true, value: { action: 'control.excluded' } })
})

test('issuing supersedes the version before, and never signs what has changed meanwhile', () => {
  const first = propose([row('A.5.1')])
  if (!first.ok) throw new Error('not proposed')
  const by = { personId: 'p' as Id<'person'>, now }
  expect(issueSoa(first.value.after, undefined, by, 'other')).toMatchObject({
    refusal: { code: 'soa.proposal_out_of_date' },
  })
  const issued = issueSoa(first.value.after, undefined, by, 'h')
  if (!issued.ok) throw new Error('not issued')
  const version = issued.value.at(-1)?.after as SoaVersion
  const next = issueSoa({ ...first.value.after, id: 'w' as Id<'soa'>, number: 2 }, version, by, 'h')
  expect(next.ok && next.value.map((change) => [change.after.number, change.after.status])).toEqual([
    [1, 'superseded'],
    [2, 'issued'],
  ])
  expect(soaSteps.superseded).toEqual([])
})

test('who prepared a version may issue it, and the event says so, as it does when no person prepared it', () => {
  const [anna, theo] = ['p' as Id<'person'>, 'q' as Id<'person'>]
  const statement = { rows: [row('A.5.1')], hash: 'h', language: 'en', note: '' }
  const issuedBy = (personId: Id<'person'>, preparedBy: Id<'person'> | null = anna) => {
    const proposed = proposeSoa(key, statement, { personId: preparedBy, now })
    if (!proposed.ok) throw new Error('not proposed')
    expect(separationOf(proposed.value.after)).toBeNull()
    const issued = issueSoa(proposed.value.after, undefined, { personId, now }, 'h')
    if (!issued.ok) throw new Error('not issued')
    return issued.value.map(({ action, after }) => [action, separationOf(after)])
  }
  expect(issuedBy(anna)).toEqual([['soa.issued_by_preparer', 'onePerson']])
  expect(issuedBy(theo)).toEqual([['soa.issued', 'twoPersons']])
  expect(issuedBy(theo, null)).toEqual([['soa.issued_without_preparer', 'unknown']])
})

test('warnings do not block, and say what an auditor would ask', () => {
  expect(
    soaIssues([row('A.5.1', { drivers: [], owner: null, status: 'claimed' })]).map((issue) => [
      issue.severity,
      issue.code,
    ]),
  ).toEqual([
    ['warns', 'noDriver'],
    ['warns', 'noOwner'],
    ['warns', 'claimed'],
  ])
})

test('what is missing is told by kind: what blocks first, each control under all that is missing of it', () => {
  const rows = [
    row('A.5.1', { owner: null, implementation: ' ' }),
    row('A.5.2', { owner: null, drivers: [], status: 'claimed' }),
    row('A.5.3', { applicability: 'undecided', owner: null }),
    row('A.5.4', { applicability: 'excluded', justification: 'n/a', drivers: [] }),
    row('A.5.5'),
  ]
  expect(soaGaps(rows)).toEqual([
    { code: 'undecided', severity: 'blocks', refs: ['A.5.3'] },
    { code: 'exclusionUnjustified', severity: 'blocks', refs: ['A.5.4'] },
    { code: 'noDriver', severity: 'warns', refs: ['A.5.2'] },
    { code: 'claimed', severity: 'warns', refs: ['A.5.2'] },
    { code: 'noOwner', severity: 'warns', refs: ['A.5.1', 'A.5.2'] },
    { code: 'notDescribed', severity: 'warns', refs: ['A.5.1'] },
  ])
  // No kind is left out of the order.
  const all = soaIssues([...rows, row('A.5.6', { status: 'failing' }), row('A.5.7', { applicability: 'excluded' })])
  const told = soaGaps([...rows, row('A.5.6', { status: 'failing' }), row('A.5.7', { applicability: 'excluded' })])
  expect(told.flatMap(({ code, refs }) => refs.map((ref) => `${code} ${ref}`)).sort()).toEqual(
    all.map(({ code, ref }) => `${code} ${ref}`).sort(),
  )
})

test('a redline shows wording, the judgement only what makes the statement untrue', () => {
  const before = [row('A.5.1'), row('A.5.2'), row('A.5.3')]
  const after = [
    row('A.5.1', { implementation: 'done better' }),
    row('A.5.2', { status: 'claimed' }),
    row('C-1', { own: true }),
  ]
  expect(redline(before, after).map((one) => [one.ref, one.kind, one.fields.map((field) => field.field)])).toEqual([
    ['A.5.1', 'changed', ['implementation']],
    ['A.5.2', 'changed', ['declared']],
    ['C-1', 'added', []],
    ['A.5.3', 'removed', []],
  ])
  expect(judgeSoa(before, after).reasons.map((one) => one.ref)).toEqual(['A.5.2', 'C-1', 'A.5.3'])
})

test('references of a redline stand in the order of their numbers', () => {
  const evidence = ['E-116', 'E-24', 'E-117', 'E-9'].map((ref) => ({ ref, title: ref }))
  const [change] = redline([row('A.5.1')], [row('A.5.1', { evidence })])
  expect(change?.fields).toMatchObject([{ field: 'evidence', before: '', after: 'E-9, E-24, E-116, E-117' }])
})

test('what was issued as claimed and is now said not to be implemented is no longer so', () => {
  const [issued, now] = [row('A.5.2', { status: 'claimed' }), row('A.5.2', { status: 'notImplemented' })]
  expect(judgeSoa([issued], [now]).reasons).toMatchObject([
    { ref: 'A.5.2', fields: [{ field: 'declared', before: 'claimed', after: 'notImplemented', material: true }] },
  ])
})

const rows = fc.uniqueArray(
  fc
    .record({
      ref: fc.integer({ min: 1, max: 30 }).map((n) => `A.5.${n}`),
      owner: fc.option(fc.constantFrom('Anna', 'Ben')),
      justification: fc.constantFrom('', 'because'),
      status: fc.constantFrom('implemented', 'claimed', 'partial'),
    })
    .map(({ ref, ...patch }) => row(ref, patch)),
  { selector: (one) => one.ref },
)

test('a statement compared with itself shows nothing; order does not matter; what is added one way is removed the other', () => {
  fc.assert(
    fc.property(rows, rows, (a, b) => {
      expect(redline(a, a.toReversed())).toEqual([])
      const added = redline(a, b)
        .filter((one) => one.kind === 'added')
        .map((one) => one.ref)
      const removed = redline(b, a)
        .filter((one) => one.kind === 'removed')
        .map((one) => one.ref)
      expect(new Set(added)).toEqual(new Set(removed))
    }),
  )
})
