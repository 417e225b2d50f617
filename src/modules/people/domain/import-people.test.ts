import { describe, expect, it } from 'vitest'
import type { Mapping } from '#kernel/import.ts'
import { importContext } from '#testing/import-context.ts'
import { mappingFrom, tableFrom } from '#testing/import-table.ts'
import { peopleImport } from './import-people.ts'

const headings = ['Nr', 'Name', 'Mail', 'Title', 'Team', 'Boss', 'Status', 'From', 'To']
const fields = {
  ref: 'Nr',
  name: 'Name',
  email: 'Mail',
  jobTitle: 'Title',
  team: 'Team',
  manager: 'Boss',
  status: 'Status',
  startDate: 'From',
  endDate: 'To',
}

function rows(cells: Parameters<typeof tableFrom>[1], changes: Partial<Mapping> = {}) {
  const table = tableFrom(headings, cells)
  return peopleImport.interpret(table, mappingFrom('people', table, fields, changes), importContext())
}
const codes = (row: { issues: readonly { code: string }[] } | undefined): string[] =>
  (row?.issues ?? []).map((issue) => issue.code)

describe('importing people', () => {
  it('reads a row into a person', () => {
    const [row] = rows([
      ['17', 'Wolf, Ina', 'Ina Wolf <INA@Example.org>', 'Nurse', 'Ward 3', 'Mira Anders', 'Aktiv', '01.03.2024', '-'],
    ])
    expect(row).toMatchObject({
      status: 'create',
      becomes: {
        ref: '17',
        name: 'Ina Wolf',
        email: 'ina@example.org',
        jobTitle: 'Nurse',
        team: 'Ward 3',
        manager: { text: 'Mira Anders', personId: 'mira', line: null },
        status: { value: 'active' },
        startDate: { date: '2024-03-01' },
        endDate: null,
      },
      issues: [],
    })
  })

  it('puts names together from two columns', () => {
    const table = tableFrom(['Vorname', 'Nachname'], [['Ina', 'Wolf']])
    const mapping = mappingFrom('people', table, { firstName: 'Vorname', lastName: 'Nachname' })
    expect(peopleImport.interpret(table, mapping, importContext())[0]?.becomes?.name).toBe('Ina Wolf')
  })

  it('finds managers further down the file', () => {
    const [first] = rows([
      ['1', 'Ina Wolf', 'ina@x.org', '', '', 'boss@x.org'],
      ['2', 'Bo Cheng', 'boss@x.org'],
    ])
    expect(first?.becomes?.manager).toEqual({ text: 'boss@x.org', personId: null, line: 3 })
  })

  it('leaves open a manager who is unknown, oneself, or one of several', () => {
    const result = rows([
      ['1', 'Ina Wolf', 'a@x.org', '', '', 'Nobody Known'],
      ['2', 'Bo Cheng', 'b@x.org', '', '', 'Bo Cheng'],
      ['3', 'Al Ito', 'c@x.org'],
      ['4', 'Al Ito', 'd@x.org'],
      ['5', 'Di Roy', 'e@x.org', '', '', 'Al Ito'],
    ])
    expect(result.map((row) => codes(row)[0])).toEqual([
      'import.manager_unknown',
      'import.manager_self',
      undefined,
      undefined,
      'import.manager_several',
    ])
    expect(result.every((row) => row.becomes?.manager?.personId == null)).toBe(true)
  })

  it('sees managers who lead round in a circle', () => {
    const result = rows([
      ['1', 'A One', 'a@x.org', '', '', 'b@x.org'],
      ['2', 'B Two', 'b@x.org', '', '', 'a@x.org'],
      ['3', 'C Three', 'c@x.org', '', '', 'a@x.org'],
    ])
    expect(result.map((row) => codes(row).includes('import.manager_circle'))).toEqual([true, true, false])
  })

  it('knows a person by the address, whatever the number', () => {
    const same = rows([
      ['1', 'Ina Wolf', 'ina@x.org'],
      ['2', 'Ina W.', 'INA@x.org'],
    ])
    expect(same.map((row) => row.status)).toEqual(['error', 'error'])
    expect(rows([['1', 'M. Anders', 'mira@example.org']])[0]).toMatchObject({ status: 'skip', existingId: 'mira' })
    const options = {
      existing: 'update',
      assessedMeans: null,
      dimensions: {},
      controlMismatch: null,
      currency: null,
    } as const
    expect(rows([['1', 'M. Anders', 'mira@example.org']], { options })[0]).toMatchObject({
      status: 'update',
      existingId: 'mira',
    })
  })

  it('does not create two people nothing tells apart', () => {
    expect(
      rows([
        ['', 'Ina Wolf', ''],
        ['', 'Ina Wolf', ''],
      ]).map((row) => row.status),
    ).toEqual(['error', 'error'])
  })

  it('refuses groups, bad addresses and dates in reverse, and warns of leavers called active', () => {
    const result = rows([
      ['', 'All Employees (42)'],
      ['1', 'Ina Wolf', 'ina(at)x.org'],
      ['2', 'Bo Cheng', 'bo@x.org', '', '', '', '', '2024-05-01', '2024-04-01'],
      ['3', 'Di Roy', 'di@x.org', '', '', '', 'Active', '2020-01-01', '2025-12-31'],
    ])
    expect(result.map((row) => row.status)).toEqual(['error', 'error', 'error', 'create'])
    expect(result.map((row) => codes(row).find((code) => code !== 'import.email_missing'))).toEqual([
      'import.not_a_person',
      'import.email_invalid',
      'import.end_before_start',
      'import.left_but_active',
    ])
  })
})
