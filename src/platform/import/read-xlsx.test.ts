import { randomBytes } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Sheet } from '#kernel/import.ts'
import { type TestBook, workbookParts, writeWorkbook } from './fixtures/workbook-writer.ts'
import { writeZip, type ZipPart } from './fixtures/zip-writer.ts'
import { readBytes } from './read-bytes.ts'

async function read(bytes: Buffer): Promise<Sheet[]> {
  const result = await readBytes(bytes, 'book.xlsx', {})
  if (!result.ok) throw new Error(`refused: ${result.refusal.message}`)
  return result.value
}

async function refusal(bytes: Buffer): Promise<{ code: string; message: string }> {
  const result = await readBytes(bytes, 'book.xlsx', {})
  if (result.ok) throw new Error('was read')
  return result.refusal
}

const texts = (sheet: Sheet | undefined): string[][] =>
  (sheet?.rows ?? []).map((row) => Array.from(row.cells, (cell) => cell?.text ?? ''))

const book: TestBook = {
  formats: ['yyyy\\-mm\\-dd', '0%', '0.00', '"R-"000', '[$-407]d. mmmm yyyy h:mm', '[h]:mm'],
  sheets: [
    {
      name: 'Risks & more',
      rows: {
        2: ['Risk register'],
        4: ['ID', 'Title', 'Reviewed', 'Share', 'Control', 'When', 'Hours'],
        5: [
          { number: 7, style: 4 },
          'Fire',
          { number: 46054, style: 1 },
          { number: 0.46, style: 2 },
          { number: 5.1, style: 3 },
          { number: 46054.5, style: 5 },
          { number: 1.5, style: 6 },
        ],
        9: [null, 'Flood', null, 0.1, 5.1],
      },
      merges: ['A1:A1048576', 'A2:G2'],
    },
    { name: 'Notes', hidden: true, rows: { 1: ['x'] } },
  ],
}

