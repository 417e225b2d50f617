import { useNavigate } from '@tanstack/react-router'
import { Action } from '#ui/action.tsx'
import { PathLink } from '#ui/link.tsx'
import { OverviewCard } from '#ui/overview-card.tsx'
import { StatusBadge } from '#ui/status-badge.tsx'
import { useText } from '#ui/text.ts'
import { useApi } from '#web/api.ts'
import { useOrgPath } from '#web/scope.ts'
import { scope } from '../contract-scope.ts'

/** The scope on the overview: approved, out of date, or still to be written. */
export function ScopeCard() {
  const t = useText('organization')
  const path = useOrgPath()
  const navigate = useNavigate()
  const { approved, judgement } = useApi(scope.show, {}).data
  const open = <PathLink to={path('/scope')}>{t('card.open')}</PathLink>
  return (
    <OverviewCard
      title={t('nav.scope')}
      actions={open}
      next={
        approved === null
          ? {
              text: t('card.next'),
              action: (
                <Action variant="default" onClick={() => void navigate({ to: path('/scope') })}>
                  {t('card.start')}
                </Action>
              ),
            }
          : undefined
      }
    >
      <div style={{ display: 'grid', gap: 8 }}>
        <div>
          {judgement.state === 'current' ? (
            <StatusBadge tone="good" glyph="check">
              {t('card.current', { number: approved?.number ?? 0 })}
            </StatusBadge>
          ) : (
            <StatusBadge tone="warn" glyph="alert">
              {t('scope.outOfDate', { count: judgement.changes.length })}
            </StatusBadge>
          )}
        </div>
        <span
          className="pl-muted"
          style={{ display: '-webkit-box', WebkitLineClamp: 2, WebkitBoxOrient: 'vertical', overflow: 'hidden' }}
        >
          {approved?.statement}
        </span>
      </div>
    </OverviewCard>
  )
}
