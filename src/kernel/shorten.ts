const longest = 90
/** A list of quoted values is read value by value and may be longer. */
const longestList = 300

// English and German marks; the German closing mark is the English opening one.
const quotation = /“[^“”]*”|„[^„“]*“/gu

/**
 * A text of a file as a sentence holds it: on one line, and cut where it is too long. Quoted values are never cut in the
 * middle: a list of them ends after the last that fits.
 */
export function shortened(text: string): string {
  const flat = text.replace(/\s+/gu, ' ').trim()
  const quotes = [...flat.matchAll(quotation)]
  const max = quotes.length > 1 ? longestList : longest
  if (flat.length <= max) return flat
  const across = quotes.find((quote) => quote.index < max - 1 && quote.index + quote[0].length > max - 1)
  const kept = flat.slice(0, across === undefined || across.index === 0 ? max - 1 : across.index).toWellFormed()
  return across === undefined || across.index === 0 ? `${kept}…` : `${kept.replace(/[,;\s]+$/u, '')} …`
}
