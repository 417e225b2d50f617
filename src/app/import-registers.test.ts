import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { ImportContext, ImportRegister, Mapping, Sheet } from '#kernel/import.ts'
import { assetImport } from '#modules/assets/domain/import-assets.ts'
import { soaImport } from '#modules/controls/domain/import-soa.ts'
import { peopleImport } from '#modules/people/domain/import-people.ts'
import { riskImport } from '#modules/risk/domain/import/import-risks.ts'
import { treatmentImport } from '#modules/risk/domain/import/import-treatment.ts'
import { writeWorkbook } from '#platform/import/fixtures/workbook-writer.ts'
import { guessRegisters } from '#platform/import/guess.ts'
import { guessMapping } from '#platform/import/guess-mapping.ts'
import { previewRows } from '#platform/import/mapping.ts'
import { readBytes } from '#platform/import/read-bytes.ts'
import { importContext } from '#testing/import-context.ts'
import { importTargets } from './import-registers.ts'

const importRegisters = importTargets.map((target) => target.register)

async function sheetsOf(content: string | Buffer, name = 'file.csv'): Promise<Sheet[]> {
  const result = await readBytes(Buffer.from(content), name, {})
  if (!result.ok) throw new Error(result.refusal.message)
  return result.value
}

async function run<Draft>(
  content: string | Buffer,
  register: ImportRegister<Draft>,
  change: (mapping: Mapping) => Mapping = (mapping) => mapping,
  context: ImportContext = importContext(),
) {
  const sheets = await sheetsOf(content)
  const guess = guessMapping(sheets, register, context)
  if (!guess.ok) throw new Error(guess.refusal.message)
  const preview = previewRows(sheets, change(guess.value.mapping), register, context)
  if (!preview.ok) throw new Error(preview.refusal.message)
  return {
    ...guess.value,
    ...preview.value,
    needed: guess.value.questions.filter((question) => question.needed).map((question) => question.about),
    registers: guessRegisters(sheets, importRegisters, context),
  }
}

const englishRisks = [
  'ID,Risk Title,Description,Asset / Process,Owner,Likelihood (1-5),Impact Financial,Impact Legal/Regulatory,Max Impact,Inherent Score,Inherent Risk Level,Existing Controls,Residual Likelihood,Residual Max Impact,Residual Score,Treatment Decision,Status',
  'K-1,Flooded cellar,Water reaches the archive,Archive + cellar,ISO,3,5,2,5,15,High,"Pump, see A.8.13",2,4,8,Mitigate,Open',
  'K-2,Lost key,Somebody finds the key,ERP (A-7),Mira Anders,1,1,1,1,1,Low,None,1,1,1,Accept,Accepted',
  'K-3,Old sensor,Sensor sold with data,Sensors,CFO,2,3,4,4,8,Medium,Wiping,1,2,2,Avoid,"Avoided — line discontinued"',
]
const germanRisks = [
  'Risikoliste 2026;;;;;;;;',
  ';;;;;;;;',
  'Lfd. Nr.;Gefährdung;Betroffene Werte;Schutzziele;Eintrittswahrscheinlichkeit;Schadenshöhe;Risiko;Maßnahmen;Umsetzung bis',
  '1;Brand in der Halle;Halle;V, I;niedrig;hoch;mittel;Rauchmelder;Q4-2026',
  '2;Diebstahl;Büro;V;hoch;mittel;hoch;;fortlaufend',
  ';Summe;;;;;;;',
]

