import { type Change, created } from '#kernel/change.ts'
import { ok, type Refusal, type Result } from '#kernel/result.ts'
import type { ImportingAt, PersonFacts } from './acting.ts'
import { isAbove, levelText } from './compare-scores.ts'
import { convertStates, type StateScores } from './convert-scores.ts'
import { evaluate, evaluationOf } from './evaluate.ts'
import type { LevelMap } from './level-map.ts'
import type { RiskMethod } from './method.ts'
import { checkOwner, checkWording, newRisk, type RiskDraft } from './record-risk.ts'
import { recordTypes } from './record-types.ts'
import { type Reason, reason, refusal, stop } from './refusals.ts'
import type { Risk, StatedLevel } from './risk.ts'
import { type RiskState, riskStates } from './scores.ts'
import type { ControlDraft } from './set-controls.ts'
import type { OptionKind, RiskControl, TreatmentOption } from './treatment.ts'

/** A row of an imported register, read into the scales of its legacy method. */
export interface ImportedRisk extends RiskDraft {
  /** Null where the row does not say: a row with only a product stays unscored. */
  readonly states: StateScores
  /** The levels under the method in force as the import was told to read them; without it the level map converts. */
  readonly converted?: StateScores
  /** The row as it stands in the file, by heading. */
  readonly row?: Readonly<Record<string, string>>
  /** Levels and products the file states itself, to be compared with what they compute to. */
  readonly stated: Readonly<Record<RiskState, StatedLevel | null>>
  readonly rationale: string
  readonly claimedStatus: string | null
  readonly claimedOwner: string | null
  readonly options: readonly {
    readonly kind: OptionKind
    readonly agreement: string | null
    readonly change: string | null
  }[]
  readonly controls: readonly ControlDraft[]
}

export interface ImportAt extends ImportingAt {
  readonly ref: string
  readonly owner: PersonFacts | null
  readonly legacy: RiskMethod
  /** How the file's levels translate, and into which version; null: the risk stays under the legacy method until it is assessed. */
  readonly into: { readonly map: LevelMap; readonly method: RiskMethod } | null
}

export interface ImportOutcome {
  readonly changes: readonly Change[]
  /** Where the file disagrees with itself; shown before confirming, never a reason to refuse the row. */
  readonly deviations: readonly Reason[]
}

/**
 * Takes over a risk from a file. Original values stay on the risk for good; live values are converted by the approved map.
 * What the file claims (accepted, implemented) is kept as a claim; options and controls arrive as they are and are checked by the plan.
 * Refused: no title or scenario, an owner who has left, off-scale values, a level without counterpart, an overall target above the current level.
 */
export function importRisk(draft: ImportedRisk, at: ImportAt): Result<ImportOutcome> {
  const wrong = checkWording(draft, at.ref)[0] ?? checkOwner(at.owner, at.ref) ?? checkStates(draft, at) ?? checkMap(at)
  if (wrong) return stop(wrong)
  const converted = convertedStates(draft, at)
  if (!converted.ok) return converted
  const method = at.into?.method ?? at.legacy
  const current = evaluationOf(method, converted.value.current)
  const target = evaluationOf(method, converted.value.target)
  if (current !== null && target !== null && isAbove(target, current)) {
    const message = `The target of ${at.ref}, ${levelText(target)}, is above its current level, ${levelText(current)}; correct the row or leave the target out.`
    return stop(refusal('risk.target_above_current', message, { ref: at.ref }, 'target'))
  }
  const risk = importedRow(draft, converted.value, method, current?.priority ?? null, at)
  const changes = [
    created(recordTypes.risk, risk, 'risk.imported'),
    ...draft.options.map((option) => created(recordTypes.option, optionRow(option, risk, at), 'risk.imported')),
    ...draft.controls.map((control) => created(recordTypes.control, controlRow(control, risk, at), 'risk.imported')),
  ]
  return ok({ changes, deviations: deviationsOf(draft, at) })
}

function checkStates(draft: ImportedRisk, at: ImportAt): Refusal | null {
  if (draft.kind === 'opportunity' && riskStates.some((state) => draft.states[state] !== null)) {
    const message = `${at.ref} is an opportunity; opportunities are not scored.`
    return refusal('risk.opportunity_not_scored', message, { ref: at.ref }, 'kind')
  }
  for (const state of riskStates) {
    const scores = draft.states[state]
    const result = scores === null ? null : evaluate(at.legacy, scores)
    if (result?.ok === false) return { ...result.refusal, field: `${state}.${result.refusal.field ?? ''}` }
  }
  return null
}

