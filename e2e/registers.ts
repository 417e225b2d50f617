import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { annexAControls } from '#modules/catalogue/server/import-controls.ts'
import { workbookParts } from '#platform/import/fixtures/workbook-writer.ts'
import { writeZip } from '#platform/import/fixtures/zip-writer.ts'

/** Paths of the spreadsheets somebody brings along. */
export interface Registers {
  readonly assets: string
  readonly risks: string
  readonly soa: string
}

/** Writes an asset register (XLSX, with headings across the table), a German risk register and an SoA (CSV). */
export function writeRegisters(folder: string): Registers {
  const path = (name: string): string => join(folder, name)
  const registers = {
    assets: path('Asset inventory.xlsx'),
    risks: path('Risikoregister.csv'),
    soa: path('Statement of Applicability.csv'),
  }
  writeFileSync(registers.assets, assetRegister())
  writeFileSync(registers.risks, riskRegister())
  writeFileSync(registers.soa, statement())
  return registers
}

// As people keep it: a title, headings across the table, and two columns whose names say little.
function assetRegister(): Buffer {
  const heading = (text: string) => [null, text]
  return writeZip(
    workbookParts({
      sheets: [
        {
          name: 'Asset inventory',
          rows: {
            2: [null, 'Asset inventory of the pump works'],
            4: [null, 'Asset Description', 'Steward', 'Zone', 'Classification', 'Criticality', 'Asset Type', 'Remarks'],
            5: heading('ORDERS'),
            6: [
              null,
              'Order database',
              'Ben Vogt',
              'Hall 2, rack 4',
              'Confidential',
              'High',
              'Information',
              'Since 2019',
            ],
            7: [null, 'Web shop', 'Ben Vogt', 'Provider', 'Internal', 'High', 'Application'],
            8: heading('WORKS'),
            9: [null, 'Test bench controller', 'Head of production', 'Hall 1', 'Internal', 'Medium', 'Hardware'],
            10: [null, '[Asset]', '[Person/Team]', '[Place]', '[Classification]', null, null, '[Remarks]'],
          },
          merges: ['B5:H5', 'B8:H8'],
        },
      ],
    }),
  )
}

// Four levels each, one figure off the scale, one reference given twice.
function riskRegister(): string {
  const headings = [
    'Nr',
    'Risikotitel',
    'Beschreibung',
    'Bedrohung',
    'Schwachstelle',
    'Risikoeigentümer',
    'Eintrittswahrscheinlichkeit (1-4)',
    'Auswirkung (1-4)',
    'Rest-Eintrittswahrscheinlichkeit',
    'Rest-Auswirkung',
    'Behandlungsoption',
    'Bemerkung zum Stand',
  ]
  const rows = [
    [
      'R-01',
      'Erpressung über den Fernzugang',
      'Angreifer verschlüsseln die Auftragsdatenbank, zwei Wochen lang wird nichts ausgeliefert',
      'Erpressungssoftware',
      'Fernzugang ohne zweiten Faktor',
      'Ben Vogt',
      '3',
      '3',
      '2',
      '2',
      'Mindern',
      'offen',
    ],
    [
      'R-02',
      'Prüfstand fällt aus',
      'Die Steuerung versagt, Pumpen werden ungeprüft oder gar nicht ausgeliefert',
      'Technischer Defekt',
      'Keine Ersatzsteuerung',
      'Ben Vogt',
      '2',
      '3',
      '',
      '',
      '',
      'offen',
    ],
    [
      'R-03',
      'Angebote gelangen an einen Wettbewerber',
      'Wer geht, nimmt Kalkulationen mit',
      'Innentäter',
      'Weite Zugriffsrechte',
      'Vertriebsleitung',
      '2',
      '2',
      '',
      '',
      '',
      'offen',
    ],
    [
      'R-04',
      'Lieferant der Dichtungen fällt aus',
      'Keine zweite Quelle',
      'Ausfall',
      'Einzelquelle',
      'Ben Vogt',
      '9',
      '2',
      '',
      '',
      '',
      'offen',
    ],
    [
      'R-05',
      'Diebstahl eines Rechners',
      'Unverschlüsselt',
      'Diebstahl',
      'Keine Verschlüsselung',
      'Ben Vogt',
      '2',
      '2',
      '',
      '',
      '',
      'offen',
    ],
    [
      'R-05',
      'Verlust eines Telefons',
      'Unverschlüsselt',
      'Verlust',
      'Keine Verschlüsselung',
      'Ben Vogt',
      '2',
      '1',
      '',
      '',
      '',
      'offen',
    ],
  ]
  return `${[headings, ...rows].map((cells) => cells.join(';')).join('\r\n')}\r\n`
}

// All 93, each with a reason; one excluded, one whose number and title do not belong together.
function statement(): string {
  const quoted = (text: string): string => `"${text.replaceAll('"', '""')}"`
  const rows = annexAControls().map(({ ref, titles }) => {
    if (ref === 'A.8.30') return [ref, titles.en ?? '', 'No', 'All software is bought as a standard product', 'N/A', '']
    const title = ref === 'A.5.9' ? 'Screening' : (titles.en ?? '')
    return [ref, title, 'Yes', 'Needed for delivery and for the customer contracts', 'Implemented', 'Works instruction']
  })
  const headings = ['Control ID', 'Control Name', 'Applicable', 'Justification', 'Implementation Status', 'Description']
  return `${[headings, ...rows].map((cells) => cells.map(quoted).join(',')).join('\n')}\n`
}
