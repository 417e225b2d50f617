import { recordType } from '#platform/ledger/record-type.ts'
import type { Artefact } from '../domain/artefact.ts'

/** Whoever collected an artefact answers for it as its owner does. */
export const artefactRecord = recordType<Artefact>({
  type: 'artefact',
  prefix: 'artefact',
  refPrefix: 'E',
  owners: (artefact) => [artefact.ownerId, artefact.collectorId],
  noun: 'artefact',
})
