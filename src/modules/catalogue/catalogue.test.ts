import { expect, test } from 'vitest'
import { leavesOf, type Release, releaseFaults } from './domain/release.ts'
import { readRelease, releaseNames } from './server/read-release.ts'
import { catalogueOf, defaultRelease } from './server/reader.ts'

test.each(releaseNames())('%s keeps what it promises', (name) => {
  expect(releaseFaults(readRelease(name))).toEqual([])
})

test('Annex A has 93 controls in four themes, eleven of them new', () => {
  const { release, control } = catalogueOf(defaultRelease)
  const count = (theme: string) => release.controls.filter((one) => one.theme === theme).length
  expect([count('organizational'), count('people'), count('physical'), count('technological')]).toEqual([37, 8, 14, 34])
  expect(release.controls.filter((one) => one.isNew).map((one) => one.ref)).toEqual(
    ['5.7', '5.23', '5.30', '7.4', '8.9', '8.10', '8.11', '8.12', '8.16', '8.23', '8.28'].map((ref) => `A.${ref}`),
  )
  expect(leavesOf(release)).toHaveLength(30)
  expect(control('A.5.14')?.predecessors2013).toEqual(['A.13.2.1', 'A.13.2.2', 'A.13.2.3'])
  expect(control('A.9.9')).toBeNull()
})

test('a fault in a release is found and named', () => {
  const release = readRelease(defaultRelease)
  const [first, second, ...others] = release.controls
  if (!first || !second) throw new Error('no controls')
  const broken = {
    ...release,
    controls: [first, { ...second, ref: first.ref, isNew: true, purpose: first.purpose }, ...others],
  }
  const faults = releaseFaults(broken)
  expect(faults).toContain(`${first.ref} stands twice.`)
  expect(faults).toContain(`This sentence stands twice: ${first.purpose.en}`)
  expect(faults.some((fault) => fault.startsWith('new: 12'))).toBe(true)
})

type Draft<T> = { -readonly [K in keyof T]: T[K] extends string | number | boolean | null ? T[K] : Draft<T[K]> }

function get<T>(list: T[], index: number): T {
  const one = list[index]
  if (one === undefined) throw new Error('not there')
  return one
}

const spoiled: [string, RegExp, (release: Draft<Release>) => void][] = [
  ['a clause under nothing', /4\.1 hangs under 99/, (r) => (get(r.clauses, 1).parent = '99')],
  [
    'a leaf without requirements',
    /4\.1 has requirements or clauses under it/,
    (r) => (get(r.clauses, 1).requirements = []),
  ],
  ['a requirement elsewhere', /9-a does not begin/, (r) => (get(get(r.clauses, 1).requirements, 0).ref = '9-a')],
  ['an unknown amendment', /unknown amendment x/, (r) => (get(get(r.clauses, 1).requirements, 0).introducedBy = 'x')],
  ['an unknown attribute value', /unknown domains “x”/, (r) => get(r.controls, 0).attributes.domains.push('x')],
  ['a missing attribute', /A\.5\.1 has no concepts/, (r) => (get(r.controls, 0).attributes.concepts = [])],
  ['a transition to nowhere', /leads to A\.9\.9/, (r) => (get(r.transitions, 0).to = ['A.9.9'])],
  [
    'a one-sided predecessor',
    /A\.5\.1 and the transition table disagree/,
    (r) => get(r.controls, 0).predecessors2013.shift(),
  ],
  ['a wrong relation', /is called split, but is merged/, (r) => (get(r.transitions, 0).relation = 'split')],
  ['a wrong count', /controls: 93 instead of 94/, (r) => (r.counts['controls'] = 94)],
]

test.each(spoiled)('%s is found', (_what, sentence, spoil) => {
  const release = structuredClone(catalogueOf(defaultRelease).release) as Draft<Release>
  spoil(release)
  expect(releaseFaults(release).join('\n')).toMatch(sentence)
})

test('Amendment 1 adds one requirement, and twenty items ask for documented information', () => {
  const requirements = catalogueOf(defaultRelease).release.clauses.flatMap((clause) => clause.requirements)
  expect(requirements.filter((one) => one.introducedBy !== null)).toMatchObject([
    { ref: '4.1-2', introducedBy: 'amd1-2024' },
  ])
  expect(requirements.filter((one) => one.documented !== 'none')).toHaveLength(20)
})
