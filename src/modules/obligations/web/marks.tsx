import { ClaimedOwner } from '#ui/claimed-owner.tsx'
import { useFormat } from '#ui/format.ts'
import { type Glyph, StatusBadge } from '#ui/status-badge.tsx'
import { useText } from '#ui/text.ts'
import type { Tone } from '#ui/tone.ts'
import type { Obligation } from './wire.ts'

const addressedLook = {
  yes: ['check', 'good'],
  no: ['dash', 'quiet'],
  undecided: ['question', 'warn'],
} as const satisfies Record<Obligation['addressed'], readonly [Glyph, Tone]>

/** Whether the ISMS addresses it (4.2 c). */
export function Addressed({ value, plain = false }: { value: Obligation['addressed']; plain?: boolean }) {
  const t = useText('obligations')
  const [glyph, tone] = addressedLook[value]
  return (
    <StatusBadge tone={tone} glyph={glyph} plain={plain}>
      {t(`addressed.${value}`)}
    </StatusBadge>
  )
}

/** The day of the next review, marked when it has passed. */
export function ReviewOn({ obligation }: { obligation: Obligation }) {
  const t = useText('obligations')
  const format = useFormat()
  if (obligation.reviewOn === null) return <span className="pl-muted">{t('noReview')}</span>
  return obligation.reviewOverdue ? (
    <StatusBadge plain tone="bad" glyph="alert">
      {t('overdue', { date: format.shortDate(obligation.reviewOn) })}
    </StatusBadge>
  ) : (
    format.shortDate(obligation.reviewOn)
  )
}

/** The owner, or the name an import left. */
export function OwnerName({ obligation }: { obligation: Obligation }) {
  const t = useText('obligations')
  if (obligation.owner !== null) return obligation.owner.name
  if (obligation.ownerText !== '') return <ClaimedOwner name={obligation.ownerText} />
  return <span className="pl-muted">{t('noOwner')}</span>
}
