import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { mappingFrom, tableFrom } from '#testing/import-table.ts'
import { figureOf, fileScale, proposeLevels } from './risk-scales.ts'

const method = ['Remote', 'Unlikely', 'Possible', 'Likely', 'Expected'].map((name, i) => ({ value: i + 1, name }))

function scaleOf(values: readonly (string | number)[], heading = 'L') {
  const table = tableFrom(
    ['Risk', heading],
    values.map((value, i) => [`r${i}`, value]),
  )
  return fileScale(table, mappingFrom('risks', table, { title: 'Risk', 'assessed.likelihood': heading }), 'likelihood')
}
const propose = (values: readonly (string | number)[], heading?: string) =>
  proposeLevels(scaleOf(values, heading), method)

describe('fileScale', () => {
  it('believes the heading, the words, or a complete row of figures', () => {
    expect(scaleOf([2, 3], 'Likelihood (1-5)')).toMatchObject({ size: 5, knownBy: 'heading' })
    expect(scaleOf([1, 2, 3, 4, 5])).toMatchObject({ size: 5, knownBy: 'values' })
    expect(scaleOf(['Low', 'High', 'Medium'])).toMatchObject({ size: 3, knownBy: 'words' })
    expect(scaleOf(['gering', 'sehr hoch', 'mittel', 'hoch', 'sehr gering'])).toMatchObject({
      size: 5,
      knownBy: 'words',
    })
    expect(scaleOf(['4 - Likely', '2 - Rare'])).toMatchObject({ levels: [{ value: 2 }, { value: 4 }] })
  })

  it.each([[[1, 2, 3]], [[2, 3, 4]], [[1, 2, 4, 5]], [['Low', 'Medium']], [['Blue', 'Green']]])(
    'does not conclude a length from %j',
    (values) => expect(scaleOf(values).size).toBeNull(),
  )
})

describe('proposeLevels', () => {
  it('proposes level for level where both scales have as many', () => {
    expect(propose([1, 4], 'L (1-5)')).toEqual({ map: { 1: 1, 2: 2, 3: 3, 4: 4, 5: 5 }, basis: 'equalSize' })
    expect(propose(['Very low', 'Low', 'Medium', 'High', 'Very high']).map).toEqual({
      'Very low': 1,
      Low: 2,
      Medium: 3,
      High: 4,
      'Very high': 5,
    })
  })

  it('proposes equal names, whatever the length', () => {
    expect(propose(['likely', 'Remote'])).toEqual({ map: { likely: 4, Remote: 1 }, basis: 'names' })
  })

  it('leaves out what is beyond the scale the heading states', () => {
    expect(Object.keys(propose([1, 7], 'L (1-5)').map)).not.toContain('7')
  })

  it('proposes nothing for scales of another or unknown length: no arithmetic, ever', () => {
    const sizes = fc.integer({ min: 2, max: 10 }).filter((size) => size !== method.length)
    fc.assert(
      fc.property(sizes, (size) => {
        const { map, basis } = propose([1, size], `Likelihood (1-${size})`)
        expect(basis).toBeNull()
        expect(Object.values(map).every((level) => level === null)).toBe(true)
      }),
    )
    expect(propose([2, 3]).basis).toBeNull()
  })
})

it.each([
  ['4', 4],
  ['4.0', 4],
  ['4 - High', 4],
  ['4: High', 4],
  ['High (4)', 4],
  ['High', null],
  ['4.5', null],
  ['2026-01-01', null],
])('finds the figure in %j', (text, figure) => expect(figureOf(text)).toBe(figure))
