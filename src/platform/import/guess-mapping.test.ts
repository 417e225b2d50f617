import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { interpretEach } from '#kernel/import/rows.ts'
import { emptyMapping, type ImportField, type ImportRegister, type Sheet } from '#kernel/import.ts'
import { importContext } from '#testing/import-context.ts'
import { guessRegisters, guessTables } from './guess.ts'
import { guessMapping } from './guess-mapping.ts'
import { applyMapping, parseMapping, previewRows, tableOf } from './mapping.ts'
import { readBytes } from './read-bytes.ts'

// A register no module has: the engine knows none.
const fields: readonly ImportField[] = [
  { name: 'ref', label: 'Reference', kind: 'ref', key: true, headers: ['ID', 'No', 'Nr'] },
  { name: 'name', label: 'Name', kind: 'name', key: true, headers: ['Boat', 'Name', 'Bootsname'] },
  { name: 'owner', label: 'Owner', kind: 'person', headers: ['Owner', 'Eigentümer'] },
  { name: 'berth', label: 'Berth', kind: 'text', headers: ['Berth', 'Liegeplatz'] },
  { name: 'length', label: 'Length', kind: 'number', headers: ['Length', 'Länge'] },
  { name: 'launched', label: 'Launched', kind: 'date', headers: ['Launched', 'Launch Date', 'Stapellauf'] },
  {
    name: 'state',
    label: 'State',
    kind: 'choice',
    headers: ['State', 'Status'],
    choices: [
      { value: 'afloat', words: ['Afloat', 'Im Wasser'] },
      { value: 'ashore', words: ['Ashore', 'An Land'] },
    ],
  },
  { name: 'notes', label: 'Notes', kind: 'longText', many: true, headers: ['Notes', 'Remarks'] },
]
const boats: ImportRegister<{ readonly name: string | null }> = {
  name: 'boats',
  label: 'boats',
  sheetNames: ['Boats', 'Boote'],
  fields: () => fields,
  required: [['name']],
  telling: ['berth', 'length', 'launched'],
  interpret: (table, mapping, context) =>
    interpretEach(table, mapping, context, (reader) => ({
      draft: { name: reader.text('name') },
      ref: reader.text('ref'),
      name: reader.text('name'),
    })),
}
const context = importContext()

async function sheetsOf(csv: string, name = 'list.csv'): Promise<Sheet[]> {
  const result = await readBytes(Buffer.from(csv), name, {})
  if (!result.ok) throw new Error(result.refusal.message)
  return result.value
}

async function guess(csv: string) {
  const sheets = await sheetsOf(csv)
  const result = guessMapping(sheets, boats, context)
  if (!result.ok) throw new Error(result.refusal.message)
  return { sheets, ...result.value }
}
const columnsOf = (columns: Readonly<Record<string, readonly { header: string }[]>>): Record<string, string[]> =>
  Object.fromEntries(Object.entries(columns).map(([field, refs]) => [field, refs.map((ref) => ref.header)]))

