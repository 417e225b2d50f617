import { useMemo } from 'react'
import type { WireBody } from '#platform/contract/route.ts'
import type { FieldEdits } from '#ui/field-edit.ts'
import { useText } from '#ui/text.ts'
import { personEdit, useRowWriter } from '#web/row-edits.ts'
import { obligations } from '../contract.ts'
import { dispositions } from '../domain/obligation.ts'
import type { Obligation } from './wire.ts'

/** What the register changes in the row and for several obligations: owner, next review, whether the ISMS addresses them. */
export function useObligationEdits(): FieldEdits<Obligation> {
  const t = useText('obligations')
  const { write, settle } = useRowWriter('obligation.', ['control.', 'soa.', 'party.'])
  return useMemo(() => {
    const change = (one: Obligation, body: WireBody<typeof obligations.change>) =>
      write(obligations.change, { params: { obligationId: one.id }, ifMatch: one.version, body })
    const can = (one: Obligation) => one.can.edit
    return {
      settle,
      fields: [
        personEdit<Obligation>({
          key: 'owner',
          label: t('fields.ownerId'),
          value: (one) => one.owner,
          can,
          save: (one, ownerId) => change(one, { ownerId }),
        }),
        {
          kind: 'date',
          key: 'review',
          shortcut: 'd',
          label: t('fields.reviewOn'),
          value: (one) => one.reviewOn,
          can,
          save: (one, reviewOn) => change(one, { reviewOn }),
        },
        {
          kind: 'choice',
          key: 'addressed',
          shortcut: 's',
          label: t('fields.addressedShort'),
          reason: 'optional',
          value: (one) => one.addressed,
          options: () => dispositions.map((value) => ({ value, label: t(`addressed.${value}`) })),
          can,
          save: (one, value, reason) => {
            const addressed = dispositions.find((each) => each === value)
            if (addressed === undefined) return Promise.resolve()
            return change(one, { addressed, ...(reason === '' ? {} : { addressedWhy: reason }) })
          },
        },
        {
          kind: 'act',
          key: 'withdraw',
          only: 'many',
          label: t('withdraw'),
          confirm: t('withdraw'),
          explain: t('withdrawExplain'),
          danger: true,
          reason: 'required',
          can: (one) => one.can.withdraw,
          save: (one, _value, reason) =>
            write(obligations.withdraw, { params: { obligationId: one.id }, body: { reason } }),
        },
      ],
    }
  }, [t, write, settle])
}
