import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { neutralizeCell, restoreCell } from './csv-cell.ts'

// Mostly the characters the rule is about, so that their combinations occur.
const text = fc.string({
  unit: fc.oneof(
    fc.constantFrom('=', '+', '-', '@', '\t', '\r', '\n', ';', "'", '"', ',', '＝', 'a', ' '),
    fc.string(),
  ),
})

describe('neutralizeCell', () => {
  it.each([
    ['=1+1', "'=1+1"],
    ['-5', "'-5"],
    ["'=x", "''=x"],
    ['＝1', "'＝1"],
    ['a;=1', "a;'=1"],
    ['a\n@b', "a\n'@b"],
    ['a-b', 'a-b'],
    ["it's", "it's"],
    ["'tis", "'tis"],
    ['', ''],
  ])('%j becomes %j', (from, to) => expect(neutralizeCell(from)).toBe(to))

  it('is undone exactly by restoreCell', () => {
    fc.assert(
      fc.property(text, (value) => {
        expect(restoreCell(neutralizeCell(value))).toBe(value)
      }),
    )
  })

  it('leaves no place where a formula could start', () => {
    fc.assert(
      fc.property(text, (value) => {
        expect(neutralizeCell(value)).not.toMatch(/(^|[;\t\r\n])[=+\-@＝＋－＠]/)
      }),
    )
  })
})
