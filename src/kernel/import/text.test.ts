import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fold, isNothing, isPlaceholder, similarity, splitList, tidy, words } from './text.ts'

describe('fold', () => {
  it.each([
    ['Eigentümer', 'EIGENTUEMER'],
    ['Maßnahme', 'massnahme'],
    ['Risk-Owner ', 'risk owner'],
    ['Likelihood\t', 'likelihood'],
    ['Naïve café', 'naive cafe'],
  ])('makes %j and %j equal', (a, b) => {
    expect(fold(a)).toBe(fold(b))
  })

  it('changes nothing more when done twice', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        expect(fold(fold(text))).toBe(fold(text))
      }),
    )
  })
})

describe('tidy', () => {
  it('keeps what is read and drops what is not', () => {
    expect(tidy('  Fire\u0000 \u200bin\tthe  \r\n server room \n\n\n\nEnd ')).toBe('Fire in the\nserver room\n\nEnd')
  })

  it('leaves text that can be stored: well formed, no NUL, trimmed', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const clean = tidy(text)
        expect(clean.isWellFormed()).toBe(true)
        expect(clean).not.toContain('\u0000')
        expect(clean.trim()).toBe(clean)
        expect(tidy(clean)).toBe(clean)
      }),
    )
  })
})

it.each([
  '[Risk description here]',
  '<Name>',
  '{{owner}}',
  '${date}',
  'xxx',
  '___',
  'Hier Name eintragen',
  'Insert owner here',
])('takes %j for template text', (text) => expect(isPlaceholder(text)).toBe(true))

it.each(['R-001', 'Fire [main site]', 'a < b > c', 'Extern', '', 'Xaver', '<script>alert(1)</script>'])(
  'does not take %j for template text',
  (text) => expect(isPlaceholder(text)).toBe(false),
)

it.each(['', ' ', '-', '—', 'n/a', 'N.A.', 'k. A.', 'tbd', 'Keine', '???'])('takes %j for nothing', (text) =>
  expect(isNothing(text)).toBe(true),
)

it.each(['0', 'No', '✓', 'A', 'keine Angst', 'Nothing is lost'])('does not take %j for nothing', (text) =>
  expect(isNothing(text)).toBe(false),
)

describe('similarity', () => {
  it.each([
    ['Networks security', 'Network security'],
    ['Labelling of information', 'Labeling of information'],
    ['Backup', 'Information backup'],
    ['Access control', 'Access Control Policy'],
  ])('finds %j and %j alike', (a, b) => expect(similarity(a, b)).toBeGreaterThan(0.6))

  it.each([
    ['Access Control Policy', 'Inventory of information and other associated assets'],
    ['Screening', 'Information security roles and responsibilities'],
  ])('finds %j and %j different', (a, b) => expect(similarity(a, b)).toBeLessThan(0.4))

  it('is the same both ways, and 1 for equal titles', () => {
    const title = fc.stringMatching(/^[a-z]{3,9}( [a-z]{3,9}){0,4}$/)
    fc.assert(fc.property(title, title, (a, b) => similarity(a, b) === similarity(b, a)))
    expect(similarity('Physical entry', 'PHYSICAL ENTRY')).toBe(1)
  })
})

it('splits lists at lines, semicolons and bullets, at commas only when told', () => {
  expect(splitList('- Train staff\n• Test; review, repeat')).toEqual(['Train staff', 'Test', 'review, repeat'])
  expect(splitList('ERP, File server', true)).toEqual(['ERP', 'File server'])
})

it('reads a list written over several lines', () => {
  expect(words(' One;\n  Two words ;; Three ')).toEqual(['One', 'Two words', 'Three'])
})
