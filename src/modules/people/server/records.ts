import { recordType } from '#platform/ledger/record-type.ts'
import type { Person } from '../domain/person.ts'

/** People own their own entry. */
export const personRecord = recordType<Person>({
  type: 'person',
  prefix: 'person',
  refPrefix: 'P',
  owners: (person) => [person.id],
  noun: 'person',
})
