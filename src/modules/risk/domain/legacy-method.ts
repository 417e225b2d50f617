import { type Change, created } from '#kernel/change.ts'
import { ok, type Result } from '#kernel/result.ts'
import type { ImportingAt } from './acting.ts'
import { newMethod } from './draft-method.ts'
import type { Band, Dimension, Level, MethodContent, RiskMethod } from './method.ts'
import { recordTypes } from './record-types.ts'
import { stop } from './refusals.ts'
import { validateLegacyMethod } from './validate-method.ts'

/** What can be learned from a file about the method behind it. */
export interface ImportedScales {
  /** Name under which the imported values are kept, such as the file's name. */
  readonly name: string
  readonly likelihood: readonly Level[]
  /** Dimensions of the file; when it has a single impact column, pass `overallImpact` instead. */
  readonly dimensions: readonly { readonly key: string; readonly name: string; readonly levels: readonly Level[] }[]
  readonly overallImpact: readonly Level[] | null
  /** Product bands when the file states them; otherwise one band holds everything and says nothing. */
  readonly bands: readonly Band[] | null
}

/**
 * Keeps the scales of an imported register as a method version of their own, so that original values stay readable.
 * It never comes into force: nothing can be approved or accepted under it.
 * A single impact column becomes the one dimension `impact`, which gives *overall* scores their scale; scores themselves stay overall.
 */
export function legacyMethod(scales: ImportedScales, edition: number, at: ImportingAt): Result<Change<RiskMethod>> {
  const content = legacyContent(scales)
  const first = validateLegacyMethod(content)[0]
  if (first !== undefined) return stop(first)
  const row: RiskMethod = { ...newMethod(content, edition, null, at), status: 'legacy' }
  return ok(created(recordTypes.method, row, 'risk.method_imported'))
}

function legacyContent(scales: ImportedScales): MethodContent {
  const dimensions: Dimension[] = scales.dimensions.map((dimension) => ({ ...dimension, acceptUpTo: null }))
  if (dimensions.length === 0 && scales.overallImpact !== null) {
    dimensions.push({ key: 'impact', name: 'Impact', levels: scales.overallImpact, acceptUpTo: null })
  }
  const highest = (scales.likelihood.at(-1)?.value ?? 0) * (dimensions[0]?.levels.at(-1)?.value ?? 0)
  const everything: Band = { key: 'unclassified', name: 'Unclassified', token: 'gray', from: 0, to: highest }
  return {
    name: scales.name,
    likelihood: scales.likelihood,
    dimensions,
    combination: 'maximum',
    aggregate: { mode: 'product' },
    bands: scales.bands ?? [everything],
    acceptUpTo: null,
    acceptanceAuthority: [],
    planAuthority: [],
    intervalMonths: 12,
    triggers: [],
    validityMonths: 12,
  }
}
