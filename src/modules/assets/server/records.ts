import type { OwnershipSource } from '#modules/people/server/ownership.ts'
import { date, instant, internal, number, record, text, word } from '#platform/ledger/field-kind.ts'
import { linkType, recordType } from '#platform/ledger/record-type.ts'
import type { Findable } from '#platform/search/findable.ts'
import type { Asset } from '../domain/asset.ts'
import type { ClassificationLevel } from '../domain/classification.ts'
import type { AssetDependency } from '../domain/dependency.ts'

const value = word('assets:levels')

/** Owner and custodian are both answerable for an asset. */
export const assetRecord = recordType<Asset>({
  type: 'asset',
  prefix: 'asset',
  refPrefix: 'A',
  owners: (asset) => [asset.ownerId, asset.custodianId],
  noun: 'asset',
  readAction: 'asset.read',
  fields: {
    ref: internal,
    name: text,
    kind: word('assets:kinds'),
    category: text,
    description: text,
    ownerId: record('person'),
    ownerText: text,
    custodianId: record('person'),
    custodianText: text,
    classificationId: record('classification_level'),
    confidentiality: value,
    integrity: value,
    availability: value,
    criticality: value,
    valueReason: text,
    location: text,
    environment: text,
    supplier: text,
    personalData: word('assets:personalData'),
    lifeCycle: word('assets:lifeCycles'),
    verifiedOn: date,
    verifiedBy: record('person'),
    note: text,
    withdrawnAt: instant,
  },
})

export const classificationRecord = recordType<ClassificationLevel>({
  type: 'classification_level',
  prefix: 'classification',
  refPrefix: null,
  owners: () => [],
  noun: 'classification level',
  readAction: 'classification.read',
  fields: {
    name: text,
    rank: number,
    description: text,
    handling: text,
    withdrawnAt: instant,
  },
})

export const dependencyRecord = linkType<AssetDependency>('asset_dependency', {
  readAction: 'asset.read',
  partOf: [
    { type: 'asset', column: 'asset_id' },
    { type: 'asset', column: 'relies_on_id' },
  ],
  fields: { assetId: record('asset'), reliesOnId: record('asset') },
})

export const assetFindables: readonly Findable[] = [
  {
    record: assetRecord,
    path: '/assets',
    sql: `select id, ref, name as title, concat_ws(' ', description, category, location) as more,
            withdrawn_at is null as live from asset where org_id = $1`,
  },
]

const inUse = `from asset where org_id = $1 and withdrawn_at is null and life_cycle <> 'retired'`

export const assetOwnership: readonly OwnershipSource[] = [
  {
    type: 'asset',
    prefix: 'asset',
    readAction: 'asset.read',
    duty: 'owner',
    path: '/assets',
    sql: `select id, ref, name as title ${inUse} and owner_id = $2`,
  },
  {
    type: 'asset',
    prefix: 'asset',
    readAction: 'asset.read',
    duty: 'custodian',
    path: '/assets',
    sql: `select id, ref, name as title ${inUse} and custodian_id = $2`,
  },
]
