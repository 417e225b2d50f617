import { fold, tidy } from '#kernel/import/text.ts'
import type { Header, Sheet, SheetRow, TableRow } from '#kernel/import.ts'

/**
 * The headings of a header line. Where the line above groups columns (“Inherent risk” over “Likelihood” and “Impact”),
 * the group comes first; a cell merged down from the line above counts for its column. A title over everything is no group.
 */
export function headersOf(sheet: Sheet, headerLine: number): Header[] {
  const row = sheet.rows.find((r) => r.line === headerLine)
  if (!row) return []
  const above = sheet.rows.find((r) => r.line === headerLine - 1)
  const groups = above ? groupLabels(sheet, above, row) : []
  const headers: Header[] = []
  for (let index = 0; index < sheet.width; index++) {
    const own = tidy(row.cells[index]?.text ?? '')
    const group = groups[index] ?? ''
    headers.push({
      index,
      text:
        own === '' ? group : group === '' || own.toLowerCase().includes(group.toLowerCase()) ? own : `${group} ${own}`,
    })
  }
  while (headers.at(-1)?.text === '' && headers.length > 0) headers.pop()
  return headers
}

/** Label of the line above for each column, spread over merged ranges; empty when that line is not one of groups. */
function groupLabels(sheet: Sheet, above: SheetRow, header: SheetRow): string[] {
  const labels: string[] = []
  const merges = sheet.merges.filter((m) => m.top <= above.line && m.bottom >= above.line)
  const filled = above.cells.flatMap((cell, index) => (cell && tidy(cell.text) !== '' ? [index] : []))
  const own = header.cells.flatMap((cell, index) => (cell && tidy(cell.text) !== '' ? [index] : []))
  const texts = own.map((index) => fold(header.cells[index]?.text ?? ''))
  const repeats = new Set(texts).size < texts.length
  const spans = merges.filter((m) => m.right > m.left && m.bottom === above.line && m.right - m.left + 1 < own.length)
  const down = merges.filter((m) => m.bottom >= header.line && m.bottom < header.line + 2)
  if (filled.length < 2 || (spans.length === 0 && down.length === 0 && !repeats)) return labels
  // A line as full as the header itself is data or another header, not groups.
  if (spans.length === 0 && down.length === 0 && filled.length > own.length * 0.8) return labels
  for (const [i, index] of filled.entries()) {
    const text = tidy(above.cells[index]?.text ?? '')
    const merge = merges.find((m) => m.left <= index && m.right >= index)
    const next = filled[i + 1] ?? sheet.width
    // Without merged ranges a group reaches to the next one, as it looks on the screen.
    const right = merge ? merge.right : spans.length === 0 && header.cells[index] ? next - 1 : index
    for (let column = index; column <= right; column++) labels[column] = text
  }
  return labels
}

/** Rows below the header, with damaged rows of text files put right or marked. */
export function bodyOf(sheet: Sheet, headerLine: number, headers: readonly Header[]): TableRow[] {
  const rows = sheet.rows.filter((row) => row.line > headerLine)
  if (sheet.separator === null) return rows
  const width = headers.length
  const spaced = rows.some(
    (row) => row.cells.length <= width && row.cells.filter((cell) => cell?.text.startsWith(' ')).length > 2,
  )
  return rows.map((row) => (row.cells.length <= width ? row : mend(row, width, sheet.separator ?? ',', spaced)))
}

/**
 * A row with too many cells: a separator in a text nobody put in quotation marks. Where exactly that many cells begin
 * with a space, as text does after a comma and cells do not, they are joined again; otherwise the row stays damaged.
 */
function mend(row: SheetRow, width: number, separator: string, spaced: boolean): TableRow {
  const surplus = row.cells.length - width
  const torn = row.cells.flatMap((cell, index) => (index > 0 && cell && /^ \S/.test(cell.text) ? [index] : []))
  if (spaced || torn.length !== surplus) {
    return { ...row, extra: row.cells.slice(width).flatMap((cell) => (cell ? [cell.text] : [])) }
  }
  const cells = [...row.cells]
  for (const index of torn.toReversed()) {
    const joined = `${cells[index - 1]?.text ?? ''}${separator}${cells[index]?.text ?? ''}`
    cells.splice(index - 1, 2, { text: joined })
  }
  const text = torn.map((index, i) => cells[index - 1 - i]?.text ?? '').join(' | ')
  return { line: row.line, cells, repaired: { text, separator } }
}
