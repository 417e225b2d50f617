import type { Id } from '#kernel/id.ts'
import { statement } from '#platform/db/database.ts'
import type { Directory, DirectoryEntry } from '#platform/identity/services.ts'
import { orRefuse } from '#platform/refusal/refusal-error.ts'
import { addPerson, comeBack, type Person } from '../domain/person.ts'
import { requireHere } from './reader.ts'

/** The directory as identity knows it: everybody who arrives is a person here. */
export const directory: Directory = {
  requireHere,
  entryOf: (tx, person, email) =>
    tx.first<DirectoryEntry>(
      statement(
        `select id, name from person
         where org_id = $1 and case when $2::uuid is null then lower(email) = $3 and withdrawn_at is null else id = $2 end`,
        [tx.org.id, person, email.toLowerCase()],
      ),
    ),
  async personFor(tx, grant, { name, email, external }) {
    const known = await tx.first<Person>(
      statement('select * from person where org_id = $1 and lower(email) = $2 and withdrawn_at is null for update', [
        tx.org.id,
        email.toLowerCase(),
      ]),
    )
    if (known) {
      if (known.status === 'left') await tx.commit(grant, comeBack(known))
      return known.id
    }
    const key = { id: tx.newId<'person'>() as Id<'person'>, orgId: tx.org.id, ref: await tx.nextRef(grant, 'P') }
    const fields = { teamId: null, managerId: null, startedOn: null, jobTitle: '', note: '' }
    const kind = external ? ('external' as const) : ('employee' as const)
    await tx.commit(grant, orRefuse(addPerson(key, { ...fields, name, email, kind })))
    return key.id
  },
}
