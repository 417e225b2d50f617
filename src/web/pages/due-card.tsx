import { risks } from '#modules/risk/contract.ts'
import { riskSummary } from '#modules/risk/contract-summary.ts'
import { useFormat } from '#ui/format.ts'
import { PathLink } from '#ui/link.tsx'
import { Section } from '#ui/page.tsx'
import { StateGlyph } from '#ui/status-badge.tsx'
import { useText } from '#ui/text.ts'
import { useApi } from '../api.ts'
import { useOrgPath } from '../scope.ts'
import styles from './overview.module.css'

const shownAtOnce = 8

/** What falls due next: actions, signatures that run out, the next assessment. Draws nothing while there is nothing. */
export function DueCard() {
  const t = useText('web')
  const format = useFormat()
  const path = useOrgPath()
  const { due } = useApi(riskSummary, {}).data
  const { nextDue } = useApi(risks.runs, {}).data
  const today = new Date().toISOString().slice(0, 10)
  const all = [
    ...due.map((one) => ({
      key: `${one.kind}${one.ref}`,
      on: one.on,
      overdue: one.overdue,
      kind: t(`due.${one.kind}`),
      ref: one.ref,
      title: one.title,
      to: `/risks/${one.riskRef}`,
    })),
    ...(nextDue === null
      ? []
      : [
          {
            key: 'run',
            on: nextDue,
            overdue: nextDue < today,
            kind: t('due.run'),
            ref: '',
            title: t('due.runTitle'),
            to: '/risks/runs',
          },
        ]),
  ].sort((a, b) => (a.on < b.on ? -1 : 1))
  if (all.length === 0) return null
  return (
    <Section title={t('due.title')}>
      <ul className={styles['due']}>
        {all.slice(0, shownAtOnce).map((one) => (
          <li key={one.key}>
            <span className={styles['when']} data-overdue={one.overdue} title={format.date(one.on)}>
              {one.overdue ? <StateGlyph glyph="alert" size={12} /> : null}
              {one.overdue ? t('due.overdue', { when: format.relative(one.on) }) : format.relative(one.on)}
            </span>
            <span className={styles['kind']}>{one.kind}</span>
            <span className={styles['subject']}>
              {one.ref === '' ? null : <span className="pl-ref">{one.ref} </span>}
              <PathLink to={path(one.to)}>{one.title}</PathLink>
            </span>
          </li>
        ))}
      </ul>
    </Section>
  )
}
