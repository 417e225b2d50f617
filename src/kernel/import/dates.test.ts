import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { dateOfSerial, readDate } from './dates.ts'

const read = (text: string, order: 'dmy' | 'mdy' | null = null, edge: 'start' | 'end' = 'end') =>
  readDate({ text }, order, edge)

describe('readDate', () => {
  it.each([
    ['2026-02-01', '2026-02-01'],
    ['2026/2/1', '2026-02-01'],
    ['20260201', '2026-02-01'],
    ['2026-02-01T10:00:00Z', '2026-02-01'],
    ['01.02.2026', '2026-02-01'],
    ['1.2.26', '2026-02-01'],
    ['31/12/26', '2026-12-31'],
    ['12/31/2026', '2026-12-31'],
    ['1 Feb 2026', '2026-02-01'],
    ['1. Februar 2026', '2026-02-01'],
    ['Feb 1, 2026', '2026-02-01'],
    ['15th March 2026', '2026-03-15'],
    ['05/05/2026', '2026-05-05'],
  ])('reads %s', (text, date) => {
    expect(read(text)).toMatchObject({ kind: 'date', date, note: null })
  })

  it.each([
    ['Q4-2026', '2026-12-31', '2026-10-01'],
    ['Q1 2026', '2026-03-31', '2026-01-01'],
    ['2026 Q2', '2026-06-30', '2026-04-01'],
    ['3. Quartal 2026', '2026-09-30', '2026-07-01'],
    ['H1 2026', '2026-06-30', '2026-01-01'],
    ['2. HJ 2026', '2026-12-31', '2026-07-01'],
    ['Februar 2028', '2028-02-29', '2028-02-01'],
    ['02/2026', '2026-02-28', '2026-02-01'],
    ['bis Ende März 2026', '2026-03-31', '2026-03-01'],
    ['2026', '2026-12-31', '2026-01-01'],
  ])('reads %s as its last day when due and its first when starting, and says so', (text, end, start) => {
    expect(read(text, null, 'end')).toMatchObject({ kind: 'date', date: end, note: 'span' })
    expect(read(text, null, 'start')).toMatchObject({ kind: 'date', date: start })
  })

  it('does not choose between day and month', () => {
    expect(read('03/04/2026')).toEqual({ kind: 'ambiguous', dmy: '2026-04-03', mdy: '2026-03-04' })
    expect(read('03/04/2026', 'dmy')).toMatchObject({ date: '2026-04-03' })
    expect(read('03/04/2026', 'mdy')).toMatchObject({ date: '2026-03-04' })
  })

  it.each(['Recurring', 'Fortlaufend', 'monthly', 'vierteljährlich', 'every 3 months', 'alle 6 Monate'])(
    'knows that %s has no day',
    (text) => expect(read(text)).toEqual({ kind: 'recurring' }),
  )

  it.each(['n/a', '-', '', 'tbd'])('knows that %j is no date at all', (text) =>
    expect(read(text)).toEqual({ kind: 'none' }),
  )

  it.each([
    '2026-02-30',
    '31.11.2026',
    'Within 2 weeks of start',
    'soon',
    'Rolling out in May',
    '13/13/2026',
    'Q5 2026',
    '0001-01-01',
  ])('does not invent a date for %s', (text) => expect(read(text)).toEqual({ kind: 'unreadable' }))

  it('takes the number of a cell without a date format for a day, and says so', () => {
    expect(readDate({ text: '46054', number: 46054 }, null, 'end')).toMatchObject({
      date: '2026-02-01',
      note: 'serial',
    })
  })

  it('reads every day it writes, in every common form', () => {
    const day = fc.date({ min: new Date('1951-01-01'), max: new Date('2069-12-31'), noInvalidDate: true })
    fc.assert(
      fc.property(day, (date) => {
        const iso = date.toISOString().slice(0, 10)
        const [y, m, d] = iso.split('-')
        for (const text of [iso, `${d}.${m}.${y}`, `${Number(d)}.${Number(m)}.${y}`])
          expect(read(text)).toMatchObject({ date: iso })
        expect(read(`${d}/${m}/${y}`, 'dmy')).toMatchObject({ date: iso })
        expect(read(`${m}/${d}/${y}`, 'mdy')).toMatchObject({ date: iso })
      }),
    )
  })

  it('never throws', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(readDate({ text }, null, 'end').kind).toBeTypeOf('string')
      }),
    )
  })
})

it('knows the day 1904 workbooks count from', () => {
  expect(dateOfSerial(46054)).toBe('2026-02-01')
  expect(dateOfSerial(46054 - 1462, true)).toBe('2026-02-01')
  expect(dateOfSerial(3)).toBeNull()
})
