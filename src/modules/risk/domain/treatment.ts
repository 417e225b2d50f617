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

/** What the records say of a control that is in place: shown by evidence, or claimed only. */
export const inPlaceKinds = ['evidenced', 'claimed'] as const
export type InPlace = (typeof inPlaceKinds)[number]

/** The state a newly linked control begins with: live where its records say that it is in place, planned otherwise. */
export const startingState = (inPlace: InPlace | null): ControlState => (inPlace === null ? 'planned' : 'live')

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
}

/**
 * Live links joined with the controls that currently fail.
 * @param failing ids of controls whose tests or findings say they do not work; the controls module publishes them
 */
export function controlsInPlan(links: readonly RiskControl[], failing: ReadonlySet<Id> = new Set()): ControlInPlan[] {
  return links
    .filter((link) => link.live)
    .map((link) => ({
      controlId: link.controlId,
      lowers: link.lowers,
      state: link.state === 'live' && failing.has(link.controlId) ? 'failing' : link.state,
      wentLiveAt: link.wentLiveAt,
    }))
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