describe('readXlsx', () => {
  it('reads cells as they are shown, with their line numbers', async () => {
    const [sheet, notes] = await read(writeWorkbook(book))
    expect(sheet).toMatchObject({ name: 'Risks & more', hidden: false, width: 7, separator: null })
    expect(sheet?.rows.map((row) => row.line)).toEqual([2, 4, 5, 9])
    expect(texts(sheet)[2]).toEqual(['R-007', 'Fire', '2026-02-01', '46 %', '5.10', '2026-02-01 12:00', '1.5'])
    expect(sheet?.rows[2]?.cells.map((cell) => cell?.date)).toEqual([
      undefined,
      undefined,
      '2026-02-01',
      undefined,
      undefined,
      '2026-02-01',
      undefined,
    ])
    expect(sheet?.rows[2]?.cells[3]?.number).toBe(0.46)
    expect(texts(sheet)[3]).toEqual(['', 'Flood', '', '0.1', '5.1'])
    expect(notes).toMatchObject({ name: 'Notes', hidden: true })
  })

  it('keeps a merged range as one cell and its place', async () => {
    const [sheet] = await read(writeWorkbook(book))
    expect(texts(sheet)[0]).toEqual(['Risk register'])
    expect(sheet?.merges).toContainEqual({ top: 2, left: 0, bottom: 2, right: 6 })
  })

  it('reads rich text, inline text, formulas, errors, truth values, dates and links', async () => {
    const cells = [
      {
        type: 'inlineStr',
        xml: '<is><r><t>Fire </t></r><r><rPr><b/></rPr><t>in hall</t></r><rPh><t>ignored</t></rPh></is>',
      },
      { type: 'str', xml: '<f>A1&amp;"x"</f><v>made</v>' },
      { xml: '<f>2*3</f><v>6</v>' },
      { xml: '<f>2*3</f>' },
      { type: 'e', xml: '<f>1/0</f><v>#DIV/0!</v>' },
      { type: 'b', xml: '<v>1</v>' },
      { type: 'd', xml: '<v>2026-02-01T00:00:00</v>' },
      'Policy_x0009_\u00e9',
    ]
    const relations = '<Relationship Id="rId7" Type="h" Target="https://example.org/policy" TargetMode="External"/>'
    const after = '<hyperlinks><hyperlink ref="H1" r:id="rId7"/></hyperlinks>'
    const [sheet] = await read(writeWorkbook({ sheets: [{ name: 'S', rows: { 1: cells }, after, relations }] }))
    expect(Array.from(sheet?.rows[0]?.cells ?? [])).toEqual([
      { text: 'Fire in hall' },
      { text: 'made', computed: true },
      { text: '6', number: 6, computed: true },
      { text: '', computed: true, problem: 'uncalculated' },
      { text: '#DIV/0!', computed: true, problem: 'error' },
      { text: 'TRUE' },
      { text: '2026-02-01', date: '2026-02-01' },
      { text: 'Policy\té', link: 'https://example.org/policy' },
    ])
  })

  it('reads a formula that would start a program as its result', async () => {
    const cells = [{ type: 'str', xml: "<f>cmd|'/C calc'!A0</f><v>=cmd|'/C calc'!A0</v>" }]
    const [sheet] = await read(writeWorkbook({ sheets: [{ name: 'S', rows: { 1: cells } }] }))
    expect(texts(sheet)).toEqual([["=cmd|'/C calc'!A0"]])
  })

  it('reads the days of a 1904 workbook', async () => {
    const [sheet] = await read(
      writeWorkbook({
        date1904: true,
        formats: ['dd.mm.yyyy'],
        sheets: [{ name: 'S', rows: { 1: [{ number: 46054 - 1462, style: 1 }] } }],
      }),
    )
    expect(sheet?.rows[0]?.cells[0]?.date).toBe('2026-02-01')
  })

  it('reads cells and rows that do not say where they are, and names with a prefix', async () => {
    const parts = workbookParts({ sheets: [{ name: 'S', rows: {} }] }).map((part) =>
      part.name === 'xl/worksheets/sheet1.xml'
        ? {
            ...part,
            data: '<x:worksheet xmlns:x="y"><x:sheetData><x:row><x:c><x:v>1</x:v></x:c><x:c/><x:c><x:v>2</x:v></x:c></x:row><x:row r="5"><x:c r="C5"/><x:c><x:v>3</x:v></x:c></x:row></x:sheetData></x:worksheet>',
          }
        : part,
    )
    const [sheet] = await read(writeZip(parts))
    expect(texts(sheet)).toEqual([
      ['1', '', '2'],
      ['', '', '', '3'],
    ])
    expect(sheet?.rows.map((row) => row.line)).toEqual([1, 5])
  })
})

const sheetOf = (xml: string): ZipPart[] =>
  workbookParts({ sheets: [{ name: 'S', rows: {} }] }).map((part) =>
    part.name === 'xl/worksheets/sheet1.xml'
      ? { ...part, data: `<worksheet><sheetData>${xml}</sheetData></worksheet>` }
      : part,
  )

describe('sheets a million rows tall', () => {
  it('keeps the twenty that hold something', async () => {
    const rows: string[] = []
    for (let line = 1; line <= 1_048_576; line++) {
      rows.push(
        line <= 20
          ? `<row r="${line}"><c r="A${line}" s="3"/><c r="B${line}"><v>${line}</v></c></row>`
          : `<row r="${line}" spans="1:9"><c r="A${line}" s="3"/></row>`,
      )
    }
    const bytes = writeZip(sheetOf(rows.join('')))
    const [sheet] = await read(bytes)
    expect(sheet?.rows).toHaveLength(20)
  }, 30_000)
})

