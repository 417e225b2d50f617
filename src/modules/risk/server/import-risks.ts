import type { Change } from '#kernel/change.ts'
import { created } from '#kernel/change.ts'
import type { Id } from '#kernel/id.ts'
import {
  dateValue,
  errorIssue,
  type FactValue,
  factsOf,
  fit,
  fitLine,
  headed,
  notesOf,
  ownerFact,
  type RowFact,
  saidValue,
  textValue,
  wordValue,
} from '#kernel/import/planning.ts'
import { issueOf } from '#kernel/import/questions.ts'
import { fold } from '#kernel/import/text.ts'
import type { ImportContext, InterpretedRow, Mapping, RowIssue, Table } from '#kernel/import.ts'
import { ownValue } from '#kernel/own-value.ts'
import { ok, type Result } from '#kernel/result.ts'
import type { Tx } from '#platform/db/transaction.ts'
import { type ImportOccasion, importTarget, type PlannedRow } from '#platform/import/server/import-target.ts'
import { withNumbers } from '#platform/import/server/ref-book.ts'
import { evaluationOf } from '../domain/evaluate.ts'
import { stageMeanings } from '../domain/import/convert-levels.ts'
import { amountText, importAction } from '../domain/import/import-action.ts'
import { type ImportedRisk as Draft, originalScalesOf, riskImport } from '../domain/import/import-risks.ts'
import { legacyScales, levelMapContent, unscaled } from '../domain/import/legacy-scales.ts'
import type { OriginalLevels } from '../domain/import/original-levels.ts'
import { headingOfImpact } from '../domain/import/refine-risk.ts'
import { figureOf } from '../domain/import/risk-scales.ts'
import { type ImportAt, type ImportedRisk, importRisk } from '../domain/import-risk.ts'
import { legacyMethod } from '../domain/legacy-method.ts'
import { approveLevelMap, draftLevelMap } from '../domain/level-map.ts'
import { assetLinks } from '../domain/links.ts'
import type { RiskMethod } from '../domain/method.ts'
import { assignOwner, editRisk } from '../domain/record-risk.ts'
import { recordTypes } from '../domain/record-types.ts'
import type { Risk, StatedLevel } from '../domain/risk.ts'
import type { RiskState, Scores } from '../domain/scores.ts'
import { optionKinds } from '../domain/treatment.ts'
import { importingAt, loadRiskImport, type RiskImportState } from './import-context.ts'

async function load(tx: Tx): Promise<{ context: ImportContext; state: RiskImportState }> {
  const { context, state } = await loadRiskImport(tx)
  const existing = withNumbers(
    [...state.risks.values()].map(({ id, ref, title }) => ({ id, ref, name: title })),
    'R',
  )
  return { context: { ...context, existing }, state }
}

interface Ground {
  readonly state: RiskImportState
  readonly at: ImportOccasion
  readonly mapping: Mapping
  readonly context: ImportContext
  readonly legacy: RiskMethod
  /** False when the file's scales could not be kept: its figures stay text. */
  readonly scaled: boolean
  readonly into: ImportAt['into']
}

/** The risk register: risks with options, controls, actions and assets; the file's scales as a legacy method version. */
export const riskTarget = importTarget<Draft, RiskImportState>({
  register: riskImport,
  action: 'risk.import',
  load,
  plan({ table, rows, mapping, context, state, at }) {
    const prepared = prepareMethod(table, { mapping, context, state, at })
    if (!prepared.ok) return prepared
    const { ground, changes } = prepared.value
    const planned = rows.map((row) => planRow(row, ground))
    // Without a new risk there is nothing the scales would belong to.
    const needed = planned.some((row) => row.changes.some((change) => change.before === null))
    return ok({
      before: needed ? changes : [],
      rows: planned,
      after: [],
      books: [state.riskRefs, state.actionRefs],
    })
  },
  takeBack: takeBackRisks(),
})

