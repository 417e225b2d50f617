import ExcelJS, { type Alignment, type Font, type Style, type Workbook, type Worksheet } from 'exceljs'
import { cellText, cleanText, isInstant, localeOf } from './cell-text.ts'
import { coverFacts } from './cover-facts.ts'
import { runningLines } from './page-layout.ts'
import {
  badgeGlyphs,
  type Cell,
  type ColumnKind,
  groupLine,
  isBadge,
  linesOf,
  mainTableOf,
  type Report,
  type ReportBlock,
  type ReportSection,
  type Row,
  type TableBlock,
  tablesOf,
  toneColors,
} from './report.ts'
import { iconRoom, layoutTable } from './table-layout.ts'
import { isRightToLeft, startsRightToLeft } from './text-direction.ts'
import { lineCount } from './text-width.ts'
import { wallClock } from './wall-clock.ts'

const ink = 'FF14171C'
const quiet = 'FF565D69'
const rule = 'FFD5D9DF'
const base: Partial<Font> = { name: 'Calibri', size: 10, color: { argb: ink } }

/** Longest text of a cell, Excel's own limit. */
const cellLimit = 32_767

/**
 * A report as an Excel workbook: a sheet with what the cover says and the text of the sections, then one sheet per
 * table with a frozen, filterable header. Dates and numbers are real. Text is always stored as text in cells formatted
 * as text, so that `=…` stays text when the cell is edited, too; nothing is put in front of it.
 */
export async function xlsxWorkbook(report: Report): Promise<Uint8Array> {
  const { meta } = report
  const workbook = new ExcelJS.Workbook()
  workbook.title = cleanText(meta.title)
  workbook.subject = cleanText(meta.subtitle ?? '')
  workbook.creator = cleanText(meta.organization)
  workbook.lastModifiedBy = cleanText(meta.organization)
  workbook.company = cleanText(meta.organization)
  workbook.keywords = [meta.classification, meta.version ?? ''].map(cleanText).filter(Boolean).join(', ')
  workbook.created = new Date(meta.generatedAt)
  workbook.modified = new Date(meta.generatedAt)

  const names = new SheetNames()
  aboutSheet(workbook, report, names)
  const tables = tablesOf(report)
  for (const section of report.sections) {
    for (const table of section.blocks) if (table.kind === 'table') tableSheet(workbook, table, section, report, names)
  }
  const main = mainTableOf(report)
  const activeTab = main ? tables.indexOf(main) + 1 : 0
  workbook.views = [{ x: 0, y: 0, width: 24_000, height: 14_000, firstSheet: 0, activeTab, visibility: 'visible' }]
  return new Uint8Array(await workbook.xlsx.writeBuffer())
}

function aboutSheet(workbook: Workbook, report: Report, names: SheetNames): void {
  const { meta, labels } = report
  const sheet = addSheet(workbook, names.take(labels.about), report, 'portrait')
  sheet.columns = [{ width: coverLabel }, { width: coverWidth }]
  sheet.views = [{ showGridLines: false, rightToLeft: isRightToLeft(meta.language) }]
  const add = (label: string, value: Cell, kind: ColumnKind = 'text', font: Partial<Font> = {}): void => {
    const row = sheet.addRow([])
    row.height = rowHeight(lineCount(cellText(value, kind, meta), coverWidth / charsPerEm))
    setCell(row.getCell(1), label, 'text', report, { font: { ...base, color: { argb: quiet } } })
    setCell(row.getCell(2), value, kind, report, {
      font: { ...base, ...font },
      alignment: { ...top, horizontal: 'left' },
    })
  }
  const line = (text: string, font: Partial<Font> = {}): void => {
    const row = sheet.addRow([])
    sheet.mergeCells(row.number, 1, row.number, 2)
    setCell(row.getCell(1), text, 'text', report, { font: { ...base, ...font }, border: {} })
    const size = font.size ?? base.size ?? 10
    row.height = rowHeight(lineCount(cleanText(text), ((coverLabel + coverWidth) / charsPerEm) * (10 / size)), size)
  }
  line(meta.organization, { bold: true, size: 11 })
  line(meta.title, { bold: true, size: 20 })
  if (meta.subtitle) line(meta.subtitle, { size: 11, color: { argb: quiet } })
  sheet.addRow([])
  for (const fact of coverFacts(report)) add(fact.label, fact.value)
  for (const section of report.sections) {
    const texts = section.blocks.filter((block) => block.kind !== 'table' || block.note !== undefined)
    if (texts.length === 0) continue
    sheet.addRow([])
    if (section.title) line(section.title, { bold: true, size: 14 })
    for (const block of texts) addText(block, add, line)
  }
}