describe('finding header and columns', () => {
  it('looks past titles above the table', async () => {
    const { mapping, confidence } = await guess(
      'Harbour list;;;\nas of 3 April;;;\n;;;\nNr;Bootsname;Liegeplatz;Länge\n1;Anna;B4;12,5\n2;Berta;C1;8\n',
    )
    expect(mapping).toMatchObject({ sheet: 'list', headerRow: 4 })
    expect(columnsOf(mapping.columns)).toEqual({
      ref: ['Nr'],
      name: ['Bootsname'],
      berth: ['Liegeplatz'],
      length: ['Länge'],
    })
    expect(confidence).toBeGreaterThan(0.68)
  })

  it.each([
    ['Launch date', 'launched'],
    ['LAUNCHED (dd.mm.yyyy)', 'launched'],
    ['launchDate', 'launched'],
    ['Lauched', 'launched'],
    ['Date of launch date', 'launched'],
    ['Eigentuemer', 'owner'],
    ['Boat owner', 'owner'],
    ['Length\t(m)', 'length'],
  ])('reads the heading %j', async (heading, field) => {
    const { mapping } = await guess(`ID,Boat,Berth,"${heading}"\n1,Anna,B4,\n`)
    expect(mapping.columns[field]?.[0]?.index).toBe(3)
  })

  it('lets values speak against a heading', async () => {
    const { columns } = await guess(
      'ID,Boat,Berth,Launched\n1,Anna,B4,yes\n2,Berta,B5,no\n3,Cora,B6,yes\n4,Dora,B7,no\n',
    )
    const launched = columns.find((column) => column.field === 'launched')
    expect(launched?.confidence).toBeLessThan(0.72)
    expect(launched?.reason).toContain('but its values do not look like it')
  })

  it('asks when a column can be two fields, or two columns one', async () => {
    const both = await guess('ID,Boat,Owner & Berth,Length\n1,Anna,x,3\n')
    expect(both.questions).toMatchObject([
      {
        about: 'columns.owner',
        code: 'import.ask_which_field',
        proposal: 'owner',
        choices: [
          { value: 'owner', label: 'Owner' },
          { value: 'berth', label: 'Berth' },
          { value: '', label: 'Neither' },
        ],
      },
    ])
    const twice = await guess('ID,Boat,Berth,Length,Length\n1,Anna,x,3,4\n')
    expect(twice.questions).toMatchObject([{ about: 'columns.length', code: 'import.ask_which_column', proposal: '3' }])
  })

  it('gives several columns to a field that takes several, and names what is left over', async () => {
    const { mapping, unmapped } = await guess('ID,Boat,Berth,Notes,Remarks,Rigging\n1,Anna,x,a,b,c\n')
    expect(columnsOf(mapping.columns)['notes']).toEqual(['Notes', 'Remarks'])
    expect(unmapped).toEqual(['Rigging'])
  })

  it('proposes what values mean, and asks about those it does not know', async () => {
    const { mapping, questions } = await guess(
      'ID,Boat,Berth,Status\n1,Anna,x,Im Wasser\n2,Berta,y,Sunk\n3,Cora,z,afloat\n',
    )
    expect(mapping.valueMaps).toEqual({ state: { 'Im Wasser': 'afloat', Sunk: null, afloat: 'afloat' } })
    expect(questions.map((question) => question.message)).toContain(
      'What do these mean as State: “Sunk”? Until somebody says, they are kept as text only (1 in all)',
    )
  })

  it.each([
    ['01/02/2026', '25/12/2026', 'dmy', 0],
    ['01/02/2026', '12/25/2026', 'mdy', 0],
    ['01/02/2026', '03/04/2026', null, 1],
    ['01/02/2026', '03.04.2026', 'dmy', 1],
    ['[dd/mm/yy]', '', 'dmy', 0],
    ['2026-01-02', '', null, 0],
  ])('reads the order of %s beside %s as %s', async (first, second, order, asked) => {
    const { mapping, questions } = await guess(`ID,Boat,Berth,Launched\n1,Anna,x,${first}\n2,Berta,y,${second}\n`)
    expect(mapping.dateFormat).toBe(order)
    expect(questions.filter((question) => question.about === 'dateFormat')).toHaveLength(asked)
  })

  it('refuses a file that has nothing of the register', async () => {
    const sheets = await sheetsOf('Colour,Taste\nred,sweet\n')
    expect(guessMapping(sheets, boats, context)).toMatchObject({
      ok: false,
      refusal: { code: 'import.nothing_recognised' },
    })
  })

  it('asks whether a list that only has what every list has is meant', async () => {
    const { questions } = await guess('ID,Name,Owner,Status\n1,Anna,x,Afloat\n')
    expect(questions).toMatchObject([{ about: 'sheet', code: 'import.ask_sheet_unsure' }])
    expect(guessRegisters(await sheetsOf('ID,Name,Owner,Status\n1,Anna,x,Afloat\n'), [boats], context)).toEqual([])
  })

  it('depends on no order of rows', async () => {
    const lines = [
      '1,Anna,B4,Im Wasser,01/02/2026',
      '2,Berta,B5,Sunk,25/12/2026',
      '3,Cora,,afloat,',
      '4,Dora,C1,An Land,2026-01-01',
      '5,,C2,,',
      'Total,,,,',
    ]
    const first = (await guess(`ID,Boat,Berth,State,Launched\n${lines.join('\n')}\n`)).mapping
    await fc.assert(
      fc.asyncProperty(fc.shuffledSubarray(lines, { minLength: lines.length }), async (shuffled) => {
        expect((await guess(`ID,Boat,Berth,State,Launched\n${shuffled.join('\n')}\n`)).mapping).toEqual(first)
      }),
      { numRuns: 30 },
    )
  })
})

