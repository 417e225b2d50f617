import { fold, isPlaceholder, tidy, words } from '#kernel/import/text.ts'
import type { Header, Sheet, TableRow } from '#kernel/import.ts'

const totals = new Set(
  words('total; totals; sum; grand total; summe; gesamt; gesamtsumme; average; durchschnitt; mittelwert'),
)
const legends = new Set(
  words(
    'legend; legende; key; note; notes; hinweis; hinweise; anmerkung; anmerkungen; footnote; fussnote; source; quelle; remark; remarks',
  ),
)

/**
 * Marks the rows that are furniture rather than records: headings of sections, template text, repeated headers, totals,
 * legends, rows of formulas only. They are proposed to be skipped, with the reason; a person may take them all the same.
 * Rows below a section heading carry its text.
 * @param keys columns by which a record is recognised (reference, title)
 */
export function proposeSkips(
  rows: readonly TableRow[],
  headers: readonly Header[],
  sheet: Sheet,
  keys: readonly number[],
): TableRow[] {
  const mergedLines = horizontalMerges(sheet, headers.filter((h) => h.text !== '').length)
  const usual = usualWidth(rows)
  const headings: string[] = []
  for (const header of headers) headings[header.index] = fold(header.text)
  const first = headers.find((h) => h.text !== '')?.index ?? 0
  let section: string | undefined
  return rows.map((row) => {
    const skip = furniture(row, { headings, first, keys, merged: mergedLines, usual })
    if (skip?.kind === 'section' || skip?.kind === 'heading') section = skip.text
    if (skip) return { ...row, skip }
    return section === undefined ? row : { ...row, section }
  })
}

interface Surroundings {
  /** Folded headings by column. */
  readonly headings: readonly string[]
  /** First column with a heading. */
  readonly first: number
  readonly keys: readonly number[]
  readonly merged: ReadonlySet<number>
  readonly usual: number
}

function furniture(
  row: TableRow,
  { headings, first: firstColumn, keys, merged, usual }: Surroundings,
): TableRow['skip'] | null {
  const filled = row.cells.flatMap((cell, index) =>
    cell && (tidy(cell.text) !== '' || cell.problem) ? [{ index, cell }] : [],
  )
  const [first] = filled
  const text = tidy(first?.cell.text ?? '')
  if (!first || filled.every(({ cell }) => cell.computed)) return { kind: 'computedOnly', text }
  if (repeats(filled, headings)) return { kind: 'repeatedHeader', text }
  const figures = filled.slice(1).every(({ cell }) => cell.number !== undefined || /^[\d.,%\s]*$/.test(cell.text))
  if (totals.has(fold(text)) && figures) return { kind: 'total', text }
  if (legends.has(fold(text)) && first.index <= firstColumn) return { kind: 'legend', text }
  const template = filled.filter(({ cell }) => isPlaceholder(cell.text))
  const real = filled.filter(({ cell }) => !isPlaceholder(cell.text) && !cell.computed)
  const keyCells = filled.filter(({ index }) => keys.includes(index))
  const nameless = keyCells.length > 0 && keyCells.every(({ cell }) => isPlaceholder(cell.text))
  if (real.length === 0 || nameless) return { kind: 'placeholder', text: template[0]?.cell.text ?? text }
  if (filled.length > 1 || !/\p{L}{2}/u.test(text) || text.length > 120 || isReference(text)) return null
  if (merged.has(row.line)) return { kind: 'section', text }
  return usual >= 3 ? { kind: 'heading', text } : null
}

const isReference = (text: string): boolean => /^[\p{L}]{0,8}[-_. #]?\d+(?:[.-]\d+)*$/u.test(text)

function repeats(filled: readonly { index: number; cell: { text: string } }[], headings: readonly string[]): boolean {
  if (filled.length < 2) return false
  const same = filled.filter(({ index, cell }) => {
    const heading = headings[index] ?? ''
    if (heading === '' || cell.text.length > heading.length + 20) return false
    const text = fold(cell.text)
    return text !== '' && heading.endsWith(text)
  })
  return same.length >= 2 && same.length >= filled.length * 0.6
}

/** Lines on which a range is merged over at least half of the table's columns. */
function horizontalMerges(sheet: Sheet, columns: number): Set<number> {
  const lines = new Set<number>()
  for (const merge of sheet.merges) {
    if (merge.bottom - merge.top < 3 && merge.right - merge.left + 1 >= Math.max(2, columns / 2)) {
      for (let line = merge.top; line <= merge.bottom; line++) lines.add(line)
    }
  }
  return lines
}

/** The middle number of filled cells per row. */
function usualWidth(rows: readonly TableRow[]): number {
  const counts = rows
    .map((row) => row.cells.reduce((n, cell) => (cell && cell.text !== '' ? n + 1 : n), 0))
    .sort((a, b) => a - b)
  return counts[Math.floor(counts.length / 2)] ?? 0
}
