import { describe, expect, it } from 'vitest'
import { reasonOfImport } from './import-reason.ts'

describe('the reason of an import', () => {
  it.each([
    ['Import I-6 from risks.csv', { ref: 'I-6', file: 'risks.csv' }],
    ['Import I-12 from two\nlines.xlsx', { ref: 'I-12', file: 'two\nlines.xlsx' }],
    ['Undo of import I-6', { ref: 'I-6', why: '' }],
    ['Undo of import I-6: wrong file', { ref: 'I-6', why: 'wrong file' }],
  ])('takes %j apart', (reason, said) => {
    expect(reasonOfImport(reason)).toEqual(said)
  })

  it.each(['Because of import I-6', 'Import I-x from y', 'Moved to next year', ''])(
    'leaves %j as it was said',
    (reason) => {
      expect(reasonOfImport(reason)).toBeNull()
    },
  )
})