describe('headings of two rows', () => {
  const sheet = (rows: Record<number, (string | null)[]>, merges: Sheet['merges']): Sheet => ({
    name: 'S',
    hidden: false,
    width: 5,
    merges,
    separator: null,
    notes: [],
    rows: Object.entries(rows).map(([line, cells]) => ({
      line: Number(line),
      cells: cells.map((text) => (text === null ? undefined : { text })),
    })),
  })

  it('puts the group before the heading, and takes cells merged downwards', () => {
    const merged = sheet(
      {
        1: ['ID', 'Hull', null, 'Mast', null],
        2: [null, 'Length', 'Notes', 'Length', 'Notes'],
        3: ['1', '9', 'a', '12', 'b'],
      },
      [
        { top: 1, left: 0, bottom: 2, right: 0 },
        { top: 1, left: 1, bottom: 1, right: 2 },
        { top: 1, left: 3, bottom: 1, right: 4 },
      ],
    )
    const table = tableOf([merged], emptyMapping('boats', 'S', 2), boats, context)
    expect(table.ok && table.value.headers.map((header) => header.text)).toEqual([
      'ID',
      'Hull Length',
      'Hull Notes',
      'Mast Length',
      'Mast Notes',
    ])
  })

  it('leaves a title over the whole table alone', () => {
    const titled = sheet({ 1: ['All our boats', null, null], 2: ['ID', 'Boat', 'Length'], 3: ['1', 'Anna', '9'] }, [
      { top: 1, left: 0, bottom: 1, right: 2 },
    ])
    const table = tableOf([titled], emptyMapping('boats', 'S', 2), boats, context)
    expect(table.ok && table.value.headers.map((header) => header.text)).toEqual(['ID', 'Boat', 'Length'])
  })
})

describe('rows that are no records', () => {
  it('are proposed to be skipped, with the reason, and head the rows below', async () => {
    const csv = [
      'ID,Boat,Berth,Length',
      'NORTH PIER,,,',
      '1,Anna,N1,9',
      '[ID],[Name of boat],N2,8',
      'ID,Boat,Berth,Length',
      '2,Berta,N3,7',
      'Total,,,24',
      'Legend,N = north,,',
      '3,Cora,N4,6',
      'x,y,z,5',
    ].join('\n')
    const { sheets, mapping } = await guess(csv)
    const table = tableOf(sheets, mapping, boats, context)
    expect(table.ok && table.value.rows.map((row) => row.skip?.kind ?? row.section)).toEqual([
      'heading',
      'NORTH PIER',
      'placeholder',
      'repeatedHeader',
      'NORTH PIER',
      'total',
      'legend',
      'NORTH PIER',
      'NORTH PIER',
    ])
    const preview = previewRows(sheets, mapping, boats, context)
    expect(preview.ok && preview.value.rows[0]?.issues[0]?.message).toBe(
      'Only “NORTH PIER” is filled: a heading, not a record',
    )
  })

  it('are records where every row has but a name', async () => {
    const { sheets, mapping } = await guess('ID,Boat,Berth\n,Anna,\n,Berta,\n,Cora,N1\n')
    const preview = previewRows(sheets, mapping, boats, context)
    expect(preview.ok && preview.value.counts).toMatchObject({ create: 3, skip: 0 })
  })

  it('puts together what a comma tore apart, and says so', async () => {
    const { sheets, mapping } = await guess(
      'ID,Boat,Notes,Berth\n1,Anna,old, but fast,N1\n2,Berta,fine,N2\n3,Cora,a,b,c\n',
    )
    const preview = previewRows(sheets, mapping, boats, context)
    if (!preview.ok) throw new Error(preview.refusal.message)
    expect(preview.value.table.rows[0]?.cells.map((cell) => cell?.text)).toEqual(['1', 'Anna', 'old, but fast', 'N1'])
    expect(preview.value.rows.map((row) => [row.status, row.issues[0]?.code])).toEqual([
      ['create', 'import.repaired'],
      ['create', undefined],
      ['error', 'import.extra_cells'],
    ])
  })
})

