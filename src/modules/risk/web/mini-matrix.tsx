import { useText } from '#ui/text.ts'
import { textOn } from '#ui/tone.ts'
import { bandColor } from '../domain/band-color.ts'
import { bandAt } from '../domain/evaluate.ts'
import { consequenceLevels, type MethodContent } from '../domain/method.ts'
import type { RiskState } from '../domain/scores.ts'
import styles from './risk.module.css'

/** A state's place in the matrix. */
export interface Mark {
  readonly state: RiskState
  readonly likelihood: number
  readonly consequence: number
}

/** The method's matrix in small, with the places of one risk: inherent, current, target, and the way between them. */
export function MiniMatrix({ method, marks }: { method: MethodContent; marks: readonly Mark[] }) {
  const t = useText('risk')
  const columns = consequenceLevels(method)
  const rows = method.likelihood.toReversed()
  const x = (value: number) => ((columns.findIndex((one) => one.value === value) + 0.5) / columns.length) * 100
  const y = (value: number) => ((rows.findIndex((one) => one.value === value) + 0.5) / rows.length) * 100
  const said = marks.map((mark) =>
    t('matrix.place', { state: t(`state.${mark.state}`), likelihood: mark.likelihood, consequence: mark.consequence }),
  )
  const cells = new Map<string, Mark[]>()
  for (const mark of marks) {
    const key = `${mark.likelihood}-${mark.consequence}`
    cells.set(key, [...(cells.get(key) ?? []), mark])
  }
  return (
    <figure className={styles['mini']} aria-label={said.length === 0 ? t('matrix.none') : said.join('; ')}>
      <div className={styles['miniY']} aria-hidden="true">
        {t('likelihood')}
      </div>
      <div
        className={styles['miniGrid']}
        style={{ gridTemplateColumns: `repeat(${columns.length}, minmax(0, 1fr))` }}
        aria-hidden="true"
      >
        {rows.flatMap((l) =>
          columns.map((c) => {
            const band = bandAt(method, l.value, c.value)
            const color = band === null ? undefined : bandColor(band.token)
            const here = cells.get(`${l.value}-${c.value}`) ?? []
            return (
              <span
                key={`${l.value}-${c.value}`}
                className={styles['miniCell']}
                style={color === undefined ? undefined : { background: color, color: textOn(color) }}
                data-on={here.length > 0}
              >
                {here.map((mark) => t(`stateLetter.${mark.state}`)).join('·')}
              </span>
            )
          }),
        )}
        <svg className={styles['miniMoves']}>
          {marks.slice(1).map((mark, index) => {
            const from = marks[index]
            if (from === undefined) return null
            const line = {
              x1: `${x(from.consequence)}%`,
              y1: `${y(from.likelihood)}%`,
              x2: `${x(mark.consequence)}%`,
              y2: `${y(mark.likelihood)}%`,
            }
            return (
              <line
                key={mark.state}
                {...line}
                stroke="#171f23"
                strokeWidth={1.4}
                strokeDasharray="2 3"
                opacity={0.65}
              />
            )
          })}
        </svg>
      </div>
      <figcaption className={styles['miniX']} aria-hidden="true">
        {t('consequence')}
      </figcaption>
    </figure>
  )
}
