import { cellText } from './cell-text.ts'
import { type ColumnKind, type ReportMeta, rowsOf, type TableBlock } from './report.ts'
import { textWidth, widestWord } from './text-width.ts'

/** Widths of a table's columns, in em of the cell text, padding included. */
export interface TableLayout {
  readonly widths: readonly number[]
  /** Width the table would like to have; more than the page offers means small type or a landscape page. */
  readonly wish: number
}

/** Space between two columns, in em. */
export const columnGap = 1.4

/** Room the icon of a badge takes, in em. */
export const iconRoom = 1.25

// A long table is measured by its first rows: what follows them rarely differs, and a wider word can still break.
const measuredRows = 400

const mayBreak: Readonly<Record<ColumnKind, boolean>> = {
  text: true,
  list: true,
  badge: true,
  ref: false,
  number: false,
  date: false,
}

interface Measure {
  /** What the column needs so that nothing in it has to break badly. */
  readonly min: number
  /** What it would take to show every cell on one line. */
  readonly wish: number
  /** Share of what is left; 0 for columns whose width comes from their content alone. */
  readonly weight: number
}

/**
 * Shares the width of a page among the columns of a table: references, numbers, dates and badges get what they need,
 * text shares the rest by weight.
 * @param available width in em of the cell text
 */
export function layoutTable(table: TableBlock, meta: ReportMeta, available: number): TableLayout {
  const measures = measureColumns(table, meta)
  const total = (pick: (measure: Measure) => number): number => measures.reduce((sum, m) => sum + pick(m), 0)
  const wish = total((m) => (m.weight === 0 ? m.wish : Math.max(m.min, Math.min(m.wish, 11))))
  const least = total((m) => m.min)
  if (least >= available) return { widths: measures.map((m) => (m.min / least) * available), wish }

  const widths = measures.map((m) => m.min)
  let left = available - least
  // First the narrow columns up to their wish, as far as half of the room goes; then text by weight.
  const narrow = measures.map((m) => (m.weight === 0 ? m.wish - m.min : 0))
  const wanted = narrow.reduce((sum, n) => sum + n, 0)
  const given = wanted === 0 ? 0 : Math.min(1, left / 2 / wanted)
  narrow.forEach((n, i) => {
    widths[i] = (widths[i] ?? 0) + n * given
  })
  left -= wanted * given
  const weights = total((m) => m.weight)
  if (weights > 0) return { widths: shareByWeight(measures, widths, left), wish }
  return { widths: widths.map((width) => width + left / widths.length), wish }
}

/** Weighted shares of the text room, where no column gets less than its minimum nor more than it can fill. */
function shareByWeight(measures: readonly Measure[], widths: readonly number[], left: number): number[] {
  const shares = [...widths]
  let open = measures.flatMap((m, i) => (m.weight > 0 ? [{ ...m, i }] : []))
  let room = left + open.reduce((sum, m) => sum + m.min, 0)
  while (open.length > 0) {
    const weights = open.reduce((sum, m) => sum + m.weight, 0)
    const fair = open.map((m) => ({ ...m, share: (room * m.weight) / weights }))
    // Minimums first: what they take leaves less for the rest.
    const narrow = fair.filter((m) => m.share < m.min)
    const full = narrow.length > 0 ? [] : fair.filter((m) => m.share > m.wish)
    const fixed = narrow.length > 0 ? narrow : full
    if (fixed.length === 0 || fixed.length === open.length) {
      for (const m of fair) shares[m.i] = m.share
      return shares
    }
    for (const m of fixed) {
      shares[m.i] = narrow.length > 0 ? m.min : m.wish
      room -= shares[m.i] ?? 0
    }
    open = open.filter((m) => !fixed.some(({ i }) => i === m.i))
  }
  return shares
}

function measureColumns(table: TableBlock, meta: ReportMeta): readonly Measure[] {
  const rows = rowsOf(table).slice(0, measuredRows)
  return table.columns.map((column) => {
    let word = 0
    let line = 0
    let chars = 0
    for (const row of rows) {
      const text = cellText(row[column.key], column.kind, meta)
      chars += text.length
      word = Math.max(word, widestWord(text))
      line = Math.max(line, ...text.split('\n').map(textWidth))
    }
    const icon = column.kind === 'badge' ? iconRoom : 0
    // Titles are set smaller and stronger: about the same width.
    const title = widestWord(column.title) * 0.95
    if (!mayBreak[column.kind]) {
      const need = Math.max(Math.min(line, 14), title) + columnGap
      return { min: need, wish: need, weight: column.width ?? 0 }
    }
    const min = Math.max(Math.min(word, column.kind === 'badge' ? 8.5 : 7.5) + icon, title, 3) + columnGap
    const wish = Math.max(min, Math.min(line, column.kind === 'badge' ? 8.5 : 60) + icon + columnGap)
    if (column.kind === 'badge') return { min, wish, weight: column.width ?? 0 }
    // Without a weight of its own: four times the text gets twice the width, and a list what its lines suggest.
    const weight =
      column.width ??
      (column.kind === 'list' ? Math.min(wish, 20) / 8 : Math.sqrt(chars / Math.max(1, rows.length)) / 3)
    return { min, wish, weight: Math.max(weight, 0.1) }
  })
}
