import { posix } from 'node:path'
import type { Cell, MergedRange, Sheet, SheetRow } from '#kernel/import.ts'
import { importLimits } from './limits.ts'
import { type NumberFormat, numberCell, numberFormat } from './number-format.ts'
import { wrongType } from './sniff.ts'
import { Stop } from './stop.ts'
import { attribute, XmlError, type XmlHandler, XmlScanner } from './xml.ts'
import { openPackage, type Package } from './zip.ts'

/**
 * Reads the cells of a workbook. Our own reader, because ExcelJS expands every merged range into cells: a merged column
 * of a million rows, which templates have, took it 3 to 8 seconds and up to 3.3 GB; this one streams the sheet's XML and
 * keeps only cells with content (the same files: 20 ms).
 */
export async function readXlsx(bytes: Buffer): Promise<Sheet[]> {
  const zip = await openPackage(bytes)
  const book = await readBook(zip)
  const strings = book.strings ? await readSharedStrings(zip, book.strings) : []
  const formats = book.styles ? await readFormats(zip, book.styles) : []
  const budget = { cells: importLimits.cells }
  const sheets: Sheet[] = []
  for (const sheet of book.sheets) {
    const links = await readRelations(zip, sheet.part)
    const reader = new SheetReader(sheet.name, strings, formats, book.date1904, budget)
    await readXml(zip, sheet.part, reader)
    sheets.push(reader.result(sheet.hidden, links))
  }
  return sheets
}

async function readXml(zip: Package, part: string, handler: XmlHandler): Promise<void> {
  const scanner = new XmlScanner(handler)
  let decoder: TextDecoder | null = null
  try {
    await zip.read(part, (chunk) => {
      decoder ??= new TextDecoder(chunk[0] === 0xff && chunk[1] === 0xfe ? 'utf-16le' : chunk[0] === 0xfe && chunk[1] === 0xff ? 'utf-16be' : 'utf-8')
      scanner.write(decoder.decode(chunk, { stream: true }))
    })
    scanner.end()
  } catch (error) {
    if (!(error instanceof XmlError)) throw error
    throw new Stop('import.file_damaged', `The file is damaged: its part ${part} cannot be read (${error.message}). Open it in a spreadsheet program, save it anew and import the new copy`, { part })
  }
}

interface Book {
  readonly sheets: readonly { readonly name: string; readonly part: string; readonly hidden: boolean }[]
  readonly strings: string | null
  readonly styles: string | null
  readonly date1904: boolean
}

async function readBook(zip: Package): Promise<Book> {
  const main = await findWorkbook(zip)
  const relations = await readRelations(zip, main)
  const sheets: { name: string; part: string; hidden: boolean }[] = []
  let date1904 = false
  await readXml(zip, main, {
    open: (name, raw) => {
      if (name === 'workbookPr') date1904 = /^(?:1|true)$/.test(attribute(raw, 'date1904') ?? '')
      if (name !== 'sheet') return
      const target = relations.get(relationId(raw) ?? '')
      // Chart sheets and dialogs have no cells.
      if (!target?.type.endsWith('/worksheet')) return
      sheets.push({ name: attribute(raw, 'name') ?? '', part: target.target, hidden: (attribute(raw, 'state') ?? 'visible') !== 'visible' })
    },
    close: () => {},
    text: () => {},
  })
  if (sheets.length === 0) throw new Stop('import.no_sheet', 'The workbook has no sheet with cells')
  if (sheets.length > importLimits.sheets) throw new Stop('import.too_many_sheets', `The workbook has ${sheets.length} sheets; at most ${importLimits.sheets} can be read`)
  const byType = (end: string): string | null => [...relations.values()].find((r) => r.type.endsWith(end) && zip.has(r.target))?.target ?? null
  return { sheets, strings: byType('/sharedStrings'), styles: byType('/styles'), date1904 }
}

