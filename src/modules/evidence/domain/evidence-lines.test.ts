import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Id } from '#kernel/id.ts'
import { buildArtefact, day, moment, person, today } from './artefact.fixtures.ts'
import type { Artefact } from './artefact.ts'
import { attachArtefact, detachArtefact } from './control-artefact.ts'
import { type EvidenceQuestion, evidenceLines, type NotCounted } from './evidence-lines.ts'

const ask: EvidenceQuestion = {
  today,
  zone: moment.zone,
  frequency: null,
  understanding: false,
  ownerId: person('olga'),
}
const interview = (fields: Partial<Artefact>): Artefact =>
  buildArtefact({ nature: 'interview', collectedBy: person('anna'), effectiveOn: day('2026-03-01'), ...fields })
const reasons = (artefacts: Artefact[], question: Partial<EvidenceQuestion> = {}): (NotCounted | null)[] =>
  evidenceLines(artefacts, { ...ask, ...question }).map(({ why }) => why)

test.each<[Partial<Artefact>, NotCounted | null]>([
  [{}, null],
  [{ nature: 'observation' }, null],
  [{ nature: 'configuration', kind: 'testResult', outcome: 'passed' }, null],
  [{ kind: 'testResult', outcome: 'failed' }, 'testFailed'],
  [{ kind: 'link', url: 'https://wiki.example/', sha256: null }, 'linkNotCaptured'],
  [{ kind: 'link', url: 'https://wiki.example/' }, null],
  [{ effectiveOn: day('2026-04-02') }, 'notYetEffective'],
  [{ effectiveOn: day('2026-04-01') }, null],
  [{ verdict: 'contradicts' }, 'contradicts'],
  [{ verdict: 'inconclusive' }, 'inconclusive'],
  [{ verdict: 'supports' }, null],
  [{ nature: 'statement' }, 'onlyWord'],
  [{ nature: 'interview', intervieweeId: person('ben') }, 'onlyWord'],
])('%j: %s', (fields, why) => {
  const [line] = evidenceLines([buildArtefact(fields)], ask)
  expect(line).toMatchObject({ why, acceptable: why === null })
})

test('two independent interviews show understanding, and nothing else', () => {
  const two = [interview({ intervieweeId: person('ben') }), interview({ intervieweeId: person('cleo') })]
  expect(reasons(two, { understanding: true })).toEqual([null, null])
  expect(reasons(two)).toEqual(['onlyWord', 'onlyWord'])
  expect(reasons([...two, buildArtefact({ nature: 'statement' })], { understanding: true })).toEqual([
    null,
    null,
    'onlyWord',
  ])
})

test.each<[string, Partial<Artefact>]>([
  ['with the same person', { intervieweeId: person('ben') }],
  ['with the owner', { intervieweeId: person('olga') }],
  ['with whoever wrote it down', { intervieweeId: person('anna') }],
  ['that is stale', { intervieweeId: person('cleo'), validUntil: day('2026-03-01') }],
  ['that shows the contrary', { intervieweeId: person('cleo'), verdict: 'contradicts' }],
  ['that was withdrawn', { intervieweeId: person('cleo'), withdrawnAt: moment.now }],
])('an interview %s is not a second one', (_which, fields) => {
  const lines = evidenceLines([interview({ intervieweeId: person('ben') }), interview(fields)], {
    ...ask,
    understanding: true,
  })
  expect(lines[0]).toMatchObject({ acceptable: false, why: 'onlyWord' })
})

test('one name written twice is one person', () => {
  const twice = [interview({ intervieweeText: 'Ben  Adler' }), interview({ intervieweeText: 'ben adler ' })]
  expect(reasons(twice, { understanding: true })).toEqual(['onlyWord', 'onlyWord'])
  const two = [interview({ intervieweeText: 'Ben Adler' }), interview({ intervieweeText: 'Cleo Brandt' })]
  expect(reasons(two, { understanding: true })).toEqual([null, null])
})

test('an assurance is one only when a person has read its scope and validity', () => {
  const read = {
    nature: 'assurance',
    verdict: 'supports',
    concludedBy: person('anna'),
    validUntil: day('2027-01-01'),
  } as const
  const assures = (fields: Partial<Artefact>): boolean | undefined =>
    evidenceLines([buildArtefact(fields)], ask)[0]?.assurance
  expect(assures(read)).toBe(true)
  expect(assures({ ...read, verdict: null, concludedBy: null })).toBe(false)
  expect(assures({ ...read, validUntil: null })).toBe(false)
  expect(assures({ ...read, nature: 'document' })).toBe(false)
})

const artefacts = fc.record({
  nature: fc.constantFrom('document' as const, 'interview' as const, 'statement' as const),
  intervieweeId: fc.option(fc.constantFrom('anna', 'ben', 'cleo', 'olga').map(person)),
  verdict: fc.option(fc.constantFrom('supports' as const, 'contradicts' as const)),
  withdrawnAt: fc.option(fc.constant(moment.now)),
  kind: fc.constantFrom('file' as const, 'link' as const),
  sha256: fc.option(fc.constant('a'.repeat(64))),
})

test('order does not matter, and withdrawing one artefact never makes another count', () => {
  fc.assert(
    fc.property(fc.array(artefacts, { maxLength: 6 }), fc.boolean(), (drawn, understanding) => {
      const all = drawn.map((fields, index) => buildArtefact({ ...fields, ref: `E-${index}` }))
      const counted = (some: Artefact[]): string[] =>
        evidenceLines(some, { ...ask, understanding })
          .filter(({ acceptable }) => acceptable)
          .map(({ ref }) => ref)
          .sort()
      expect(counted(all.toReversed())).toEqual(counted(all))
      const before = counted(all)
      for (const gone of all) {
        const rest = all.map((artefact) => (artefact === gone ? { ...artefact, withdrawnAt: moment.now } : artefact))
        for (const ref of counted(rest)) expect(before).toContain(ref)
      }
    }),
  )
})

test('an artefact is attached, detached and attached again in one row', () => {
  const control = 'c1' as Id<'control'>
  const id = 'l1' as Id<'controlArtefact'>
  const artefact = buildArtefact()
  const first = attachArtefact(artefact, control, null, id, 'Screening')
  if (!first.ok) throw new Error(first.refusal.message)
  expect(first.value.after).toMatchObject({ id, controlId: control, artefactId: artefact.id, live: true, version: 1 })
  expect(attachArtefact(artefact, control, first.value.after, id)).toMatchObject({
    refusal: { code: 'evidence.already_attached' },
  })
  const gone = detachArtefact(first.value.after, 'Belongs to A.6.2')
  if (!gone.ok) throw new Error(gone.refusal.message)
  expect(gone.value).toMatchObject({ after: { live: false, version: 2 }, reason: 'Belongs to A.6.2' })
  expect(detachArtefact(gone.value.after)).toMatchObject({ refusal: { code: 'evidence.not_attached' } })
  expect(attachArtefact(artefact, control, gone.value.after, id)).toMatchObject({
    value: { after: { id, live: true, version: 3 } },
  })
  const withdrawn = buildArtefact({ withdrawnAt: moment.now })
  expect(attachArtefact(withdrawn, control, null, id)).toMatchObject({ refusal: { code: 'evidence.withdrawn' } })
})
