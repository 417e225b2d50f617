import type { ReactNode } from 'react'
import { PathLink } from '#ui/link.tsx'
import { useText } from '#ui/text.ts'
import { useOrgPath } from '#web/scope.ts'
import { type Applicability, ApplicabilityMenu } from './applicability-menu.tsx'
import { StatusWhy } from './control-status.tsx'
import { DriverLinks } from './drivers.tsx'
import styles from './soa.module.css'
import type { SoaGroup } from './soa-groups.ts'
import type { ControlItem } from './wire.ts'

/** The statement on a phone: one card per control. */
export function SoaCards({
  groups,
  onDecide,
}: {
  groups: readonly (SoaGroup & { readonly label: ReactNode })[]
  onDecide: (item: ControlItem, to: Applicability) => void
}) {
  const t = useText('controls')
  const path = useOrgPath()
  return groups.map((group) => (
    <section key={group.key}>
      <h2 className={styles['cardGroup']}>
        {group.label} <span className={styles['groupCount']}>{t('soa.groupCount', { count: group.items.length })}</span>
      </h2>
      <ul className={styles['cards']}>
        {group.items.map((item) => (
          <li key={item.id} className={styles['card']}>
            <PathLink to={path(`/controls/${item.ref}`)} className={styles['title']}>
              <span className={styles['ref']}>{item.ref}</span> {item.title}
            </PathLink>
            <div className={styles['cardFacts']}>
              <ApplicabilityMenu item={item} onDecide={onDecide} />
              {item.applicability === 'applicable' ? <StatusWhy item={item} /> : null}
              {item.drivers.length === 0 ? null : <DriverLinks drivers={item.drivers} max={4} />}
            </div>
          </li>
        ))}
      </ul>
    </section>
  ))
}
