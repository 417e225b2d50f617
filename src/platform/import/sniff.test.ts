import { describe, expect, it } from 'vitest'
import { writeZip } from './fixtures/zip-writer.ts'
import { readBytes } from './read-bytes.ts'

async function refusal(bytes: Buffer): Promise<{ code: string; message: string }> {
  const result = await readBytes(bytes, 'register.xlsx', {})
  if (result.ok) throw new Error('was read')
  return result.refusal
}

const compound = (...names: string[]): Buffer =>
  Buffer.concat([
    Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]),
    Buffer.alloc(504),
    ...names.map((name) => Buffer.from(name, 'utf16le')),
  ])
const part = (name: string) => ({ name, data: '<x/>' })

describe('what is not a table', () => {
  it.each([
    ['nothing', Buffer.alloc(0), 'The file is empty'],
    ['a protected workbook', compound('EncryptionInfo', 'EncryptedPackage'), 'protected with a password'],
    ['a workbook of 2003', compound('Workbook'), 'old XLS format'],
    ['a Word document of 2003', compound('WordDocument'), 'Word document'],
    ['a PDF', Buffer.from('%PDF-1.7\n%âãÏÓ'), 'PDF document'],
    ['an image', Buffer.from([0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10]), 'image'],
    ['a gzip file', Buffer.from([0x1f, 0x8b, 8, 0]), 'compressed archive'],
    ['a web page called .xls', Buffer.from('\n <!DOCTYPE html><html><table><tr><td>1'), 'web page'],
    ['XML', Buffer.from('<?xml version="1.0"?><Workbook/>'), 'XML document'],
    [
      'a program',
      Buffer.from([0x7f, 0x45, 0x4c, 0x46, 2, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 3, 0, 0x3e, 0]),
      'not a table of text',
    ],
    ['an ODS file', writeZip([part('mimetype'), part('content.xml'), part('META-INF/manifest.xml')]), 'OpenDocument'],
    ['a DOCX file', writeZip([part('word/document.xml')]), 'Word document'],
    ['an XLSB file', writeZip([part('xl/workbook.bin')]), 'XLSB'],
    ['a zip of pictures', writeZip([part('a.png')]), 'zip archive without a workbook'],
    ['only blanks', Buffer.from('\n \n,,,\n'), 'The file has no content'],
  ])('%s gets a sentence', async (_, bytes, says) => {
    expect((await refusal(bytes)).message).toContain(says)
  })
})
