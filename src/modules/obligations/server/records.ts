import type { OwnershipSource } from '#modules/people/server/ownership.ts'
import { recordType } from '#platform/ledger/record-type.ts'
import type { Findable } from '#platform/search/findable.ts'
import type { InterestedParty, Obligation } from '../domain/obligation.ts'

export const obligationRecord = recordType<Obligation>({
  type: 'obligation',
  prefix: 'obligation',
  refPrefix: 'O',
  owners: (obligation) => [obligation.ownerId],
  noun: 'obligation',
  readAction: 'obligation.read',
})

export const partyRecord = recordType<InterestedParty>({
  type: 'interested_party',
  prefix: 'party',
  refPrefix: 'IP',
  owners: () => [],
  noun: 'interested party',
  readAction: 'obligation.read',
})

export const obligationFindables: readonly Findable[] = [
  {
    record: obligationRecord,
    path: '/obligations',
    sql: `select id, ref, title, concat_ws(' ', source, clause, requirement) as more, withdrawn_at is null as live
          from obligation where org_id = $1`,
  },
  {
    record: partyRecord,
    path: '/interested-parties',
    sql: `select id, ref, name as title, interest as more, withdrawn_at is null as live
          from interested_party where org_id = $1`,
  },
]

export const obligationOwnership: readonly OwnershipSource[] = [
  {
    type: obligationRecord.type,
    prefix: obligationRecord.prefix,
    duty: 'owner',
    path: '/obligations',
    sql: `select id, ref, title from obligation where org_id = $1 and owner_id = $2 and withdrawn_at is null`,
  },
]
