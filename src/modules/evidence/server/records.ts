import { recordType } from '#platform/ledger/record-type.ts'
import type { Findable } from '#platform/search/findable.ts'
import type { Artefact } from '../domain/artefact.ts'

/** Whoever collected an artefact answers for it as its owner does. */
export const artefactRecord = recordType<Artefact>({
  type: 'artefact',
  prefix: 'artefact',
  refPrefix: 'E',
  owners: (artefact) => [artefact.ownerId, artefact.collectorId],
  noun: 'artefact',
  readAction: 'evidence.read',
})

export const evidenceFindables: readonly Findable[] = [
  {
    record: artefactRecord,
    path: '/evidence',
    sql: `select id, ref, title, concat_ws(' ', description, source, population, file_name, url) as more,
            withdrawn_at is null as live from artefact where org_id = $1`,
  },
]
