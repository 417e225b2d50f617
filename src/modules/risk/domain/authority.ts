import { ok, type Result, refuse } from '#kernel/result.ts'
import type { Evaluation } from './evaluate.ts'
import { type AuthorityRole, bandIndex, type RiskMethod } from './method.ts'

/** The two acts of a risk owner (6.1.3 f): approving the treatment plan, accepting the residual risk. */
export const approvalActs = ['plan', 'acceptance'] as const
export type ApprovalAct = (typeof approvalActs)[number]

/**
 * Roles that sign in addition to the owner for a level, by the method's table; empty: the owner alone.
 * Refused when the level is above the table: nobody may sign it off, it has to be reduced.
 */
export function authorityFor(
  method: RiskMethod,
  act: ApprovalAct,
  evaluation: Evaluation,
): Result<readonly AuthorityRole[]> {
  const table = act === 'plan' ? method.planAuthority : method.acceptanceAuthority
  if (act === 'plan' && table.length === 0) return ok([])
  const step = table.find((candidate) => bandIndex(method, candidate.upTo) + 1 >= evaluation.level)
  if (step !== undefined) return ok(step.also)
  const what = act === 'plan' ? 'approve a plan for' : 'accept'
  return refuse(
    'risk.above_authority',
    `Nobody may ${what} a risk at ${evaluation.band.name} under method ${method.name}; reduce it first.`,
    { band: evaluation.band.key, method: method.name },
  )
}
