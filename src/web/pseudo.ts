const accents: Record<string, string> = Object.fromEntries(
  [...'aáAÁcçCÇdđDĐeéEÉgğGĞhĥHĤiíIÍkķKĶlļLĻnñNÑoóOÓrŕRŔsšSŠtţTŢuúUÚwŵWŴyýYÝzžZŽ'.matchAll(/(.)(.)/gu)].map((pair) => [
    pair[1] ?? '',
    pair[2] ?? '',
  ]),
)

/**
 * Pseudo-translation of one text: accented and about a third longer, in ⟦brackets⟧; placeholders and tags stay.
 * A text on screen without brackets was never translated; one whose closing bracket is missing is cut off.
 */
export function pseudo(text: string): string {
  const kept = /(\{\{[^}]*\}\}|<[^>]+>|\$t\([^)]*\))/
  const parts = text
    .split(kept)
    .map((part) => (kept.test(part) ? part : part.replaceAll(/./gu, (c) => accents[c] ?? c)))
  return `⟦${parts.join('')}${' ~'.repeat(Math.ceil(text.length / 12))}⟧`
}

/** Applies `pseudo` to every text of a namespace. */
export function pseudoTree(tree: unknown): unknown {
  if (typeof tree === 'string') return pseudo(tree)
  if (typeof tree !== 'object' || tree === null) return tree
  return Object.fromEntries(Object.entries(tree).map(([key, value]) => [key, pseudoTree(value)]))
}

/**
 * Texts on a page in pseudo-locale that did not come through translation.
 * @param texts visible text nodes and text attributes
 * @param data strings the API sent, which are shown as they are
 */
export function hardCoded(texts: readonly string[], data: readonly string[]): string[] {
  const all = data.join('\n')
  return texts.filter((text) => {
    const rest = text.replaceAll(/⟦[^⟦⟧]*⟧/g, ' ').trim()
    return /\p{L}{2,}/u.test(rest) && !rest.includes('⟦') && !rest.includes('⟧') && !all.includes(rest)
  })
}
