import { defined } from '#kernel/change.ts'
import { grantForNew } from '#platform/access/policy.ts'
import { useCase } from '#platform/http/use-case.ts'
import { endMembershipOf, lockMembers } from '#platform/identity/members.ts'
import { orRefuse } from '#platform/refusal/refusal-error.ts'
import { people } from '../contract.ts'
import { addPerson, changePerson, leave } from '../domain/person.ts'
import { requireHere } from './reader.ts'
import { personRecord } from './records.ts'
import { listPeople, showPerson } from './views.ts'

export const listPeopleUseCase = useCase(people.list, async ({ tx, query, can }) => ({
  ...(await listPeople(tx, query, can)),
  can: { create: can('person.edit'), import: can('person.import') },
}))

export const showPersonUseCase = useCase(people.show, ({ tx, params, can }) => showPerson(tx, params.personId, can))

export const addPersonUseCase = useCase(people.add, async ({ tx, permission, body, can }) => {
  const grant = orRefuse(grantForNew(permission))
  const key = { id: tx.newId<'person'>(), orgId: tx.org.id, ref: await tx.nextRef(grant, 'P') }
  await requireHere(tx, body.managerId, 'managerId')
  await tx.commit(grant, addPerson(key, body))
  return showPerson(tx, key.id, can)
})

export const changePersonUseCase = useCase(people.change, async ({ tx, permission, params, body, version, can }) => {
  const { row, grant } = await tx.lock(permission, personRecord, params.personId, version)
  if (body.managerId !== row.managerId) await requireHere(tx, body.managerId ?? null, 'managerId')
  await tx.commit(grant, changePerson(row, defined(body)))
  return showPerson(tx, row.id, can)
})

/** Records that a person has left, and ends their access with it. */
export const leaveUseCase = useCase(people.leave, async ({ tx, permission, params, body, can }) => {
  await lockMembers(tx)
  const { row, grant } = await tx.lock(permission, personRecord, params.personId)
  await tx.commit(grant, leave(row, body.on))
  await endMembershipOf(tx, grant, row.id, `${row.name} has left.`)
  return showPerson(tx, row.id, can)
})
