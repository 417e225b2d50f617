import type { Risk } from './risk.ts'
import { type RiskState, riskStates } from './scores.ts'

/** A level on the scales of an imported register, as far as its row stated it. */
export interface OriginalLevel {
  readonly likelihood: number | null
  readonly consequence: number | null
  /** The product the file states, otherwise that of likelihood and consequence. */
  readonly product: number | null
  /** The file's own word, such as “Critical”. */
  readonly level: string | null
}

/**
 * What an imported register said of the states of a risk, on its own scales. A state that was scored under a method of the
 * organization has none: that score counts, and an old one beside it would be taken for its equal. Null when nothing is left.
 */
export function originalLevels(
  risk: Pick<Risk, 'imported' | 'methodId' | RiskState>,
): Readonly<Record<RiskState, OriginalLevel | null>> | null {
  const { imported } = risk
  if (imported === null) return null
  const ownMethod = risk.methodId !== null && risk.methodId !== imported.methodId
  const levelOf = (state: RiskState): OriginalLevel | null => {
    if (ownMethod && risk[state] !== null) return null
    const scores = imported[state]
    const stated = imported.stated[state]
    if (scores === null && stated === null) return null
    const consequence = scores === null ? null : Math.max(...Object.values(scores.consequences))
    return {
      likelihood: scores?.likelihood ?? null,
      consequence,
      product: stated?.product ?? (scores === null || consequence === null ? null : scores.likelihood * consequence),
      level: stated?.level ?? null,
    }
  }
  const levels = { inherent: levelOf('inherent'), current: levelOf('current'), target: levelOf('target') }
  return riskStates.some((state) => levels[state] !== null) ? levels : null
}
