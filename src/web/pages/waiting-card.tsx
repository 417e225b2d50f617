import { Button } from '@mantine/core'
import { useState } from 'react'
import { waiting } from '#platform/waiting/contract.ts'
import { useFormat } from '#ui/format.ts'
import { PathLink } from '#ui/link.tsx'
import { Section } from '#ui/page.tsx'
import { StateGlyph } from '#ui/status-badge.tsx'
import { useText } from '#ui/text.ts'
import { useApi } from '../api.ts'
import { useOrgPath } from '../scope.ts'
import styles from './overview.module.css'

const shownAtOnce = 6

/** What waits for the reader: what to sign first, then their own actions. Draws nothing while nothing waits. */
export function WaitingCard() {
  const t = useText('web')
  const format = useFormat()
  const path = useOrgPath()
  const { items, total } = useApi(waiting, {}).data
  const [all, setAll] = useState(false)
  if (items.length === 0) return null
  const shown = all ? items : items.slice(0, shownAtOnce)
  return (
    <Section title={t('waiting.title', { count: total, shown: format.number(total) })}>
      <ul className={styles['due']}>
        {shown.map((one) => (
          <li key={`${one.kind}${one.ref}`} className={styles['waits']}>
            <span className={styles['kind']}>{t(`waiting.kind.${one.kind}`)}</span>
            <span className={styles['subject']}>
              {one.title === null ? null : <span className="pl-ref">{one.ref}</span>}{' '}
              <PathLink to={path(one.path)}>{one.title ?? t(`waiting.subject.${one.kind}`, { ref: one.ref })}</PathLink>
            </span>
            {one.on === null ? null : (
              <span className={styles['when']} data-overdue={one.overdue} title={format.date(one.on)}>
                {one.overdue ? <StateGlyph glyph="alert" size={12} /> : null}
                {one.overdue ? t('due.overdue', { when: format.relative(one.on) }) : format.relative(one.on)}
              </span>
            )}
          </li>
        ))}
      </ul>
      {shown.length === items.length ? null : (
        <Button variant="subtle" size="compact-sm" mt="xs" onClick={() => setAll(true)}>
          {t('waiting.all', { count: items.length, shown: format.number(items.length) })}
        </Button>
      )}
    </Section>
  )
}
