import type { ReactNode } from 'react'
import { PathLink } from './link.tsx'

/** One figure with its name; a figure that can be opened shows the records behind it. */
export function Stat({
  label,
  value,
  note,
  to,
}: {
  label: string
  value: ReactNode
  note?: ReactNode
  /** Path of the records behind the figure. */
  to?: string
}) {
  const figure = (
    <span className="pl-num" style={{ fontSize: '1.5rem', fontWeight: 600, letterSpacing: '-0.02em' }}>
      {value}
    </span>
  )
  return (
    <div style={{ minWidth: 96 }}>
      <div className="pl-muted" style={{ fontSize: '0.75rem' }}>
        {label}
      </div>
      {to === undefined ? figure : <PathLink to={to}>{figure}</PathLink>}
      {note === undefined ? null : (
        <div className="pl-muted" style={{ fontSize: '0.75rem' }}>
          {note}
        </div>
      )}
    </div>
  )
}
