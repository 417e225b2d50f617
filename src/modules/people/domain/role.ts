import { type Change, changed, created, type RecordRow } from '#kernel/change.ts'
import type { Id } from '#kernel/id.ts'
import { ok, type Result, refuse } from '#kernel/result.ts'
import type { Instant, LocalDate } from '#kernel/time.ts'

/** The two assignments top management has to make: that the ISMS conforms, and that its performance is reported (5.3). */
export const mandates = ['conformity', 'reporting'] as const
export type Mandate = (typeof mandates)[number]

/** A role of the ISMS with its responsibilities and authorities (5.3). */
export interface IsmsRole extends RecordRow {
  readonly id: Id<'role'>
  readonly ref: string
  readonly name: string
  readonly mandate: Mandate | null
  readonly responsibilities: string
  readonly authorities: string
  readonly withdrawnAt: Instant | null
}

export type RoleFields = Pick<IsmsRole, 'name' | 'mandate' | 'responsibilities' | 'authorities'>

/** That a person holds a role, once they have accepted it. */
export interface RoleAssignment extends RecordRow {
  readonly id: Id<'assignment'>
  readonly roleId: Id<'role'>
  readonly personId: Id<'person'>
  readonly assignedOn: LocalDate
  readonly assignedBy: Id<'person'> | null
  readonly acceptedAt: Instant | null
  readonly declinedAt: Instant | null
  /** The last day; the role is held until its end. */
  readonly endedOn: LocalDate | null
}

export const assignmentStates = ['awaiting', 'accepted', 'declined', 'ended'] as const
export type AssignmentState = (typeof assignmentStates)[number]

/** Where an assignment stands on a day. */
export function assignmentState(
  assignment: Pick<RoleAssignment, 'acceptedAt' | 'declinedAt' | 'endedOn'>,
  today: LocalDate,
): AssignmentState {
  if (assignment.declinedAt !== null) return 'declined'
  if (assignment.endedOn !== null && assignment.endedOn < today) return 'ended'
  return assignment.acceptedAt === null ? 'awaiting' : 'accepted'
}

export const roleStates = ['filled', 'awaiting', 'vacant'] as const
export type RoleState = (typeof roleStates)[number]

/** Whether a role is filled: only by somebody who is here and has accepted it. */
export function roleState(
  holders: readonly { readonly state: AssignmentState; readonly active: boolean }[],
): RoleState {
  const here = holders.filter((holder) => holder.active)
  if (here.some((holder) => holder.state === 'accepted')) return 'filled'
  return here.some((holder) => holder.state === 'awaiting') ? 'awaiting' : 'vacant'
}

/** The best state among several roles: one filled role is enough for a mandate. */
export function bestState(states: readonly RoleState[]): RoleState {
  return roleStates.find((state) => states.includes(state)) ?? 'vacant'
}

/** A new role. */
export function addRole(key: Pick<IsmsRole, 'id' | 'orgId' | 'ref'>, fields: RoleFields): Change<IsmsRole> {
  return created('isms_role', { ...key, ...fields, version: 1, withdrawnAt: null }, 'role.added')
}

/** Changes what a role says. */
export function changeRole(role: IsmsRole, patch: Partial<RoleFields>): Result<Change<IsmsRole>> {
  if (role.withdrawnAt !== null) return withdrawn(role)
  return ok(changed('isms_role', role, patch, 'role.changed'))
}

/** Takes a role out of use. Refuses while somebody holds it or is asked to. */
export function withdrawRole(
  role: IsmsRole,
  now: Instant,
  reason: string,
  held: readonly { readonly name: string }[],
): Result<Change<IsmsRole>> {
  if (role.withdrawnAt !== null) return withdrawn(role)
  if (held.length > 0) {
    const names = held.map((holder) => holder.name)
    return refuse('role.held', `${role.name} is assigned to ${names.join(', ')}: end that first.`, {
      role: role.name,
      names,
    })
  }
  return ok(changed('isms_role', role, { withdrawnAt: now }, 'role.withdrawn', reason))
}

