import { Select } from '@mantine/core'
import { useText } from '#ui/text.ts'
import { overallLevels } from '../domain/method.ts'
import styles from './risk.module.css'
import type { PartialScores } from './score-fields.tsx'
import type { MethodView, ScoresView } from './views.ts'

/** The target per axis beside the current level; a chosen level shows its definition. */
export function TargetFields({
  method,
  current,
  target,
  onChange,
}: {
  method: MethodView
  current: ScoresView
  target: PartialScores
  onChange: (scores: PartialScores) => void
}) {
  const t = useText('risk')
  const lines =
    'overall' in current.consequences
      ? [{ key: 'overall', name: t('assess.overall'), levels: overallLevels(method) }]
      : method.dimensions.map(({ key, name, levels }) => ({ key, name, levels }))
  const line = (
    key: string,
    name: string,
    levels: readonly MethodView['likelihood'][number][],
    now: number | undefined,
    then: number | undefined,
    set: (value: number) => void,
  ) => {
    const level = levels.find((one) => one.value === then)
    return (
      <tr key={key}>
        <th scope="row">{name}</th>
        <td style={{ whiteSpace: 'nowrap' }} className="pl-muted">
          {now} {levels.find((one) => one.value === now)?.name}
        </td>
        <td style={{ minWidth: 260 }}>
          <Select
            size="xs"
            aria-label={t('treatment.targetOf', { axis: name })}
            data={levels.map((one) => ({ value: String(one.value), label: `${one.value} ${one.name}` }))}
            renderOption={({ option }) => (
              <div>
                <div style={{ fontWeight: 550 }}>{option.label}</div>
                <div className="pl-muted" style={{ fontSize: '0.75rem' }}>
                  {levels.find((one) => String(one.value) === option.value)?.definition}
                </div>
              </div>
            )}
            comboboxProps={{ width: 380, position: 'bottom-start' }}
            allowDeselect={false}
            value={then === undefined ? null : String(then)}
            onChange={(value) => {
              if (value !== null) set(Number(value))
            }}
          />
          <div className="pl-muted" style={{ fontSize: '0.75rem', marginTop: 4, maxWidth: 380 }}>
            {level?.definition}
          </div>
        </td>
      </tr>
    )
  }
  return (
    <div className={styles['scroll']}>
      <table className={`${styles['plain'] ?? ''} ${styles['inset'] ?? ''} ${styles['stacks'] ?? ''}`}>
        <thead>
          <tr>
            <th scope="col">{t('treatment.axis')}</th>
            <th scope="col">{t('state.current')}</th>
            <th scope="col">{t('state.target')}</th>
          </tr>
        </thead>
        <tbody>
          {line('likelihood', t('likelihood'), method.likelihood, current.likelihood, target.likelihood, (value) =>
            onChange({ ...target, likelihood: value }),
          )}
          {lines.map(({ key, name, levels }) =>
            line(key, name, levels, current.consequences[key], target.consequences?.[key], (value) =>
              onChange({ ...target, consequences: { ...target.consequences, [key]: value } }),
            ),
          )}
        </tbody>
      </table>
    </div>
  )
}
