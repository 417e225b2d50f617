import { execFileSync } from 'node:child_process'
import { inflateSync } from 'node:zlib'
import { parse } from 'csv-parse/sync'
import ExcelJS from 'exceljs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { fromBufferPromise, type ZipFile } from 'yauzl'
import type { Instant } from '#kernel/time.ts'
import { emptyReport, hardReport, hostileTexts, registerReport, soaReport } from '#testing/reports.ts'
import { breakMark, hyphenMark } from './break-points.ts'
import { cellText, cleanText, plainCellText } from './cell-text.ts'
import { restoreCell } from './csv-cell.ts'
import { pdfDocument } from './pdf-document.ts'
import { createPdfHost } from './render-pdf.ts'
import { renderReport, stopRendering } from './render-report.ts'
import { badgeGlyphs, type Report, type ReportFormat, rowsOf, type TableBlock, tablesOf } from './report.ts'

afterAll(stopRendering)

async function bytesOf(report: Report, format: ReportFormat): Promise<Buffer> {
  const result = await renderReport(report, format)
  if (!result.ok) throw new Error(result.refusal.message)
  return Buffer.from(result.value.bytes)
}

/** What each cell of a table has to read, row by row, in every format. */
const expected = (table: TableBlock, report: Report, text = cellText): string[][] =>
  rowsOf(table).map((row) => table.columns.map(({ key, kind }) => text(row[key], kind, report.meta)))

const firstTable = (report: Report): TableBlock => {
  const table = tablesOf(report)[0]
  if (!table) throw new Error('The report has no table')
  return table
}

// ---- what a reader of each format sees

async function unzip(bytes: Buffer): Promise<Map<string, string>> {
  const files = new Map<string, string>()
  const zip: ZipFile = await fromBufferPromise(bytes)
  for await (const entry of zip.eachEntry()) {
    const chunks: Buffer[] = []
    for await (const chunk of await zip.openReadStreamPromise(entry)) chunks.push(Buffer.from(chunk))
    files.set(entry.fileName, Buffer.concat(chunks).toString('utf8'))
  }
  return files
}

const unescapeXml = (text: string): string =>
  text
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&apos;', "'")
    .replaceAll('&amp;', '&')

/** Cell texts of the tables of a Word document, by table and row. */
function docxTables(xml: string): string[][][] {
  const all = (pattern: RegExp, text: string): string[] => Array.from(text.matchAll(pattern), (match) => match[1] ?? '')
  const paragraphText = (paragraph: string): string =>
    Array.from(paragraph.matchAll(/<w:t(?: [^>]*)?>([^<]*)<\/w:t>|(<w:br\/>)|(<w:tab\/>)/g), ([, text, lineBreak]) =>
      text === undefined ? (lineBreak ? '\n' : '\t') : unescapeXml(text),
    ).join('')
  return all(/<w:tbl>(.*?)<\/w:tbl>/gs, xml).map((table) =>
    all(/<w:tr>(.*?)<\/w:tr>|<w:tr [^>]*>(.*?)<\/w:tr>/gs, table).map((row) =>
      all(/<w:tc>(.*?)<\/w:tc>/gs, row).map((cell) =>
        all(/<w:p>(.*?)<\/w:p>/gs, cell.replaceAll('<w:p/>', '<w:p></w:p>'))
          .map(paragraphText)
          .join('\n'),
      ),
    ),
  )
}

const withoutIcon = (text: string): string => {
  const glyph = Object.values(badgeGlyphs).find((glyph) => text.startsWith(`${glyph} `))
  return glyph ? text.slice(2) : text
}

async function docxRows(report: Report): Promise<string[][]> {
  const table = firstTable(report)
  const xml = (await unzip(await bytesOf(report, 'docx'))).get('word/document.xml') ?? ''
  const tables = docxTables(xml)
  const found = tables.find((rows) => rows[0]?.[0] === cleanText(table.columns[0]?.title ?? ''))
  const rows = found?.slice(1).filter((row) => row.length === table.columns.length) ?? []
  return rows.map((row) => row.map((text, i) => (table.columns[i]?.kind === 'badge' ? withoutIcon(text) : text)))
}

async function workbookOf(report: Report): Promise<ExcelJS.Workbook> {
  const workbook = new ExcelJS.Workbook()
  const bytes = await bytesOf(report, 'xlsx')
  await workbook.xlsx.load(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength) as ArrayBuffer)
  return workbook
}

