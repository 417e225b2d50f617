import { currencyDigits } from '#kernel/currency.ts'
import { asImported } from '#kernel/import/as-imported.ts'
import { dateAt, type LocalDate } from '#kernel/time.ts'
import type { OrgFacts } from '#platform/access/policy.ts'
import { reportLabels } from '#platform/render/labels.ts'
import type { BadgeIcon, DataRow, Report, Row, Tone } from '#platform/render/report.ts'
import type { ReportMoment } from '#platform/render/report-moment.ts'
import { evaluationOf } from '../domain/evaluate.ts'
import { type ActionFilter, filterActions, narrows } from '../domain/filter-actions.ts'
import type { Scores } from '../domain/scores.ts'
import { type ActionStatus, isClaimedByImport, isOverdue } from '../domain/treatment-action.ts'
import { controlsOfAction, type LoadedAction, type LoadedRegister, type LoadedRisk } from './load.ts'
import { planFilterWords } from './risk-filters.ts'
import { isClaimed, ownerOnPaper, riskMeta, signedText } from './risk-report-cells.ts'
import { type RiskLanguage, riskWords } from './risk-report-words.ts'

const actionBadges: Readonly<Record<ActionStatus, readonly [BadgeIcon, Tone]>> = {
  planned: ['open', 'neutral'],
  inProgress: ['half', 'info'],
  done: ['full', 'positive'],
  cancelled: ['dash', 'neutral'],
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
  const groups = treated.map((loaded) => ({ loaded, lines: planLines(loaded, register, org, language) }))
  return {
    meta: {
      ...riskMeta(register, org, language, filter, moment),
      title: t.plan,
      subtitle: t.planClause,
      // Risks nothing is done about yet are named, but are no entry.
      rowCount: groups.reduce((sum, { lines }) => sum + lines.length, 0),
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
              { key: 'notes', title: t.columns.notes, kind: 'text', under: 'action', untitled: true },
              { key: 'resources', title: t.columns.resources, kind: 'text', under: 'action' },
              { key: 'controls', title: t.columns.controls, kind: 'list', width: 2.6 },
              { key: 'owner', title: t.columns.actionOwner, kind: 'text', width: 1.5 },
              { key: 'due', title: t.columns.due, kind: 'date' },
              { key: 'done', title: t.columns.done, kind: 'date' },
              { key: 'cost', title: `${t.columns.cost} (${org.currency})`, kind: 'number' },
              { key: 'state', title: t.columns.state, kind: 'badge' },
            ],
            groups: groups.map(({ loaded, lines }) => ({
              title: `${loaded.row.ref} ${loaded.row.title}`,
              detail: groupDetail(loaded, register, org, language),
              rows: lines.map(({ row }) => row),
              instead: { action: t.noAction },
            })),
          },
        ],
      },
    ],
    data: groups.flatMap(({ loaded, lines }) =>
      lines.length === 0
        ? [{ ...riskOfLine(loaded), ref: null, action: null, status: null }]
        : lines.map(({ data }) => data),
    ),
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
  const { row, dossier } = loaded
  const level = (scores: Scores | null) => {
    const evaluation = evaluationOf(dossier.method, scores)
    return evaluation ? evaluation.band.name : t.notScored
  }
  const options = loaded.options
    .filter((option) => option.live)
    .map((option) => t.options[option.kind])
    .join(' + ')
  const signed = (name: string, act: 'plan' | 'acceptance'): string[] => {
    const text = signedText(loaded, act, register, org, language)
    return text === null ? [] : [`${name} ${text}`]
  }
  return [
    `${t.columns.owner}: ${ownerOnPaper(row, language) ?? '–'}`,
    options === '' ? '' : `${t.columns.options}: ${options}`,
    `${t.columns.level}: ${row.target === null ? level(row.current) : `${level(row.current)} → ${level(row.target)}`}`,
    ...signed(t.columns.approval, 'plan'),
    ...signed(t.columns.acceptance, 'acceptance'),
  ]
    .filter((part) => part !== '')
    .join(' · ')
}

const completedOn = ({ status, doneAt }: LoadedAction, org: OrgFacts): LocalDate | null =>
  status === 'done' && doneAt !== null ? dateAt(doneAt, org.timeZone) : null

const riskOfLine = (loaded: LoadedRisk): DataRow => ({
  risk: loaded.row.ref,
  riskTitle: loaded.row.title,
  riskOwner: loaded.row.ownerName ?? loaded.row.imported?.claimedOwner ?? null,
  riskOwnerAsImported: isClaimed(loaded.row),
  options: loaded.options.filter((option) => option.live).map((option) => option.kind),
})

function planLines(
  loaded: LoadedRisk<LoadedAction>,
  register: LoadedRegister,
  org: OrgFacts,
  language: RiskLanguage,
): { row: Row; data: DataRow }[] {
  const t = riskWords[language]
  const base = riskOfLine(loaded)
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
          action: action.title,
          notes: action.description,
          controls: controls.map(({ ref, title }) => `${ref} ${title}`),
          owner: action.ownerName ?? (action.ownerText === null ? null : asImported(action.ownerText, language)),
          due: action.dueOn,
          done: completedOn(action, org),
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
          doneOn: completedOn(action, org),
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
