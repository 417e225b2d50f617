import { currencyDigits } from '#kernel/currency.ts'
import { asImported } from '#kernel/import/as-imported.ts'
import { dateAt, type Instant } from '#kernel/time.ts'
import type { OrgFacts } from '#platform/access/policy.ts'
import { dayText } from '#platform/render/cell-text.ts'
import { reportLabels } from '#platform/render/labels.ts'
import type { Badge, BadgeIcon, DataRow, Report, Row, Tone } from '#platform/render/report.ts'
import type { ReportMoment } from '#platform/render/report-moment.ts'
import { evaluationOf } from '../domain/evaluate.ts'
import { type ActionFilter, filterActions, narrows } from '../domain/filter-actions.ts'
import { judgeAct } from '../domain/judge-approval.ts'
import type { BandToken, RiskMethod } from '../domain/method.ts'
import { levelOrigin } from '../domain/risk.ts'
import { acceptedUnproven, type RiskStatus, riskStatus, type StatusOfRisk } from '../domain/risk-status.ts'
import type { Scores } from '../domain/scores.ts'
import { type ActionStatus, isClaimedByImport, isOverdue } from '../domain/treatment-action.ts'
import {
  byRef,
  controlsOfAction,
  type LoadedAction,
  type LoadedRegister,
  type LoadedRisk,
  type RiskRow,
} from './load.ts'
import { nameControl } from './name-control.ts'
import { planFilterWords, registerFilterWords } from './risk-filters.ts'
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

const actionBadges: Readonly<Record<ActionStatus, readonly [BadgeIcon, Tone]>> = {
  planned: ['open', 'neutral'],
  inProgress: ['half', 'info'],
  done: ['full', 'positive'],
  cancelled: ['dash', 'neutral'],
}

// The method's colours as ink on white.
const inks: Readonly<Record<BandToken, string>> = {
  gray: '#6b7280',
  green: '#2f8f4e',
  lime: '#6f9a1e',
  yellow: '#b98900',
  orange: '#c85a00',
  red: '#b3261e',
  violet: '#7a3db8',
  blue: '#1d5a99',
}

function meta(register: LoadedRegister, org: OrgFacts, language: RiskLanguage, filter: string, moment: ReportMoment) {
  const t = riskWords[language]
  return {
    organization: org.name,
    ...(filter === '' ? {} : { filter }),
    classification: t.classification,
    ...moment,
    language,
    timeZone: org.timeZone,
    ...(register.inForce ? { method: register.inForce.name } : {}),
  }
}

function levelBadge(method: RiskMethod | null, scores: Scores | null, language: RiskLanguage): Badge {
  const evaluation = evaluationOf(method, scores)
  if (!evaluation) return { text: riskWords[language].notScored, icon: 'question', tone: 'neutral' }
  const { band, likelihood, consequence, exceedsThreshold } = evaluation
  return {
    text: `${band.name} (${likelihood} × ${consequence})`,
    icon: 'square',
    tone: exceedsThreshold ? 'negative' : 'neutral',
    swatch: inks[band.token],
  }
}

/** A level nobody has assessed here says so. */
function currentBadge(method: RiskMethod | null, row: RiskRow, language: RiskLanguage): Badge {
  const badge = levelBadge(method, row.current, language)
  return levelOrigin(row) === 'imported'
    ? { ...badge, text: `${badge.text}, ${riskWords[language].asImported}` }
    : badge
}

const isClaimed = ({ ownerName, imported }: RiskRow): boolean =>
  ownerName === null && (imported?.claimedOwner ?? null) !== null

function ownerOnPaper(row: RiskRow, language: RiskLanguage): string | null {
  const claimed = row.imported?.claimedOwner ?? null
  return row.ownerName ?? (claimed === null ? null : asImported(claimed, language))
}

