import { linkType, recordType } from '#platform/ledger/record-type.ts'
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
})

export const classificationRecord = recordType<ClassificationLevel>({
  type: 'classification_level',
  prefix: 'classification',
  refPrefix: null,
  owners: () => [],
  noun: 'classification level',
})

export const dependencyRecord = linkType<AssetDependency>('asset_dependency')
