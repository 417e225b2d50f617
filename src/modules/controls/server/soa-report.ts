import type { Instant } from '#kernel/time.ts'
import type { OrgFacts } from '#platform/access/policy.ts'
import { reportLabels } from '#platform/render/labels.ts'
import type { Badge, DataRow, Report, Row, RowGroup } from '#platform/render/report.ts'
import type { ReportMoment } from '#platform/render/report-moment.ts'
import type { Driver, SoaRow } from '../domain/soa.ts'
import type { DeclaredStatus } from '../domain/status.ts'

type Language = 'en' | 'de'

/** A statement to be printed: an issued or proposed version, or the working one. */
export interface PrintedStatement {
  readonly rows: readonly SoaRow[]
  /** Null for the working statement. */
  readonly version: {
    readonly number: number
    readonly issued: boolean
    readonly approvedBy: string | null
    readonly approvedAt: Instant | null
    readonly hash: string
  } | null
  readonly language: Language
}

const words = {
  en: {
    title: 'Statement of Applicability',
    subtitle: 'ISO/IEC 27001:2022 with Amendment 1:2024, 6.1.3 d)',
    classification: 'Confidential',
    summary: 'Summary',
    controls: 'Controls',
    counted: {
      total: 'Controls',
      applicable: 'Applicable',
      excluded: 'Excluded',
      undecided: 'Undecided',
      implemented: 'Implemented',
      partly: 'Partially implemented',
      not: 'Not implemented',
    },
    intro:
      'This statement lists the controls the organization has determined to be necessary, why each is there, whether it is implemented, and why a control of Annex A is excluded. A control is declared as implemented only where evidence on record supports it.',
    columns: {
      ref: 'Control',
      title: 'Title',
      applicable: 'Applicable',
      why: 'Reason and justification',
      how: 'How it is done here',
      status: 'Implementation',
      owner: 'Owner',
      evidence: 'Evidence',
    },
    themes: {
      organizational: 'Organizational controls',
      people: 'People controls',
      physical: 'Physical controls',
      technological: 'Technological controls',
    },
    theme: 'Theme',
    own: 'Controls of our own',
    applicability: { applicable: 'Yes', excluded: 'No', undecided: 'Undecided' },
    declared: {
      implemented: 'Implemented',
      partiallyImplemented: 'Partially implemented',
      notImplemented: 'Not implemented',
      notApplicable: 'Not applicable',
    },
    planned: 'planned for',
    by: { provider: 'Operated by', shared: 'Shared with' },
    kinds: { risk: 'Risk', obligation: 'Obligation', requirement: 'Requirement', business: 'Business decision' },
    also: 'also',
    draft: 'This is the working statement, not an issued version.',
  },
  de: {
    title: 'Erklärung zur Anwendbarkeit',
    subtitle: 'ISO/IEC 27001:2022 mit Änderung 1:2024, 6.1.3 d)',
    classification: 'Vertraulich',
    summary: 'Überblick',
    controls: 'Maßnahmen',
    counted: {
      total: 'Maßnahmen',
      applicable: 'Anwendbar',
      excluded: 'Ausgeschlossen',
      undecided: 'Nicht entschieden',
      implemented: 'Umgesetzt',
      partly: 'Teilweise umgesetzt',
      not: 'Nicht umgesetzt',
    },
    intro:
      'Diese Erklärung nennt die Maßnahmen, die die Organisation als notwendig festgelegt hat, den Grund für jede, ob sie umgesetzt ist, und warum eine Maßnahme aus Anhang A ausgeschlossen ist. Als umgesetzt gilt eine Maßnahme nur, wo vorliegende Nachweise das stützen.',
    columns: {
      ref: 'Maßnahme',
      title: 'Titel',
      applicable: 'Anwendbar',
      why: 'Grund und Begründung',
      how: 'Umsetzung bei uns',
      status: 'Umsetzung',
      owner: 'Verantwortlich',
      evidence: 'Nachweise',
    },
    themes: {
      organizational: 'Organisatorische Maßnahmen',
      people: 'Personenbezogene Maßnahmen',
      physical: 'Physische Maßnahmen',
      technological: 'Technologische Maßnahmen',
    },
    theme: 'Thema',
    own: 'Eigene Maßnahmen',
    applicability: { applicable: 'Ja', excluded: 'Nein', undecided: 'Nicht entschieden' },
    declared: {
      implemented: 'Umgesetzt',
      partiallyImplemented: 'Teilweise umgesetzt',
      notImplemented: 'Nicht umgesetzt',
      notApplicable: 'Nicht anwendbar',
    },
    planned: 'geplant für',
    by: { provider: 'Betrieben von', shared: 'Gemeinsam mit' },
    kinds: {
      risk: 'Risiko',
      obligation: 'Verpflichtung',
      requirement: 'Anforderung',
      business: 'Geschäftsentscheidung',
    },
    also: 'ferner',
    draft: 'Dies ist der Arbeitsstand, keine herausgegebene Version.',
  },
} as const

