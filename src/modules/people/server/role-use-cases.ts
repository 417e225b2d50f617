import { defined } from '#kernel/change.ts'
import type { Id } from '#kernel/id.ts'
import { grantForNew } from '#platform/access/policy.ts'
import { statement } from '#platform/db/database.ts'
import type { Tx } from '#platform/db/transaction.ts'
import { useCase } from '#platform/http/use-case.ts'
import { orRefuse, RefusalError } from '#platform/refusal/refusal-error.ts'
import { roles } from '../contract-roles.ts'
import {
  acceptRole,
  addRole,
  assignmentState,
  assignRole,
  changeRole,
  declineRole,
  endRole,
  type RoleAssignment,
  withdrawRole,
} from '../domain/role.ts'
import { isAdopted, standardRoles } from '../domain/standard-roles.ts'
import { getHere } from './reader.ts'
import { assignmentRecord, roleRecord } from './records.ts'
import { listRoles, showRole, showRoles, todayOf } from './role-views.ts'

export const listRolesUseCase = useCase(roles.list, async ({ tx, query, can }) => ({
  ...(await listRoles(tx, query, can)),
  can: { create: can('role.edit') },
}))

export const showRoleUseCase = useCase(roles.show, ({ tx, params, can }) => showRole(tx, params.roleId, can))

export const standardRolesUseCase = useCase(roles.standard, async ({ tx }) => {
  const names = await namesInUse(tx)
  return { items: standardRoles.map((role) => ({ ...role, adopted: isAdopted(role, names) })) }
})

export const adoptRolesUseCase = useCase(roles.adopt, async ({ tx, permission, body, can }) => {
  const grant = orRefuse(grantForNew(permission))
  const unknown = body.keys.find((key) => !standardRoles.some((role) => role.key === key))
  if (unknown !== undefined) {
    throw new RefusalError({
      code: 'role.not_offered',
      message: `There is no role “${unknown}” among those offered.`,
      facts: { key: unknown },
      field: 'keys',
    })
  }
  const names = await namesInUse(tx)
  const wanted = standardRoles.filter((role) => body.keys.includes(role.key) && !isAdopted(role, names))
  if (wanted.length === 0) return { items: [] }
  const firstRef = await tx.nextRef(grant, 'RO', wanted.length)
  const first = Number(firstRef.slice('RO-'.length))
  const changes = wanted.map(({ mandate, [body.language]: wording }, index) =>
    addRole({ id: tx.newId<'role'>(), orgId: tx.org.id, ref: `RO-${first + index}` }, { ...wording, mandate }),
  )
  await tx.commit(grant, changes)
  return {
    items: await showRoles(
      tx,
      changes.map((change) => change.after.id),
      can,
    ),
  }
})

export const addRoleUseCase = useCase(roles.add, async ({ tx, permission, body, can }) => {
  const grant = orRefuse(grantForNew(permission))
  const key = { id: tx.newId<'role'>(), orgId: tx.org.id, ref: await tx.nextRef(grant, 'RO') }
  await tx.commit(grant, addRole(key, body))
  return showRole(tx, key.id, can)
})

export const changeRoleUseCase = useCase(roles.change, async ({ tx, permission, params, body, version, can }) => {
  const { row, grant } = await tx.lock(permission, roleRecord, params.roleId, version)
  await tx.commit(grant, changeRole(row, defined(body)))
  return showRole(tx, row.id, can)
})

export const withdrawRoleUseCase = useCase(roles.withdraw, async ({ tx, permission, params, body, can }) => {
  const { row, grant } = await tx.lock(permission, roleRecord, params.roleId)
  const { assignments } = await showRole(tx, row.id, can)
  const held = assignments.filter((one) => one.state === 'awaiting' || one.state === 'accepted')
  await tx.commit(
    grant,
    withdrawRole(
      row,
      tx.now,
      body.reason,
      held.map((one) => one.person),
    ),
  )
  return showRole(tx, row.id, can)
})

export const assignRoleUseCase = useCase(roles.assign, async ({ tx, permission, actor, params, body, can }) => {
  // The role is locked, so that two requests cannot assign it to one person twice.
  const { row, grant } = await tx.lock(permission, roleRecord, params.roleId)
  const [person, held] = await Promise.all([
    getHere(tx, body.personId, 'personId'),
    tx.rows<RoleAssignment>(
      statement('select * from role_assignment where org_id = $1 and role_id = $2 and person_id = $3', [
        tx.org.id,
        row.id,
        body.personId,
      ]),
    ),
  ])
  const key = { id: tx.newId<'assignment'>(), orgId: tx.org.id }
  const states = held.map((one) => assignmentState(one, todayOf(tx)))
  await tx.commit(grant, assignRole(key, row, person, { on: body.on, by: actor.personId }, states))
  return showRole(tx, row.id, can)
})

export const acceptRoleUseCase = useCase(roles.accept, async ({ tx, permission, actor, params, can }) => {
  const { row, grant } = await tx.lock(permission, assignmentRecord, params.assignmentId)
  await tx.commit(grant, acceptRole(row, { by: actor.personId, now: tx.now, today: todayOf(tx) }))
  return showRole(tx, row.roleId, can)
})

export const declineRoleUseCase = useCase(roles.decline, async ({ tx, permission, actor, params, body, can }) => {
  const { row, grant } = await tx.lock(permission, assignmentRecord, params.assignmentId)
  const act = { by: actor.personId, now: tx.now, today: todayOf(tx), reason: body.reason }
  await tx.commit(grant, declineRole(row, act))
  return showRole(tx, row.roleId, can)
})

export const endRoleUseCase = useCase(roles.end, async ({ tx, permission, params, body, can }) => {
  const { row, grant } = await tx.lock(permission, assignmentRecord, params.assignmentId)
  await tx.commit(grant, endRole(row, { on: body.on, today: todayOf(tx), reason: body.reason }))
  return showRole(tx, row.roleId, can)
})

async function namesInUse(tx: Tx): Promise<ReadonlySet<string>> {
  const rows = await tx.rows<{ id: Id; name: string }>(
    statement('select id, lower(name) as name from isms_role where org_id = $1 and withdrawn_at is null', [tx.org.id]),
  )
  return new Set(rows.map((row) => row.name))
}
