import { isUtf8 } from 'node:buffer'
import { Stop } from './stop.ts'
import { passwordProtected } from './zip.ts'

/** What the bytes are, whatever the name says. */
export type Content = 'zip' | 'text'

const startsWith = (bytes: Buffer, ...head: number[]): boolean => head.every((byte, i) => bytes[i] === byte)
const utf16 = (text: string): Buffer => Buffer.from(text, 'utf16le')

/**
 * Tells a workbook (zip) and a text table from everything people upload by mistake, and says what that is and what to do.
 */
export function sniff(bytes: Buffer): Content {
  if (bytes.length === 0) throw new Stop('import.file_empty', 'The file is empty')
  if (startsWith(bytes, 0x50, 0x4b, 0x03, 0x04)) return 'zip'
  if (startsWith(bytes, 0x50, 0x4b, 0x05, 0x06)) throw new Stop('import.file_empty', 'The file is an empty archive')
  if (startsWith(bytes, 0xd0, 0xcf, 0x11, 0xe0)) throw compound(bytes)
  if (bytes.subarray(0, 1024).includes('%PDF-'))
    throw wrongType('a PDF document', 'Export the table as XLSX or CSV from the program it was made with')
  if (
    startsWith(bytes, 0x1f, 0x8b) ||
    startsWith(bytes, 0x37, 0x7a, 0xbc, 0xaf) ||
    bytes.subarray(0, 4).equals(Buffer.from('Rar!'))
  ) {
    throw wrongType('a compressed archive', 'Unpack it and import the XLSX or CSV file inside')
  }
  if (
    startsWith(bytes, 0x89, 0x50, 0x4e, 0x47) ||
    startsWith(bytes, 0xff, 0xd8, 0xff) ||
    bytes.subarray(0, 3).equals(Buffer.from('GIF')) ||
    bytes.subarray(0, 4).equals(Buffer.from('RIFF'))
  ) {
    throw wrongType('an image or media file', 'Import the table itself as XLSX or CSV')
  }
  const head = bytes.subarray(0, 4096)
  const start = head
    .toString('latin1')
    .replace(/^(?:\u00ef\u00bb\u00bf)?\s*/, '')
    .slice(0, 200)
    .toLowerCase()
  if (start.startsWith('{\\rtf')) throw wrongType('an RTF document', 'Import the table as XLSX or CSV')
  if (/^(?:<!doctype html|<html|<head|<table|<meta)/.test(start)) {
    throw wrongType(
      'a web page (some programs export these under the name .xls)',
      'Open it in a spreadsheet program and save it as XLSX',
    )
  }
  if (start.startsWith('<?xml') || start.startsWith('<workbook'))
    throw wrongType('an XML document', 'Open it in a spreadsheet program and save it as XLSX')
  if (isBinary(head)) throw wrongType('not a table of text', 'Only XLSX and CSV files can be imported')
  return 'text'
}

/** OLE compound file: an encrypted workbook, or a format from before 2007. */
function compound(bytes: Buffer): Stop {
  if (bytes.includes(utf16('EncryptedPackage'))) return passwordProtected()
  if (bytes.includes(utf16('WordDocument'))) return wrongType('a Word document', 'Import the table as XLSX or CSV')
  return wrongType('a workbook in the old XLS format', 'Open it in a spreadsheet program and save it as XLSX')
}

export function wrongType(what: string, advice: string): Stop {
  return new Stop('import.wrong_type', `The file is ${what}. ${advice}`, { what })
}

function isBinary(head: Buffer): boolean {
  if (startsWith(head, 0xff, 0xfe) || startsWith(head, 0xfe, 0xff)) return false
  let nul = 0
  let control = 0
  for (const byte of head) {
    if (byte === 0) nul++
    else if (byte < 9 || (byte > 13 && byte < 32 && byte !== 0x1a && byte !== 0x1b)) control++
  }
  // Text in UTF-16 has a NUL in nearly every second place, never in both.
  if (nul > 0) return !looksUtf16(head, nul)
  return control > head.length * 0.02 && !isUtf8(head)
}

function looksUtf16(head: Buffer, nul: number): boolean {
  let even = 0
  for (let i = 0; i < head.length; i += 2) if (head[i] === 0) even++
  const odd = nul - even
  return Math.max(even, odd) > head.length * 0.2 && Math.min(even, odd) < head.length * 0.02
}
