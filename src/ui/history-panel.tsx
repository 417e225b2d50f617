import { Button, Skeleton, Text } from '@mantine/core'
import { Fragment, type ReactNode } from 'react'
import { ErrorBand } from './error-band.tsx'
import { useFormat } from './format.ts'
import styles from './history.module.css'
import { ActorName, HistoryEventView } from './history-event.tsx'
import type { HistoryEvent, HistoryWords } from './history-words.ts'
import { useText } from './text.ts'

/** What happened to a record, newest first, under its days; each event opens to what was before and after. */
export function HistoryPanel({
  events,
  words,
  loading,
  error,
  more,
  loadingMore,
  onLookAt,
  until = null,
  renderRest,
}: {
  events: readonly HistoryEvent[]
  words: HistoryWords
  loading?: boolean
  error?: unknown
  /** Loads older events. */
  more?: (() => void) | undefined
  loadingMore?: boolean
  /** Opens the record as it was at the end of a day. */
  onLookAt?: (day: string) => void
  /** The day the events end at, when it is not today's. */
  until?: string | null
  /** Entries of a large event beyond those it holds. */
  renderRest?: (event: HistoryEvent) => ReactNode
}) {
  const t = useText('ui')
  const format = useFormat()
  if (error !== undefined && error !== null) return <ErrorBand error={error} />
  if (loading === true) return <Skeleton height={120} />
  const ends =
    until === null ? null : (
      <Text size="sm" c="dimmed" mb="xs">
        {t('history.until', { date: format.date(until) })}
      </Text>
    )
  if (events.length === 0) return ends ?? <Text c="dimmed">{t('history.empty')}</Text>
  return (
    <>
      {ends}
      <ol className={styles['panel']}>
        {events.map((event, index) => (
          <Fragment key={event.seq}>
            {events[index - 1]?.day === event.day ? null : (
              <li className={styles['day']}>
                <time dateTime={event.day}>{format.shortDate(event.day)}</time>
                {onLookAt === undefined ? null : (
                  <Button
                    variant="subtle"
                    size="compact-xs"
                    aria-label={`${t('history.lookAt')}: ${format.date(event.day)}`}
                    onClick={() => onLookAt(event.day)}
                  >
                    {t('history.lookAt')}
                  </Button>
                )}
              </li>
            )}
            <li>
              <HistoryEventView
                event={event}
                words={words}
                meta={
                  <>
                    <ActorName actor={event.actor} />, <time dateTime={event.at}>{format.time(event.at)}</time>
                  </>
                }
                rest={renderRest?.(event)}
              />
            </li>
          </Fragment>
        ))}
      </ol>
      {more === undefined ? null : (
        <Button variant="default" size="xs" mt="xs" loading={loadingMore ?? false} onClick={more}>
          {t('history.older')}
        </Button>
      )}
    </>
  )
}
