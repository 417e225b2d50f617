import { cellText } from './cell-text.ts'
import type { Cell, Column, Report, ReportBlock, ReportMeta, Row, TableBlock } from './report.ts'

/**
 * The report as pages take it: columns that stand under another become lines of its cells, each with its title, so that
 * a wide register stays readable on paper. Spreadsheets keep them as columns; the content is the same. The rows for
 * machines stay behind: pages do not print them, and a worker would be handed a copy.
 */
export function forPages(report: Report): Report {
  const fold = (block: ReportBlock): ReportBlock => (block.kind === 'table' ? folded(block, report.meta) : block)
  return {
    ...report,
    data: [],
    sections: report.sections.map((section) => ({ ...section, blocks: section.blocks.map(fold) })),
  }
}

function folded(table: TableBlock, meta: ReportMeta): TableBlock {
  const parts = Map.groupBy(
    table.columns.filter((column) => column.under !== undefined),
    (column) => column.under ?? '',
  )
  if (parts.size === 0) return table
  const kept = table.columns.filter((column) => column.under === undefined)
  const fold = (row: Row): Row => {
    const out: Record<string, Row[string]> = { ...row }
    for (const column of kept) {
      const under = parts.get(column.key)
      if (under !== undefined) out[column.key] = cellWith(row, column, under, meta)
    }
    return out
  }
  return {
    ...table,
    columns: kept.map((column) => (parts.has(column.key) ? { ...column, kind: 'text' } : column)),
    ...(table.rows === undefined ? {} : { rows: table.rows.map(fold) }),
    ...(table.groups === undefined
      ? {}
      : {
          groups: table.groups.map(({ instead, ...group }) => ({
            ...group,
            rows: group.rows.map(fold),
            ...(instead === undefined ? {} : { instead: fold(instead) }),
          })),
        }),
  }
}

// Keeps a title with its value and a dot at the end of its line.
const nbsp = '\u00a0'

function cellWith(row: Row, column: Column, under: readonly Column[], meta: ReportMeta): Cell {
  const own = cellText(row[column.key], column.kind, meta)
  const lines: string[] = []
  // What stands on the line of an empty cell begins a line itself.
  let begun = false
  const noted: string[] = []
  for (const { key, kind, title, sameLine, short, untitled } of under) {
    if (sameLine !== true) begun = false
    const text = cellText(row[key], kind, meta)
    if (text === '') continue
    if (untitled === true) {
      noted.push(text)
      continue
    }
    const shown = short === undefined || text.length <= short ? text : `${text.slice(0, short)}…`
    const value = kind === 'list' ? shown.replaceAll('\n', ', ') : shown
    const part = `${title}:${sameLine === true ? nbsp : ' '}${value}`
    if (begun) lines.push(`${lines.pop() ?? ''}${nbsp}· ${part}`)
    else lines.push(part)
    begun = true
  }
  const said = [...lines, ...noted].join('\n')
  if (said === '' || own === '') return own === '' ? said : own
  return { text: own, noted: said }
}
