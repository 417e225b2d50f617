import { statement } from '#platform/db/database.ts'
import type { Directory, DirectoryEntry } from '#platform/identity/services.ts'
import { orRefuse } from '#platform/refusal/refusal-error.ts'
import { addPerson } from '../domain/person.ts'
import { isActive, requireHere } from './reader.ts'

/** The directory as identity knows it: a member is a person here. */
export const directory: Directory = {
  requireHere,
  entryHere: (tx, person) =>
    tx.first<DirectoryEntry>(
      statement(`select id, ref, name from person p where org_id = $1 and id = $2 and ${isActive('p')} for share`, [
        tx.org.id,
        person,
      ]),
    ),
  entryBy: (tx, key) =>
    tx.first<DirectoryEntry>(
      statement(
        `select id, ref, name from person
         where org_id = $1 and withdrawn_at is null and lower(${'email' in key ? 'email' : 'ref'}) = $2`,
        [tx.org.id, ('email' in key ? key.email : key.ref).toLowerCase()],
      ),
    ),
  async enter(tx, grant, { name, email, external }) {
    const key = { id: tx.newId<'person'>(), orgId: tx.org.id, ref: await tx.nextRef(grant, 'P') }
    const fields = { teamId: null, managerId: null, startedOn: null, jobTitle: '', note: '' }
    const kind = external ? ('external' as const) : ('employee' as const)
    await tx.commit(grant, orRefuse(addPerson(key, { ...fields, name, email, kind })))
    return key.id
  },
}
