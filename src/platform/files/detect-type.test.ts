import { Document, Packer, Paragraph } from 'docx'
import ExcelJS from 'exceljs'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { detectType, isActiveContent, tailBytes } from './detect-type.ts'

const bytes = (text: string): Buffer => Buffer.from(text, 'latin1')

test.each([
  ['%PDF-1.7\n%âãÏÓ', 'application/pdf'],
  ['\r\n  %PDF-1.4', 'application/pdf'],
  ['\x89PNG\r\n\x1a\n\0\0\0\rIHDR', 'image/png'],
  ['\xff\xd8\xff\xe0\0\x10JFIF', 'image/jpeg'],
  ['GIF89a\x01\0', 'image/gif'],
  ['RIFF\x24\0\0\0WEBPVP8 ', 'image/webp'],
  ['RIFF\x24\0\0\0WAVEfmt ', 'application/octet-stream'],
  ['PK\x03\x04\x14\0\0\0\0\0readme.txt', 'application/zip'],
  ['MZ\x90\0\x03', 'application/x-msdownload'],
  ['#!/bin/sh\nrm -rf /', 'text/x-shellscript'],
  ['<!DOCTYPE html><p>hi', 'text/html'],
  ['\n\t<!-- a comment --><SCRIPT>alert(1)</SCRIPT>', 'text/html'],
  ['<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>', 'image/svg+xml'],
  ['<?xml version="1.0"?>\n<!-- x --><!DOCTYPE svg PUBLIC "a" "b"><svg:svg/>', 'image/svg+xml'],
  ['<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml">', 'application/xhtml+xml'],
  ['<?xml version="1.0"?><risks/>', 'application/xml'],
  ['asset;owner\nlaptop;anna', 'text/plain'],
  ['Pr\xfcfung in Windows-1252', 'text/plain'],
  ['a < b and <unknown> too', 'text/plain'],
  ['\0\x01\x02\x03', 'application/octet-stream'],
])('%j is %s', (content, type) => {
  expect(detectType(bytes(content))).toBe(type)
})

test('a page hidden in UTF-16 or behind a byte order mark is still a page', () => {
  expect(detectType(Buffer.from('\ufeff<html><body>', 'utf16le'))).toBe('text/html')
  expect(detectType(Buffer.from('\ufeff<html>', 'utf8'))).toBe('text/html')
  expect(detectType(Buffer.from('\ufeffplain', 'utf16le'))).toBe('text/plain')
})

test('office files are told apart by their members, also when only the end names them', async () => {
  const book = new ExcelJS.Workbook()
  book.addWorksheet('Risks').addRow(['R-1'])
  const xlsx = Buffer.from(await book.xlsx.writeBuffer())
  expect(detectType(xlsx)).toMatch(/spreadsheetml\.sheet$/)
  expect(detectType(xlsx.subarray(0, 40), xlsx.subarray(-tailBytes))).toMatch(/spreadsheetml\.sheet$/)
  const docx = await Packer.toBuffer(new Document({ sections: [{ children: [new Paragraph('SoA')] }] }))
  expect(detectType(docx)).toMatch(/wordprocessingml\.document$/)
  expect(detectType(Buffer.concat([xlsx, bytes('xl/vbaProject.bin')]))).toBe(
    'application/vnd.ms-excel.sheet.macroEnabled.12',
  )
})

test('a workbook under a password is recognised as one', () => {
  const stream = Buffer.from('EncryptedPackage', 'utf16le')
  const file = Buffer.concat([bytes('\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1'), Buffer.alloc(500), stream])
  expect(detectType(file)).toBe('application/x-office-encrypted')
})

test('what can run is active, what cannot is not', () => {
  for (const type of ['text/html', 'text/html; charset=utf-8', 'image/svg+xml', 'application/xml']) {
    expect(isActiveContent(type)).toBe(true)
  }
  for (const type of ['application/pdf', 'image/png', 'text/plain']) expect(isActiveContent(type)).toBe(false)
})

test('any bytes have a type, and one a header can carry', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 300 }), (content) => {
      expect(detectType(content)).toMatch(/^[a-z]+\/[\w.+-]+$/)
    }),
  )
})

test('a head made to confuse the scan is told as text, quickly', () => {
  for (const unit of ['<!--', '<?', ' ', '<!doctype svg [', '\ufeff', '<!doctype svg ']) {
    expect(detectType(Buffer.from(unit.repeat(20_000)))).toBe('text/plain')
  }
})
