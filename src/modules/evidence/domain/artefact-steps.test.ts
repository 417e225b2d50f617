import { expect, test } from 'vitest'
import type { Id } from '#kernel/id.ts'
import type { Result } from '#kernel/result.ts'
import { buildArtefact, day, instant, moment, orgId, person } from './artefact.fixtures.ts'
import { type Artefact, type ArtefactContent, type ArtefactFields, blankArtefact } from './artefact.ts'
import { addArtefact, captureLink, changeArtefact, concludeArtefact, withdrawArtefact } from './artefact-steps.ts'
import { recogniseContent } from './recognise-content.ts'

const key = { id: '0193b5a0-0000-7000-8000-0000000000bb' as Id<'artefact'>, orgId, ref: 'E-2' }
const content: ArtefactContent = {
  sha256: 'b'.repeat(64),
  bytes: 5,
  fileName: 'joiners.csv',
  mediaType: 'text/plain',
}
const fields: ArtefactFields = {
  ...blankArtefact,
  kind: 'file',
  title: 'Joiners',
  collectedAt: instant('2026-03-31T08:00:00.000Z'),
}
const codeOf = (result: Result<unknown>): string | null => (result.ok ? null : result.refusal.code)
const fieldOf = (result: Result<unknown>): string | undefined => (result.ok ? undefined : result.refusal.field)
function valueOf<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(result.refusal.message)
  return result.value
}

test('a file with its provenance is recorded', () => {
  const change = valueOf(addArtefact(key, fields, content, moment))
  expect(change).toMatchObject({ type: 'artefact', action: 'artefact.added', before: null, reason: null })
  expect(change.after).toMatchObject({ ...key, ...content, version: 1, verdict: null })
})

test.each<[string, Partial<ArtefactFields>, string]>([
  ['evidence.title_missing', { title: ' ' }, 'title'],
  ['evidence.link_unusable', { kind: 'link', url: 'javascript:alert(1)' }, 'url'],
  ['evidence.link_unusable', { kind: 'link', url: 'https://anna:secret@wiki.example/' }, 'url'],
  ['evidence.link_unusable', { kind: 'link', url: '\\\\server\\share' }, 'url'],
  ['evidence.record_missing', { kind: 'record', recordType: 'review' }, 'recordId'],
  ['evidence.outcome_missing', { kind: 'testResult' }, 'outcome'],
  ['evidence.interviewee_missing', { kind: 'interview' }, 'intervieweeId'],
  ['evidence.note_missing', { kind: 'observation' }, 'description'],
  ['evidence.note_missing', { kind: 'interview', intervieweeText: 'Ben' }, 'description'],
  ['evidence.population_unnamed', { populationCount: 12 }, 'population'],
  ['evidence.population_count', { population: 'joiners', populationCount: 1.5 }, 'populationCount'],
  ['evidence.population_count', { population: 'joiners', populationCount: -1 }, 'populationCount'],
  ['evidence.collected_later', { collectedAt: instant('2026-03-31T22:30:00.001Z') }, 'collectedAt'],
  ['evidence.period_incomplete', { periodTo: day('2026-03-01') }, 'periodFrom'],
  ['evidence.period_reversed', { periodFrom: day('2026-03-02'), periodTo: day('2026-03-01') }, 'periodTo'],
  ['evidence.period_not_over', { periodFrom: day('2026-01-01'), periodTo: day('2026-04-01') }, 'periodTo'],
  ['evidence.valid_before_effective', { effectiveOn: day('2026-03-02'), validUntil: day('2026-03-01') }, 'validUntil'],
])('%s: %j', (code, patch, field) => {
  const added = addArtefact(key, { ...fields, ...patch }, (patch.kind ?? 'file') === 'file' ? content : null, moment)
  expect(codeOf(added)).toBe(code)
  expect(fieldOf(added)).toBe(field)
  const { kind, ...changes } = patch
  if (kind === undefined) expect(codeOf(changeArtefact(buildArtefact(), changes, moment))).toBe(code)
})

