import { readFile } from 'node:fs/promises'
import {
  Document,
  Footer,
  Header,
  HeadingLevel,
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
import { cleanText, localeOf } from './cell-text.ts'
import { type CoverFact, coverFacts, isLongFact } from './cover-facts.ts'
import { blockContent } from './docx-blocks.ts'
import { borders, documentStyles, ink, twips } from './docx-styles.ts'
import { type DocxContext, paragraph } from './docx-text.ts'
import { documentTypeface } from './fonts.ts'
import { pageLayout, runningLines } from './page-layout.ts'
import { type Report, toneColors } from './report.ts'
import { isRightToLeft } from './text-direction.ts'
import { lineCount } from './text-width.ts'

const separator = '  ·  '

/**
 * A report as a Word document: real styles and headings, fields for page numbers, a header row that repeats, the
 * typeface embedded.
 */
export async function docxDocument(report: Report): Promise<Uint8Array> {
  const { meta } = report
  const context: DocxContext = { report, page: pageLayout(report), rtl: isRightToLeft(meta.language) }
  const locale = localeOf(meta.language).maximize()
  const language = locale.region ? `${locale.language}-${locale.region}` : locale.language
  const face = documentTypeface()
  const properties = {
    page: {
      size: {
        width: 11906,
        height: 16838,
        ...(context.page.landscape ? { orientation: PageOrientation.LANDSCAPE } : {}),
      },
      margin: { top: 1320, bottom: 1080, left: 960, right: 960, header: 680, footer: 560 },
    },
  }
  const document = new Document({
    title: cleanText(meta.title),
    subject: cleanText(meta.subtitle ?? ''),
    creator: cleanText(meta.organization),
    lastModifiedBy: cleanText(meta.organization),
    keywords: [meta.classification, meta.version ?? ''].map(cleanText).filter(Boolean).join(', '),
    styles: documentStyles(language, face.family),
    fonts: [{ name: face.family, data: await readFile(face.regular), bold: await readFile(face.bold) }],
    sections: [
      { properties, children: cover(context) },
      {
        properties,
        headers: { default: runningHeader(context) },
        footers: { default: runningFooter(context) },
        children: report.sections.flatMap(({ title, blocks }) => [
          ...(title === undefined ? [] : [paragraph(context, title, { heading: HeadingLevel.HEADING_1 })]),
          ...blocks.flatMap((block) => blockContent(context, block)),
        ]),
      },
    ],
  })
  return new Uint8Array(await Packer.toArrayBuffer(document))
}

/** Paragraph options of a line with something at either end. */
const twoEnds = ({ page, rtl }: DocxContext) => ({
  style: 'Running',
  bidirectional: rtl,
  tabStops: [{ type: TabStopType.RIGHT, position: page.width * twips }],
})

function runningHeader(context: DocxContext): Header {
  const { organization, title, mark, marks } = runningLines(context.report)
  const warning = { bold: true, color: toneColors.caution.slice(1) }
  return new Header({
    children: [
      new Paragraph({
        ...twoEnds(context),
        border: { bottom: { ...borders.hairline, space: 5 } },
        children: [
          new TextRun({ text: organization, bold: true, color: ink }),
          new TextRun(separator + title),
          new TextRun('\t'),
          ...(mark === '' ? [] : [new TextRun({ text: mark, ...warning }), new TextRun(separator)]),
          new TextRun(marks.join(separator)),
        ],
      }),
    ],
  })
}

function runningFooter(context: DocxContext): Footer {
  const { footer, pageOf } = runningLines(context.report)
  const fields = pageOf.map((part) =>
    part === '{page}' ? PageNumber.CURRENT : part === '{pages}' ? PageNumber.TOTAL_PAGES : part,
  )
  const children = [new TextRun(footer.join(separator)), new TextRun({ children: ['\t', ...fields] })]
  return new Footer({ children: [new Paragraph({ ...twoEnds(context), children })] })
}

function cover(context: DocxContext): readonly (Paragraph | Table)[] {
  const { page, report, rtl } = context
  const { meta } = report
  const facts = coverFacts(report)
  const long = facts.filter((fact) => isLongFact(fact.value))
  const short = facts.filter((fact) => !long.includes(fact))
  // A long filter takes its room from the white space above.
  const extra = long.reduce((sum, fact) => sum + lineCount(fact.value, page.width / 10) + 1, 0)
  const space = Math.max(16, (page.landscape ? 105 : 240) - 13 * extra)
  const size = meta.title.length > 70 ? { size: 48 } : {}
  const columns = page.landscape ? 4 : 3
  const width = Math.floor((page.width * twips) / columns)
  const factCell = (fact: CoverFact | undefined): TableCell =>
    new TableCell({
      width: { size: width, type: WidthType.DXA },
      children: fact ? factParagraphs(context, fact) : [paragraph(context, '')],
    })
  const rows = Array.from({ length: Math.ceil(short.length / columns) }, (_, row) => {
    const children = Array.from({ length: columns }, (_, column) => factCell(short[row * columns + column]))
    return new TableRow({ cantSplit: true, children })
  })
  return [
    paragraph(
      context,
      meta.organization,
      { spacing: { after: (page.landscape ? 105 : 200) * twips } },
      { bold: true, size: 24 },
    ),
    paragraph(context, meta.title, { heading: HeadingLevel.TITLE }, size),
    ...(meta.subtitle ? [paragraph(context, meta.subtitle, { style: 'Subtitle' })] : []),
    paragraph(context, '', { spacing: { after: space * twips } }),
    new Table({
      layout: TableLayoutType.FIXED,
      width: { size: width * columns, type: WidthType.DXA },
      columnWidths: Array.from({ length: columns }, () => width),
      borders: { ...borders.none, top: borders.line },
      margins: { left: 0, right: 10 * twips, top: 60, bottom: 60 },
      visuallyRightToLeft: rtl,
      rows,
    }),
    ...long.flatMap((fact) => factParagraphs(context, fact)),
  ]
}

const factParagraphs = (context: DocxContext, { label, value }: CoverFact): Paragraph[] => [
  paragraph(context, label, { style: 'FactLabel', keepNext: true }),
  paragraph(context, value, { style: 'FactValue' }),
]