describe('risk registers', () => {
  it('in English: dimensions, residual asked, one claim', async () => {
    const result = await run(englishRisks.join('\n'), riskImport)
    expect(result).toMatchObject({
      unmapped: [],
      needed: ['residualMeans'],
      counts: { create: 3, skip: 0, error: 0 },
      registers: [{ register: 'risks' }],
    })
    expect(result.mapping.levelMaps).toEqual({
      likelihood: { 1: 1, 2: 2, 3: 3, 4: 4, 5: 5 },
      impact: { 1: 1, 2: 2, 3: 3, 4: 4, 5: 5 },
    })
    expect(
      result.questions
        .filter((question) => question.about.startsWith('levelMaps'))
        .map((question) => question.proposal),
    ).toEqual(['equalSize', 'equalSize'])
    expect(result.rows[0]?.becomes).toMatchObject({
      scores: { inherent: { likelihood: 3, consequences: { financial: 5, legal: 2 } }, current: null, target: null },
      options: ['modify'],
      controls: [{ ref: 'A.8.13', state: 'live' }],
    })
    const answered = await run(englishRisks.join('\n'), riskImport, (mapping) => ({
      ...mapping,
      residualMeans: 'current',
    }))
    expect(answered.rows[0]?.becomes?.scores.current).toEqual({ likelihood: 2, consequences: { overall: 4 } })
  })

  it('in German, Windows-1252, three words against five levels: asks, converts nothing', async () => {
    const bytes = Buffer.from(germanRisks.join('\r\n'), 'latin1')
    const result = await run(bytes, riskImport)
    expect(result.mapping.headerRow).toBe(3)
    expect(Object.keys(result.mapping.columns).sort()).toEqual([
      'assessed.impact',
      'assessed.level',
      'assessed.likelihood',
      'assets',
      'measureDue',
      'measures',
      'properties',
      'ref',
      'threat',
    ])
    expect(result.needed).toEqual(['levelMaps.likelihood', 'levelMaps.impact'])
    expect(result.counts).toMatchObject({ create: 2, skip: 1, error: 0 })
    expect(result.rows.map((row) => row.becomes?.scores.current ?? null)).toEqual([null, null, null])
    const levels = { niedrig: 1, mittel: 3, hoch: 5 }
    const answered = await run(bytes, riskImport, (mapping) => ({
      ...mapping,
      levelMaps: { likelihood: levels, impact: levels },
    }))
    expect(answered.rows[0]).toMatchObject({
      status: 'create',
      becomes: { title: 'Brand in der Halle', scores: { current: { likelihood: 1, consequences: { overall: 5 } } } },
    })
  })

  it('with headings of two rows: inherent beside residual', async () => {
    const bytes = writeWorkbook({
      sheets: [
        {
          name: 'Risk Register',
          rows: {
            2: ['Risk register 2026'],
            4: ['ID', 'Risk', 'Inherent risk', null, null, 'Residual risk', null, null],
            5: [null, null, 'Likelihood', 'Impact', 'Score', 'Likelihood', 'Impact', 'Score'],
            6: ['Z-1', 'Fire', 4, 5, 20, 2, 3, 6],
          },
          merges: ['A2:H2', 'A4:A5', 'B4:B5', 'C4:E4', 'F4:H4'],
        },
      ],
    })
    const result = await run(bytes, riskImport, (mapping) => ({
      ...mapping,
      levelMaps: { likelihood: { 2: 2, 4: 4 }, impact: { 3: 3, 5: 5 } },
      residualMeans: 'target',
    }))
    expect(result.mapping.headerRow).toBe(5)
    expect(result.rows[0]?.becomes?.scores).toEqual({
      inherent: { likelihood: 4, consequences: { overall: 5 } },
      current: null,
      target: { likelihood: 2, consequences: { overall: 3 } },
    })
  })

  it('as an empty template a million rows tall: nothing to create, and every reason visible', async () => {
    const formula = { xml: '<f>E8*F8</f><v></v>' }
    const bytes = writeWorkbook({
      sheets: [
        {
          name: 'Risk Register',
          rows: {
            2: [null, 'Risk Register'],
            6: [
              null,
              'Risk ID\t',
              'Risk Description\t',
              'Likelihood (Probability)\t',
              'Impact (Business Impact)\t',
              'Risk Rating\t',
              'Risk Owner\t',
              'Review Date',
            ],
            7: [
              null,
              '[R-001]',
              '[Describe the risk]',
              3,
              2,
              { xml: '<f>D7*E7</f><v>6</v>' },
              '[Person]\t',
              '[dd/mm/yyyy]',
            ],
            8: [null, null, null, null, null, formula],
            9: [null, null, null, null, null, { xml: '<f>E9*F9</f><v>0</v>' }],
          },
          merges: ['A1:A1048576', 'B2:H3'],
        },
        {
          name: 'Treatment Plan',
          rows: {
            4: [
              'RTP Ref',
              'Risk No.',
              'Treatment Measures',
              'Control Reference',
              'Assigned Lead',
              'Target Completion',
              'Status Update',
            ],
            5: ['[Ref]', '[Risk]', '[Plan]', '[Control]', '[Person]', '[Date]', '[Status]'],
          },
        },
        { name: 'Scales', rows: { 1: ['Probability', 'Definition', 'Rating'], 2: ['High', 'Often', 3] } },
      ],
    })
    const result = await run(bytes, riskImport)
    expect(result.registers.map(({ register, table }) => [register, table.sheet.name])).toEqual(
      expect.arrayContaining([
        ['risks', 'Risk Register'],
        ['treatment', 'Treatment Plan'],
      ]),
    )
    expect(result.registers).toHaveLength(2)
    expect(result.mapping).toMatchObject({ sheet: 'Risk Register', headerRow: 6, dateFormat: 'dmy' })
    expect(result.rows.map((row) => [row.line, row.status, row.issues[0]?.code])).toEqual([
      [7, 'skip', 'import.row_placeholder'],
      [9, 'skip', 'import.row_computedOnly'],
    ])
  })

  it('become the same whatever the order of their lines', async () => {
    const [head, ...lines] = [
      ...englishRisks,
      'K-1,Again,x,y,z,9,1,1,1,9,Low,,,,,whatever,Odd',
      ',No reference,,,,2,2,2,2,4,Low,,,,,,',
    ]
    const byContent = async (order: readonly string[]) => {
      const { rows } = await run([head, ...order].join('\n'), riskImport)
      const described = rows.map((row) => ({
        ...row,
        line: 0,
        issues: row.issues.map((issue) => (issue.code === 'import.duplicate_ref' ? issue.code : issue)),
      }))
      return new Map(described.map((row) => [JSON.stringify(row.becomes?.raw), row]))
    }
    const first = await byContent(lines)
    await fc.assert(
      fc.asyncProperty(fc.shuffledSubarray(lines, { minLength: lines.length }), async (shuffled) => {
        expect(await byContent(shuffled)).toEqual(first)
      }),
      { numRuns: 20 },
    )
  })
})

