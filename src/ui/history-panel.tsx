import { Button, Skeleton, Text } from '@mantine/core'
import type { z } from 'zod'
import type { historyEntry } from '#platform/ledger/contract.ts'
import { Diff } from './diff.tsx'
import { ErrorBand } from './error-band.tsx'
import { useFormat } from './format.ts'
import { useText } from './text.ts'
import { Timeline } from './timeline.tsx'

export type HistoryEntry = z.input<typeof historyEntry>

/**
 * What happened to a record, newest first, with before and after. Names of actions and fields come from the module's
 * texts: `risk:actions.accepted`, `risk:fields.ownerId`, and fixed values from `risk:values.status.open`; without one the
 * stable name is shown.
 */
export function HistoryPanel({
  entries,
  namespace,
  loading,
  error,
  more,
  onLookAt,
}: {
  entries: readonly HistoryEntry[]
  /** The module's namespace. */
  namespace: string
  loading?: boolean
  error?: unknown
  /** Loads older entries. */
  more?: (() => void) | undefined
  /** Opens the record as it was on the day of an entry. */
  onLookAt?: (day: string) => void
}) {
  const t = useText('ui')
  const own = useText(namespace)
  const format = useFormat()
  if (error !== undefined && error !== null) return <ErrorBand error={error} />
  if (loading === true) return <Skeleton height={120} />
  if (entries.length === 0) return <Text c="dimmed">{t('history.empty')}</Text>
  const named = (group: 'actions' | 'fields', name: string): string => {
    const key = `${group}.${name}`
    return own.has(key) ? own(key) : name
  }
  const worded = (field: string, value: string | null): string | null => {
    if (value === null) return null
    if (/^\d{4}-\d{2}-\d{2}$/.test(value)) return format.date(value)
    if (/^\d{4}-\d{2}-\d{2}T[\d:.]+Z$/.test(value)) return format.dateTime(value)
    const key = `values.${field}.${value}`
    return /^\w+$/.test(value) && own.has(key) ? own(key) : value
  }
  return (
    <>
      <Timeline
        entries={entries.map((entry) => ({
          key: String(entry.seq),
          title: (
            <>
              <strong style={{ fontWeight: 600 }}>
                {named('actions', entry.action.slice(entry.action.indexOf('.') + 1))}
              </strong>{' '}
              <span className="pl-muted">
                {entry.actor.kind === 'person'
                  ? entry.actor.name
                  : t('history.by', { name: entry.actor.name, kind: t(`history.kind.${entry.actor.kind}`) })}
              </span>
            </>
          ),
          when: (
            <>
              <time dateTime={entry.at}>{format.dateTime(entry.at)}</time>
              {onLookAt === undefined ? null : (
                <Button variant="subtle" size="compact-xs" ml={6} onClick={() => onLookAt(entry.at.slice(0, 10))}>
                  {t('history.lookAt')}
                </Button>
              )}
            </>
          ),
          body:
            entry.reason === null && entry.changes.length === 0 ? undefined : (
              <>
                {entry.reason === null ? null : <div>“{entry.reason}”</div>}
                {entry.changes.map((change) => (
                  <div key={change.field} style={{ marginTop: 4 }}>
                    <span className="pl-muted">{named('fields', change.field)}: </span>
                    <Diff before={worded(change.field, change.before)} after={worded(change.field, change.after)} />
                  </div>
                ))}
              </>
            ),
        }))}
      />
      {more === undefined ? null : (
        <Button variant="default" mt="xs" onClick={more}>
          {t('history.older')}
        </Button>
      )}
    </>
  )
}
