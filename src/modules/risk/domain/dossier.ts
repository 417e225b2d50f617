import type { PersonFacts } from './acting.ts'
import type { SignedApproval } from './approval.ts'
import type { Plan } from './check-plan.ts'
import type { RiskMethod } from './method.ts'
import type { Risk } from './risk.ts'
import type { ControlInPlan, RiskRise, TreatmentOption } from './treatment.ts'
import type { ActionFacts, TreatmentAction } from './treatment-action.ts'

/** A risk with everything its rules look at; the server assembles it, for one risk or for a list. */
export interface Dossier {
  readonly risk: Risk
  /** The method version the risk is scored under; null while it is not scored. */
  readonly method: RiskMethod | null
  /** The approved version; null before the first approval. */
  readonly inForce: RiskMethod | null
  readonly owner: PersonFacts | null
  /** Rows that are not live are ignored. */
  readonly options: readonly TreatmentOption[]
  readonly controls: readonly ControlInPlan[]
  readonly rises: readonly RiskRise[]
  readonly actions: readonly ActionFacts[]
  /** The latest act of each kind that has not ended. */
  readonly planApproval: SignedApproval | null
  readonly acceptance: SignedApproval | null
}

/** A dossier that also says what each action is about, for the treatment plan. */
export interface FullDossier extends Dossier {
  readonly actions: readonly TreatmentAction[]
}

/** The plan as it stands in the records. */
export const planOf = (dossier: Dossier): Plan => ({
  options: dossier.options.filter((option) => option.live),
  controls: dossier.controls,
  target: dossier.risk.target,
  rises: dossier.rises.filter((rise) => rise.live),
})