async function findWorkbook(zip: Package): Promise<string> {
  const kinds: readonly (readonly [RegExp, string, string])[] = [
    [/^xl\/workbook\.bin$/, 'a binary workbook (XLSB)', 'Open it in a spreadsheet program and save it as XLSX'],
    [/^word\//, 'a Word document', 'Import the table as XLSX or CSV'],
    [/^ppt\//, 'a PowerPoint presentation', 'Import the table as XLSX or CSV'],
    [/^(?:content\.xml|META-INF\/manifest\.xml)$/, 'an OpenDocument file (ODS)', 'Open it in a spreadsheet program and save it as XLSX'],
    [/^Index\/Document\.iwa$|^Index\.zip$/, 'a Numbers document', 'Export it as Excel (XLSX) from Numbers'],
  ]
  const relations = zip.has('_rels/.rels') ? await readRelations(zip, '') : new Map<string, Relation>()
  const main = [...relations.values()].find((r) => r.type.endsWith('/officeDocument') && r.target.endsWith('.xml') && !/^(?:word|ppt)\//.test(r.target))
  if (main && zip.has(main.target)) return main.target
  if (zip.has('xl/workbook.xml')) return 'xl/workbook.xml'
  for (const [pattern, what, advice] of kinds) if (zip.names.some((name) => pattern.test(name))) throw wrongType(what, advice)
  throw wrongType('a zip archive without a workbook', 'Unpack it and import the XLSX or CSV file inside')
}

interface Relation {
  readonly type: string
  readonly target: string
}

const relationId = (raw: string): string | null => attribute(raw, 'r:id') ?? /(?:^|\s)\w+:id="([^"]*)"/.exec(raw)?.[1] ?? null

/** Relations of a part (`''` for the package): id → what it points at. Targets inside the file become part names. */
async function readRelations(zip: Package, part: string): Promise<Map<string, Relation>> {
  const relations = new Map<string, Relation>()
  const file = part === '' ? '_rels/.rels' : posix.join(posix.dirname(part), '_rels', `${posix.basename(part)}.rels`)
  if (!zip.has(file)) return relations
  await readXml(zip, file, {
    open: (name, raw) => {
      if (name !== 'Relationship') return
      const target = attribute(raw, 'Target') ?? ''
      const inside = attribute(raw, 'TargetMode') !== 'External'
      const resolved = !inside ? target : target.startsWith('/') ? target.slice(1) : posix.join(posix.dirname(part), target)
      relations.set(attribute(raw, 'Id') ?? '', { type: attribute(raw, 'Type') ?? '', target: resolved })
    },
    close: () => {},
    text: () => {},
  })
  return relations
}

/** `_x0009_` is how the format writes characters XML cannot hold. */
const unescapeString = (text: string): string =>
  text.includes('_x') ? text.replace(/_x([0-9A-Fa-f]{4})_/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))) : text

async function readSharedStrings(zip: Package, part: string): Promise<string[]> {
  const strings: string[] = []
  let text = ''
  let taking = false
  let phonetic = false
  await readXml(zip, part, {
    open: (name) => {
      if (name === 'si') text = ''
      else if (name === 'rPh') phonetic = true
      else if (name === 't') taking = !phonetic
    },
    close: (name) => {
      if (name === 't') taking = false
      else if (name === 'rPh') phonetic = false
      else if (name === 'si') strings.push(unescapeString(text))
    },
    text: (piece) => {
      if (taking) text += piece
    },
  })
  return strings
}

/** Number formats by cell style. */
async function readFormats(zip: Package, part: string): Promise<NumberFormat[]> {
  const codes = new Map<number, string>()
  const formats: NumberFormat[] = []
  let inCells = false
  await readXml(zip, part, {
    open: (name, raw) => {
      if (name === 'numFmt' && !inCells) codes.set(Number(attribute(raw, 'numFmtId')), attribute(raw, 'formatCode') ?? '')
      else if (name === 'cellXfs') inCells = true
      else if (name === 'xf' && inCells) {
        const id = Number(attribute(raw, 'numFmtId') ?? 0)
        formats.push(numberFormat(id, codes.get(id)))
      }
    },
    close: (name) => {
      if (name === 'cellXfs') inCells = false
    },
    text: () => {},
  })
  return formats
}

