import fc from 'fast-check'
import { expect, test } from 'vitest'
import { safeFileName } from './file-name.ts'

test.each([
  ['Zugriffsprüfung Q1.xlsx', 'Zugriffsprüfung Q1.xlsx'],
  ['Zugriffspru\u0308fung.xlsx', 'Zugriffsprüfung.xlsx'],
  ['../../etc/passwd', 'passwd'],
  ['C:\\Users\\anna\\report.pdf', 'report.pdf'],
  ['report.pdf/', 'report.pdf'],
  ['in\u202efdp.exe', 'infdp.exe'],
  ['a\u0000b\r\nContent-Type: x.txt', 'abContent-Type_ x.txt'],
  ['..', 'file'],
  ['', 'file'],
  ['///', 'file'],
  [' . ', 'file'],
  ['CON', '_CON'],
  ['nul.txt', '_nul.txt'],
  ['console.log', 'console.log'],
  ['.env', '.env'],
  ['what?<>|.csv', 'what____.csv'],
  ['lone\ud800surrogate', 'lone\ufffdsurrogate'],
  ['審査証跡.pdf', '審査証跡.pdf'],
  ['क्‍ष.txt', 'क्‍ष.txt'],
])('%j is called %j', (given, expected) => {
  expect(safeFileName(given)).toBe(expected)
})

test('a long name keeps its extension and never splits a character', () => {
  const name = safeFileName(`${'審'.repeat(300)}.docx`)
  expect(Buffer.byteLength(name)).toBeLessThanOrEqual(255)
  expect(name).toMatch(/^審+\.docx$/)
  expect(safeFileName(`a${'\u0301'.repeat(400)}.pdf`)).toBe('file.pdf')
  expect(Buffer.byteLength(safeFileName(`x.${'y'.repeat(400)}`))).toBeLessThanOrEqual(255)
})

test('whatever is given, the name is safe, and making it safe again changes nothing', () => {
  const anyText = fc.string({ unit: 'binary', maxLength: 400 })
  const nasty = fc.array(
    fc.constantFrom('..', '/', '\\', ' ', '.', 'con', ':', '\u202e', '\ud800', 'e\u0301', '審', '👩‍💻', '\u0301', 'Å'),
    { maxLength: 200 },
  )
  fc.assert(
    fc.property(
      fc.oneof(
        anyText,
        nasty.map((parts) => parts.join('')),
      ),
      (given) => {
        const name = safeFileName(given)
        expect(name).not.toBe('')
        expect(Buffer.byteLength(name)).toBeLessThanOrEqual(255)
        expect(name).not.toMatch(/[/\\\p{Cc}\u202a-\u202e]/u)
        expect(name.isWellFormed()).toBe(true)
        expect(['.', '..']).not.toContain(name)
        expect(safeFileName(name)).toBe(name)
      },
    ),
    { numRuns: 500 },
  )
})
