import { readFile } from 'node:fs/promises'
import {
  AlignmentType,
  BorderStyle,
  Document,
  Footer,
  Header,
  HeadingLevel,
  type IBorderOptions,
  type IParagraphOptions,
  type IRunOptions,
  Packer,
  PageNumber,
  PageOrientation,
  Paragraph,
  Table,
  TableCell,
  TableLayoutType,
  TableRow,
  TabStopType,
  TextRun,
  WidthType,
} from 'docx'
import { cellText, cleanText, localeOf } from './cell-text.ts'
import { coverFacts } from './cover-facts.ts'
import { documentTypeface } from './fonts.ts'
import { type PageLayout, pageLayout, runningLines } from './page-layout.ts'
import {
  badgeGlyphs,
  type Cell,
  type Column,
  type ColumnKind,
  isBadge,
  type Report,
  type ReportBlock,
  type Row,
  type TableBlock,
  toneColors,
} from './report.ts'
import { isRightToLeft, startsRightToLeft } from './text-direction.ts'
import { lineCount } from './text-width.ts'

// Lengths in twips (twentieths of a point), type sizes in half points.
const twips = 20
const ink = '14171C'
const quiet = '565D69'
const hairline: IBorderOptions = { style: BorderStyle.SINGLE, size: 3, color: 'D5D9DF' }
const line: IBorderOptions = { style: BorderStyle.SINGLE, size: 8, color: ink }
const none: IBorderOptions = { style: BorderStyle.NONE, size: 0, color: 'auto' }
const noBorders = { top: none, bottom: none, left: none, right: none, insideHorizontal: none, insideVertical: none }

/** A report as a Word document: real styles and headings, fields for page numbers, header rows that repeat. */
export async function docxDocument(report: Report): Promise<Uint8Array> {
  const { meta } = report
  const page = pageLayout(report)
  const locale = localeOf(meta.language).maximize()
  const language = locale.region ? `${locale.language}-${locale.region}` : locale.language
  const properties = {
    page: {
      size: { width: 11906, height: 16838, ...(page.landscape ? { orientation: PageOrientation.LANDSCAPE } : {}) },
      margin: { top: 1320, bottom: 1080, left: 960, right: 960, header: 680, footer: 560 },
    },
  }
  const face = documentTypeface()
  const document = new Document({
    title: cleanText(meta.title),
    subject: cleanText(meta.subtitle ?? ''),
    creator: cleanText(meta.organization),
    lastModifiedBy: cleanText(meta.organization),
    keywords: [meta.classification, meta.version ?? ''].map(cleanText).filter(Boolean).join(', '),
    styles: styles(language, face.family),
    fonts: [{ name: face.family, data: await readFile(face.regular), bold: await readFile(face.bold) }],
    sections: [
      { properties, children: cover(report, page) },
      {
        properties,
        headers: { default: runningHeader(report, page) },
        footers: { default: runningFooter(report, page) },
        children: report.sections.flatMap((section) => sectionBlocks(section.title, section.blocks, report, page)),
      },
    ],
  })
  return new Uint8Array(await Packer.toArrayBuffer(document))
}

function styles(language: string, font: string): NonNullable<ConstructorParameters<typeof Document>[0]['styles']> {
  return {
    default: {
      document: {
        run: { font, size: 20, color: ink, language: { value: language, eastAsia: language, bidirectional: language } },
        paragraph: { spacing: { line: 264, after: 100 } },
      },
      title: {
        run: { font, size: 68, bold: true, color: ink, characterSpacing: -10 },
        paragraph: { spacing: { line: 240, after: 180 } },
      },
      heading1: {
        run: { font, size: 34, bold: true, color: ink },
        paragraph: { spacing: { before: 480, after: 160 }, keepNext: true },
      },
      heading2: {
        run: { font, size: 23, bold: true, color: ink },
        paragraph: { spacing: { before: 320, after: 120 }, keepNext: true },
      },
    },
    paragraphStyles: [
      {
        id: 'Subtitle',
        name: 'Subtitle',
        basedOn: 'Normal',
        next: 'Normal',
        run: { size: 28, color: quiet },
        paragraph: { spacing: { after: 0 } },
      },
      {
        id: 'CellText',
        name: 'Cell Text',
        basedOn: 'Normal',
        run: { size: 16 },
        paragraph: { spacing: { line: 228, after: 0 } },
      },
      {
        id: 'FactLabel',
        name: 'Fact Label',
        basedOn: 'Normal',
        run: { size: 15, color: quiet },
        paragraph: { spacing: { before: 120, after: 20 } },
      },
      {
        id: 'Note',
        name: 'Note',
        basedOn: 'Normal',
        run: { size: 16, color: quiet },
        paragraph: { spacing: { before: 120 } },
      },
      {
        id: 'Running',
        name: 'Running Line',
        basedOn: 'Normal',
        run: { size: 15, color: quiet },
        paragraph: { spacing: { after: 0 } },
      },
    ],
  }
}

