import { recordType } from '#platform/ledger/record-type.ts'
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
})
