import type { Id } from '#kernel/id.ts'
import type { Role } from '#platform/access/roles.ts'
import { statement } from '#platform/db/database.ts'
import type { PlatformTx } from '#platform/db/transaction.ts'

/** Somebody of the demo organization whom visitors may act as. */
export interface Persona {
  readonly accountId: Id<'account'>
  readonly key: string
  readonly name: string
  readonly title: string
  readonly roles: Role[]
}

/** The personas of the demo organization; none where no demo is loaded. */
export const personas = (tx: PlatformTx): Promise<Persona[]> =>
  tx.rows<Persona>(statement('select account_id, key, name, title, roles from identity.personas($1)', [tx.now]))
