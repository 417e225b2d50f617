import { Tabs } from '@mantine/core'
import { useNavigate } from '@tanstack/react-router'
import { useEffect, useRef } from 'react'
import { useText } from '#ui/text.ts'
import { useOrgPath } from '#web/scope.ts'
import { placeableKinds } from '../domain/placeable.ts'
import styles from './organization.module.css'
import { placesOf } from './wire.ts'

/** From the profile to what the organization consists of; each has an address of its own. */
export function StructureTabs({ here }: { here: string }) {
  const t = useText('organization')
  const path = useOrgPath()
  const navigate = useNavigate()
  const list = useRef<HTMLDivElement>(null)
  // On a phone the line scrolls: the tab one is on must be in sight.
  useEffect(() => {
    list.current?.querySelector('[data-active]')?.scrollIntoView({ block: 'nearest', inline: 'center' })
  }, [])
  return (
    <Tabs value={here} onChange={(to) => void navigate({ to: path(to ?? '/organization') })} mb="md">
      <Tabs.List ref={list} className={styles['tabs'] ?? ''}>
        <Tabs.Tab value="/organization">{t('profile.tab')}</Tabs.Tab>
        {placeableKinds.map((kind) => (
          <Tabs.Tab key={kind} value={placesOf(kind)}>
            {t(`kinds.${kind}.many`)}
          </Tabs.Tab>
        ))}
      </Tabs.List>
    </Tabs>
  )
}