describe('asset lists', () => {
  it('with sections, template cells and owner and location in one column', async () => {
    const bytes = writeWorkbook({
      sheets: [
        {
          name: 'Asset Inventory ',
          rows: {
            2: [null, 'Asset Inventory'],
            5: [
              null,
              null,
              'Asset Description',
              'Owner & Location\t',
              'Classification\t',
              'Value (Criticality)\t',
              'Last Updated\t',
            ],
            6: [null, null, 'STAFF\t'],
            7: [null, null, 'Personnel files', '[Department/Location]\t', 'Highly Confidential', 'Low', '[dd/mm/yy]\t'],
            8: [null, null, 'Payroll\t'],
            11: [null, null, 'BUILDING\t'],
            12: [null, null, 'Cameras'],
          },
          merges: ['A1:A1048576', 'B2:G3', 'C6:G6', 'C11:G11'],
        },
        { name: 'Levels', rows: { 5: ['Classification', 'Secret', 'Public'], 6: ['Storage', 'Safe', 'Shelf'] } },
      ],
    })
    const result = await run(bytes, assetImport)
    expect(result.mapping).toMatchObject({ sheet: 'Asset Inventory ', headerRow: 5 })
    expect(result.questions.map((question) => question.about)).toEqual(['columns.owner', 'defaults.type'])
    expect(result.counts).toMatchObject({ create: 3, skip: 2, error: 0 })
    expect(
      result.rows.map(
        (row) => row.becomes && [row.becomes.name, row.becomes.category, row.becomes.classification?.value],
      ),
    ).toEqual([
      null,
      ['Personnel files', 'STAFF', 'secret'],
      ['Payroll', 'STAFF', undefined],
      null,
      ['Cameras', 'BUILDING', undefined],
    ])
  })

  it('in German', async () => {
    const csv =
      'ID;Asset-Name;Typ;Eigentümer;Verwalter;Standort;Klassifizierung;Kritikalität;Status\nW-1;CRM;Anwendung;ISB;IT-Betrieb;Kiel;Streng vertraulich;Hoch;Aktiv\nW-2;Halle;Einrichtung;;;;Intern;Mittel;Aktiv\n'
    const result = await run(csv, assetImport)
    expect(result).toMatchObject({ unmapped: [], questions: [], counts: { create: 2, warnings: 0 } })
    expect(result.rows[0]?.becomes).toMatchObject({
      type: { value: 'software' },
      classification: { value: 'secret' },
      criticality: { value: 'high' },
      owner: { personId: 'mira' },
    })
  })
})

