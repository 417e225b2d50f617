import { expect, test } from 'vitest'
import type { ImportField, ImportRegister, Sheet } from '#kernel/import.ts'
import { importContext } from '#testing/import-context.ts'
import { guessRegisters, guessTables } from './guess.ts'

const register = (name: string, fields: readonly ImportField[]): ImportRegister<unknown> => ({
  name,
  label: name,
  sheetNames: [],
  fields: () => fields,
  required: [['name']],
  telling: fields.map((field) => field.name),
  interpret: () => [],
})
const boats = register('boats', [
  { name: 'name', label: 'Name', kind: 'name', key: true, headers: ['Name'] },
  { name: 'length', label: 'Length', kind: 'number', headers: ['Size'] },
])
const rooms = register('rooms', [
  { name: 'name', label: 'Name', kind: 'name', key: true, headers: ['Name'] },
  { name: 'cleaned', label: 'Cleaned', kind: 'date', headers: ['Size', 'Cleaned'] },
  { name: 'floor', label: 'Floor', kind: 'number', headers: ['Floor'] },
])
const context = importContext()

function sheetOf(rows: readonly (readonly string[])[], onRead: () => void = () => undefined): Sheet {
  return {
    name: 'List',
    hidden: false,
    width: Math.max(...rows.map((cells) => cells.length)),
    merges: [],
    separator: null,
    notes: [],
    rows: rows.map((cells, at) => ({
      line: at + 1,
      cells: cells.map((text) => ({
        get text() {
          onRead()
          return text
        },
      })),
    })),
  }
}
const many = (count: number, row: (at: number) => string[]): string[][] =>
  Array.from({ length: count }, (_, at) => row(at))
/** What a guess says, without the sheet itself. */
const said = (sheet: Sheet, of: ImportRegister<unknown>) =>
  guessTables([sheet], of, context).map(({ sheet: _sheet, ...table }) => table)

test('a column is looked at once, however many registers ask what it holds', () => {
  let reads = 0
  const list = (): Sheet => sheetOf([['Name', 'Size'], ...many(300, (at) => [`Boat ${at}`, `${at}`])], () => reads++)
  guessRegisters([list()], [boats], context)
  const once = reads
  reads = 0
  guessRegisters([list()], Array<ImportRegister<unknown>>(8).fill(boats), context)
  // Each register reads the first lines anew in search of its headings; the three hundred below it does not.
  expect(reads - once).toBeLessThan(7 * 300)
  expect(once).toBeGreaterThan(2 * 300)
})

test('what was seen of one table is not said of another: of a second sheet, or further down the same one', () => {
  const numbers = [['Name', 'Size'], ...many(30, (at) => [`Boat ${at}`, `${at}`])]
  const dates = [['Name', 'Size'], ...many(30, (at) => [`Room ${at}`, `2026-03-${String(at + 1).padStart(2, '0')}`])]
  const [first, second] = [sheetOf(numbers), sheetOf(dates)]
  expect(said(first, rooms)).toEqual(said(sheetOf(numbers), rooms))
  expect(said(second, rooms)).toEqual(said(sheetOf(dates), rooms))
  expect(said(first, rooms)[0]?.confidence).toBeLessThan(said(second, rooms)[0]?.confidence ?? 0)

  // The boats stand above the rooms, which have headings of their own.
  const below = many(25, (at) => [`Room ${at}`, `2026-03-${String(at + 1).padStart(2, '0')}`, `${at % 4}`])
  const stacked = [
    ['Name', 'Size'],
    ...many(9, (at) => [`Boat ${at}`, `${at}`]),
    ['Name', 'Cleaned on', 'Floor'],
    ...below,
  ]
  const both = sheetOf(stacked)
  expect(said(both, boats)).toEqual(said(sheetOf(stacked), boats))
  expect(said(both, rooms)).toEqual(said(sheetOf(stacked), rooms))
  expect([said(both, boats)[0]?.headerLine, said(both, rooms)[0]?.headerLine]).toEqual([1, 11])
})
