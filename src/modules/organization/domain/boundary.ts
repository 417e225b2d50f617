import { type Change, changed, created, type RecordRow } from '#kernel/change.ts'
import type { Id } from '#kernel/id.ts'
import { ok, type Result, refuse } from '#kernel/result.ts'
import type { Instant } from '#kernel/time.ts'

export const interfaceKinds = ['interface', 'dependency'] as const

/** Something that crosses the boundary of the scope (4.3 c): an own activity outside it, or another organization. */
export interface ScopeInterface extends RecordRow {
  readonly id: Id<'interface'>
  readonly ref: string
  readonly kind: (typeof interfaceKinds)[number]
  readonly name: string
  readonly description: string
  /** Who is on the other side. */
  readonly counterpart: string
  /** References of the controls that protect it. */
  readonly controls: readonly string[]
  readonly ownerId: Id<'person'> | null
  readonly withdrawnAt: Instant | null
}

export type InterfaceFields = Pick<
  ScopeInterface,
  'kind' | 'name' | 'description' | 'counterpart' | 'controls' | 'ownerId'
>

/** Something left out of the scope beside whole units, sites, services and products, and why. */
export interface ScopeExclusion extends RecordRow {
  readonly id: Id<'exclusion'>
  readonly ref: string
  readonly name: string
  readonly justification: string
  readonly withdrawnAt: Instant | null
}

export type ExclusionFields = Pick<ScopeExclusion, 'name' | 'justification'>

type Boundary = ScopeInterface | ScopeExclusion

/** A new interface or dependency. */
export function addInterface(
  key: Pick<ScopeInterface, 'id' | 'orgId' | 'ref'>,
  fields: InterfaceFields,
): Change<ScopeInterface> {
  return created('scope_interface', { ...key, ...fields, version: 1, withdrawnAt: null }, 'interface.added')
}

/** Changes an interface or dependency. */
export function changeInterface(row: ScopeInterface, patch: Partial<InterfaceFields>): Result<Change<ScopeInterface>> {
  if (row.withdrawnAt !== null) return withdrawn(row)
  return ok(changed('scope_interface', row, patch, 'interface.changed'))
}

/** Records that nothing crosses the boundary there any more. */
export function withdrawInterface(row: ScopeInterface, now: Instant, reason: string): Result<Change<ScopeInterface>> {
  if (row.withdrawnAt !== null) return withdrawn(row)
  return ok(changed('scope_interface', row, { withdrawnAt: now }, 'interface.withdrawn', reason))
}

/** A new exclusion; its justification is never empty. */
export function addExclusion(
  key: Pick<ScopeExclusion, 'id' | 'orgId' | 'ref'>,
  fields: ExclusionFields,
): Change<ScopeExclusion> {
  return created('scope_exclusion', { ...key, ...fields, version: 1, withdrawnAt: null }, 'exclusion.added')
}

/** Changes an exclusion. */
export function changeExclusion(row: ScopeExclusion, patch: Partial<ExclusionFields>): Result<Change<ScopeExclusion>> {
  if (row.withdrawnAt !== null) return withdrawn(row)
  return ok(changed('scope_exclusion', row, patch, 'exclusion.changed'))
}

/** Takes an exclusion back: what was left out belongs to the scope again, or is gone. */
export function withdrawExclusion(row: ScopeExclusion, now: Instant, reason: string): Result<Change<ScopeExclusion>> {
  if (row.withdrawnAt !== null) return withdrawn(row)
  return ok(changed('scope_exclusion', row, { withdrawnAt: now }, 'exclusion.withdrawn', reason))
}

const withdrawn = (row: Boundary): ReturnType<typeof refuse> =>
  refuse('scope.withdrawn', `${row.ref} ${row.name} was withdrawn and cannot be changed.`, {
    name: row.name,
    ref: row.ref,
  })
