import { Button, SegmentedControl, Table } from '@mantine/core'
import { type KeyboardEvent, useRef, useState } from 'react'
import { cellKey, countsByCell, type MatrixCount, type MatrixMovement, realMovements } from './matrix-cells.ts'
import styles from './matrix-chart.module.css'
import { useText } from './text.ts'
import { textOn } from './tone.ts'

export type MatrixView = 'inherent' | 'current' | 'target'

export interface MatrixChartProps {
  /** Levels of the scales, lowest first. */
  likelihood: readonly { level: number; label: string }[]
  consequence: readonly { level: number; label: string }[]
  /** Bands of the method, lowest first, in its own colours `#rrggbb`. */
  bands: readonly { key: string; label: string; color: string }[]
  /** Key of the band of a cell. */
  bandOf: (likelihood: number, consequence: number) => string
  /** Counts per view; views without are not offered. */
  counts: Partial<Record<MatrixView, readonly MatrixCount[]>>
  view: MatrixView
  onView: (view: MatrixView) => void
  /** How risks moved to the view shown from the one before; drawn as arrows. */
  movements?: readonly MatrixMovement[]
  selected?: { likelihood: number; consequence: number } | null
  /** A click on a cell; again on the same cell clears. */
  onSelect: (cell: { likelihood: number; consequence: number } | null) => void
}

/** The risk matrix: counts in the method's own colours. Arrow keys move between cells, Enter filters; also a table. */
export function MatrixChart(props: MatrixChartProps) {
  const { likelihood, consequence, bands, bandOf, view } = props
  const t = useText('ui')
  const [asTable, setAsTable] = useState(false)
  const counts = countsByCell(props.counts[view] ?? [])
  const band = (l: number, c: number) => bands.find((one) => one.key === bandOf(l, c))
  const views = (['inherent', 'current', 'target'] as const).filter((one) => props.counts[one] !== undefined)
  return (
    <div className={styles['frame']}>
      <div className={styles['bar']}>
        {views.length > 1 ? (
          <SegmentedControl
            aria-label={t('matrix.view')}
            value={view}
            onChange={(value) => props.onView(value as MatrixView)}
            data={views.map((value) => ({ value, label: t(`matrix.${value}`) }))}
          />
        ) : null}
        <Button variant="subtle" size="compact-sm" onClick={() => setAsTable(!asTable)}>
          {asTable ? t('matrix.showGrid') : t('matrix.showTable')}
        </Button>
      </div>
      {asTable ? (
        <Table fz="sm" withTableBorder maw={560}>
          <Table.Caption>{t('matrix.caption')}</Table.Caption>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{t('matrix.likelihood')}</Table.Th>
              <Table.Th>{t('matrix.consequence')}</Table.Th>
              <Table.Th>{t('matrix.band')}</Table.Th>
              <Table.Th ta="end">{t('matrix.count')}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {likelihood.toReversed().flatMap((l) =>
              consequence.toReversed().flatMap((c) => {
                const count = counts.get(cellKey(l.level, c.level)) ?? 0
                return count === 0
                  ? []
                  : [
                      <Table.Tr key={cellKey(l.level, c.level)}>
                        <Table.Td>{`${l.level} ${l.label}`}</Table.Td>
                        <Table.Td>{`${c.level} ${c.label}`}</Table.Td>
                        <Table.Td>{band(l.level, c.level)?.label}</Table.Td>
                        <Table.Td ta="end">{count}</Table.Td>
                      </Table.Tr>,
                    ]
              }),
            )}
          </Table.Tbody>
        </Table>
      ) : (
        <MatrixGrid {...props} cells={counts} band={band} />
      )}
      <div className={styles['legend']}>
        {bands.map((one) => (
          <span key={one.key}>
            <span className={styles['swatch']} style={{ background: one.color }} aria-hidden="true" />
            {one.label}
          </span>
        ))}
      </div>
    </div>
  )
}

