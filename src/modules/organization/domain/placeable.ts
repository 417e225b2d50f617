import { type Change, changed, created, type RecordRow } from '#kernel/change.ts'
import type { Id } from '#kernel/id.ts'
import { ok, type Result, refuse } from '#kernel/result.ts'
import type { Instant } from '#kernel/time.ts'

/** What an organization consists of, as far as a scope is drawn through it. */
export const placeableKinds = ['unit', 'site', 'service', 'product'] as const
export type PlaceableKind = (typeof placeableKinds)[number]

/** Where something lies relative to the scope; undecided until somebody places it. */
export const placements = ['in', 'out', 'undecided'] as const
export type Placement = (typeof placements)[number]

/** A unit, site, service or product. The kind is the record type. */
export interface Placeable extends RecordRow {
  readonly id: Id<PlaceableKind>
  readonly ref: string
  readonly name: string
  readonly description: string
  readonly ownerId: Id<'person'> | null
  readonly placement: Placement
  readonly placementReason: string
  readonly withdrawnAt: Instant | null
}

export type PlaceableFields = Pick<Placeable, 'name' | 'description' | 'ownerId'>

/** A new entry; it lies nowhere until it is placed, so that a scope approved before says so. */
export function addPlaceable(
  kind: PlaceableKind,
  key: Pick<Placeable, 'id' | 'orgId' | 'ref'>,
  fields: PlaceableFields,
): Change<Placeable> {
  const row: Placeable = {
    ...key,
    ...fields,
    version: 1,
    placement: 'undecided',
    placementReason: '',
    withdrawnAt: null,
  }
  return created(kind, row, `${kind}.added` as const)
}

/** Changes what an entry says, not where it lies. */
export function changePlaceable(
  kind: PlaceableKind,
  row: Placeable,
  patch: Partial<PlaceableFields>,
): Result<Change<Placeable>> {
  if (row.withdrawnAt !== null) return withdrawn(row)
  return ok(changed(kind, row, patch, `${kind}.changed` as const))
}

/**
 * Places an entry inside or outside the scope (4.3). Refuses to leave something out without saying why: an auditor asks
 * exactly that.
 */
export function place(
  kind: PlaceableKind,
  row: Placeable,
  placement: Placement,
  reason: string,
): Result<Change<Placeable>> {
  if (row.withdrawnAt !== null) return withdrawn(row)
  if (placement === 'out' && reason.trim() === '') {
    return refuse(
      'scope.exclusion_unjustified',
      `Say why ${row.ref} ${row.name} lies outside the scope: an auditor will ask.`,
      { name: row.name, ref: row.ref },
      'reason',
    )
  }
  return ok(changed(kind, row, { placement, placementReason: reason }, `${kind}.placed` as const))
}

/** Takes an entry out of use: sold, closed, never there. */
export function withdrawPlaceable(
  kind: PlaceableKind,
  row: Placeable,
  now: Instant,
  reason: string,
): Result<Change<Placeable>> {
  if (row.withdrawnAt !== null) return withdrawn(row)
  return ok(changed(kind, row, { withdrawnAt: now }, `${kind}.withdrawn` as const, reason))
}

const withdrawn = (row: Placeable): ReturnType<typeof refuse> =>
  refuse('scope.withdrawn', `${row.ref} ${row.name} was taken out of use and cannot be changed.`, {
    name: row.name,
    ref: row.ref,
  })