describe('treatment plans', () => {
  it('in German, with controls, budget and recurring dates', async () => {
    const csv =
      'ID,Risiko-ID,Maßnahme,Annex-A-Kontrolle,Verantwortlich,Startdatum,Fällig,Budget (EUR),Status,Verifikation,Restrisikowert nach Maßnahme\nM-1,R-1,Rauchmelder,A 5.17 A 8.5,ISB,2026-02-01,01.06.2026,8000,In Bearbeitung,Test,6\nM-2,R-2,Schulung,A.8.13,,2026-01-01,Fortlaufend,0,Abgeschlossen,,6\n'
    const result = await run(csv, treatmentImport)
    expect(result).toMatchObject({
      unmapped: [],
      questions: [],
      counts: { create: 2, error: 0 },
      registers: [{ register: 'treatment' }],
    })
    expect(result.rows[0]?.becomes).toMatchObject({
      controls: [{ ref: 'A.5.17' }, { ref: 'A.8.5' }],
      dueDate: { date: '2026-06-01' },
      cost: { amount: 8000, currency: 'EUR' },
    })
  })
})

describe('Statements of Applicability', () => {
  it('with theme headings, numbers of two editions and titles that do not fit', async () => {
    const bytes = writeWorkbook({
      sheets: [
        {
          name: 'SOA',
          rows: {
            1: [null, 'Statement of Applicability'],
            3: [
              null,
              'Control Number',
              'Control Description',
              'Is Control Applicable? ',
              'Justification for the Inclusion/Exclusion',
              'Implementation Status (Drop-down)',
              'Comments',
            ],
            4: [null, 'Organizational controls'],
            5: [
              null,
              'A.5.1\t',
              'Policies for Information Security',
              'Yes',
              '[Provide justification]',
              'Pending\t',
              '[Notes]',
            ],
            6: [null, 'A.5.9\t', 'Access Control Policy\t', null, null, 'Absent\t'],
            8: [null, 'Physical Controls'],
            9: [null, 'A.7.1.1\t', 'Screening\t', 'No', null, 'Pending\t'],
          },
          merges: ['A1:A1048576', 'B1:G1', 'B4:G4', 'B8:G8'],
        },
      ],
    })
    const result = await run(bytes, soaImport)
    expect(result.mapping.headerRow).toBe(3)
    expect(result.needed).toEqual(['options.controlMismatch'])
    expect(
      result.rows.map((row) => [
        row.line,
        row.status,
        row.becomes?.control ?? null,
        row.becomes?.status?.value ?? null,
      ]),
    ).toEqual([
      [4, 'skip', null, null],
      [5, 'create', 'A.5.1', 'notAssessed'],
      [6, 'skip', null, 'notImplemented'],
      [8, 'skip', null, null],
      [9, 'create', 'A.6.1', 'notAssessed'],
    ])
    const byTitle = await run(bytes, soaImport, (mapping) => ({
      ...mapping,
      options: { ...mapping.options, controlMismatch: 'title' },
    }))
    expect(byTitle.rows[2]).toMatchObject({ status: 'create', becomes: { control: 'A.5.15' } })
  })

  it('in German, against a catalogue that has few German titles', async () => {
    const csv =
      'Kontroll-ID,Kontrollname,Anwendbar,Begründung,Umsetzungsstatus,Umsetzungsbeschreibung,Referenz\nA.5.1,Informationssicherheitsrichtlinien,Ja,Kundenvertrag,Umgesetzt,Freigegeben,POL-1\nA.5.3,Aufgabentrennung,Nein,Zu klein,N/A,,\nA.8.15,Logging und Protokollierung,Ja,Gesetz,Teilweise umgesetzt,Zentral, Auswertung fehlt,POL-2\n'
    const result = await run(csv, soaImport)
    expect(result).toMatchObject({ unmapped: [], needed: [], counts: { create: 3, error: 0 } })
    expect(
      result.rows.map((row) => [row.becomes?.control, row.becomes?.applicable, row.becomes?.status?.value]),
    ).toEqual([
      ['A.5.1', true, 'implemented'],
      ['A.5.3', false, null],
      ['A.8.15', true, 'partial'],
    ])
    expect(result.rows[2]).toMatchObject({
      becomes: { description: 'Zentral, Auswertung fehlt', reference: 'POL-2' },
      issues: [{ code: 'import.repaired' }, { code: 'import.claim_partial' }],
    })
  })

  it('as the classic sheet with columns of reasons to tick', async () => {
    const csv =
      'Clause,Sec,Control,Applicable (Y/N),LR,CO,RRA,Remarks (overview of implementation)\n5 Organizational,5.1,Policies for information security,Y,x,,x,Policy 3\n,5.3,Segregation of duties,N,,,,\n'
    const result = await run(csv, soaImport)
    expect(result.rows[0]?.becomes).toMatchObject({
      control: 'A.5.1',
      applicable: true,
      drivers: 'LR\nRRA',
      description: 'Policy 3',
    })
  })
})

