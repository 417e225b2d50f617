import type { Id } from '#kernel/id.ts'
import type { Actor } from '#platform/access/policy.ts'
import { statement } from '#platform/db/database.ts'
import type { Tx } from '#platform/db/transaction.ts'
import { canonicalHash } from '#platform/ledger/content.ts'
import { RefusalError } from '#platform/refusal/refusal-error.ts'
import type { At, PersonFacts } from '../domain/acting.ts'
import type { Material } from '../domain/material.ts'
import { todayOf } from './load.ts'

/**
 * The occasion on which a rule of this module is applied. Refuses when the account is not linked to a person of the
 * directory: risks are assessed, approved and accepted by people.
 */
export function occasion(tx: Tx, actor: Actor): At {
  if (actor.personId === null) {
    throw new RefusalError({
      code: 'risk.nobody',
      message: 'This needs a person: ask an administrator to link your account to your entry in the directory.',
      facts: {},
    })
  }
  return {
    orgId: tx.org.id,
    by: { personId: actor.personId, roles: actor.roles },
    now: tx.now,
    today: todayOf(tx),
    mint: () => tx.newId(),
  }
}

/** Hash of the state an approval is given for. */
export const materialHash = (material: Material): string => canonicalHash(material)

/**
 * Facts of a person named in a request, true until the transaction ends; null when nobody is named. Refuses a person of
 * nowhere with `person.not_found`.
 */
export async function personFacts(tx: Tx, id: Id<'person'> | null, field: string): Promise<PersonFacts | null> {
  if (id === null) return null
  const found = await tx.first<PersonFacts>(
    statement(
      `select id, name, status <> 'left' and withdrawn_at is null as active from person where org_id = $1 and id = $2
       for share`,
      [tx.org.id, id],
    ),
  )
  if (found) return found
  throw new RefusalError({
    code: 'person.not_found',
    message: `There is no such person in ${tx.org.name}.`,
    facts: {},
    field,
  })
}
