import type { ReactNode } from 'react'
import styles from './timeline.module.css'

export interface TimelineEntry {
  readonly key: string
  readonly title: ReactNode
  readonly when: ReactNode
  readonly body?: ReactNode
}

/** Events along a line, in the order given. */
export function Timeline({ entries }: { entries: readonly TimelineEntry[] }) {
  return (
    <ol className={styles['list']}>
      {entries.map((entry) => (
        <li key={entry.key} className={styles['item']}>
          <span className={styles['dot']} aria-hidden="true" />
          <div>{entry.title}</div>
          <div className={styles['when']}>{entry.when}</div>
          {entry.body === undefined ? null : <div className={styles['body']}>{entry.body}</div>}
        </li>
      ))}
    </ol>
  )
}
