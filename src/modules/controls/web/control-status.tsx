import { Popover, UnstyledButton } from '@mantine/core'
import { useState } from 'react'
import { PathLink } from '#ui/link.tsx'
import { implementationStates, StateGlyph, StatusBadge } from '#ui/status-badge.tsx'
import { useText } from '#ui/text.ts'
import type { Tone } from '#ui/tone.ts'
import { useOrgPath } from '#web/scope.ts'
import { statementStatus } from '../domain/status.ts'
import styles from './soa.module.css'
import type { ControlItem } from './wire.ts'

type Status = ControlItem['status']

/** Shape and tone of a control's status, the same everywhere. */
export const statusLook = (status: Status) => implementationStates[status === 'notDetermined' ? 'notAssessed' : status]

/** A control's status as shape and word. */
export function ControlStatus({ status, plain = false }: { status: Status; plain?: boolean }) {
  const t = useText('controls')
  const [glyph, tone] = statusLook(status)
  return (
    <StatusBadge tone={tone} glyph={glyph} plain={plain}>
      {t(`status.${status}`)}
    </StatusBadge>
  )
}

// What a reason does to the status: speaks for it, keeps it down, or merely reports what was said.
const weight: Record<string, Tone> = {
  evidenced: 'good',
  statedImplemented: 'quiet',
  statedPartial: 'quiet',
  statedPlanned: 'quiet',
  statedNotImplemented: 'quiet',
  excluded: 'quiet',
  nothingKnown: 'quiet',
  testFailing: 'bad',
  findingsOpen: 'bad',
}

/** Why a control has the status it has, line by line, with the records looked at. */
export function StatusReasons({ item }: { item: Pick<ControlItem, 'reasons' | 'evidence'> }) {
  const t = useText('controls')
  const path = useOrgPath()
  const artefacts = new Map(item.evidence.map((line) => [line.ref, line]))
  return (
    <ul className={styles['reasons']}>
      {item.reasons.map((reason) => {
        const tone = weight[reason.code] ?? 'warn'
        return (
          <li key={reason.code}>
            <span style={{ color: `var(--pl-${tone})` }}>
              <StateGlyph glyph={tone === 'good' ? 'check' : tone === 'quiet' ? 'dash' : 'alert'} />
            </span>
            <span>
              {t(`reasons.${reason.code}`)}
              {reason.refs.map((ref) => {
                const artefact = artefacts.get(ref)
                return (
                  <span key={ref}>
                    {' '}
                    {artefact === undefined ? (
                      <span className="pl-ref">{ref}</span>
                    ) : (
                      <PathLink to={path(`/evidence/${artefact.id}`)}>{ref}</PathLink>
                    )}
                  </span>
                )
              })}
            </span>
          </li>
        )
      })}
    </ul>
  )
}

/** A status one can ask why: opens the reasons behind it. */
export function StatusWhy({ item }: { item: ControlItem }) {
  const t = useText('controls')
  const [opened, setOpened] = useState(false)
  const [glyph, tone] = statusLook(item.status)
  return (
    <Popover opened={opened} onChange={setOpened} position="bottom-start" width={340} withinPortal>
      <Popover.Target>
        <UnstyledButton
          className={styles['why'] ?? ''}
          style={{ color: `var(--pl-${tone})` }}
          onClick={() => setOpened(!opened)}
        >
          <StateGlyph glyph={glyph} />
          <span>{t(`status.${item.status}`)}</span>
        </UnstyledButton>
      </Popover.Target>
      <Popover.Dropdown>
        <div className={styles['popTitle']}>{t('status.why', { ref: item.ref })}</div>
        <StatusReasons item={item} />
        <div className={styles['popFoot']}>{t(`declaredAs.${statementStatus(item)}`)}</div>
      </Popover.Dropdown>
    </Popover>
  )
}
