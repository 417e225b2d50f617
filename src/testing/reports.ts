import type { Instant, LocalDate } from '#kernel/time.ts'
import type { Badge, Cell, DataRow, Report, ReportLabels, ReportMeta, Row, RowGroup } from '#platform/render/report.ts'

/** English fixed words, as a caller would pass them. */
export const englishLabels: ReportLabels = {
  pageOf: 'Page {page} of {pages}',
  statuses: {
    draft: 'Draft',
    proposed: 'Awaiting approval',
    issued: 'Issued',
    superseded: 'Superseded',
    withdrawn: 'Withdrawn',
  },
  organization: 'Organization',
  document: 'Document',
  version: 'Version',
  status: 'Status',
  standing: 'Standing',
  classification: 'Classification',
  approver: 'Approved by',
  approvedAt: 'Approved on',
  asOf: 'As of',
  generatedAt: 'Generated',
  filter: 'Filter',
  rowCount: 'Rows',
  method: 'Method',
  hash: 'Content hash (SHA-256)',
  about: 'About',
  noRows: 'No entries',
  cutOff: ' … {count} more characters in the other formats',
}

const meta: ReportMeta = {
  organization: 'Nordlicht Analytik GmbH',
  title: 'Statement of Applicability',
  subtitle: 'ISO/IEC 27001:2022, 6.1.3 d, with Amendment 1:2024',
  version: '2.0',
  status: 'issued',
  classification: 'Confidential',
  approver: 'Katharina Brandt, Managing Director',
  approvedAt: '2026-03-27' as LocalDate,
  generatedAt: '2026-03-31T14:05:09.000Z' as Instant,
  asOf: '2026-03-31' as LocalDate,
  rowCount: 93,
  language: 'en-GB',
  timeZone: 'Europe/Berlin',
  hash: '9f2b7c1e04d5a86f3c90b1e7d24f6a58c7713e0b95ad42f86e1c3b7a90d45f21',
  method: 'Annual 2026, version 3',
}

const states: readonly Badge[] = [
  { text: 'Implemented', icon: 'full', tone: 'positive' },
  { text: 'Implemented', icon: 'full', tone: 'positive' },
  { text: 'Partially implemented', icon: 'half', tone: 'caution' },
  { text: 'Implemented', icon: 'full', tone: 'positive' },
  { text: 'Not implemented', icon: 'open', tone: 'negative' },
  { text: 'Claimed, not evidenced', icon: 'dotted', tone: 'caution' },
  { text: 'Implemented', icon: 'full', tone: 'positive' },
  { text: 'Failing test', icon: 'cross', tone: 'negative' },
]

const themes = [
  { theme: 'Organizational controls', chapter: 5, count: 37 },
  { theme: 'People controls', chapter: 6, count: 8 },
  { theme: 'Physical controls', chapter: 7, count: 14 },
  { theme: 'Technological controls', chapter: 8, count: 34 },
] as const

const titles = [
  'Policies for information security',
  'Segregation of duties',
  'Inventory of information and other associated assets',
  'Return of assets',
  'Access rights',
  'Information security for use of cloud services',
  'Collection of evidence',
  'Privacy and protection of personally identifiable information (PII)',
  'Secure authentication',
  'Logging',
]
const reasons = [
  'Treats R-4 (loss of laboratory data by ransomware) and R-17; required by the data processing agreement with the hospital group, annex 2.',
  'Required by Art. 32 GDPR for results that identify a patient.',
  'Business decision of 12 January 2026: customers ask for it in every tender.',
  'Treats R-9. Contract with Helios Klinikum, clause 11.3, demands proof once a year, and the insurer asks for the same proof before the cyber policy is renewed.',
]
const practices = [
  'Accounts are created from the personnel system, rights follow the role, and managers confirm them each quarter. Leavers lose access on the day.',
  'Backups run every night to a second site and one system is restored each month; the log names who watched it.',
  'The policy was approved by the managing director, is on the intranet and is acknowledged by everybody once a year.',
  'Laboratory instruments sit in their own network. Changes pass the change board; emergency changes are reviewed within two working days. Rules of the firewall are compared with the approved list every six months, differences become findings.',
  'Operated by the hosting provider; its ISO/IEC 27001 certificate covers both data centres and is valid until 30 November 2026.',
]
const owners = ['Jonas Weber', 'Dr. Amira Haddad', 'Katharina Brandt', 'Ole Petersen']
const evidence = [
  'EV-112 Access review Q1',
  'EV-87 Restore test March',
  'EV-140 Policy, acknowledged 78 of 80',
  'EV-9 Certificate',
]