const badges: Readonly<Record<DeclaredStatus, Pick<Badge, 'icon' | 'tone'>>> = {
  implemented: { icon: 'full', tone: 'positive' },
  partiallyImplemented: { icon: 'half', tone: 'caution' },
  notImplemented: { icon: 'open', tone: 'negative' },
  notApplicable: { icon: 'dash', tone: 'neutral' },
}

/** The statement as a document, the same in every format. */
export function soaReport(statement: PrintedStatement, org: OrgFacts, moment: ReportMoment): Report {
  const { rows, version, language } = statement
  const t = words[language]
  const own = rows.filter((row) => row.own)
  const groups: RowGroup[] = (['organizational', 'people', 'physical', 'technological'] as const).map((theme) => ({
    title: t.themes[theme],
    rows: rows.filter((row) => !row.own && row.theme === theme).map((row) => cells(row, language)),
  }))
  if (own.length > 0) groups.push({ title: t.own, rows: own.map((row) => cells(row, language)) })
  const count = (test: (row: SoaRow) => boolean): number => rows.filter(test).length
  return {
    meta: {
      organization: org.name,
      title: t.title,
      subtitle: t.subtitle,
      status: version?.issued === true ? 'issued' : 'draft',
      classification: t.classification,
      ...moment,
      rowCount: rows.length,
      language,
      timeZone: org.timeZone,
      ...(version ? { version: String(version.number), hash: version.hash } : {}),
      ...(version?.approvedBy ? { approver: version.approvedBy } : {}),
      ...(version?.approvedAt ? { approvedAt: version.approvedAt } : {}),
    },
    labels: reportLabels[language],
    mainTable: 'controls',
    sections: [
      {
        title: t.summary,
        blocks: [
          ...(version ? [] : [{ kind: 'callout' as const, tone: 'caution' as const, title: t.draft }]),
          { kind: 'paragraph', text: t.intro },
          {
            kind: 'facts',
            items: [
              { label: t.counted.total, value: rows.length, kind: 'number' },
              {
                label: t.counted.applicable,
                value: count((row) => row.applicability === 'applicable'),
                kind: 'number',
              },
              { label: t.counted.excluded, value: count((row) => row.applicability === 'excluded'), kind: 'number' },
              { label: t.counted.undecided, value: count((row) => row.applicability === 'undecided'), kind: 'number' },
              { label: t.counted.implemented, value: count((row) => row.declared === 'implemented'), kind: 'number' },
              {
                label: t.counted.partly,
                value: count((row) => row.declared === 'partiallyImplemented'),
                kind: 'number',
              },
              { label: t.counted.not, value: count((row) => row.declared === 'notImplemented'), kind: 'number' },
            ],
          },
        ],
      },
      {
        title: t.controls,
        blocks: [
          {
            kind: 'table',
            key: 'controls',
            groupTitle: t.theme,
            columns: [
              { key: 'ref', title: t.columns.ref, kind: 'ref' },
              { key: 'title', title: t.columns.title, kind: 'text', width: 2 },
              { key: 'applicable', title: t.columns.applicable, kind: 'text' },
              { key: 'why', title: t.columns.why, kind: 'list', width: 4 },
              { key: 'how', title: t.columns.how, kind: 'text', width: 4 },
              { key: 'status', title: t.columns.status, kind: 'badge' },
              { key: 'owner', title: t.columns.owner, kind: 'text', width: 1.4 },
              { key: 'evidence', title: t.columns.evidence, kind: 'list', width: 3 },
            ],
            groups: groups.filter((group) => group.rows.length > 0),
          },
        ],
      },
    ],
    data: rows.map((row) => dataOf(row)),
  }
}