/** How the records of this module are taken back that have no `live` and no `withdrawnAt`, or a status beside it. */
export function takeBackRisks(): Record<string, (at: ImportOccasion) => Record<string, unknown>> {
  return {
    [recordTypes.action]: (at) => ({
      status: 'cancelled',
      cancelledAt: at.now,
      statusReason: `Import ${at.ref} was undone.`,
    }),
    [recordTypes.levelMap]: () => ({ status: 'withdrawn' }),
  }
}

/** The legacy method version, and the map into the method in force, approved by whoever imports. */
function prepareMethod(
  table: Table,
  { mapping, context, state, at }: Pick<Ground, 'mapping' | 'context' | 'state' | 'at'>,
): Result<{ readonly ground: Ground; readonly changes: readonly Change[] }> {
  const edition = state.methods.reduce((last, method) => Math.max(last, method.edition), 0) + 1
  const who = importingAt(at)
  const name = `${at.ref} ${at.fileName}`.slice(0, 120).toWellFormed()
  const kept = legacyMethod(legacyScales(name, originalScalesOf(table, mapping)), edition, who)
  const fallback = kept.ok ? kept : legacyMethod(unscaled(name), edition, who)
  if (!fallback.ok) return fallback
  const legacy = fallback.value.after
  const scaled = kept.ok && legacy.likelihood[0]?.name !== 'not stated'
  const base = { state, at, mapping, context, legacy, scaled }
  const changes: Change[] = [fallback.value]
  const { inForce } = state
  if (!inForce) return ok({ ground: { ...base, into: null }, changes })
  const content = scaled ? levelMapContent(mapping, legacy) : { likelihood: [], dimensions: [], overall: [] }
  const draft = draftLevelMap(content, legacy, inForce, who)
  const approved = approveLevelMap(draft.after, legacy, inForce, who)
  if (!approved.ok)
    return { ok: false, refusal: { ...approved.refusal, field: `levelMaps.${approved.refusal.field ?? ''}` } }
  if (content.likelihood.length > 0) changes.push(draft, approved.value)
  return ok({ ground: { ...base, into: { map: approved.value.after, method: inForce } }, changes })
}

function planRow(row: InterpretedRow<Draft>, ground: Ground): PlannedRow {
  const { becomes: draft, line, status } = row
  const issues: RowIssue[] = [...row.issues]
  if (!draft) return { line, status, becomes: null, issues, changes: [] }
  const { state, at } = ground
  const known = row.existingId === null ? undefined : state.risks.get(row.existingId)
  const ref = known?.ref ?? (status === 'create' ? state.riskRefs.take(draft.ref) : draft.ref)
  const becomes = { ref, title: draft.title, facts: factsOfRisk(draft, ground) }
  const planned: PlannedRow = { line, status, becomes, issues, changes: [] }
  const failed = (refusal: Parameters<typeof errorIssue>[0]): PlannedRow => ({
    ...planned,
    status: 'error',
    issues: [...issues, errorIssue(refusal)],
  })
  if (status === 'update' && known) {
    const changes = updateOf(known, draft, ground, issues)
    return changes.ok ? { ...planned, changes: changes.value } : failed(changes.refusal)
  }
  if (status !== 'create') return planned
  const imported = importRisk(riskOf(draft, ground, issues), {
    ...importingAt(at),
    ref: ref ?? '',
    owner: ownerOf(draft, ground),
    legacy: ground.legacy,
    into: ground.into,
  })
  if (!imported.ok) return failed(imported.refusal)
  const [risk] = imported.value.changes
  if (!risk) return planned
  for (const { code, message, facts } of imported.value.deviations) {
    // Products and levels the reading has compared already are not reported twice.
    if (code !== 'risk.product_deviates' && code !== 'risk.level_deviates')
      issues.push({ severity: 'warning', code, field: null, message, facts })
  }
  const recorded = risk.after as Risk
  const around = [...linksOf(recorded, draft, at), ...actionsOf(recorded, draft, ground, issues)]
  return { ...planned, changes: [...imported.value.changes, ...around] }
}

const ownerOf = (draft: Draft, { state }: Ground) => state.people.get(draft.owner?.personId ?? '') ?? null

/** Statuses that say somebody did something; here it is a claim until the records show it. */
const claims = new Set(['accepted', 'treated', 'avoided', 'shared', 'closed'])

