import { describe, expect, it } from 'vitest'
import { fitsHeadings } from './fits-headings.ts'

describe('a saved mapping', () => {
  const made = { headings: ['ID', 'Asset Name', '', 'Owner'], columns: { name: 'Asset Name' } }

  it.each([
    [['ID', 'Asset Name', 'Owner'], true],
    [['owner', 'asset name', 'id', ''], true],
    [['ID', 'Asset Name'], false],
    [['ID', 'Asset Name', 'Owner', 'Location'], false],
    [[], false],
  ])('is proposed for a file with the headings it was made for: %j', (headings, fits) => {
    expect(fitsHeadings(made, headings)).toBe(fits)
  })

  it.each([
    [{ name: 'Thing', owner: [{ index: 4, header: 'Who' }] }, true],
    [{ name: 'Thing', owner: 'Whose' }, false],
    // Positions alone say nothing about a layout, and nothing fits everything.
    [{ name: 0 }, false],
    [{}, false],
  ])('that keeps no headings is proposed where its columns are: %j', (columns, fits) => {
    expect(fitsHeadings({ columns }, ['No', 'Thing', 'Who'])).toBe(fits)
  })
})
