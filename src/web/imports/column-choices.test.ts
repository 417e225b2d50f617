import { expect, test } from 'vitest'
import type { Preview } from '../pages/import-questions.tsx'
import { columnsOf, remapped } from './column-choices.ts'

const column = (index: number, header: string, field: string | null) => ({ index, header, samples: [], field })
const field = (name: string, many = false) => ({ name, label: name, required: false, many, choices: null })
const preview = {
  mapping: { sheet: 'Risks', headerRow: 1, columns: { owner: [{ index: 0, header: 'Owner' }] } },
  columns: [column(0, 'Owner', 'owner'), column(1, 'Responsible', null), column(2, 'Asset', 'assets')],
  fields: [field('owner'), field('assets', true)],
} as unknown as Preview

const fieldsAfter = (index: number, chosen: string | null) =>
  columnsOf(remapped({}, preview, index, chosen), preview).map((one) => one.field)

test('a field only one column may have is taken over, and the other column left out', () => {
  expect(fieldsAfter(1, 'owner')).toEqual([null, 'owner', 'assets'])
})

test('a field several columns may have keeps them all', () => {
  expect(fieldsAfter(1, 'assets')).toEqual(['owner', 'assets', 'assets'])
})

test('a column the guess had filled can be left out, and what was said survives the next choice', () => {
  const first = remapped({}, preview, 0, null)
  expect(columnsOf(first, preview).map((one) => one.field)).toEqual([null, null, 'assets'])
  const second = remapped(first, preview, 1, 'owner')
  expect(columnsOf(second, preview).map((one) => one.field)).toEqual([null, 'owner', 'assets'])
})
