import type { Change } from '#kernel/change.ts'
import { changed } from '#kernel/change.ts'
import type { Id } from '#kernel/id.ts'
import type { Dossier } from './dossier.ts'
import { recordTypes } from './record-types.ts'
import { type Reason, reason } from './refusals.ts'
import type { ControlInPlan, RiskControl } from './treatment.ts'

/** Controls the current level counts on although their own records say that they are not in place or do not work. */
export const failingControls = ({ controls }: Pick<Dossier, 'controls'>): readonly ControlInPlan[] =>
  controls.filter((control) => control.state === 'failing')

/** Names them, and what follows for the level; null when there is none. Rules know controls by id, see nameControl. */
export function countsOnFailing(dossier: Pick<Dossier, 'controls'>): Reason | null {
  const controls = failingControls(dossier).map((control) => control.controlId)
  if (controls.length === 0) return null
  const message = `It has to be scored again, for its level counts on controls that are not in place or do not work by their own records: ${controls.length}.`
  return reason('risk.controls_failing', message, { controlIds: controls, controls })
}

/** The links behind them, as they stand in the register. */
export function failingLinks(dossier: Pick<Dossier, 'controls'>, links: readonly RiskControl[]): RiskControl[] {
  const failing = new Set<Id>(failingControls(dossier).map((control) => control.controlId))
  return links.filter((link) => link.live && failing.has(link.controlId))
}

/** A level scored today does not count on what is not there today: those links are planned from then on. */
export const takeBack = (links: readonly RiskControl[]): Change<RiskControl>[] =>
  links.map((link) =>
    changed<RiskControl>(recordTypes.control, link, { state: 'planned', wentLiveAt: null }, 'risk.control_planned'),
  )