function riskOf(draft: Draft, ground: Ground, issues: RowIssue[]): ImportedRisk {
  const short = (text: string | null, field: string, max = 500): string | null =>
    text === null ? null : fit(text, max, field, issues)
  const heading = headed(ground.mapping)
  const claimed = draft.status && (draft.status.value === null || claims.has(draft.status.value))
  return {
    ...wordingOf(draft, issues),
    kind: 'informationSecurity',
    states: statesOf(draft, ground, (levels) => (ground.scaled ? (levels.scores as Scores | null) : null)),
    ...(ground.into ? { converted: convertedOf(draft) } : {}),
    stated: statesOf(draft, ground, (levels): StatedLevel | null => {
      const product = levels.score === null ? null : figureOf(levels.score)
      return levels.level === null && product === null ? null : { level: short(levels.level, 'level'), product }
    }),
    rationale: fit(
      notesOf([
        [heading('rationale', 'Rationale'), draft.rationale],
        [heading('existingControls', 'Existing controls'), draft.existingControls],
        // One known word says no more than the option it becomes.
        [
          heading('decision', 'Treatment option'),
          draft.options.length === 1 && !/\s/u.test(draft.decision ?? '') ? null : draft.decision,
        ],
        [heading('remarks', 'Remarks'), draft.remarks],
      ]),
      5000,
      'rationale',
      issues,
    ),
    claimedStatus: claimed ? short(draft.status?.text ?? null, 'status', 200) : null,
    claimedOwner: draft.owner && draft.owner.personId === null ? short(draft.owner.text, 'owner', 200) : null,
    options: optionKinds
      .filter((kind) => draft.options.includes(kind))
      .map((kind) => ({ kind, agreement: null, change: null })),
    controls: controlsOf(draft, ground),
    row: draft.raw,
  }
}

function wordingOf(draft: Draft, issues: RowIssue[]) {
  const short = (text: string | null, field: string, max = 500): string | null =>
    text === null ? null : fit(text, max, field, issues)
  return {
    title: fitLine(draft.title, 300, 'title', issues),
    scenario: fit(draft.scenario, 10_000, 'description', issues),
    threat: short(draft.threat, 'threat'),
    vulnerability: short(draft.vulnerability, 'vulnerability'),
    category: short(draft.category, 'category', 200),
    confidentiality: draft.confidentiality,
    integrity: draft.integrity,
    availability: draft.availability,
  }
}

/** One value per state, from the stage of the file that stands for it. */
function statesOf<T>(
  draft: Draft,
  { mapping }: Ground,
  pick: (levels: OriginalLevels) => T | null,
): Record<RiskState, T | null> {
  const meanings = stageMeanings(mapping)
  const states: Record<RiskState, T | null> = { inherent: null, current: null, target: null }
  for (const [stage, levels] of Object.entries(draft.original)) {
    const state = meanings[stage as keyof typeof meanings]
    if (state !== null && states[state] === null) states[state] = pick(levels)
  }
  return states
}

const convertedOf = ({ scores }: Draft): Record<RiskState, Scores | null> => ({
  inherent: scores.inherent as Scores | null,
  current: scores.current as Scores | null,
  target: scores.target as Scores | null,
})

/** Each control once; one the file calls existing is live, whatever else it says. */
function controlsOf(draft: Draft, { state }: Ground): ImportedRisk['controls'] {
  const found = new Map<Id<'control'>, 'live' | 'planned'>()
  for (const named of draft.controls) {
    const id = named.ref === null ? undefined : state.controls.get(fold(named.ref))
    if (id !== undefined && found.get(id) !== 'live') found.set(id, named.state)
  }
  return [...found].map(([controlId, controlState]) => ({ controlId, state: controlState, lowers: null }))
}

function linksOf(risk: Risk, draft: Draft, at: ImportOccasion): Change[] {
  const ids = new Set(draft.assets.flatMap(({ assetId }) => assetId ?? []))
  return [...ids].map((id) =>
    created(
      'risk_asset',
      assetLinks.create(id as Id, { id: at.newId(), orgId: at.orgId, version: 1, riskId: risk.id, live: true }),
      'risk.imported',
    ),
  )
}

