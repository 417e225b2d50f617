import { RatingBadge } from '#ui/rating-badge.tsx'
import { bandColor } from '../domain/band-color.ts'
import type { EvaluationView, MethodView } from './views.ts'

/** A level in the method's colour: likelihood × consequence (or their product) in the chip, the band beside it. */
export function RiskLevel({ level }: { level: EvaluationView | null }) {
  if (level === null) return <RatingBadge score={null} />
  return (
    <RatingBadge
      score={level.product ?? `${level.likelihood}×${level.consequence}`}
      label={level.band.name}
      color={bandColor(level.band.token)}
    />
  )
}

/** The band alone, by its key. */
export function BandBadge({ method, band }: { method: MethodView | undefined; band: string | null }) {
  const found = method?.bands.find((one) => one.key === band)
  if (band === null) return <RatingBadge score={null} />
  return found === undefined ? (
    <span>{band}</span>
  ) : (
    <span style={{ display: 'inline-flex', gap: 7, alignItems: 'center' }}>
      <span
        aria-hidden="true"
        style={{ width: 12, height: 12, borderRadius: 3, background: bandColor(found.token), flex: 'none' }}
      />
      {found.name}
    </span>
  )
}
