import { expect, test } from 'vitest'
import { registerReport } from '#testing/reports.ts'
import { forPages } from './for-pages.ts'
import { type Column, type Row, rowsOf, tablesOf } from './report.ts'

const columns: readonly Column[] = [
  { key: 'title', title: 'Title', kind: 'text' },
  { key: 'from', title: 'From', kind: 'date', under: 'title' },
  { key: 'to', title: 'To', kind: 'date', under: 'title', sameLine: true },
  { key: 'file', title: 'File', kind: 'text', under: 'title' },
  { key: 'hash', title: 'SHA-256', kind: 'text', under: 'title', sameLine: true, short: 12 },
]

function titleOnPages(row: Row): unknown {
  const report = registerReport(0)
  const pages = forPages({ ...report, sections: [{ blocks: [{ kind: 'table', key: 't', columns, rows: [row] }] }] })
  const [table] = tablesOf(pages)
  expect(table?.columns.map(({ key }) => key)).toEqual(['title'])
  return table && rowsOf(table)[0]?.['title']
}

test('columns under another are lines of its cell, some of them on one line, a hash shortened', () => {
  const row = { title: 'Policy', from: '2026-01-01', to: '2026-03-31', file: 'policy.pdf', hash: 'ab'.repeat(32) }
  expect(titleOnPages(row)).toEqual({
    text: 'Policy',
    noted:
      'From: 1\u00a0Jan\u00a02026\u00a0· To:\u00a031\u00a0Mar\u00a02026\nFile: policy.pdf\u00a0· SHA-256:\u00a0abababababab…',
  })
})

test('what follows on the line of an empty cell begins the line', () => {
  expect(titleOnPages({ title: 'Policy', to: '2026-03-31', hash: 'ab12' })).toEqual({
    text: 'Policy',
    noted: 'To:\u00a031\u00a0Mar\u00a02026\nSHA-256:\u00a0ab12',
  })
  expect(titleOnPages({ title: '', to: '2026-03-31' })).toBe('To:\u00a031\u00a0Mar\u00a02026')
})

test('what was noted beside comes last and without its title', () => {
  const report = registerReport(0)
  const noted: Column = { key: 'notes', title: 'Notes', kind: 'text', under: 'title', untitled: true }
  const rows = [{ title: 'Patch', notes: 'Due: ongoing', file: 'a.pdf' }, { title: 'Patch' }]
  const table = { kind: 'table', key: 't', columns: [columns[0] as Column, noted, columns[3] as Column], rows } as const
  const [folded] = tablesOf(forPages({ ...report, sections: [{ blocks: [table] }] }))
  expect(folded && rowsOf(folded).map((row) => row['title'])).toEqual([
    { text: 'Patch', noted: 'File: a.pdf\nDue: ongoing' },
    'Patch',
  ])
})

test('spreadsheets keep every column, and programs the rows', () => {
  const report = registerReport(2)
  expect(forPages(report).data).toEqual([])
  expect(report.data).toHaveLength(2)
})