function actionsOf(risk: Risk, draft: Draft, ground: Ground, issues: RowIssue[]): Change[] {
  const planned = controlsOf(draft, ground).filter((control) => control.state === 'planned')
  const heading = headed(ground.mapping)
  // With one measure it is plain which controls it brings about; with several a file does not say which brings about which.
  const controlIds = draft.measures.length === 1 ? planned.map(({ controlId }) => controlId) : []
  return draft.measures.flatMap((measure) =>
    importAction(
      {
        title: measure.text,
        notes: [],
        headings: {
          action: heading('measures', 'Action'),
          due: heading('measureDue', 'Due'),
          start: 'Start',
          status: heading('measureStatus', 'Status'),
          completed: 'Completed on',
        },
        owner: measure.owner,
        start: null,
        due: measure.due,
        completed: null,
        cost: measure.cost,
        resources: null,
        status: measure.status,
      },
      {
        ...importingAt(ground.at),
        ref: ground.state.actionRefs.take(null),
        riskId: risk.id,
        controlIds,
        currency: ground.at.org.currency,
      },
      issues,
    ),
  )
}

/** An update changes words and owner. Levels and treatment are judged here, and signed for, so a file does not change them. */
function updateOf(known: Risk, draft: Draft, ground: Ground, issues: RowIssue[]): Result<readonly Change[]> {
  const wording = wordingOf(draft, issues)
  const news = Object.fromEntries(
    Object.entries(wording).filter(
      ([key, value]) => value !== null && value !== 'notStated' && value !== known[key as keyof Risk],
    ),
  )
  const changes: Change[] = []
  let risk = known
  if (Object.keys(news).length > 0) {
    const edited = editRisk(risk, news)
    if (!edited.ok) return edited
    changes.push(edited.value)
    risk = edited.value.after
  }
  const owner = ownerOf(draft, ground)
  if (owner && owner.id !== known.ownerId) {
    const assigned = assignOwner(risk, owner)
    if (!assigned.ok) return assigned
    changes.push(assigned.value)
  }
  if (Object.keys(draft.original).length > 0 || draft.options.length > 0) {
    issues.push(issueOf('note', 'import.levels_stay', null, { ref: known.ref }))
  }
  return ok(changes)
}

function factsOfRisk(draft: Draft, ground: Ground): RowFact[] {
  return factsOf({
    Owner: ownerFact(draft.owner, ground.context),
    Inherent: levelFact(draft, 'inherent', ground),
    Current: levelFact(draft, 'current', ground),
    Target: levelFact(draft, 'target', ground),
    'Residual (meaning not said yet)': openFact(draft, 'residual', ground),
    'Figures (stage not said yet)': openFact(draft, 'assessed', ground),
    Options: draft.options.map((option) => wordValue('risk:option', option)),
    Controls: draft.controls.map(({ ref, text, state }) => controlFact(ref, text, state)),
    Assets: draft.assets.map(({ assetId, text }) =>
      assetId === null ? saidValue('import.fact_unknown', { text }) : textValue(text),
    ),
    Actions: draft.measures.map((measure) => measure.text).join('; '),
    'Action owner': ownerFact(draft.measures[0]?.owner ?? null, ground.context),
    'Action due': dateValue(draft.measures[0]?.due ?? null),
    'Action status': draft.measures[0]?.status?.text,
    Cost: amountText(draft.measures[0]?.cost ?? null),
    'Status in the file': draft.status?.text,
    Description: draft.scenario,
    Threat: draft.threat,
    Vulnerability: draft.vulnerability,
    'Existing controls': draft.existingControls,
    Category: draft.category,
    Confidentiality: lossFact(draft, 'confidentiality', ground),
    Integrity: lossFact(draft, 'integrity', ground),
    Availability: lossFact(draft, 'availability', ground),
    'Affected properties (C, I, A)': unreadCell(draft, 'properties', ground),
    'Treatment option': draft.decision,
    Rationale: draft.rationale,
    'Identified on': dateValue(draft.identifiedOn),
    'Next review': dateValue(draft.reviewOn),
    Remarks: draft.remarks,
  })
}

