import { type Change, changed, created, type RecordRow } from '#kernel/change.ts'
import type { Id } from '#kernel/id.ts'
import { ok, type Result, refuse } from '#kernel/result.ts'
import type { Instant } from '#kernel/time.ts'

/** A team of the directory; teams may lie within one another. */
export interface Team extends RecordRow {
  readonly id: Id<'team'>
  readonly name: string
  readonly parentId: Id<'team'> | null
  readonly leadId: Id<'person'> | null
  readonly withdrawnAt: Instant | null
}

export type TeamFields = Pick<Team, 'name' | 'parentId' | 'leadId'>

/** A new team. */
export function addTeam(key: Pick<Team, 'id' | 'orgId'>, fields: TeamFields): Change<Team> {
  return created('team', { ...key, ...fields, version: 1, withdrawnAt: null }, 'team.added')
}

/**
 * Changes a team. Refuses a team within itself.
 * @param above the new parent and the teams it lies in, upwards
 */
export function changeTeam(
  team: Team,
  patch: Partial<TeamFields>,
  above: readonly Id<'team'>[] = [],
): Result<Change<Team>> {
  if (team.withdrawnAt !== null) return withdrawn(team)
  if (above.includes(team.id)) {
    return refuse(
      'team.within_itself',
      `${team.name} would lie within itself: choose another parent.`,
      { name: team.name },
      'parentId',
    )
  }
  return ok(changed('team', team, patch, 'team.changed'))
}

/** Dissolves a team. Refuses while people or teams are in it. */
export function withdrawTeam(
  team: Team,
  now: Instant,
  reason: string,
  inside: { readonly people: number; readonly teams: number },
): Result<Change<Team>> {
  if (team.withdrawnAt !== null) return withdrawn(team)
  if (inside.people > 0 || inside.teams > 0) {
    return refuse(
      'team.in_use',
      `${team.name} still holds ${inside.people} people and ${inside.teams} teams: move them first.`,
      { name: team.name, people: inside.people, teams: inside.teams },
    )
  }
  return ok(changed('team', team, { withdrawnAt: now }, 'team.withdrawn', reason))
}

const withdrawn = (team: Team): ReturnType<typeof refuse> =>
  refuse('team.withdrawn', `${team.name} was dissolved and cannot be changed.`, { name: team.name })
