import type { ReactNode, Ref } from 'react'
import { StateGlyph } from './status-badge.tsx'
import type { Tone } from './tone.ts'

/** A coloured band with a title and what to do; `alert` interrupts a screen reader. */
export function Band({
  tone,
  title,
  alert = false,
  focusable = false,
  ref,
  children,
}: {
  tone: Tone
  title?: string
  alert?: boolean
  /** May take the focus from code. */
  focusable?: boolean
  ref?: Ref<HTMLDivElement>
  children?: ReactNode
}) {
  return (
    <div
      ref={ref}
      {...(alert ? { role: 'alert' } : {})}
      {...(focusable ? { tabIndex: -1 } : {})}
      style={{
        background: `var(--pl-${tone}-soft)`,
        border: `1px solid color-mix(in srgb, var(--pl-${tone}) 35%, transparent)`,
        borderRadius: 8,
        padding: '10px 14px',
        display: 'grid',
        gap: 6,
        scrollMarginTop: 64,
      }}
    >
      {title === undefined ? null : (
        <div style={{ color: `var(--pl-${tone})`, fontWeight: 600, display: 'flex', gap: 8, alignItems: 'center' }}>
          <StateGlyph
            glyph={tone === 'good' ? 'check' : tone === 'quiet' || tone === 'info' ? 'dotted' : 'alert'}
            size={13}
          />
          {title}
        </div>
      )}
      {children}
    </div>
  )
}
