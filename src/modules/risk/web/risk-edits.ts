import { useMemo } from 'react'
import type { FieldEdits } from '#ui/field-edit.ts'
import { useText } from '#ui/text.ts'
import { personEdit, useRowWriter } from '#web/row-edits.ts'
import { useMe } from '#web/session.ts'
import { risks } from '../contract.ts'
import { type RiskItem, stale } from './views.ts'

/** What the register changes in the row and for several risks: owner, category; and withdrawing them. */
export function useRiskEdits(): FieldEdits<RiskItem> {
  const t = useText('risk')
  const mayWithdraw = useMe()?.actions.includes('risk.withdraw') ?? false
  const { write, settle } = useRowWriter('risk.', stale)
  return useMemo(() => {
    const change = (risk: RiskItem, body: { ownerId?: string | null; category?: string | null }) =>
      write(risks.change, { params: { riskId: risk.id }, ifMatch: risk.version, body })
    return {
      settle,
      fields: [
        personEdit<RiskItem>({
          key: 'owner',
          label: t('fields.ownerId'),
          value: (risk) => risk.owner,
          can: (risk) => risk.can.assign,
          save: (risk, ownerId) => change(risk, { ownerId }),
        }),
        {
          kind: 'text',
          key: 'category',
          label: t('fields.category'),
          clearable: true,
          value: (risk) => risk.category ?? '',
          can: (risk) => risk.can.edit,
          save: (risk, value) => change(risk, { category: value?.trim() === '' ? null : value }),
        },
        {
          kind: 'act',
          key: 'withdraw',
          only: 'many',
          label: t('life.withdraw'),
          confirm: t('life.withdraw'),
          danger: true,
          reason: 'required',
          can: (risk) => mayWithdraw && risk.can.edit,
          save: (risk, _value, reason) => write(risks.withdraw, { params: { riskId: risk.id }, body: { reason } }),
        },
      ],
    }
  }, [t, write, settle, mayWithdraw])
}