const propertiesOf = ({ row }: LoadedRisk) =>
  (['confidentiality', 'integrity', 'availability'] as const).filter((property) => row[property] === 'lost')

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
      ...meta(register, org, language, filter, moment),
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
              { key: 'owner', title: t.columns.owner, kind: 'text', width: 1.5 },
              { key: 'cia', title: t.columns.cia, kind: 'list', width: 1.4 },
              { key: 'current', title: t.columns.current, kind: 'badge' },
              { key: 'target', title: t.columns.target, kind: 'badge' },
              { key: 'options', title: t.columns.options, kind: 'list' },
              { key: 'controls', title: t.columns.controls, kind: 'list', width: 3.6 },
              { key: 'status', title: t.columns.status, kind: 'badge' },
            ],
            rows: ranked.map((loaded) => registerCells(loaded, register, language)),
          },
        ],
      },
    ],
    data: ranked.map((loaded) => registerData(loaded, register)),
  }
}

function registerCells(loaded: LoadedRisk, register: LoadedRegister, language: RiskLanguage): Row {
  const t = riskWords[language]
  const { row, dossier } = loaded
  return {
    ref: row.ref,
    title: row.scenario.trim() === '' ? row.title : `${row.title}\n${row.scenario}`,
    owner: ownerOnPaper(row, language),
    cia: propertiesOf(loaded).map((property) => t.properties[property]),
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

function registerData(loaded: LoadedRisk, register: LoadedRegister): DataRow {
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
    status,
    why: why.map((reason) => nameControl(reason, register.controls).message),
  }
}

/**
 * The risk treatment plan as a document: per risk what is done about it, by whom, until when, and who signed. A filter
 * leaves the actions its list shows, and the risks they belong to.
 */
export function planReport(
  whole: LoadedRegister<LoadedAction>,
  org: OrgFacts,
  { language, ...asked }: ActionFilter & { readonly language: RiskLanguage },
  moment: ReportMoment,
): Report {
  const t = riskWords[language]
  const narrowed = narrows(asked)
  const register = narrowed ? narrowedPlan(whole, asked) : whole
  const filter = planFilterWords(
    asked,
    whole.risks.flatMap(({ actions }) => actions),
    language,
  )
  const treated = register.risks
    .filter((loaded) => loaded.actions.length > 0 || (!narrowed && loaded.options.some((option) => option.live)))
    .toSorted((a, b) => (b.row.priority ?? -1) - (a.row.priority ?? -1))
  const lines = treated.flatMap((loaded) => planLines(loaded, register, org, language))
  return {
    meta: {
      ...meta(register, org, language, filter, moment),
      title: t.plan,
      subtitle: t.planClause,
      rowCount: lines.length,
    },
    labels: reportLabels[language],
    mainTable: 'plan',
    sections: [
      {
        title: t.actions,
        blocks: [
          {
            kind: 'table',
            key: 'plan',
            groupTitle: t.columns.risk,
            columns: [
              { key: 'ref', title: t.columns.ref, kind: 'ref' },
              { key: 'action', title: t.columns.action, kind: 'text', width: 3.6 },
              { key: 'resources', title: t.columns.resources, kind: 'text', under: 'action' },
              { key: 'controls', title: t.columns.controls, kind: 'list', width: 2.6 },
              { key: 'owner', title: t.columns.actionOwner, kind: 'text', width: 1.5 },
              { key: 'due', title: t.columns.due, kind: 'date' },
              { key: 'cost', title: `${t.columns.cost} (${org.currency})`, kind: 'number' },
              { key: 'state', title: t.columns.state, kind: 'badge' },
            ],
            groups: treated.map((loaded) => ({
              title: `${loaded.row.ref} ${loaded.row.title}`,
              detail: groupDetail(loaded, register, org, language),
              rows: planLines(loaded, register, org, language).map(({ row }) => row),
            })),
          },
        ],
      },
    ],
    data: lines.map(({ data }) => data),
  }
}

function narrowedPlan(register: LoadedRegister<LoadedAction>, filter: ActionFilter): LoadedRegister<LoadedAction> {
  const risks = register.risks.map((loaded) => {
    const { row, actions } = loaded
    const looked = actions.map((action) => ({
      ...action,
      action,
      riskRef: row.ref,
      riskTitle: row.title,
      overdue: isOverdue(action, register.today),
      owner: action.ownerId === null ? null : { id: action.ownerId, name: action.ownerName ?? '' },
    }))
    return { ...loaded, actions: filterActions(looked, filter).map(({ action }) => action) }
  })
  return { ...register, risks }
}

function groupDetail(loaded: LoadedRisk, register: LoadedRegister, org: OrgFacts, language: RiskLanguage): string {
  const t = riskWords[language]
  const { row, dossier, approvals } = loaded
  const level = (scores: Scores | null) => {
    const evaluation = evaluationOf(dossier.method, scores)
    return evaluation ? evaluation.band.name : t.notScored
  }
  const options = loaded.options
    .filter((option) => option.live)
    .map((option) => t.options[option.kind])
    .join(' + ')
  const signed = (name: string, act: 'plan' | 'acceptance'): string[] => {
    const approval = approvals[act]
    const judgement = judgeAct(dossier, act, register.today)
    if (approval === null || judgement === null) return []
    const on = (moment: Instant) => `${t.on} ${dayText(dateAt(moment, org.timeZone), language)}`
    const also = approval.signatures.map(
      ({ personName, role, signedAt }) => `${t.also} ${personName} (${t.roles[role]}) ${on(signedAt)}`,
    )
    return [
      [
        `${name} ${on(approval.signedAt)} ${t.by} ${approval.personName}`,
        ...also,
        `${t.until} ${dayText(approval.expiresOn, language)}`,
        t.standings[judgement.standing],
      ]
        .filter((part) => part !== '')
        .join(', '),
    ]
  }
  return [
    `${t.columns.owner}: ${ownerOnPaper(row, language) ?? '–'}`,
    options,
    row.target === null ? level(row.current) : `${level(row.current)} → ${level(row.target)}`,
    ...signed(t.columns.approval, 'plan'),
    ...signed(t.columns.acceptance, 'acceptance'),
  ]
    .filter((part) => part !== '')
    .join(' · ')
}

function planLines(
  loaded: LoadedRisk<LoadedAction>,
  register: LoadedRegister,
  org: OrgFacts,
  language: RiskLanguage,
): { row: Row; data: DataRow }[] {
  const t = riskWords[language]
  const { row: risk } = loaded
  const base = {
    risk: risk.ref,
    riskTitle: risk.title,
    riskOwner: risk.ownerName ?? risk.imported?.claimedOwner ?? null,
    riskOwnerAsImported: isClaimed(risk),
    options: loaded.options.filter((option) => option.live).map((option) => option.kind),
  }
  if (loaded.actions.length === 0) {
    return [{ row: { ref: risk.ref, action: t.noAction }, data: { ...base, ref: null, action: null, status: null } }]
  }
  return loaded.actions
    .toSorted((a, b) => a.ref.localeCompare(b.ref, 'en', { numeric: true }))
    .map((action) => {
      const controls = controlsOfAction(action, register.controls)
      const claimed = isClaimedByImport(action)
      const [icon, tone] = claimed ? (['open', 'caution'] as const) : actionBadges[action.status]
      const said = claimed ? t.doneByImport : t.actionStates[action.status]
      const late = isOverdue(action, register.today)
      return {
        row: {
          ref: action.ref,
          action: action.description ? `${action.title}\n${action.description}` : action.title,
          controls: controls.map(({ ref, title }) => `${ref} ${title}`),
          owner: action.ownerName ?? (action.ownerText === null ? null : asImported(action.ownerText, language)),
          due: action.dueOn,
          cost: action.cost === null ? null : action.cost / 10 ** currencyDigits(org.currency),
          resources: action.resources,
          state: {
            icon: late ? 'alert' : icon,
            tone: late ? 'negative' : tone,
            text: late ? `${said}, ${t.overdue}` : said,
          },
        },
        data: {
          ...base,
          ref: action.ref,
          action: action.title,
          description: action.description,
          controls: controls.map(({ ref }) => ref),
          owner: action.ownerName ?? action.ownerText,
          ownerAsImported: action.ownerName === null && action.ownerText !== null,
          dueOn: action.dueOn,
          resources: action.resources,
          cost: action.cost,
          currency: action.cost === null ? null : org.currency,
          status: action.status,
          claimedByImport: claimed,
          overdue: late,
        },
      }
    })
}
