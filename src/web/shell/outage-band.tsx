import { Loader } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef } from 'react'
import { useText } from '#ui/text.ts'
import { askReady, useOutage } from '../outage.ts'
import styles from './outage-band.module.css'

const everyMillis = 3_000

/**
 * Says that the server or its database is away, asks every few seconds whether it is back, and then has read again what
 * could not be read. It lies over the page, which stays as it is with everything typed in it.
 */
export function OutageBand() {
  const t = useText('web')
  const away = useOutage()
  const client = useQueryClient()
  const was = useRef(false)
  useEffect(() => {
    if (!away) {
      if (was.current) void client.refetchQueries({ predicate: ({ state }) => state.status === 'error' })
      was.current = false
      return undefined
    }
    was.current = true
    const timer = setInterval(() => void askReady(), everyMillis)
    return () => clearInterval(timer)
  }, [away, client])
  return (
    <output className={styles['place']}>
      {away ? (
        <div className={styles['band']}>
          <Loader size={16} color="var(--pl-warn)" />
          <span>
            <b>{t('outage.title')}</b> {t('outage.text')}
          </span>
        </div>
      ) : null}
    </output>
  )
}