function addText(
  block: ReportBlock,
  add: (label: string, value: Cell, kind?: ColumnKind) => void,
  line: (text: string, font?: Partial<Font>) => void,
): void {
  if (block.kind === 'paragraph') for (const text of cleanText(block.text).split(/\n{2,}/)) line(text)
  if (block.kind === 'facts') for (const { label, value, kind } of block.items) add(label, value, kind)
  if (block.kind === 'table' && block.note) line(block.note, { color: { argb: quiet } })
  if (block.kind === 'callout') {
    line(block.title, { bold: true, color: { argb: argb(toneColors[block.tone]) } })
    if (block.text) line(block.text)
  }
}

function tableSheet(
  workbook: Workbook,
  table: TableBlock,
  section: ReportSection,
  report: Report,
  names: SheetNames,
): void {
  const { meta, labels } = report
  const name = table.title ?? (table === mainTableOf(report) ? undefined : section.title) ?? meta.title
  const sheet = addSheet(workbook, names.take(name), report, 'landscape')
  // Groups become a column, so that the sheet can be sorted and filtered as a whole.
  const grouped = table.groups !== undefined
  const columns = [...(grouped ? [{ title: table.groupTitle ?? '', kind: 'text' as const }] : []), ...table.columns]
  const groups = table.groups ?? []
  const groupChars = groups.some(({ detail }) => detail) ? 44 : 24
  const first = grouped
    ? [Math.min(groupChars, 4 + Math.max(0, ...groups.map((group) => groupLine(group).length)))]
    : []
  const { widths } = layoutTable(table, meta, sheetEms - (first[0] ?? 0) / charsPerEm)
  const chars = widths.map((width) => Math.min(80, width * charsPerEm + 2))
  sheet.columns = [...first, ...chars].map((width) => ({ width }))
  sheet.views = [
    {
      state: 'frozen',
      ySplit: 1,
      xSplit: grouped ? 2 : 1,
      showGridLines: false,
      rightToLeft: isRightToLeft(meta.language),
    },
  ]
  sheet.pageSetup.printTitlesRow = '1:1'

  const head = sheet.addRow([])
  columns.forEach(({ title, kind }, i) => setCell(head.getCell(i + 1), title, 'text', report, headStyle(kind)))
  const addRow = (row: Row, group: string | null): void => {
    const added = sheet.addRow([])
    const lines = table.columns.map(({ key, kind }, i) =>
      lineCount(
        cellText(row[key], kind, meta),
        (chars[i] ?? 10) / charsPerEm - (kind === 'badge' ? iconRoom : 0) - 0.8,
      ),
    )
    const groupLines = group === null ? 0 : lineCount(cleanText(group), (first[0] ?? 10) / charsPerEm - 0.8)
    added.height = rowHeight(Math.max(groupLines, ...lines))
    if (group !== null) setCell(added.getCell(1), group, 'text', report)
    table.columns.forEach(({ key, kind, align }, i) => {
      const cell = added.getCell(i + 1 + (grouped ? 1 : 0))
      setCell(
        cell,
        row[key] ?? null,
        kind,
        report,
        align === undefined ? {} : { alignment: { ...top, horizontal: sides[align] } },
      )
    })
  }
  for (const group of table.groups ?? []) for (const row of linesOf(group)) addRow(row, groupLine(group))
  for (const row of table.rows ?? []) addRow(row, null)
  if (sheet.rowCount === 1)
    setCell(sheet.addRow([]).getCell(1), labels.noRows, 'text', report, { font: { ...base, color: { argb: quiet } } })
  else sheet.autoFilter = { from: { row: 1, column: 1 }, to: { row: sheet.rowCount, column: columns.length } }
}

