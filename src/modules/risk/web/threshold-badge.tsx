import { useFormat } from '#ui/format.ts'
import { StatusBadge } from '#ui/status-badge.tsx'
import { useText } from '#ui/text.ts'
import { evaluationOf, unjudgedDimensions } from '../domain/evaluate.ts'
import type { MethodContent } from '../domain/method.ts'
import type { EvaluationView } from './views.ts'

/** Whether a level is acceptable, as far as the dimensions with a threshold of their own are rated; where only the stricter threshold of a dimension is exceeded, which one. */
export function ThresholdBadge({
  method,
  level,
  short = false,
}: {
  method: MethodContent
  level: EvaluationView
  short?: boolean
}) {
  const t = useText('risk')
  const format = useFormat()
  const evaluation = evaluationOf(method, level.scores)
  if (!level.exceeds) {
    const unjudged = evaluation === null ? [] : unjudgedDimensions(method, evaluation).map((one) => one.name)
    if (unjudged.length > 0) {
      return (
        <span>
          <StatusBadge plain glyph="question" tone="warn">
            {short ? t('levels.withinOverallShort') : t('levels.withinOverall')}
          </StatusBadge>
          <small style={{ display: 'block' }}>{t('levels.notRated', { dimensions: format.list(unjudged) })}</small>
        </span>
      )
    }
    return (
      <StatusBadge plain glyph="check" tone="good">
        {short ? t('levels.withinShort') : t('levels.within')}
      </StatusBadge>
    )
  }
  const exceeded = evaluation?.exceeds ?? []
  const names = method.dimensions.filter((one) => exceeded.includes(one.key)).map((one) => one.name)
  const stricterOnly = names.length > 0 && !exceeded.includes('overall')
  return (
    <span>
      <StatusBadge plain glyph="alert" tone="bad">
        {short ? t('levels.aboveShort') : t('levels.above')}
      </StatusBadge>
      {stricterOnly ? (
        <small style={{ display: 'block' }}>{t('levels.stricterExceeded', { dimensions: format.list(names) })}</small>
      ) : null}
    </span>
  )
}
