import { markBreaks } from './break-points.ts'
import { cellText, cleanText, localeOf } from './cell-text.ts'
import { coverFacts, isLongFact } from './cover-facts.ts'
import { typefacesFor } from './fonts.ts'
import { type PageLayout, pageLayout, runningLines } from './page-layout.ts'
import {
  type Cell,
  type ColumnKind,
  isBadge,
  isNoted,
  linesOf,
  type Report,
  type ReportBlock,
  type Row,
  type RowGroup,
  rowsOf,
  type TableBlock,
  tablesOf,
} from './report.ts'
import { isRightToLeft, startsRightToLeft } from './text-direction.ts'
import { lineCount } from './text-width.ts'

/** What the Typst template reads: plain JSON, every text a string. */
export interface PdfDocument {
  readonly json: string
  /** Font files the text needs. */
  readonly fontFiles: readonly string[]
  /** Cells of all tables: what the work and the memory grow with. */
  readonly cells: number
}

// Points; running text in the template.
const textSize = 9.5

/** Turns a report into what the template sets: layout decided, long words given break points, fonts chosen. */
export function pdfDocument(report: Report): PdfDocument {
  const { meta, labels } = report
  const locale = localeOf(meta.language)
  const page = pageLayout(report)
  const running = runningLines(report)
  const context: Context = { report, page, language: locale.language, rtl: isRightToLeft(meta.language) }
  const flow = flowIn(context)
  const json = JSON.stringify({
    subtitle: flow(meta.subtitle ?? '', 0.6),
    description: cleanText(meta.subtitle ?? ''),
    keywords: [meta.classification, meta.version ?? ''].map(cleanText).filter((word) => word !== ''),
    lang: locale.language,
    region: locale.region ?? null,
    rtl: context.rtl,
    date: meta.generatedAt.split(/\D/).slice(0, 6).map(Number),
    landscape: page.landscape,
    ...running,
    footer: running.footer.map((part) => flow(part)),
    facts: coverFacts(report).map(({ label, value }) => ({ label, value: flow(value), long: isLongFact(value) })),
    noRows: cleanText(labels.noRows),
    sections: report.sections.map(({ title, blocks }) => ({
      title: flow(title ?? '', 0.5),
      blocks: blocks.map((block) => blockData(block, context)),
    })),
  })
  const cells = tablesOf(report).reduce((sum, table) => sum + rowsOf(table).length * table.columns.length, 0)
  const faces = typefacesFor(json, meta.language)
  const fonts = faces.map((face) => face.family)
  return {
    json: `{"fonts":${JSON.stringify(fonts)},${json.slice(1)}`,
    fontFiles: faces.flatMap((face) => face.files),
    cells,
  }
}

interface Context {
  readonly report: Report
  readonly page: PageLayout
  /** Two or three letters. */
  readonly language: string
  readonly rtl: boolean
}

/** Running text that may take the given part of the page's width. */
const flowIn =
  ({ page, language }: Context) =>
  (text: string, part = 1): string =>
    markBreaks(cleanText(text), (page.width * part) / textSize, language)

function blockData(block: ReportBlock, context: Context): object {
  const flow = flowIn(context)
  switch (block.kind) {
    case 'paragraph': {
      const paragraphs = cleanText(block.text).split(/\n{2,}/)
      return { kind: block.kind, paragraphs: paragraphs.map((text) => directed(flow(text), context)) }
    }
    case 'facts': {
      const room = (context.page.width * 0.6) / textSize
      const items = block.items.map(({ label, value, kind }) => ({
        label: flow(label, 1 / 3),
        value: cellData(value, kind ?? 'text', context, room),
      }))
      const lines = block.items.map((item) =>
        lineCount(cellText(item.value, item.kind ?? 'text', context.report.meta), room),
      )
      // What belongs together is read together, unless it would fill a page.
      return { kind: block.kind, items, together: lines.reduce((sum, count) => sum + count, 0) <= 20 }
    }
    case 'callout':
      return {
        kind: block.kind,
        tone: block.tone,
        title: flow(block.title),
        text: directed(flow(block.text ?? ''), context),
      }
    case 'table':
      return tableData(block, context)
  }
}

function tableData(table: TableBlock, context: Context): object {
  const { size, widths, room, isLong } = context.page.table(table)
  const groups: readonly RowGroup[] = table.groups ?? [{ title: '', rows: table.rows ?? [] }]
  const rowData = (row: Row): object => ({
    cells: table.columns.map(({ key, kind }, i) => cellData(row[key] ?? null, kind, context, room[i] ?? 1)),
    long: isLong(row),
  })
  return {
    kind: table.kind,
    title: flowIn(context)(table.title ?? ''),
    note: flowIn(context)(table.note ?? ''),
    size,
    columns: table.columns.map((column, i) => ({
      title: markBreaks(cleanText(column.title), room[i] ?? 1, context.language),
      kind: column.kind,
      width: widths[i],
      align: column.align ?? (column.kind === 'number' ? 'end' : 'start'),
    })),
    groups: groups.map((group) => ({
      title: flowIn(context)(group.title),
      detail: flowIn(context)(group.detail ?? ''),
      count: group.rows.length,
      rows: linesOf(group).map(rowData),
    })),
    empty: groups.every((group) => linesOf(group).length === 0),
  }
}

/** A cell as the template takes it: a string, or an object where it is a badge or reads in the other direction. */
function cellData(value: Cell, kind: ColumnKind, context: Context, room: number): object | string {
  const plain = cellText(value, kind, context.report.meta)
  // A minus as wide as a figure; a hyphen would stand apart from its number.
  const text = markBreaks(typeof value === 'number' ? plain.replace('-', '−') : plain, room, context.language)
  if (isNoted(value) && directed(text, context) === text) {
    const lined = (part: string): string => markBreaks(cleanText(part), room, context.language)
    return { text: lined(value.text), noted: lined(value.noted) }
  }
  // Short values keep to the column's edge; only what reads as a sentence turns round.
  if (!isBadge(value)) return kind === 'text' || kind === 'list' ? directed(text, context) : text
  const swatch = /^#[0-9a-f]{6}$/i.test(value.swatch ?? '') ? value.swatch : undefined
  return { icon: value.icon, tone: value.tone, text, swatch }
}

/** Text, marked where its reading direction is not the document's. */
function directed(text: string, { rtl }: Context): object | string {
  const own = startsRightToLeft(text, rtl)
  return own === rtl ? text : { text, rtl: own }
}
