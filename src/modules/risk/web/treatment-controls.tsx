import { CloseButton, SegmentedControl, Select } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import type { WireBody } from '#platform/contract/route.ts'
import { type RecordOption, RecordSelect } from '#ui/record-select.tsx'
import { useText } from '#ui/text.ts'
import { call } from '#web/api.ts'
import { risks } from '../contract.ts'
import { axes, type ControlStanding, startingState } from '../domain/treatment.ts'
import { useFinders } from './finders.ts'
import styles from './risk.module.css'
import type { RiskView } from './views.ts'

type Control = WireBody<typeof risks.plan>['controls'][number]

/** The controls of a treatment: what each lowers, whether it is live or planned, and what the statement says of it. */
export function TreatmentControls({
  risk,
  controls,
  onChange,
}: {
  risk: RiskView
  controls: readonly Control[]
  onChange: (controls: readonly Control[]) => void
}) {
  const t = useText('risk')
  const find = useFinders()
  // All that can be named, and how far each one is; those withdrawn since are known from the risk alone.
  const choices = useQuery({
    queryKey: ['select', 'risk.controls', 'all'],
    queryFn: async ({ signal }) => {
      const { items } = await call(risks.controlChoices, { query: {}, signal })
      return new Map(items.map((one) => [one.id as string, one]))
    },
  })
  const patch = (id: string, changes: Partial<Control>) =>
    onChange(controls.map((one) => (one.controlId === id ? { ...one, ...changes } : one)))
  const add = (chosen: RecordOption | null) => {
    if (chosen === null || controls.some((one) => one.controlId === chosen.id)) return
    const state = startingState(choices.data?.get(chosen.id)?.standing ?? null)
    onChange([...controls, { controlId: chosen.id, state, lowers: null }])
  }
  return (
    <>
      <div className={styles['note']} style={{ marginBottom: 10 }}>
        {t('treatment.controlsText')}
      </div>
      {controls.length === 0 ? null : (
        <div className={styles['scroll']}>
          <table
            className={`${styles['plain'] ?? ''} ${styles['inset'] ?? ''} ${styles['stacks'] ?? ''}`}
            style={{ marginBottom: 12 }}
          >
            <thead>
              <tr>
                <th scope="col">{t('treatment.control')}</th>
                <th scope="col">{t('treatment.lowers')}</th>
                <th scope="col">{t('fields.status')}</th>
                <th scope="col">
                  <span className="pl-visually-hidden">{t('treatment.removeColumn')}</span>
                </th>
              </tr>
            </thead>
            <tbody>
              {controls.map((control) => {
                const choice = choices.data?.get(control.controlId)
                const name = choice ?? risk.controls.find((one) => one.id === control.controlId)
                const ref = name?.ref ?? ''
                return (
                  <tr key={control.controlId}>
                    <td>
                      <span className="pl-ref">{ref}</span> {name?.title}
                    </td>
                    <td style={{ minWidth: 150 }}>
                      <Select
                        size="xs"
                        allowDeselect={false}
                        aria-label={t('treatment.lowersOf', { control: ref })}
                        placeholder={t('treatment.chooseAxis')}
                        data={axes.map((value) => ({ value, label: t(`axis.${value}`) }))}
                        value={control.lowers}
                        onChange={(value) =>
                          patch(control.controlId, { lowers: axes.find((one) => one === value) ?? null })
                        }
                      />
                    </td>
                    <td>
                      <SegmentedControl
                        aria-label={t('treatment.stateOf', { control: ref })}
                        value={control.state}
                        data={[
                          { value: 'live', label: t('controlState.live') },
                          { value: 'planned', label: t('controlState.planned') },
                        ]}
                        onChange={(value) => patch(control.controlId, { state: value === 'live' ? 'live' : 'planned' })}
                      />
                      <StandingText state={control.state} standing={name?.standing ?? null} />
                    </td>
                    <td className={styles['end']}>
                      <CloseButton
                        aria-label={t('remove', { name: ref })}
                        onClick={() => onChange(controls.filter((one) => one.controlId !== control.controlId))}
                      />
                    </td>
                  </tr>
                )
              })}
            </tbody>
          </table>
        </div>
      )}
      <div style={{ maxWidth: 520 }}>
        <RecordSelect
          label={t('treatment.addControl')}
          source="risk.controls"
          find={find.controls}
          value={null}
          // What a control begins with follows from how far it is.
          disabled={choices.isPending}
          onChange={add}
        />
      </div>
    </>
  )
}

/** What the control's own record says; and, where it is chosen as live without that, what this means and what to do. */
function StandingText({ state, standing }: { state: Control['state']; standing: ControlStanding | null }) {
  const t = useText('risk')
  if (standing === null) return null
  const although = state === 'live' && standing !== 'implemented'
  return (
    <output className={although ? styles['although'] : styles['standing']}>
      {t(`treatment.standing.${standing}`)}
      {although ? ` ${t(`treatment.liveAlthough.${standing}`)}` : null}
    </output>
  )
}
