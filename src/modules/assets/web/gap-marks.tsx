import { StatusBadge } from '#ui/status-badge.tsx'
import { useText } from '#ui/text.ts'
import styles from './assets.module.css'
import type { Gap } from './wire.ts'

/** How much a gap matters: nobody answerable is worse than not yet looked at. */
export const gapTones = {
  noOwner: 'bad',
  ownerUnresolved: 'warn',
  ownerLeft: 'bad',
  notClassified: 'warn',
  notValued: 'warn',
  neverVerified: 'info',
} as const satisfies Record<Gap, string>

/** What is missing in an entry: the most important in words, the rest as a number. */
export function GapMarks({ gaps }: { gaps: readonly Gap[] }) {
  const t = useText('assets')
  const [first, ...rest] = gaps
  if (first === undefined) {
    return (
      <StatusBadge plain tone="good" glyph="check">
        {t('gaps.none')}
      </StatusBadge>
    )
  }
  const others = rest.map((gap) => t(`gaps.${gap}`)).join(', ')
  return (
    <span className={styles['gaps']}>
      <StatusBadge plain tone={gapTones[first]} glyph={gapTones[first] === 'info' ? 'dotted' : 'alert'}>
        {t(`gaps.${first}`)}
      </StatusBadge>
      {rest.length === 0 ? null : (
        <span className={styles['more']} title={others}>
          <span aria-hidden="true">+{rest.length}</span>
          <span className="pl-visually-hidden">{others}</span>
        </span>
      )}
    </span>
  )
}