function runningHeader(report: Report, page: PageLayout): Header {
  const { organization, title, draft, marks } = runningLines(report)
  return new Header({
    children: [
      new Paragraph({
        style: 'Running',
        tabStops: [{ type: TabStopType.RIGHT, position: page.width * twips }],
        border: { bottom: { ...hairline, space: 5 } },
        children: [
          new TextRun({ text: organization, bold: true, color: ink }),
          new TextRun(`  ·  ${title}`),
          new TextRun('\t'),
          ...(draft ? [new TextRun({ text: `${draft}  ·  `, bold: true, color: toneColors.caution.slice(1) })] : []),
          new TextRun(marks.join('  ·  ')),
        ],
      }),
    ],
  })
}

function runningFooter(report: Report, page: PageLayout): Footer {
  const { footer, pageOf } = runningLines(report)
  const pageNumber = pageOf.map((part) =>
    part === '{page}' ? PageNumber.CURRENT : part === '{pages}' ? PageNumber.TOTAL_PAGES : part,
  )
  return new Footer({
    children: [
      new Paragraph({
        style: 'Running',
        tabStops: [{ type: TabStopType.RIGHT, position: page.width * twips }],
        children: [new TextRun(footer.join('  ·  ')), new TextRun({ children: ['\t', ...pageNumber] })],
      }),
    ],
  })
}

function cover(report: Report, page: PageLayout): readonly (Paragraph | Table)[] {
  const { meta } = report
  const facts = coverFacts(report)
  const short = facts.filter((fact) => fact.value.length <= 36)
  const long = facts.filter((fact) => fact.value.length > 36)
  // A long filter takes its room from the white space above.
  const extra = long.reduce((sum, fact) => sum + lineCount(fact.value, page.width / 10) + 1, 0)
  const space = Math.max(16, (page.landscape ? 110 : 240) - 13 * extra)
  const columns = page.landscape ? 4 : 3
  const width = Math.floor((page.width * twips) / columns)
  const factCell = (fact: (typeof facts)[number] | undefined): TableCell =>
    new TableCell({
      width: { size: width, type: WidthType.DXA },
      children: fact ? factParagraphs(fact.label, fact.value) : [new Paragraph('')],
    })
  const rows = Array.from({ length: Math.ceil(short.length / columns) }, (_, row) => {
    const children = Array.from({ length: columns }, (_, column) => factCell(short[row * columns + column]))
    return new TableRow({ cantSplit: true, children })
  })
  return [
    new Paragraph({
      children: [textRun(meta.organization, { bold: true, size: 24 })],
      spacing: { after: (page.landscape ? 120 : 200) * twips },
    }),
    new Paragraph({ heading: HeadingLevel.TITLE, children: [textRun(meta.title)] }),
    ...(meta.subtitle ? [new Paragraph({ style: 'Subtitle', children: [textRun(meta.subtitle)] })] : []),
    new Paragraph({ spacing: { after: space * twips } }),
    new Table({
      layout: TableLayoutType.FIXED,
      width: { size: width * columns, type: WidthType.DXA },
      columnWidths: Array.from({ length: columns }, () => width),
      borders: { ...noBorders, top: line },
      margins: { left: 0, right: 10 * twips, top: 60, bottom: 60 },
      rows,
    }),
    ...long.flatMap((fact) => factParagraphs(fact.label, fact.value)),
  ]
}