describe('staff lists', () => {
  it('as a directory exports them', async () => {
    const csv =
      'displayName,mail,jobTitle,department,manager,accountEnabled,hireDate\n"Wolf, Ina",ina@x.org,Nurse,Ward 3,Bo Cheng,TRUE,2020-01-05\nBo Cheng,bo@x.org,Head,Ward 3,,FALSE,25/02/2015\n'
    const result = await run(csv, peopleImport)
    expect(result).toMatchObject({ unmapped: [], counts: { create: 2, error: 0 }, registers: [{ register: 'people' }] })
    expect(result.rows[0]?.becomes).toMatchObject({
      name: 'Ina Wolf',
      manager: { line: 3 },
      status: { value: 'active' },
      startDate: { date: '2020-01-05' },
    })
    expect(result.rows[1]?.becomes).toMatchObject({ status: { value: 'left' }, startDate: { date: '2015-02-25' } })
  })
})

it('does not take other lists of an ISMS for one of these', async () => {
  const lists = [
    'ID,Supplier,Service,Criticality,Contract Start,Contract End,Status,Owner\nS-1,Acme,Hosting,High,2024-01-01,2026-01-01,Active,ISO',
    'Person,Role,Training,Due Date,Status\nIna Wolf,Nurse,First aid,2026-01-01,Planned',
    'ID,Incident,Date,Severity,Status,Owner\nI-1,Virus,2026-01-01,High,Closed,ISO',
    'Activity,Top Management,ISO,HR\nApprove policy,A,R,C',
    'Doc ID,Title,Version,Owner,Next Review,Status\nD-1,Policy,1.0,ISO,2026-01-01,Published',
  ]
  for (const list of lists) expect(guessRegisters(await sheetsOf(list), importRegisters, importContext())).toEqual([])
})
