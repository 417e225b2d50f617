import type { OwnershipSource } from '#modules/people/server/ownership.ts'
import { bytes, date, instant, internal, number, record, recordOf, text, word } from '#platform/ledger/field-kind.ts'
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
  fields: {
    ref: internal,
    kind: word('evidence:kinds'),
    title: text,
    description: text,
    source: text,
    collectedBy: word('evidence:collectedBy'),
    collectorId: record('person'),
    collectedAt: instant,
    population: text,
    populationCount: number,
    periodFrom: date,
    periodTo: date,
    effectiveOn: date,
    validUntil: date,
    classificationId: record('classification_level'),
    ownerId: record('person'),
    url: text,
    sha256: internal,
    bytes: bytes,
    fileName: text,
    mediaType: text,
    recordType: internal,
    recordId: recordOf('record_type'),
    outcome: word('evidence:outcomes'),
    intervieweeId: record('person'),
    intervieweeText: text,
    verdict: word('evidence:verdicts'),
    conclusion: text,
    concludedBy: record('person'),
    concludedOn: date,
    withdrawnAt: instant,
  },
})

export const evidenceFindables: readonly Findable[] = [
  {
    record: artefactRecord,
    path: '/evidence',
    sql: `select id, ref, title, concat_ws(' ', description, source, file_name) as more, withdrawn_at is null as live
          from artefact where org_id = $1`,
  },
]

export const evidenceOwnership: readonly OwnershipSource[] = [
  {
    type: artefactRecord.type,
    prefix: artefactRecord.prefix,
    readAction: 'evidence.read',
    duty: 'owner',
    path: '/evidence',
    sql: `select id, ref, title from artefact where org_id = $1 and owner_id = $2 and withdrawn_at is null`,
  },
]
