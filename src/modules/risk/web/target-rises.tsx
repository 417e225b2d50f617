import { TextInput } from '@mantine/core'
import { useState } from 'react'
import type { WireBody } from '#platform/contract/route.ts'
import { type RecordOption, RecordSelect } from '#ui/record-select.tsx'
import { useText } from '#ui/text.ts'
import type { risks } from '../contract.ts'
import { useFinders } from './finders.ts'
import styles from './risk.module.css'
import type { MethodView } from './views.ts'

type Rise = NonNullable<WireBody<typeof risks.plan>['rises']>[number]

/** Axes on which the target lies above the current level: each needs its reason and the risk that arises from it. */
export function TargetRises({
  method,
  rising,
  rises,
  onChange,
}: {
  method: MethodView
  /** `likelihood` or keys of dimensions. */
  rising: readonly string[]
  rises: readonly Rise[]
  onChange: (rises: readonly Rise[]) => void
}) {
  const t = useText('risk')
  const find = useFinders()
  const [chosenRisks, setChosenRisks] = useState<ReadonlyMap<string, RecordOption>>(new Map())
  const axisName = (key: string) =>
    key === 'likelihood' ? t('likelihood') : (method.dimensions.find((one) => one.key === key)?.name ?? key)
  return rising.map((axis) => {
    const rise = rises.find((one) => one.axis === axis)
    const setRise = (patch: Partial<Rise>) =>
      onChange([
        ...rises.filter((one) => one.axis !== axis),
        { axis, reason: '', secondaryRiskId: '', ...rise, ...patch },
      ])
    return (
      <div key={axis} className={styles['optionCard']} style={{ marginTop: 12 }}>
        <strong>{t('treatment.rises', { axis: axisName(axis) })}</strong>
        <TextInput
          label={t('treatment.riseReason')}
          value={rise?.reason ?? ''}
          onChange={(event) => setRise({ reason: event.currentTarget.value })}
        />
        <RecordSelect
          label={t('treatment.riseRisk')}
          source="risk.risks"
          find={find.risks}
          value={
            chosenRisks.get(axis) ??
            (rise === undefined || rise.secondaryRiskId === ''
              ? null
              : { id: rise.secondaryRiskId, title: t('treatment.secondary') })
          }
          onChange={(chosen) => {
            const copy = new Map(chosenRisks)
            if (chosen === null) copy.delete(axis)
            else copy.set(axis, chosen)
            setChosenRisks(copy)
            setRise({ secondaryRiskId: chosen?.id ?? '' })
          }}
        />
      </div>
    )
  })
}
