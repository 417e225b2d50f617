import type { RecordRow } from '#kernel/change.ts'
import type { Id } from '#kernel/id.ts'
import type { Instant } from '#kernel/time.ts'

/** One level of a scale. Values rise strictly; usually 1, 2, 3 … */
export interface Level {
  readonly value: number
  readonly name: string
  /** What makes a person choose this level rather than its neighbour. */
  readonly definition: string
}

/** One way in which harm is felt (financial, legal, safety …). All dimensions of a method share the values of the scale. */
export interface Dimension {
  readonly key: string
  readonly name: string
  readonly levels: readonly Level[]
  /** Key of the highest band acceptable in this dimension, stricter than the method's; null: only the overall threshold counts. */
  readonly acceptUpTo: string | null
}

/** Colours by meaning of position, resolved by the interface for light and dark. */
export const bandTokens = ['gray', 'green', 'lime', 'yellow', 'orange', 'red', 'violet', 'blue'] as const
export type BandToken = (typeof bandTokens)[number]

/** A class of risk, listed from lowest to highest. `from` and `to` (both inclusive) belong to product mode, null in matrix mode. */
export interface Band {
  readonly key: string
  readonly name: string
  readonly token: BandToken
  readonly from: number | null
  readonly to: number | null
}

/** How likelihood and consequence give a band. Matrix rows are likelihood levels, columns consequence levels, lowest first. */
export type Aggregate =
  | { readonly mode: 'product' }
  | { readonly mode: 'matrix'; readonly cells: readonly (readonly string[])[] }

/** Roles that can be asked to sign in addition to the risk owner. */
export const authorityRoles = ['ismsManager', 'topManagement'] as const
export type AuthorityRole = (typeof authorityRoles)[number]

/** Up to and including band `upTo` the owner signs, and in addition everyone in `also`; bands above the last step cannot be signed off. */
export interface AuthorityStep {
  readonly upTo: string
  readonly also: readonly AuthorityRole[]
}

/** What a method says: the criteria of 6.1.2 a and who may accept what. */
export interface MethodContent {
  readonly name: string
  readonly likelihood: readonly Level[]
  readonly dimensions: readonly Dimension[]
  /** Dimensions combine by their maximum; a mean would let one severe consequence disappear among mild ones. */
  readonly combination: 'maximum'
  readonly aggregate: Aggregate
  readonly bands: readonly Band[]
  /** Key of the highest band that is acceptable; null only in imported (legacy) methods. */
  readonly acceptUpTo: string | null
  /** Who signs the acceptance of a residual risk, by its band. */
  readonly acceptanceAuthority: readonly AuthorityStep[]
  /** Who signs a treatment plan, by the current band; empty: the owner alone, whatever the band. */
  readonly planAuthority: readonly AuthorityStep[]
  /** Months between whole assessments (8.2, planned intervals). */
  readonly intervalMonths: number
  /** Events that call for an assessment in between (8.2, significant changes). */
  readonly triggers: readonly string[]
  /** Months after which a plan approval or an acceptance must be given again. */
  readonly validityMonths: number
}

export const methodStatuses = ['draft', 'approved', 'superseded', 'legacy'] as const
export type MethodStatus = (typeof methodStatuses)[number]

export type MethodStep = 'edit' | 'approve' | 'discard' | 'revise' | 'supersede'

/** What can be done with a method. One version is in force at a time; what was approved is never edited, only revised. */
export const methodSteps = {
  draft: ['edit', 'approve', 'discard'],
  approved: ['revise', 'supersede'],
  superseded: [],
  legacy: [],
} as const satisfies Record<MethodStatus, readonly MethodStep[]>

/** A version of the risk method (6.1.2, 6.1.3). `edition` counts versions of the method; `version` is the row's lock. */
export interface RiskMethod extends RecordRow, MethodContent {
  readonly id: Id<'riskMethod'>
  readonly edition: number
  readonly status: MethodStatus
  /** The version this one was drafted from. */
  readonly revisesId: Id<'riskMethod'> | null
  readonly approvedBy: Id<'person'> | null
  readonly approvedAt: Instant | null
  readonly supersededAt: Instant | null
  readonly withdrawnAt: Instant | null
}

/** “1–5” for consecutive values, “1, 2, 4, 8” otherwise. */
export function scaleText(levels: readonly Level[]): string {
  const values = levels.map((level) => level.value)
  const first = values[0]
  const last = values[values.length - 1]
  if (first === undefined || last === undefined) return '(empty)'
  const consecutive = values.every((value, i) => value === first + i)
  return consecutive && values.length > 1 ? `${first}–${last}` : values.join(', ')
}

/** Place of a value on a scale, counted from 0; -1 when it is not on it. */
export const positionOf = (levels: readonly Level[], value: number): number =>
  levels.findIndex((level) => level.value === value)

/** The consequence scale shared by all dimensions. */
export const consequenceLevels = (method: MethodContent): readonly Level[] => method.dimensions[0]?.levels ?? []

/**
 * Levels of an overall consequence: by name. What a level means is defined for each dimension, so a method of several
 * has no definition that holds for all of them.
 */
export const overallLevels = ({ dimensions: [first, ...others] }: MethodContent): readonly Level[] =>
  others.length === 0 ? (first?.levels ?? []) : (first?.levels ?? []).map((level) => ({ ...level, definition: '' }))

/** Place of a band, lowest 0; -1 for an unknown key. */
export const bandIndex = (method: MethodContent, key: string | null): number =>
  method.bands.findIndex((band) => band.key === key)
