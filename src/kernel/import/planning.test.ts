import { expect, test } from 'vitest'
import type { RowIssue } from '../import.ts'
import { fitLine } from './planning.ts'

test('a cell of several lines becomes one line for a field of one, and nothing of it is lost', () => {
  const issues: RowIssue[] = []
  expect(fitLine('Fire\nin the hall\u2028at night', 40, 'title', issues)).toBe('Fire in the hall at night')
  expect(issues).toEqual([])
  expect(fitLine('Fire\nin the hall', 9, 'title', issues)).toBe('Fire in …')
  expect(issues).toMatchObject([{ code: 'import.cut', field: 'title' }])
})
