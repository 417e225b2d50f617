import { useText } from '#ui/text.ts'
import { ControlState } from './control-state.tsx'
import { DueDate } from './due-date.tsx'
import styles from './risk.module.css'
import { ActionStatusBadge } from './risk-status.tsx'
import type { RiskView } from './views.ts'

/** What somebody about to sign a treatment has to have read: each control and each action, and how far it is. */
export function SignedTreatment({ risk }: { risk: Pick<RiskView, 'controls' | 'treatment'> }) {
  const t = useText('risk')
  const actions = risk.treatment.actions.filter((one) => one.status !== 'cancelled')
  return (
    <>
      <section aria-label={t('fields.controls')}>
        <h3 className={styles['subhead']}>{t('fields.controls')}</h3>
        {risk.controls.length === 0 ? (
          <div className={styles['note']}>{t('act.noControls')}</div>
        ) : (
          <ul className={styles['signed']}>
            {risk.controls.map((control) => (
              <li key={control.id}>
                <span>
                  <span className="pl-ref">{control.ref}</span> {control.title}
                  <span className={styles['signedFacts']}>
                    {t('act.lowers', { what: t(`axis.${control.lowers ?? 'notStated'}`) })}
                  </span>
                </span>
                <ControlState control={control} />
              </li>
            ))}
          </ul>
        )}
      </section>
      <section aria-label={t('fields.actions')}>
        <h3 className={styles['subhead']}>{t('fields.actions')}</h3>
        {actions.length === 0 ? (
          <div className={styles['note']}>{t('act.noActions')}</div>
        ) : (
          <>
            <ul className={styles['signed']}>
              {actions.map((action) => (
                <li key={action.id}>
                  <span>
                    <span className="pl-ref">{action.ref}</span> {action.title}
                    <span className={styles['signedFacts']}>
                      {action.owner?.name ?? t('list.noOwner')} · <DueDate action={action} />
                    </span>
                  </span>
                  <ActionStatusBadge action={action} />
                </li>
              ))}
            </ul>
            <div className={styles['note']} style={{ marginTop: 8 }}>
              {t('act.actionsNote')}
            </div>
          </>
        )}
      </section>
    </>
  )
}