/**
 * Assigns a role to a person, who then accepts or declines it. Refuses a second assignment while one runs.
 * @param held what is assigned to that person in this role now
 */
export function assignRole(
  key: Pick<RoleAssignment, 'id' | 'orgId'>,
  role: IsmsRole,
  person: { readonly id: Id<'person'>; readonly name: string },
  act: { readonly on: LocalDate; readonly by: Id<'person'> | null },
  held: readonly AssignmentState[],
): Result<Change<RoleAssignment>> {
  if (role.withdrawnAt !== null) return withdrawn(role)
  if (held.some((state) => state === 'awaiting' || state === 'accepted')) {
    return refuse(
      'role.already_assigned',
      `${role.name} is assigned to ${person.name} already.`,
      { role: role.name, name: person.name },
      'personId',
    )
  }
  const assignment: RoleAssignment = {
    ...key,
    version: 1,
    roleId: role.id,
    personId: person.id,
    assignedOn: act.on,
    assignedBy: act.by,
    acceptedAt: null,
    declinedAt: null,
    endedOn: null,
  }
  return ok(created('role_assignment', assignment, 'role.assigned'))
}

interface Answering {
  readonly by: Id<'person'> | null
  readonly now: Instant
  readonly today: LocalDate
}

/** The person accepts the role. Nobody can do it for them. */
export function acceptRole(assignment: RoleAssignment, act: Answering): Result<Change<RoleAssignment>> {
  return answered(assignment, act, () =>
    changed('role_assignment', assignment, { acceptedAt: act.now }, 'role.accepted'),
  )
}

/** The person declines the role and says why. */
export function declineRole(
  assignment: RoleAssignment,
  act: Answering & { readonly reason: string },
): Result<Change<RoleAssignment>> {
  return answered(assignment, act, () =>
    changed('role_assignment', assignment, { declinedAt: act.now }, 'role.declined', act.reason),
  )
}

/** Ends an assignment on a day, which is the last one it is held. */
export function endRole(
  assignment: RoleAssignment,
  act: { readonly on: LocalDate; readonly today: LocalDate; readonly reason: string },
): Result<Change<RoleAssignment>> {
  const state = assignmentState(assignment, act.today)
  if (state === 'declined' || state === 'ended') return over(state)
  if (act.on < assignment.assignedOn) {
    return refuse(
      'role.ends_before_start',
      `This role was assigned on ${assignment.assignedOn}; it cannot end on ${act.on}.`,
      { on: act.on, assignedOn: assignment.assignedOn },
      'on',
    )
  }
  return ok(changed('role_assignment', assignment, { endedOn: act.on }, 'role.ended', act.reason))
}

function answered(
  assignment: RoleAssignment,
  act: Answering,
  change: () => Change<RoleAssignment>,
): Result<Change<RoleAssignment>> {
  if (act.by !== assignment.personId) {
    return refuse('role.not_yours', 'Only the person a role was assigned to can accept or decline it.')
  }
  const state = assignmentState(assignment, act.today)
  if (state === 'awaiting') return ok(change())
  return over(state)
}

const said: Readonly<Record<AssignmentState, string>> = {
  awaiting: 'has not been answered',
  accepted: 'has been accepted',
  declined: 'was declined',
  ended: 'has ended',
}

const over = (state: AssignmentState): ReturnType<typeof refuse> =>
  refuse('role.answered', `This assignment ${said[state]} already: assign the role anew if something changed.`, {
    state,
  })

const withdrawn = (role: IsmsRole): ReturnType<typeof refuse> =>
  refuse('role.withdrawn', `${role.ref} ${role.name} is no longer in use and cannot be changed or assigned.`, {
    ref: role.ref,
    name: role.name,
  })
