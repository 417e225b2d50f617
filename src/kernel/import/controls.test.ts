import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { someControls } from '#testing/import-context.ts'
import { controlNumbersOf, readControls } from './control-numbers.ts'
import { controlIndex, languageOfTitles, sayControl } from './controls.ts'

const numbers = (text: string, loose = true): string[] => readControls(text, loose).map((control) => control.number)

describe('readControls', () => {
  it.each([
    ['A 5.17 A 8.5', ['5.17', '8.5']],
    ['A.8.12; A.8.20', ['8.12', '8.20']],
    ['5.15, 8.3', ['5.15', '8.3']],
    ['A5.15/A8.3', ['5.15', '8.3']],
    ['A.9.2.1', ['9.2.1']],
    ['ISO 27001 A.5.7', ['5.7']],
    ['Annex A 5.7 and Annex A 5.8', ['5.7', '5.8']],
    ['A.05.01', ['5.1']],
    ['A.5.15–A.5.18', ['5.15', '5.16', '5.17', '5.18']],
    ['A.5.15 bis 5.17', ['5.15', '5.16', '5.17']],
    ['A.5.1\nA.5.1', ['5.1']],
    ['A.8.12.', ['8.12']],
  ])('finds the numbers in %j', (text, expected) => expect(numbers(text)).toEqual(expected))

  it('takes the words after a number for its title', () => {
    expect(readControls('A.5.17 Authentication information; A.8.5 – Secure authentication', true)).toEqual([
      { number: '5.17', title: 'Authentication information' },
      { number: '8.5', title: 'Secure authentication' },
    ])
  })

  it('needs the A in prose, where other figures stand', () => {
    expect(numbers('Firewall 9.1 patched in 2026.05, see A.8.20 and CVSS 7.5', false)).toEqual(['8.20'])
  })

  it('does not take dates, versions and amounts for controls in a column of controls', () => {
    expect(numbers('2026-02-01, 1.000.000, v1.2, 10.1.2.3')).toEqual([])
  })

  it('never throws', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(readControls(text, true)).toBeInstanceOf(Array)
      }),
    )
  })
})

describe('controlNumbersOf', () => {
  it('knows that a spreadsheet keeps 5.10 as the number 5.1', () => {
    expect(controlNumbersOf({ text: '5.1', number: 5.1 })).toEqual({ number: '5.1', alternatives: ['5.10'] })
    expect(controlNumbersOf({ text: '5.10', number: 5.1 })).toEqual({ number: '5.10', alternatives: ['5.1'] })
    expect(controlNumbersOf({ text: '5.17', number: 5.17 })).toEqual({ number: '5.17', alternatives: [] })
    expect(controlNumbersOf({ text: '5', number: 5 })).toEqual({ number: null, alternatives: [] })
  })
})

describe('controlIndex', () => {
  const index = controlIndex(someControls)
  const refOf = (number: string | null, title: string | null): unknown => {
    const match = index.match(number, title)
    return match.kind === 'match' ? match.control.ref : match.kind
  }

  it('matches number and title', () => {
    expect(refOf('5.15', 'Access Control')).toBe('A.5.15')
    expect(refOf('6.1', 'Sicherheitsüberprüfung')).toBe('A.6.1')
    expect(refOf('5.17', null)).toBe('A.5.17')
  })

  it('follows numbers of the edition before, checking the title of either edition', () => {
    expect(index.match('9.2.1', 'User registration and de-registration')).toMatchObject({
      kind: 'match',
      edition: 'previous',
      control: { ref: 'A.5.16' },
    })
    expect(index.match('9.1', 'Access control policies')).toMatchObject({
      kind: 'match',
      edition: 'previous',
      control: { ref: 'A.5.15' },
    })
  })

  it('sees that a number carries the title of another control', () => {
    const match = index.match('5.9', 'Access Control Policy')
    expect(match).toMatchObject({ kind: 'mismatch', control: { ref: 'A.5.9' }, byTitle: { ref: 'A.5.15' } })
    const said: unknown[] = []
    sayControl(
      { say: (...words) => said.push(words) },
      'control',
      '5.9',
      'Access Control Policy',
      match,
      'error',
      index,
    )
    expect(said).toEqual([
      [
        'warning',
        'import.control_mismatch',
        'control',
        {
          control: 'A.5.9',
          title: 'Inventory of information and other associated assets',
          stated: 'Access Control Policy',
          other: 'A.5.15',
          otherTitle: 'Access control',
        },
      ],
    ])
  })

  it('does not turn an odd title into another control', () => {
    expect(index.match('5.16', 'User access management')).toMatchObject({ kind: 'unclear', control: { ref: 'A.5.16' } })
  })

  it('does not judge titles in a language the catalogue does not have', () => {
    expect(index.match('5.16', 'Identitätsmanagement und Kontenführung')).toMatchObject({
      kind: 'match',
      unchecked: true,
    })
    expect(index.match('8.15', 'Protokollieren', [], 'de')).toMatchObject({ kind: 'match', unchecked: true })
  })

  it('lets the title choose between 5.1 and 5.10', () => {
    expect(index.match('5.1', 'Acceptable use of information', ['5.10'])).toMatchObject({
      kind: 'match',
      control: { ref: 'A.5.10' },
    })
    expect(index.match('5.1', 'Policies for information security', ['5.10'])).toMatchObject({
      kind: 'match',
      control: { ref: 'A.5.1' },
    })
    expect(index.match('5.1', null, ['5.10'])).toMatchObject({ kind: 'match', control: { ref: 'A.5.1' } })
  })

  it('says what is wrong with a number that is no control', () => {
    expect(index.match('8.3', 'Media handling')).toMatchObject({ kind: 'unclear', control: { ref: 'A.7.10' } })
    expect(index.match('5.99', null)).toMatchObject({ kind: 'unknown', reason: 'absent' })
    expect(index.match('12.7.9', 'Whatever')).toMatchObject({ kind: 'unknown', reason: 'dropped', byTitle: null })
    expect(index.match(null, 'Segregation of duties')).toMatchObject({
      kind: 'unknown',
      reason: 'noNumber',
      byTitle: { ref: 'A.5.3' },
    })
  })

  it('names the controls of a group by title when the group went into several', () => {
    const split = controlIndex([
      {
        ref: 'A.8.6',
        titles: { en: 'Capacity management' },
        predecessors: [{ ref: 'A.12.1.3', title: 'Capacity management' }],
      },
      {
        ref: 'A.8.32',
        titles: { en: 'Change management' },
        predecessors: [{ ref: 'A.12.1.2', title: 'Change management' }],
      },
    ])
    expect(split.match('12.1', 'Managing changes')).toMatchObject({ kind: 'unknown', reason: 'objective' })
    expect(split.match('12.1', 'Change Management')).toMatchObject({
      kind: 'unknown',
      reason: 'objective',
      byTitle: { ref: 'A.8.32' },
    })
  })
})

it('tells the language of a list of titles', () => {
  expect(languageOfTitles(['Aufgabentrennung', 'Rückgabe von Werten', 'Telearbeit'])).toBe('de')
  expect(languageOfTitles(['Segregation of duties', 'Return of assets', 'Remote working'])).toBe('en')
})
