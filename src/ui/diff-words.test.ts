import fc from 'fast-check'
import { expect, test } from 'vitest'
import { diffWords } from './diff-words.ts'

test('both texts can be put together from the parts', () => {
  const text = fc
    .array(fc.constantFrom('a', 'b', 'access', ' ', '\n'), { maxLength: 30 })
    .map((words) => words.join(''))
  fc.assert(
    fc.property(text, text, (before, after) => {
      const parts = diffWords(before, after)
      const join = (without: string) =>
        parts
          .filter((part) => part.kind !== without)
          .map((part) => part.text)
          .join('')
      expect(join('added')).toBe(before)
      expect(join('removed')).toBe(after)
    }),
  )
})
