import { defined } from '#kernel/change.ts'
import type { Id } from '#kernel/id.ts'
import { grantForNew } from '#platform/access/policy.ts'
import { statement } from '#platform/db/database.ts'
import type { Tx } from '#platform/db/transaction.ts'
import { useCase } from '#platform/http/use-case.ts'
import { endMembershipOf, lockMembers } from '#platform/identity/members.ts'
import { orRefuse, RefusalError } from '#platform/refusal/refusal-error.ts'
import { people } from '../contract.ts'
import { addPerson, beAbsent, changePerson, comeBack, leave, withdrawPerson } from '../domain/person.ts'
import { listOwned } from './ownership.ts'
import { requireHere, requireTeam } from './reader.ts'
import { personRecord } from './records.ts'
import { listPeople, showPerson } from './views.ts'

export const listPeopleUseCase = useCase(people.list, async ({ tx, query, can }) => ({
  ...(await listPeople(tx, query, can)),
  can: { create: can('person.edit'), import: can('person.import') },
}))

export const showPersonUseCase = useCase(people.show, ({ tx, params, can }) => showPerson(tx, params.personId, can))

export const addPersonUseCase = useCase(people.add, async ({ tx, permission, body, can }) => {
  const grant = orRefuse(grantForNew(permission))
  await Promise.all([requireHere(tx, body.managerId, 'managerId'), requireTeam(tx, body.teamId, 'teamId')])
  const key = { id: tx.newId<'person'>(), orgId: tx.org.id, ref: await tx.nextRef(grant, 'P') }
  await tx.commit(grant, addPerson(key, body))
  return showPerson(tx, key.id, can)
})

export const changePersonUseCase = useCase(people.change, async ({ tx, permission, params, body, version, can }) => {
  // Two who are made each other's manager at once would wait for each other.
  if (body.managerId != null) await lockMembers(tx)
  const { row, grant } = await tx.lock(permission, personRecord, params.personId, version)
  const managerId = body.managerId === row.managerId ? null : (body.managerId ?? null)
  const teamId = body.teamId === row.teamId ? null : (body.teamId ?? null)
  const [above] = await Promise.all([
    managersAbove(tx, managerId),
    requireHere(tx, managerId, 'managerId'),
    requireTeam(tx, teamId, 'teamId'),
  ])
  await tx.commit(grant, changePerson(row, defined(body), above))
  return showPerson(tx, row.id, can)
})

/** Records that a person has left, and ends their access with it. */
export const leaveUseCase = useCase(people.leave, async ({ tx, permission, params, body, can }) => {
  await lockMembers(tx)
  const { row, grant } = await tx.lock(permission, personRecord, params.personId)
  await tx.commit(grant, leave(row, body.on))
  const ended = await endMembershipOf(tx, grant, row.id, `${row.name} has left.`)
  // Access is the administrators' matter where it is their own: nobody else removes them by way of the directory.
  if (ended?.roles.includes('administrator') === true && !can('member.edit')) {
    throw new RefusalError({
      code: 'person.is_administrator',
      message: `${row.name} is an administrator: only an administrator can record that they have left, which ends their access.`,
      facts: { name: row.name },
    })
  }
  const [person, owned] = await Promise.all([showPerson(tx, row.id, can), listOwned(tx, row.id, can)])
  return { ...person, owned }
})

export const ownedUseCase = useCase(people.owned, async ({ tx, params, can }) => {
  const [, items] = await Promise.all([tx.get(personRecord, params.personId), listOwned(tx, params.personId, can)])
  return { items }
})

export const beAbsentUseCase = useCase(people.beAbsent, async ({ tx, permission, params, body, can }) => {
  const { row, grant } = await tx.lock(permission, personRecord, params.personId)
  await tx.commit(grant, beAbsent(row, body.reason === '' ? null : body.reason))
  return showPerson(tx, row.id, can)
})

export const comeBackUseCase = useCase(people.comeBack, async ({ tx, permission, params, can }) => {
  const { row, grant } = await tx.lock(permission, personRecord, params.personId)
  await tx.commit(grant, comeBack(row))
  return showPerson(tx, row.id, can)
})

export const withdrawPersonUseCase = useCase(people.withdraw, async ({ tx, permission, params, body, can }) => {
  await lockMembers(tx)
  const { row, grant } = await tx.lock(permission, personRecord, params.personId)
  const held = await listOwned(tx, row.id, 'everything')
  await tx.commit(grant, withdrawPerson(row, tx.now, body.reason, held))
  return showPerson(tx, row.id, can)
})

const highest = 100

// The person and their managers. The height is bounded, should a circle ever exist.
async function managersAbove(tx: Tx, person: Id<'person'> | null): Promise<Id<'person'>[]> {
  if (person === null) return []
  const rows = await tx.rows<{ id: Id<'person'> }>(
    statement(
      `with recursive above (id, manager_id, height) as (
         select id, manager_id, 1 from person where org_id = $1 and id = $2
         union all
         select p.id, p.manager_id, height + 1 from above join person p on p.org_id = $1 and p.id = above.manager_id
         where height < ${highest})
       select id from above`,
      [tx.org.id, person],
    ),
  )
  return rows.map((row) => row.id)
}
