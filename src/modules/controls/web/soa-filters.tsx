import { themes } from '#modules/catalogue/domain/release.ts'
import { useWorded } from '#modules/catalogue/web/worded.ts'
import { FilterMenu } from '#ui/filter-menu.tsx'
import { useText } from '#ui/text.ts'
import type { ListState } from '#ui/use-list-state.ts'
import { applicabilities } from '../domain/control.ts'
import { ownerKey } from '../domain/filter-controls.ts'
import { driverKinds } from '../domain/soa.ts'
import { type soaFilters, statusOrder } from './soa-groups.ts'
import type { AnnexA, ControlItem, Statement } from './wire.ts'

const issueCodes = [
  'undecided',
  'exclusionUnjustified',
  'excludedButNeeded',
  'noDriver',
  'noOwner',
  'notDescribed',
  'claimed',
  'failing',
] as const

/** The filters of the statement, with how many rows each value leaves. */
export function SoaFilterMenus({
  statement,
  attributes,
  list,
  brief,
}: {
  statement: Statement
  attributes: AnnexA['attributes']
  list: ListState<typeof soaFilters>
  /** Only the three that matter most: a phone. */
  brief: boolean
}) {
  const t = useText('controls')
  const worded = useWorded()
  const { items } = statement
  const { filters, setFilter } = list
  const count = (test: (item: ControlItem) => boolean): number => items.filter(test).length
  const owners = new Map(items.map((item) => [ownerKey(item), item.owner?.name ?? item.ownerText]))
  owners.delete('')
  const named = [...owners].toSorted(([, a], [, b]) => a.localeCompare(b))
  return (
    <>
      <FilterMenu
        label={t('filters.applicability')}
        value={filters.applicability}
        onChange={(value) => setFilter('applicability', value)}
        options={applicabilities.map((value) => ({
          value,
          label: t(`applicability.${value}`),
          count: statement.counts.applicability[value],
        }))}
      />
      <FilterMenu
        label={t('filters.status')}
        value={filters.status}
        onChange={(value) => setFilter('status', value)}
        options={statusOrder.map((value) => ({
          value,
          label: t(`status.${value}`),
          count: statement.counts.status[value],
        }))}
      />
      <FilterMenu
        label={t('filters.issue')}
        value={filters.issue}
        onChange={(value) => setFilter('issue', value)}
        options={[
          {
            value: 'blocks',
            label: t('filters.blocks'),
            count: count((item) => item.issues.some((one) => one.severity === 'blocks')),
          },
          {
            value: 'warns',
            label: t('filters.warns'),
            count: count((item) => item.issues.some((one) => one.severity === 'warns')),
          },
          ...issueCodes.map((code) => ({
            value: code,
            label: t(`issues.${code}.name`),
            count: count((item) => item.issues.some((one) => one.code === code)),
          })),
        ]}
      />
      {brief ? null : (
        <>
          <FilterMenu
            label={t('filters.driver')}
            value={filters.driver}
            onChange={(value) => setFilter('driver', value)}
            options={[
              {
                value: 'none',
                label: t('group.noDriver'),
                count: count((item) => item.drivers.length === 0),
              },
              ...driverKinds.map((kind) => ({
                value: kind,
                label: t(`drivers.kinds.${kind}`),
                count: count((item) => item.drivers.some((driver) => driver.kind === kind)),
              })),
            ]}
          />
          <FilterMenu
            label={t('filters.owner')}
            value={filters.owner}
            onChange={(value) => setFilter('owner', value)}
            options={[
              { value: 'none', label: t('group.noOwner'), count: count((item) => ownerKey(item) === '') },
              ...named.map(([value, label]) => ({ value, label, count: count((item) => ownerKey(item) === value) })),
            ]}
          />
          <FilterMenu
            label={t('filters.theme')}
            value={filters.theme}
            onChange={(value) => setFilter('theme', value)}
            options={themes.map((value) => ({
              value,
              label: t(`catalogue:themes.${value}`),
              count: count((item) => item.theme === value),
            }))}
          />
          <FilterMenu
            label={t('filters.attribute')}
            value={filters.attribute}
            onChange={(value) => setFilter('attribute', value)}
            options={attributes.flatMap((attribute) =>
              attribute.values.map((value) => ({
                value: value.id,
                label: `${worded(attribute.label)}: ${worded(value.label)}`,
              })),
            )}
          />
        </>
      )}
    </>
  )
}