function MatrixGrid({
  likelihood,
  consequence,
  movements = [],
  selected = null,
  onSelect,
  cells,
  band,
}: MatrixChartProps & {
  cells: ReadonlyMap<string, number>
  band: (likelihood: number, consequence: number) => { label: string; color: string } | undefined
}) {
  const t = useText('ui')
  const grid = useRef<HTMLDivElement>(null)
  const rows = likelihood.toReversed()
  const [focus, setFocus] = useState<[number, number]>([0, 0])
  const columns = { gridTemplateColumns: `repeat(${consequence.length}, minmax(0, 1fr))` }
  const lines = { gridTemplateRows: `repeat(${rows.length}, minmax(0, 1fr))` }
  const onKey = (event: KeyboardEvent) => {
    const step: Record<string, [number, number]> = {
      ArrowUp: [-1, 0],
      ArrowDown: [1, 0],
      ArrowLeft: [0, -1],
      ArrowRight: [0, 1],
    }
    const by = step[event.key]
    if (by === undefined) return
    event.preventDefault()
    const row = Math.max(0, Math.min(rows.length - 1, focus[0] + by[0]))
    const column = Math.max(0, Math.min(consequence.length - 1, focus[1] + by[1]))
    setFocus([row, column])
    grid.current?.querySelector<HTMLElement>(`[data-cell="${row}-${column}"]`)?.focus()
  }
  const x = (level: number) => consequence.findIndex((one) => one.level === level) + 0.5
  const y = (level: number) => rows.findIndex((one) => one.level === level) + 0.5
  const max = Math.max(1, ...movements.map((one) => one.count))
  return (
    <div className={styles['plot']}>
      <div className={styles['axisY']} aria-hidden="true">
        {t('matrix.likelihood')}
      </div>
      <div className={styles['labelsY']} style={lines} aria-hidden="true">
        {rows.map((one) => (
          <span key={one.level}>
            <span className={styles['word']}>{one.label}</span>
            {one.level}
          </span>
        ))}
      </div>
      {/* Toggle buttons with one tab stop; the group listens for the arrow keys of its buttons. */}
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions */}
      <div
        ref={grid}
        className={styles['grid']}
        style={{ ...columns, ...lines }}
        // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- a fieldset cannot be laid out as a grid everywhere
        role="group"
        aria-label={t('matrix.caption')}
        onKeyDown={onKey}
      >
        {rows.flatMap((l, row) =>
          consequence.map((c, column) => {
            const count = cells.get(cellKey(l.level, c.level)) ?? 0
            const ground = band(l.level, c.level)
            const color = ground?.color ?? '#e6eaeb'
            const on = selected?.likelihood === l.level && selected.consequence === c.level
            return (
              <button
                key={cellKey(l.level, c.level)}
                type="button"
                data-cell={`${row}-${column}`}
                tabIndex={row === focus[0] && column === focus[1] ? 0 : -1}
                aria-pressed={on}
                aria-label={t('matrix.cell', {
                  count,
                  likelihood: `${l.level} ${l.label}`,
                  consequence: `${c.level} ${c.label}`,
                  band: ground?.label ?? '',
                })}
                className={count === 0 ? `${styles['cell']} ${styles['empty']}` : styles['cell']}
                style={{ background: color }}
                onFocus={() => setFocus([row, column])}
                onClick={() => onSelect(on ? null : { likelihood: l.level, consequence: c.level })}
              />
            )
          }),
        )}
        <Arrows
          moves={realMovements(movements).slice(0, 12)}
          x={(level) => x(level) / consequence.length}
          y={(level) => y(level) / rows.length}
          max={max}
        />
        {/* The figures lie above the movements. */}
        <div className={styles['figures']} style={{ ...columns, ...lines }} aria-hidden="true">
          {rows.flatMap((l) =>
            consequence.map((c) => {
              const count = cells.get(cellKey(l.level, c.level)) ?? 0
              const color = band(l.level, c.level)?.color ?? '#e6eaeb'
              return (
                <span key={cellKey(l.level, c.level)}>
                  {count === 0 ? null : <b style={{ background: color, color: textOn(color) }}>{count}</b>}
                </span>
              )
            }),
          )}
        </div>
      </div>
      <div className={styles['labelsX']} style={columns} aria-hidden="true">
        {consequence.map((one) => (
          <span key={one.level}>
            <span className={styles['word']}>{one.label}</span>
            {one.level}
          </span>
        ))}
      </div>
      <div className={styles['axisX']} aria-hidden="true">
        {t('matrix.consequence')}
      </div>
    </div>
  )
}

/** Movement: a dot where risks were, a ring where they are. Lines are placed by percentages, so they follow any size. */
function Arrows({
  moves,
  x,
  y,
  max,
}: {
  moves: readonly MatrixMovement[]
  x: (level: number) => number
  y: (level: number) => number
  max: number
}) {
  return (
    <svg className={styles['moves']} aria-hidden="true">
      {moves.map(({ from, to, count }) => {
        const [x1, y1] = [x(from.consequence), y(from.likelihood)]
        const [x2, y2] = [x(to.consequence), y(to.likelihood)]
        const line = { x1: `${x1 * 100}%`, y1: `${y1 * 100}%`, x2: `${x2 * 100}%`, y2: `${y2 * 100}%` }
        const width = 1.5 + (2.5 * count) / max
        return (
          <g
            key={`${cellKey(from.likelihood, from.consequence)}>${cellKey(to.likelihood, to.consequence)}`}
            opacity={0.72}
          >
            <line {...line} stroke="#ffffff" strokeWidth={width + 2} strokeLinecap="round" />
            <line {...line} stroke="#171f23" strokeWidth={width} strokeLinecap="round" />
            <circle cx={line.x1} cy={line.y1} r={3} fill="#171f23" stroke="#ffffff" />
            <circle cx={line.x2} cy={line.y2} r={15} fill="none" stroke="#ffffff" strokeWidth={4} />
            <circle cx={line.x2} cy={line.y2} r={15} fill="none" stroke="#171f23" strokeWidth={2} />
          </g>
        )
      })}
    </svg>
  )
}