const pick = <T>(items: readonly T[], at: number): T => items[at % items.length] as T

function control(ref: string, at: number): Row {
  const applicable = at % 31 !== 30
  return {
    ref,
    title: pick(titles, at),
    applicable: applicable
      ? { text: 'Yes', icon: 'check', tone: 'neutral' }
      : { text: 'No', icon: 'dash', tone: 'neutral' },
    drivers: applicable
      ? [`R-${4 + at}`, ...(at % 3 === 0 ? ['GDPR Art. 32'] : []), ...(at % 5 === 0 ? ['Contract C-12'] : [])]
      : [],
    justification: applicable
      ? pick(reasons, at * 3 + Math.floor(at / 4))
      : 'No software is developed, neither by us nor for us.',
    implementation: applicable ? pick(practices, at * 7 + Math.floor(at / 5)) : null,
    status: applicable
      ? pick(states, at * 5 + Math.floor(at / 8))
      : { text: 'Not applicable', icon: 'dash', tone: 'neutral' },
    owner: applicable ? pick(owners, at) : null,
    evidence:
      at % 4 === 2 || !applicable ? null : [pick(evidence, at), ...(at % 6 === 0 ? [pick(evidence, at + 1)] : [])],
    reviewed: `2026-0${1 + (at % 3)}-${String(1 + (at % 28)).padStart(2, '0')}`,
  }
}

/** A statement of applicability with 93 rows in four groups. */
export function soaReport(changes: Partial<ReportMeta> = {}): Report {
  const groups: RowGroup[] = themes.map(({ theme, chapter, count }, theme_) => ({
    title: `${chapter} ${theme}`,
    rows: Array.from({ length: count }, (_, i) => control(`A.${chapter}.${i + 1}`, theme_ * 37 + i)),
  }))
  const rows = groups.flatMap((group) => group.rows)
  return {
    meta: { ...meta, ...changes },
    labels: englishLabels,
    mainTable: 'controls',
    sections: [
      {
        title: 'Summary',
        blocks: [
          {
            kind: 'paragraph',
            text: 'This statement lists every control of Annex A of ISO/IEC 27001:2022, says whether it is applicable and why, and whether it is implemented.\n\nIt follows from the risk treatment of run 2026-1 and from the register of obligations.',
          },
          {
            kind: 'facts',
            items: [
              { label: 'Scope', value: 'Diagnostic services of the laboratory in Rostock and the customer portal' },
              { label: 'Applicable', value: 90 },
              { label: 'Excluded', value: 3 },
              { label: 'Overall', value: { text: 'Partially implemented', icon: 'half', tone: 'caution' } },
            ],
          },
          {
            kind: 'callout',
            tone: 'caution',
            title: 'Changed since issue',
            text: 'Two rows have changed since version 1.1 was issued: A.5.23, A.8.16.',
          },
        ],
      },
      {
        title: 'Controls',
        blocks: [
          {
            kind: 'table',
            key: 'controls',
            groupTitle: 'Theme',
            columns: [
              { key: 'ref', title: 'Control', kind: 'ref' },
              { key: 'title', title: 'Title', kind: 'text', width: 2 },
              { key: 'applicable', title: 'Applicable', kind: 'badge' },
              { key: 'drivers', title: 'Because of', kind: 'list', width: 1.6 },
              { key: 'justification', title: 'Justification', kind: 'text', width: 3 },
              { key: 'implementation', title: 'How it is done here', kind: 'text', width: 3.6 },
              { key: 'status', title: 'Status', kind: 'badge' },
              { key: 'owner', title: 'Owner', kind: 'text', width: 1.4 },
              { key: 'evidence', title: 'Evidence', kind: 'list', width: 2 },
            ],
            groups,
            note: 'Titles from ISO/IEC 27001:2022, Annex A.',
          },
        ],
      },
    ],
    data: rows.map(machineRow),
  }
}

