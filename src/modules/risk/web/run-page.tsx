import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { Action } from '#ui/action.tsx'
import { ConfirmDialog } from '#ui/confirm-dialog.tsx'
import { useFormat } from '#ui/format.ts'
import { PathLink } from '#ui/link.tsx'
import { notify } from '#ui/notify.ts'
import { FactList, Section } from '#ui/page.tsx'
import { usePageParams } from '#ui/page-params.ts'
import { RecordPage } from '#ui/record-page.tsx'
import { StatusBadge } from '#ui/status-badge.tsx'
import { useText } from '#ui/text.ts'
import { useApi, useCallApi } from '#web/api.ts'
import { RecordHistory } from '#web/record-history.tsx'
import { useOrgPath } from '#web/scope.ts'
import { risks } from '../contract.ts'
import { BandBadge } from './level.tsx'
import styles from './risk.module.css'
import { RunStatusBadge } from './risk-status.tsx'
import { Progress } from './runs-page.tsx'
import { stale } from './views.ts'

/** One assessment run: what is still missing, and its results, ranked and frozen once it is closed. */
export function RunPage() {
  const { runId = '' } = usePageParams()
  const t = useText('risk')
  const format = useFormat()
  const path = useOrgPath()
  const navigate = useNavigate()
  const { data: run } = useApi(risks.run, { params: { runId } })
  const { data: methods } = useApi(risks.methods, {})
  const method = methods.items.find((one) => one.id === run.method.id)
  const [asked, setAsked] = useState<'close' | 'cancel' | null>(null)
  const close = useCallApi(risks.closeRun, { invalidates: stale })
  const cancel = useCallApi(risks.cancelRun, { invalidates: stale })
  const params = { runId: run.id }
  const open = run.status === 'open'
  const closeButton = (
    <Action
      can={run.can.edit && run.missing === 0 && run.results > 0}
      reason={run.can.edit ? t('run.cannotClose', { count: run.missing }) : undefined}
      onClick={() => setAsked('close')}
    >
      {t('run.close')}
    </Action>
  )
  return (
    <>
      <RecordPage
        reference={run.ref}
        title={run.name}
        state={<RunStatusBadge status={run.status} />}
        facts={[
          { label: t('run.scope'), value: t(`runScope.${run.scope}`) },
          { label: t('run.openedOn'), value: format.shortDate(run.openedOn) },
          ...(run.closedOn === null ? [] : [{ label: t('run.closedOn'), value: format.shortDate(run.closedOn) }]),
        ]}
        actions={
          open ? (
            <>
              <Action variant="default" can={run.can.edit} onClick={() => setAsked('cancel')}>
                {t('run.cancel')}
              </Action>
              {closeButton}
            </>
          ) : undefined
        }
        problems={
          open && run.missing > 0
            ? [
                {
                  key: 'missing',
                  tone: 'info',
                  what: t('run.missingBand', { count: run.missing }),
                  fix: t('run.missingFix'),
                },
              ]
            : open && run.results > 0
              ? [{ key: 'ready', tone: 'info', what: t('run.ready'), action: closeButton }]
              : []
        }
        questions={[
          <>
            <div>{t('run.askWhy')}</div>
            <div className="pl-muted">{run.trigger ?? t('run.planned')}</div>
          </>,
          <>
            <div>{t('run.askMethod')}</div>
            <div className="pl-muted">{run.method.name}</div>
          </>,
        ]}
        links={
          <FactList
            facts={[
              {
                label: t('fields.methodId'),
                value: <PathLink to={path(`/risks/method/${run.method.id}`)}>{run.method.name}</PathLink>,
              },
            ]}
          />
        }
        history={<RecordHistory type="risk_run" id={run.id} />}
      >
        {run.trigger === null ? null : (
          <Section title={t('run.trigger')}>
            <p className={styles['prose']} style={{ margin: 0 }}>
              {run.trigger}
            </p>
          </Section>
        )}
        {run.missingRisks.length === 0 ? null : (
          <Section title={t('run.missing', { count: run.missing })} flush>
            <table className={styles['plain']}>
              <tbody>
                {run.missingRisks.map((risk) => (
                  <tr key={risk.id}>
                    <td style={{ width: 72 }} className="pl-ref">
                      {risk.ref}
                    </td>
                    <td>
                      <PathLink to={path(`/risks/${risk.id}`)}>{risk.title}</PathLink>
                    </td>
                    <td className={styles['end']}>
                      <Action
                        variant="default"
                        size="compact-xs"
                        onClick={() => void navigate({ to: path(`/risks/${risk.id}/assess`) })}
                      >
                        {t('assess.button')}
                      </Action>
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          </Section>
        )}
        <Section title={t('run.resultsTitle')} flush actions={<Progress run={run} />}>
          {run.rows.length === 0 ? (
            <div style={{ padding: '14px 16px' }} className="pl-muted">
              {t('run.noResults')}
            </div>
          ) : (
            <div className={styles['scroll']}>
              <table className={styles['plain']}>
                <thead>
                  <tr>
                    <th scope="col">{t('run.rank')}</th>
                    <th scope="col">{t('action.risk')}</th>
                    <th scope="col">{t('fields.ownerId')}</th>
                    <th scope="col">{t('state.inherent')}</th>
                    <th scope="col">{t('state.current')}</th>
                    <th scope="col">{t('state.target')}</th>
                    <th scope="col">{t('run.criteria')}</th>
                  </tr>
                </thead>
                <tbody>
                  {run.rows.map((row) => (
                    <tr key={row.riskId}>
                      <td className="pl-num">{row.rank ?? '–'}</td>
                      <td style={{ minWidth: 220 }}>
                        <PathLink to={path(`/risks/${row.riskId}`)}>
                          <span className="pl-ref">{row.ref}</span> {row.title}
                        </PathLink>
                      </td>
                      <td>{row.owner ?? t('list.noOwner')}</td>
                      <td>{row.inherentBand === null ? '–' : <BandBadge method={method} band={row.inherentBand} />}</td>
                      <td>
                        <BandBadge method={method} band={row.currentBand} />
                      </td>
                      <td>{row.targetBand === null ? '–' : <BandBadge method={method} band={row.targetBand} />}</td>
                      <td>
                        <StatusBadge plain glyph={row.exceeds ? 'alert' : 'check'} tone={row.exceeds ? 'bad' : 'good'}>
                          {row.exceeds ? t('levels.aboveShort') : t('levels.withinShort')}
                        </StatusBadge>
                      </td>
                    </tr>
                  ))}
                </tbody>
              </table>
            </div>
          )}
        </Section>
      </RecordPage>
      <ConfirmDialog
        opened={asked === 'close'}
        onClose={() => setAsked(null)}
        title={t('run.closeTitle', { ref: run.ref })}
        confirmLabel={t('run.close')}
        onConfirm={async () => {
          await close.mutateAsync({ params })
          notify(t('run.closed', { ref: run.ref }))
        }}
      >
        {t('run.closeText')}
      </ConfirmDialog>
      <ConfirmDialog
        opened={asked === 'cancel'}
        onClose={() => setAsked(null)}
        title={t('run.cancelTitle', { ref: run.ref })}
        confirmLabel={t('run.cancel')}
        danger
        reason="required"
        onConfirm={async (reason) => {
          await cancel.mutateAsync({ params, body: { reason } })
          notify(t('run.cancelled', { ref: run.ref }))
        }}
      >
        {t('run.cancelText')}
      </ConfirmDialog>
    </>
  )
}
