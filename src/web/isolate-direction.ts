// Letters written from right to left, and characters that turn the direction of what follows.
const turning =
  /[\p{Script=Hebrew}\p{Script=Arabic}\p{Script=Syriac}\p{Script=Thaana}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/u
const isolate = '\u2068'
const end = '\u2069'

/**
 * A value as it stands inside a sentence: one that runs from right to left, or tries to turn the words after it, keeps
 * its direction to itself (Unicode Standard Annex 9: first strong isolate; its end also ends what was opened inside).
 */
export function isolateDirection(value: string): string {
  return turning.test(value) ? `${isolate}${value.replaceAll(end, '')}${end}` : value
}
