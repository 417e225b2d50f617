import type { Id } from '#kernel/id.ts'
import { bandAt, evaluationOf } from './evaluate.ts'
import { type Band, consequenceLevels, type RiskMethod } from './method.ts'
import { isLive, type Risk } from './risk.ts'
import { type RiskState, riskStates } from './scores.ts'

/** One field of the risk matrix and the live risks in it, by state. */
export interface MatrixCell {
  readonly likelihood: number
  readonly consequence: number
  /** Null where a draft method has no band yet. */
  readonly band: Band | null
  readonly risks: Readonly<Record<RiskState, readonly Id<'risk'>[]>>
}

/** How a risk moves through the matrix; null where a state is not scored. */
export interface Movement {
  readonly riskId: Id<'risk'>
  readonly ref: string
  readonly path: Readonly<Record<RiskState, { readonly likelihood: number; readonly consequence: number } | null>>
}

export interface RiskMatrix {
  /** All fields, likelihood from the highest row down, consequence rising within a row: as the picture is drawn. */
  readonly cells: readonly MatrixCell[]
  readonly movements: readonly Movement[]
  /** Live risks that are not in it, because they are not scored or scored under another version. */
  readonly notShown: readonly Id<'risk'>[]
}

/** Places the live risks scored under a method version into its matrix. */
export function riskMatrix(method: RiskMethod, risks: readonly Risk[]): RiskMatrix {
  const live = risks.filter(isLive)
  const movements = live
    .filter((risk) => risk.methodId === method.id && risk.current !== null)
    .map((risk) => ({ riskId: risk.id, ref: risk.ref, path: pathOf(method, risk) }))
  const byField = new Map<string, Record<RiskState, Id<'risk'>[]>>()
  for (const movement of movements) {
    for (const state of riskStates) {
      const point = movement.path[state]
      if (point === null) continue
      const key = `${point.likelihood}/${point.consequence}`
      const field = byField.get(key) ?? emptyField()
      field[state].push(movement.riskId)
      byField.set(key, field)
    }
  }
  const cells = method.likelihood.toReversed().flatMap(({ value: likelihood }) =>
    consequenceLevels(method).map(({ value: consequence }) => ({
      likelihood,
      consequence,
      band: bandAt(method, likelihood, consequence),
      risks: byField.get(`${likelihood}/${consequence}`) ?? emptyField(),
    })),
  )
  const shown = new Set(movements.map((movement) => movement.riskId))
  return { cells, movements, notShown: live.map((risk) => risk.id).filter((id) => !shown.has(id)) }
}

const emptyField = (): Record<RiskState, Id<'risk'>[]> => ({ inherent: [], current: [], target: [] })

function pathOf(method: RiskMethod, risk: Risk): Movement['path'] {
  const point = (state: RiskState) => {
    const evaluation = evaluationOf(method, risk[state])
    return evaluation === null ? null : { likelihood: evaluation.likelihood, consequence: evaluation.consequence }
  }
  return { inherent: point('inherent'), current: point('current'), target: point('target') }
}
