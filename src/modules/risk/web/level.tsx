import { RatingBadge } from '#ui/rating-badge.tsx'
import { useText } from '#ui/text.ts'
import { bandColor } from '../domain/band-color.ts'
import type { OriginalLevel } from '../domain/original-level.ts'
import type { RiskState } from '../domain/scores.ts'
import styles from './risk.module.css'
import type { EvaluationView, MethodView, RiskItem } from './views.ts'

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

/** A level as an imported register had it, on its own scales: without the colours of a method, and called what it is. */
export function ImportedLevel({ level }: { level: OriginalLevel }) {
  const t = useText('risk')
  const { likelihood, consequence, product } = level
  const score = product ?? (likelihood !== null && consequence !== null ? `${likelihood}×${consequence}` : null)
  return (
    <span className={styles['original']} title={t('levels.importedWhy')}>
      {score === null ? null : <span className={styles['originalScore']}>{score}</span>}
      <span>{[level.level, t('levels.imported')].filter(Boolean).join(', ')}</span>
    </span>
  )
}

/** The current level of a risk; where it is not scored, what its import said of today, or the nearest other state. */
export function CurrentLevel({ risk }: { risk: Pick<RiskItem, 'original' | RiskState> }) {
  const t = useText('risk')
  const known = (['current', 'inherent', 'target'] as const).find(
    (state) => risk[state] !== null || (risk.original?.[state] ?? null) !== null,
  )
  if (known === undefined || known === 'current') return <StateLevel risk={risk} state="current" />
  return (
    <span style={{ display: 'inline-grid', gap: 2 }}>
      <small className="pl-muted">{t(`state.${known}`)}</small>
      <StateLevel risk={risk} state={known} />
    </span>
  )
}

/** The level of a state: as scored here, or as its import had it. */
export function StateLevel({ risk, state }: { risk: Pick<RiskItem, 'original' | RiskState>; state: RiskState }) {
  const original = risk.original?.[state] ?? null
  return original === null ? <RiskLevel level={risk[state]} /> : <ImportedLevel level={original} />
}