const factParagraphs = (label: string, value: string): Paragraph[] => [
  new Paragraph({ style: 'FactLabel', keepNext: true, children: [new TextRun(label)] }),
  new Paragraph({ spacing: { after: 0 }, children: [textRun(value)] }),
]

function sectionBlocks(
  title: string | undefined,
  blocks: readonly ReportBlock[],
  report: Report,
  page: PageLayout,
): (Paragraph | Table)[] {
  const heading =
    title === undefined ? [] : [new Paragraph({ heading: HeadingLevel.HEADING_1, children: [textRun(title)] })]
  return [...heading, ...blocks.flatMap((block) => blockContent(block, report, page))]
}

function blockContent(block: ReportBlock, report: Report, page: PageLayout): readonly (Paragraph | Table)[] {
  switch (block.kind) {
    case 'paragraph':
      return cleanText(block.text)
        .split(/\n{2,}/)
        .map((text) => paragraph(text, {}, report))
    case 'callout': {
      const color = toneColors[block.tone].slice(1)
      const border = { left: { style: BorderStyle.SINGLE, size: 18, color, space: 10 } }
      const frame = { border, indent: { left: 12 * twips }, spacing: { before: 0, after: 0 } }
      return [
        new Paragraph({ ...frame, keepNext: true, children: [textRun(block.title, { bold: true, color })] }),
        ...(block.text ? [paragraph(cleanText(block.text), frame, report)] : []),
        new Paragraph({ spacing: { after: 60 } }),
      ]
    }
    case 'facts': {
      const [label, value] = [Math.floor(page.width * twips * 0.24), Math.floor(page.width * twips * 0.76)]
      return [
        new Table({
          layout: TableLayoutType.FIXED,
          width: { size: label + value, type: WidthType.DXA },
          columnWidths: [label, value],
          borders: { ...noBorders, bottom: hairline, insideHorizontal: hairline },
          margins: { left: 0, right: 10 * twips, top: 60, bottom: 60 },
          rows: block.items.map(
            (item) =>
              new TableRow({
                cantSplit: true,
                children: [
                  new TableCell({
                    width: { size: label, type: WidthType.DXA },
                    children: [
                      new Paragraph({ spacing: { after: 0 }, children: [textRun(item.label, { color: quiet })] }),
                    ],
                  }),
                  new TableCell({
                    width: { size: value, type: WidthType.DXA },
                    children: cellContent(item.value, item.kind ?? 'text', {}, report, { spacing: { after: 0 } }),
                  }),
                ],
              }),
          ),
        }),
        new Paragraph({ spacing: { after: 60 } }),
      ]
    }
    case 'table':
      return [
        ...(block.title ? [new Paragraph({ heading: HeadingLevel.HEADING_2, children: [textRun(block.title)] })] : []),
        tableContent(block, report, page),
        new Paragraph({ style: 'Note', children: [textRun(block.note ?? '')] }),
      ]
  }
}

