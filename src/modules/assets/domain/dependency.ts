import { type Change, changed, created, type RecordRow } from '#kernel/change.ts'
import type { Id } from '#kernel/id.ts'
import { ok, type Result, refuse } from '#kernel/result.ts'

/** One asset relies on another: when the other fails, so may this one. */
export interface AssetDependency extends RecordRow {
  readonly id: Id<'asset_dependency'>
  readonly assetId: Id<'asset'>
  readonly reliesOnId: Id<'asset'>
  readonly live: boolean
}

/**
 * Says that one asset relies on another. Refuses an asset relying on itself, at once or around a circle; a link that
 * was removed before is switched on again.
 * @param live all live dependencies of the organization
 */
export function relyOn(
  key: Pick<AssetDependency, 'id' | 'orgId' | 'assetId' | 'reliesOnId'>,
  existing: AssetDependency | undefined,
  live: readonly Pick<AssetDependency, 'assetId' | 'reliesOnId'>[],
): Result<Change<AssetDependency> | null> {
  if (key.assetId === key.reliesOnId || reaches(live, key.reliesOnId, key.assetId)) {
    return refuse(
      'asset.circular_dependency',
      'These assets would rely on each other in a circle: remove the other direction first.',
      {},
      'reliesOnId',
    )
  }
  if (!existing) return ok(created('asset_dependency', { ...key, version: 1, live: true }, 'asset.dependency_added'))
  if (existing.live) return ok(null)
  return ok(changed('asset_dependency', existing, { live: true }, 'asset.dependency_added'))
}

/** Says that an asset no longer relies on another. */
export function relyNoMore(link: AssetDependency): Result<Change<AssetDependency> | null> {
  return ok(link.live ? changed('asset_dependency', link, { live: false }, 'asset.dependency_removed') : null)
}

/** Everything an asset relies on, directly or through others, and what stands between. */
export function reaches(
  links: readonly Pick<AssetDependency, 'assetId' | 'reliesOnId'>[],
  from: Id<'asset'>,
  to: Id<'asset'>,
): boolean {
  const seen = new Set<string>([from])
  const open = [from]
  for (let at = open.pop(); at !== undefined; at = open.pop()) {
    if (at === to) return true
    for (const link of links) {
      if (link.assetId === at && !seen.has(link.reliesOnId)) {
        seen.add(link.reliesOnId)
        open.push(link.reliesOnId)
      }
    }
  }
  return false
}
