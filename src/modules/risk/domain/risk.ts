import type { RecordRow } from '#kernel/change.ts'
import type { Id } from '#kernel/id.ts'
import type { Refusal } from '#kernel/result.ts'
import type { Instant, LocalDate } from '#kernel/time.ts'
import type { StateScores } from './convert-scores.ts'
import { refusal, refuseStep } from './refusals.ts'
import type { RiskState } from './scores.ts'

/**
 * `informationSecurity`: loss of confidentiality, integrity or availability (6.1.2).
 * `isms`: a risk to the management system reaching its outcomes (6.1.1). `opportunity`: a chance for it (6.1.1), never scored.
 */
export const riskKinds = ['informationSecurity', 'isms', 'opportunity'] as const
export type RiskKind = (typeof riskKinds)[number]

/** Whether a property may be lost; imports that do not say arrive as `notStated`. */
export const propertyLosses = ['lost', 'notLost', 'notStated'] as const
export type PropertyLoss = (typeof propertyLosses)[number]

export const properties = ['confidentiality', 'integrity', 'availability'] as const
export type Property = (typeof properties)[number]

/** What a person writes about a risk; none of it is bound by approvals. */
export interface RiskWording {
  readonly title: string
  readonly scenario: string
  readonly threat: string | null
  readonly vulnerability: string | null
  readonly category: string | null
}

/** A level as a file words it, such as “Critical”, and its product. */
export interface StatedLevel {
  readonly level: string | null
  readonly product: number | null
}

/** Original values of an import, in the scales of its legacy method; kept for good. */
export interface ImportedValues extends StateScores {
  readonly methodId: Id<'riskMethod'>
  /** Levels and products as the file states them, also where no scores could be read. */
  readonly stated: Readonly<Record<RiskState, StatedLevel | null>>
  /** The file's own status text, such as “Accepted”: a claim, not an act of the owner. */
  readonly claimedStatus: string | null
  /** The file's owner when it was a role or an unknown name. */
  readonly claimedOwner: string | null
  /** The row as it stands in the file, by heading. */
  readonly row?: Readonly<Record<string, string>>
}

export interface Risk extends RecordRow, RiskWording, StateScores {
  readonly id: Id<'risk'>
  readonly ref: string
  readonly kind: RiskKind
  readonly confidentiality: PropertyLoss
  readonly integrity: PropertyLoss
  readonly availability: PropertyLoss
  readonly ownerId: Id<'person'> | null
  /** The method version all three states are scored under; null while nothing is scored. */
  readonly methodId: Id<'riskMethod'> | null
  /** Why the current level is what it is. */
  readonly rationale: string
  /** Sort key of the current level under `methodId` (`Evaluation.priority`); null while not scored. */
  readonly priority: number | null
  /** When the current level was scored, or taken over from a file; see `levelOrigin`. */
  readonly assessedAt: Instant | null
  /** Null as well while the level is as imported: who imports a register has not assessed what is in it. */
  readonly assessedBy: Id<'person'> | null
  /** When options, controls or target were last decided. */
  readonly plannedAt: Instant | null
  readonly imported: ImportedValues | null
  /** 6.1.1 e 2: did the actions for an opportunity or a risk to the ISMS work. */
  readonly effectiveness: string | null
  readonly effectivenessOn: LocalDate | null
  readonly closedAt: Instant | null
  readonly closedReason: string | null
  readonly withdrawnAt: Instant | null
}

/** Whose judgement a current level is: of a person here, or of the register it was imported from. */
export const levelOrigins = ['assessed', 'imported'] as const
export type LevelOrigin = (typeof levelOrigins)[number]

/** Where the current level comes from; null while there is none. What nobody here has assessed has no assessor. */
export const levelOrigin = (risk: Pick<Risk, 'current' | 'imported' | 'assessedBy'>): LevelOrigin | null =>
  risk.current === null ? null : risk.imported !== null && risk.assessedBy === null ? 'imported' : 'assessed'

export const riskLives = ['open', 'closed', 'withdrawn'] as const
export type RiskLife = (typeof riskLives)[number]

export type RiskStep =
  | 'edit'
  | 'assignOwner'
  | 'link'
  | 'assess'
  | 'planTreatment'
  | 'act'
  | 'rescore'
  | 'approvePlan'
  | 'acceptResidual'
  | 'evaluateEffectiveness'
  | 'endActivity'
  | 'withdraw'
  | 'reopen'

/** What can be done with a risk in each stage of its life; what a rule asks beyond that, the rule says itself. */
export const riskSteps = {
  open: [
    'edit',
    'assignOwner',
    'link',
    'assess',
    'planTreatment',
    'act',
    'rescore',
    'approvePlan',
    'acceptResidual',
    'evaluateEffectiveness',
    'endActivity',
    'withdraw',
  ],
  closed: ['reopen', 'withdraw'],
  withdrawn: ['reopen'],
} as const satisfies Record<RiskLife, readonly RiskStep[]>

export const riskLife = (risk: Pick<Risk, 'closedAt' | 'withdrawnAt'>): RiskLife =>
  risk.withdrawnAt !== null ? 'withdrawn' : risk.closedAt !== null ? 'closed' : 'open'

/** A risk that an assessment has to cover: neither closed nor withdrawn, and not an opportunity. */
export const isLive = (risk: Pick<Risk, 'kind' | 'closedAt' | 'withdrawnAt'>): boolean =>
  riskLife(risk) === 'open' && risk.kind !== 'opportunity'

export const refuseRiskStep = (risk: Risk, step: RiskStep): Refusal | null =>
  refuseStep<RiskLife, RiskStep>(riskSteps, riskLife(risk), step, 'risk.step', risk.ref)

/** Opportunities are outside the criteria for risks (6.1.1). */
export const refuseOpportunity = (risk: Risk): Refusal | null =>
  risk.kind === 'opportunity'
    ? refusal(
        'risk.opportunity_not_scored',
        `${risk.ref} is an opportunity; it gets actions, but no scores, treatment options or acceptance.`,
        { ref: risk.ref },
      )
    : null
