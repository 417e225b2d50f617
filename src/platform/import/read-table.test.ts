import { closeSync, ftruncateSync, mkdtempSync, openSync, rmSync, writeFileSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { workbookParts, writeWorkbook } from './fixtures/workbook-writer.ts'
import { writeZip } from './fixtures/zip-writer.ts'
import { readWorkbook } from './read-table.ts'

let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'import-'))
})
afterAll(() => rmSync(folder, { recursive: true }))

describe('readWorkbook', () => {
  it('reads a file by path and by content, in a thread of its own', async () => {
    const path = join(folder, 'assets.csv')
    writeFileSync(path, 'ID;Name\n1;Laptop\n')
    const fromPath = await readWorkbook(path, 'assets.csv')
    expect(fromPath).toMatchObject({ ok: true, value: [{ name: 'assets', rows: [{ line: 1 }, { line: 2 }] }] })
    expect(await readWorkbook(Buffer.from('ID;Name\n1;Laptop\n'), 'assets.csv')).toEqual(fromPath)
    const book = await readWorkbook(
      writeWorkbook({
        sheets: [
          { name: 'One', rows: { 3: ['a'] } },
          { name: 'Two', rows: { 1: ['b'] } },
        ],
      }),
      'x.xlsx',
    )
    expect(book).toMatchObject({ ok: true, value: [{ name: 'One', rows: [{ line: 3 }] }, { name: 'Two' }] })
  })

  it('does not believe the name', async () => {
    expect(
      await readWorkbook(writeWorkbook({ sheets: [{ name: 'S', rows: { 1: ['a'] } }] }), 'list.csv'),
    ).toMatchObject({ ok: true })
    expect(await readWorkbook(Buffer.from('%PDF-1.4'), 'list.xlsx')).toMatchObject({
      ok: false,
      refusal: { code: 'import.wrong_type' },
    })
  })

  it('refuses a line of 200 MB by its size alone', async () => {
    const path = join(folder, 'huge.csv')
    const file = openSync(path, 'w')
    writeSync(file, 'A,B\n')
    ftruncateSync(file, 200 * 1024 * 1024)
    closeSync(file)
    expect(await readWorkbook(path, 'huge.csv')).toMatchObject({
      ok: false,
      refusal: { code: 'import.file_too_large', message: expect.stringContaining('200 MiB') },
    })
  })

  it('stops what takes too long or too much memory, with a sentence', async () => {
    const xml = Array.from(
      { length: 60_000 },
      (_, i) => `<row r="${i + 1}">${'<c t="inlineStr"><is><t>some text</t></is></c>'.repeat(20)}</row>`,
    ).join('')
    const parts = workbookParts({ sheets: [{ name: 'S', rows: {} }] }).map((part) =>
      part.name.includes('sheet1') ? { ...part, data: `<worksheet><sheetData>${xml}</sheetData></worksheet>` } : part,
    )
    const bytes = writeZip(parts)
    expect(await readWorkbook(bytes, 'slow.xlsx', { milliseconds: 20 })).toMatchObject({
      ok: false,
      refusal: { code: 'import.too_slow' },
    })
    expect(await readWorkbook(bytes, 'fat.xlsx', { memoryMb: 24 })).toMatchObject({
      ok: false,
      refusal: { code: 'import.too_large_to_read' },
    })
  }, 30_000)
})