/** A risk register: one flat table with numbers, dates, swatches. */
export function registerReport(count: number): Report {
  const bands = [
    { text: 'High', swatch: '#d1495b' },
    { text: 'Medium', swatch: '#edae49' },
    { text: 'Low', swatch: '#66a182' },
  ]
  const rows = Array.from({ length: count }, (_, i): Row => {
    const [likelihood, consequence] = [1 + ((i * 7) % 5), 1 + ((i * 3 + Math.floor(i / 7)) % 5)]
    const band = bands[likelihood * consequence > 12 ? 0 : likelihood * consequence > 5 ? 1 : 2] ?? bands[0]
    return {
      ref: `R-${i + 1}`,
      scenario: `${pick(reasons, i)} ${i}`,
      owner: pick(owners, i * 3),
      likelihood,
      consequence,
      level: { text: band?.text ?? '', icon: 'square', tone: 'neutral', swatch: band?.swatch ?? '' },
      treatment: pick(practices, i * 3 + 1),
      controls: [`A.5.${1 + (i % 37)}`, `A.8.${1 + (i % 34)}`],
      due: i % 4 === 3 ? null : (`2026-${String(4 + (i % 9)).padStart(2, '0')}-15` as LocalDate),
      status: pick(states, i),
    }
  })
  return {
    meta: {
      ...meta,
      title: 'Risk register',
      subtitle: '',
      version: '2026-1',
      filter: 'Owner is any of Weber, Haddad; level is high or medium',
      rowCount: count,
    },
    labels: englishLabels,
    sections: [
      {
        blocks: [
          {
            kind: 'table',
            key: 'risks',
            title: 'Risks by reference',
            columns: [
              { key: 'ref', title: 'Risk', kind: 'ref' },
              { key: 'scenario', title: 'Scenario', kind: 'text', width: 3 },
              { key: 'owner', title: 'Owner', kind: 'text', width: 1.2 },
              { key: 'likelihood', title: 'Likelihood', kind: 'number' },
              { key: 'consequence', title: 'Consequence', kind: 'number' },
              { key: 'level', title: 'Level', kind: 'badge' },
              { key: 'treatment', title: 'Treatment', kind: 'text', width: 3 },
              { key: 'controls', title: 'Controls', kind: 'list' },
              { key: 'due', title: 'Due', kind: 'date' },
              { key: 'status', title: 'Status', kind: 'badge' },
            ],
            rows,
          },
        ],
      },
    ],
    data: rows.map(machineRow),
  }
}

/** Text that would be code somewhere: Typst, XML, spreadsheet formulas, CSV, shells, browsers. */
export const hostileTexts = [
  '#read("/etc/passwd")',
  '#eval("1 + 1") #panic("x") #import "/report.json": *',
  '$ sum_(i=0)^n $ *bold* _emph_ `raw` = Heading',
  '\\ \\u{41} ] [ ) ( } { <label> @ref // comment /* open',
  '<script>alert(1)</script> &amp; ]]> <!-- <w:t>',
  "=cmd|' /C calc'!A0",
  '+SUM(1;1)\n-1+1\n@A1\n=HYPERLINK("http://evil.example","x")',
  'a;=1+1;b',
  "'=already quoted",
  '"quoted", with; separators',
  '_x0041_ {0} %s ${x} {{y}} {page}',
  '\t=tab\r=return',
] as const

