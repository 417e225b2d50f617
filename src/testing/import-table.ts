import type { Cell, Mapping, Table } from '#kernel/import.ts'
import { emptyMapping } from '#kernel/import.ts'
import type { LocalDate } from '#kernel/time.ts'

type CellInput = string | number | Cell | null

/** A table as reading and guessing would hand it over: headings, then rows from line 2 on. */
export function tableFrom(headings: readonly string[], rows: readonly (readonly CellInput[])[]): Table {
  return {
    sheet: 'Sheet',
    headerLine: 1,
    headers: headings.map((text, index) => ({ index, text })),
    rows: rows.map((cells, i) => ({ line: i + 2, cells: cells.map(cellFrom) })),
  }
}

function cellFrom(input: CellInput): Cell | undefined {
  if (input === null || input === '') return undefined
  if (typeof input === 'number') return { text: String(input), number: input }
  return typeof input === 'string' ? { text: input } : input
}

export const dateCell = (date: string): Cell => ({ text: date, date: date as LocalDate })

/** A mapping that feeds each field from the heading of the same place: `{ title: 'Risk' }`. */
export function mappingFrom(
  register: string,
  table: Table,
  fields: Readonly<Record<string, string | readonly string[]>>,
  changes: Partial<Mapping> = {},
): Mapping {
  const columns = Object.fromEntries(
    Object.entries(fields).map(([field, headings]) => [
      field,
      (typeof headings === 'string' ? [headings] : headings).map((heading) => {
        const header = table.headers.find((h) => h.text === heading)
        if (!header) throw new Error(`no column ${heading}`)
        return { index: header.index, header: header.text }
      }),
    ]),
  )
  return { ...emptyMapping(register, table.sheet, table.headerLine), columns, ...changes }
}