/** Characters of Excel's column width per em of ten-point text. */
const charsPerEm = 1.8

// What fits on A4 without being printed much smaller than ten points: a table across, the cover upright.
const sheetEms = 92
const coverLabel = 34
const coverWidth = 60

/** Excel fits rows to wrapped text only while somebody edits, other programs never: so every row says its height. */
const rowHeight = (lines: number, size = 10): number => Math.min(409, Math.max(15, lines * size * 1.32 + 4))

const sides = { start: 'left', center: 'center', end: 'right' } as const

function addSheet(workbook: Workbook, name: string, report: Report, orientation: 'portrait' | 'landscape'): Worksheet {
  const { organization, title, mark, marks, footer, pageOf } = runningLines(report)
  // “&” starts a code in headers and footers; doubled it is itself.
  const plain = (text: string): string => text.replaceAll('&', '&&')
  const cut = (text: string): string => (text.length > 100 ? `${text.slice(0, 99)}…` : text)
  const number = pageOf.map((part) => (part === '{page}' ? '&P' : part === '{pages}' ? '&N' : plain(part))).join('')
  return workbook.addWorksheet(name, {
    pageSetup: {
      paperSize: 9,
      orientation,
      fitToPage: true,
      fitToWidth: 1,
      fitToHeight: 0,
      margins: { left: 0.5, right: 0.5, top: 0.8, bottom: 0.7, header: 0.35, footer: 0.35 },
    },
    headerFooter: {
      oddHeader: `&L${plain(cut(`${organization} · ${title}`))}&R${plain(cut([mark, ...marks].filter(Boolean).join(' · ')))}`,
      oddFooter: `&L${plain(cut(footer.join(' · ')))}&R${number}`,
    },
  })
}

type CellStyle = Partial<Style>

const top: Partial<Alignment> = { vertical: 'top', wrapText: true }
const hair = { bottom: { style: 'thin', color: { argb: rule } } } as const
// One object per look: ExcelJS writes each distinct object once.
const plainStyle: CellStyle = { font: base, alignment: top, border: hair, numFmt: '@' }
const kindStyles: Readonly<Record<ColumnKind, CellStyle>> = {
  text: plainStyle,
  list: plainStyle,
  badge: plainStyle,
  ref: { ...plainStyle, font: { ...base, bold: true } },
  number: {
    ...plainStyle,
    alignment: { ...top, horizontal: 'right', indent: 1 },
    numFmt: '#,##0.######;-#,##0.######',
  },
  date: { ...plainStyle, alignment: { ...top, horizontal: 'left' }, numFmt: 'd mmm yyyy' },
}
const dateStyles: Readonly<Record<string, { readonly day: CellStyle; readonly moment: CellStyle }>> = {
  en: dateStyle('d mmm yyyy'),
  de: dateStyle('dd.mm.yyyy'),
}
const otherDates = dateStyle('yyyy-mm-dd')
const rightToLeftStyle: CellStyle = { ...plainStyle, alignment: { ...top, readingOrder: 'rtl', horizontal: 'right' } }
const integerFormat = '#,##0'
const badgeStyles = new Map<string, CellStyle>()

function dateStyle(day: string): { readonly day: CellStyle; readonly moment: CellStyle } {
  return {
    day: { ...kindStyles.date, numFmt: day },
    moment: { ...kindStyles.date, numFmt: `${day} hh:mm` },
  }
}

