import { type Change, changed } from '#kernel/change.ts'
import { ok, type Result } from '#kernel/result.ts'
import type { At } from './acting.ts'
import { rankResults } from './rank-risks.ts'
import { needReason } from './record-risk.ts'
import { recordTypes } from './record-types.ts'
import { refusal, refuseStep, stop } from './refusals.ts'
import type { Risk } from './risk.ts'
import { type AssessmentRun, missingFromRun, type RunMember, type RunResult, runSteps } from './run.ts'

/**
 * Closes a run: every result gets its rank and is frozen. From then on nothing rescores it, no new method either.
 * Refused: a risk of the run has no result (the first ones are named), or nothing was assessed at all.
 */
export function closeRun(
  run: AssessmentRun,
  facts: {
    readonly risks: readonly Risk[]
    readonly members: readonly RunMember[]
    readonly results: readonly RunResult[]
  },
  at: At,
): Result<readonly Change[]> {
  const refused = refuseStep(runSteps, run.status, 'close', 'risk.run_step', `Run ${run.ref}`)
  if (refused) return stop(refused)
  const missing = missingFromRun(run, facts.risks, facts.members, facts.results)
  if (missing.length > 0) {
    const refs = missing.map((risk) => risk.ref)
    const shown = refs.slice(0, 5).join(', ')
    const more = refs.length > 5 ? ` and ${refs.length - 5} more` : ''
    const message = `Run ${run.ref} cannot be closed: ${shown}${more} not assessed in it.`
    return stop(refusal('risk.run_incomplete', message, { run: run.ref, missing: refs }))
  }
  const results = facts.results.filter((result) => result.runId === run.id)
  if (results.length === 0) {
    const message = `Run ${run.ref} has no results; assess at least one risk, or cancel it.`
    return stop(refusal('risk.run_without_results', message, { run: run.ref }))
  }
  const patch = { status: 'closed', closedAt: at.now, closedOn: at.today, closedBy: at.by.personId } as const
  return ok([
    changed(recordTypes.run, run, patch, 'risk.run_closed'),
    ...rankResults(results).map(({ result, rank }) =>
      changed(recordTypes.runResult, result, { rank, frozenAt: at.now }, 'risk.run_frozen'),
    ),
  ])
}

/** Gives up an open run. What was scored for the risks stays; the run counts neither as planned assessment nor for trends. */
export function cancelRun(run: AssessmentRun, reason: string, at: At): Result<Change<AssessmentRun>> {
  const refused =
    refuseStep(runSteps, run.status, 'cancel', 'risk.run_step', `Run ${run.ref}`) ??
    needReason(reason, `Say why run ${run.ref} is cancelled.`, run.id)
  if (refused) return stop(refused)
  const patch = { status: 'cancelled', closedAt: at.now, closedOn: at.today, closedBy: at.by.personId } as const
  return ok(changed(recordTypes.run, run, patch, 'risk.run_cancelled', reason))
}
