import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readMoney, readNumber, readYesNo, unitOf } from './numbers.ts'

it.each([
  ['8000', 8000],
  ['8.000', 8000],
  ['8,000.50', 8000.5],
  ['8.000,50', 8000.5],
  ['12 500', 12500],
  ["12'500", 12500],
  ['3,5', 3.5],
  ['0.125', 0.125],
  ['-4', -4],
  ['15%', 0.15],
])('reads the number %s', (text, value) => expect(readNumber({ text })).toBe(value))

it.each(['', 'abc', '1-5', '1.2.3', '1,2,3', '5 of 7', '12.34.567,8.9'])('reads no number in %j', (text) =>
  expect(readNumber({ text })).toBeNull(),
)

describe('readMoney', () => {
  it.each([
    ['8000', 8000, null],
    ['EUR 8.000,50', 8000.5, 'EUR'],
    ['8.000 €', 8000, 'EUR'],
    ['$5,000.00', 5000, 'USD'],
    ['12k €', 12000, 'EUR'],
    ['8 T€', 8000, 'EUR'],
    ['1,5 Mio. EUR', 1_500_000, 'EUR'],
    ['ca. 300 CHF', 300, 'CHF'],
    ['500,- €', 500, 'EUR'],
  ])('reads %s', (text, amount, currency) => expect(readMoney({ text }, '', null)).toEqual({ amount, currency }))

  it('takes currency and unit of the heading for bare figures', () => {
    expect(readMoney({ text: '8', number: 8 }, 'Kosten (TEUR)', null)).toEqual({ amount: 8000, currency: 'EUR' })
    expect(readMoney({ text: '8' }, 'Budget (USD)', 'EUR')).toEqual({ amount: 8, currency: 'USD' })
    expect(readMoney({ text: '8' }, 'Budget', 'EUR')).toEqual({ amount: 8, currency: 'EUR' })
  })

  it.each(['5k–10k', 'a lot', '10 %', 'see plan'])('reads no amount in %s', (text) =>
    expect(readMoney({ text }, '', null)).toBeNull(),
  )

  it('reads what it writes', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 10_000_000 }), (amount) => {
        const german = `${amount.toLocaleString('de-DE')} €`
        const english = `€${amount.toLocaleString('en-US')}`
        expect(readMoney({ text: german }, '', null)).toEqual({ amount, currency: 'EUR' })
        expect(readMoney({ text: english }, '', null)).toEqual({ amount, currency: 'EUR' })
      }),
    )
  })
})

it('finds currency and unit in a heading', () => {
  expect(unitOf('Cost in k€')).toEqual({ currency: 'EUR', factor: 1000 })
  expect(unitOf('Task')).toEqual({ currency: null, factor: 1 })
  expect(unitOf('Kommentar')).toEqual({ currency: null, factor: 1 })
})

it.each(['Yes', 'ja', 'Y', 'X', '✓', 'TRUE', '1', 'Anwendbar'])('%s is yes', (text) =>
  expect(readYesNo(text)).toBe(true),
)
it.each(['No', 'Nein', 'n', 'FALSE', '0', 'N/A', '✗', 'Nicht anwendbar'])('%s is no', (text) =>
  expect(readYesNo(text)).toBe(false),
)
it.each(['', 'maybe', 'partly', '2'])('%j is neither', (text) => expect(readYesNo(text)).toBeNull())
