import { posix } from 'node:path'
import type { Sheet } from '#kernel/import.ts'
import { importLimits } from './limits.ts'
import { type NumberFormat, numberFormat } from './number-format.ts'
import { type Relation, relationId, SheetReader, unescapeString } from './sheet-reader.ts'
import { wrongType } from './sniff.ts'
import { type Budget, Stop, spendText, tooManyCells } from './stop.ts'
import { attribute, XmlError, type XmlHandler, XmlScanner } from './xml.ts'
import { openPackage, type Package } from './zip.ts'

/**
 * Reads the cells of a workbook. Our own reader, because ExcelJS expands every merged range into cells: a merged column
 * of a million rows, which templates have, took it 3 to 8 seconds and up to 3.3 GB; this one streams the sheet's XML and
 * keeps only cells with content (the same files: under 10 ms).
 */
export async function readXlsx(bytes: Buffer): Promise<Sheet[]> {
  const zip = await openPackage(bytes)
  const book = await readBook(zip)
  const strings = book.strings ? await readSharedStrings(zip, book.strings) : []
  const formats = book.styles ? await readFormats(zip, book.styles) : []
  const budget: Budget = { cells: importLimits.cells, characters: importLimits.textCharacters }
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
      decoder ??= new TextDecoder(
        chunk[0] === 0xff && chunk[1] === 0xfe
          ? 'utf-16le'
          : chunk[0] === 0xfe && chunk[1] === 0xff
            ? 'utf-16be'
            : 'utf-8',
      )
      scanner.write(decoder.decode(chunk, { stream: true }))
    })
    scanner.end()
  } catch (error) {
    if (!(error instanceof XmlError)) throw error
    throw new Stop(
      'import.file_damaged',
      `The file is damaged: its part ${part} cannot be read (${error.message}). Open it in a spreadsheet program, save it anew and import the new copy`,
      { part },
    )
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
      sheets.push({
        name: attribute(raw, 'name') ?? '',
        part: target.target,
        hidden: (attribute(raw, 'state') ?? 'visible') !== 'visible',
      })
    },
    close: () => {},
    text: () => {},
  })
  if (sheets.length === 0) throw new Stop('import.no_sheet', 'The workbook has no sheet with cells')
  if (sheets.length > importLimits.sheets)
    throw new Stop(
      'import.too_many_sheets',
      `The workbook has ${sheets.length} sheets; at most ${importLimits.sheets} can be read`,
    )
  const byType = (end: string): string | null => {
    const part = [...relations.values()].find((relation) => relation.type.endsWith(end))?.target
    if (part !== undefined && !zip.has(part)) {
      throw new Stop(
        'import.file_damaged',
        `The file is damaged: its part ${part} is missing. Open it in a spreadsheet program, save it anew and import the new copy`,
        { part },
      )
    }
    return part ?? null
  }
  return { sheets, strings: byType('/sharedStrings'), styles: byType('/styles'), date1904 }
}

async function findWorkbook(zip: Package): Promise<string> {
  const kinds: readonly (readonly [RegExp, string, string])[] = [
    [/^xl\/workbook\.bin$/, 'a binary workbook (XLSB)', 'Open it in a spreadsheet program and save it as XLSX'],
    [/^word\//, 'a Word document', 'Import the table as XLSX or CSV'],
    [/^ppt\//, 'a PowerPoint presentation', 'Import the table as XLSX or CSV'],
    [
      /^(?:content\.xml|META-INF\/manifest\.xml)$/,
      'an OpenDocument file (ODS)',
      'Open it in a spreadsheet program and save it as XLSX',
    ],
    [/^Index\/Document\.iwa$|^Index\.zip$/, 'a Numbers document', 'Export it as Excel (XLSX) from Numbers'],
  ]
  const relations = zip.has('_rels/.rels') ? await readRelations(zip, '') : new Map<string, Relation>()
  const main = [...relations.values()].find(
    (r) => r.type.endsWith('/officeDocument') && r.target.endsWith('.xml') && !/^(?:word|ppt)\//.test(r.target),
  )
  if (main && zip.has(main.target)) return main.target
  if (zip.has('xl/workbook.xml')) return 'xl/workbook.xml'
  for (const [pattern, what, advice] of kinds)
    if (zip.names.some((name) => pattern.test(name))) throw wrongType(what, advice)
  throw wrongType('a zip archive without a workbook', 'Unpack it and import the XLSX or CSV file inside')
}

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
      const resolved = !inside
        ? target
        : target.startsWith('/')
          ? target.slice(1)
          : posix.join(posix.dirname(part), target)
      relations.set(attribute(raw, 'Id') ?? '', { type: attribute(raw, 'Type') ?? '', target: resolved })
    },
    close: () => {},
    text: () => {},
  })
  return relations
}

async function readSharedStrings(zip: Package, part: string): Promise<string[]> {
  const strings: string[] = []
  const budget: Budget = { cells: importLimits.cells, characters: importLimits.textCharacters }
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
      else if (name === 'si') {
        if (--budget.cells < 0) throw tooManyCells(importLimits.cells)
        strings.push(unescapeString(text))
      }
    },
    text: (piece) => {
      if (!taking) return
      spendText(budget, piece.length)
      text += piece
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
      if (name === 'numFmt' && !inCells)
        codes.set(Number(attribute(raw, 'numFmtId')), attribute(raw, 'formatCode') ?? '')
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