describe('saved mappings', () => {
  it('survive being saved', async () => {
    const { sheets, mapping } = await guess('ID,Boat,Berth,Status\n1,Anna,x,Sunk\n')
    const parsed = parseMapping(JSON.parse(JSON.stringify(mapping)))
    if (!parsed.ok) throw new Error(parsed.refusal.message)
    expect(applyMapping(parsed.value, mapping, sheets)).toEqual({ ok: true, value: mapping })
  })

  it('find their columns by heading in a file arranged otherwise, and may be written by hand', async () => {
    const { sheets, mapping } = await guess('Berth,Rigging,ID,Boat\nx,sloop,1,Anna\n')
    const parsed = parseMapping({
      register: 'boats',
      columns: { notes: 'rigging', name: { index: 1, header: 'Boat' }, ref: 2 },
      valueMaps: { state: { Sunk: 'ashore' } },
    })
    if (!parsed.ok) throw new Error(parsed.refusal.message)
    const applied = applyMapping(parsed.value, mapping, sheets)
    expect(applied.ok && columnsOf(applied.value.columns)).toEqual({
      berth: ['Berth'],
      notes: ['Rigging'],
      name: ['Boat'],
      ref: ['ID'],
    })
    expect(applied.ok && applied.value.valueMaps).toEqual({ state: { Sunk: 'ashore' } })
  })

  it('are refused with what is wrong', async () => {
    const { sheets, mapping } = await guess('ID,Boat,Berth\n1,Anna,x\n')
    expect(parseMapping({ register: 'boats', residualMeans: 'later' })).toMatchObject({
      ok: false,
      refusal: { code: 'import.mapping_invalid', field: 'residualMeans' },
    })
    expect(parseMapping({ columns: {} })).toMatchObject({ ok: false })
    expect(parseMapping({ register: 'boats', colums: {} })).toMatchObject({ ok: false })
    const absent = parseMapping({ register: 'boats', columns: { name: 'Ship' } })
    if (!absent.ok) throw new Error('refused')
    expect(applyMapping(absent.value, mapping, sheets)).toMatchObject({
      ok: false,
      refusal: { message: 'Sheet “list” has no column “Ship” for name; line 1 has: ID, Boat, Berth' },
    })
    const elsewhere = parseMapping({ register: 'boats', sheet: 'Yachts' })
    if (!elsewhere.ok) throw new Error('refused')
    expect(applyMapping(elsewhere.value, mapping, [...sheets, ...sheets])).toMatchObject({
      ok: false,
      refusal: { code: 'import.sheet_absent' },
    })
  })

  it('need what the register cannot do without', async () => {
    const { sheets, mapping } = await guess('ID,Boat,Berth\n1,Anna,x\n')
    const { name: _, ...columns } = mapping.columns
    expect(previewRows(sheets, { ...mapping, columns }, boats, context)).toMatchObject({
      ok: false,
      refusal: { code: 'import.field_unmapped', message: expect.stringContaining('Name') },
    })
    expect(previewRows(sheets, { ...mapping, headerRow: 99 }, boats, context)).toMatchObject({
      ok: false,
      refusal: { code: 'import.header_absent' },
    })
  })
})

it('guesses something or refuses, whatever the sheet', async () => {
  const cell = fc.oneof(
    fc.constantFrom('ID', 'Boat', 'Berth', 'Launched', 'Length', 'Status', '[x]', 'Total', '1', '01/02/2026', ''),
    fc.string({ unit: 'grapheme', maxLength: 8 }),
  )
  await fc.assert(
    fc.asyncProperty(fc.array(fc.array(cell, { maxLength: 6 }), { minLength: 1, maxLength: 8 }), async (rows) => {
      const sheets: Sheet[] = [
        {
          name: 'S',
          hidden: false,
          width: 6,
          merges: [],
          separator: ',',
          notes: [],
          rows: rows.map((cells, i) => ({
            line: i + 1,
            cells: cells.map((text) => (text === '' ? undefined : { text })),
          })),
        },
      ]
      guessTables(sheets, boats, context)
      const guessed = guessMapping(sheets, boats, context)
      const outcome = guessed.ok ? previewRows(sheets, guessed.value.mapping, boats, context) : guessed
      expect([undefined, 'import.nothing_recognised', 'import.field_unmapped', 'import.no_rows']).toContain(
        outcome.ok ? undefined : outcome.refusal.code,
      )
    }),
    { numRuns: 200 },
  )
})