function cells(row: SoaRow, language: Language): Row {
  const t = words[language]
  const planned = row.declared !== 'implemented' && row.plannedOn ? [`${t.planned} ${row.plannedOn}`] : []
  const by = row.operatedBy === 'us' ? [] : [`${t.by[row.operatedBy]} ${row.provider}`]
  return {
    ref: row.ref,
    title: row.title,
    applicable: t.applicability[row.applicability],
    why: [...reasonWords(row.drivers, language), ...(row.justification === '' ? [] : [row.justification])],
    how: [row.implementation, ...by, ...planned].filter((text) => text !== '').join('\n'),
    status: { ...badges[row.declared], text: t.declared[row.declared] },
    owner: row.owner,
    evidence: evidenceWords(row.evidence, t.also),
  }
}

// A year of monthly runs would fill a page: the latest of each series by title, three at most, all others by reference
// alone. Titles that differ in figures only, such as their month, are one series.
function evidenceWords(evidence: SoaRow['evidence'], also: string): string[] {
  const series = new Map<string, string>()
  const others: string[] = []
  for (const { ref, title } of evidence.toSorted((a, b) => byRef.compare(b.ref, a.ref))) {
    const name = title.replaceAll(/[\d\p{P}\s]+/gu, ' ')
    if (series.has(name) || series.size === 3) others.push(ref)
    else series.set(name, `${ref} ${title}`)
  }
  return [...series.values(), ...(others.length === 0 ? [] : [`${also} ${others.join(', ')}`])]
}

// A control every risk relies on would fill pages: five reasons by title, all others by reference alone. Business decisions
// have no reference and are always said.
function reasonWords(drivers: readonly Driver[], language: Language): string[] {
  const kept = new Set(drivers.filter(({ kind }) => kind !== 'business').slice(0, 5))
  const named = drivers.filter((driver) => driver.kind === 'business' || kept.has(driver))
  const others = drivers.filter((driver) => !named.includes(driver)).map(({ ref }) => ref)
  return [
    ...named.map((driver) => driverWords(driver, language)),
    ...(others.length === 0 ? [] : [`${words[language].also} ${others.join(', ')}`]),
  ]
}

// E-2 before E-10.
const byRef = new Intl.Collator('en', { numeric: true })

function driverWords({ kind, ref, title }: Driver, language: Language): string {
  const name = words[language].kinds[kind]
  return kind === 'business' ? `${name}: ${title}` : `${name} ${ref}: ${title}`
}

// Keys and codes as machines read them, whatever the language.
function dataOf(row: SoaRow): DataRow {
  return {
    ref: row.ref,
    title: row.title,
    theme: row.theme,
    own: row.own,
    applicable: row.applicability === 'undecided' ? null : row.applicability === 'applicable',
    drivers: row.drivers.map(({ kind, ref, title }) => ({ kind, ref, title })),
    justification: row.justification,
    implementation: row.implementation,
    status: row.declared,
    plannedOn: row.plannedOn,
    operatedBy: row.operatedBy,
    provider: row.provider,
    owner: row.owner,
    evidence: row.evidence.map(({ ref, title }) => ({ ref, title })),
  }
}
