import { useNavigate } from '@tanstack/react-router'
import { Action } from '#ui/action.tsx'
import { Section } from '#ui/page.tsx'
import { useText } from '#ui/text.ts'
import { useOrgPath } from '#web/scope.ts'
import { overallLevels } from '../domain/method.ts'
import { consequenceOf, riskStates } from '../domain/scores.ts'
import { BandBadge, ImportedLevel, RiskLevel } from './level.tsx'
import { MiniMatrix } from './mini-matrix.tsx'
import styles from './risk.module.css'
import { ThresholdBadge } from './threshold-badge.tsx'
import type { EvaluationView, MethodView, RiskView } from './views.ts'

/** Inherent, current and target side by side, each level with what the method says it means. */
export function LevelsSection({ risk, method }: { risk: RiskView; method: MethodView | undefined }) {
  const t = useText('risk')
  const path = useOrgPath()
  const navigate = useNavigate()
  const states = riskStates.flatMap((state) => {
    const level = risk[state]
    return level === null ? [] : [{ state, level }]
  })
  if (states.length === 0 || method === undefined) {
    return (
      <Section title={t('levels.title')}>
        <div className={styles['row']} style={{ justifyContent: 'space-between' }}>
          <span className="pl-muted">{t('levels.none')}</span>
          <Action
            variant="default"
            can={risk.can.assess}
            onClick={() => void navigate({ to: path(`/risks/${risk.id}/assess`) })}
          >
            {t('assess.button')}
          </Action>
        </div>
        <ImportedLevels risk={risk} />
      </Section>
    )
  }
  // A register may rate one state by dimensions and another as a whole: then both stand, and the highest counts.
  const rated = (key: string) => states.some(({ level }) => consequenceOf(level.scores, key) !== null)
  const keys = rated('overall')
    ? [
        { key: 'overall', name: t('assess.overall'), levels: overallLevels(method) },
        ...method.dimensions.filter(({ key }) => rated(key)),
      ]
    : method.dimensions
  const valueOf = (level: EvaluationView, key: string): number | null =>
    key === 'overall' ? level.consequence : consequenceOf(level.scores, key)
  const before = (index: number, pick: (level: EvaluationView) => number | null): number | null => {
    const former = states[index - 1]
    return former === undefined ? null : pick(former.level)
  }
  return (
    <Section title={t('levels.title')} id="levels">
      <div className={styles['levels']}>
        <div>
          <MiniMatrix
            method={method}
            marks={states.map(({ state, level }) => ({
              state,
              likelihood: level.likelihood,
              consequence: level.consequence,
            }))}
          />
          <div className={styles['legend']}>
            <span>
              {states
                .map(({ state }) =>
                  t('levels.letter', { letter: t(`stateLetter.${state}`), state: t(`state.${state}`) }),
                )
                .join(' · ')}
            </span>
          </div>
        </div>
        <div className={styles['states']} style={{ '--states': states.length } as React.CSSProperties}>
          <div>
            <span />
            {states.map(({ state }) => (
              <span key={state} className={styles['stateName']}>
                {t(`state.${state}`)}
              </span>
            ))}
          </div>
          <div>
            <span className={styles['axis']}>{t('fields.level')}</span>
            {states.map(({ state, level }) => (
              <span key={state} className={styles['value']}>
                <span className={styles['onlyNarrow']}>{t(`state.${state}`)}</span>
                <RiskLevel level={level} />
                <ThresholdBadge method={method} level={level} short />
              </span>
            ))}
          </div>
          <div>
            <span className={styles['axis']}>{t('likelihood')}</span>
            {states.map(({ state, level }, index) => (
              <Value
                key={state}
                state={t(`state.${state}`)}
                levels={method.likelihood}
                value={level.likelihood}
                before={before(index, (former) => former.likelihood)}
              />
            ))}
          </div>
          {keys.map((dimension) => (
            <div key={dimension.key}>
              <span className={styles['axis']}>{dimension.name}</span>
              {states.map(({ state, level }, index) => (
                <Value
                  key={state}
                  state={t(`state.${state}`)}
                  levels={dimension.levels}
                  value={valueOf(level, dimension.key)}
                  before={before(index, (former) => valueOf(former, dimension.key))}
                />
              ))}
            </div>
          ))}
        </div>
      </div>
      <div className={styles['row']} style={{ marginTop: 14, fontSize: '0.8125rem', gap: '4px 10px' }}>
        <span className="pl-muted">{t('levels.threshold')}</span>
        <BandBadge method={method} band={method.acceptUpTo} />
        {method.dimensions
          .filter((one) => one.acceptUpTo !== null)
          .map((one) => (
            <span key={one.key} className={styles['row']} style={{ gap: 6 }}>
              <span className="pl-muted">{t('levels.stricter', { dimension: one.name })}</span>
              <BandBadge method={method} band={one.acceptUpTo} />
            </span>
          ))}
      </div>
      <ImportedLevels risk={risk} />
      {risk.rationale === '' ? null : (
        <>
          <div className={styles['subhead']}>{t('fields.rationale')}</div>
          <p className={styles['prose']} style={{ margin: 0 }}>
            {risk.rationale}
          </p>
        </>
      )}
    </Section>
  )
}

function ImportedLevels({ risk: { original } }: { risk: RiskView }) {
  const t = useText('risk')
  if (original === null) return null
  return (
    <>
      <div className={styles['subhead']}>{t('levels.importedTitle')}</div>
      <div className={styles['row']} style={{ gap: '6px 24px' }}>
        {riskStates.map((state) => {
          const level = original[state]
          return level === null ? null : (
            <span key={state} className={styles['row']} style={{ gap: 8 }}>
              {t(`state.${state}`)}
              <ImportedLevel level={level} />
            </span>
          )
        })}
      </div>
    </>
  )
}

function Value({
  state,
  levels,
  value,
  before,
}: {
  state: string
  levels: readonly MethodView['likelihood'][number][]
  value: number | null
  before: number | null
}) {
  const t = useText('risk')
  if (value === null) return <span className="pl-muted">{t('levels.notStated')}</span>
  const level = levels.find((one) => one.value === value)
  const moved = before === null ? 0 : value - before
  return (
    <span className={styles['value']}>
      <span className={styles['onlyNarrow']}>{state}</span>
      <span>
        <strong>
          {value} {level?.name}
        </strong>
        {moved === 0 ? null : (
          <span className={moved < 0 ? styles['down'] : styles['up']}>
            {moved < 0 ? t('levels.down', { by: -moved }) : t('levels.up', { by: moved })}
          </span>
        )}
      </span>
      {moved === 0 && before !== null ? null : <small>{level?.definition}</small>}
    </span>
  )
}
