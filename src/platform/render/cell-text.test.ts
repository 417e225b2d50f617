import { describe, expect, it } from 'vitest'
import { registerReport } from '#testing/reports.ts'
import { cellText, cleanText, dayText, momentText, plainCellText } from './cell-text.ts'

const { meta } = registerReport(0)
const german = { ...meta, language: 'de-DE' }

describe('cellText', () => {
  it.each([
    [null, 'text', ''],
    [undefined, 'text', ''],
    [Number.NaN, 'number', ''],
    [1234567.891, 'number', '1.234.567,891'],
    [1000, 'number', '1.000'],
    [0, 'number', '0'],
    ['2026-03-31', 'date', '31.03.2026'],
    ['2026-02-30', 'date', '2026-02-30'],
    ['2026-03-31T22:30:00.000Z', 'date', '01.04.2026,\u00a000:30'],
    ['2026-03-31T22:30:00.000Z', 'text', '2026-03-31T22:30:00.000Z'],
    [['one\ntwo', 'three'], 'list', 'one two\nthree'],
    [[], 'list', ''],
    [{ text: 'Implemented', icon: 'full', tone: 'positive' }, 'badge', 'Implemented'],
  ] as const)('%j as %s reads %j', (cell, kind, expected) => expect(cellText(cell, kind, german)).toBe(expected))
})

it('cells for programs keep days and moments in ISO 8601, in the zone of the report', () => {
  expect(plainCellText('2026-03-31', 'date', german)).toBe('2026-03-31')
  expect(plainCellText('2026-03-31T22:30:00.000Z', 'date', german)).toBe('2026-04-01 00:30')
  expect(plainCellText(1234567.891, 'number', german)).toBe('1.234.567,891')
})

it('days are written as the language does, and a day never breaks', () => {
  expect(dayText('2026-03-31', 'en')).toBe('31\u00a0Mar\u00a02026')
  expect(dayText('2026-03-01', 'de')).toBe('01.03.2026')
  expect(dayText('soon', 'de')).toBe('soon')
})

describe('momentText', () => {
  it('writes days and moments in the language and zone of the report', () => {
    expect(momentText('2026-03-31', german)).toBe('31. März 2026')
    expect(momentText('2026-03-31T22:30:00.000Z', german)).toBe('1. April 2026 um 00:30 MESZ')
    expect(momentText('2026-03-31', { ...meta, language: 'not a language' })).toBe('March 31, 2026')
    expect(momentText('2026-03-31T14:05:00.000Z', { ...meta, language: 'en', timeZone: 'UTC' })).toBe(
      '31 March 2026 at 14:05 UTC',
    )
    expect(momentText('soon', meta)).toBe('soon')
  })
})

describe('cleanText', () => {
  it.each([
    ['a\r\nb\rc\u2028d', 'a\nb\nc\nd'],
    ['a\u0000b\u001bc\u007f', 'abc'],
    ['half \ud83d pair', 'half \ufffd pair'],
    ['whole 🔴 pair', 'whole 🔴 pair'],
    ['tab\tstays', 'tab\tstays'],
  ])('%j becomes %j', (from, to) => expect(cleanText(from)).toBe(to))
})
