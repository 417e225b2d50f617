import { useText } from '#ui/text.ts'
import type { RiskItem } from './views.ts'

/** What would bring a risk further, and who does it. */
export function NextStepText({ next, by = false }: { next: RiskItem['next']; by?: boolean }) {
  const t = useText('risk')
  if (next === null) return <span className="pl-muted">{t('next.none')}</span>
  return (
    <span>
      {t(`next.${next.step}`)}
      {by ? <span className="pl-muted"> {t(`nextBy.${next.by}`)}</span> : null}
    </span>
  )
}
