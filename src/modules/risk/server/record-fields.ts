import {
  date,
  day,
  type FieldKind,
  type FieldKinds,
  flag,
  type Image,
  instant,
  internal,
  items,
  money,
  number,
  rating,
  record,
  text,
  word,
  words,
} from '#platform/ledger/field-kind.ts'
import type { AuthoritySignature, RiskApproval } from '../domain/approval.ts'
import type { LevelMap, LevelPair } from '../domain/level-map.ts'
import type { AuthorityStep, Band, Dimension, Level, RiskMethod } from '../domain/method.ts'
import type { Rescoring } from '../domain/rescore-risk.ts'
import type { Risk } from '../domain/risk.ts'
import type { AssessmentRun, RunMember, RunResult } from '../domain/run.ts'
import type { RiskControl, RiskRise, TreatmentOption } from '../domain/treatment.ts'
import type { TreatmentAction } from '../domain/treatment-action.ts'
import { rateScores } from './rate.ts'

// How the columns of this module are told in histories.

const scores = rating(rateScores)
const person = record('person')
const risk = record('risk')
const method = record('risk_method')

export const riskFields: FieldKinds<Risk> = {
  ref: internal,
  title: text,
  kind: word('risk:kind'),
  scenario: text,
  threat: text,
  vulnerability: text,
  category: text,
  confidentiality: word('risk:loss'),
  integrity: word('risk:loss'),
  availability: word('risk:loss'),
  ownerId: person,
  methodId: method,
  inherent: scores,
  current: scores,
  target: scores,
  rationale: text,
  // Follows from the current level.
  priority: internal,
  assessedAt: internal,
  assessedBy: person,
  plannedAt: internal,
  imported: internal,
  effectiveness: text,
  effectivenessOn: date,
  closedAt: instant,
  closedReason: text,
  withdrawnAt: instant,
}

const level = ({ value, name }: Level): string => `${value} ${name}`.trim()
const levels = (of: readonly Level[]): string => of.map(level).join(', ')
const pair = ({ from, to }: LevelPair): string => `${from} → ${to}`

const bandName = (key: string | null, image: Image): string =>
  (image['bands'] as readonly Band[]).find((band) => band.key === key)?.name ?? key ?? ''

const dimension = ({ name, levels: of, acceptUpTo }: Dimension, image: Image): string =>
  `${name}: ${levels(of)}${acceptUpTo === null ? '' : ` (≤ ${bandName(acceptUpTo, image)})`}`

const authority = items(
  ({ upTo, also }: AuthorityStep, image) => ({ text: `≤ ${bandName(upTo, image)}`, keys: [...also] }),
  'risk:role',
)

// Rows of the matrix by likelihood; nothing to list where likelihood and consequence are multiplied.
const cells: FieldKind = {
  kind: 'items',
  words: null,
  items: (value, image) => {
    const aggregate = value as RiskMethod['aggregate']
    if (aggregate.mode === 'product') return [{ text: '×', keys: [] }]
    const rows = image['likelihood'] as readonly Level[]
    return aggregate.cells.map((row, index) => ({
      text: `${rows[index]?.name ?? index + 1}: ${row.map((key) => bandName(key, image)).join(', ')}`,
      keys: [],
    }))
  },
}

export const methodFields: FieldKinds<RiskMethod> = {
  name: text,
  edition: number,
  status: word('risk:methodStatus'),
  revisesId: method,
  likelihood: items(level),
  dimensions: items(dimension),
  combination: internal,
  aggregate: cells,
  bands: items(({ name, from, to }: Band) => (from === null ? name : `${name} ${from}–${to ?? ''}`)),
  acceptUpTo: {
    kind: 'items',
    words: null,
    items: (value, image) => [{ text: bandName(String(value), image), keys: [] }],
  },
  acceptanceAuthority: authority,
  planAuthority: authority,
  intervalMonths: number,
  triggers: items(),
  validityMonths: number,
  approvedBy: person,
  approvedAt: instant,
  supersededAt: instant,
  withdrawnAt: instant,
}