/** A cell no property could be read from: it stays with the original values, and the property open. */
function unreadCell(draft: Draft, field: string, { mapping }: Ground): Omit<RowFact, 'label'> | null {
  const open =
    draft.confidentiality === 'notStated' && draft.integrity === 'notStated' && draft.availability === 'notStated'
  const text = ownValue(draft.raw, mapping.columns[field]?.[0]?.header ?? '')
  return text === undefined || (field === 'properties' && !open)
    ? null
    : { values: [textValue(text)], into: [wordValue('risk:loss', 'notStated')] }
}

const lossFact = (draft: Draft, property: 'confidentiality' | 'integrity' | 'availability', ground: Ground) =>
  draft[property] === 'notStated' ? unreadCell(draft, property, ground) : wordValue('risk:loss', draft[property])

function controlFact(control: string | null, text: string, state: 'live' | 'planned'): FactValue {
  if (control === null) return saidValue('import.fact_unknown', { text })
  return saidValue(state === 'live' ? 'import.fact_control_live' : 'import.fact_control_planned', { control })
}

/** The figures of a state as the file has them, and what they are under the method in force. */
function levelFact(draft: Draft, state: RiskState, ground: Ground): Omit<RowFact, 'label'> | null {
  const levels = statesOf(draft, ground, (stated) => stated)[state]
  if (!levels) return null
  const values = figuresOf(levels, ground)
  const scores = draft.scores[state]
  const method = ground.into?.method ?? null
  if (method === null) return { values, into: null }
  if (!scores) return { values, into: [saidValue('import.fact_not_scored')] }
  const into = [
    saidValue('import.fact_likelihood', { value: scores.likelihood }),
    ...Object.entries(scores.consequences).map(([key, value]) => {
      const dimension = nameOfDimension(method, key)
      return dimension === null
        ? saidValue('import.fact_impact', { value })
        : saidValue('import.fact_dimension', { dimension, value })
    }),
  ]
  const band = evaluationOf(method, scores as Scores)?.band.name
  // Figures that stay as they are need not be read twice.
  const stays = (one: FactValue): boolean =>
    one.kind === 'said' && values.some((stated) => stated.kind === 'said' && stated.message === one.message)
  const news = [
    ...into.filter((one) => !stays(one)),
    ...(band === undefined ? [] : [saidValue('import.fact_level', { value: band })]),
  ]
  return { values, into: news.length === 0 ? null : news }
}

/** Figures of a stage nobody has said the meaning of yet: they stay with the original values. */
function openFact(draft: Draft, stage: 'residual' | 'assessed', ground: Ground): readonly FactValue[] | null {
  const levels = draft.original[stage]
  return levels === undefined || stageMeanings(ground.mapping)[stage] !== null ? null : figuresOf(levels, ground)
}

/** The figures of a stage as they stand in the file. */
function figuresOf(levels: OriginalLevels, ground: Ground): FactValue[] {
  const method = ground.into?.method ?? null
  const dimensions = ground.mapping.options.dimensions
  return [
    ...(levels.likelihood === null ? [] : [saidValue('import.fact_likelihood', { value: levels.likelihood })]),
    ...Object.entries(levels.impacts).map(([key, value]) =>
      saidValue('import.fact_dimension', {
        dimension: nameOfDimension(method, ownValue(dimensions, key) ?? null) ?? headingOfImpact(ground.mapping, key),
        value,
      }),
    ),
    ...(levels.impact === null ? [] : [saidValue('import.fact_impact', { value: levels.impact })]),
    ...(levels.score === null ? [] : [saidValue('import.fact_score', { value: levels.score })]),
    ...(levels.level === null ? [] : [saidValue('import.fact_level', { value: levels.level })]),
  ]
}

const nameOfDimension = (method: RiskMethod | null, key: string | null): string | null =>
  method?.dimensions.find((one) => one.key === key)?.name ?? null
