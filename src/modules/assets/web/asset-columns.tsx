import type { Format } from '#ui/format.ts'
import type { RecordColumn } from '#ui/record-table.tsx'
import { groupByChoice, groupByPerson, groupByText } from '#ui/row-groups.ts'
import type { Text } from '#ui/text.ts'
import { assetKinds, lifeCycles, personalDataStates } from '../domain/asset.ts'
import { AssetKind } from './asset-kind.tsx'
import { AssetValue } from './asset-value.tsx'
import { GapMarks } from './gap-marks.tsx'
import { OwnerName } from './owner-name.tsx'
import type { AssetItem } from './wire.ts'

/** The columns of the inventory. */
export function assetColumns(t: Text, format: Format): RecordColumn<AssetItem>[] {
  const plain = (key: 'category' | 'location' | 'supplier'): RecordColumn<AssetItem> => ({
    key,
    header: t(`fields.${key}`),
    width: 150,
    hidden: true,
    group: (one) => groupByText(one[key]),
    cell: (one) => one[key],
  })
  return [
    {
      key: 'ref',
      header: t('fields.ref'),
      width: 76,
      sort: 'ref',
      cell: (one) => <span className="pl-ref">{one.ref}</span>,
    },
    { key: 'name', header: t('fields.name'), sort: 'name', primary: true, cell: (one) => one.name },
    {
      key: 'kind',
      header: t('fields.kind'),
      width: 122,
      sort: 'kind',
      onCard: true,
      group: ({ kind }) => groupByChoice(kind, assetKinds, t(`kinds.${kind}`)),
      cell: (one) => <AssetKind kind={one.kind} />,
    },
    {
      key: 'owner',
      header: t('fields.owner'),
      width: 156,
      sort: 'owner',
      onCard: true,
      group: ({ owner }) => groupByPerson(owner),
      cell: (one) => <OwnerName owner={one.owner} text={one.ownerText} />,
    },
    {
      key: 'classification',
      header: t('fields.classification'),
      width: 114,
      sort: 'classification',
      group: ({ classification }) =>
        classification === null
          ? null
          : { key: classification.id, label: classification.name, order: -classification.rank },
      cell: (one) => one.classification?.name ?? <span className="pl-muted">–</span>,
    },
    {
      key: 'value',
      header: t('fields.value'),
      width: 148,
      sort: 'value',
      onCard: true,
      cell: (one) => <AssetValue asset={one} />,
    },
    {
      key: 'lifeCycle',
      header: t('fields.lifeCycle'),
      width: 106,
      group: ({ lifeCycle }) => groupByChoice(lifeCycle, lifeCycles, t(`lifeCycles.${lifeCycle}`)),
      cell: (one) => t(`lifeCycles.${one.lifeCycle}`),
    },
    {
      key: 'verifiedOn',
      header: t('fields.verifiedOn'),
      width: 116,
      sort: 'verifiedOn',
      cell: (one) =>
        one.verifiedOn === null ? <span className="pl-muted">{t('never')}</span> : format.shortDate(one.verifiedOn),
    },
    { key: 'gaps', header: t('fields.gaps'), width: 190, onCard: true, cell: (one) => <GapMarks gaps={one.gaps} /> },
    plain('category'),
    plain('location'),
    plain('supplier'),
    {
      key: 'personalData',
      header: t('fields.personalData'),
      width: 120,
      hidden: true,
      group: ({ personalData }) => groupByChoice(personalData, personalDataStates, t(`personalData.${personalData}`)),
      cell: (one) => t(`personalData.${one.personalData}`),
    },
  ]
}
