import { Checkbox, TextInput } from '@mantine/core'
import type { WireBody } from '#platform/contract/route.ts'
import { useText } from '#ui/text.ts'
import type { risks } from '../contract.ts'
import { type OptionKind, optionKinds } from '../domain/treatment.ts'
import styles from './risk.module.css'

type Option = WireBody<typeof risks.plan>['options'][number]

/** The four options (6.1.3 a), each with what it asks for once chosen. */
export function TreatmentOptions({
  options,
  onChange,
}: {
  options: readonly Option[]
  onChange: (options: readonly Option[]) => void
}) {
  const t = useText('risk')
  const patch = (kind: OptionKind, changes: Partial<Option>) =>
    onChange(options.map((one) => (one.kind === kind ? { ...one, ...changes } : one)))
  return (
    <div className={styles['optionCards']}>
      {optionKinds.map((kind) => {
        const option = options.find((one) => one.kind === kind)
        return (
          <div key={kind} className={styles['optionCard']} data-on={option !== undefined}>
            <Checkbox
              label={<strong>{t(`option.${kind}`)}</strong>}
              description={t(`optionText.${kind}`)}
              checked={option !== undefined}
              onChange={(event) =>
                onChange(
                  event.currentTarget.checked
                    ? [...options, { kind, agreement: null, change: null }]
                    : options.filter((one) => one.kind !== kind),
                )
              }
            />
            {option !== undefined && kind === 'share' ? (
              <TextInput
                label={t('treatment.agreement')}
                placeholder={t('treatment.agreementHint')}
                value={option.agreement ?? ''}
                onChange={(event) => patch('share', { agreement: event.currentTarget.value })}
              />
            ) : null}
            {option !== undefined && kind === 'avoid' ? (
              <TextInput
                label={t('treatment.change_')}
                placeholder={t('treatment.changeHint')}
                value={option.change ?? ''}
                onChange={(event) => patch('avoid', { change: event.currentTarget.value })}
              />
            ) : null}
          </div>
        )
      })}
    </div>
  )
}
