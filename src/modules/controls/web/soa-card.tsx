import { Button } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { themes } from '#modules/catalogue/domain/release.ts'
import { useFormat } from '#ui/format.ts'
import { PathLink } from '#ui/link.tsx'
import { OverviewCard } from '#ui/overview-card.tsx'
import { StateGlyph } from '#ui/status-badge.tsx'
import { useText } from '#ui/text.ts'
import { useApi } from '#web/api.ts'
import { useOrgPath } from '#web/scope.ts'
import { controls } from '../contract.ts'
import { statusLook } from './control-status.tsx'
import styles from './soa-card.module.css'
import { statusOrder } from './soa-groups.ts'
import type { Statement } from './wire.ts'

/** The statement as a strip of cells by theme, its counts, and the next step. */
export function SoaCard() {
  const t = useText('controls')
  const path = useOrgPath()
  const { data: statement } = useApi(controls.list, {})
  const { items, counts } = statement
  return (
    <OverviewCard title={t('soa.title')} actions={<PathLink to={path('/soa')}>{t('card.open')}</PathLink>}>
      <div className={styles['strip']}>
        {themes.map((theme) => {
          const mine = items.filter((item) => item.theme === theme)
          return mine.length === 0 ? null : (
            <div key={theme} className={styles['stripTheme']}>
              <PathLink to={path(`/soa?theme=${theme}`)} className={styles['stripLabel']}>
                {t(`catalogue:themes.${theme}`)}
              </PathLink>
              <div className={styles['cells']}>
                {mine.map((item) => {
                  const [glyph, tone] = statusLook(item.status)
                  const label = `${item.ref} ${item.title}: ${t(`status.${item.status}`)}`
                  return (
                    <Link
                      key={item.id}
                      to={path(`/controls/${item.ref}`)}
                      preload={false}
                      className={styles['cell']}
                      style={{ color: `var(--pl-${tone})`, background: `var(--pl-${tone}-soft)` }}
                      aria-label={label}
                      title={label}
                    >
                      <StateGlyph glyph={glyph} size={11} />
                    </Link>
                  )
                })}
              </div>
            </div>
          )
        })}
      </div>
      <div className={styles['legend']}>
        {statusOrder.map((status) => {
          const count = counts.status[status] ?? 0
          const [glyph, tone] = statusLook(status)
          return count === 0 ? null : (
            <PathLink key={status} to={path(`/soa?status=${status}`)} className="">
              <span style={{ color: `var(--pl-${tone})`, display: 'inline-flex' }}>
                <StateGlyph glyph={glyph} />
              </span>
              <b>{count}</b> {t(`status.${status}`)}
            </PathLink>
          )
        })}
      </div>
      <NextStep statement={statement} />
    </OverviewCard>
  )
}

/** The one thing to do next, from what stands in the way first to what an auditor would ask last. */
function NextStep({ statement }: { statement: Statement }) {
  const t = useText('controls')
  const format = useFormat()
  const path = useOrgPath()
  const { counts, issued, proposed } = statement
  const next =
    proposed !== null
      ? { key: 'issue', count: proposed.number, to: `/soa/versions/${proposed.id}` }
      : counts.applicability.undecided > 0
        ? { key: 'decide', count: counts.applicability.undecided, to: '/soa?applicability=undecided' }
        : counts.blocking > 0
          ? { key: 'unblock', count: counts.blocking, to: '/soa?issue=blocks' }
          : issued === null
            ? { key: 'propose', count: 1, to: '/soa' }
            : !issued.holds
              ? { key: 'renew', count: issued.changed, to: `/soa/versions/${issued.id}?view=redline` }
              : counts.warnings > 0
                ? { key: 'warnings', count: counts.warnings, to: '/soa?issue=warns' }
                : null
  return (
    <div className={styles['next']}>
      <span className="pl-muted">
        {issued === null
          ? t('card.neverIssued')
          : t(issued.holds ? 'card.holds' : 'card.outOfDate', {
              number: issued.number,
              date: issued.approvedAt === null ? '' : format.date(issued.approvedAt),
              count: issued.changed,
            })}
      </span>
      {next === null ? null : (
        <Button
          variant="default"
          component={Link}
          to={path(next.to.split('?')[0] ?? '/soa')}
          search={Object.fromEntries(new URLSearchParams(next.to.split('?')[1] ?? '')) as never}
        >
          {t(`card.next.${next.key}`, { count: next.count })}
        </Button>
      )}
    </div>
  )
}
