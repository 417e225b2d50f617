import { describe, expect, it } from 'vitest'
import type { Mapping } from '#kernel/import.ts'
import { importContext } from '#testing/import-context.ts'
import { dateCell, mappingFrom, tableFrom } from '#testing/import-table.ts'
import { assetImport } from './import-assets.ts'

const headings = ['ID', 'Name', 'Type', 'Owner', 'Class', 'Value', 'C', 'PII', 'Needs', 'Checked', 'Status']
const fields = {
  ref: 'ID',
  name: 'Name',
  type: 'Type',
  owner: 'Owner',
  classification: 'Class',
  criticality: 'Value',
  confidentiality: 'C',
  personalData: 'PII',
  reliesOn: 'Needs',
  lastVerified: 'Checked',
  status: 'Status',
}
const context = importContext()

function rows(cells: Parameters<typeof tableFrom>[1], changes: Partial<Mapping> = {}) {
  const table = tableFrom(headings, cells)
  return assetImport.interpret(table, mappingFrom('assets', table, fields, changes), context)
}

describe('importing assets', () => {
  it('reads a row into an asset', () => {
    const [row] = rows([
      [
        'W-1',
        'CRM',
        'Anwendung',
        'ISB',
        'Vertraulich',
        'hoch',
        'sehr hoch',
        'Ja',
        'ERP system; Backup',
        dateCell('2026-01-31'),
        'Aktiv',
      ],
    ])
    expect(row).toMatchObject({
      line: 2,
      status: 'create',
      becomes: {
        ref: 'W-1',
        name: 'CRM',
        type: { text: 'Anwendung', value: 'software' },
        owner: { text: 'ISB', personId: 'mira' },
        classification: { text: 'Vertraulich', value: 'confidential' },
        criticality: { value: 'high' },
        confidentiality: { value: 'critical' },
        integrity: null,
        personalData: true,
        reliesOn: [
          { text: 'ERP system', assetId: 'asset-erp' },
          { text: 'Backup', assetId: null },
        ],
        lastVerified: { date: '2026-01-31' },
        status: { value: 'inUse' },
      },
    })
  })

  it('does not turn one criticality into values of confidentiality, integrity and availability', () => {
    const [row] = rows([['W-1', 'CRM', '', '', '', 'Critical']])
    expect(row?.becomes).toMatchObject({
      criticality: { value: 'critical' },
      confidentiality: null,
      integrity: null,
      availability: null,
    })
  })

  it('keeps words the scheme does not know, and says which levels there are', () => {
    const [row] = rows([['W-1', 'CRM', 'Spaceship', '', 'TLP:AMBER']])
    expect(row?.becomes).toMatchObject({
      type: { text: 'Spaceship', value: null },
      classification: { text: 'TLP:AMBER', value: null },
    })
    expect(row?.issues.map((issue) => issue.message)).toContain(
      '“TLP:AMBER” is no level of the classification scheme (Public, Internal, Confidential, Strictly confidential); it is kept as text',
    )
  })

  it('takes the value a person chose for a word, also null', () => {
    const valueMaps = { type: { Spaceship: 'hardware' }, criticality: { Hoch: null } }
    const [row] = rows([['W-1', 'CRM', 'spaceship', '', '', 'Hoch']], { valueMaps })
    expect(row?.becomes).toMatchObject({
      type: { text: 'spaceship', value: 'hardware' },
      criticality: { text: 'Hoch', value: null },
    })
  })

  it('fills what no column states from the mapping', () => {
    const table = tableFrom(['Name'], [['CRM']])
    const mapping = mappingFrom('assets', table, { name: 'Name' }, { defaults: { type: 'service' } })
    expect(assetImport.interpret(table, mapping, context)[0]).toMatchObject({
      becomes: { type: { value: 'service' } },
      issues: [],
    })
  })

  it('refuses an asset without a name and leaves template text out', () => {
    const result = rows([
      ['W-1', '', 'Server'],
      ['W-2', 'CRM', '', '[Owner]'],
    ])
    expect(result[0]).toMatchObject({ status: 'error', issues: [{ code: 'import.asset_name_missing' }] })
    expect(result[1]).toMatchObject({
      status: 'create',
      becomes: { owner: null },
      issues: expect.arrayContaining([expect.objectContaining({ code: 'import.placeholder' })]),
    })
  })

  it('keeps formulas and scripts as text, in fields and in the raw record', () => {
    const [row] = rows([['W-1', "=cmd|'/C calc'!A0", '', '<img src=x onerror=alert(1)>']])
    expect(row?.becomes).toMatchObject({ name: "=cmd|'/C calc'!A0", raw: { Name: "=cmd|'/C calc'!A0" } })
  })

  it('takes the heading of a section as category', () => {
    const table = tableFrom(['Name'], [['CRM']])
    const sectioned = { ...table, rows: table.rows.map((row) => ({ ...row, section: 'SALES' })) }
    expect(
      assetImport.interpret(sectioned, mappingFrom('assets', table, { name: 'Name' }), context)[0]?.becomes?.category,
    ).toBe('SALES')
  })
})
