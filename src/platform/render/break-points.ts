import { textWidth } from './text-width.ts'

/** Marks a place where a line may break without a hyphen (zero width space). */
export const breakMark = '\u200b'

/** Encloses a word that may be hyphenated (word joiner). */
export const hyphenMark = '\u2060'

/**
 * Prepares text for a narrow column. Words wider than the column are marked: those with syllables
 * (“Datenschutzfolgenabschätzung”) may be hyphenated, everything else (addresses, hashes, paths) may break after
 * punctuation or, where a part is still too wide, anywhere. All other words stay whole: names and short words broken at
 * the end of a short line read badly. The marks are never printed.
 * @param width of the column, in em
 * @param language two or three letters, as hyphenation takes it
 */
export function markBreaks(text: string, width: number, language: string): string {
  // No character is wider than an em, so a word with fewer characters than this is no problem.
  const fits = Math.max(1, Math.floor(width))
  const plain = text.includes(hyphenMark) ? text.replaceAll(hyphenMark, '') : text
  if (plain.length <= fits) return plain
  return plain.replace(longWords(fits), (word) => markWord(word, width, language))
}

function markWord(word: string, width: number, language: string): string {
  if (textWidth(word) <= width) return word
  if (isHyphenated(word, language)) return hyphenMark + word + hyphenMark
  const parts = word.split(/(?<=[/._\-?&=:;,@\\])(?=[^/._\-?&=:;,@\\])/u)
  const marked = parts.map((part) => {
    if (textWidth(part) <= width) return part
    if (isHyphenated(part, language)) return hyphenMark + part + hyphenMark
    return Array.from(graphemes.segment(part), ({ segment }) => segment).join(breakMark)
  })
  return marked.join(breakMark)
}

// Never inside an accented letter or a joined emoji.
const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' })

const patterns = new Map<number, RegExp>()

function longWords(fits: number): RegExp {
  const pattern = patterns.get(fits) ?? new RegExp(`[^\\s${breakMark}]{${fits + 1},}`, 'gu')
  patterns.set(fits, pattern)
  return pattern
}

/** Letters of the language's own alphabet, not absurdly long, with vowels often enough to have syllables. */
function isHyphenated(word: string, language: string): boolean {
  const letters = hyphenationAlphabet(language)
  return (
    letters !== null &&
    word.length <= 80 &&
    letters.test(word) &&
    !/(.)\1{3}/u.test(word) &&
    !/[^aeiouyäöüáàâéèêëíìîïóòôúùûæøåœаеёиоуыэюяіїєαεηιουωάέήίόύώ]{10}/iu.test(word)
  )
}

/** Languages with hyphenation patterns in Typst, by the alphabet the patterns are for. */
const hyphenating = {
  latin: new Set('af sq hr cs da nl en et fi fr de hu is it ku la lt nb nn no pl pt sk sl es sv tr tk'.split(' ')),
  cyrillic: new Set('be bg mn ru sr uk'.split(' ')),
}

function hyphenationAlphabet(language: string): RegExp | null {
  if (hyphenating.latin.has(language)) return /^\p{P}*\p{Script=Latin}+\p{P}*$/u
  if (hyphenating.cyrillic.has(language)) return /^\p{P}*\p{Script=Cyrillic}+\p{P}*$/u
  return language === 'el' ? /^\p{P}*\p{Script=Greek}+\p{P}*$/u : null
}
