import { describe, expect, it } from 'vitest'
import { emptyMapping, type ImportContext, type Mapping } from '#kernel/import.ts'
import { importContext } from '#testing/import-context.ts'
import { mappingFrom, tableFrom } from '#testing/import-table.ts'
import { soaImport } from './import-soa.ts'

const headings = ['No', 'Control', 'Applies', 'Why', 'Status', 'How', 'Owner', 'LR', 'RRA']
const fields = {
  control: 'No',
  title: 'Control',
  applicable: 'Applies',
  justification: 'Why',
  status: 'Status',
  description: 'How',
  owner: 'Owner',
  drivers: ['LR', 'RRA'],
}

function rows(
  cells: Parameters<typeof tableFrom>[1],
  changes: Partial<Mapping> = {},
  context: ImportContext = importContext(),
) {
  const table = tableFrom(headings, cells)
  return soaImport.interpret(table, mappingFrom('soa', table, fields, changes), context)
}
const decided = (controlMismatch: 'number' | 'title' | 'skip') => ({
  options: { ...emptyMapping('soa', '', 1).options, controlMismatch },
})
const codes = (row: { issues: readonly { code: string }[] } | undefined): string[] =>
  (row?.issues ?? []).map((issue) => issue.code)

describe('importing a Statement of Applicability', () => {
  it('reads a row into a control with its reasons', () => {
    const [row] = rows([
      [
        'A.5.15',
        'Access control',
        'Ja',
        'Customer contract C-4',
        'Umgesetzt',
        'Roles in the directory',
        'ISB',
        'x',
        '',
      ],
    ])
    expect(row).toMatchObject({
      status: 'create',
      becomes: {
        control: 'A.5.15',
        applicable: true,
        justification: 'Customer contract C-4',
        status: { text: 'Umgesetzt', value: 'implemented' },
        description: 'Roles in the directory',
        owner: { personId: 'mira' },
        drivers: 'LR',
      },
    })
    expect(codes(row)).toEqual(['import.claim_implemented', 'import.owner_guessed'])
  })

  it.each([
    ['Pending', 'notAssessed'],
    ['Absent', 'notImplemented'],
    ['In Progress', 'partial'],
    ['teilweise', 'partial'],
    ['60 %', 'partial'],
    ['Geplant', 'planned'],
    ['Established', 'implemented'],
    ['Operational', 'implemented'],
    ['Advanced', 'implemented'],
    ['Implemented', 'implemented'],
    ['Whatever', null],
  ])('takes the status %s for %s', (text, value) => {
    expect(rows([['5.15', '', 'Y', 'Law', text]])[0]?.becomes?.status).toEqual({ text, value })
  })

  it.each(['Yes', 'Ja', 'Y', 'X', 'TRUE'])('reads %s as applicable', (text) =>
    expect(rows([['5.15', '', text]])[0]?.becomes?.applicable).toBe(true),
  )
  it.each(['No', 'Nein', 'N', 'N/A', 'Not applicable'])('reads %s as excluded', (text) =>
    expect(rows([['5.15', '', text]])[0]?.becomes?.applicable).toBe(false),
  )

  it('asks for the reason of an exclusion', () => {
    expect(codes(rows([['5.15', '', 'No', '', '']])[0])).toEqual(['import.exclusion_unjustified'])
    expect(codes(rows([['5.15', '', '', '', 'Not Applicable']])[0])).toEqual(['import.exclusion_unjustified'])
    expect(codes(rows([['5.15', '', 'No', 'Nothing is developed', 'N/A']])[0])).toEqual([])
    expect(codes(rows([['5.15', '', 'Yes', 'Required', '']])[0])).toEqual(['import.justification_empty'])
    expect(codes(rows([['5.15', '', '', '', '']])[0])).toEqual(['import.applicability_not_stated'])
  })

  it('shows what contradicts itself', () => {
    expect(codes(rows([['5.15', '', 'No', 'Not needed', 'Implemented']])[0])).toEqual(['import.excluded_but_done'])
    const [row] = rows([['5.15', '', 'Yes', 'Law', 'N/A']])
    expect(row).toMatchObject({ becomes: { applicable: true, status: { value: 'notAssessed' } } })
    expect(codes(row)).toEqual(['import.applicability_contradicts'])
  })

  it('leaves out a row whose number and title disagree, until somebody says which counts', () => {
    const row = ['A.5.9', 'Access Control Policy', 'Yes', 'Law', 'Absent']
    expect(rows([row])[0]).toMatchObject({
      status: 'skip',
      becomes: { control: null, statedNumber: '5.9', statedTitle: 'Access Control Policy' },
    })
    expect(codes(rows([row])[0])).toEqual(['import.control_mismatch', 'import.control_left_out'])
    expect(rows([row], decided('number'))[0]).toMatchObject({ status: 'create', becomes: { control: 'A.5.9' } })
    expect(rows([row], decided('title'))[0]).toMatchObject({ status: 'create', becomes: { control: 'A.5.15' } })
    expect(rows([row], decided('skip'))[0]).toMatchObject({ status: 'skip' })
    expect(rows([row], { rows: { 2: { control: 'A.8.15' } } })[0]).toMatchObject({
      status: 'create',
      becomes: { control: 'A.8.15' },
    })
  })

  it('follows numbers of 2013, joins what was split, and refuses what is nowhere', () => {
    const result = rows([
      ['A.5.1.1', 'Policies for information security', 'Yes', 'Law'],
      ['A.5.1.2', 'Review of the policies for information security', 'Yes', 'Law'],
      ['A.17.9.9', 'Something else entirely', 'Yes', 'Law'],
    ])
    expect(result.map((row) => [row.status, row.becomes?.control])).toEqual([
      ['create', 'A.5.1'],
      ['create', 'A.5.1'],
      ['error', null],
    ])
    expect(codes(result[0])).toEqual(['import.control_previous', 'import.control_shared'])
  })

  it('tells 5.1 from 5.10 by the title when a spreadsheet made numbers of them', () => {
    const result = rows([
      [{ text: '5.1', number: 5.1 }, 'Policies for information security'],
      [{ text: '5.1', number: 5.1 }, 'Acceptable use of information and other associated assets'],
    ])
    expect(result.map((row) => row.becomes?.control)).toEqual(['A.5.1', 'A.5.10'])
  })

  it('refuses the same control twice, finds it by its title alone, and reads number and title from one cell', () => {
    expect(
      rows([
        ['5.15', 'Access control'],
        ['A.5.15', 'Access control'],
      ]).map((row) => row.status),
    ).toEqual(['error', 'error'])
    expect(rows([['', 'Segregation of duties', 'Yes', 'Law']])[0]).toMatchObject({
      status: 'create',
      becomes: { control: 'A.5.3' },
    })
    expect(rows([['A.5.3 Segregation of duties', '', 'Yes', 'Law']])[0]).toMatchObject({
      becomes: { control: 'A.5.3', statedTitle: 'Segregation of duties' },
    })
  })

  it('leaves an entry that exists, or changes it when told to', () => {
    const context = importContext({ existing: [{ id: 'soa-5.15', ref: 'A.5.15', name: 'Access control' }] })
    expect(rows([['5.15', '', 'Yes', 'Law']], {}, context)[0]).toMatchObject({ status: 'skip', existingId: 'soa-5.15' })
    const options = { ...emptyMapping('soa', '', 1).options, existing: 'update' } as const
    expect(rows([['5.15', '', 'Yes', 'Law']], { options }, context)[0]).toMatchObject({
      status: 'update',
      existingId: 'soa-5.15',
    })
  })
})
