import { useNavigate } from '@tanstack/react-router'
import { Action } from '#ui/action.tsx'
import { useFormat } from '#ui/format.ts'
import { OverviewCard } from '#ui/overview-card.tsx'
import { Stat } from '#ui/stat.tsx'
import { useText } from '#ui/text.ts'
import { useApi } from '#web/api.ts'
import { useOrgPath } from '#web/scope.ts'
import { assets } from '../contract.ts'

/** The inventory on the overview: how many assets, and what is missing in them. */
export function InventoryCard() {
  const t = useText('assets')
  const format = useFormat()
  const path = useOrgPath()
  const navigate = useNavigate()
  const { data } = useApi(assets.list, { query: { limit: 1 } })
  const go = (to: string) => void navigate({ to: path(to) })
  const { gapCounts } = data
  const ownerless = gapCounts.noOwner + gapCounts.ownerUnresolved + gapCounts.ownerLeft
  return (
    <OverviewCard
      title={t('nav.inventory')}
      next={
        data.total === 0
          ? {
              text: t('card.next'),
              action: (
                <Action variant="default" can={data.can.create} onClick={() => go('/assets/new')}>
                  {t('add')}
                </Action>
              ),
            }
          : undefined
      }
    >
      <div style={{ display: 'flex', flexWrap: 'wrap', gap: '12px 28px' }}>
        <Stat label={t('card.assets')} value={format.number(data.total)} to={path('/assets')} />
        <Stat
          label={t('card.ownerless')}
          value={format.number(ownerless)}
          to={path('/assets?gap=noOwner&gap=ownerUnresolved&gap=ownerLeft')}
        />
        <Stat
          label={t('gaps.notClassified')}
          value={format.number(gapCounts.notClassified)}
          to={path('/assets?gap=notClassified')}
        />
        <Stat
          label={t('gaps.neverVerified')}
          value={format.number(gapCounts.neverVerified)}
          to={path('/assets?gap=neverVerified')}
        />
      </div>
    </OverviewCard>
  )
}
