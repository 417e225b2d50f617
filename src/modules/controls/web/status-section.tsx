import { ErrorBand } from '#ui/error-band.tsx'
import { useFormat } from '#ui/format.ts'
import { Section } from '#ui/page.tsx'
import { usePast } from '#ui/past.ts'
import { StateGlyph } from '#ui/status-badge.tsx'
import { useText } from '#ui/text.ts'
import { useCallApi } from '#web/api.ts'
import { controls } from '../contract.ts'
import { statedStates } from '../domain/control.ts'
import { statementStatus } from '../domain/status.ts'
import styles from './control.module.css'
import { ControlStatus, StatusReasons } from './control-status.tsx'
import type { ControlView } from './wire.ts'

const statedLook = {
  notStated: 'question',
  notImplemented: 'empty',
  planned: 'clock',
  partial: 'half',
  implemented: 'full',
} as const

/** What people state, what the records prove, and the status that follows, line by line. */
export function StatusSection({ control }: { control: ControlView }) {
  const t = useText('controls')
  const format = useFormat()
  const past = usePast()
  const state = useCallApi(controls.state, { invalidates: ['soa.', 'risk.'] })
  if (control.applicability === 'excluded') return null
  const frozen = !control.can.state || past !== null
  return (
    <Section title={t('fields.status')} id="status">
      <div className={styles['verdict']}>
        <ControlStatus status={control.status} />
        <span className="pl-muted">{t(`declaredAs.${statementStatus(control)}`)}</span>
      </div>
      <StatusReasons item={control} />
      <div className={styles['block']}>
        <div className={styles['label']} id="stated-label">
          {t('stated.title')}
        </div>
        <fieldset className={styles['choices']} disabled={frozen} aria-labelledby="stated-label">
          {statedStates.map((choice) => (
            <label key={choice} className={styles['choice']} data-on={control.stated === choice}>
              <input
                type="radio"
                name="stated"
                checked={control.stated === choice}
                onChange={() => state.mutate({ params: { controlId: control.id }, body: { stated: choice } })}
              />
              <StateGlyph glyph={statedLook[choice]} />
              <span>{t(`stated.${choice}`)}</span>
            </label>
          ))}
        </fieldset>
        <div className={styles['note']}>
          {control.statedOn === null
            ? t('stated.hint')
            : t(control.statedBy === null ? 'stated.on' : 'stated.by', {
                date: format.date(control.statedOn),
                name: control.statedBy ?? '',
              })}
        </div>
        {state.error === null ? null : <ErrorBand error={state.error} />}
      </div>
    </Section>
  )
}
