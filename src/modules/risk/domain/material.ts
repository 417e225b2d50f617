import type { Id } from '#kernel/id.ts'
import type { Dossier } from './dossier.ts'
import type { Scores } from './scores.ts'
import type { Axis, OptionKind, StandingOfControl } from './treatment.ts'
import { residualOf } from './treatment-state.ts'
import { compareText } from './words.ts'

export interface MaterialOption {
  readonly kind: OptionKind
  readonly agreementId: Id<'agreement'> | null
}

export interface MaterialControl {
  readonly controlId: Id<'control'>
  readonly lowers: Axis | null
  readonly state: StandingOfControl
}

interface MaterialBase {
  readonly riskId: Id<'risk'>
  readonly ownerId: Id<'person'> | null
  readonly methodId: Id<'riskMethod'>
  readonly current: Scores
  /** Sorted by kind. */
  readonly options: readonly MaterialOption[]
  /** Sorted by id. */
  readonly controls: readonly MaterialControl[]
}

/** What the approval of a treatment plan is bound to. */
export interface PlanMaterial extends MaterialBase {
  readonly act: 'plan'
  readonly target: Scores | null
}

/** What the acceptance of a residual risk is bound to. */
export interface AcceptanceMaterial extends MaterialBase {
  readonly act: 'acceptance'
  readonly residual: Scores
}

export type Material = PlanMaterial | AcceptanceMaterial

/**
 * The state a plan approval is given for: scores, options, controls and their status, owner, method version.
 * Not wording, actions or dates: those change while a plan is carried out and have their own history.
 * The server hashes the canonical JSON (RFC 8785), in which the order of keys does not matter. Null while the risk is not scored.
 */
export function planMaterial(dossier: Dossier): PlanMaterial | null {
  const base = materialBase(dossier)
  if (base === null) return null
  const { target } = dossier.risk
  return { act: 'plan', ...base, target }
}

/** The state an acceptance is given for; as `planMaterial`, with the residual instead of the target. Null while nothing is scored. */
export function acceptanceMaterial(dossier: Dossier): AcceptanceMaterial | null {
  const base = materialBase(dossier)
  const residual = residualOf(dossier)
  if (base === null || residual === null) return null
  return { act: 'acceptance', ...base, residual: residual.scores }
}

function materialBase(dossier: Dossier): MaterialBase | null {
  const { risk } = dossier
  if (risk.current === null || risk.methodId === null) return null
  return {
    riskId: risk.id,
    ownerId: risk.ownerId,
    methodId: risk.methodId,
    current: risk.current,
    options: dossier.options
      .filter((option) => option.live)
      .map((option) => ({ kind: option.kind, agreementId: option.agreementId }))
      .sort((a, b) => compareText(a.kind, b.kind)),
    controls: dossier.controls
      .map((control) => ({ controlId: control.controlId, lowers: control.lowers, state: control.state }))
      .sort((a, b) => compareText(a.controlId, b.controlId)),
  }
}
