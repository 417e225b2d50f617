import { describe, expect, it } from 'vitest'
import { importContext } from '#testing/import-context.ts'
import { mappingFrom, tableFrom } from '#testing/import-table.ts'
import { treatmentImport } from './import-treatment.ts'

const headings = ['ID', 'Risk', 'Action', 'Controls', 'Lead', 'Start', 'Due', 'Budget (EUR)', 'Status', 'After']
const fields = {
  ref: 'ID',
  risks: 'Risk',
  action: 'Action',
  controls: 'Controls',
  owner: 'Lead',
  startDate: 'Start',
  dueDate: 'Due',
  cost: 'Budget (EUR)',
  status: 'Status',
  promisedScore: 'After',
}

function rows(cells: Parameters<typeof tableFrom>[1]) {
  const table = tableFrom(headings, cells)
  return treatmentImport.interpret(table, mappingFrom('treatment', table, fields), importContext())
}

describe('importing a treatment plan', () => {
  it('reads a row into an action', () => {
    const [row] = rows([
      [
        'M-1',
        'R-1, R-2',
        'Roll out keys',
        'A 5.17 A 8.5',
        'Head of IT',
        '2026-02-01',
        'Q3-2026',
        '8.000',
        'In Bearbeitung',
        '',
      ],
    ])
    expect(row).toMatchObject({
      status: 'create',
      becomes: {
        ref: 'M-1',
        risks: [
          { text: 'R-1', riskId: 'risk-1' },
          { text: 'R-2', riskId: 'risk-2' },
        ],
        action: 'Roll out keys',
        controls: [{ ref: 'A.5.17' }, { ref: 'A.8.5' }],
        owner: { personId: 'mira' },
        startDate: { date: '2026-02-01' },
        dueDate: { date: '2026-09-30' },
        cost: { amount: 8000, currency: 'EUR' },
        status: { value: 'inProgress' },
      },
    })
  })

  it('refuses an action for a risk that is not there, or for none', () => {
    const result = rows([
      ['M-1', 'R-9', 'Do it'],
      ['M-2', '', 'Do it'],
      ['M-3', 'R-1', ''],
    ])
    expect(result.map((row) => [row.status, row.issues[0]?.code])).toEqual([
      ['error', 'import.risk_unknown'],
      ['error', 'import.risk_missing'],
      ['error', 'import.action_missing'],
    ])
    expect(result[0]?.issues[0]?.message).toBe(
      'Risk “R-9” is not in the register; import the risks first, or correct the reference',
    )
  })

  it('takes done for a claim, recurring for no date, and a promised score for text', () => {
    const [row] = rows([
      ['M-1', 'Fire in the server room', 'Test restore', '', '', '', 'Recurring', '', 'Completed', '6'],
    ])
    expect(row?.becomes).toMatchObject({
      risks: [{ riskId: 'risk-1' }],
      dueDate: { date: null, recurring: true },
      status: { value: 'done' },
      promisedScore: '6',
    })
    expect(row?.issues.map((issue) => issue.code).sort()).toEqual([
      'import.claim_done',
      'import.date_recurring',
      'import.promised_score',
    ])
  })

  it('warns of a due date before the start', () => {
    expect(rows([['M-1', 'R-1', 'Do it', '', '', '2026-05-01', '2026-04-01']])[0]?.issues).toMatchObject([
      { code: 'import.end_before_start', severity: 'warning' },
    ])
  })
})
