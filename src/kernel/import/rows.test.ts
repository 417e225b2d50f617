import { describe, expect, it } from 'vitest'
import { mappingFrom, tableFrom } from '#testing/import-table.ts'
import type { Mapping, Table } from '../import.ts'
import { countRows, interpretEach, rawRecord } from './rows.ts'

const headings = ['ID', 'Name']
const run = (
  table: Table,
  changes: Partial<Mapping> = {},
  existing: { id: string; ref: string | null; name: string }[] = [],
) =>
  interpretEach(table, mappingFrom('things', table, { ref: 'ID', name: 'Name' }, changes), { existing }, (reader) => ({
    draft: { name: reader.text('name') },
    ref: reader.text('ref'),
    name: reader.text('name'),
  }))

describe('interpretEach', () => {
  it('marks every line that shares a reference, whatever their order', () => {
    const rows = run(
      tableFrom(headings, [
        ['T-1', 'One'],
        ['T-2', 'Two'],
        ['t-1 ', 'Other'],
      ]),
    )
    expect(rows.map((row) => row.status)).toEqual(['error', 'create', 'error'])
    expect(rows[0]?.issues[0]).toMatchObject({
      code: 'import.duplicate_ref',
      severity: 'error',
      message: '“T-1” is also the reference of line 4; make them different or leave all but one out',
    })
  })

  it('leaves a record that exists, or changes it when told to', () => {
    const table = tableFrom(headings, [['T-1', 'One']])
    const existing = [{ id: 'x', ref: 'T-1', name: 'Old' }]
    expect(run(table, {}, existing)[0]).toMatchObject({
      status: 'skip',
      existingId: 'x',
      issues: [{ code: 'import.exists' }],
    })
    const options = {
      existing: 'update',
      assessedMeans: null,
      dimensions: {},
      controlMismatch: null,
      currency: null,
    } as const
    expect(run(table, { options }, existing)[0]).toMatchObject({ status: 'update', existingId: 'x' })
  })

  it('recognises a record without reference by its name', () => {
    expect(run(tableFrom(headings, [[null, 'old']]), {}, [{ id: 'x', ref: null, name: 'Old' }])[0]).toMatchObject({
      status: 'skip',
      existingId: 'x',
    })
  })

  it('honours proposals to skip and decisions against them', () => {
    const table = tableFrom(headings, [
      ['T-1', 'One'],
      ['T-2', 'Two'],
    ])
    const [first, second] = table.rows
    const proposed: Table = {
      ...table,
      rows: [
        { ...(first ?? { line: 2, cells: [] }), skip: { kind: 'section', text: 'HALL' } },
        ...(second ? [second] : []),
      ],
    }
    expect(run(proposed).map((row) => row.status)).toEqual(['skip', 'create'])
    expect(run(proposed)[0]?.issues).toEqual([
      {
        severity: 'note',
        code: 'import.row_section',
        field: null,
        message: 'A heading across the table (“HALL”)',
        facts: { text: 'HALL' },
      },
    ])
    expect(run(proposed, { rows: { 2: { skip: false }, 3: { skip: true } } }).map((row) => row.status)).toEqual([
      'create',
      'skip',
    ])
  })

  it('says what a row left out would have been, and that nothing else is left of it: it is no duplicate either', () => {
    const table = tableFrom(headings, [
      ['T-1', 'One'],
      ['T-1', 'Two'],
    ])
    expect(run(table).map((row) => row.status)).toEqual(['error', 'error'])
    const [taken, out] = run(table, { rows: { 3: { skip: true } } })
    expect(taken).toMatchObject({ status: 'create', issues: [] })
    expect(out).toMatchObject({ status: 'skip', existingId: null, issues: [{ code: 'import.row_left_out' }] })
    expect(out?.becomes).not.toBeNull()
  })

  it('refuses a row whose columns have shifted, until somebody takes it all the same', () => {
    const table = tableFrom(headings, [['T-1', 'One']])
    const shifted: Table = { ...table, rows: table.rows.map((row) => ({ ...row, extra: ['lost'] })) }
    expect(run(shifted)[0]).toMatchObject({
      status: 'error',
      issues: [{ code: 'import.extra_cells', severity: 'error' }],
    })
    expect(run(shifted, { rows: { 2: { skip: false } } })[0]).toMatchObject({
      status: 'create',
      issues: [{ severity: 'warning' }],
    })
  })

  it('counts what becomes of the rows', () => {
    const rows = run(
      tableFrom(headings, [
        ['T-1', 'One'],
        ['T-1', 'Two'],
        ['', 'Three'],
        ['', 'Three'],
      ]),
    )
    expect(countRows(rows)).toEqual({ create: 2, update: 0, skip: 0, error: 2, warnings: 2 })
  })
})

it('keeps the raw record by heading, also where headings repeat or are missing', () => {
  const table = tableFrom(['A', 'A', ''], [['=1+1', 'x', 'y']])
  expect(rawRecord(table, table.rows[0] ?? { line: 0, cells: [] })).toEqual({
    A: '=1+1',
    'A (2)': 'x',
    'column 3': 'y',
  })
})
