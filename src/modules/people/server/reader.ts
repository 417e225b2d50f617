import type { Id } from '#kernel/id.ts'
import { statement } from '#platform/db/database.ts'
import type { Tx } from '#platform/db/transaction.ts'
import { orRefuse } from '#platform/refusal/refusal-error.ts'
import { mayBeGivenWork, type Person } from '../domain/person.ts'

/**
 * Refuses when a person named in a request is not in this organization's directory or has left. Later modules call it
 * for every owner they are given.
 */
export async function requireHere(tx: Tx, person: Id<'person'> | null, field: string): Promise<void> {
  if (person === null) return
  const found = await tx.first<Pick<Person, 'name' | 'status' | 'withdrawnAt'>>(
    statement('select name, status, withdrawn_at from person where org_id = $1 and id = $2', [tx.org.id, person]),
  )
  orRefuse(
    found
      ? mayBeGivenWork(found, field)
      : {
          ok: false,
          refusal: {
            code: 'person.not_found',
            message: `There is no such person in ${tx.org.name}.`,
            facts: {},
            field,
          },
        },
  )
}