function tableContent(table: TableBlock, report: Report, page: PageLayout): Table {
  const { widths, size, isLong } = page.table(table)
  const dxa = widths.map((width) => Math.floor(width * size * twips))
  const total = dxa.reduce((sum, width) => sum + width, 0)
  const type = { size: Math.round(size * 2) }
  const spanning = (children: Paragraph[], borders = {}): TableRow =>
    new TableRow({
      cantSplit: true,
      children: [
        new TableCell({
          columnSpan: table.columns.length,
          width: { size: total, type: WidthType.DXA },
          borders,
          children,
        }),
      ],
    })
  const head = new TableRow({
    tableHeader: true,
    cantSplit: true,
    children: table.columns.map(
      (column, i) =>
        new TableCell({
          width: { size: dxa[i] ?? 0, type: WidthType.DXA },
          borders: { top: line, bottom: { ...line, size: 5 } },
          verticalAlign: 'bottom',
          children: [
            new Paragraph({
              style: 'CellText',
              ...alignmentOf(column),
              keepNext: true,
              children: [textRun(column.title, { bold: true, size: type.size - 1 })],
            }),
          ],
        }),
    ),
  })
  const body = (row: Row): TableRow =>
    new TableRow({
      cantSplit: !isLong(row),
      children: table.columns.map(
        (column, i) =>
          new TableCell({
            width: { size: dxa[i] ?? 0, type: WidthType.DXA },
            children: cellContent(row[column.key] ?? null, column.kind, type, report, {
              style: 'CellText',
              ...alignmentOf(column),
            }),
          }),
      ),
    })
  const groups = table.groups ?? [{ title: '', rows: table.rows ?? [] }]
  const rows = groups.flatMap((group) => [
    ...(group.title === ''
      ? []
      : [
          spanning([
            new Paragraph({
              style: 'CellText',
              keepNext: true,
              spacing: { before: 120 },
              children: [
                textRun(group.title, { bold: true, size: type.size + 2 }),
                textRun(`   ${group.rows.length}`, { ...type, color: quiet }),
              ],
            }),
          ]),
        ]),
    ...group.rows.map(body),
  ])
  const empty = groups.every((group) => group.rows.length === 0)
  return new Table({
    layout: TableLayoutType.FIXED,
    width: { size: total, type: WidthType.DXA },
    columnWidths: dxa,
    borders: { ...noBorders, bottom: hairline, insideHorizontal: hairline },
    margins: { left: 0, right: Math.round(size * twips), top: 70, bottom: 70 },
    visuallyRightToLeft: isRightToLeft(report.meta.language),
    rows: [
      head,
      ...rows,
      ...(empty
        ? [
            spanning([
              new Paragraph({ style: 'CellText', children: [textRun(report.labels.noRows, { color: quiet })] }),
            ]),
          ]
        : []),
    ],
  })
}

function alignmentOf(column: Column): { readonly alignment?: (typeof AlignmentType)[keyof typeof AlignmentType] } {
  const align = column.align ?? (column.kind === 'number' ? 'end' : 'start')
  return align === 'start' ? {} : { alignment: align === 'end' ? AlignmentType.END : AlignmentType.CENTER }
}

/** A cell's paragraphs: one for each item of a list, otherwise one with line breaks. */
function cellContent(
  value: Cell,
  kind: ColumnKind,
  run: IRunOptions,
  report: Report,
  options: IParagraphOptions,
): Paragraph[] {
  const text = cellText(value, kind, report.meta)
  if (isBadge(value)) {
    const tone = toneColors[value.tone].slice(1)
    const swatch = /^#[0-9a-f]{6}$/i.test(value.swatch ?? '') ? value.swatch?.slice(1) : undefined
    return [
      new Paragraph({
        ...options,
        children: [
          new TextRun({ text: badgeGlyphs[value.icon], ...run, color: swatch ?? tone, font: 'Segoe UI Symbol' }),
          textRun(` ${text}`, { ...run, color: swatch ? ink : tone }),
        ],
      }),
    ]
  }
  const lines = kind === 'list' ? text.split('\n') : [text]
  return lines.map((line) => paragraph(line, options, report, kind === 'ref' ? { ...run, bold: true } : run))
}

function paragraph(text: string, options: IParagraphOptions, report: Report, run: IRunOptions = {}): Paragraph {
  const rightToLeft = isRightToLeft(report.meta.language) || startsRightToLeft(text)
  return new Paragraph({
    ...options,
    ...(rightToLeft ? { bidirectional: true } : {}),
    children: [textRun(text, rightToLeft ? { ...run, rightToLeft } : run)],
  })
}

/** Text as one run; its line breaks become breaks of the document. */
function textRun(text: string, run: IRunOptions = {}): TextRun {
  const [first = '', ...rest] = cleanText(text).split('\n')
  if (rest.length === 0) return new TextRun({ ...run, text: first })
  return new TextRun({ ...run, children: [first, ...rest.flatMap((part) => [new TextRun({ break: 1 }), part])] })
}
