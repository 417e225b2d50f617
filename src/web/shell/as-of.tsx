import { ActionIcon, Button, Popover, Stack, Text, Tooltip } from '@mantine/core'
import { IconHistory } from '@tabler/icons-react'
import { useState } from 'react'
import { dateAt, systemClock } from '#kernel/time.ts'
import { DateField } from '#ui/date-field.tsx'
import { useFormat } from '#ui/format.ts'
import { useText } from '#ui/text.ts'
import { useScope } from '../scope.ts'
import { useMe } from '../session.ts'
import styles from './shell.module.css'
import { useLookAt } from './use-look-at.ts'
import { usualDays } from './usual-days.ts'

/** Choosing the day whose state the pages show. */
export function AsOf() {
  const t = useText('web')
  const format = useFormat()
  const { at } = useScope()
  const lookAt = useLookAt()
  const zone = useMe()?.organization.timeZone ?? 'UTC'
  const [opened, setOpened] = useState(false)
  const today = dateAt(systemClock(), zone)
  const choose = (day: string | null) => {
    setOpened(false)
    lookAt(day)
  }
  return (
    <Popover opened={opened} onChange={setOpened} position="bottom-end" trapFocus>
      <Popover.Target>
        <Tooltip label={t('asOf.open')} disabled={opened}>
          <ActionIcon
            size="lg"
            aria-label={t('asOf.open')}
            variant={at === null ? 'subtle' : 'light'}
            color={at === null ? 'gray' : 'yellow'}
            onClick={() => setOpened(!opened)}
          >
            <IconHistory size={19} stroke={1.6} />
          </ActionIcon>
        </Tooltip>
      </Popover.Target>
      <Popover.Dropdown>
        <Stack gap="xs" w={240}>
          <Text size="sm" c="dimmed">
            {t('asOf.explain')}
          </Text>
          <DateField
            label={t('asOf.day')}
            value={at}
            max={today}
            onChange={(day) => day !== null && day <= today && lookAt(day)}
          />
          {usualDays(today).map(({ key, day }) => (
            <Button
              key={key}
              variant="default"
              justify="space-between"
              onClick={() => choose(day)}
              rightSection={format.shortDate(day)}
            >
              {t(`asOf.${key}`)}
            </Button>
          ))}
          {at === null ? null : <Button onClick={() => choose(null)}>{t('asOf.back')}</Button>}
        </Stack>
      </Popover.Dropdown>
    </Popover>
  )
}

/** The band that says one is looking at the past, with the way back. */
export function PastBand() {
  const t = useText('web')
  const format = useFormat()
  const { at } = useScope()
  const lookAt = useLookAt()
  if (at === null) return null
  return (
    <output className={styles['past']}>
      <IconHistory size={16} stroke={1.8} aria-hidden="true" />
      <span>
        <strong>{t('asOf.looking', { date: format.date(at) })}</strong> {t('asOf.readOnly')}
      </span>
      <Button size="compact-sm" variant="default" onClick={() => lookAt(null)}>
        {t('asOf.back')}
      </Button>
    </output>
  )
}
