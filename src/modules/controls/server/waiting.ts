import { type Id, toWireId } from '#kernel/id.ts'
import { statement } from '#platform/db/database.ts'
import type { WaitingSource } from '#platform/waiting/waiting-source.ts'
import { soaRecord } from './records.ts'

/** A proposed version of the statement, for whoever may issue it (6.1.3 d). One statement. */
export const controlWaiting: readonly WaitingSource[] = [
  {
    kinds: ['issueSoa'],
    list: async ({ tx, can }) => {
      if (!can('soa.issue')) return []
      const proposed = await tx.rows<{ id: Id<'soa'>; number: number }>(
        statement(`select id, number from soa_version where org_id = $1 and status = 'proposed'`, [tx.org.id]),
      )
      return proposed.map(({ id, number }) => ({
        kind: 'issueSoa',
        rank: 'document',
        ref: String(number),
        title: null,
        path: `/soa/versions/${toWireId(soaRecord.prefix, id)}`,
        on: null,
      }))
    },
  },
]
