import { expect, test } from 'vitest'
import { readControls } from './control-numbers.ts'
import { readDate } from './dates.ts'
import { readMoney, readNumber, readYesNo, unitOf } from './numbers.ts'
import { fold, isNothing, isPlaceholder, quote, similarity, splitList, tidy, words, wordsOf } from './text.ts'

// A cell of 200 KB, made to send a pattern back and forth: what takes its square would take minutes, and runs out of time here.

const readers: Readonly<Record<string, (text: string) => unknown>> = {
  fold,
  tidy,
  isPlaceholder,
  isNothing,
  wordsOf,
  quote,
  words,
  splitList: (text) => splitList(text, true),
  similarity: (text) => similarity(text, `${text}a`),
  readControls: (text) => [readControls(text, true), readControls(text, false)],
  readDate: (text) => readDate({ text }, null, 'end'),
  readNumber: (text) => readNumber({ text }),
  readMoney: (text) => readMoney({ text }, 'Cost', 'EUR'),
  unitOf,
  readYesNo,
}
const units = [
  '(',
  '[',
  '1,',
  '1.',
  ' ',
  ' \n ',
  '\u00A0',
  ';',
  ' - ',
  ',-',
  'A.5.1-',
  '5.1 to ',
  'every ',
  '1 k',
  '<',
  "'",
  'a\u0301',
  '\uFDFA',
]
const bytes = 200_000

test.each(Object.entries(readers))('%s takes time by the length of a cell', { timeout: 20_000 }, (_name, read) => {
  for (const unit of units)
    for (const end of ['', '!', '1']) {
      const text = unit.repeat(bytes / unit.length) + end
      expect(() => read(text)).not.toThrow()
    }
})

test('a document in a cell is neither yes nor a date', () => {
  expect(readYesNo(`yes${' '.repeat(bytes)}`)).toBe(true)
  expect(readYesNo('yes '.repeat(bytes))).toBeNull()
  expect(readDate({ text: `every ${'x'.repeat(bytes)}` }, null, 'end')).toEqual({ kind: 'unreadable' })
})
