import { expect, test } from 'vitest'
import { type Hand, methodSeparation } from './method-separation.ts'

const anna: Hand = { kind: 'person', id: 'a' }
const boris: Hand = { kind: 'person', id: 'b' }
const token: Hand = { kind: 'token', id: 't' }

test.each([
  ['onePerson', [anna], anna],
  ['twoPersons', [anna], boris],
  ['twoPersons', [anna, boris], anna],
  ['unknown', [token], anna],
  ['unknown', [anna, token], anna],
  ['unknown', [anna], token],
  ['unknown', [], anna],
] as const)('%s stand behind an approval', (separation, authors, approver) => {
  expect(methodSeparation(authors, approver)).toBe(separation)
})
