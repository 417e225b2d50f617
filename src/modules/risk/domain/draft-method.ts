import { type Change, changed, created } from '#kernel/change.ts'
import type { Id } from '#kernel/id.ts'
import { ok, type Result } from '#kernel/result.ts'
import type { At, ImportingAt } from './acting.ts'
import { type MethodContent, methodSteps, type RiskMethod } from './method.ts'
import { recordTypes } from './record-types.ts'
import { refuseStep, stop } from './refusals.ts'

/** A new draft. It may be incomplete; `validateMethod` says what is missing. `edition` counts from 1 in the organization. */
export function draftMethod(content: MethodContent, edition: number, at: At): Change<RiskMethod> {
  return created(recordTypes.method, newMethod(content, edition, null, at), 'risk.method_drafted')
}

/** Changes a draft. Refused for anything that was approved: revise it instead, so that results keep their criteria. */
export function editMethod(method: RiskMethod, patch: Partial<MethodContent>): Result<Change<RiskMethod>> {
  const refused = refuseMethodStep(method, 'edit')
  return refused ? stop(refused) : ok(changed(recordTypes.method, method, patch, 'risk.method_edited'))
}

/** A draft of the next version, starting from the approved one, under a name of its own. */
export function reviseMethod(method: RiskMethod, name: string, edition: number, at: At): Result<Change<RiskMethod>> {
  const refused = refuseMethodStep(method, 'revise')
  if (refused) return stop(refused)
  const draft = newMethod({ ...contentOf(method), name }, edition, method.id, at)
  return ok(created(recordTypes.method, draft, 'risk.method_revised'))
}

/** Withdraws a draft that will not be used. */
export function discardMethod(method: RiskMethod, at: At): Result<Change<RiskMethod>> {
  const refused = refuseMethodStep(method, 'discard')
  return refused
    ? stop(refused)
    : ok(changed(recordTypes.method, method, { withdrawnAt: at.now }, 'risk.method_discarded'))
}

/** What a method says, without its life: the part a draft, a form or an export is about. */
export function contentOf(method: MethodContent): MethodContent {
  return {
    name: method.name,
    likelihood: method.likelihood,
    dimensions: method.dimensions,
    combination: method.combination,
    aggregate: method.aggregate,
    bands: method.bands,
    acceptUpTo: method.acceptUpTo,
    acceptanceAuthority: method.acceptanceAuthority,
    planAuthority: method.planAuthority,
    intervalMonths: method.intervalMonths,
    triggers: method.triggers,
    validityMonths: method.validityMonths,
  }
}

/** A row for a new method in status draft. */
export function newMethod(
  content: MethodContent,
  edition: number,
  revisesId: Id<'riskMethod'> | null,
  at: Pick<ImportingAt, 'orgId' | 'mint'>,
): RiskMethod {
  return {
    id: at.mint<'riskMethod'>(),
    orgId: at.orgId,
    version: 1,
    ...contentOf(content),
    edition,
    status: 'draft',
    revisesId,
    approvedBy: null,
    approvedAt: null,
    supersededAt: null,
    withdrawnAt: null,
  }
}

/** Refuses a step the state table does not allow; a withdrawn draft allows none. */
export function refuseMethodStep(method: RiskMethod, step: (typeof methodSteps)[keyof typeof methodSteps][number]) {
  const table = method.withdrawnAt === null ? methodSteps : withdrawnSteps
  return refuseStep(table, method.status, step, 'risk.method_step', `Method ${method.name}`)
}

const withdrawnSteps: Record<RiskMethod['status'], readonly never[]> = {
  draft: [],
  approved: [],
  superseded: [],
  legacy: [],
}
