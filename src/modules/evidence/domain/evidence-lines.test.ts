import fc from 'fast-check'
import { expect, test } from 'vitest'
import { buildArtefact, day, moment, person, today } from './artefact.fixtures.ts'
import type { Artefact } from './artefact.ts'
import { type EvidenceQuestion, evidenceLines, type NotCounted, type UsedArtefact } from './evidence-lines.ts'

const ask: EvidenceQuestion = {
  today,
  zone: moment.zone,
  frequency: null,
  understanding: false,
  ownerId: person('olga'),
}
const interview = (fields: Partial<Artefact>): Artefact =>
  buildArtefact({ kind: 'interview', effectiveOn: day('2026-03-01'), ...fields })
const plain = (artefact: Artefact): UsedArtefact => ({ artefact, assurance: false })
const reasons = (artefacts: Artefact[], question: Partial<EvidenceQuestion> = {}): (NotCounted | null)[] =>
  evidenceLines(artefacts.map(plain), { ...ask, ...question }).map(({ why }) => why)

test.each<[Partial<Artefact>, NotCounted | null]>([
  [{}, null],
  [{ kind: 'observation' }, null],
  [{ kind: 'testResult', outcome: 'passed' }, null],
  [{ kind: 'testResult', outcome: 'failed' }, 'testFailed'],
  [{ kind: 'link', url: 'https://wiki.example/', sha256: null }, 'linkNotCaptured'],
  [{ kind: 'link', url: 'https://wiki.example/' }, null],
  [{ effectiveOn: day('2026-04-02') }, 'notYetEffective'],
  [{ effectiveOn: day('2026-04-01') }, null],
  [{ verdict: 'contradicts' }, 'contradicts'],
  [{ verdict: 'inconclusive' }, 'inconclusive'],
  [{ verdict: 'supports' }, null],
  [{ kind: 'interview', intervieweeId: person('ben') }, 'onlyWord'],
])('%j: %s', (fields, why) => {
  const [line] = evidenceLines([plain(buildArtefact(fields))], ask)
  expect(line).toMatchObject({ why, acceptable: why === null })
})

test('two independent interviews show understanding, and nothing else', () => {
  const two = [interview({ intervieweeId: person('ben') }), interview({ intervieweeId: person('cleo') })]
  expect(reasons(two, { understanding: true })).toEqual([null, null])
  expect(reasons(two)).toEqual(['onlyWord', 'onlyWord'])
  const owners = interview({ intervieweeId: person('olga') })
  expect(reasons([...two, owners], { understanding: true })).toEqual([null, null, 'onlyWord'])
})

test.each<[string, Partial<Artefact>]>([
  ['with the same person', { intervieweeId: person('ben') }],
  ['with the owner', { intervieweeId: person('olga') }],
  ['with whoever wrote it down', { intervieweeId: person('anna') }],
  ['that is stale', { intervieweeId: person('cleo'), validUntil: day('2026-03-01') }],
  ['that shows the contrary', { intervieweeId: person('cleo'), verdict: 'contradicts' }],
  ['that was withdrawn', { intervieweeId: person('cleo'), withdrawnAt: moment.now }],
])('an interview %s is not a second one', (_which, fields) => {
  const lines = evidenceLines([interview({ intervieweeId: person('ben') }), interview(fields)].map(plain), {
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

test('an assurance is one only while a person has read its scope and validity', () => {
  const read = { verdict: 'supports', concludedBy: person('anna'), validUntil: day('2027-01-01') } as const
  const assures = (fields: Partial<Artefact>, assurance = true): boolean | undefined =>
    evidenceLines([{ artefact: buildArtefact(fields), assurance }], ask)[0]?.assurance
  expect(assures(read)).toBe(true)
  expect(assures(read, false)).toBe(false)
  expect(assures({ ...read, verdict: null, concludedBy: null })).toBe(false)
  expect(assures({ ...read, validUntil: null })).toBe(false)
})

const artefacts = fc.record({
  kind: fc.constantFrom('file' as const, 'link' as const, 'interview' as const),
  intervieweeId: fc.option(fc.constantFrom('anna', 'ben', 'cleo', 'olga').map(person)),
  verdict: fc.option(fc.constantFrom('supports' as const, 'contradicts' as const)),
  withdrawnAt: fc.option(fc.constant(moment.now)),
  sha256: fc.option(fc.constant('a'.repeat(64))),
})

test('order does not matter, and withdrawing one artefact never makes another count', () => {
  fc.assert(
    fc.property(fc.array(artefacts, { maxLength: 6 }), fc.boolean(), (drawn, understanding) => {
      const all = drawn.map((fields, index) => buildArtefact({ ...fields, ref: `E-${index}` }))
      const counted = (some: Artefact[]): string[] =>
        evidenceLines(some.map(plain), { ...ask, understanding })
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
