import styles from './status-badge.module.css'
import { useText } from './text.ts'
import { textOn } from './tone.ts'

/** A rating in the method's own colour: the score in a chip, the band's name beside it. Null reads “not scored”. */
export function RatingBadge({
  score,
  label,
  color,
}: {
  /** Score or level, shown in the chip. */
  score: number | string | null
  /** Name of the band, “High”. */
  label?: string | undefined
  /** Colour of the band, `#rrggbb`. */
  color?: string | undefined
}) {
  const t = useText('ui')
  if (score === null) return <span style={{ color: 'var(--pl-muted)' }}>{t('rating.none')}</span>
  const ground = color ?? '#e6eaeb'
  return (
    <span className={styles['rating']}>
      <span className={styles['score']} style={{ background: ground, color: textOn(ground) }}>
        {score}
      </span>
      {label === undefined ? null : <span>{label}</span>}
    </span>
  )
}