const general: NumberFormat = { kind: 'general' }

/** `AB12` → column 27, line 12; null when it is no such reference. */
function readReference(ref: string): { column: number; line: number } | null {
  let column = 0
  let i = 0
  for (; i < ref.length; i++) {
    const c = ref.charCodeAt(i)
    if (c >= 65 && c <= 90) column = column * 26 + (c - 64)
    else if (c !== 36) break
  }
  const line = Number(ref.slice(i).replace('$', ''))
  return column > 0 && column <= 16_384 && Number.isInteger(line) && line > 0 ? { column: column - 1, line } : null
}

export function columnLetters(index: number): string {
  let letters = ''
  for (let n = index + 1; n > 0; n = Math.floor((n - 1) / 26)) letters = String.fromCharCode(65 + ((n - 1) % 26)) + letters
  return letters
}

class SheetReader implements XmlHandler {
  private readonly rows: SheetRow[] = []
  private readonly merges: MergedRange[] = []
  private readonly linkRefs: { column: number; line: number; id: string | null; location: string | null }[] = []
  private cells: (Cell | undefined)[] = []
  private line = 0
  private width = 0
  private column = -1
  /** Attributes of the last empty cell: parsed only if the next cell does not say where it is. */
  private passed = ''
  private type = ''
  private style = 0
  private value = ''
  private hasValue = false
  private formula = false
  private taking = false
  private phonetic = false
  private inCell = false
  private readonly name: string
  private readonly strings: readonly string[]
  private readonly formats: readonly NumberFormat[]
  private readonly date1904: boolean
  private readonly budget: { cells: number }

  constructor(name: string, strings: readonly string[], formats: readonly NumberFormat[], date1904: boolean, budget: { cells: number }) {
    this.name = name
    this.strings = strings
    this.formats = formats
    this.date1904 = date1904
    this.budget = budget
  }

  open(name: string, raw: string, selfClosing: boolean): void {
    if (this.inCell) {
      if (name === 'v' || name === 't') {
        this.taking = !this.phonetic
        if (name === 'v') this.hasValue = true
      } else if (name === 'f') this.formula = true
      else if (name === 'rPh') this.phonetic = true
      return
    }
    if (name === 'c') {
      if (selfClosing) {
        this.column++
        this.passed = raw
      } else this.openCell(raw)
    } else if (name === 'row') {
      const line = Number(attribute(raw, 'r') ?? Number.NaN)
      this.line = Number.isInteger(line) && line > 0 ? line : this.line + 1
      this.column = -1
      this.passed = ''
    } else if (name === 'mergeCell') this.merge(attribute(raw, 'ref') ?? '')
    else if (name === 'hyperlink') {
      const at = readReference((attribute(raw, 'ref') ?? '').split(':')[0] ?? '')
      if (at && this.linkRefs.length < importLimits.rows) this.linkRefs.push({ ...at, id: relationId(raw), location: attribute(raw, 'location') })
    }
  }

  private openCell(raw: string): void {
    const ref = attribute(raw, 'r')
    const at = ref === null ? null : readReference(ref)
    if (at) this.column = at.column
    else {
      const before = this.passed === '' ? null : readReference(attribute(this.passed, 'r') ?? '')
      this.column = (before ? before.column : this.column) + 1
    }
    this.passed = ''
    this.type = attribute(raw, 't') ?? 'n'
    this.style = Number(attribute(raw, 's') ?? 0)
    this.value = ''
    this.hasValue = false
    this.formula = false
    this.taking = false
    this.phonetic = false
    this.inCell = true
  }

  text(piece: string): void {
    if (this.taking) this.value += piece
  }

  close(name: string): void {
    if (this.inCell) {
      if (name === 'v' || name === 't') this.taking = false
      else if (name === 'rPh') this.phonetic = false
      else if (name === 'c') {
        this.inCell = false
        const cell = this.cell()
        if (cell) this.keep(cell)
      }
    } else if (name === 'row' && this.cells.length > 0) {
      if (this.rows.length >= importLimits.rows) {
        throw new Stop('import.too_many_rows', `Sheet “${this.name}” has more than ${importLimits.rows.toLocaleString('en')} rows with content. Split it into several files`, { sheet: this.name })
      }
      this.rows.push({ line: this.line, cells: this.cells })
      this.cells = []
    }
  }

