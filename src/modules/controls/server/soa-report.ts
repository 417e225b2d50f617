import type { Instant } from '#kernel/time.ts'
import type { OrgFacts } from '#platform/access/policy.ts'
import { dayText, momentText } from '#platform/render/cell-text.ts'
import { reportLabels } from '#platform/render/labels.ts'
import type { CalloutBlock, Fact, Report, ReportMeta, ReportSection, Row, RowGroup } from '#platform/render/report.ts'
import type { ReportMoment } from '#platform/render/report-moment.ts'
import type { RedlineField, RedlineRow } from '../domain/redline.ts'
import type { Separation, SoaRow, SoaStatus } from '../domain/soa.ts'
import { soaCells, soaData } from './soa-report-rows.ts'
import { type SoaLanguage, soaWords } from './soa-report-words.ts'

/** Who did something to a version, in which position at that time, and when. */
export interface SoaAct {
  readonly name: string | null
  readonly jobTitle: string
  readonly at: Instant
}

/** A version as its document tells of it. */
export interface PrintedVersion {
  readonly number: number
  readonly status: SoaStatus
  readonly note: string
  readonly hash: string
  readonly prepared: SoaAct
  readonly approved: SoaAct | null
  /** Whether a second person stands behind it; null while it is not approved. */
  readonly separation: Separation | null
  readonly endedAt: Instant | null
  /** The version that took its place. */
  readonly supersededBy: number | null
  /** Whether the records still say what was issued; null where that is not asked. */
  readonly standing: { readonly holds: boolean; readonly reasons: readonly RedlineRow[] } | null
}

/** A statement to be printed: an issued or proposed version, or the working one. */
export interface PrintedStatement {
  readonly rows: readonly SoaRow[]
  /** Null for the working statement. */
  readonly version: PrintedVersion | null
  readonly language: SoaLanguage
  /** The filter in words; only of the working statement a part can be printed. */
  readonly filter?: string
}

/** The statement as a document, the same in every format. */
export function soaReport(statement: PrintedStatement, org: OrgFacts, moment: ReportMoment): Report {
  const { rows, version, language, filter = '' } = statement
  const t = soaWords[language]
  const own = rows.filter((row) => row.own)
  const groups: RowGroup[] = (['organizational', 'people', 'physical', 'technological'] as const).map((theme) => ({
    title: t.themes[theme],
    rows: rows.filter((row) => !row.own && row.theme === theme).map((row) => soaCells(row, language)),
  }))
  if (own.length > 0) groups.push({ title: t.own, rows: own.map((row) => soaCells(row, language)) })
  const meta: ReportMeta = {
    organization: org.name,
    title: t.title,
    subtitle: t.subtitle,
    status: version?.status ?? 'draft',
    classification: t.classification,
    ...moment,
    rowCount: rows.length,
    language,
    timeZone: org.timeZone,
    ...(filter === '' ? {} : { filter }),
    ...(version ? versionMeta(version, language) : {}),
  }
  return {
    meta,
    labels: reportLabels[language],
    mainTable: 'controls',
    sections: [
      {
        title: t.summary,
        blocks: [
          ...remarks(statement, meta),
          { kind: 'paragraph', text: t.intro },
          { kind: 'facts', items: counts(rows, language) },
        ],
      },
      ...(version ? [approvalSection(version, meta, language)] : []),
      {
        title: t.controls,
        blocks: [
          {
            kind: 'table',
            key: 'controls',
            groupTitle: t.theme,
            columns: [
              { key: 'ref', title: t.columns.ref, kind: 'ref' },
              { key: 'title', title: t.columns.title, kind: 'text', width: 2.6 },
              { key: 'applicable', title: t.columns.applicable, kind: 'text' },
              { key: 'why', title: t.columns.why, kind: 'list', width: 4 },
              { key: 'how', title: t.columns.how, kind: 'text', width: 3.8 },
              { key: 'status', title: t.columns.status, kind: 'badge' },
              { key: 'owner', title: t.columns.owner, kind: 'text', width: 1.4 },
              { key: 'evidence', title: t.columns.evidence, kind: 'list', width: 3 },
            ],
            groups: groups.filter((group) => group.rows.length > 0),
          },
        ],
      },
      ...(version?.standing?.holds === false ? [changesSection(version.standing.reasons, language)] : []),
    ],
    data: rows.map(soaData),
  }
}

function versionMeta(version: PrintedVersion, language: SoaLanguage): Partial<ReportMeta> {
  const t = soaWords[language]
  const { prepared, approved, separation, standing, supersededBy } = version
  const stands =
    standing === null
      ? {}
      : standing.holds
        ? { standing: t.holds }
        : {
            standing: filled(t.outOfDate.standing, { refs: refsOf(standing.reasons, language) }),
            mark: t.outOfDate.mark,
          }
  const replaced = supersededBy === null ? '' : filled(t.supersededBy, { number: supersededBy })
  return {
    version: String(version.number),
    hash: version.hash,
    ...stands,
    ...(replaced === '' ? {} : { standing: replaced, mark: replaced }),
    preparer: actor(prepared),
    preparedAt: prepared.at,
    ...(separation === null || separation === 'twoPersons' ? {} : { separation: t.signed[separation] }),
    ...(approved?.name ? { approver: actor(approved), approvedAt: approved.at } : {}),
  }
}

