import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { breakMark, hyphenMark, markBreaks } from './break-points.ts'
import { textWidth } from './text-width.ts'

const withoutMarks = (text: string): string => text.replaceAll(breakMark, '').replaceAll(hyphenMark, '')

describe('markBreaks', () => {
  it('leaves words alone that fit', () => {
    expect(markBreaks('Access rights are reviewed', 10, 'en')).toBe('Access rights are reviewed')
  })

  it('lets a long word be hyphenated where the language has patterns', () => {
    const word = 'Datenschutzfolgenabschätzungsverfahren'
    expect(markBreaks(word, 10, 'de')).toBe(hyphenMark + word + hyphenMark)
    expect(markBreaks(word, 10, 'ja')).toContain(breakMark)
  })

  it('breaks addresses after punctuation', () => {
    expect(markBreaks('https://example.org/path/to', 6, 'en').split(breakMark)).toEqual([
      'https://',
      'example.',
      'org/',
      'path/',
      'to',
    ])
  })

  it('lets no unbreakable part be wider than the column', () => {
    const word = fc.string({ unit: fc.constantFrom('x', 'W', '0', '/', '-', 'é', 'ä') })
    fc.assert(
      fc.property(word, fc.integer({ min: 2, max: 20 }), (text, width) => {
        const parts = markBreaks(text, width, 'de')
          .split(breakMark)
          .filter((part) => !part.startsWith(hyphenMark))
        // One character may be wider than the narrowest column; then nothing can be done.
        for (const part of parts) expect(textWidth(part)).toBeLessThanOrEqual(width + 1)
      }),
    )
  })

  it('changes nothing but marks', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.integer({ min: 1, max: 30 }), (text, width) => {
        expect(withoutMarks(markBreaks(text, width, 'de'))).toBe(withoutMarks(text))
      }),
    )
  })
})