async function xlsxRows(report: Report): Promise<string[][]> {
  const table = firstTable(report)
  const sheet = (await workbookOf(report)).worksheets[1]
  const skipped = table.groups ? 1 : 0
  const text = (value: ExcelJS.CellValue): string => {
    if (value === null || value === undefined) return ''
    if (typeof value === 'number') return cellText(value, 'number', report.meta)
    if (value instanceof Date) {
      const [day, time] = value.toISOString().split('T')
      const moment = time === '00:00:00.000Z' ? '' : ` ${time?.slice(0, 5)}`
      return `${day}${moment}`
    }
    if (typeof value !== 'string') throw new Error(`A cell is neither text, number nor date: ${JSON.stringify(value)}`)
    return value.replaceAll('_x005F_', '_')
  }
  return (sheet?.getRows(2, rowsOf(table).length) ?? []).map((row) =>
    table.columns.map((_, i) => text(row.getCell(i + 1 + skipped).value)),
  )
}

async function csvRows(report: Report): Promise<string[][]> {
  const table = firstTable(report)
  const records: string[][] = parse(await bytesOf(report, 'csv'), { bom: true, record_delimiter: '\r\n' })
  const cell = (text: string, i: number): string => {
    const { kind } = table.columns[i] ?? { kind: 'text' }
    return kind === 'number' && text !== '' ? cellText(Number(text), 'number', report.meta) : restoreCell(text)
  }
  return records.slice(1).map((record) => (table.groups ? record.slice(1) : record).map(cell))
}

/** What the PDF's template is given; the marks are where lines may break. */
function pdfRows(report: Report): string[][] {
  interface Data {
    sections: { blocks: { kind: string; groups: { rows: { cells: (string | { text: string })[] }[] }[] }[] }[]
  }
  const data = JSON.parse(pdfDocument(report).json) as Data
  const table = data.sections.flatMap((section) => section.blocks).find((block) => block.kind === 'table')
  const kinds = firstTable(report).columns.map((column) => column.kind)
  return (table?.groups ?? []).flatMap((group) =>
    group.rows.map(({ cells }) =>
      cells.map((cell, i) => {
        const text = (typeof cell === 'string' ? cell : cell.text).replaceAll(breakMark, '').replaceAll(hyphenMark, '')
        return kinds[i] === 'number' ? text.replace('−', '-') : text
      }),
    ),
  )
}

// ---- tests

const reports = [
  ['a statement of applicability', soaReport()],
  ['a report that is hard to set', hardReport()],
  ['a register of 120 risks', registerReport(120)],
  ['a report without rows', emptyReport()],
] as const

describe.each(reports)('%s', (_, report) => {
  const rows = expected(firstTable(report), report)
  // Spreadsheets hold real dates, CSV those of ISO 8601.
  const plainRows = expected(firstTable(report), report, plainCellText)

  it('has the same cells in Word', async () => expect(await docxRows(report)).toEqual(rows))
  it('has the same cells in Excel', async () => expect(await xlsxRows(report)).toEqual(plainRows))
  it('has the same cells in CSV', async () => expect(await csvRows(report)).toEqual(plainRows))
  it('has the same cells in PDF', () => expect(pdfRows(report)).toEqual(rows))

  it('is meta and rows in JSON', async () => {
    const json: unknown = JSON.parse((await bytesOf(report, 'json')).toString('utf8'))
    expect(json).toEqual({ meta: report.meta, rows: report.data })
  })

  it('is a tagged PDF with title, author and language', async () => {
    const pdf = new PdfText(await bytesOf(report, 'pdf'))
    expect(pdf.text).toMatch(/^%PDF-1\.7/)
    expect(pdf.text).toContain('/StructTreeRoot')
    expect(pdf.text).toMatch(/\/Marked true/)
    expect(pdf.text).toContain(`/Lang (${report.meta.language})`)
    expect(pdf.string('Title')).toBe(report.meta.title)
    expect(pdf.string('Author')).toBe(report.meta.organization)
  })
})

