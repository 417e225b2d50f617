import { UnstyledButton } from '@mantine/core'
import { type ReactNode, useId, useState } from 'react'
import { useFormat } from '#ui/format.ts'
import { PathLink } from '#ui/link.tsx'
import { type Glyph, StateGlyph } from '#ui/status-badge.tsx'
import { useText } from '#ui/text.ts'
import type { Tone } from '#ui/tone.ts'
import { useOrgPath } from '#web/scope.ts'
import { statusLook } from './control-status.tsx'
import shared from './soa.module.css'
import { SoaGaps } from './soa-gaps.tsx'
import { statusOrder } from './soa-groups.ts'
import styles from './soa-summary.module.css'
import type { ControlItem, Statement } from './wire.ts'

const bestFirst = statusOrder
  .toReversed()
  .toSorted((a, b) => Number(a === 'notApplicable') - Number(b === 'notApplicable'))
/** Shown at zero too; with those that occur, the figures add up to all controls. */
const always: ReadonlySet<ControlItem['status']> = new Set([
  'implemented',
  'partial',
  'claimed',
  'failing',
  'notApplicable',
])

/** How far the statement is: decided, implemented, what blocks issuing it, and whether the issued version still holds. */
export function SoaSummary({ statement, all }: { statement: Statement; all: number }) {
  const t = useText('controls')
  const path = useOrgPath()
  const { counts } = statement
  const [open, setOpen] = useState(false)
  const gapsId = useId()
  const decided = all - counts.applicability.undecided
  const figure = (key: string, value: number, glyph: Glyph, tone: Tone, query: string): ReactNode => (
    <PathLink key={key} to={path(`/soa?${query}`)} className={styles['stat']}>
      <b>{value}</b>
      <span>
        <span style={{ color: value === 0 ? 'var(--pl-muted)' : `var(--pl-${tone})`, display: 'inline-flex' }}>
          <StateGlyph glyph={glyph} />
        </span>
        {t(`figures.${key}`)}
      </span>
    </PathLink>
  )
  const ofStatus = (status: ControlItem['status']): ReactNode => {
    const [glyph, tone] = statusLook(status)
    return figure(status, counts.status[status] ?? 0, glyph, tone, `status=${status}`)
  }
  return (
    <section className={styles['summaryFrame']} aria-label={t('summary.label')}>
      <div className={styles['summary']}>
        <div className={styles['progress']}>
          <div className={styles['progressLine']}>
            <span className={styles['figure']}>{t('summary.of', { decided, all })}</span>
            <span className="pl-muted">{t('summary.decided')}</span>
          </div>
          <div className={styles['bar']} aria-hidden="true">
            <span style={{ flex: decided, background: 'var(--pl-accent)' }} />
            {decided < all ? <span style={{ flex: all - decided }} /> : null}
          </div>
          <div className={styles['issues']}>
            {figure('blocking', counts.blocking, counts.blocking === 0 ? 'check' : 'alert', 'bad', 'issue=blocks')}
            {figure('warnings', counts.warnings, counts.warnings === 0 ? 'check' : 'alert', 'warn', 'issue=warns')}
            <UnstyledButton
              className={`pl-link ${styles['gapsButton']}`}
              aria-expanded={open}
              aria-controls={gapsId}
              onClick={() => setOpen(!open)}
            >
              {t('summary.gaps')}
            </UnstyledButton>
          </div>
        </div>
        <div className={styles['figures']}>
          {bestFirst.filter((one) => always.has(one) || (counts.status[one] ?? 0) > 0).map(ofStatus)}
        </div>
        {open ? (
          <div id={gapsId} className={styles['issued']}>
            <SoaGaps nothing={<span className="pl-muted">{t('summary.gapsNone')}</span>} />
          </div>
        ) : null}
        <IssuedBand statement={statement} />
      </div>
    </section>
  )
}

/** The version issued last, whether it still tells the truth, and a proposal that waits. */
function IssuedBand({ statement }: { statement: Statement }) {
  const t = useText('controls')
  const format = useFormat()
  const path = useOrgPath()
  const { issued, proposed } = statement
  return (
    <>
      {issued === null ? (
        proposed === null ? (
          <div className={styles['issued']}>
            <FirstVersion statement={statement} />
          </div>
        ) : null
      ) : (
        <div className={styles['issued']}>
          <span>
            <PathLink to={path(`/soa/versions/${issued.id}`)}>
              {t('issued.version', { number: issued.number })}
            </PathLink>
            {issued.approvedAt === null
              ? ''
              : ` ${t(issued.approvedBy === null ? 'issued.on' : 'issued.onBy', {
                  date: format.date(issued.approvedAt),
                  name: issued.approvedBy ?? '',
                })}`}
          </span>
          <span
            className={`${shared['face']} ${styles['issuedFace']}`}
            style={{ color: `var(--pl-${issued.holds ? 'good' : 'warn'})` }}
          >
            <StateGlyph glyph={issued.holds ? 'check' : 'alert'} />
            <strong>{issued.holds ? t('issued.holds') : t('issued.changed', { count: issued.changed })}</strong>
          </span>
          {issued.holds ? null : (
            <span className={styles['issuedLink']}>
              <PathLink to={path(`/soa/versions/${issued.id}?view=redline`)}>{t('issued.redline')}</PathLink>
            </span>
          )}
        </div>
      )}
      {proposed === null ? null : (
        <div className={styles['issued']}>
          <span className={`${shared['face']} ${styles['issuedFace']}`} style={{ color: 'var(--pl-info)' }}>
            <StateGlyph glyph="clock" />
            <strong>{t('issued.proposed', { number: proposed.number })}</strong>
          </span>
          <span className={styles['issuedLink']}>
            <PathLink to={path(`/soa/versions/${proposed.id}`)}>{t('issued.openProposal')}</PathLink>
          </span>
        </div>
      )}
    </>
  )
}

/** What stands between the working statement and its first version. */
function FirstVersion({ statement: { counts } }: { statement: Statement }) {
  const t = useText('controls')
  const path = useOrgPath()
  const { undecided } = counts.applicability
  const [key, count, query] =
    undecided > 0
      ? (['undecided', undecided, 'applicability=undecided'] as const)
      : counts.blocking > 0
        ? (['blocked', counts.blocking, 'issue=blocks'] as const)
        : (['ready', 0, null] as const)
  return (
    <>
      <span className="pl-muted">{t(`issued.never.${key}`, { count })}</span>
      {query === null ? null : (
        <span className={styles['issuedLink']}>
          <PathLink to={path(`/soa?${query}`)}>{t('issued.never.show')}</PathLink>
        </span>
      )}
    </>
  )
}

/** The statuses of some controls as a bar, worst first. */
export function StatusBar({ items }: { items: readonly ControlItem[] }) {
  const counted = statusOrder.map((status) => [status, items.filter((item) => item.status === status).length] as const)
  return (
    <span className={`${styles['bar']} ${styles['groupBar']}`} aria-hidden="true">
      {counted.toReversed().map(([status, count]) =>
        count === 0 ? null : (
          <span
            key={status}
            style={{
              flex: count,
              background: status === 'notDetermined' ? 'var(--pl-line-strong)' : `var(--pl-${statusLook(status)[1]})`,
              opacity: status === 'notApplicable' ? 0.5 : 1,
            }}
          />
        ),
      )}
    </span>
  )
}
