import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { importLimits } from './limits.ts'
import { readBytes } from './read-bytes.ts'
import type { TextOptions } from './read-csv.ts'

async function read(
  content: string | Buffer,
  options: TextOptions = {},
): Promise<{ rows: string[][]; lines: number[]; notes: readonly string[] }> {
  const result = await readBytes(Buffer.from(content), 'list.csv', options)
  if (!result.ok) throw new Error(`refused: ${result.refusal.message}`)
  const [sheet] = result.value
  const rows = (sheet?.rows ?? []).map((row) => Array.from(row.cells, (cell) => cell?.text ?? ''))
  return { rows, lines: (sheet?.rows ?? []).map((row) => row.line), notes: sheet?.notes ?? [] }
}

async function refusal(
  content: string | Buffer,
  options: TextOptions = {},
): Promise<{ code: string; message: string }> {
  const result = await readBytes(Buffer.from(content), 'list.csv', options)
  if (result.ok) throw new Error('was read')
  return result.refusal
}

const german = 'Nr;Risiko;Eigentümer\n1;Brand im Büro;Jörg Weiß\n2;Ausfall – Kühlung;Änne Groß\n'

describe('encodings', () => {
  const expected = [
    ['Nr', 'Risiko', 'Eigentümer'],
    ['1', 'Brand im Büro', 'Jörg Weiß'],
    ['2', 'Ausfall – Kühlung', 'Änne Groß'],
  ]
  const utf16be = (text: string): Buffer => Buffer.from(text, 'utf16le').swap16()
  const windows1252 = Buffer.from(german.replaceAll('–', '\u0096'), 'latin1')

  it.each([
    ['UTF-8', Buffer.from(german)],
    ['UTF-8 with a byte order mark', Buffer.from(`\uFEFF${german}`)],
    ['UTF-16 LE with a byte order mark', Buffer.from(`\uFEFF${german}`, 'utf16le')],
    ['UTF-16 BE with a byte order mark', utf16be(`\uFEFF${german}`)],
    ['UTF-16 LE without', Buffer.from(german, 'utf16le')],
    ['UTF-16 BE without', utf16be(german)],
    ['Windows-1252', windows1252],
  ])('reads %s', async (_, bytes) => {
    expect((await read(bytes)).rows).toEqual(expected)
  })

  it('says what it assumed, and lets it be corrected', async () => {
    expect((await read(windows1252)).notes[0]).toContain('Windows-1252')
    const czech = Buffer.from([0x52, 0x2c, 0xf8, 0x0a, 0x31, 0x2c, 0xec, 0x0a])
    expect((await read(czech, { encoding: 'windows-1250' })).rows).toEqual([
      ['R', 'ř'],
      ['1', 'ě'],
    ])
    expect(await refusal(czech, { encoding: 'klingon' })).toMatchObject({ code: 'import.unknown_encoding' })
  })
})

describe('separators', () => {
  it.each([',', ';', '\t', '|'])('finds %j', async (separator) => {
    const text = [
      ['ID', 'Name', 'Cost'],
      ['1', 'A, B; C', '8,5'],
      ['2', 'D', '1.000,00'],
    ]
      .map((row) => row.map((cell) => `"${cell}"`).join(separator))
      .join('\n')
    expect((await read(text)).rows[1]).toEqual(['1', 'A, B; C', '8,5'])
  })

  it('is not misled by commas inside German texts', async () => {
    const text =
      'Nr;Maßnahme\n1;Türen, Fenster, Schlösser prüfen\n2;Listen, Protokolle, Berichte\n3;Strom, Wasser, Klima\n'
    expect((await read(text)).rows[0]).toEqual(['Nr', 'Maßnahme'])
  })

  it('believes the line “sep=”', async () => {
    const { rows, lines } = await read('sep=;\nID;Name\n1;a,b,c\n')
    expect(rows).toEqual([
      ['ID', 'Name'],
      ['1', 'a,b,c'],
    ])
    expect(lines).toEqual([2, 3])
  })
})

describe('rows', () => {
  it('keeps the line numbers of the file, past quoted line breaks and empty lines', async () => {
    const { rows, lines } = await read('A,B\r\n\r\n1,"two\nlines"\r\n,,\r\n2,x\r\n')
    expect(rows).toEqual([
      ['A', 'B'],
      ['1', 'two\nlines'],
      ['2', 'x'],
    ])
    expect(lines).toEqual([1, 3, 6])
  })

  it('keeps formulas and scripts as the text they are', async () => {
    const text = 'Name,Note\n"=cmd|\'/C calc\'!A0",<script>alert(1)</script>\n+1,@SUM(A1)\n'
    expect((await read(text)).rows.slice(1)).toEqual([
      ["=cmd|'/C calc'!A0", '<script>alert(1)</script>'],
      ['+1', '@SUM(A1)'],
    ])
  })

  it('reads quotation marks inside a text and files of the old Mac kind', async () => {
    expect((await read('A,B\r5" disk,x\r')).rows).toEqual([
      ['A', 'B'],
      ['5" disk', 'x'],
    ])
  })

  it('says on which line a quotation mark was opened and never closed', async () => {
    expect(await refusal('A,B\n1,x\n2,"never ends\n3,y\n')).toMatchObject({
      code: 'import.quote_open',
      message:
        'A text in quotation marks begins on line 3 and never ends. Close the quotation mark, or double it if it belongs to the text',
    })
  })

  it('gives back what was written, whatever the text', async () => {
    const cell = fc.string({ unit: fc.constantFrom(...'aé"\',;|\t\n =+-@0.€𝄞'), maxLength: 12 })
    const table = fc
      .integer({ min: 2, max: 6 })
      .chain((width) =>
        fc.array(fc.array(cell, { minLength: width, maxLength: width }), { minLength: 1, maxLength: 12 }),
      )
    const write = (rows: string[][], separator: string): string =>
      rows.map((row) => row.map((text) => `"${text.replaceAll('"', '""')}"`).join(separator)).join('\r\n')
    await fc.assert(
      fc.asyncProperty(table, fc.constantFrom(',', ';', '\t', '|'), async (rows, delimiter) => {
        // Rows of blanks only are not rows.
        const filled = rows.filter((row) => row.some((text) => text.trim() !== ''))
        fc.pre(filled.length > 0)
        const back = (await read(write(filled, delimiter), { delimiter })).rows
        const trimmed = filled.map((row) => row.slice(0, row.findLastIndex((text) => text.trim() !== '') + 1))
        expect(back).toEqual(trimmed)
      }),
      { numRuns: 150 },
    )
  })
})

describe('limits', () => {
  it('refuses a line no table has, naming it', async () => {
    const long = 'x'.repeat(importLimits.lineBytes + 1)
    expect(await refusal(`A,B\n1,${long}\n`)).toMatchObject({
      code: 'import.line_too_long',
      message: expect.stringContaining('Line 2'),
    })
    expect(await refusal(`A,B\n1,"${'y\n'.repeat(importLimits.lineBytes / 2 + 1)}"\n`)).toMatchObject({
      code: 'import.line_too_long',
    })
  })

  it('refuses more columns and rows than it can show', async () => {
    expect(await refusal(`${'a,'.repeat(importLimits.columns)}b\n`)).toMatchObject({ code: 'import.too_many_columns' })
    expect(await refusal('a\n'.repeat(importLimits.rows + 1))).toMatchObject({
      code: 'import.too_many_rows',
      message: expect.stringContaining('100,000'),
    })
  })
})
