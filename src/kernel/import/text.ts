/** Reading what people type into cells: the pure part every register shares. */

const spelledOut: Readonly<Record<string, string>> = {
  ä: 'ae',
  ö: 'oe',
  ü: 'ue',
  ß: 'ss',
  æ: 'ae',
  ø: 'o',
  œ: 'oe',
  ł: 'l',
  đ: 'd',
}

/**
 * The form in which headings and values are compared: lower case, umlauts written out, accents dropped, everything that
 * is neither letter nor digit a single space. `Eigentümer` and `EIGENTUEMER` become equal, and so do `Maßnahme` and `Massnahme`.
 */
export function fold(text: string): string {
  if (text.length > longest) return (foldAnew(text.slice(0, longest)) + text.slice(longest)).trimEnd()
  if (text.length > 80) return foldAnew(text)
  let folded = foldings.get(text)
  if (folded === undefined) {
    folded = foldAnew(text)
    if (foldings.size >= 20_000) foldings.clear()
    foldings.set(text, folded)
  }
  return folded
}

// No heading, level, name or title is longer. One character may become eighteen (U+FDFA), and what lies beyond is
// compared as it is, so that a document in a cell is not folded at length.
const longest = 4000

// The same short texts are compared again and again: headings, levels, names of owners.
const foldings = new Map<string, string>()

function foldAnew(text: string): string {
  const lower = text.toLowerCase()
  if (/^[\t\n\r -~]*$/.test(lower)) return lower.replace(/[^a-z0-9]+/g, ' ').trim()
  // Umlauts while they are one character; letters like æ when their accents are gone.
  const umlauts = text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[äöüß]/gu, spell)
  const bare = umlauts
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .toLowerCase()
    .replace(/[æøœłđß]/gu, spell)
  return bare.replace(/[^\p{L}\p{N}]+/gu, ' ').trim()
}

const spell = (char: string): string => spelledOut[char] ?? char

// Tab and line feed stay; NUL and the other controls cannot be stored, zero-width characters only hide differences.
const unprintable = /(?![\t\n\r])[\p{Cc}\u00AD\u200B-\u200D\u2060\uFEFF]/gu

/** Text as it is kept: well-formed, without control characters, single spaces, no spaces around lines, at most one empty line. */
export function tidy(text: string): string {
  if (/^[\u0020-\u007E]*$/.test(text) && !/^ | {2}| $/.test(text)) return text
  return text
    .toWellFormed()
    .replace(unprintable, '')
    .replace(/\r\n?/g, '\n')
    .replace(/[\p{Zs}\t]+/gu, ' ')
    .replace(/ ?\n ?/g, '\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim()
}

const bracketed = /^(?:\[[^\]]*\]|<[^>]*>|\{\{?[^}]*\}?\}|\$\{[^}]*\}|«[^»]*»)$/u
const filler =
  /^(?:x{3,}|\.{3,}|…|_{3,}|lorem ipsum\b.*|(?:insert|enter|add|describe) [^.]{0,40} here\.?)$|^[^.]{1,40} (?:eintragen|einfügen|einfuegen)$/iu
const mayBeFiller = /^[xX._…<[{$«lLiIeEaAdD]|en$/u

/** Text a template left for the user to replace: `[Risk description here]`, `<Name>`, `{{owner}}`, `xxx`. */
export function isPlaceholder(text: string): boolean {
  if (text.length > 200) return false
  const trimmed = text.trim()
  return mayBeFiller.test(trimmed) && (bracketed.test(trimmed) || filler.test(trimmed))
}

const nothings = new Set(
  words(`
    n a; na; none; nil; null; keine; keiner; keines; k a; tbd; tba; tbc; to be defined; to be determined;
    to be confirmed; noch offen; noch festzulegen; wird noch festgelegt; unbekannt; unknown; not stated;
    nicht angegeben; entfaellt; leer; empty
  `),
)

/** Text that stands for the absence of a value: empty, `-`, `n/a`, `k. A.`, `tbd`. */
export function isNothing(text: string): boolean {
  if (text.length >= 32) return false
  return text === '' || /^[\s\-–—_.?!/\\*]+$/u.test(text) || nothings.has(fold(text))
}

const tokenCache = new Map<string, readonly string[]>()
const fillWords = new Set(
  'of and or the a an for in to on with from der die das des dem den und oder von vom fuer im in zur zum bei mit auf gegen ein eine einer'.split(
    ' ',
  ),
)

/** The words that carry meaning, in one spelling: without articles and conjunctions, singular, `-ise` as `-ize`. */
export function wordsOf(text: string): readonly string[] {
  const cached = tokenCache.get(text)
  if (cached) return cached
  const words = fold(text)
    .split(' ')
    .filter((word) => word !== '' && !fillWords.has(word))
    .map((word) =>
      word
        .replace(/isation/, 'ization')
        .replace(/is(e|ed|ing)$/, 'iz$1')
        .replace(/ll(ing|ed)$/, 'l$1'),
    )
    .map((word) => (word.length > 4 ? word.replace(/ies$/, 'y').replace(/([^s])s$/, '$1') : word))
  if (tokenCache.size > 5000) tokenCache.clear()
  tokenCache.set(text, words)
  return words
}

function trigrams(words: readonly string[]): Set<string> {
  const grams = new Set<string>()
  for (const word of words) {
    const padded = ` ${word} `
    for (let i = 0; i + 3 <= padded.length; i++) grams.add(padded.slice(i, i + 3))
  }
  return grams
}

function dice<T>(a: ReadonlySet<T>, b: ReadonlySet<T>): number {
  if (a.size === 0 || b.size === 0) return 0
  let common = 0
  for (const item of a) if (b.has(item)) common++
  return (2 * common) / (a.size + b.size)
}

/**
 * How alike two titles are, 0 to 1: the better of common words and common letter triples (for compounds and spellings).
 * @param strict common words count more than letters, as they must when nothing else speaks for the pair
 */
export function similarity(a: string, b: string, strict = false): number {
  const wordsA = wordsOf(a)
  const wordsB = wordsOf(b)
  return Math.max(
    dice(new Set(wordsA), new Set(wordsB)),
    dice(trigrams(wordsA), trigrams(wordsB)) - (strict ? 0.12 : 0),
  )
}

/** Splits a list typed into one cell at line breaks, semicolons and bullets; at commas only when told to. */
export function splitList(text: string, commas = false): string[] {
  return text
    .split(commas ? /[\n;,•·|]+/u : /[\n;•|]+/u)
    .map((part) => tidy(part.replace(/^\s*[-–*]\s+/u, '')))
    .filter((part) => part !== '')
}

/** Shortens text for a sentence. */
export function quote(text: string, max = 60): string {
  const flat = text.replace(/\s+/g, ' ').trim()
  return `“${flat.length > max ? `${flat.slice(0, max - 1)}…` : flat}”`
}

/** The entries of a list written as text, separated by semicolons: keeps long lists of words readable. */
export function words(text: string): readonly string[] {
  return text
    .split(';')
    .map((word) => word.replace(/\s+/gu, ' ').trim())
    .filter((word) => word !== '')
}
