import type { OwnershipSource } from '#modules/people/server/ownership.ts'
import { linkType, recordType } from '#platform/ledger/record-type.ts'
import type { Findable } from '#platform/search/findable.ts'
import type { Asset } from '../domain/asset.ts'
import type { ClassificationLevel } from '../domain/classification.ts'
import type { AssetDependency } from '../domain/dependency.ts'

/** Owner and custodian are both answerable for an asset. */
export const assetRecord = recordType<Asset>({
  type: 'asset',
  prefix: 'asset',
  refPrefix: 'A',
  owners: (asset) => [asset.ownerId, asset.custodianId],
  noun: 'asset',
  readAction: 'asset.read',
})

export const classificationRecord = recordType<ClassificationLevel>({
  type: 'classification_level',
  prefix: 'classification',
  refPrefix: null,
  owners: () => [],
  noun: 'classification level',
  readAction: 'classification.read',
})

export const dependencyRecord = linkType<AssetDependency>('asset_dependency', {
  readAction: 'asset.read',
  partOf: [
    { type: 'asset', column: 'asset_id' },
    { type: 'asset', column: 'relies_on_id' },
  ],
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
    duty: 'owner',
    path: '/assets',
    sql: `select id, ref, name as title ${inUse} and owner_id = $2`,
  },
  {
    type: 'asset',
    prefix: 'asset',
    duty: 'custodian',
    path: '/assets',
    sql: `select id, ref, name as title ${inUse} and custodian_id = $2`,
  },
]
