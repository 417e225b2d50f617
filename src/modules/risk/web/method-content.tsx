import { useFormat } from '#ui/format.ts'
import { FactList, Section } from '#ui/page.tsx'
import { useText } from '#ui/text.ts'
import { consequenceLevels } from '../domain/method.ts'
import { BandBadge } from './level.tsx'
import { MatrixGrid } from './matrix-grid.tsx'
import styles from './risk.module.css'
import type { MethodView } from './views.ts'

/** A version of the method as it is read: scales with definitions, matrix, criteria, who signs what, rhythm. */
export function MethodContentView({ method }: { method: MethodView }) {
  const t = useText('risk')
  const format = useFormat()
  const consequences = consequenceLevels(method)
  const authority = (steps: MethodView['acceptanceAuthority']) => (
    <div style={{ display: 'grid', gap: 4 }}>
      {steps.map((step) => (
        <span key={step.upTo} className={styles['row']} style={{ gap: 6 }}>
          <span className="pl-muted">{t('method.upTo')}</span>
          <BandBadge method={method} band={step.upTo} />
          <span>
            {step.also.length === 0
              ? t('method.ownerAlone')
              : t('method.ownerAnd', { roles: format.list(step.also.map((role) => t(`role.${role}`))) })}
          </span>
        </span>
      ))}
    </div>
  )
  const top = method.bands.at(-1)
  const covered = method.acceptanceAuthority.at(-1)?.upTo === top?.key
  return (
    <div className={styles['stack']}>
      <Section title={t('method.criteria')}>
        <FactList
          facts={[
            {
              label: t('method.acceptUpTo'),
              value:
                method.acceptUpTo === null ? (
                  t('method.notStated')
                ) : (
                  <BandBadge method={method} band={method.acceptUpTo} />
                ),
            },
            ...method.dimensions
              .filter((one) => one.acceptUpTo !== null)
              .map((one) => ({
                label: t('method.stricter', { dimension: one.name }),
                value: <BandBadge method={method} band={one.acceptUpTo} />,
              })),
            {
              label: t('method.whoAccepts'),
              value: (
                <>
                  {authority(method.acceptanceAuthority)}
                  {covered ? null : <span className="pl-muted">{t('method.nobodyAbove')}</span>}
                </>
              ),
            },
            {
              label: t('method.whoApproves'),
              value: method.planAuthority.length === 0 ? t('method.ownerAlone') : authority(method.planAuthority),
            },
            { label: t('method.interval'), value: t('method.months', { count: method.intervalMonths }) },
            {
              label: t('method.triggers'),
              value: (
                <ul style={{ margin: 0, paddingLeft: 16 }}>
                  {method.triggers.map((one) => (
                    <li key={one}>{one}</li>
                  ))}
                </ul>
              ),
            },
            { label: t('method.validity'), value: t('method.months', { count: method.validityMonths }) },
          ]}
        />
      </Section>
      <Section title={method.aggregate.mode === 'matrix' ? t('method.matrix') : t('method.product')}>
        <MatrixGrid method={method} />
        <div className={styles['note']} style={{ marginTop: 10 }}>
          {t('method.maximum')}
        </div>
        {method.aggregate.mode === 'matrix' ? null : (
          <div className={styles['row']} style={{ marginTop: 10, gap: '4px 16px' }}>
            {method.bands.map((band) => (
              <span key={band.key} className={styles['row']} style={{ gap: 6 }}>
                <BandBadge method={method} band={band.key} />
                <span className="pl-muted">{t('method.range', { from: band.from, to: band.to })}</span>
              </span>
            ))}
          </div>
        )}
      </Section>
      <Section title={t('likelihood')} flush>
        <table className={styles['plain']}>
          <tbody>
            {method.likelihood.map((one) => (
              <tr key={one.value}>
                <th scope="row" style={{ width: 180 }}>
                  {one.value} {one.name}
                </th>
                <td>{one.definition}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </Section>
      <Section title={t('method.consequences')} flush>
        {/* A region that scrolls has to be reachable by keyboard. */}
        {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
        <section className={styles['scroll']} aria-label={t('method.table')} tabIndex={0}>
          <table className={styles['plain']} style={{ minWidth: 200 + consequences.length * 170 }}>
            <thead>
              <tr>
                <th scope="col">{t('method.dimension')}</th>
                {consequences.map((one) => (
                  <th key={one.value} scope="col">
                    {one.value} {one.name}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {method.dimensions.map((dimension) => (
                <tr key={dimension.key}>
                  <th scope="row" style={{ verticalAlign: 'top' }}>
                    {dimension.name}
                  </th>
                  {dimension.levels.map((level) => (
                    <td key={level.value} style={{ verticalAlign: 'top' }}>
                      {level.definition}
                    </td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      </Section>
    </div>
  )
}
