import type { Id } from '#kernel/id.ts'
import { statement } from '#platform/db/database.ts'
import type { Tx } from '#platform/db/transaction.ts'
import { isDriver, type Obligation } from '../domain/obligation.ts'

// What later modules may ask of this one.

/** An obligation as a reason for controls shows it. */
export interface ObligationDriver {
  readonly id: Id<'obligation'>
  readonly ref: string
  readonly title: string
  readonly kind: Obligation['kind']
  readonly source: string
}

/** Everything that gives reason for controls, by reference. One statement. */
export async function listDrivers(tx: Tx): Promise<readonly ObligationDriver[]> {
  const rows = await tx.rows<Obligation>(
    statement('select * from obligation where org_id = $1 and withdrawn_at is null order by ref collate people', [
      tx.org.id,
    ]),
  )
  return rows.filter(isDriver).map(({ id, ref, title, kind, source }) => ({ id, ref, title, kind, source }))
}
