import { Button, Select, Skeleton, TextInput } from '@mantine/core'
import { IconShieldCheck } from '@tabler/icons-react'
import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { Fragment, useState } from 'react'
import type { WireResponse } from '#platform/contract/route.ts'
import { auditTrail, ledgerVerification } from '#platform/ledger/contract.ts'
import { Action } from '#ui/action.tsx'
import { Band } from '#ui/band.tsx'
import { DateField } from '#ui/date-field.tsx'
import { Diff } from '#ui/diff.tsx'
import { EmptyState } from '#ui/empty-state.tsx'
import { ErrorBand } from '#ui/error-band.tsx'
import { useFormat } from '#ui/format.ts'
import { PathLink } from '#ui/link.tsx'
import { Page } from '#ui/page.tsx'
import { useText } from '#ui/text.ts'
import { useListState } from '#ui/use-list-state.ts'
import { call } from '../api.ts'
import { useOrgPath, useScope } from '../scope.ts'
import styles from './history.module.css'
import { recordTypes, useRecordWords } from './record-words.ts'

type Entry = WireResponse<typeof auditTrail>['items'][number]

const filters = { type: 'one', from: 'one', to: 'one' } as const
const shownChanges = 3

/** The audit trail: everything that happened in the organization, newest first. */
export function HistoryPage() {
  const t = useText('web')
  const { org } = useScope()
  const words = useRecordWords()
  const list = useListState(filters)
  const { type, from, to } = list.filters
  const query = {
    ...(list.q === '' ? {} : { actor: list.q }),
    ...(type === null ? {} : { type }),
    ...(from === null ? {} : { from }),
    ...(to === null ? {} : { to }),
  }
  const found = useInfiniteQuery({
    queryKey: ['history.trail', org, query],
    initialPageParam: null as string | null,
    queryFn: ({ pageParam, signal }) =>
      call(auditTrail, {
        query: { ...query, ...(pageParam === null ? {} : { cursor: pageParam }), limit: 60 },
        signal,
      }),
    getNextPageParam: (last) => last.next,
    placeholderData: (before) => before,
  })
  const pages = found.data?.pages
  const entries = pages?.flatMap((page) => page.items) ?? []
  const [verifying, setVerifying] = useState(false)
  return (
    <Page
      title={t('trail.title')}
      lead={t('trail.lead')}
      actions={
        <Action
          variant="default"
          icon={<IconShieldCheck size={15} stroke={1.6} />}
          can={pages?.[0]?.can.verify ?? false}
          readOnly
          onClick={() => setVerifying(true)}
        >
          {t('trail.verify')}
        </Action>
      }
    >
      {verifying ? <Verification /> : null}
      <div className={styles['filters']}>
        <ActorField value={list.q} onChange={list.setQ} />
        <Select
          size="xs"
          clearable
          searchable
          label={t('trail.record')}
          placeholder={t('trail.any')}
          value={type}
          onChange={(value) => list.setFilter('type', value)}
          data={recordTypes.map((value) => ({ value, label: words.type(value) }))}
        />
        <DateField size="xs" label={t('trail.from')} value={from} onChange={(day) => list.setFilter('from', day)} />
        <DateField size="xs" label={t('trail.to')} value={to} onChange={(day) => list.setFilter('to', day)} />
        {list.active > 0 ? (
          <Button variant="subtle" size="compact-sm" onClick={list.clear}>
            {t('ui:table.clearFilters')}
          </Button>
        ) : null}
      </div>
      {found.error === null ? null : <ErrorBand error={found.error} retry={() => void found.refetch()} />}
      {found.isPending ? <Skeleton height={320} radius="md" /> : null}
      {pages !== undefined && entries.length === 0 ? (
        <EmptyState title={t('trail.nothing')}>{t('trail.nothingText')}</EmptyState>
      ) : null}
      {entries.length === 0 ? null : <Days entries={entries} />}
      {found.hasNextPage ? (
        <Button variant="default" mt="sm" loading={found.isFetchingNextPage} onClick={() => void found.fetchNextPage()}>
          {t('ui:history.older')}
        </Button>
      ) : null}
    </Page>
  )
}

/** Typing waits a moment before it goes into the address. */
function ActorField({ value, onChange }: { value: string; onChange: (value: string) => void }) {
  const t = useText('web')
  const [text, setText] = useState(value)
  return (
    <TextInput
      size="xs"
      type="search"
      label={t('trail.who')}
      placeholder={t('trail.anybody')}
      value={text}
      onChange={(event) => setText(event.currentTarget.value)}
      onBlur={() => text !== value && onChange(text)}
      onKeyDown={(event) => event.key === 'Enter' && onChange(text)}
    />
  )
}

