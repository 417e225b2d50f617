import { type IParagraphOptions, type IRunOptions, Paragraph, TextRun } from 'docx'
import { cellText, cleanText } from './cell-text.ts'
import { ink, quiet } from './docx-styles.ts'
import type { PageLayout } from './page-layout.ts'
import {
  type Badge,
  badgeGlyphs,
  type Cell,
  type ColumnKind,
  isBadge,
  isNoted,
  type Report,
  toneColors,
} from './report.ts'
import { startsRightToLeft } from './text-direction.ts'

/** What everything in a Word document is made with. */
export interface DocxContext {
  readonly report: Report
  readonly page: PageLayout
  /** The document's language is read from right to left. */
  readonly rtl: boolean
}

/** A paragraph of one text, or of several runs, in the reading direction of what it says. */
export function paragraph(
  { rtl }: DocxContext,
  content: string | readonly (readonly [text: string, run: IRunOptions])[],
  options: IParagraphOptions = {},
  run: IRunOptions = {},
): Paragraph {
  const runs = typeof content === 'string' ? [[content, run] as const] : content
  const rightToLeft = startsRightToLeft(runs.map(([text]) => text).join(''), rtl)
  return new Paragraph({
    ...options,
    ...(rightToLeft ? { bidirectional: true } : {}),
    children: runs.map(([text, options]) => textRun(text, rightToLeft ? { ...options, rightToLeft } : options)),
  })
}

/** Text as one run; its line breaks become breaks of the document. */
function textRun(text: string, run: IRunOptions): TextRun {
  const [first = '', ...rest] = cleanText(text).split('\n')
  if (rest.length === 0) return new TextRun({ ...run, text: first })
  return new TextRun({ ...run, children: [first, ...rest.flatMap((part) => [new TextRun({ break: 1 }), part])] })
}

/** A cell's paragraphs: one for each item of a list, otherwise one with line breaks. */
export function cellParagraphs(
  context: DocxContext,
  value: Cell,
  kind: ColumnKind,
  options: IParagraphOptions,
  run: IRunOptions = {},
): Paragraph[] {
  const text = cellText(value, kind, context.report.meta)
  if (isBadge(value)) return [badgeParagraph(context, value, text, options, run)]
  if (isNoted(value)) {
    const noted = [`\n${value.noted}`, { ...run, color: quiet }] as const
    return [paragraph(context, [[value.text, run], noted], options)]
  }
  const lines = kind === 'list' ? text.split('\n') : [text]
  return lines.map((line) => paragraph(context, line, options, kind === 'ref' ? { ...run, bold: true } : run))
}

function badgeParagraph(
  context: DocxContext,
  { icon, tone, swatch }: Badge,
  text: string,
  options: IParagraphOptions,
  run: IRunOptions,
): Paragraph {
  const color = toneColors[tone].slice(1)
  const own = /^#[0-9a-f]{6}$/i.test(swatch ?? '') ? swatch?.slice(1) : undefined
  const glyph = [badgeGlyphs[icon], { ...run, color: own ?? color, font: 'Segoe UI Symbol' }] as const
  return paragraph(context, [glyph, [` ${text}`, { ...run, color: own ? ink : color }]], options)
}
