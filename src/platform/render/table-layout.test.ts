import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { registerReport, soaReport } from '#testing/reports.ts'
import { type Column, mainTableOf, type Report, type TableBlock } from './report.ts'
import { layoutTable } from './table-layout.ts'

const { meta } = registerReport(0)

const table = (report: Report): TableBlock => {
  const main = mainTableOf(report)
  if (!main) throw new Error('The report has no table')
  return main
}

const widthsOf = (of: TableBlock, available: number): Record<string, number> => {
  const { widths } = layoutTable(of, meta, available)
  return Object.fromEntries(of.columns.map(({ key }, i) => [key, widths[i] ?? 0]))
}

describe('layoutTable', () => {
  it('gives references what they need and text the rest by weight', () => {
    const widths = widthsOf(table(soaReport()), 93)
    expect(widths['ref']).toBeLessThan(6)
    expect(widths['implementation']).toBeGreaterThan(widths['title'] ?? 0)
    expect(widths['implementation']).toBeGreaterThan(widths['owner'] ?? 0)
  })

  it('asks for a wide page when there are many columns', () => {
    expect(layoutTable(table(registerReport(20)), meta, 1).wish * 8).toBeGreaterThan(499)
  })

  it('uses exactly the width there is, and every column gets some', () => {
    const column = fc.record({
      key: fc.uuid(),
      title: fc.string({ maxLength: 30 }),
      kind: fc.constantFrom('text', 'ref', 'number', 'date', 'badge', 'list'),
    }) satisfies fc.Arbitrary<Column>
    const cell = fc.string({ maxLength: 200 })
    const tables = fc.array(column, { minLength: 1, maxLength: 12 }).chain((columns) =>
      fc
        .array(fc.array(cell, { minLength: columns.length, maxLength: columns.length }), { maxLength: 6 })
        .map((rows) => ({
          kind: 'table' as const,
          key: 't',
          columns,
          rows: rows.map((cells) => Object.fromEntries(columns.map(({ key }, i) => [key, cells[i] ?? null]))),
        })),
    )
    fc.assert(
      fc.property(tables, fc.integer({ min: 20, max: 200 }), (of, available) => {
        const { widths } = layoutTable(of, meta, available)
        expect(widths.reduce((sum, width) => sum + width, 0)).toBeCloseTo(available, 3)
        for (const width of widths) expect(width).toBeGreaterThan(0)
      }),
    )
  })
})
