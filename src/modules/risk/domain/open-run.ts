import { type Change, created } from '#kernel/change.ts'
import type { Id } from '#kernel/id.ts'
import { ok, type Refusal, type Result } from '#kernel/result.ts'
import type { At } from './acting.ts'
import { setLive } from './links.ts'
import type { RiskMethod } from './method.ts'
import { recordTypes } from './record-types.ts'
import { refusal, refuseStep, stop } from './refusals.ts'
import { isLive, type Risk } from './risk.ts'
import { type AssessmentRun, type RunMember, type RunScope, runSteps } from './run.ts'
import { blank } from './words.ts'

export interface RunDraft {
  readonly name: string
  readonly scope: RunScope
  /** What happened; required for a partial run. */
  readonly trigger: string | null
  /** The risks of a partial run; a whole run takes every live risk, also those recorded while it is open. */
  readonly risks: readonly Risk[]
}

/**
 * Opens an assessment (8.2) under the approved method version, which it keeps until it is closed.
 * Refused: method not approved, no name, a partial run without trigger or risks, a risk that is closed or an opportunity.
 */
export function openRun(
  draft: RunDraft,
  at: At & { readonly ref: string; readonly method: RiskMethod },
): Result<readonly Change[]> {
  const wrong = checkDraft(draft, at.method)
  if (wrong) return stop(wrong)
  const run: AssessmentRun = {
    id: at.mint<'riskRun'>(),
    orgId: at.orgId,
    version: 1,
    ref: at.ref,
    name: draft.name,
    scope: draft.scope,
    trigger: draft.trigger,
    methodId: at.method.id,
    status: 'open',
    openedOn: at.today,
    openedBy: at.by.personId,
    closedAt: null,
    closedOn: null,
    closedBy: null,
  }
  const opened = created(recordTypes.run, run, 'risk.run_opened')
  if (draft.scope === 'whole') return ok([opened])
  const members = addRisks(run, draft.risks, [], at)
  return members.ok ? ok([opened, ...members.value]) : members
}

/** Names further risks in an open partial run. Risks already in it are left alone. */
export function addRisks(
  run: AssessmentRun,
  risks: readonly Risk[],
  members: readonly RunMember[],
  at: At,
): Result<readonly Change<RunMember>[]> {
  const refused = refuseStep(runSteps, run.status, 'addRisks', 'risk.run_step', `Run ${run.ref}`)
  if (refused) return stop(refused)
  if (run.scope === 'whole') {
    const message = `Run ${run.ref} covers every risk already; nothing has to be added.`
    return stop(refusal('risk.run_is_whole', message, { run: run.ref }))
  }
  const dead = risks.find((risk) => !isLive(risk))
  if (dead !== undefined) return stop(notLive(dead))
  const changes = new Map<Id, Change<RunMember>>()
  for (const risk of risks) {
    const member = members.find((candidate) => candidate.runId === run.id && candidate.riskId === risk.id)
    if (member?.live === true) continue
    changes.set(risk.id, member ? setLive(recordTypes.runMember, member, true) : newMember(run, risk, at))
  }
  return ok([...changes.values()])
}

function newMember(run: AssessmentRun, risk: Risk, at: At): Change<RunMember> {
  const row: RunMember = {
    id: at.mint<'riskRunMember'>(),
    orgId: run.orgId,
    version: 1,
    runId: run.id,
    riskId: risk.id,
    live: true,
  }
  return created(recordTypes.runMember, row, 'risk.run_risk_added')
}

function checkDraft(draft: RunDraft, method: RiskMethod): Refusal | null {
  if (method.status !== 'approved') {
    const message = `Method ${method.name} is ${method.status}; an assessment runs under an approved method.`
    return refusal('risk.method_not_in_force', message, { method: method.name, status: method.status }, 'methodId')
  }
  if (blank(draft.name))
    return refusal('risk.run_name', 'The run has no name; name it, for example Spring 2026.', {}, 'name')
  if (draft.scope === 'whole') return null
  if (blank(draft.trigger)) {
    const message = 'A partial run needs a trigger; say what happened that calls for it.'
    return refusal('risk.run_trigger', message, {}, 'trigger')
  }
  if (draft.risks.length > 0) return null
  return refusal('risk.run_empty', 'A partial run names the risks it assesses; choose at least one.', {}, 'riskIds')
}

const notLive = (risk: Risk): Refusal =>
  refusal(
    'risk.not_assessable',
    `${risk.ref} cannot be part of a run: it is closed, withdrawn or an opportunity.`,
    { ref: risk.ref },
    'riskIds',
  )
