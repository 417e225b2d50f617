import { useMemo } from 'react'
import type { WireBody } from '#platform/contract/route.ts'
import type { FieldEdits } from '#ui/field-edit.ts'
import { useText } from '#ui/text.ts'
import { personEdit, useRowWriter } from '#web/row-edits.ts'
import { evidence } from '../contract.ts'
import type { ArtefactItem } from './worth.tsx'

/** What the register changes in the row and for several artefacts: owner, last day of validity; and withdrawing them. */
export function useArtefactEdits(): FieldEdits<ArtefactItem> {
  const t = useText('evidence')
  const { write, settle } = useRowWriter('evidence.', ['control.', 'soa.'])
  return useMemo(() => {
    const change = (one: ArtefactItem, body: WireBody<typeof evidence.change>) =>
      write(evidence.change, { params: { artefactId: one.id }, ifMatch: one.version, body })
    const can = (one: ArtefactItem) => one.can.edit
    return {
      settle,
      fields: [
        personEdit<ArtefactItem>({
          key: 'owner',
          label: t('fields.ownerId'),
          value: (one) => one.owner,
          can,
          save: (one, ownerId) => change(one, { ownerId }),
        }),
        {
          kind: 'date',
          key: 'validUntil',
          shortcut: 'd',
          label: t('fields.validUntil'),
          clearable: true,
          value: (one) => one.validUntil,
          can,
          save: (one, validUntil) => change(one, { validUntil }),
        },
        {
          kind: 'act',
          key: 'withdraw',
          only: 'many',
          label: t('record.withdraw'),
          confirm: t('record.withdraw'),
          danger: true,
          reason: 'required',
          can: (one) => one.can.withdraw,
          save: (one, _value, reason) => write(evidence.withdraw, { params: { artefactId: one.id }, body: { reason } }),
        },
      ],
    }
  }, [t, write, settle])
}
