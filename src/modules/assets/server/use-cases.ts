import { defined } from '#kernel/change.ts'
import { requireHere } from '#modules/people/server/reader.ts'
import { grantForNew } from '#platform/access/policy.ts'
import { statement } from '#platform/db/database.ts'
import type { Tx } from '#platform/db/transaction.ts'
import { useCase } from '#platform/http/use-case.ts'
import { orRefuse, RefusalError } from '#platform/refusal/refusal-error.ts'
import { assets } from '../contract.ts'
import { type AssetFields, addAsset, blankAsset, changeAsset, verifyAsset, withdrawAsset } from '../domain/asset.ts'
import { type AssetDependency, relyNoMore, relyOn } from '../domain/dependency.ts'
import { assetRecord } from './records.ts'
import { listAssets, sampleAssets, showAsset } from './views.ts'

export const listAssetsUseCase = useCase(assets.list, async ({ tx, query, can }) => ({
  ...(await listAssets(tx, query, can)),
  can: { create: can('asset.create'), import: can('asset.import') },
}))

export const showAssetUseCase = useCase(assets.show, ({ tx, params, can }) => showAsset(tx, params.assetId, can))

export const addAssetUseCase = useCase(assets.add, async ({ tx, permission, body, can }) => {
  const grant = orRefuse(grantForNew(permission))
  await requirePeople(tx, body)
  const key = { id: tx.newId<'asset'>(), orgId: tx.org.id, ref: await tx.nextRef(grant, 'A') }
  await tx.commit(grant, addAsset(key, { ...blankAsset, ...defined(body), name: body.name, kind: body.kind }))
  return showAsset(tx, key.id, can)
})

export const changeAssetUseCase = useCase(assets.change, async ({ tx, permission, params, body, version, can }) => {
  const { row, grant } = await tx.lock(permission, assetRecord, params.assetId, version)
  await requirePeople(tx, body)
  await tx.commit(grant, changeAsset(row, defined(body)))
  return showAsset(tx, row.id, can)
})

export const changeManyAssetsUseCase = useCase(assets.changeMany, async ({ tx, permission, body }) => {
  await requirePeople(tx, body.patch)
  // Locked in order of id, so that two such requests cannot wait for each other.
  const items = [...body.items].sort((a, b) => (a.id < b.id ? -1 : 1))
  const locked = await Promise.all(items.map((one) => tx.lock(permission, assetRecord, one.id, one.version)))
  const [first] = locked
  if (first) {
    await tx.commit(
      first.grant,
      locked.map(({ row }) => changeAsset(row, defined(body.patch))),
    )
  }
  return { changed: locked.length }
})

export const verifyAssetUseCase = useCase(assets.verify, async ({ tx, permission, actor, params, body, can }) => {
  const { row, grant } = await tx.lock(permission, assetRecord, params.assetId)
  await tx.commit(grant, verifyAsset(row, actor.personId, body.on, body.note))
  return showAsset(tx, row.id, can)
})

export const withdrawAssetUseCase = useCase(assets.withdraw, async ({ tx, permission, params, body, can }) => {
  const { row, grant } = await tx.lock(permission, assetRecord, params.assetId)
  await tx.commit(grant, withdrawAsset(row, tx.now, body.reason))
  return showAsset(tx, row.id, can)
})

export const relyOnUseCase = useCase(assets.relyOn, async ({ tx, permission, params, body, can }) => {
  const { row, grant } = await tx.lock(permission, assetRecord, params.assetId)
  await tx.get(assetRecord, body.reliesOnId)
  const links = await dependencies(tx)
  const existing = links.find((link) => link.assetId === row.id && link.reliesOnId === body.reliesOnId)
  const key = { id: tx.newId<'asset_dependency'>(), orgId: tx.org.id, assetId: row.id, reliesOnId: body.reliesOnId }
  const change = orRefuse(
    relyOn(
      key,
      existing,
      links.filter((link) => link.live),
    ),
  )
  if (change) await tx.commit(grant, change)
  return showAsset(tx, row.id, can)
})

export const relyNoMoreUseCase = useCase(assets.relyNoMore, async ({ tx, permission, params, can }) => {
  const { row, grant } = await tx.lock(permission, assetRecord, params.assetId)
  const links = await dependencies(tx)
  const link = links.find((one) => one.assetId === row.id && one.reliesOnId === params.reliesOnId)
  if (!link) {
    throw new RefusalError({
      code: 'asset_dependency.not_found',
      message: `${row.ref} does not rely on that asset.`,
      facts: { ref: row.ref },
    })
  }
  const change = orRefuse(relyNoMore(link))
  if (change) await tx.commit(grant, change)
  return showAsset(tx, row.id, can)
})

export const sampleAssetsUseCase = useCase(assets.sample, ({ tx, query, can }) => sampleAssets(tx, query, can))

async function requirePeople(
  tx: Tx,
  fields: Partial<{ [K in keyof AssetFields]: AssetFields[K] | undefined }>,
): Promise<void> {
  const named = [
    [fields.ownerId ?? null, 'ownerId'],
    [fields.custodianId ?? null, 'custodianId'],
  ] as const
  // By id, as whoever locks several people does.
  await Promise.all(
    named.toSorted(([a], [b]) => ((a ?? '') < (b ?? '') ? -1 : 1)).map(([id, field]) => requireHere(tx, id, field)),
  )
}

// Whole rows, because a link that is switched on or off is written back whole.
function dependencies(tx: Tx): Promise<AssetDependency[]> {
  return tx.rows<AssetDependency>(statement('select * from asset_dependency where org_id = $1 for update', [tx.org.id]))
}
