import type { ReactNode } from 'react'
import styles from './toolbar-ends.module.css'

/**
 * The two ends of the line above a list. What searches and filters may take a second line; what is said of the list and
 * done with it stays on the first.
 */
export function ToolbarEnds({ leading, trailing }: { leading: ReactNode; trailing: ReactNode }) {
  return (
    <>
      <div className={styles['leading']}>{leading}</div>
      <div className={styles['trailing']}>{trailing}</div>
    </>
  )
}
