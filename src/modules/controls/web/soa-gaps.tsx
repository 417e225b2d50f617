import { Skeleton } from '@mantine/core'
import type { ReactNode } from 'react'
import { PathLink } from '#ui/link.tsx'
import { StateGlyph } from '#ui/status-badge.tsx'
import { useText } from '#ui/text.ts'
import type { Tone } from '#ui/tone.ts'
import { useApiLater } from '#web/api.ts'
import { useOrgPath } from '#web/scope.ts'
import { controls } from '../contract.ts'
import styles from './soa-gaps.module.css'

/** The same before somebody signs: open points do not prevent it, and are not overlooked either. */
export function OpenPoints({
  note,
  nothing,
  onFollow,
}: {
  note: string
  nothing: string
  /** A line was followed: a dialog above the page it leads to closes. */
  onFollow: () => void
}) {
  return (
    <div className={styles['points']}>
      <SoaGaps nothing={<span className="pl-muted">{nothing}</span>} note={note} onFollow={onFollow} />
    </div>
  )
}

/** What is missing around the statement, one line per kind; each leads to the records it counts. */
export function SoaGaps({
  nothing,
  note,
  onFollow,
}: {
  /** Said when nothing is missing. */
  nothing: ReactNode
  /** Said above what is. */
  note?: string
  onFollow?: () => void
}) {
  const t = useText('controls')
  const path = useOrgPath()
  const { data, isError } = useApiLater(controls.gaps, {}, true)
  if (isError) return <p>{t('gaps.failed')}</p>
  if (data === undefined) return <Skeleton height={96} radius="sm" />
  const { scope, scopeChanges, roles } = data
  const lines: { key: string; tone: Tone; text: string; to: string }[] = [
    ...(scope === 'approved'
      ? []
      : [
          {
            key: 'scope',
            tone: 'warn' as const,
            text: t(`gaps.scope.${scope}`, { count: scopeChanges }),
            to: '/scope',
          },
        ]),
    ...roles.mandates.map((mandate) => ({
      key: mandate,
      tone: 'warn' as const,
      text: t(`gaps.mandate.${mandate}`),
      to: '/roles',
    })),
    ...(roles.open === 0
      ? []
      : [{ key: 'roles', tone: 'warn' as const, text: t('gaps.roles', { count: roles.open }), to: '/roles' }]),
    ...data.controls.map(({ code, severity, count }) => ({
      key: code,
      tone: severity === 'blocks' ? ('bad' as const) : ('warn' as const),
      text: t(`gaps.controls.${code}`, { count }),
      to: `/soa?issue=${code}`,
    })),
  ]
  if (lines.length === 0) return nothing
  return (
    <>
      {note === undefined ? null : <p className={styles['note']}>{note}</p>}
      <ul className={styles['gaps']}>
        {lines.map(({ key, tone, text, to }) => (
          <li key={key}>
            <span style={{ color: `var(--pl-${tone})`, display: 'inline-flex' }}>
              <StateGlyph glyph="alert" size={12} />
            </span>
            <PathLink to={path(to)} onClick={() => onFollow?.()}>
              {text}
            </PathLink>
          </li>
        ))}
      </ul>
    </>
  )
}