function convertedStates(draft: ImportedRisk, { into }: ImportAt): Result<StateScores> {
  if (into === null) return ok(draft.states)
  if (!draft.converted) return convertStates(into.map, draft.states)
  for (const state of riskStates) {
    const scores = draft.converted[state]
    const result = scores === null ? null : evaluate(into.method, scores)
    if (result?.ok === false) return stop({ ...result.refusal, field: `${state}.${result.refusal.field ?? ''}` })
  }
  return ok(draft.converted)
}

function checkMap({ into, legacy }: ImportAt): Refusal | null {
  if (into === null || (into.map.fromMethodId === legacy.id && into.map.toMethodId === into.method.id)) return null
  const message = `The level map is not between ${legacy.name} and ${into.method.name}; choose the one that is.`
  return refusal('risk.map_other_method', message, { from: legacy.name, to: into.method.name })
}

function importedRow(
  draft: ImportedRisk,
  states: StateScores,
  method: RiskMethod,
  priority: number | null,
  at: ImportAt,
): Risk {
  const { states: original, stated, claimedStatus, claimedOwner } = draft
  const scored = riskStates.some((state) => states[state] !== null)
  return {
    ...newRisk(draft, at),
    ...states,
    methodId: scored ? method.id : null,
    rationale: draft.rationale,
    priority,
    assessedAt: states.current === null ? null : at.now,
    assessedBy: null,
    plannedAt: draft.options.length === 0 ? null : at.now,
    imported: {
      methodId: at.legacy.id,
      ...original,
      stated,
      claimedStatus,
      claimedOwner,
      ...(draft.row ? { row: draft.row } : {}),
    },
  }
}

function optionRow(draft: ImportedRisk['options'][number], risk: Risk, at: ImportingAt): TreatmentOption {
  return {
    id: at.mint<'riskOption'>(),
    orgId: risk.orgId,
    version: 1,
    riskId: risk.id,
    live: true,
    kind: draft.kind,
    agreement: draft.agreement,
    agreementId: null,
    change: draft.change,
    endedOn: null,
  }
}

function controlRow(draft: ControlDraft, risk: Risk, at: ImportingAt): RiskControl {
  return {
    id: at.mint<'riskControl'>(),
    orgId: risk.orgId,
    version: 1,
    riskId: risk.id,
    live: true,
    controlId: draft.controlId,
    state: draft.state,
    lowers: draft.lowers,
    wentLiveAt: null,
  }
}

function deviationsOf(draft: ImportedRisk, at: ImportAt): Reason[] {
  const found = riskStates.flatMap((state) => deviation(draft, state, at))
  const inherent = evaluationOf(at.legacy, draft.states.inherent)
  const current = evaluationOf(at.legacy, draft.states.current)
  if (inherent !== null && current !== null && isAbove(current, inherent)) {
    const message = `The current level of ${at.ref}, ${levelText(current)}, is above its inherent level, ${levelText(inherent)}.`
    found.push(reason('risk.current_above_inherent', message, { ref: at.ref }))
  }
  return found
}

function deviation(draft: ImportedRisk, state: RiskState, at: ImportAt): Reason[] {
  const stated = draft.stated[state]
  const evaluation = evaluationOf(at.legacy, draft.states[state])
  if (stated === null || evaluation === null) return []
  const found: Reason[] = []
  const product = evaluation.likelihood * evaluation.consequence
  if (stated.product !== null && stated.product !== product) {
    const message = `The ${state} score of ${at.ref} is stated as ${stated.product} but computes to ${product}.`
    found.push(
      reason('risk.product_deviates', message, { ref: at.ref, state, stated: stated.product, computed: product }),
    )
  }
  // One band only says that the file had no levels to compare with.
  if (stated.level !== null && at.legacy.bands.length > 1) {
    const computed = evaluation.band.name
    if (stated.level.trim().toLowerCase() !== computed.trim().toLowerCase()) {
      const message = `The ${state} level of ${at.ref} is stated as “${stated.level}” but computes to “${computed}”.`
      found.push(reason('risk.level_deviates', message, { ref: at.ref, state, stated: stated.level, computed }))
    }
  }
  return found
}