// What must be read before anything else.
function remarks({ version, language, filter = '' }: PrintedStatement, meta: ReportMeta): CalloutBlock[] {
  const t = soaWords[language]
  const remark = (title: string, text?: string): CalloutBlock => ({
    kind: 'callout',
    tone: 'caution',
    title,
    ...(text === undefined ? {} : { text }),
  })
  if (version === null) {
    return [remark(t.draft), ...(filter === '' ? [] : [remark(t.extract.title, t.extract.text)])]
  }
  const date = version.endedAt === null ? '' : momentText(version.endedAt, meta)
  switch (version.status) {
    case 'proposed':
      return [remark(t.proposed)]
    case 'withdrawn':
      return [remark(filled(t.withdrawn, { date }))]
    case 'superseded':
      return [remark(filled(t.superseded, { number: version.supersededBy ?? '–', date }))]
    case 'issued': {
      if (version.standing === null || version.standing.holds) return []
      const refs = refsOf(version.standing.reasons, language)
      return [remark(t.outOfDate.title, filled(t.outOfDate.text, { refs, section: t.changes }))]
    }
  }
}

// The last four add up to the applicable ones.
function counts(rows: readonly SoaRow[], language: SoaLanguage): Fact[] {
  const { counted } = soaWords[language]
  const fact = (label: string, test: (row: SoaRow) => boolean): Fact => ({
    label,
    value: rows.filter(test).length,
    kind: 'number',
  })
  const applicable = (test: (row: SoaRow) => boolean) => (row: SoaRow) =>
    row.applicability === 'applicable' && test(row)
  return [
    { label: counted.total, value: rows.length, kind: 'number' },
    fact(
      counted.applicable,
      applicable(() => true),
    ),
    fact(counted.excluded, (row) => row.applicability === 'excluded'),
    fact(counted.undecided, (row) => row.applicability === 'undecided'),
    fact(
      counted.implemented,
      applicable((row) => row.declared === 'implemented'),
    ),
    fact(
      counted.partly,
      applicable((row) => row.declared === 'partiallyImplemented'),
    ),
    fact(
      counted.claimed,
      applicable((row) => row.status === 'claimed'),
    ),
    fact(
      counted.not,
      applicable((row) => row.declared === 'notImplemented' && row.status !== 'claimed'),
    ),
  ]
}

function approvalSection(version: PrintedVersion, meta: ReportMeta, language: SoaLanguage): ReportSection {
  const t = soaWords[language]
  const { prepared, approved, separation, note } = version
  return {
    title: t.approval,
    blocks: [
      {
        kind: 'facts',
        items: [
          { label: t.signed.prepared, value: actor(prepared) },
          { label: t.signed.preparedAt, value: momentText(prepared.at, meta) },
          { label: t.signed.approved, value: approved === null ? t.signed.open : actor(approved) },
          ...(approved === null ? [] : [{ label: t.signed.approvedAt, value: momentText(approved.at, meta) }]),
          ...(separation === null || separation === 'twoPersons'
            ? []
            : [{ label: t.signed.remark, value: t.signed[separation] }]),
          ...(note === '' ? [] : [{ label: t.signed.note, value: note }]),
          { label: t.signed.hash, value: version.hash },
        ],
      },
      ...(approved === null
        ? []
        : [{ kind: 'paragraph', text: separation === 'unknown' ? t.signed.howUnnamed : t.signed.how } as const]),
    ],
  }
}

function changesSection(reasons: readonly RedlineRow[], language: SoaLanguage): ReportSection {
  const t = soaWords[language]
  return {
    title: t.changes,
    blocks: [
      {
        kind: 'table',
        key: 'changes',
        columns: [
          { key: 'ref', title: t.change.ref, kind: 'ref' },
          { key: 'title', title: t.change.title, kind: 'text', width: 2 },
          { key: 'field', title: t.change.field, kind: 'text', width: 1.4 },
          { key: 'before', title: t.change.before, kind: 'text', width: 4 },
          { key: 'after', title: t.change.after, kind: 'text', width: 4 },
        ],
        rows: reasons.flatMap(({ ref, title, kind, fields }): Row[] =>
          kind === 'changed'
            ? fields.map((field) => ({
                ref,
                title,
                field: t.fields[field.field],
                before: valueWords(field.field, field.before, language),
                after: valueWords(field.field, field.after, language),
              }))
            : [{ ref, title, field: t[kind] }],
        ),
      },
    ],
  }
}

function valueWords(field: RedlineField['field'], value: string, language: SoaLanguage): string {
  if (field === 'plannedOn') return dayText(value, language)
  const t = soaWords[language]
  const known: Readonly<Record<string, string>> =
    field === 'applicability'
      ? t.applicability
      : field === 'declared'
        ? { ...t.declared, claimed: t.claimed }
        : field === 'operatedBy'
          ? t.operators
          : {}
  return known[value] ?? value
}

// “Henrik Solberg, Chief Technology Officer”
const actor = ({ name, jobTitle }: SoaAct): string => [name ?? '–', jobTitle].filter((part) => part !== '').join(', ')

// Twelve references and how many more.
function refsOf(reasons: readonly RedlineRow[], language: SoaLanguage): string {
  const t = soaWords[language]
  const refs = reasons.map(({ ref }) => ref)
  const parts = refs.length > 13 ? [...refs.slice(0, 12), filled(t.more, { count: refs.length - 12 })] : refs
  return parts.length < 2 ? (parts[0] ?? '') : `${parts.slice(0, -1).join(', ')} ${t.and} ${parts.at(-1)}`
}

const filled = (text: string, facts: Readonly<Record<string, string | number>>): string =>
  text.replaceAll(/\{(\w+)\}/g, (whole, name: string) => String(facts[name] ?? whole))
