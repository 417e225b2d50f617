import { expect, test } from 'vitest'
import { leavesOf, releaseFaults } from './domain/release.ts'
import { readRelease, releaseNames } from './server/read-release.ts'
import { catalogueOf, defaultRelease } from './server/reader.ts'

test.each(releaseNames())('%s keeps what it promises', (name) => {
  expect(releaseFaults(readRelease(name).release)).toEqual([])
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
  const { release } = readRelease(defaultRelease)
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
