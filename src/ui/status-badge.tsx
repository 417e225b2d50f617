import type { ReactNode } from 'react'
import styles from './status-badge.module.css'
import { type Tone, toneStyle } from './tone.ts'

/** Shapes a state can have; each reads without colour. */
export type Glyph = 'full' | 'half' | 'empty' | 'dash' | 'question' | 'dotted' | 'cross' | 'clock' | 'check' | 'alert'

/** The shape alone, drawn in the text's colour: ● ◐ ○ – ? ◌ ✕ and a few more. Decorative: a word stands beside it. */
export function StateGlyph({ glyph, size = 12 }: { glyph: Glyph; size?: number }) {
  const line = { fill: 'none', stroke: 'currentColor', strokeWidth: 1.6, strokeLinecap: 'round' } as const
  const shapes: Record<Glyph, ReactNode> = {
    full: <circle cx="6" cy="6" r="5" fill="currentColor" />,
    half: (
      <>
        <circle cx="6" cy="6" r="4.3" {...line} />
        <path d="M6 1.7a4.3 4.3 0 0 1 0 8.6z" fill="currentColor" />
      </>
    ),
    empty: <circle cx="6" cy="6" r="4.3" {...line} />,
    dash: <path d="M2.5 6h7" {...line} />,
    question: (
      <>
        <path d="M3.9 4.2a2.1 2.1 0 1 1 3.2 1.8c-.8.5-1.1.9-1.1 1.6" {...line} />
        <circle cx="6" cy="10" r=".95" fill="currentColor" />
      </>
    ),
    dotted: <circle cx="6" cy="6" r="4.4" {...line} strokeDasharray="1.2 2.25" />,
    cross: <path d="m2.8 2.8 6.4 6.4m0-6.4L2.8 9.2" {...line} />,
    clock: (
      <>
        <circle cx="6" cy="6" r="4.6" {...line} strokeWidth={1.3} />
        <path d="M6 3.6V6l1.6 1.2" {...line} strokeWidth={1.3} />
      </>
    ),
    check: <path d="m2.3 6.4 2.5 2.5 5-5.6" {...line} />,
    alert: (
      <>
        <path d="M6 2v4.6" {...line} strokeWidth={1.9} />
        <circle cx="6" cy="9.7" r="1.05" fill="currentColor" />
      </>
    ),
  }
  return (
    <svg width={size} height={size} viewBox="0 0 12 12" aria-hidden="true" focusable="false">
      {shapes[glyph]}
    </svg>
  )
}

/** The implementation states of requirements and controls, everywhere shown the same way. */
export const implementationStates = {
  implemented: ['full', 'good'],
  partial: ['half', 'warn'],
  notImplemented: ['empty', 'bad'],
  notApplicable: ['dash', 'quiet'],
  notAssessed: ['question', 'quiet'],
  planned: ['clock', 'info'],
  claimed: ['dotted', 'warn'],
  failing: ['cross', 'bad'],
} as const satisfies Record<string, readonly [Glyph, Tone]>
export type ImplementationState = keyof typeof implementationStates

/** A state as shape, word and tone: `<StatusBadge tone="warn" glyph="clock">In review</StatusBadge>`. */
export function StatusBadge({
  tone,
  glyph,
  plain = false,
  children,
}: {
  tone: Tone
  glyph: Glyph
  /** Without a ground, for dense tables. */
  plain?: boolean
  children: ReactNode
}) {
  const { color, backgroundColor } = toneStyle(tone)
  return (
    <span
      className={plain ? `${styles['badge']} ${styles['plain']}` : styles['badge']}
      style={plain ? { color } : { color, backgroundColor }}
    >
      <StateGlyph glyph={glyph} />
      <span>{children}</span>
    </span>
  )
}
