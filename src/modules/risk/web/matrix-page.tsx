import { useNavigate, useSearch } from '@tanstack/react-router'
import { Action } from '#ui/action.tsx'
import { EmptyState } from '#ui/empty-state.tsx'
import { PathLink } from '#ui/link.tsx'
import { MatrixChart } from '#ui/matrix-chart.tsx'
import { Page, Section } from '#ui/page.tsx'
import { useText } from '#ui/text.ts'
import { parseSearch } from '#ui/url-search.ts'
import { useApi } from '#web/api.ts'
import { useOrgPath } from '#web/scope.ts'
import { risks } from '../contract.ts'
import { bandColor } from '../domain/band-color.ts'
import { bandAt } from '../domain/evaluate.ts'
import { consequenceLevels } from '../domain/method.ts'
import { type RiskState, riskStates } from '../domain/scores.ts'
import styles from './risk.module.css'
import type { MethodView } from './views.ts'

/** Likelihood × consequence in the method's own colours; a click opens the risks of a cell. */
export function MatrixPage() {
  const t = useText('risk')
  const path = useOrgPath()
  const navigate = useNavigate()
  const { view: asked } = useSearch({ strict: false }) as { view?: string }
  const view: RiskState = riskStates.find((one) => one === asked) ?? 'current'
  const { data } = useApi(risks.matrix, {})
  const { method } = data
  if (method === null) {
    return (
      <Page title={t('nav.matrix')} clause="6.1.2">
        <EmptyState
          title={t('list.noMethod')}
          clause="6.1.2"
          actions={<Action onClick={() => void navigate({ to: path('/risks/method') })}>{t('empty.method')}</Action>}
        >
          {t('matrix.noMethod')}
        </EmptyState>
      </Page>
    )
  }
  const counts = Object.fromEntries(data.states.map(({ state, cells }) => [state, cells]))
  const total = (data.states.find((one) => one.state === view)?.cells ?? []).reduce((sum, one) => sum + one.count, 0)
  return (
    <Page title={t('nav.matrix')} clause="6.1.2" lead={t('matrix.lead', { method: method.name })}>
      <div className={styles['form']}>
        <div className={styles['card']}>
          <MatrixChart
            likelihood={method.likelihood.map((one) => ({ level: one.value, label: one.name }))}
            consequence={consequenceLevels(method).map((one) => ({ level: one.value, label: one.name }))}
            bands={method.bands.map((one) => ({ key: one.key, label: one.name, color: bandColor(one.token) }))}
            bandOf={(likelihood, consequence) => bandAt(method, likelihood, consequence)?.key ?? ''}
            counts={counts}
            view={view}
            onView={(value) =>
              void navigate({
                to: '.',
                search: (old: Record<string, unknown>) => ({ ...old, view: value === 'current' ? undefined : value }),
                replace: true,
              } as Parameters<typeof navigate>[0])
            }
            movements={view === 'target' ? data.moves : []}
            onSelect={(cell) => {
              if (cell === null) return
              const { likelihood, consequence } = cell
              const state = view === 'current' ? '' : `&state=${view}`
              void navigate({
                to: path('/risks'),
                search: parseSearch(`cell=${String(likelihood)}-${String(consequence)}${state}`),
              })
            }}
          />
        </div>
        <aside className={styles['stack']} aria-label={t('matrix.beside')}>
          <Section title={t('matrix.byBand')}>
            <BandCounts
              method={method}
              cells={data.states.find((one) => one.state === view)?.cells ?? []}
              total={total}
              view={view}
            />
          </Section>
          {data.unscored + data.otherMethod === 0 ? null : (
            <Section title={t('matrix.notShown')}>
              <div style={{ display: 'grid', gap: 6, fontSize: '0.8125rem' }}>
                {data.unscored === 0 ? null : (
                  <PathLink to={path('/risks?status=notAssessed')}>
                    {t('matrix.unscored', { count: data.unscored })}
                  </PathLink>
                )}
                {data.otherMethod === 0 ? null : <span>{t('matrix.otherMethod', { count: data.otherMethod })}</span>}
              </div>
            </Section>
          )}
        </aside>
      </div>
    </Page>
  )
}

function BandCounts({
  method,
  cells,
  total,
  view,
}: {
  method: MethodView
  cells: readonly { likelihood: number; consequence: number; count: number }[]
  total: number
  view: RiskState
}) {
  const t = useText('risk')
  const path = useOrgPath()
  const threshold = method.bands.findIndex((one) => one.key === method.acceptUpTo)
  return (
    <div style={{ display: 'grid', gap: 10, fontSize: '0.8125rem' }}>
      {method.bands
        .map((band, index) => ({
          band,
          index,
          count: cells
            .filter((cell) => bandAt(method, cell.likelihood, cell.consequence)?.key === band.key)
            .reduce((sum, cell) => sum + cell.count, 0),
        }))
        .toReversed()
        .map(({ band, index, count }) => (
          <div key={band.key} style={{ display: 'grid', gap: 3 }}>
            <div className={styles['row']} style={{ justifyContent: 'space-between' }}>
              <PathLink to={path(`/risks?band=${band.key}${view === 'current' ? '' : `&state=${view}`}`)}>
                {band.name}
              </PathLink>
              <span className="pl-num">{count}</span>
            </div>
            <div style={{ height: 6, borderRadius: 3, background: 'var(--pl-quiet-soft)' }} aria-hidden="true">
              <div
                style={{
                  height: 6,
                  borderRadius: 3,
                  width: `${total === 0 ? 0 : (count / total) * 100}%`,
                  background: bandColor(band.token),
                }}
              />
            </div>
            {index === threshold ? (
              <span className="pl-muted" style={{ fontSize: '0.75rem' }}>
                {t('matrix.threshold')}
              </span>
            ) : null}
          </div>
        ))}
    </div>
  )
}
