import { plainCellText } from './cell-text.ts'
import { neutralizeCell } from './csv-cell.ts'
import {
  type Cell,
  type ColumnKind,
  groupLine,
  linesOf,
  mainTableOf,
  type Report,
  type Row,
  type TableBlock,
} from './report.ts'

/**
 * The report's main table as CSV: RFC 4180 (commas, CRLF, quotes doubled), UTF-8 with byte order mark so that Excel
 * reads umlauts. Groups are a first column. Numbers are plain (`12.5`), dates ISO 8601; text is neutralised against
 * formulas by the rule of `neutralizeCell`. A report without a table gives null.
 */
export function renderCsv(report: Report): Uint8Array | null {
  const table = mainTableOf(report)
  if (!table) return null
  const lines = [headLine(table), ...bodyLines(table, report)]
  return new TextEncoder().encode(`\ufeff${lines.join('\r\n')}\r\n`)
}

function headLine(table: TableBlock): string {
  const titles = table.columns.map((column) => textField(column.title.replaceAll('\u00ad', '')))
  return [...(table.groups ? [textField(table.groupTitle ?? '')] : []), ...titles].join(',')
}

function bodyLines(table: TableBlock, report: Report): readonly string[] {
  const line = (row: Row): string =>
    table.columns.map(({ key, kind }) => field(row[key] ?? null, kind, report)).join(',')
  if (!table.groups) return (table.rows ?? []).map(line)
  return table.groups.flatMap((group) => linesOf(group).map((row) => `${textField(groupLine(group))},${line(row)}`))
}

function field(value: Cell, kind: ColumnKind, report: Report): string {
  if (typeof value === 'number') return Number.isFinite(value) ? String(value) : ''
  return textField(plainCellText(value, kind, report.meta))
}

function textField(text: string): string {
  const harmless = neutralizeCell(text)
  return /[",;\t\r\n]|^\s|\s$/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless
}