describe('PDF', () => {
  it('marks header cells and repeats nothing into the reading order', async () => {
    const pdf = new PdfText(await bytesOf(soaReport(), 'pdf'))
    // Nine column titles once, and a title for each of four groups.
    expect(pdf.text.match(/\/S \/TH\b/g)).toHaveLength(13)
    expect(pdf.text.match(/\/S \/TR\b/g)).toHaveLength(1 + 4 + 93)
  })

  it('has a bookmark for each section and each group, whatever the pages it goes on for', async () => {
    const pdf = new PdfText(await bytesOf(soaReport(), 'pdf'))
    const [group] = pdf.text.match(/\/Type \/Outlines\b/g) ?? []
    expect(group).toBeDefined()
    // Two sections, four groups; and the title of the document itself.
    expect(pdf.text.match(/\/Title [(<]/g)).toHaveLength(2 + 4 + 1)
  })

  it('is the same bytes for the same report', async () => {
    const [first, second] = [await bytesOf(soaReport(), 'pdf'), await bytesOf(soaReport(), 'pdf')]
    expect(first.equals(second)).toBe(true)
  })

  it('takes every text as text, never as code of the template', async () => {
    // Had one of them been run, the compiler would have refused the document, or the title would read otherwise.
    for (const text of hostileTexts) {
      const pdf = new PdfText(await bytesOf({ ...emptyReport(), meta: { ...emptyReport().meta, title: text } }, 'pdf'))
      expect(pdf.string('Title')).toBe(cleanText(text))
    }
  })

  it('lets a long word in the title of a group break, and keeps a time and its zone on one line', () => {
    const report = emptyReport()
    const long = 'R-1 https://example.org/'.concat('a'.repeat(120))
    const { rows: _rows, ...table } = firstTable(report)
    const sections = [{ title: 'Risks', blocks: [{ ...table, groups: [{ title: long, detail: long, rows: [{}] }] }] }]
    const meta = { ...report.meta, generatedAt: '2026-11-29T11:16:00.000Z' as Instant, timeZone: 'Europe/Berlin' }
    const { json } = pdfDocument({ ...report, meta, sections })
    const data = JSON.parse(json) as {
      facts: { value: string }[]
      sections: { blocks: { groups: { title: string; detail: string }[] }[] }[]
    }
    const [group] = data.sections[0]?.blocks[0]?.groups ?? []
    for (const text of [group?.title ?? '', group?.detail ?? '']) {
      expect(text.replaceAll(breakMark, '')).toBe(long)
      expect(Math.max(...text.split(breakMark).map((part) => part.length))).toBeLessThan(60)
    }
    expect(data.facts.map(({ value }) => value)).toContainEqual(expect.stringMatching(/12:16\u00a0(CET|GMT\+1|MEZ)$/))
  })

  it('embeds what it needs of a typeface for emoji, and only where there are some', async () => {
    const titled = (title: string) => ({ ...emptyReport(), meta: { ...emptyReport().meta, title } })
    const plain = await bytesOf(titled('Risks'), 'pdf')
    const emoji = await bytesOf(titled('Risks \u{1f525}\u{1f6e1}\ufe0f \u2705'), 'pdf')
    const fonts = (pdf: Buffer) => new PdfText(pdf).text.match(/\/FontName \/[A-Z]{6}\+NotoEmoji/g) ?? []
    expect(fonts(plain)).toHaveLength(0)
    expect(fonts(emoji).length).toBeGreaterThan(0)
    expect(emoji.length - plain.length).toBeLessThan(30_000)
  })

  it('sets 1,000 rows', async () => {
    const pdf = await bytesOf(registerReport(1000), 'pdf')
    expect(new PdfText(pdf).text.match(/\/S \/TR\b/g)).toHaveLength(1001)
  }, 60_000)

  it('stops at its memory limit, and the next document is set', async () => {
    const host = createPdfHost(64 * 1024 * 1024)
    try {
      await expect(host.run(registerReport(600))).rejects.toMatchObject({ why: 'memory' })
      await expect(host.run(emptyReport())).resolves.toBeInstanceOf(Uint8Array)
    } finally {
      await host.stop()
    }
  }, 60_000)

  it.skipIf(!hasPdftotext())('says what a reader copies out of it', async () => {
    const text = execFileSync('pdftotext', ['-raw', '-', '-'], {
      input: await bytesOf(hardReport(), 'pdf'),
      stdio: 'pipe',
    })
    const joined = text.toString('utf8').replaceAll(/\s+/g, ' ')
    expect(joined).toContain('#read("/etc/passwd")')
    expect(joined).toContain('\\ \\u{41} ] [ ) ( } { <label> @ref // comment /* open')
    expect(joined).toContain('Seite 2 von ')
    expect(joined).not.toContain('root:')
  })
})

describe('Word', () => {
  let files: Map<string, string>
  beforeAll(async () => {
    files = await unzip(await bytesOf(hardReport(), 'docx'))
  })
  const part = (name: string): string => files.get(name) ?? ''

  it('has title, author and language', () => {
    expect(part('docProps/core.xml')).toContain('<dc:title>Prüfbericht *fett* #let x = 1</dc:title>')
    expect(part('docProps/core.xml')).toContain('<dc:creator>Müller &amp; Söhne #1 &lt;GmbH&gt; $x$</dc:creator>')
    expect(part('word/styles.xml')).toMatch(/<w:lang w:val="de-DE"/)
  })

  it('has real headings, a header row that repeats, and page numbers as fields', () => {
    expect(part('word/document.xml')).toContain('<w:pStyle w:val="Title"/>')
    expect(part('word/document.xml')).toContain('<w:pStyle w:val="Heading1"/>')
    expect(part('word/document.xml')).toContain('<w:tblHeader/>')
    expect(part('word/document.xml')).toContain('w:orient="landscape"')
    expect(part('word/footer1.xml')).toMatch(/Seite.*PAGE.*von.*NUMPAGES/s)
    expect(part('word/header1.xml')).toContain('Draft')
  })

  it('lets only tall rows break between pages', () => {
    const rows = part('word/document.xml').split('<w:tr>')
    const tall = rows.filter((row) => row.includes('Zeile 40'))
    expect(tall.every((row) => !row.includes('<w:cantSplit/>'))).toBe(true)
    expect(rows.some((row) => row.includes('<w:cantSplit/>'))).toBe(true)
  })
})

describe('Excel', () => {
  it('stores text as text, in cells formatted as text', async () => {
    const sheet = (await workbookOf(hardReport())).worksheets[1]
    const formulas: string[] = []
    sheet?.eachRow((row) =>
      row.eachCell((cell) => {
        if (cell.type === ExcelJS.ValueType.Formula) formulas.push(cell.address)
        if (typeof cell.value === 'string') expect(cell.numFmt).toMatch(/^@$|^".*"@$/)
      }),
    )
    expect(formulas).toEqual([])
    expect(sheet?.getColumn(2).values).toContain("=cmd|' /C calc'!A0")
  })

  it('names the sheet of a further table after its section', async () => {
    const report = soaReport()
    const columns = [{ key: 'ref', title: 'Control', kind: 'ref' }] as const
    const further = {
      title: 'Changed since',
      blocks: [{ kind: 'table', key: 'changes', columns, rows: [{ ref: 'A.5.1' }] }],
    } as const
    const workbook = await workbookOf({ ...report, sections: [...report.sections, further] })
    expect(workbook.worksheets.map((sheet) => sheet.name)).toEqual([
      'About',
      'Statement of Applicability',
      'Changed since',
    ])
  })

  it('has a cover sheet and a frozen, filterable, printable table', async () => {
    const workbook = await workbookOf(soaReport())
    const [about, controls] = workbook.worksheets
    expect(about?.name).toBe('About')
    expect(about?.getColumn(1).values).toContain('Classification')
    expect(about?.getColumn(2).values).toContain(soaReport().meta.hash)
    expect(controls?.name).toBe('Statement of Applicability')
    expect(controls?.views[0]).toMatchObject({ state: 'frozen', ySplit: 1 })
    expect(controls?.autoFilter).toBe('A1:J94')
    expect(controls?.pageSetup).toMatchObject({ printTitlesRow: '1:1', orientation: 'landscape', fitToWidth: 1 })
    expect(controls?.headerFooter.oddFooter).toContain('&RPage &P of &N')
    expect(controls?.getCell('A2').value).toBe('5 Organizational controls')
  })

  it('keeps numbers and dates real', async () => {
    const sheet = (await workbookOf(registerReport(3))).worksheets[1]
    expect(sheet?.getCell('D2').value).toBe(1)
    expect(sheet?.getCell('I2').value).toEqual(new Date('2026-04-15T00:00:00.000Z'))
    expect(sheet?.getCell('I2').numFmt).toBe('d mmm yyyy')
  })

  it('names sheets as Excel demands, and cuts what a cell cannot hold', async () => {
    const report = hardReport()
    const long = {
      ...report,
      sections: [
        {
          blocks: [
            {
              kind: 'table',
              key: 't',
              title: "'[a]:*'",
              columns: firstTable(report).columns,
              rows: [{ text: 'x'.repeat(40_000) }],
            },
          ],
        },
      ],
    } as const
    const workbook = await workbookOf(long)
    expect(workbook.worksheets[1]?.name).toBe('a')
    const text = workbook.worksheets[1]?.getCell('B2').value
    expect(text).toMatch(/^x{32700,32766} … 7\.2\d\d more characters in the other formats$/)
    expect((await workbookOf(report)).worksheets.map((sheet) => sheet.name)).toEqual([
      'About',
      'Tabelle #2 a b',
      'Tabelle #2 a b 2',
    ])
  })
})

describe('CSV', () => {
  it('starts with a byte order mark and its column titles', async () => {
    const text = (await bytesOf(soaReport(), 'csv')).toString('utf8')
    expect(text.split('\r\n')[0]).toBe(
      '\ufeffTheme,Control,Title,Applicable,Because of,Justification,How it is done here,Status,Owner,Evidence',
    )
  })

  it('is refused for a report without a table', async () => {
    const report = { ...soaReport(), sections: [] }
    await expect(renderReport(report, 'csv')).resolves.toMatchObject({
      ok: false,
      refusal: { code: 'render.no_table' },
    })
  })
})

it('says the detail of a group in every format: on pages under its title, in spreadsheets after it', async () => {
  const [group] = firstTable(soaReport()).groups ?? []
  const groups = [{ title: 'R-4 Ransomware', detail: 'Owner: Ole Petersen', rows: group?.rows.slice(0, 2) ?? [] }]
  const report = { ...soaReport(), sections: [{ blocks: [{ ...firstTable(soaReport()), groups }] }] }
  expect(pdfDocument(report).json).toContain('"title":"R-4 Ransomware","detail":"Owner: Ole Petersen"')
  const word = (await unzip(await bytesOf(report, 'docx'))).get('word/document.xml')
  expect(word).toMatch(/R-4 Ransomware<.*<w:br\/>.*Owner: Ole Petersen/s)
  expect((await workbookOf(report)).worksheets[1]?.getCell('A2').value).toBe('R-4 Ransomware · Owner: Ole Petersen')
  expect((await bytesOf(report, 'csv')).toString('utf8')).toContain('R-4 Ransomware · Owner: Ole Petersen,A.5.1,')
})

it('prints what stands in the place of rows in every format, and counts no row for it', async () => {
  const table = firstTable(soaReport())
  const groups = [{ title: 'R-4 Ransomware', rows: [], instead: { title: 'No action recorded' } }]
  const report = { ...soaReport(), sections: [{ blocks: [{ ...table, groups }] }] }
  const { sections } = JSON.parse(pdfDocument(report).json)
  expect(sections[0].blocks[0]).toMatchObject({ groups: [{ count: 0, rows: [{}] }], empty: false })
  expect(pdfDocument(report).json).toContain('No action recorded')
  const word = (await unzip(await bytesOf(report, 'docx'))).get('word/document.xml')
  expect(word).toMatch(/R-4 Ransomware<.*   0<.*No action recorded/s)
  expect((await workbookOf(report)).worksheets[1]?.getRow(2).values).toContain('No action recorded')
  expect((await bytesOf(report, 'csv')).toString('utf8')).toContain('R-4 Ransomware,,No action recorded,')
})

it('says what the file is', async () => {
  const result = await renderReport(soaReport(), 'csv')
  expect(result).toMatchObject({
    ok: true,
    value: {
      contentType: 'text/csv; charset=utf-8; header=present',
      fileName: 'nordlicht-analytik-gmbh_statement-of-applicability_2.0_2026-03-31.csv',
    },
  })
})

function hasPdftotext(): boolean {
  try {
    execFileSync('pdftotext', ['-v'], { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
}

/** A PDF's objects as text: the file itself and its compressed object streams. */
class PdfText {
  readonly text: string

  constructor(bytes: Buffer) {
    const raw = bytes.toString('latin1')
    const streams = Array.from(raw.matchAll(/\/Type\s*\/ObjStm[^>]*>>\s*stream\r?\n/g), (match) => {
      const start = match.index + match[0].length
      return inflateSync(bytes.subarray(start, raw.indexOf('endstream', start))).toString('latin1')
    })
    this.text = [raw, ...streams].join('\n')
  }

  /** A string of the document information, decoded. */
  string(key: string): string {
    // The outline has titles, too; the document's own are in the object the trailer names.
    const info = /\/Info (\d+) 0 R/.exec(this.text)?.[1]
    const object = this.text.slice(this.text.search(new RegExp(`(^|\\s)${info} 0 obj`)))
    const value = object.slice(object.indexOf(`/${key} `) + key.length + 2)
    const plain = value.startsWith('<')
      ? Buffer.from(value.slice(1, value.indexOf('>')), 'hex').toString('latin1')
      : literalString(value)
    return plain.startsWith('\u00fe\u00ff') ? Buffer.from(plain.slice(2), 'latin1').swap16().toString('utf16le') : plain
  }
}

/** A PDF string in parentheses, which may be nested, with its escapes undone. */
function literalString(source: string): string {
  let depth = 0
  let text = ''
  for (let i = 0; i < source.length; i++) {
    const char = source.charAt(i)
    if (char === '\\') text += { n: '\n', r: '\r', t: '\t' }[source.charAt(++i)] ?? source.charAt(i)
    else if (char === '(' && depth++ === 0) continue
    else if (char === ')' && --depth === 0) break
    else text += char
  }
  return text
}