/** Entries under their days, one line each. */
function Days({ entries }: { entries: readonly Entry[] }) {
  const format = useFormat()
  const dayOf = (entry: Entry) => format.date(entry.at)
  return (
    <ol className={styles['trail']}>
      {entries.map((entry, index) => {
        const before = entries[index - 1]
        const day = dayOf(entry)
        return (
          <Fragment key={entry.seq}>
            {before === undefined || dayOf(before) !== day ? <li className={styles['day']}>{day}</li> : null}
            <Line entry={entry} />
          </Fragment>
        )
      })}
    </ol>
  )
}

function Line({ entry }: { entry: Entry }) {
  const t = useText('web')
  const format = useFormat()
  const path = useOrgPath()
  const words = useRecordWords()
  const [all, setAll] = useState(false)
  const { record } = entry
  const to = words.path(record.type, record.ref, record.id)
  const changes = entry.changes.filter(({ field }) => field !== 'live')
  const worded = (field: string, value: string | null) =>
    value === null ? null : words.value(record.type, field, value)
  const name = (
    <>
      {record.ref === '' ? null : <span className="pl-ref">{record.ref} </span>}
      {record.title}
    </>
  )
  return (
    <li className={styles['entry']}>
      <time dateTime={entry.at}>{format.time(entry.at)}</time>
      <span className={styles['actor']}>
        {entry.actor.kind === 'person'
          ? entry.actor.name
          : t('ui:history.by', { name: entry.actor.name, kind: t(`ui:history.kind.${entry.actor.kind}`) })}
      </span>
      <div className={styles['what']}>
        <span className={styles['type']}>{words.type(record.type)}</span>{' '}
        {record.title === '' && record.ref === '' ? null : to === null ? (
          name
        ) : (
          <PathLink to={path(to)}>{name}</PathLink>
        )}{' '}
        <strong>{words.action(record.type, entry.action)}</strong>
        {entry.reason === null ? null : <div className={styles['reason']}>“{entry.reason}”</div>}
        {changes.slice(0, all ? undefined : shownChanges).map((change) => (
          <div key={change.field} className={styles['change']}>
            <span className="pl-muted">{words.field(record.type, change.field)}: </span>
            <Diff before={worded(change.field, change.before)} after={worded(change.field, change.after)} />
          </div>
        ))}
        {changes.length > shownChanges && !all ? (
          <Button variant="subtle" size="compact-xs" onClick={() => setAll(true)}>
            {t('trail.more', { count: changes.length - shownChanges })}
          </Button>
        ) : null}
      </div>
    </li>
  )
}

/** Recomputes the chain of the ledger and says whether anything was altered. */
function Verification() {
  const t = useText('web')
  const format = useFormat()
  const { org } = useScope()
  const found = useQuery({
    queryKey: ['history.verification', org],
    queryFn: ({ signal }) => call(ledgerVerification, { signal }),
    staleTime: 0,
    gcTime: 0,
  })
  if (found.error !== null) return <ErrorBand error={found.error} retry={() => void found.refetch()} />
  const { data } = found
  return (
    <output className={styles['verified']}>
      {data === undefined || found.isFetching ? (
        <Band tone="info" title={t('trail.verifying')} />
      ) : data.ok ? (
        <Band tone="good" title={t('trail.intact', { count: data.entries, shown: format.number(data.entries) })}>
          {data.head === null ? null : (
            <span className={styles['head']}>
              {t('trail.head', { seq: format.number(data.head.seq), time: format.dateTime(data.head.at) })}{' '}
              <code>{data.head.hash}</code>
            </span>
          )}
        </Band>
      ) : (
        <Band tone="bad" title={t('trail.altered', { count: data.faults.length })}>
          <ul>
            {data.faults.map((fault) => (
              <li key={`${String(fault.seq)}${fault.kind}${fault.sentence}`}>
                {t(`trail.faults.${fault.kind}`, { seq: fault.seq === null ? '?' : format.number(fault.seq) })}{' '}
                {/* Names the record; the same words as in the log and on the command line. */}
                <span lang="en">({fault.sentence})</span>
              </li>
            ))}
          </ul>
        </Band>
      )}
    </output>
  )
}
