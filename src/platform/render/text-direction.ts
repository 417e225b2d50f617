import { localeOf } from './cell-text.ts'

const rightToLeft = new Set(['ar', 'dv', 'fa', 'he', 'ps', 'sd', 'ug', 'ur', 'yi'])

/** Whether a language (BCP 47) is written from right to left. */
export const isRightToLeft = (language: string): boolean => rightToLeft.has(localeOf(language).language)

/** Whether the first letter of a text is one that is read from right to left. */
export const startsRightToLeft = (text: string): boolean =>
  /^\P{L}*[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff]/u.test(text)
