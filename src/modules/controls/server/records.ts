import type { RecordRow } from '#kernel/change.ts'
import type { Id } from '#kernel/id.ts'
import type { ControlEvidence } from '#modules/evidence/domain/control-evidence.ts'
import type { OwnershipSource } from '#modules/people/server/ownership.ts'
import { date, flag, instant, internal, number, record, text, word } from '#platform/ledger/field-kind.ts'
import { linkType, recordType } from '#platform/ledger/record-type.ts'
import type { Findable } from '#platform/search/findable.ts'
import type { Control } from '../domain/control.ts'
import type { SoaVersion } from '../domain/soa.ts'

export const controlRecord = recordType<Control>({
  type: 'control',
  prefix: 'control',
  refPrefix: 'C',
  owners: (control) => [control.ownerId],
  noun: 'control',
  readAction: 'control.read',
  // A control of Annex A has its title in the catalogue, told in the organization's language as everywhere.
  titleSql: `coalesce(nullif(image ->> 'title', ''), (
    select coalesce(c.title ->> (select o.language from organization o where o.org_id = $1), c.title ->> 'en')
    from catalogue.entry c
    where c.release = image ->> 'release' and c.ref = image ->> 'ref'))`,
  fields: {
    ref: internal,
    source: internal,
    release: internal,
    title: text,
    theme: word('catalogue:themes'),
    applicability: word('controls:applicability'),
    justification: text,
    businessReason: text,
    ownerId: record('person'),
    ownerText: text,
    implementation: text,
    stated: word('controls:stated'),
    statedOn: date,
    statedBy: record('person'),
    plannedOn: date,
    operatedBy: word('controls:how.operators'),
    provider: text,
    note: text,
    withdrawnAt: instant,
  },
})

export const soaRecord = recordType<SoaVersion>({
  type: 'soa_version',
  prefix: 'soa',
  refPrefix: null,
  owners: () => [],
  noun: 'version of the statement',
  readAction: 'soa.read',
  titleSql: `image ->> 'number'`,
  fields: {
    number: number,
    status: word('controls:versions.states'),
    language: word('controls:languages'),
    note: text,
    rows: internal,
    hash: internal,
    preparedBy: record('person'),
    preparedAt: instant,
    approvedBy: record('person'),
    approvedAt: instant,
    endedAt: instant,
  },
})

export interface ControlObligation extends RecordRow {
  readonly controlId: Id<'control'>
  readonly obligationId: Id<'obligation'>
  readonly live: boolean
}
export const controlObligationRecord = linkType<ControlObligation>('control_obligation', {
  readAction: 'control.read',
  partOf: [
    { type: 'control', column: 'control_id' },
    { type: 'obligation', column: 'obligation_id' },
  ],
  fields: { controlId: record('control'), obligationId: record('obligation') },
})

export const controlEvidenceRecord = linkType<ControlEvidence>('control_evidence', {
  readAction: 'control.read',
  partOf: [
    { type: 'control', column: 'control_id' },
    { type: 'artefact', column: 'artefact_id' },
  ],
  fields: { controlId: record('control'), artefactId: record('artefact'), assurance: flag },
})

export const controlFindables: readonly Findable[] = [
  {
    record: controlRecord,
    path: '/controls',
    // A control of Annex A has its titles in the catalogue, in every language.
    sql: `select c.id, c.ref, coalesce(nullif(c.title, ''), e.title ->> 'en', '') as title,
            concat_ws(' ', e.title ->> 'de', c.implementation) as more, c.withdrawn_at is null as live
          from control c left join catalogue.entry e on e.release = c.release and e.ref = c.ref where c.org_id = $1`,
  },
]

export const controlOwnership: readonly OwnershipSource[] = [
  {
    type: controlRecord.type,
    prefix: controlRecord.prefix,
    readAction: 'control.read',
    duty: 'owner',
    path: '/controls',
    sql: `select c.id, c.ref, coalesce(nullif(c.title, ''), e.title ->> 'en', '') as title
          from control c left join catalogue.entry e on e.release = c.release and e.ref = c.ref
          where c.org_id = $1 and c.owner_id = $2 and c.withdrawn_at is null and c.applicability <> 'excluded'`,
  },
]
