import { Button, Skeleton, Text } from '@mantine/core'
import type { z } from 'zod'
import type { historyEntry } from '#platform/ledger/contract.ts'
import { Diff } from './diff.tsx'
import { ErrorBand } from './error-band.tsx'
import { useFormat } from './format.ts'
import { useText } from './text.ts'
import { Timeline } from './timeline.tsx'

export type HistoryEntry = z.input<typeof historyEntry>

// That a link is in force is what the name of its action says already.
const changesOf = (entry: HistoryEntry) => entry.changes.filter(({ field }) => field !== 'live')

/**
 * What happened to a record, newest first, with before and after. Names of actions and fields come from the module's
 * texts: `risk:actions.accepted`, `risk:fields.ownerId`, `risk:values.status.open`; without one the stable name is shown.
 */
export function HistoryPanel({
  entries,
  namespace,
  otherwise = (action) => action.slice(action.indexOf('.') + 1),
  loading,
  error,
  more,
  onLookAt,
}: {
  entries: readonly HistoryEntry[]
  /** The module's namespace. */
  namespace: string
  /** Names an act of another module that touched the record: a risk that was linked to an asset. */
  otherwise?: (action: string) => string
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
  const fieldName = (name: string): string => {
    const key = `fields.${name}`
    return own.has(key) ? own(key) : name
  }
  const actionName = (action: string): string => {
    const key = `actions.${action.slice(action.indexOf('.') + 1)}`
    return own.has(key) ? own(key) : otherwise(action)
  }
  // A value in words: a named one of the module, a day, yes or no; anything else as it is.
  const worded = (field: string, value: string | null): string | null => {
    if (value === null) return null
    const key = `values.${field}.${value}`
    if (/^\w+$/.test(value) && own.has(key)) return own(key)
    if (value === 'true' || value === 'false') return t(`history.${value}`)
    if (/^\d{4}-\d{2}-\d{2}$/.test(value)) return format.date(value)
    return /^\d{4}-\d{2}-\d{2}T[\d:.]+Z$/.test(value) ? format.dateTime(value) : value
  }
  return (
    <>
      <Timeline
        entries={entries.map((entry) => ({
          key: String(entry.seq),
          title: (
            <>
              <strong style={{ fontWeight: 600 }}>{actionName(entry.action)}</strong>{' '}
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
            entry.reason === null && changesOf(entry).length === 0 ? undefined : (
              <>
                {entry.reason === null ? null : <div>“{entry.reason}”</div>}
                {changesOf(entry).map((change) => (
                  <div key={change.field} style={{ marginTop: 4 }}>
                    <span className="pl-muted">{fieldName(change.field)}: </span>
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
