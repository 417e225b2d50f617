import { type Change, changed, created, type RecordRow } from '#kernel/change.ts'
import type { Id } from '#kernel/id.ts'
import { ok, type Result, refuse } from '#kernel/result.ts'
import type { Instant, LocalDate } from '#kernel/time.ts'

export const assetKinds = [
  'information',
  'data',
  'software',
  'hardware',
  'service',
  'people',
  'site',
  'intangible',
] as const
export const lifeCycles = ['planned', 'inUse', 'retired'] as const
export const personalDataStates = ['yes', 'no', 'notStated'] as const

/** Value of a property of an asset: 1 low, 2 moderate, 3 high, 4 critical; null is not stated. */
export type AssetValue = 1 | 2 | 3 | 4 | null
export const assetValues = [1, 2, 3, 4] as const

/** Something of value to the organization, in the inventory of A.5.9. */
export interface Asset extends RecordRow {
  readonly id: Id<'asset'>
  readonly ref: string
  readonly name: string
  readonly kind: (typeof assetKinds)[number]
  readonly category: string
  readonly description: string
  readonly ownerId: Id<'person'> | null
  readonly ownerText: string
  readonly custodianId: Id<'person'> | null
  readonly custodianText: string
  readonly classificationId: Id<'classification'> | null
  readonly confidentiality: AssetValue
  readonly integrity: AssetValue
  readonly availability: AssetValue
  readonly criticality: AssetValue
  readonly valueReason: string
  readonly location: string
  readonly environment: string
  readonly supplier: string
  readonly personalData: (typeof personalDataStates)[number]
  readonly lifeCycle: (typeof lifeCycles)[number]
  readonly verifiedOn: LocalDate | null
  readonly verifiedBy: Id<'person'> | null
  readonly note: string
  readonly withdrawnAt: Instant | null
}

/** What a person editing the inventory may set. */
export type AssetFields = Omit<Asset, 'id' | 'orgId' | 'version' | 'ref' | 'verifiedOn' | 'verifiedBy' | 'withdrawnAt'>

/** An asset with nothing stated but its name. */
export const blankAsset: Omit<AssetFields, 'name' | 'kind'> = {
  category: '',
  description: '',
  ownerId: null,
  ownerText: '',
  custodianId: null,
  custodianText: '',
  classificationId: null,
  confidentiality: null,
  integrity: null,
  availability: null,
  criticality: null,
  valueReason: '',
  location: '',
  environment: '',
  supplier: '',
  personalData: 'notStated',
  lifeCycle: 'inUse',
  note: '',
}

/** Enters an asset in the inventory. */
export function addAsset(key: Pick<Asset, 'id' | 'orgId' | 'ref'>, fields: AssetFields): Change<Asset> {
  return created(
    'asset',
    { ...key, ...fields, version: 1, verifiedOn: null, verifiedBy: null, withdrawnAt: null },
    'asset.added',
  )
}

/** Changes an asset. Naming an owner settles what the imported text left open. Refuses a withdrawn asset. */
export function changeAsset(asset: Asset, patch: Partial<AssetFields>): Result<Change<Asset>> {
  if (asset.withdrawnAt !== null) return withdrawn(asset)
  const settled: Partial<AssetFields> = {
    ...patch,
    ...(patch.ownerId ? { ownerText: '' } : {}),
    ...(patch.custodianId ? { custodianText: '' } : {}),
  }
  return ok(changed('asset', asset, settled, 'asset.changed'))
}

/** Records that somebody saw that the asset exists as described (a sample from the register to reality). */
export function verifyAsset(asset: Asset, by: Id<'person'> | null, on: LocalDate, note: string): Result<Change<Asset>> {
  if (asset.withdrawnAt !== null) return withdrawn(asset)
  if (asset.verifiedOn !== null && on < asset.verifiedOn) {
    return refuse(
      'asset.verified_later',
      `${asset.ref} was last verified on ${asset.verifiedOn}; ${on} lies before that.`,
      { ref: asset.ref, on, verifiedOn: asset.verifiedOn },
      'on',
    )
  }
  return ok(changed('asset', asset, { verifiedOn: on, verifiedBy: by }, 'asset.verified', note === '' ? null : note))
}

/** Takes an asset out of the inventory; it stays readable, with its history. */
export function withdrawAsset(asset: Asset, now: Instant, reason: string): Result<Change<Asset>> {
  if (asset.withdrawnAt !== null) return withdrawn(asset)
  return ok(changed('asset', asset, { withdrawnAt: now }, 'asset.withdrawn', reason))
}

function withdrawn(asset: Asset): ReturnType<typeof refuse> {
  return refuse('asset.withdrawn', `${asset.ref} ${asset.name} was taken out of the inventory and cannot be changed.`, {
    ref: asset.ref,
    name: asset.name,
  })
}

/**
 * The value that counts for an asset: the highest of what is stated for confidentiality, integrity and availability,
 * else the overall value, else null. Never an average: one critical property makes the asset critical.
 */
export function assetValue(
  asset: Pick<Asset, 'confidentiality' | 'integrity' | 'availability' | 'criticality'>,
): AssetValue {
  const stated = [asset.confidentiality, asset.integrity, asset.availability].filter((value) => value !== null)
  return stated.length > 0 ? (Math.max(...stated) as AssetValue) : asset.criticality
}

/** What an auditor would object to in an inventory entry (A.5.9, A.5.12), most important first. */
export function assetGaps(
  asset: Pick<
    Asset,
    | 'ownerId'
    | 'ownerText'
    | 'classificationId'
    | 'confidentiality'
    | 'integrity'
    | 'availability'
    | 'criticality'
    | 'verifiedOn'
  >,
  owner: { readonly active: boolean } | null,
): readonly AssetGap[] {
  const gaps: AssetGap[] = []
  if (asset.ownerId === null) gaps.push(asset.ownerText === '' ? 'noOwner' : 'ownerUnresolved')
  else if (owner && !owner.active) gaps.push('ownerLeft')
  if (asset.classificationId === null) gaps.push('notClassified')
  if (assetValue(asset) === null) gaps.push('notValued')
  if (asset.verifiedOn === null) gaps.push('neverVerified')
  return gaps
}

export const assetGapKinds = [
  'noOwner',
  'ownerUnresolved',
  'ownerLeft',
  'notClassified',
  'notValued',
  'neverVerified',
] as const
export type AssetGap = (typeof assetGapKinds)[number]
