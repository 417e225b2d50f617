import { PathLink } from '#ui/link.tsx'
import { useText } from '#ui/text.ts'
import { useOrgPath } from '#web/scope.ts'
import styles from './soa.module.css'
import type { ControlItem } from './wire.ts'

type Driver = ControlItem['drivers'][number]

/** Address of the record behind a driver; a business decision has none. */
export function useDriverPath(): (driver: Driver) => string | null {
  const path = useOrgPath()
  return ({ kind, id }) =>
    id === null || kind === 'business' ? null : path(kind === 'risk' ? `/risks/${id}` : `/obligations/${id}`)
}

/** Why a control is there, as small links: R-1, O-2, business. */
export function DriverLinks({ drivers, max = 6 }: { drivers: readonly Driver[]; max?: number }) {
  const t = useText('controls')
  const pathOf = useDriverPath()
  const rest = drivers.slice(max)
  return (
    <span className={styles['drivers']}>
      {drivers.slice(0, max).map((driver) => {
        const to = pathOf(driver)
        return to === null ? (
          <span key="business" className={styles['driver']} title={driver.title}>
            {t('drivers.business')}
          </span>
        ) : (
          <span key={driver.ref} title={driver.title}>
            <PathLink to={to} className={`${styles['driver']} ${styles['driverLink']}`}>
              {driver.ref}
            </PathLink>
          </span>
        )
      })}
      {rest.length === 0 ? null : (
        <span className={styles['driver']} title={rest.map((driver) => `${driver.ref} ${driver.title}`).join(', ')}>
          {t('drivers.more', { count: rest.length })}
        </span>
      )}
    </span>
  )
}
