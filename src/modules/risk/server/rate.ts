import type { Id } from '#kernel/id.ts'
import { statement } from '#platform/db/database.ts'
import type { Rating, RatingReader } from '#platform/ledger/field-kind.ts'
import { bandColor } from '../domain/band-color.ts'
import { evaluate } from '../domain/evaluate.ts'
import { consequenceLevels, type Level, type RiskMethod } from '../domain/method.ts'
import { consequenceEntries, type Scores } from '../domain/scores.ts'

/** Scores of risks as histories tell them, under the method their row names. One statement. */
export const rateScores: RatingReader = async (tx, asked) => {
  const ids = [...new Set(asked.map(({ image }) => image['method_id']))].filter((id) => typeof id === 'string')
  const methods = await tx.rows<RiskMethod>(
    statement('select * from risk_method where org_id = $1 and id = any($2)', [tx.org.id, ids]),
  )
  const byId = new Map<Id, RiskMethod>(methods.map((method) => [method.id, method]))
  return asked.map(({ scores, image }) => {
    const method = byId.get(image['method_id'] as Id)
    return method === undefined ? null : ratingOf(method, scores as Scores)
  })
}

function ratingOf(method: RiskMethod, scores: Scores): Rating | null {
  const result = evaluate(method, scores)
  if (!result.ok) return null
  const { product, likelihood, consequence, band } = result.value
  const axis = (key: string, name: string | null, levels: readonly Level[], value: number) => ({
    key,
    name,
    value,
    level: levels.find((level) => level.value === value)?.name ?? null,
  })
  return {
    score: product === null ? `${likelihood}×${consequence}` : String(product),
    label: band.name,
    color: bandColor(band.token),
    axes: [
      axis('likelihood', null, method.likelihood, scores.likelihood),
      ...consequenceEntries(scores).map(([key, value]) => {
        const dimension = method.dimensions.find((one) => one.key === key)
        return axis(key, dimension?.name ?? null, dimension?.levels ?? consequenceLevels(method), value)
      }),
    ],
  }
}
