import { type Change, changed } from '#kernel/change.ts'
import { ok, type Result } from '#kernel/result.ts'
import type { LocalDate } from '#kernel/time.ts'
import type { At } from './acting.ts'
import { recordTypes } from './record-types.ts'
import { refusal, stop } from './refusals.ts'
import { type Risk, refuseRiskStep } from './risk.ts'
import type { TreatmentOption } from './treatment.ts'
import { blank } from './words.ts'

/**
 * The activity a risk comes from has ended, so the risk is avoided and closes (6.1.3 a), whatever else was planned for it.
 * Refused: not to be avoided, no change named, ended in the future.
 */
export function endActivity(
  risk: Risk,
  options: readonly TreatmentOption[],
  endedOn: LocalDate,
  at: At,
): Result<readonly Change[]> {
  const refused = refuseRiskStep(risk, 'endActivity')
  if (refused) return stop(refused)
  const option = options.find((candidate) => candidate.live && candidate.kind === 'avoid')
  if (option === undefined || blank(option.change)) {
    const message = `${risk.ref} is not to be avoided; choose that option and name the change that ends the activity.`
    return stop(refusal('risk.not_avoided', message, { ref: risk.ref }, 'options'))
  }
  if (endedOn > at.today) {
    const message = `The activity behind ${risk.ref} cannot have ended on ${endedOn}, which is after today, ${at.today}.`
    return stop(refusal('risk.ends_in_future', message, { ref: risk.ref, endedOn }, 'endedOn'))
  }
  return ok([
    changed(recordTypes.option, option, { endedOn }, 'risk.activity_ended'),
    changed(recordTypes.risk, risk, { closedAt: at.now, closedReason: option.change }, 'risk.avoided'),
  ])
}