const headStyle = (kind: ColumnKind): CellStyle => ({
  font: { ...base, bold: true },
  alignment: { vertical: 'bottom', wrapText: true, ...(kind === 'number' ? { horizontal: 'right', indent: 1 } : {}) },
  border: { top: { style: 'medium', color: { argb: ink } }, bottom: { style: 'thin', color: { argb: ink } } },
  numFmt: '@',
})

function setCell(cell: ExcelJS.Cell, value: Cell, kind: ColumnKind, report: Report, style: CellStyle = {}): void {
  const { stored, look } = storedValue(value, kind, report)
  cell.value = stored
  cell.style = Object.keys(style).length === 0 ? look : { ...look, ...style }
}

interface StoredCell {
  readonly stored: string | number | Date | null
  readonly look: CellStyle
}

function storedValue(value: Cell, kind: ColumnKind, report: Report): StoredCell {
  const text = cellText(value, kind, report.meta)
  if (text === '') return { stored: null, look: kind === 'badge' ? plainStyle : kindStyles[kind] }
  if (typeof value === 'number') {
    return { stored: value, look: Number.isInteger(value) ? integerStyle : kindStyles.number }
  }
  if (kind === 'date' && typeof value === 'string') {
    const at = wallClock(value, report.meta.timeZone ?? 'UTC')
    const { day, moment } = dateStyles[localeOf(report.meta.language).language] ?? otherDates
    if (at) return { stored: at, look: isInstant(value) ? moment : day }
  }
  const stored = excelText(text, report)
  if (isBadge(value)) return { stored, look: badgeStyle(value) }
  if (kind !== 'ref' && startsRightToLeft(text)) return { stored, look: rightToLeftStyle }
  return { stored, look: kind === 'ref' ? kindStyles.ref : plainStyle }
}

const integerStyle: CellStyle = { ...kindStyles.number, numFmt: integerFormat }

/** The icon is part of the number format: the cell's value stays the word, to filter and to import again. */
function badgeStyle({
  icon,
  tone,
}: {
  readonly icon: keyof typeof badgeGlyphs
  readonly tone: keyof typeof toneColors
}): CellStyle {
  const key = `${icon} ${tone}`
  const style = badgeStyles.get(key) ?? {
    ...plainStyle,
    font: { ...base, color: { argb: argb(toneColors[tone]) } },
    numFmt: `"${badgeGlyphs[icon]} "@`,
  }
  badgeStyles.set(key, style)
  return style
}

const argb = (color: string): string => `FF${color.slice(1).toUpperCase()}`

/** Text as a cell can hold it: cut at Excel's limit, and “_x0041_”, which Excel would read as an escaped “A”, escaped. */
function excelText(text: string, { labels, meta }: Report): string {
  const escaped = text.replace(/_(?=x[0-9A-Fa-f]{4}_)/g, '_x005F_')
  if (escaped.length <= cellLimit) return escaped
  const end = (left: number): string =>
    labels.cutOff.replace('{count}', left.toLocaleString(localeOf(meta.language).toString()))
  const keep = cellLimit - end(escaped.length).length
  return (escaped.slice(0, keep) + end(escaped.length - keep)).toWellFormed()
}

/** Gives each sheet a name Excel takes: at most 31 characters, none of `[]:*?/\`, no apostrophe at the ends, unique. */
class SheetNames {
  readonly #taken = new Set<string>(['history'])

  take(wanted: string): string {
    const name =
      cleanText(wanted)
        .replace(/[[\]:*?/\\]/g, ' ')
        .replace(/\s+/g, ' ')
        .replace(/^['\s]+|['\s]+$/g, '') || 'Sheet'
    for (let i = 1; ; i++) {
      const suffix = i === 1 ? '' : ` ${i}`
      const candidate = name.slice(0, 31 - suffix.length).replace(/['\s]+$/, '') + suffix
      if (!this.#taken.has(candidate.toLowerCase())) {
        this.#taken.add(candidate.toLowerCase())
        return candidate
      }
    }
  }
}
