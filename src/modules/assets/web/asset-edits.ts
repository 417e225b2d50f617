import { useMemo } from 'react'
import type { WireBody } from '#platform/contract/route.ts'
import type { FieldEdits } from '#ui/field-edit.ts'
import { useText } from '#ui/text.ts'
import { personEdit, useRowWriter } from '#web/row-edits.ts'
import { assets } from '../contract.ts'
import { lifeCycles } from '../domain/asset.ts'
import type { AssetItem, Level } from './wire.ts'

/** What the inventory changes in the row and for several assets: owner, classification, life cycle, category; withdrawing. */
export function useAssetEdits(levels: readonly Level[]): FieldEdits<AssetItem> {
  const t = useText('assets')
  const { write, settle } = useRowWriter('asset.', ['classification.'])
  return useMemo(() => {
    const change = (asset: AssetItem, body: WireBody<typeof assets.change>) =>
      write(assets.change, { params: { assetId: asset.id }, ifMatch: asset.version, body })
    const can = (asset: AssetItem) => asset.can.edit
    return {
      settle,
      fields: [
        personEdit<AssetItem>({
          key: 'owner',
          label: t('fields.owner'),
          value: (asset) => asset.owner,
          can,
          save: (asset, ownerId) => change(asset, { ownerId }),
        }),
        {
          kind: 'choice',
          key: 'classification',
          label: t('fields.classification'),
          value: (asset) => asset.classification?.id ?? null,
          options: () => levels.map((level) => ({ value: level.id, label: level.name })),
          can: (asset) => levels.length > 0 && asset.can.edit,
          save: (asset, classificationId) => change(asset, { classificationId }),
        },
        {
          kind: 'choice',
          key: 'lifeCycle',
          shortcut: 's',
          label: t('fields.lifeCycle'),
          value: (asset) => asset.lifeCycle,
          options: () => lifeCycles.map((value) => ({ value, label: t(`lifeCycles.${value}`) })),
          can,
          save: (asset, value) => {
            const lifeCycle = lifeCycles.find((one) => one === value)
            return change(asset, lifeCycle === undefined ? {} : { lifeCycle })
          },
        },
        {
          kind: 'text',
          key: 'category',
          label: t('fields.category'),
          clearable: true,
          value: (asset) => asset.category,
          can,
          save: (asset, value) => change(asset, { category: value ?? '' }),
        },
        {
          kind: 'act',
          key: 'withdraw',
          only: 'many',
          label: t('withdraw.action'),
          confirm: t('withdraw.action'),
          danger: true,
          reason: 'required',
          can: (asset) => asset.can.withdraw,
          save: (asset, _value, reason) => write(assets.withdraw, { params: { assetId: asset.id }, body: { reason } }),
        },
      ],
    }
  }, [t, write, settle, levels])
}
