import type { ReactNode } from 'react'
import { ScalePicker } from '#ui/scale-picker.tsx'
import { useText } from '#ui/text.ts'
import { evaluationOf } from '../domain/evaluate.ts'
import type { MethodContent } from '../domain/method.ts'
import type { RiskState } from '../domain/scores.ts'
import { RiskLevel } from './level.tsx'
import { type Mark, MiniMatrix } from './mini-matrix.tsx'
import styles from './risk.module.css'
import { ThresholdBadge } from './threshold-badge.tsx'
import type { EvaluationView, ScoresView } from './views.ts'

/** Scores while they are being chosen. */
export interface PartialScores {
  readonly likelihood?: number | undefined
  readonly consequences?: Readonly<Record<string, number>> | undefined
}

/** The scores once every axis the method (or an overall consequence) asks for is chosen. */
export function completeScores(method: MethodContent, scores: PartialScores | null | undefined): ScoresView | null {
  if (scores?.likelihood === undefined || scores.consequences === undefined) return null
  const keys = 'overall' in scores.consequences ? ['overall'] : method.dimensions.map((one) => one.key)
  if (keys.some((key) => scores.consequences?.[key] === undefined)) return null
  return { likelihood: scores.likelihood, consequences: { ...scores.consequences } }
}

/** What scores mean under a method, also while some axes are still open: the maximum of what is chosen so far. */
export function preview(method: MethodContent, scores: PartialScores | null | undefined): EvaluationView | null {
  if (scores?.likelihood === undefined || Object.keys(scores.consequences ?? {}).length === 0) return null
  const complete = { likelihood: scores.likelihood, consequences: { ...scores.consequences } }
  const found = evaluationOf(method, complete)
  if (found === null) return null
  const { likelihood, consequence, product, band, level, exceedsThreshold } = found
  return {
    scores: complete,
    likelihood,
    consequence,
    product,
    band: { key: band.key, name: band.name, token: band.token },
    level,
    exceeds: exceedsThreshold,
  }
}

/**
 * Scores as the comparison with what somebody else saved says them: “4×3 High”.
 * @param text the scores as JSON; undefined where they have no level yet
 */
export function scoreWords(method: MethodContent, text: string): string | undefined {
  const level = preview(method, JSON.parse(text) as PartialScores)
  return level === null ? undefined : `${level.likelihood}×${level.consequence} ${level.band.name}`
}

/** Choosing a likelihood and a level per dimension, every definition in view. */
export function ScoreFields({
  method,
  scores,
  onChange,
  errors,
  idPrefix,
  hint,
}: {
  method: MethodContent
  scores: PartialScores
  onChange: (scores: PartialScores) => void
  errors: Readonly<Record<string, string>>
  idPrefix: string
  /** What the likelihood is asked for, where no state is chosen above. */
  hint?: string
}) {
  const t = useText('risk')
  const levelsOf = (levels: MethodContent['likelihood']) =>
    levels.map((one) => ({ level: one.value, label: one.name, definition: one.definition }))
  return (
    <div className={styles['fields']}>
      <ScalePicker
        id={`${idPrefix}-likelihood`}
        label={t('likelihood')}
        description={hint ?? t('assess.likelihoodHint')}
        levels={levelsOf(method.likelihood)}
        value={scores.likelihood ?? null}
        onChange={(likelihood) => onChange({ ...scores, likelihood })}
        error={errors['likelihood']}
      />
      {method.dimensions.map((dimension) => (
        <ScalePicker
          key={dimension.key}
          id={`${idPrefix}-${dimension.key}`}
          label={t('assess.dimension', { dimension: dimension.name })}
          levels={levelsOf(dimension.levels)}
          value={scores.consequences?.[dimension.key] ?? null}
          onChange={(level) => {
            const { overall: _overall, ...rest } = scores.consequences ?? {}
            onChange({ ...scores, consequences: { ...rest, [dimension.key]: level } })
          }}
          error={errors[dimension.key]}
        />
      ))}
    </div>
  )
}

/** Where the chosen levels lie: the small matrix, the band, and whether it is above the threshold. */
export function ScorePreview({
  method,
  states,
}: {
  method: MethodContent
  /** `before`: what the risk says of the state until it is scored here. */
  states: readonly { state: RiskState; level: EvaluationView | null; before?: ReactNode }[]
}) {
  const t = useText('risk')
  const marks: Mark[] = states.flatMap(({ state, level }) =>
    level === null ? [] : [{ state, likelihood: level.likelihood, consequence: level.consequence }],
  )
  return (
    <div className={styles['card']} style={{ display: 'grid', gap: 12 }}>
      <MiniMatrix method={method} marks={marks} />
      <div aria-live="polite" style={{ display: 'grid', gap: 8 }}>
        {states.map(({ state, level, before }) => (
          <div key={state} className={styles['row']} style={{ justifyContent: 'space-between' }}>
            <span className="pl-muted" style={{ fontSize: '0.8125rem' }}>
              {t(`state.${state}`)}
            </span>
            <span className={styles['row']}>
              {level === null && before !== undefined ? before : <RiskLevel level={level} />}
              {level === null ? null : <ThresholdBadge method={method} level={level} short />}
            </span>
          </div>
        ))}
      </div>
    </div>
  )
}
