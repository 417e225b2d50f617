import type { Id } from '#kernel/id.ts'
import { type Evaluation, evaluationOf } from './evaluate.ts'
import type { RiskMethod } from './method.ts'
import { isLive, type Risk } from './risk.ts'
import type { RunResult } from './run.ts'
import { compareRefs, compareText } from './words.ts'

/** A risk in the ranking of the register. */
export interface RankedRisk {
  readonly riskId: Id<'risk'>
  readonly ref: string
  /** 1 is the most urgent; null when the risk cannot be ranked under this method. */
  readonly rank: number | null
  readonly evaluation: Evaluation | null
  /** Why there is no rank: not scored, scored under another version, or not a live risk. */
  readonly unranked: 'notAssessed' | 'otherMethod' | 'notLive' | null
}

/**
 * Ranks risks by their current level under one method version (6.1.2 e 2). Every risk appears once.
 * Above a threshold first (a stricter dimension can make a lower band the more urgent one), then higher band, then product
 * (product mode), then consequence, then likelihood, then reference (R-2 before R-10): `Evaluation.priority`, then reference.
 * Unranked risks follow, by reference. Levels of other versions are not comparable, so they get no rank here.
 */
export function rankRisks(method: RiskMethod, risks: readonly Risk[]): readonly RankedRisk[] {
  const entries = risks.map((risk) => {
    const evaluation = risk.methodId === method.id ? evaluationOf(method, risk.current) : null
    const unranked = isLive(risk)
      ? evaluation === null
        ? risk.current === null
          ? 'notAssessed'
          : 'otherMethod'
        : null
      : 'notLive'
    return { risk, evaluation, unranked } as const
  })
  const sorted = entries.toSorted((a, b) => {
    if ((a.unranked === null) !== (b.unranked === null)) return a.unranked === null ? -1 : 1
    const urgency = a.unranked === null ? (b.evaluation?.priority ?? 0) - (a.evaluation?.priority ?? 0) : 0
    return urgency || compareRefs(a.risk.ref, b.risk.ref) || compareText(a.risk.id, b.risk.id)
  })
  return sorted.map(({ risk, evaluation, unranked }, i) => ({
    riskId: risk.id,
    ref: risk.ref,
    rank: unranked === null ? i + 1 : null,
    evaluation,
    unranked,
  }))
}

/** The same order for the results of one run. */
export function rankResults(
  results: readonly RunResult[],
): readonly { readonly result: RunResult; readonly rank: number }[] {
  return results
    .toSorted((a, b) => b.priority - a.priority || compareRefs(a.riskRef, b.riskRef) || compareText(a.riskId, b.riskId))
    .map((result, i) => ({ result, rank: i + 1 }))
}
