import { defined } from '#kernel/change.ts'
import type { Id } from '#kernel/id.ts'
import { grantForNew } from '#platform/access/policy.ts'
import { statement } from '#platform/db/database.ts'
import type { Tx } from '#platform/db/transaction.ts'
import { useCase } from '#platform/http/use-case.ts'
import { orRefuse } from '#platform/refusal/refusal-error.ts'
import { people } from '../contract.ts'
import { addTeam, changeTeam, withdrawTeam } from '../domain/team.ts'
import { isActive, requireHere, requireTeam } from './reader.ts'
import { teamRecord } from './records.ts'
import { listTeams, showTeam } from './team-views.ts'

export const listTeamsUseCase = useCase(people.teams, async ({ tx, query, can }) => ({
  ...(await listTeams(tx, query, can)),
  can: { create: can('team.edit') },
}))

export const showTeamUseCase = useCase(people.team, ({ tx, params, can }) => showTeam(tx, params.teamId, can))

export const addTeamUseCase = useCase(people.addTeam, async ({ tx, permission, body, can }) => {
  const grant = orRefuse(grantForNew(permission))
  await Promise.all([requireTeam(tx, body.parentId, 'parentId'), requireHere(tx, body.leadId, 'leadId')])
  const key = { id: tx.newId<'team'>(), orgId: tx.org.id }
  await tx.commit(grant, addTeam(key, body))
  return showTeam(tx, key.id, can)
})

export const changeTeamUseCase = useCase(people.changeTeam, async ({ tx, permission, params, body, version, can }) => {
  const { row, grant } = await tx.lock(permission, teamRecord, params.teamId, version)
  // Who was named before may have left or been dissolved since: only what is new is asked after.
  const parentId = body.parentId === row.parentId ? null : (body.parentId ?? null)
  const leadId = body.leadId === row.leadId ? null : (body.leadId ?? null)
  const [above] = await Promise.all([
    teamsAbove(tx, parentId),
    requireTeam(tx, parentId, 'parentId'),
    requireHere(tx, leadId, 'leadId'),
  ])
  await tx.commit(grant, changeTeam(row, defined(body), above))
  return showTeam(tx, row.id, can)
})

export const withdrawTeamUseCase = useCase(people.withdrawTeam, async ({ tx, permission, params, body, can }) => {
  const { row, grant } = await tx.lock(permission, teamRecord, params.teamId)
  const inside = await tx.first<{ people: number; teams: number }>(
    statement(
      `select (select count(*) from person p where p.org_id = $1 and p.team_id = $2 and ${isActive('p')}) as people,
         (select count(*) from team t where t.org_id = $1 and t.parent_id = $2 and t.withdrawn_at is null) as teams`,
      [tx.org.id, row.id],
    ),
  )
  await tx.commit(grant, withdrawTeam(row, tx.now, body.reason, inside ?? { people: 0, teams: 0 }))
  return showTeam(tx, row.id, can)
})

const deepest = 100

// The team and those it lies in. The depth is bounded, should a circle ever exist.
async function teamsAbove(tx: Tx, team: Id<'team'> | null): Promise<Id<'team'>[]> {
  if (team === null) return []
  const rows = await tx.rows<{ id: Id<'team'> }>(
    statement(
      `with recursive above (id, parent_id, depth) as (
         select id, parent_id, 1 from team where org_id = $1 and id = $2
         union all
         select t.id, t.parent_id, depth + 1 from above join team t on t.org_id = $1 and t.id = above.parent_id
         where depth < ${deepest})
       select id from above`,
      [tx.org.id, team],
    ),
  )
  return rows.map((row) => row.id)
}
