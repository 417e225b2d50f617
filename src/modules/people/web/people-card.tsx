import { useNavigate } from '@tanstack/react-router'
import { Action } from '#ui/action.tsx'
import { useFormat } from '#ui/format.ts'
import { OverviewCard } from '#ui/overview-card.tsx'
import { Stat } from '#ui/stat.tsx'
import { StatusBadge } from '#ui/status-badge.tsx'
import { useText } from '#ui/text.ts'
import { useApi } from '#web/api.ts'
import { useOrgPath } from '#web/scope.ts'
import { people } from '../contract.ts'
import { roles } from '../contract-roles.ts'

/** People and roles on the overview: are the two mandatory assignments of 5.3 made? */
export function PeopleCard() {
  const t = useText('people')
  const format = useFormat()
  const path = useOrgPath()
  const navigate = useNavigate()
  const { data } = useApi(roles.list, { query: { sort: 'ref' } })
  const directory = useApi(people.list, { query: { status: ['active', 'absent'], limit: 1 } }).data
  const vacant = data.items.filter(({ state }) => state !== 'filled').length
  const open = data.mandates.filter(({ state }) => state !== 'filled').length
  return (
    <OverviewCard
      title={t('card.title')}
      next={
        data.items.length === 0
          ? {
              text: t('card.next'),
              action: (
                <Action variant="default" can={data.can.create} onClick={() => void navigate({ to: path('/roles') })}>
                  {t('card.start')}
                </Action>
              ),
            }
          : undefined
      }
    >
      <div style={{ display: 'flex', flexWrap: 'wrap', gap: '12px 28px', alignItems: 'flex-end' }}>
        <Stat label={t('card.people')} value={format.number(directory.total)} to={path('/people')} />
        <Stat label={t('card.roles')} value={format.number(data.total)} to={path('/roles')} />
        <Stat label={t('card.open')} value={format.number(vacant)} to={path('/roles')} />
        <div style={{ paddingBottom: 6 }}>
          <StatusBadge tone={open === 0 ? 'good' : 'bad'} glyph={open === 0 ? 'check' : 'alert'}>
            {open === 0 ? t('card.mandatesMade') : t('card.mandatesOpen', { count: open })}
          </StatusBadge>
        </div>
      </div>
    </OverviewCard>
  )
}
