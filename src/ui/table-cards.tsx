import type { VirtualItem } from '@tanstack/react-virtual'
import { PathLink } from './link.tsx'
import type { ListLine } from './list-lines.ts'
import type { RecordColumn } from './record-column.ts'
import styles from './record-table.module.css'

/** A register on a phone: a card per record, which opens its page. */
export function TableCards<Row>({
  lines,
  items,
  measure,
  before,
  after,
  columns,
  href,
  label,
}: {
  lines: readonly ListLine<Row>[]
  items: readonly VirtualItem[]
  measure: (element: Element | null) => void
  before: number
  after: number
  columns: readonly RecordColumn<Row>[]
  href: (row: Row) => string
  label: string
}) {
  return (
    <ul className={styles['cards']} style={{ paddingTop: before, paddingBottom: after }} aria-label={label}>
      {items.map((item) => {
        const line = lines[item.index]
        if (line === undefined) return null
        return (
          <li
            key={item.key}
            className={line.kind === 'group' ? styles['cardGroup'] : styles['card']}
            data-index={item.index}
            ref={measure}
          >
            {line.kind === 'group' ? (
              <>
                <strong>{line.label}</strong> <span className="pl-muted pl-num">{line.rows.length}</span>
              </>
            ) : (
              <Card row={line.row} columns={columns} to={href(line.row)} />
            )}
          </li>
        )
      })}
    </ul>
  )
}

function Card<Row>({ row, columns, to }: { row: Row; columns: readonly RecordColumn<Row>[]; to: string }) {
  const title = columns.filter((column) => column.primary === true)
  const chosen = columns.filter((column) => column.onCard === true)
  const details =
    chosen.length > 0
      ? chosen
      : columns.filter((column) => column.primary !== true && column.hidden !== true).slice(0, 3)
  return (
    <PathLink to={to} className="">
      <div className={styles['cardTitle']}>
        {title.map((column) => (
          <span key={column.key}>{column.cell(row)}</span>
        ))}
      </div>
      <dl className={styles['details']}>
        {details.map((column) => (
          <div key={column.key}>
            <dt>{column.header}</dt>
            <dd>{column.cell(row)}</dd>
          </div>
        ))}
      </dl>
    </PathLink>
  )
}
