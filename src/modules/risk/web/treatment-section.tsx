import { useNavigate } from '@tanstack/react-router'
import { Action } from '#ui/action.tsx'
import { useFormat } from '#ui/format.ts'
import { PathLink } from '#ui/link.tsx'
import { Section } from '#ui/page.tsx'
import { useText } from '#ui/text.ts'
import { useOrgPath } from '#web/scope.ts'
import { evaluationOf, unjudgedDimensions } from '../domain/evaluate.ts'
import { ControlState } from './control-state.tsx'
import { RiskLevel } from './level.tsx'
import styles from './risk.module.css'
import type { MethodView, RiskView } from './views.ts'

/** How the risk is treated: options, controls with the axis they lower, the level that is aimed at (6.1.3 a–b). */
export function TreatmentSection({ risk, method }: { risk: RiskView; method: MethodView | undefined }) {
  const t = useText('risk')
  const format = useFormat()
  const path = useOrgPath()
  const navigate = useNavigate()
  const { options, rises } = risk.treatment
  const axis = (key: string) =>
    key === 'likelihood' ? t('likelihood') : (method?.dimensions.find((one) => one.key === key)?.name ?? key)
  return (
    <Section
      title={t('treatment.title')}
      flush
      actions={
        <Action
          variant="default"
          can={risk.can.treat && risk.current !== null}
          reason={risk.current === null ? t('treatment.assessFirst') : undefined}
          onClick={() => void navigate({ to: path(`/risks/${risk.id}/treatment`) })}
        >
          {options.length === 0 ? t('treatment.choose') : t('treatment.change')}
        </Action>
      }
    >
      <div style={{ padding: '14px 16px' }}>
        {options.length === 0 ? (
          <span className="pl-muted">{within(risk, method) ? t('treatment.notNeeded') : t('treatment.none')}</span>
        ) : (
          <div className={styles['options']}>
            {options.map((option) => (
              <div key={option.kind} className={styles['option']}>
                <strong>{t(`option.${option.kind}`)}</strong>
                <span>
                  {option.agreement ?? option.change ?? (
                    <span className="pl-muted">{t(`optionText.${option.kind}`)}</span>
                  )}
                  {option.endedOn === null ? null : (
                    <span className="pl-muted">
                      {' '}
                      {t('treatment.ended', { date: format.shortDate(option.endedOn) })}
                    </span>
                  )}
                </span>
              </div>
            ))}
            {risk.target === null ? null : (
              <div className={styles['option']}>
                <span className="pl-muted">{t('treatment.target')}</span>
                <RiskLevel level={risk.target} />
              </div>
            )}
            {rises.map((rise) => (
              <div key={rise.axis} className={styles['option']}>
                <span className="pl-muted">{t('treatment.rises', { axis: axis(rise.axis) })}</span>
                <span>
                  {rise.reason}{' '}
                  <PathLink to={path(`/risks/${rise.secondaryRiskId}`)}>{t('treatment.secondary')}</PathLink>
                </span>
              </div>
            ))}
          </div>
        )}
      </div>
      {risk.controls.length === 0 ? null : (
        <div className={styles['scroll']} style={{ borderTop: '1px solid var(--pl-line)' }}>
          <table className={styles['plain']}>
            <thead>
              <tr>
                <th scope="col">{t('treatment.control')}</th>
                <th scope="col">{t('treatment.lowers')}</th>
                <th scope="col">{t('fields.status')}</th>
              </tr>
            </thead>
            <tbody>
              {risk.controls.map((control) => (
                <tr key={control.id}>
                  <td>
                    <PathLink
                      to={path(`/controls/${control.id}`)}
                      style={{ display: 'inline-block', padding: '3px 0' }}
                    >
                      <span className="pl-ref">{control.ref}</span> {control.title}
                    </PathLink>
                  </td>
                  <td>{control.lowers === null ? t('axis.notStated') : t(`axis.${control.lowers}`)}</td>
                  <td>
                    <ControlState control={control} />
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </Section>
  )
}

/** Whether the level is known to be acceptable: every stricter dimension is rated, and no control it counts on is missing. */
function within({ current, why }: RiskView, method: MethodView | undefined): boolean {
  if (current === null || current.exceeds || method === undefined) return false
  const evaluation = evaluationOf(method, current.scores)
  const counted = evaluation !== null && unjudgedDimensions(method, evaluation).length === 0
  return counted && !why.some(({ code }) => code === 'risk.controls_failing')
}
