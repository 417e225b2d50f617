import { PathLink } from '#ui/link.tsx'
import { Section } from '#ui/page.tsx'
import { useText } from '#ui/text.ts'
import { useApi } from '#web/api.ts'
import { useOrgPath } from '#web/scope.ts'
import { controls } from '../contract.ts'
import styles from './control.module.css'
import { ControlStatus } from './control-status.tsx'

/** The controls an obligation drives, on its own page. */
export function DrivenControls({ reference }: { reference: string }) {
  const t = useText('controls')
  const path = useOrgPath()
  const { data } = useApi(controls.list, { query: { driver: reference } })
  return (
    <Section title={t('driven.title')}>
      {data.items.length === 0 ? (
        <span className="pl-muted">
          {t('driven.none')} <PathLink to={path('/soa')}>{t('soa.title')}</PathLink>
        </span>
      ) : (
        <ul className={styles['rows']}>
          {data.items.map((control) => (
            <li key={control.id}>
              <span className={styles['grow']}>
                <PathLink to={path(`/controls/${control.ref}`)}>
                  {control.ref} {control.title}
                </PathLink>
              </span>
              <ControlStatus status={control.status} plain />
            </li>
          ))}
        </ul>
      )}
    </Section>
  )
}
