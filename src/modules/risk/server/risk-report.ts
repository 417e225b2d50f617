import { dateAt, type LocalDate } from '#kernel/time.ts'
import type { OrgFacts } from '#platform/access/policy.ts'
import { reportLabels } from '#platform/render/labels.ts'
import type { Badge, BadgeIcon, DataRow, Report, Row, Tone } from '#platform/render/report.ts'
import type { ReportMoment } from '#platform/render/report-moment.ts'
import { evaluationOf } from '../domain/evaluate.ts'
import type { RiskMethod } from '../domain/method.ts'
import { levelOrigin, properties } from '../domain/risk.ts'
import { acceptedUnproven, type RiskStatus, riskStatus, type StatusOfRisk } from '../domain/risk-status.ts'
import type { Scores } from '../domain/scores.ts'
import { byRef, type LoadedRegister, type LoadedRisk, type RiskRow } from './load.ts'
import { nameControl } from './name-control.ts'
import { registerFilterWords } from './risk-filters.ts'
import { isClaimed, levelBadge, ownerOnPaper, riskMeta, signedData, signedText } from './risk-report-cells.ts'
import { type RiskLanguage, riskWords } from './risk-report-words.ts'
import type { RegisterQuery } from './views.ts'

const statusBadges: Readonly<Record<RiskStatus, readonly [BadgeIcon, Tone]>> = {
  notAssessed: ['question', 'neutral'],
  needsTreatment: ['alert', 'negative'],
  planIncomplete: ['half', 'caution'],
  planAwaitingApproval: ['open', 'caution'],
  inTreatment: ['half', 'info'],
  awaitingAcceptance: ['open', 'caution'],
  accepted: ['full', 'positive'],
  acceptanceOutOfDate: ['cross', 'negative'],
  avoided: ['check', 'positive'],
  opportunity: ['square', 'info'],
  withdrawn: ['dash', 'neutral'],
}

// An opportunity has none to lose.
function propertyWords(row: RiskRow, language: RiskLanguage): string[] {
  const t = riskWords[language]
  const lost = properties.filter((property) => row[property] === 'lost')
  if (lost.length > 0 || row.kind !== 'informationSecurity') return lost.map((property) => t.properties[property])
  return [properties.some((property) => row[property] === 'notStated') ? t.notStated : t.noProperty]
}

/** A level nobody has assessed here says so. */
function currentBadge(method: RiskMethod | null, row: RiskRow, language: RiskLanguage): Badge {
  const badge = levelBadge(method, row.current, language)
  return levelOrigin(row) === 'imported'
    ? { ...badge, text: `${badge.text}, ${riskWords[language].asImported}` }
    : badge
}

const assessedOn = ({ assessedAt }: RiskRow, org: OrgFacts): LocalDate | null =>
  assessedAt === null ? null : dateAt(assessedAt, org.timeZone)

const controlsOf = (loaded: LoadedRisk, register: LoadedRegister) =>
  loaded.links
    .filter((link) => link.live)
    .map((link) => ({ ...link, facts: register.controls.get(link.controlId) }))
    .sort((a, b) => byRef.compare(a.facts?.ref ?? '', b.facts?.ref ?? ''))

