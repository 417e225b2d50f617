import { useNavigate } from '@tanstack/react-router'
import { Action } from '#ui/action.tsx'
import { PathLink } from '#ui/link.tsx'
import { OverviewCard } from '#ui/overview-card.tsx'
import { useText } from '#ui/text.ts'
import { useApi } from '#web/api.ts'
import { useOrgPath } from '#web/scope.ts'
import { risks } from '../contract.ts'
import { riskStatuses } from '../domain/risk-status.ts'
import { RiskLevel } from './level.tsx'
import styles from './risk.module.css'
import { RiskStatusBadge } from './risk-status.tsx'

/** Risks on the overview: how many in which status, and the highest ones with what they wait for. */
export function RiskCard() {
  const t = useText('risk')
  const path = useOrgPath()
  const navigate = useNavigate()
  const { data } = useApi(risks.list, { query: { limit: 1000, sort: '-level' } })
  const counts = riskStatuses
    .map((status) => ({ status, count: data.items.filter((one) => one.status === status).length }))
    .filter(({ count }) => count > 0)
  // Unscored risks would come first otherwise: nothing is known of them.
  const top = data.items.filter((one) => one.current !== null).slice(0, 5)
  return (
    <OverviewCard
      title={t('card.title')}
      actions={<PathLink to={path('/risks')}>{t('card.all', { count: data.total })}</PathLink>}
      next={
        data.total === 0
          ? {
              text: t('card.empty'),
              action: (
                <Action
                  variant="default"
                  can={data.can.create}
                  onClick={() => void navigate({ to: path('/risks/new') })}
                >
                  {t('list.record')}
                </Action>
              ),
            }
          : undefined
      }
    >
      <div style={{ display: 'grid', gap: 14 }}>
        <div className={styles['row']} style={{ gap: '6px 18px' }}>
          {counts.map(({ status, count }) => (
            <PathLink
              key={status}
              to={path(`/risks?status=${status}`)}
              style={{ textDecoration: 'none', color: 'inherit' }}
            >
              <span className={styles['row']} style={{ gap: 6 }}>
                <RiskStatusBadge risk={{ status, why: [] }} plain />
                <strong className="pl-num">{count}</strong>
              </span>
            </PathLink>
          ))}
        </div>
        {top.length === 0 ? null : (
          <ul style={{ listStyle: 'none', margin: 0, padding: 0, display: 'grid' }}>
            {top.map((risk) => (
              <li
                key={risk.id}
                style={{
                  display: 'grid',
                  gridTemplateColumns: 'minmax(0, 1fr) auto',
                  gap: '0 12px',
                  padding: '7px 0',
                  borderTop: '1px solid var(--pl-line)',
                  fontSize: '0.8125rem',
                }}
              >
                <PathLink to={path(`/risks/${risk.id}`)}>
                  <span className="pl-ref">{risk.ref}</span> {risk.title}
                </PathLink>
                <RiskLevel level={risk.current} />
                <span className="pl-muted" style={{ fontSize: '0.75rem' }}>
                  {[
                    risk.next === null ? t('next.none') : t(`next.${risk.next.step}`),
                    risk.owner?.name ?? t('list.noOwner'),
                  ].join(' · ')}
                </span>
              </li>
            ))}
          </ul>
        )}
      </div>
    </OverviewCard>
  )
}
