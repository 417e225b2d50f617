import { cellText, cleanText, momentText } from './cell-text.ts'
import { type Report, type Row, statusMark, type TableBlock, tablesOf } from './report.ts'
import { columnGap, iconRoom, layoutTable } from './table-layout.ts'
import { lineCount } from './text-width.ts'

// Points. A4 with margins of 48 on either side.
const textAreas = { portrait: 595 - 96, landscape: 842 - 96 } as const
const cellSize = 8
const smallestCellSize = 6.5

// A row of more lines than this may be split between pages; a shorter one moves to the next page whole.
const keepTogether = 12

export interface PageLayout {
  /** Landscape when a table asks for more width than the upright page has. */
  readonly landscape: boolean
  /** Width of the text area in points. */
  readonly width: number
  readonly table: (table: TableBlock) => PageTable
}

export interface PageTable {
  /** Type size of the cells in points; smaller where the columns do not fit otherwise. */
  readonly size: number
  /** Column widths in em of that size, gap included. */
  readonly widths: readonly number[]
  /** What of each is left for text. */
  readonly room: readonly number[]
  /** Whether a row is so tall that it has to be allowed to break. */
  readonly isLong: (row: Row) => boolean
}

/** How the pages of a report are laid out, the same in PDF and DOCX. */
export function pageLayout(report: Report): PageLayout {
  const { meta } = report
  const landscape = tablesOf(report).some((table) => layoutTable(table, meta, 1).wish * cellSize > textAreas.portrait)
  const width = landscape ? textAreas.landscape : textAreas.portrait
  return {
    landscape,
    width,
    table(table) {
      const wish = layoutTable(table, meta, 1).wish
      const size = Math.max(smallestCellSize, Math.min(cellSize, Math.floor((width / wish) * 4) / 4))
      const { widths } = layoutTable(table, meta, width / size)
      const room = widths.map((w, i) =>
        Math.max(1, w - columnGap - (table.columns[i]?.kind === 'badge' ? iconRoom : 0)),
      )
      return {
        size,
        widths,
        room,
        isLong: (row) =>
          table.columns.some(
            ({ key, kind }, i) => lineCount(cellText(row[key], kind, meta), room[i] ?? 1) > keepTogether,
          ),
      }
    },
  }
}

/** The words of the running header and footer. */
export interface RunningLines {
  readonly organization: string
  readonly title: string
  /** What must not be missed on any page: “Draft”, “Out of date”. Empty for what holds. */
  readonly mark: string
  /** Version and classification. */
  readonly marks: readonly string[]
  /** The date and filter the figures carry. */
  readonly footer: readonly string[]
  /** “Page {page} of {pages}” with the two placeholders as parts of their own. */
  readonly pageOf: readonly string[]
}

export function runningLines({ meta, labels }: Report): RunningLines {
  const some = (parts: readonly (string | undefined)[]): string[] =>
    parts.filter((part) => part !== undefined).map((part) => cleanText(part).replaceAll('\n', ' '))
  const filter = meta.filter === undefined ? undefined : `${labels.filter}: ${meta.filter}`
  return {
    organization: cleanText(meta.organization),
    title: cleanText(meta.title),
    mark: cleanText(meta.mark ?? statusMark(meta, labels)),
    marks: some([meta.version === undefined ? undefined : `${labels.version} ${meta.version}`, meta.classification]),
    footer: some([
      // Ties each sheet to the version whose hash the cover has in full.
      meta.hash === undefined ? undefined : `SHA-256 ${meta.hash.slice(0, 12)}…`,
      meta.asOf === undefined ? undefined : `${labels.asOf} ${momentText(meta.asOf, meta)}`,
      filter === undefined || filter.length <= 140 ? filter : `${filter.slice(0, 139)}…`,
    ]),
    pageOf: cleanText(labels.pageOf)
      .split(/(\{pages?\})/)
      .filter((part) => part !== ''),
  }
}