test('a file without content is refused', () => {
  expect(codeOf(addArtefact(key, fields, null, moment))).toBe('evidence.file_missing')
})

test('days are days of the organization: what is collected at 22:30 UTC covers 1 April in Berlin', () => {
  const collected = { ...fields, collectedAt: moment.now, periodFrom: day('2026-01-01'), periodTo: day('2026-04-01') }
  expect(addArtefact(key, collected, content, moment).ok).toBe(true)
  expect(codeOf(addArtefact(key, collected, content, { ...moment, zone: 'UTC' }))).toBe('evidence.period_not_over')
})

test('a link is kept without a copy, takes one copy, and no second', () => {
  const link = valueOf(addArtefact(key, { ...fields, kind: 'link', url: 'https://wiki.example/review' }, null, moment))
  expect(link.after.sha256).toBeNull()
  const captured = valueOf(captureLink(link.after, content, moment.now)).after
  expect(captured).toMatchObject({ ...content, collectedAt: moment.now, version: 2 })
  expect(codeOf(captureLink(captured, content, moment.now))).toBe('evidence.already_captured')
  const elsewhere = { url: 'https://wiki.example/other' }
  expect(codeOf(changeArtefact(captured, elsewhere, moment))).toBe('evidence.already_captured')
  expect(changeArtefact(link.after, elsewhere, moment).ok).toBe(true)
  expect(codeOf(captureLink(buildArtefact(), content, moment.now))).toBe('evidence.not_a_link')
})

test('a conclusion is a person’s and says why', () => {
  const judgement = { verdict: 'supports', conclusion: 'All 12 joiners were screened before day one.' } as const
  expect(valueOf(concludeArtefact(buildArtefact(), person('ben'), judgement, moment)).after).toMatchObject({
    ...judgement,
    concludedBy: 'ben',
    concludedOn: '2026-04-01',
  })
  const silent = concludeArtefact(buildArtefact(), person('ben'), { ...judgement, conclusion: ' ' }, moment)
  expect(codeOf(silent)).toBe('evidence.conclusion_missing')
})

test('withdrawing needs a reason, happens once, and ends every change', () => {
  expect(codeOf(withdrawArtefact(buildArtefact(), moment.now, ' '))).toBe('evidence.reason_missing')
  const change = valueOf(withdrawArtefact(buildArtefact(), moment.now, ' Wrong quarter '))
  expect(change).toMatchObject({ action: 'artefact.withdrawn', reason: 'Wrong quarter' })
  const withdrawn: Artefact = change.after
  expect(codeOf(withdrawArtefact(withdrawn, moment.now, 'again'))).toBe('evidence.withdrawn')
  expect(codeOf(changeArtefact(withdrawn, { title: 'x' }, moment))).toBe('evidence.withdrawn')
  expect(codeOf(captureLink(withdrawn, content, moment.now))).toBe('evidence.withdrawn')
  const judgement = { verdict: 'supports', conclusion: 'x' } as const
  expect(codeOf(concludeArtefact(withdrawn, person('ben'), judgement, moment))).toBe('evidence.withdrawn')
})

test('known content is recognised in the earliest live artefact', () => {
  const older = buildArtefact({ ...content, id: '0193b5a0-0000-7000-8000-000000000001' as Id<'artefact'> })
  const newer = buildArtefact({ ...content, id: '0193b5a0-0000-7000-8000-000000000002' as Id<'artefact'> })
  const other = buildArtefact({ id: '0193b5a0-0000-7000-8000-000000000000' as Id<'artefact'> })
  expect(recogniseContent(content, [newer, other, older], ' ')).toBe(older)
})

test('withdrawn content is recorded anew, and so is content somebody wants apart', () => {
  const withdrawn = buildArtefact({ ...content, withdrawnAt: moment.now })
  expect(recogniseContent(content, [withdrawn], '')).toBeUndefined()
  expect(recogniseContent(content, [buildArtefact(content)], 'Examined for the second site')).toBeUndefined()
})