  private keep(cell: Cell): void {
    if (this.column >= importLimits.columns) {
      throw new Stop('import.too_many_columns', `Sheet “${this.name}” has content in ${columnLetters(this.column)}${this.line}, beyond column ${importLimits.columns}. Delete what is far to the right`, { sheet: this.name })
    }
    if (--this.budget.cells < 0) {
      throw new Stop('import.too_many_cells', `The workbook has more than ${importLimits.cells.toLocaleString('en')} cells with content. Split it into several files`)
    }
    this.cells[this.column] = cell
    if (this.column >= this.width) this.width = this.column + 1
  }

  private cell(): Cell | null {
    const cell = this.rawCell()
    return cell && this.formula ? { ...cell, computed: true } : cell
  }

  private rawCell(): Cell | null {
    const { value } = this
    switch (this.type) {
      case 's': {
        const text = this.strings[Number(value)]
        if (text === undefined && value !== '') throw new Stop('import.file_damaged', `The file is damaged: ${columnLetters(this.column)}${this.line} of sheet “${this.name}” refers to a text that is missing`)
        return text === undefined || text.trim() === '' ? null : { text }
      }
      case 'str':
      case 'inlineStr':
        return value.trim() === '' ? null : { text: unescapeString(value) }
      case 'b':
        return value === '' ? null : { text: value === '1' || value === 'true' ? 'TRUE' : 'FALSE' }
      case 'e':
        return { text: value, problem: `${columnLetters(this.column)}${this.line} holds the error ${value}` }
      case 'd': {
        const date = /^(\d{4}-\d{2}-\d{2})/.exec(value)?.[1]
        const serial = date ? (Date.parse(`${date}T00:00:00Z`) / 86_400_000 + 25_569 - (this.date1904 ? 1462 : 0)) : Number.NaN
        return Number.isNaN(serial) ? (value === '' ? null : { text: value }) : numberCell(serial, { kind: 'date', time: false }, this.date1904)
      }
      default: {
        if (value.trim() === '') {
          // A formula that was never calculated, as programs that only write files leave it.
          return this.formula && !this.hasValue ? { text: '', problem: `${columnLetters(this.column)}${this.line} holds a formula without a stored result; open the file in a spreadsheet program and save it` } : null
        }
        const number = Number(value)
        if (!Number.isFinite(number)) return { text: value }
        return numberCell(number, this.formats[this.style] ?? general, this.date1904)
      }
    }
  }

  private merge(range: string): void {
    const [from, to] = range.split(':')
    const start = readReference(from ?? '')
    const end = readReference(to ?? '')
    if (start && end && this.merges.length < importLimits.rows) {
      this.merges.push({ top: start.line, left: start.column, bottom: end.line, right: end.column })
    }
  }

  result(hidden: boolean, relations: ReadonlyMap<string, Relation>): Sheet {
    const rows = this.withLinks(relations).sort((a, b) => a.line - b.line)
    return { name: this.name, hidden, rows, width: this.width, merges: this.merges, separator: null, notes: [] }
  }

  private withLinks(relations: ReadonlyMap<string, Relation>): SheetRow[] {
    if (this.linkRefs.length === 0) return this.rows
    const byLine = new Map(this.rows.map((row) => [row.line, row]))
    for (const { line, column, id, location } of this.linkRefs) {
      const target = (id === null ? null : relations.get(id)?.target) ?? (location === null ? null : `#${location}`)
      const row = byLine.get(line)
      const cell = row?.cells[column]
      if (!row || !cell || target === null) continue
      const cells = [...row.cells]
      cells[column] = { ...cell, link: target }
      byLine.set(line, { line, cells })
    }
    return [...byLine.values()]
  }
}
