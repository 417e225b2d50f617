import type { OwnershipSource } from '#modules/people/server/ownership.ts'
import { date, instant, internal, record, text, word } from '#platform/ledger/field-kind.ts'
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
  fields: {
    ref: internal,
    title: text,
    kind: word('obligations:kinds'),
    source: text,
    clause: text,
    jurisdiction: text,
    partyId: record('interested_party'),
    requirement: text,
    addressed: word('obligations:addressed'),
    addressedWhy: text,
    ownerId: record('person'),
    ownerText: text,
    appliesSince: date,
    reviewOn: date,
    reviewedOn: date,
    reviewedBy: record('person'),
    withdrawnAt: instant,
  },
})

export const partyRecord = recordType<InterestedParty>({
  type: 'interested_party',
  prefix: 'party',
  refPrefix: 'IP',
  owners: () => [],
  noun: 'interested party',
  readAction: 'obligation.read',
  fields: {
    ref: internal,
    name: text,
    kind: word('obligations:partyKinds'),
    interest: text,
    withdrawnAt: instant,
  },
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
    readAction: 'obligation.read',
    duty: 'owner',
    path: '/obligations',
    sql: `select id, ref, title from obligation where org_id = $1 and owner_id = $2 and withdrawn_at is null`,
  },
]