export const levelMapFields: FieldKinds<LevelMap> = {
  fromMethodId: method,
  toMethodId: method,
  likelihood: items(pair),
  dimensions: items(
    (one: LevelMap['dimensions'][number]) => `${one.from} → ${one.to}: ${one.levels.map(pair).join(', ')}`,
  ),
  overall: items(pair),
  status: word('risk:levelMapStatus'),
  approvedBy: person,
  approvedAt: instant,
  withdrawnAt: instant,
}

export const runFields: FieldKinds<AssessmentRun> = {
  ref: internal,
  name: text,
  scope: word('risk:runScope'),
  trigger: text,
  methodId: method,
  status: word('risk:runStatus'),
  openedOn: date,
  openedBy: person,
  closedAt: internal,
  closedOn: date,
  closedBy: person,
}

export const runMemberFields: FieldKinds<RunMember> = { riskId: risk, runId: record('risk_run'), live: internal }

export const runResultFields: FieldKinds<RunResult> = {
  runId: record('risk_run'),
  riskId: risk,
  methodId: method,
  // A copy of what the risk said; its own history tells of that.
  riskRef: internal,
  title: internal,
  scenario: internal,
  kind: internal,
  ownerId: person,
  rationale: text,
  options: words('risk:option'),
  inherent: scores,
  current: scores,
  target: scores,
  inherentBand: internal,
  currentBand: internal,
  targetBand: internal,
  exceedsThreshold: flag,
  priority: internal,
  rank: number,
  assessedAt: instant,
  assessedBy: person,
  frozenAt: internal,
}

export const optionFields: FieldKinds<TreatmentOption> = {
  riskId: risk,
  kind: word('risk:option'),
  agreement: text,
  agreementId: internal,
  change: text,
  endedOn: date,
  live: internal,
}

export const riseFields: FieldKinds<RiskRise> = {
  riskId: risk,
  axis: internal,
  reason: text,
  secondaryRiskId: risk,
  live: internal,
}

export const actionFields: FieldKinds<TreatmentAction> = {
  ref: internal,
  riskId: risk,
  title: text,
  description: text,
  controlId: record('control'),
  ownerId: person,
  ownerText: text,
  startOn: date,
  dueOn: date,
  // Each move is an entry of its own, with its reason.
  dueMoves: internal,
  resources: text,
  cost: money,
  status: word('risk:actionStatus'),
  statusReason: internal,
  startedAt: internal,
  doneAt: day,
  cancelledAt: internal,
}

export const actionControlFields = { actionId: record('risk_action'), controlId: record('control') }

export const actionEvidenceFields = { actionId: record('risk_action'), artefactId: record('artefact') }

export const rescoringFields: FieldKinds<Rescoring> = {
  riskId: risk,
  methodId: internal,
  // Before, reached and why stand in the change of the risk itself.
  before: internal,
  target: scores,
  reached: scores,
  variance: word('risk:variance'),
  rationale: internal,
  rescoredAt: internal,
  rescoredBy: internal,
}

export const approvalFields: FieldKinds<RiskApproval> = {
  riskId: risk,
  act: internal,
  personId: person,
  signedAt: internal,
  expiresOn: date,
  methodId: method,
  material: internal,
  materialHash: internal,
  needs: words('risk:role'),
  note: text,
  endedAt: internal,
  endedBy: internal,
}

export const signatureFields: FieldKinds<AuthoritySignature> = {
  approvalId: internal,
  role: word('risk:role'),
  personId: person,
  signedAt: internal,
  materialHash: internal,
}

export const controlFields: Omit<FieldKinds<RiskControl>, 'live'> = {
  riskId: risk,
  controlId: record('control'),
  state: word('risk:controlState'),
  lowers: word('risk:axis'),
  wentLiveAt: internal,
}
