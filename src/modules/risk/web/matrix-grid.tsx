import type { CSSProperties } from 'react'
import { useText } from '#ui/text.ts'
import { textOn } from '#ui/tone.ts'
import { bandColor } from '../domain/band-color.ts'
import { bandAt } from '../domain/evaluate.ts'
import { consequenceLevels, type MethodContent } from '../domain/method.ts'
import styles from './risk.module.css'

/** The matrix of a method with the name of the band in every cell; with `onCell` the cells are buttons. */
export function MatrixGrid({
  method,
  onCell,
}: {
  method: MethodContent
  /** Positions counted from 0, lowest first. */
  onCell?: ((row: number, column: number) => void) | undefined
}) {
  const t = useText('risk')
  const columns = consequenceLevels(method)
  const rows = method.likelihood.toReversed()
  return (
    // A region that scrolls has to be reachable by keyboard.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
    <section className={styles['scroll']} aria-label={t('method.cells')} tabIndex={0}>
      <div
        className={styles['matrixEdit']}
        style={{ '--columns': columns.length } as CSSProperties}
        // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- cells are laid out as a grid, which a fieldset does not allow everywhere
        role="group"
        aria-label={t('method.matrix')}
      >
        {rows.flatMap((l, fromTop) => {
          const row = rows.length - 1 - fromTop
          return [
            <span key={`l${String(l.value)}`} className={styles['matrixHead']} style={{ textAlign: 'end' }}>
              <span>
                {l.value} <span className={styles['matrixName']}>{l.name}</span>
              </span>
            </span>,
            ...columns.map((c, column) => {
              const band = bandAt(method, l.value, c.value)
              const color = band === null ? undefined : bandColor(band.token)
              const style =
                color === undefined
                  ? { background: 'var(--pl-quiet-soft)' }
                  : { background: color, color: textOn(color) }
              const name = band?.name ?? '–'
              return onCell === undefined ? (
                <span
                  key={`${String(l.value)}-${String(c.value)}`}
                  className={styles['matrixCell']}
                  style={{ ...style, cursor: 'default' }}
                >
                  {name}
                </span>
              ) : (
                <button
                  key={`${String(l.value)}-${String(c.value)}`}
                  type="button"
                  className={styles['matrixCell']}
                  style={style}
                  aria-label={t('method.cell', { likelihood: l.value, consequence: c.value, band: name })}
                  onClick={() => onCell(row, column)}
                >
                  {name}
                </button>
              )
            }),
          ]
        })}
        <span className={`${styles['matrixHead'] ?? ''} ${styles['matrixAxes'] ?? ''}`} style={{ textAlign: 'end' }}>
          <span className={styles['matrixAxisY']}>
            <span aria-hidden="true">↑ </span>
            {t('likelihood')}
          </span>
          <span>
            {t('consequence')}
            <span aria-hidden="true"> →</span>
          </span>
        </span>
        {columns.map((c) => (
          <span key={c.value} className={styles['matrixHead']} style={{ textAlign: 'center', alignItems: 'start' }}>
            <span>
              {c.value} <span className={styles['matrixName']}>{c.name}</span>
            </span>
          </span>
        ))}
      </div>
    </section>
  )
}