/** Everything that is hard to set: long words, tall and empty cells, many scripts, code in every text. */
export function hardReport(): Report {
  const columns = [
    { key: 'ref', title: 'Kennung', kind: 'ref' },
    { key: 'text', title: 'Beschreibung', kind: 'text', width: 3 },
    { key: 'list', title: 'Nachweise', kind: 'list' },
    { key: 'number', title: 'Betrag', kind: 'number' },
    { key: 'date', title: 'Frist', kind: 'date' },
    { key: 'badge', title: 'Status', kind: 'badge' },
    { key: 'narrow', title: 'Verantwortlichkeit', kind: 'text', width: 1 },
  ] as const
  const texts: readonly Cell[] = [
    'Rindfleischetikettierungsüberwachungsaufgabenübertragungsgesetz und Datenschutzfolgenabschätzungsverfahrensdokumentation',
    'https://portal.example.org/very/long/path/with/many/segments?token=8f14e45fceea167a5a36dedd4bea2543&next=%2Fhome',
    `${'x'.repeat(240)} ${'0123456789abcdef'.repeat(12)}`,
    Array.from({ length: 40 }, (_, i) => `Zeile ${i + 1}: die Prüfung wurde durchgeführt.`).join('\n'),
    null,
    '',
    'تم تنفيذ سياسة أمن المعلومات ومراجعتها سنويا',
    'מדיניות אבטחת מידע אושרה על ידי ההנהלה',
    '情報セキュリティ方針は年に一度見直されます。アクセス権は四半期ごとに確認。',
    '信息安全策略每年评审一次，访问权限每季度确认。',
    '정보보호 정책은 매년 검토됩니다',
    'Πολιτική ασφάλειας πληροφοριών · Политика информационной безопасности · Xếp loại',
    'Passwörter ≥ 12 Zeichen → Änderung ≠ Pflicht; ☐ offen ☑ erledigt ✔ ✗ ⚠ ✅ 🔴 „Zitat“ – Ende…',
    ...hostileTexts,
  ]
  const rows = texts.map(
    (text, i): Row => ({
      ref: `H-${i + 1}`,
      text,
      list: i % 3 === 0 ? ['Protokoll vom 3. März', typeof text === 'string' ? text.slice(0, 60) : ''] : null,
      number: [1_234_567.891, -5, 0, null, 0.1][i % 5] ?? null,
      date: i % 4 === 0 ? `2026-02-${10 + i}` : i % 4 === 1 ? '2026-02-28T23:30:00.000Z' : null,
      badge: i % 7 === 6 ? null : pick(states, i),
      narrow: i % 2 === 0 ? 'Informationssicherheitsbeauftragte' : 'Dr. Wolfeschlegelsteinhausenbergerdorff',
    }),
  )
  const hostile = hostileTexts.join(' ')
  return {
    meta: {
      ...meta,
      organization: 'Müller & Söhne #1 <GmbH> $x$',
      title: 'Prüfbericht *fett* #let x = 1',
      subtitle: 'Untertitel mit [Klammern] und \\ Strich',
      status: 'draft',
      language: 'de-DE',
      filter: hostile,
      rowCount: rows.length,
      classification: 'Vertraulich & "intern"',
      approver: '@ref <label>',
    },
    labels: { ...englishLabels, pageOf: 'Seite {page} von {pages}' },
    sections: [
      {
        title: '= Abschnitt #1 *und* $2$',
        blocks: [
          { kind: 'paragraph', text: `${hostile}\n\nZweiter Absatz\nmit Zeilenumbruch` },
          {
            kind: 'facts',
            items: [
              { label: '#label', value: hostile },
              { label: 'Stand', value: '2026-02-28T23:30:00.000Z', kind: 'date' },
            ],
          },
          { kind: 'callout', tone: 'negative', title: '*Achtung* #panic()', text: hostile },
          { kind: 'table', key: 'hard', title: 'Tabelle #2: [a]/*b*?', columns, rows, note: hostile },
          { kind: 'table', key: 'empty', title: 'Tabelle #2: [a]/*b*?', columns, rows: [] },
        ],
      },
    ],
    data: rows.map(machineRow),
  }
}

/** A report whose only table has no rows. */
export function emptyReport(): Report {
  const report = soaReport({ rowCount: 0 })
  const sections = report.sections.map((section) => ({
    ...section,
    blocks: section.blocks.map((block) => {
      if (block.kind !== 'table') return block
      const { groups: _, ...flat } = block
      return { ...flat, rows: [] }
    }),
  }))
  return { ...report, sections, data: [] }
}

/** A row as an API would give it: the word of a badge stands in for its code. */
function machineRow(row: Row): DataRow {
  return Object.fromEntries(
    Object.entries(row).map(([key, cell]) => [
      key,
      typeof cell === 'object' && cell !== null && 'text' in cell ? cell.text : cell,
    ]),
  )
}
