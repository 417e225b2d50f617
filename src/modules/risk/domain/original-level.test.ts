import { expect, test } from 'vitest'
import type { Id } from '#kernel/id.ts'
import { originalLevels } from './original-level.ts'
import type { ImportedValues } from './risk.ts'

const legacy = 'legacy' as Id<'riskMethod'>
const own = 'own' as Id<'riskMethod'>
const imported: ImportedValues = {
  methodId: legacy,
  inherent: { likelihood: 3, consequences: { financial: 4, legal: 2 } },
  current: null,
  target: null,
  stated: { inherent: null, current: { level: 'High', product: 11 }, target: null },
  claimedStatus: null,
  claimedOwner: null,
}
const unscored = { inherent: null, current: null, target: null }
const inherent = { likelihood: 3, consequence: 4, product: 12, level: null }
const current = { likelihood: null, consequence: null, product: 11, level: 'High' }

test('a risk nobody has scored here keeps what its file said, the highest dimension as consequence', () => {
  expect(originalLevels({ imported, methodId: null, ...unscored })).toEqual({ inherent, current, target: null })
})

test('under the legacy method the levels of the file are told as such', () => {
  const risk = { imported, methodId: legacy, ...unscored, inherent: imported.inherent }
  expect(originalLevels(risk)?.inherent).toEqual(inherent)
})

test('a state that was scored under an own method has no other level beside it', () => {
  const scores = { likelihood: 2, consequences: { overall: 2 } }
  expect(originalLevels({ imported, methodId: own, ...unscored, current: scores })).toEqual({
    inherent,
    current: null,
    target: null,
  })
  expect(originalLevels({ imported, methodId: own, inherent: scores, current: scores, target: scores })).toBeNull()
})

test('a risk that was recorded here has none', () => {
  expect(originalLevels({ imported: null, methodId: null, ...unscored })).toBeNull()
})