/** The risk register, as far as a filter has left it, as a document, the same in every format: the greatest risks first unless sorted. */
export function registerReport(
  register: LoadedRegister,
  org: OrgFacts,
  { language, ...query }: RegisterQuery & { readonly language: RiskLanguage },
  moment: ReportMoment,
): Report {
  const t = riskWords[language]
  const filter = registerFilterWords(query, register, language)
  const ranked =
    query.sort === undefined
      ? register.risks.toSorted((a, b) => (b.row.priority ?? -1) - (a.row.priority ?? -1))
      : register.risks
  return {
    meta: {
      ...riskMeta(register, org, language, filter, moment),
      title: t.register,
      subtitle: t.registerClause,
      rowCount: ranked.length,
    },
    labels: reportLabels[language],
    mainTable: 'risks',
    sections: [
      {
        title: t.risks,
        blocks: [
          {
            kind: 'table',
            key: 'risks',
            columns: [
              { key: 'ref', title: t.columns.ref, kind: 'ref' },
              { key: 'title', title: t.columns.title, kind: 'text', width: 4.6 },
              { key: 'threat', title: t.columns.threat, kind: 'text', under: 'title' },
              { key: 'vulnerability', title: t.columns.vulnerability, kind: 'text', under: 'title' },
              { key: 'inherent', title: t.columns.inherent, kind: 'badge', under: 'title' },
              { key: 'assessed', title: t.columns.assessed, kind: 'date', under: 'title', sameLine: true },
              { key: 'owner', title: t.columns.owner, kind: 'text', width: 2.6 },
              { key: 'approval', title: t.columns.approval, kind: 'text', under: 'owner' },
              { key: 'acceptance', title: t.columns.acceptance, kind: 'text', under: 'owner' },
              { key: 'cia', title: t.columns.cia, kind: 'list', width: 1.4 },
              { key: 'current', title: t.columns.current, kind: 'badge' },
              { key: 'target', title: t.columns.target, kind: 'badge' },
              { key: 'options', title: t.columns.options, kind: 'list' },
              { key: 'controls', title: t.columns.controls, kind: 'list', width: 3 },
              { key: 'status', title: t.columns.status, kind: 'badge' },
            ],
            rows: ranked.map((loaded) => registerCells(loaded, register, org, language)),
          },
        ],
      },
    ],
    data: ranked.map((loaded) => registerData(loaded, register, org)),
  }
}

function registerCells(loaded: LoadedRisk, register: LoadedRegister, org: OrgFacts, language: RiskLanguage): Row {
  const t = riskWords[language]
  const { row, dossier } = loaded
  return {
    ref: row.ref,
    title: row.scenario.trim() === '' ? row.title : `${row.title}\n${row.scenario}`,
    threat: row.threat,
    vulnerability: row.vulnerability,
    inherent: row.inherent === null ? null : levelBadge(dossier.method, row.inherent, language),
    assessed: assessedOn(row, org),
    approval: signedText(loaded, 'plan', register, org, language),
    acceptance: signedText(loaded, 'acceptance', register, org, language),
    owner: ownerOnPaper(row, language),
    cia: propertyWords(row, language),
    current: currentBadge(dossier.method, row, language),
    target: row.target === null ? null : levelBadge(dossier.method, row.target, language),
    options: loaded.options.filter((option) => option.live).map((option) => t.options[option.kind]),
    controls: controlsOf(loaded, register).map(({ facts }) => `${facts?.ref ?? ''} ${facts?.title ?? ''}`.trim()),
    status: statusBadge(riskStatus(dossier, register.today), language),
  }
}

function statusBadge({ status, why }: StatusOfRisk, language: RiskLanguage): Badge {
  const t = riskWords[language]
  if (acceptedUnproven({ status, why })) return { text: t.acceptedUnproven, icon: 'open', tone: 'caution' }
  const [icon, tone] = statusBadges[status]
  return { text: t.statuses[status], icon, tone }
}

function registerData(loaded: LoadedRisk, register: LoadedRegister, org: OrgFacts): DataRow {
  const { row, dossier } = loaded
  const scored = (scores: Scores | null) => {
    const evaluation = evaluationOf(dossier.method, scores)
    return evaluation && scores
      ? {
          likelihood: scores.likelihood,
          consequences: { ...scores.consequences } as Record<string, number>,
          consequence: evaluation.consequence,
          band: evaluation.band.key,
        }
      : null
  }
  const { status, why } = riskStatus(dossier, register.today)
  return {
    ref: row.ref,
    kind: row.kind,
    title: row.title,
    scenario: row.scenario,
    threat: row.threat,
    vulnerability: row.vulnerability,
    category: row.category,
    confidentiality: row.confidentiality,
    integrity: row.integrity,
    availability: row.availability,
    owner: row.ownerName ?? row.imported?.claimedOwner ?? null,
    ownerAsImported: isClaimed(row),
    method: dossier.method?.name ?? null,
    assessedOn: assessedOn(row, org),
    inherent: scored(row.inherent),
    current: scored(row.current),
    levelOrigin: levelOrigin(row),
    target: scored(row.target),
    options: loaded.options.filter((option) => option.live).map((option) => option.kind),
    controls: controlsOf(loaded, register).map(({ facts, state, lowers }) => ({
      ref: facts?.ref ?? '',
      state,
      lowers,
    })),
    approval: signedData(loaded, 'plan', register, org),
    acceptance: signedData(loaded, 'acceptance', register, org),
    status,
    why: why.map((reason) => nameControl(reason, register.controls).message),
  }
}
