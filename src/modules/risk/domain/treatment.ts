import type { Id } from '#kernel/id.ts'
import type { Instant, LocalDate } from '#kernel/time.ts'
import type { RiskLink } from './links.ts'

/** The treatment options of 6.1.3 a. A risk has one or several of them, each kind once. */
export const optionKinds = ['modify', 'share', 'avoid', 'retain'] as const
export type OptionKind = (typeof optionKinds)[number]

/** A chosen option; dropping it keeps the row and sets `live` to false. Unique on (riskId, kind). */
export interface TreatmentOption extends RiskLink {
  readonly id: Id<'riskOption'>
  readonly kind: OptionKind
  /** Share: what the agreement is called. */
  readonly agreement: string | null
  /** Share: the agreement's record, where it is registered. */
  readonly agreementId: Id<'agreement'> | null
  /** Avoid: the change that ends the activity the risk comes from. */
  readonly change: string | null
  /** Avoid: the day the activity ended. */
  readonly endedOn: LocalDate | null
}

/** What a control lowers for this risk. */
export const axes = ['likelihood', 'consequence', 'both'] as const
export type Axis = (typeof axes)[number]

/** `live`: counted in the current level. `planned`: counted in the target only. */
export const controlStates = ['live', 'planned'] as const
export type ControlState = (typeof controlStates)[number]

/**
 * Where a control stands by its own records, in the terms of the statement; the controls module decides it.
 * `claimed`: said to be implemented, without evidence; `claimedInPart`: said to be so in part.
 */
export const controlStandings = [
  'implemented',
  'partial',
  'claimed',
  'claimedInPart',
  'notDetermined',
  'planned',
  'notImplemented',
  'failing',
  'excluded',
  'withdrawn',
] as const
export type ControlStanding = (typeof controlStandings)[number]

/** The state a newly linked control begins with: live where it is said or shown to be wholly in place, planned otherwise. */
export const startingState = (standing: ControlStanding | null): ControlState =>
  standing === 'implemented' || standing === 'claimed' ? 'live' : 'planned'

/** A control that treats the risk. Unique on (riskId, controlId). */
export interface RiskControl extends RiskLink {
  readonly id: Id<'riskControl'>
  readonly controlId: Id<'control'>
  readonly state: ControlState
  /** Null when an import did not say. */
  readonly lowers: Axis | null
  /** When it went from planned to live; null for a control that was live when it was linked. */
  readonly wentLiveAt: Instant | null
}

/** Why the likelihood or one dimension rises under the plan, and the risk that arises from it. Unique on (riskId, axis). */
export interface RiskRise extends RiskLink {
  readonly id: Id<'riskRise'>
  readonly axis: string
  readonly reason: string
  readonly secondaryRiskId: Id<'risk'>
}

/** `failing`: linked as live, but the records of the control say that it does not work at present. */
export type StandingOfControl = ControlState | 'failing'

/** A control as approvals are bound to it: the link together with what the controls module knows. */
export interface ControlInPlan {
  readonly controlId: Id<'control'>
  readonly lowers: Axis | null
  readonly state: StandingOfControl
  readonly wentLiveAt: Instant | null
  /** Where its own records say that it stands; null where nobody keeps them. No approval is bound to it. */
  readonly standing: ControlStanding | null
}

/** What rules on risks ask of a control's own records. */
export interface ControlRecord {
  readonly standing: ControlStanding
  readonly works: boolean
}

/**
 * A control a risk counts on today although its own records do not prove that it is wholly in place. Nobody may take such
 * a link for proof, however well it was meant.
 */
export const isUnproven = ({
  state,
  standing,
}: {
  readonly state: StandingOfControl
  readonly standing: ControlStanding | null
}): boolean => state !== 'planned' && standing !== null && standing !== 'implemented'

/**
 * Live links joined with what the controls module says of each control.
 * @param records by id of the control; one that is not there counts as working
 */
export function controlsInPlan(
  links: readonly RiskControl[],
  records: ReadonlyMap<Id, ControlRecord> = new Map(),
): ControlInPlan[] {
  return links
    .filter((link) => link.live)
    .map((link) => {
      const record = records.get(link.controlId)
      return {
        controlId: link.controlId,
        lowers: link.lowers,
        state: link.state === 'live' && record?.works === false ? 'failing' : link.state,
        wentLiveAt: link.wentLiveAt,
        standing: record?.standing ?? null,
      }
    })
}

/** The only option chosen is to retain: nothing is done, so the target is the current level. */
export const retainsOnly = (options: readonly TreatmentOption[]): boolean => {
  const live = options.filter((option) => option.live)
  return live.length > 0 && live.every((option) => option.kind === 'retain')
}

/** The only option chosen is to avoid: what remains after the end of the activity is nothing, so no target is needed. */
export const avoidsOnly = (options: readonly TreatmentOption[]): boolean => {
  const live = options.filter((option) => option.live)
  return live.length > 0 && live.every((option) => option.kind === 'avoid')
}