describe('damaged and hostile files', () => {
  it('refuses a file cut short, anywhere', async () => {
    const bytes = writeWorkbook(book)
    for (const share of [0.1, 0.5, 0.9, 0.99]) {
      expect(await refusal(bytes.subarray(0, Math.floor(bytes.length * share)))).toMatchObject({
        code: 'import.file_damaged',
        message: expect.stringContaining('damaged or incomplete'),
      })
    }
  })

  it('gives the whole content or none: any changed byte is noticed or makes no difference', async () => {
    const bytes = writeWorkbook(book)
    const whole = await read(bytes)
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 0, max: bytes.length - 1 }),
        fc.integer({ min: 1, max: 255 }),
        async (at, change) => {
          const changed = Buffer.from(bytes)
          changed[at] = (changed[at] ?? 0) ^ change
          const result = await readBytes(changed, 'book.xlsx', {})
          expect(result.ok ? result.value : whole).toEqual(whole)
        },
      ),
      { numRuns: 400 },
    )
  })

  it('refuses a part that unpacks a thousandfold, before unpacking it', async () => {
    const bomb = writeZip([...workbookParts(book), { name: 'xl/media/image1.png', data: Buffer.alloc(30_000_000) }])
    expect(bomb.length).toBeLessThan(100_000)
    expect(await refusal(bomb)).toMatchObject({
      code: 'import.zip_bomb',
      message: expect.stringContaining('xl/media/image1.png'),
    })
  })

  it('refuses a part that is larger than its directory says', async () => {
    const parts = sheetOf(`<row r="1"><c r="A1"><v>1</v></c></row>${' '.repeat(8_000_000)}`).map((part) =>
      part.name.includes('sheet1') ? { ...part, lie: { uncompressedSize: 2000 } } : part,
    )
    expect(await refusal(writeZip(parts))).toMatchObject({ code: 'import.file_damaged' })
  })

  it('refuses parts that overlap and archives of thousands of parts', async () => {
    const filler = Buffer.from(Array.from({ length: 4000 }, (_, i) => (i * 7919) % 251))
    const overlapping = Array.from({ length: 400 }, (_, i) => ({ name: `x${i}`, data: filler }))
    const zip = writeZip(overlapping)
    const first = zip.subarray(0, zip.indexOf('PK\u0003\u0004', 10, 'latin1'))
    const directory = zip.subarray(zip.indexOf('PK\u0001\u0002', 0, 'latin1'))
    const end = Buffer.from(directory)
    end.writeUInt32LE(first.length, end.length - 6)
    expect(await refusal(Buffer.concat([first, end]))).toMatchObject({
      code: 'import.zip_bomb',
      message: expect.stringContaining('overlap'),
    })
    const many = writeZip(Array.from({ length: 6000 }, (_, i) => ({ name: `x${i}`, data: '' })))
    expect(await refusal(many)).toMatchObject({ code: 'import.zip_bomb' })
  })

  it('refuses few bytes that become gigabytes of cells: one long text that many cells share, or link to', async () => {
    const long = 'A'.repeat(500_000)
    const shared = sheetOf(`<row r="1">${'<c t="s"><v>0</v></c>'.repeat(200)}</row>`).map((part) =>
      part.name === 'xl/sharedStrings.xml' ? { ...part, data: `<sst><si><t>${long}</t></si></sst>` } : part,
    )
    expect(writeZip(shared).length).toBeLessThan(4000)
    expect(await refusal(writeZip(shared))).toMatchObject({ code: 'import.too_much_text' })
    const target = `<Relationship Id="l" Type="hyperlink" TargetMode="External" Target="${long}"/>`
    const after = `<hyperlinks>${Array.from({ length: 200 }, (_, i) => `<hyperlink ref="A${i + 1}" r:id="l"/>`).join('')}</hyperlinks>`
    const rows = Object.fromEntries(Array.from({ length: 200 }, (_, i) => [i + 1, [1]]))
    const linked = writeWorkbook({ sheets: [{ name: 'S', rows, after, relations: target }] })
    expect(await refusal(linked)).toMatchObject({ code: 'import.too_much_text' })
  })

  it.each([
    ['a cell', (text: string) => sheetOf(`<row r="1"><c t="inlineStr"><is><t>${text}</t></is></c></row>`)],
    [
      'the shared texts',
      (text: string) =>
        sheetOf('<row r="1"><c><v>1</v></c></row>').map((part) =>
          part.name === 'xl/sharedStrings.xml' ? { ...part, data: `<sst><si><t>${text}</t></si></sst>` } : part,
        ),
    ],
  ])(
    'stops reading %s beyond what a file may hold',
    async (_, parts) => {
      // Some noise, so that the ratio of a bomb does not refuse it first.
      const noise = randomBytes(4000).toString('hex')
      const text = `${'A'.repeat(1_000_000)}${noise}`.repeat(67)
      expect(await refusal(writeZip(parts(text)))).toMatchObject({ code: 'import.too_much_text' })
    },
    30_000,
  )

  it('says of an entity bomb what is wrong with it', async () => {
    const parts = sheetOf('').map((part) =>
      part.name.includes('sheet1')
        ? { ...part, data: '<!DOCTYPE a [<!ENTITY b "bb">]><worksheet>&b;</worksheet>' }
        : part,
    )
    expect((await refusal(writeZip(parts)))?.message).toContain('a document type declaration is not allowed')
  })

  it('refuses encrypted parts as protected', async () => {
    const [first, ...rest] = workbookParts(book)
    expect(
      await refusal(
        writeZip([{ name: first?.name ?? '', data: first?.data ?? '', lie: { encrypted: true } }, ...rest]),
      ),
    ).toMatchObject({ code: 'import.password_protected' })
  })

  it.each([
    ['a sheet that ends too early', sheetOf('<row r="1"><c r="A1"><v>1</v>')],
    [
      'an entity bomb',
      sheetOf('').map((part) =>
        part.name.includes('sheet1')
          ? { ...part, data: '<!DOCTYPE a [<!ENTITY b "bbbb">]><worksheet>&b;</worksheet>' }
          : part,
      ),
    ],
    ['a text that is missing', sheetOf('<row r="1"><c r="A1" t="s"><v>99</v></c></row>')],
    ['missing texts', workbookParts(book).filter((part) => part.name !== 'xl/sharedStrings.xml')],
    ['a missing sheet', workbookParts(book).filter((part) => part.name !== 'xl/worksheets/sheet1.xml')],
  ])('refuses %s as damaged', async (_, parts) => {
    expect(await refusal(writeZip(parts))).toMatchObject({ code: 'import.file_damaged' })
  })

  it.each([
    [
      'rows',
      Array.from({ length: 100_001 }, (_, i) => `<row r="${i + 1}"><c><v>1</v></c></row>`).join(''),
      'import.too_many_rows',
      '100,000',
    ],
    [
      'places, most of them empty',
      Array.from({ length: 5001 }, (_, i) => `<row r="${i + 1}"><c r="SF${i + 1}"><v>1</v></c></row>`).join(''),
      'import.too_many_cells',
      '2,500,000',
    ],
    ['columns', '<row r="1"><c r="XFD1"><v>1</v></c></row>', 'import.too_many_columns', 'XFD1'],
  ])('refuses too many %s, saying where', async (_, xml, code, says) => {
    expect(await refusal(writeZip(sheetOf(xml)))).toMatchObject({ code, message: expect.stringContaining(says) })
  })
})

it('answers any bytes with sheets or a sentence', async () => {
  const zipLike = fc
    .uint8Array({ maxLength: 300 })
    .map((bytes) => Buffer.concat([Buffer.from('PK\u0003\u0004', 'latin1'), bytes]))
  const anything = fc.oneof(
    fc.uint8Array({ maxLength: 400 }).map((bytes) => Buffer.from(bytes)),
    zipLike,
    fc.string({ unit: 'binary' }).map((text) => Buffer.from(text, 'utf16le')),
  )
  await fc.assert(
    fc.asyncProperty(anything, async (bytes) => {
      const result = await readBytes(bytes, 'any', {})
      expect(result.ok ? 'Read' : result.refusal.message).toMatch(/^[A-Z“].+/)
    }),
    { numRuns: 300 },
  )
})
