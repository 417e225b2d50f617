import { asImported } from '#kernel/import/as-imported.ts'
import { dateAt, type Instant, type LocalDate } from '#kernel/time.ts'
import type { OrgFacts } from '#platform/access/policy.ts'
import { dayText } from '#platform/render/cell-text.ts'
import type { Badge, DataRow, ReportMeta } from '#platform/render/report.ts'
import type { ReportMoment } from '#platform/render/report-moment.ts'
import { evaluationOf } from '../domain/evaluate.ts'
import { judgeAct } from '../domain/judge-approval.ts'
import type { BandToken, RiskMethod } from '../domain/method.ts'
import type { Scores } from '../domain/scores.ts'
import type { LoadedRegister, LoadedRisk, RiskRow } from './load.ts'
import { type RiskLanguage, riskWords } from './risk-report-words.ts'

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

/** What the covers of register and plan say alike. */
export function riskMeta(
  register: LoadedRegister,
  org: OrgFacts,
  language: RiskLanguage,
  filter: string,
  moment: ReportMoment,
): Omit<ReportMeta, 'title' | 'rowCount'> {
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

/** A level as a badge: “High (4 × 3)”. */
export function levelBadge(method: RiskMethod | null, scores: Scores | null, language: RiskLanguage): Badge {
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

/** Whether only an import names the owner. */
export const isClaimed = ({ ownerName, imported }: RiskRow): boolean =>
  ownerName === null && (imported?.claimedOwner ?? null) !== null

/** The owner, marked where only an import names one. */
export function ownerOnPaper(row: RiskRow, language: RiskLanguage): string | null {
  const claimed = row.imported?.claimedOwner ?? null
  return row.ownerName ?? (claimed === null ? null : asImported(claimed, language))
}

/** Who signed an act, when, how long it counts, and whether it still does; null where nobody has. */
export function signedText(
  loaded: LoadedRisk,
  act: 'plan' | 'acceptance',
  register: LoadedRegister,
  org: OrgFacts,
  language: RiskLanguage,
): string | null {
  const t = riskWords[language]
  const approval = loaded.approvals[act]
  const judgement = judgeAct(loaded.dossier, act, register.today)
  if (approval === null || judgement === null) return null
  const on = (moment: Instant) => `${t.on} ${dayText(dateAt(moment, org.timeZone), language)}`
  const also = approval.signatures.map(
    ({ personName, role, signedAt }) => `${t.also} ${personName} (${t.roles[role]}) ${on(signedAt)}`,
  )
  return [
    `${on(approval.signedAt)} ${t.by} ${approval.personName}`,
    ...also,
    `${t.until} ${dayText(approval.expiresOn, language)}`,
    t.standings[judgement.standing],
  ]
    .filter((part) => part !== '')
    .join(', ')
}

/** The same as `signedText`, as machines read it. */
export function signedData(
  loaded: LoadedRisk,
  act: 'plan' | 'acceptance',
  register: LoadedRegister,
  org: OrgFacts,
): DataRow | null {
  const approval = loaded.approvals[act]
  const judgement = judgeAct(loaded.dossier, act, register.today)
  if (approval === null || judgement === null) return null
  const day = (moment: Instant): LocalDate => dateAt(moment, org.timeZone)
  return {
    by: approval.personName,
    on: day(approval.signedAt),
    also: approval.signatures.map(({ personName, role, signedAt }) => ({ by: personName, role, on: day(signedAt) })),
    expiresOn: approval.expiresOn,
    standing: judgement.standing,
  }
}
