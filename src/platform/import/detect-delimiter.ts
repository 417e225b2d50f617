/** Separators files use. */
export const delimiters = [',', ';', '\t', '|'] as const
export type Delimiter = (typeof delimiters)[number]

const sampleRows = 200

/**
 * Finds the separator whose columns are the most regular over the first rows, quoted texts left alone. A first line
 * `sep=;`, as spreadsheet programs write it, decides at once.
 */
export function detectDelimiter(text: string): { readonly delimiter: Delimiter; readonly stated: boolean } {
  const stated = /^sep=(.)\r?\n/.exec(text)?.[1]
  const known = delimiters.find((d) => d === stated)
  if (known) return { delimiter: known, stated: true }
  let best: { delimiter: Delimiter; score: number } = { delimiter: ',', score: 0 }
  for (const delimiter of delimiters) {
    const score = regularity(widths(text, delimiter))
    if (score > best.score) best = { delimiter, score }
  }
  return { delimiter: best.delimiter, stated: false }
}

/** Cells per row under a separator. */
function widths(text: string, delimiter: Delimiter): number[] {
  const counts: number[] = []
  let cells = 1
  let quoted = false
  let fieldStart = true
  let empty = true
  const end = Math.min(text.length, 256 * 1024)
  for (let i = 0; i < end && counts.length < sampleRows; i++) {
    const char = text[i]
    if (quoted) {
      if (char === '"') {
        if (text[i + 1] === '"') i++
        else quoted = false
      }
    } else if (char === '"' && fieldStart) {
      quoted = true
      fieldStart = empty = false
    } else if (char === delimiter) {
      cells++
      fieldStart = true
    } else if (char === '\n' || char === '\r') {
      if (char === '\r' && text[i + 1] === '\n') i++
      if (!empty || cells > 1) counts.push(cells)
      cells = 1
      fieldStart = empty = true
    } else if (char !== ' ') fieldStart = empty = false
  }
  if (!empty || cells > 1) counts.push(cells)
  return counts
}

/** Share of rows that have the usual number of cells, weighted by how many those are; 0 when that is one. */
function regularity(counts: readonly number[]): number {
  const frequency = new Map<number, number>()
  for (const count of counts) frequency.set(count, (frequency.get(count) ?? 0) + 1)
  let usual = 1
  let rows = 0
  for (const [count, times] of frequency) {
    if (count > 1 && (times > rows || (times === rows && count > usual))) {
      usual = count
      rows = times
    }
  }
  if (usual === 1) return 0
  const reached = counts.filter((count) => count > 1).length
  return (rows / counts.length + 0.5 * (reached / counts.length)) * (1 + Math.log2(usual) / 4)
}
