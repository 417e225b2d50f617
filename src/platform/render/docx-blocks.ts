import {
  AlignmentType,
  BorderStyle,
  HeadingLevel,
  type IParagraphOptions,
  type Paragraph,
  Table,
  TableCell,
  TableLayoutType,
  TableRow,
  WidthType,
} from 'docx'
import { cleanText } from './cell-text.ts'
import { borders, quiet, twips } from './docx-styles.ts'
import { cellParagraphs, type DocxContext, paragraph } from './docx-text.ts'
import {
  type Column,
  type FactsBlock,
  linesOf,
  type ReportBlock,
  type Row,
  type RowGroup,
  type TableBlock,
  toneColors,
} from './report.ts'
import { startsRightToLeft } from './text-direction.ts'

const dxa = (size: number) => ({ size, type: WidthType.DXA }) as const

/** What a block of a report is in a Word document. */
export function blockContent(context: DocxContext, block: ReportBlock): readonly (Paragraph | Table)[] {
  switch (block.kind) {
    case 'paragraph':
      return cleanText(block.text)
        .split(/\n{2,}/)
        .map((text) => paragraph(context, text))
    case 'callout': {
      const color = toneColors[block.tone].slice(1)
      const bar = { style: BorderStyle.SINGLE, size: 18, color, space: 10 }
      const frame: IParagraphOptions = {
        border: startsRightToLeft(block.title, context.rtl) ? { right: bar } : { left: bar },
        indent: { start: 12 * twips },
        spacing: { before: 0, after: 0 },
      }
      return [
        paragraph(context, block.title, { ...frame, keepNext: true }, { bold: true, color }),
        ...(block.text ? [paragraph(context, block.text, frame)] : []),
        paragraph(context, '', { spacing: { after: 60 } }),
      ]
    }
    case 'facts':
      return [factsTable(context, block), paragraph(context, '', { spacing: { after: 60 } })]
    case 'table':
      return [
        ...(block.title ? [paragraph(context, block.title, { heading: HeadingLevel.HEADING_2 })] : []),
        dataTable(context, block),
        paragraph(context, block.note ?? '', { style: 'Note' }),
      ]
  }
}

function factsTable(context: DocxContext, { items }: FactsBlock): Table {
  const total = context.page.width * twips
  const label = Math.floor(total * 0.24)
  const value = total - label
  return new Table({
    layout: TableLayoutType.FIXED,
    width: dxa(total),
    columnWidths: [label, value],
    borders: { ...borders.none, bottom: borders.hairline, insideHorizontal: borders.hairline },
    margins: { left: 0, right: 10 * twips, top: 60, bottom: 60 },
    visuallyRightToLeft: context.rtl,
    rows: items.map((item, i) => {
      // Facts are read together: a page does not end among them.
      const plain = { spacing: { after: 0 }, keepNext: i < items.length - 1 }
      return new TableRow({
        cantSplit: true,
        children: [
          new TableCell({ width: dxa(label), children: [paragraph(context, item.label, plain, { color: quiet })] }),
          new TableCell({
            width: dxa(value),
            children: cellParagraphs(context, item.value, item.kind ?? 'text', plain),
          }),
        ],
      })
    }),
  })
}

function dataTable(context: DocxContext, table: TableBlock): Table {
  const { widths, size, isLong } = context.page.table(table)
  const columnWidths = widths.map((width) => Math.floor(width * size * twips))
  const total = columnWidths.reduce((sum, width) => sum + width, 0)
  const type = { size: Math.round(size * 2) }
  const cell = (at: number, children: Paragraph[], more = {}): TableCell =>
    new TableCell({ width: dxa(columnWidths[at] ?? 0), children, ...more })
  const spanning = (child: Paragraph): TableRow =>
    new TableRow({
      cantSplit: true,
      children: [new TableCell({ columnSpan: widths.length, width: dxa(total), children: [child] })],
    })

  const head = new TableRow({
    tableHeader: true,
    cantSplit: true,
    children: table.columns.map((column, i) => {
      const options = { style: 'CellText', ...alignmentOf(column), keepNext: true }
      const title = paragraph(context, column.title, options, { bold: true, size: type.size - 1 })
      const edges = { top: borders.line, bottom: { ...borders.line, size: 5 } }
      return cell(i, [title], { borders: edges, verticalAlign: 'bottom' })
    }),
  })
  const body = (row: Row): TableRow =>
    new TableRow({
      cantSplit: !isLong(row),
      children: table.columns.map((column, i) => {
        const options = { style: 'CellText', ...alignmentOf(column) }
        return cell(i, cellParagraphs(context, row[column.key] ?? null, column.kind, options, type))
      }),
    })
  const groupTitle = ({ title, detail, rows }: RowGroup): TableRow => {
    const more = detail === undefined || detail === '' ? '' : `\n${detail}`
    const runs = [
      [title, { bold: true, size: type.size + 2 }],
      [`   ${rows.length}${more}`, { ...type, color: quiet }],
    ] as const
    return spanning(paragraph(context, runs, { style: 'CellText', keepNext: true, spacing: { before: 120 } }))
  }

  const rows = table.groups
    ? table.groups.flatMap((group) => [groupTitle(group), ...linesOf(group).map(body)])
    : (table.rows ?? []).map(body)
  const noRows = spanning(paragraph(context, context.report.labels.noRows, { style: 'CellText' }, { color: quiet }))
  return new Table({
    layout: TableLayoutType.FIXED,
    width: dxa(total),
    columnWidths,
    borders: { ...borders.none, bottom: borders.hairline, insideHorizontal: borders.hairline },
    margins: { left: 0, right: Math.round(size * twips), top: 70, bottom: 70 },
    visuallyRightToLeft: context.rtl,
    rows: [head, ...(rows.length > 0 ? rows : [noRows])],
  })
}

function alignmentOf(column: Column): Pick<IParagraphOptions, 'alignment'> {
  const align = column.align ?? (column.kind === 'number' ? 'end' : 'start')
  return align === 'start' ? {} : { alignment: align === 'end' ? AlignmentType.END : AlignmentType.CENTER }
}
