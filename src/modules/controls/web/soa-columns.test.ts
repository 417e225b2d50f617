import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type SoaColumn, soaColumns, soaColumnsIn } from './soa-columns.ts'

const usual = new Set<SoaColumn>(['why', 'how', 'owner', 'evidence'])
const all = new Set(soaColumns)

// Widths of the table in windows of 1440, 1360 and 1280 pixels.
test.each([
  [1150, usual, ['why', 'how', 'owner', 'evidence']],
  [1070, usual, ['why', 'how', 'evidence']],
  [990, usual, ['why', 'how', 'evidence']],
  [1150, all, ['old', 'why', 'how', 'evidence']],
  [1400, all, ['old', 'why', 'how', 'owner', 'evidence']],
  [700, usual, ['how']],
])('in %i pixels a title keeps its words whole', (width, chosen, kept) => {
  expect([...soaColumnsIn(width, chosen)]).toEqual(kept)
})

test('more room never takes a column away, and nothing appears that nobody chose', () => {
  fc.assert(
    fc.property(fc.integer({ min: 500, max: 2500 }), fc.subarray([...soaColumns]), (width, columns) => {
      const kept = soaColumnsIn(width, new Set(columns))
      expect(columns).toEqual(expect.arrayContaining([...kept]))
      expect([...soaColumnsIn(width + 100, new Set(columns))]).toEqual(expect.arrayContaining([...kept]))
    }),
  )
})
