import type { ReactNode } from 'react'
import { PathLink } from '#ui/link.tsx'
import { useText } from '#ui/text.ts'
import { useOrgPath } from '#web/scope.ts'
import styles from './organization.module.css'
import { type Content, placesOf } from './wire.ts'

/** What lies inside, outside and undecided. */
export function ContentView({
  content,
  place,
}: {
  content: Content
  /** A button beside each item that is not placed. */
  place?: (item: Content['items'][number]) => ReactNode
}) {
  const t = useText('organization')
  const path = useOrgPath()
  return (
    <div className={styles['columns']}>
      {(['in', 'out', 'undecided'] as const).map((placement) => {
        const items = content.items.filter((one) => one.placement === placement)
        if (items.length === 0 && placement === 'undecided') return null
        return (
          <div key={placement}>
            <h3>{t(`placements.${placement}`)}</h3>
            {items.length === 0 ? <span className="pl-muted">{t('scope.nothing')}</span> : null}
            <ul className={styles['items']}>
              {items.map((one) => (
                <li key={one.id}>
                  <span className="pl-ref">{one.ref}</span>
                  <span>
                    <PathLink to={path(`${placesOf(one.kind)}/${one.ref}`)}>{one.name}</PathLink>{' '}
                    <span className="pl-muted">{t(`kinds.${one.kind}.one`)}</span>
                  </span>
                  {place === undefined || placement !== 'undecided' ? <span /> : place(one)}
                  {one.reason === '' ? null : <span className={styles['note']}>{one.reason}</span>}
                </li>
              ))}
            </ul>
          </div>
        )
      })}
    </div>
  )
}
