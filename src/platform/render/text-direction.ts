import { localeOf } from './cell-text.ts'

const rightToLeft = new Set(['ar', 'dv', 'fa', 'he', 'ps', 'sd', 'ug', 'ur', 'yi'])

/** Whether a language (BCP 47) is written from right to left. */
export const isRightToLeft = (language: string): boolean => rightToLeft.has(localeOf(language).language)

/** Whether a text is read from right to left, by its first letter; `otherwise` when it has none. */
export function startsRightToLeft(text: string, otherwise = false): boolean {
  const letter = /\p{L}/u.exec(text)?.[0]
  return letter === undefined ? otherwise : /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff]/.test(letter)
}
