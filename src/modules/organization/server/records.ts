import type { OwnershipSource } from '#modules/people/server/ownership.ts'
import { instant, internal, items, number, record, text, word } from '#platform/ledger/field-kind.ts'
import { type RecordType, recordType } from '#platform/ledger/record-type.ts'
import type { Findable } from '#platform/search/findable.ts'
import type { ScopeExclusion, ScopeInterface } from '../domain/boundary.ts'
import { type Placeable, type PlaceableKind, placeableKinds } from '../domain/placeable.ts'
import type { ScopeStatement } from '../domain/scope-statement.ts'

const placeable = (type: PlaceableKind, refPrefix: string): RecordType<Placeable> =>
  recordType<Placeable>({
    type,
    prefix: type,
    refPrefix,
    owners: (row) => [row.ownerId],
    noun: type,
    readAction: 'structure.read',
    fields: {
      ref: internal,
      name: text,
      description: text,
      ownerId: record('person'),
      placement: word('organization:placements'),
      placementReason: text,
      withdrawnAt: instant,
    },
  })

export const placeableRecords: Readonly<Record<PlaceableKind, RecordType<Placeable>>> = {
  unit: placeable('unit', 'U'),
  site: placeable('site', 'SI'),
  service: placeable('service', 'SV'),
  product: placeable('product', 'PD'),
}

export const interfaceRecord = recordType<ScopeInterface>({
  type: 'scope_interface',
  prefix: 'interface',
  refPrefix: 'IF',
  owners: (row) => [row.ownerId],
  noun: 'interface',
  readAction: 'scope.read',
  fields: {
    ref: internal,
    kind: word('organization:interfaceKinds'),
    name: text,
    description: text,
    counterpart: text,
    controls: items(),
    ownerId: record('person'),
    withdrawnAt: instant,
  },
})

export const exclusionRecord = recordType<ScopeExclusion>({
  type: 'scope_exclusion',
  prefix: 'exclusion',
  refPrefix: 'EX',
  owners: () => [],
  noun: 'exclusion',
  readAction: 'scope.read',
  fields: {
    ref: internal,
    name: text,
    justification: text,
    withdrawnAt: instant,
  },
})

export const statementRecord = recordType<ScopeStatement>({
  type: 'scope_statement',
  prefix: 'scope',
  refPrefix: null,
  owners: (row) => [row.preparedBy],
  noun: 'version of the scope statement',
  readAction: 'scope.read',
  titleSql: `image ->> 'number'`,
  fields: {
    number: number,
    status: word('organization:statuses'),
    statement: text,
    considerations: text,
    preparedBy: record('person'),
    content: internal,
    stateHash: internal,
    approvedAt: instant,
    approvedBy: record('person'),
    approvedByName: internal,
    supersededAt: instant,
  },
})

/** Address of the register of a kind in the web app. */
const pathOf = (kind: PlaceableKind): string => `/${kind}s`

export const organizationFindables: readonly Findable[] = [
  ...placeableKinds.map(
    (kind): Findable => ({
      record: placeableRecords[kind],
      path: pathOf(kind),
      sql: `select id, ref, name as title, description as more, withdrawn_at is null as live from ${kind}
            where org_id = $1`,
    }),
  ),
  {
    record: interfaceRecord,
    path: '/scope/interfaces',
    sql: `select id, ref, name as title, concat_ws(' ', counterpart, description) as more, withdrawn_at is null as live
          from scope_interface where org_id = $1`,
  },
  {
    record: exclusionRecord,
    path: '/scope/exclusions',
    sql: `select id, ref, name as title, justification as more, withdrawn_at is null as live
          from scope_exclusion where org_id = $1`,
  },
]

export const organizationOwnership: readonly OwnershipSource[] = [
  ...placeableKinds.map(
    (kind): OwnershipSource => ({
      type: kind,
      prefix: kind,
      readAction: 'structure.read',
      duty: 'owner',
      path: pathOf(kind),
      sql: `select id, ref, name as title from ${kind}
            where org_id = $1 and owner_id = $2 and withdrawn_at is null`,
    }),
  ),
  {
    type: 'scope_interface',
    prefix: 'interface',
    readAction: 'scope.read',
    duty: 'owner',
    path: '/scope/interfaces',
    sql: `select id, ref, name as title from scope_interface
          where org_id = $1 and owner_id = $2 and withdrawn_at is null`,
  },
]
