import { type Change, changed } from '#kernel/change.ts'
import { ok, type Result, refuse } from '#kernel/result.ts'
import type { At } from './acting.ts'
import { refuseMethodStep } from './draft-method.ts'
import type { RiskMethod } from './method.ts'
import { recordTypes } from './record-types.ts'
import { stop } from './refusals.ts'
import { validateMethod } from './validate-method.ts'

/**
 * Approves a draft: from now on it is in force and never changes; the version in force before it is superseded.
 * Frozen results keep the version they were made under; runs that are open keep theirs until they are closed.
 * Refused: not a draft, incomplete (all sentences in `facts.problems`), or a name another version bears
 * (sentences and reports name the method, so the name must say which version is meant).
 */
export function approveMethod(
  draft: RiskMethod,
  at: At & { readonly inForce: RiskMethod | null; readonly otherNames: readonly string[] },
): Result<readonly Change<RiskMethod>[]> {
  const refused = refuseMethodStep(draft, 'approve')
  if (refused) return stop(refused)
  const problems = validateMethod(draft)
  const first = problems[0]
  if (first !== undefined) {
    const more = problems.length === 1 ? '' : ` ${problems.length - 1} more to correct.`
    return refuse(
      'risk.method_incomplete',
      `Method ${draft.name} cannot be approved yet. ${first.message}${more}`,
      { problems: problems.map((problem) => problem.message), fields: problems.map((problem) => problem.field ?? '') },
      first.field,
    )
  }
  const name = draft.name.trim()
  if (at.otherNames.some((other) => other.trim() === name)) {
    const message = `Another version of the method is already named ${name}; give this one a name of its own, such as the year.`
    return refuse('risk.method_name_taken', message, { name }, 'name')
  }
  const approved = changed(
    recordTypes.method,
    draft,
    { status: 'approved', approvedBy: at.by.personId, approvedAt: at.now },
    'risk.method_approved',
  )
  if (at.inForce === null || at.inForce.id === draft.id) return ok([approved])
  const superseded = changed(
    recordTypes.method,
    at.inForce,
    { status: 'superseded', supersededAt: at.now },
    'risk.method_superseded',
    `Superseded by ${draft.name}`,
  )
  // The old version goes first: at no moment are two in force.
  return ok([superseded, approved])
}
