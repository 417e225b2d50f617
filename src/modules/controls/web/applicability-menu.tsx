import { Menu, UnstyledButton } from '@mantine/core'
import { IconCheck, IconChevronDown } from '@tabler/icons-react'
import { usePast } from '#ui/past.ts'
import type { Glyph } from '#ui/status-badge.tsx'
import { StateGlyph } from '#ui/status-badge.tsx'
import { useText } from '#ui/text.ts'
import type { Tone } from '#ui/tone.ts'
import styles from './soa.module.css'
import type { ControlItem } from './wire.ts'

export type Applicability = ControlItem['applicability']

export const applicabilityLook = {
  undecided: ['question', 'warn'],
  applicable: ['check', 'good'],
  excluded: ['dash', 'quiet'],
} as const satisfies Record<Applicability, readonly [Glyph, Tone]>

/** Whether a control applies, and the place to decide it. */
export function ApplicabilityMenu({
  item,
  onDecide,
}: {
  item: ControlItem
  onDecide: (item: ControlItem, to: Applicability) => void
}) {
  const t = useText('controls')
  const past = usePast()
  const [glyph, tone] = applicabilityLook[item.applicability]
  const face = (
    <>
      <span style={{ color: `var(--pl-${tone})`, display: 'inline-flex' }}>
        <StateGlyph glyph={glyph} />
      </span>
      <span>{t(`applicability.${item.applicability}`)}</span>
    </>
  )
  if (!item.can.decide || past !== null) return <span className={styles['face']}>{face}</span>
  const choices: Applicability[] = item.own ? ['applicable', 'undecided'] : ['applicable', 'excluded', 'undecided']
  return (
    <Menu position="bottom-start" width={210}>
      <Menu.Target>
        <UnstyledButton className={`${styles['face']} ${styles['faceButton']}`}>
          {face}
          <IconChevronDown size={12} className={styles['chevron']} aria-hidden="true" />
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{t('decide.menu', { ref: item.ref })}</Menu.Label>
        {choices.map((choice) => (
          <Menu.Item
            key={choice}
            leftSection={<StateGlyph glyph={applicabilityLook[choice][0]} />}
            rightSection={item.applicability === choice ? <IconCheck size={14} aria-hidden="true" /> : null}
            onClick={() => onDecide(item, choice)}
          >
            {t(`decide.to.${choice}`)}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  )
}
