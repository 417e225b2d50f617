import { Autocomplete, Button, Select, Skeleton, Text } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { IconShieldCheck } from '@tabler/icons-react'
import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { Fragment, useMemo, useState } from 'react'
import { systemNames } from '#platform/access/system-actors.ts'
import { auditTrail, ledgerVerification } from '#platform/ledger/contract.ts'
import { Action } from '#ui/action.tsx'
import { Band } from '#ui/band.tsx'
import { DateField } from '#ui/date-field.tsx'
import { EmptyState } from '#ui/empty-state.tsx'
import { ErrorBand } from '#ui/error-band.tsx'
import { RecordName } from '#ui/field-change.tsx'
import { FilterFold } from '#ui/filter-fold.tsx'
import { useFormat } from '#ui/format.ts'
import { ActorName, HistoryEventView, useSystemName } from '#ui/history-event.tsx'
import type { HistoryEntry, HistoryEvent } from '#ui/history-words.ts'
import { PathLink } from '#ui/link.tsx'
import { Page } from '#ui/page.tsx'
import { useText } from '#ui/text.ts'
import { useListState } from '#ui/use-list-state.ts'
import { call } from '../api.ts'
import { findPeople } from '../find-people.ts'
import { RestOfEvent } from '../record-history.tsx'
import { type RecordWords, recordTypes, useRecordWords } from '../record-words.ts'
import { useScope } from '../scope.ts'
import styles from './history.module.css'

const filters = { type: 'one', did: 'one', from: 'one', to: 'one' } as const

/** The audit trail: everything that happened in the organization, newest first. */
export function HistoryPage() {
  const t = useText('web')
  const format = useFormat()
  const { org, at } = useScope()
  const words = useRecordWords()
  const list = useListState(filters)
  const { type, did, from } = list.filters
  // On a past day the trail ends there, whatever later day is asked for.
  const to = at !== null && (list.filters.to === null || list.filters.to > at) ? at : list.filters.to
  const systemName = useSystemName()
  const actor = systemNames.find((name) => systemName(name).toLowerCase() === list.q.toLowerCase()) ?? list.q
  // What was done is filtered by type and action together: many types are linked, withdrawn, changed.
  const [doneTo, action] = did?.split(':') ?? []
  const query = {
    ...(actor === '' ? {} : { actor }),
    ...(doneTo !== undefined && action !== undefined ? { type: doneTo, action } : type === null ? {} : { type }),
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
  const events = pages?.flatMap((page) => page.items) ?? []
  const [verifying, setVerifying] = useState(false)
  // On a phone the filters would take half of the first screen.
  const [filtering, setFiltering] = useState(false)
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
      <FilterFold
        className={styles['fold']}
        count={list.active}
        open={filtering}
        onToggle={() => setFiltering(!filtering)}
        controls="trail-filters"
      />
      <div id="trail-filters" className={styles['filters']} data-open={filtering || undefined}>
        <ActorField key={list.q} value={list.q} onChange={list.setQ} />
        <Select
          size="xs"
          clearable
          searchable
          label={t('trail.record')}
          placeholder={t('trail.any')}
          value={type}
          onChange={(value) => {
            list.setFilter('type', value)
            if (did !== null && value !== null && doneTo !== value) list.setFilter('did', null)
          }}
          data={recordTypes.map((value) => ({ value, label: words.type(value) }))}
        />
        <DoneField words={words} type={type} value={did} onChange={(value) => list.setFilter('did', value)} />
        <DateField size="xs" label={t('trail.from')} value={from} onChange={(day) => list.setFilter('from', day)} />
        <DateField
          size="xs"
          label={t('trail.to')}
          value={list.filters.to}
          max={at ?? undefined}
          onChange={(day) => list.setFilter('to', day)}
        />
        {list.active > 0 ? (
          <Button variant="subtle" size="compact-sm" onClick={list.clear}>
            {t('ui:table.clearFilters')}
          </Button>
        ) : null}
      </div>
      {found.error === null ? null : <ErrorBand error={found.error} retry={() => void found.refetch()} />}
      {at === null ? null : (
        <Text size="sm" c="dimmed" mb="xs">
          {t('ui:history.until', { date: format.date(to ?? at) })}
        </Text>
      )}
      {found.isPending ? <Skeleton height={320} radius="md" /> : null}
      {pages !== undefined && events.length === 0 ? (
        <EmptyState title={t('trail.nothing')}>{t('trail.nothingText')}</EmptyState>
      ) : null}
      {events.length === 0 ? null : <Days events={events} words={words} />}
      {found.hasNextPage ? (
        <Button variant="default" mt="sm" loading={found.isFetchingNextPage} onClick={() => void found.fetchNextPage()}>
          {t('ui:history.older')}
        </Button>
      ) : null}
    </Page>
  )
}

/** Who did it: a name of the directory, or part of any other (a token, somebody who has left). */
function ActorField({ value, onChange }: { value: string; onChange: (value: string) => void }) {
  const t = useText('web')
  const [text, setText] = useState(value)
  const [asked] = useDebouncedValue(text, 200)
  const systemName = useSystemName()
  const systems = systemNames
    .map((name) => systemName(name))
    .filter((name) => asked !== '' && name.toLowerCase().includes(asked.toLowerCase()))
  const found = useQuery({
    queryKey: ['people.find', asked],
    queryFn: ({ signal }) => findPeople(asked, signal),
    staleTime: 60_000,
  })
  return (
    <Autocomplete
      size="xs"
      clearable
      label={t('trail.who')}
      placeholder={t('trail.anybody')}
      value={text}
      data={[...new Set([...(found.data?.map((person) => person.title) ?? []), ...systems])]}
      filter={({ options }) => options}
      onChange={(chosen) => {
        setText(chosen)
        if (chosen === '') onChange('')
      }}
      onOptionSubmit={onChange}
      onBlur={() => text !== value && onChange(text)}
      onKeyDown={(event) => event.key === 'Enter' && onChange(text)}
    />
  )
}

/** What was done, in the sentences of the trail itself, grouped by what it was done to. */
function DoneField({
  words,
  type,
  value,
  onChange,
}: {
  words: RecordWords
  type: string | null
  value: string | null
  onChange: (value: string | null) => void
}) {
  const t = useText('web')
  const data = useMemo(() => {
    const gap = { other: '…', name: '…', what: '…', fields: t('trail.someField') }
    const known = words.actions().filter((one) => type === null || one.type === type || one.type.startsWith(`${type}_`))
    return [...Map.groupBy(known, (one) => one.type)].map(([group, actions]) => ({
      group: words.type(group),
      items: actions.map((one) => ({
        value: `${one.type}:${one.verb}`,
        label: words.sentence(one.type, one.verb, gap).replaceAll(/\{\{\w+\}\}/g, '…'),
      })),
    }))
  }, [words, type, t])
  return (
    <Select
      size="xs"
      clearable
      searchable
      label={t('trail.done')}
      placeholder={t('trail.any')}
      value={value}
      onChange={onChange}
      data={data}
      comboboxProps={{ width: 300, position: 'bottom-start' }}
    />
  )
}

/** Events under their days. */
function Days({ events, words }: { events: readonly HistoryEvent[]; words: RecordWords }) {
  const format = useFormat()
  return (
    <ol className={styles['trail']}>
      {events.map((event, index) => (
        <Fragment key={event.seq}>
          {events[index - 1]?.day === event.day ? null : <li className={styles['day']}>{format.date(event.day)}</li>}
          <li className={styles['entry']}>
            <time dateTime={event.at} title={format.dateTime(event.at)}>
              {format.exactTime(event.at)}
            </time>
            <span className={styles['actor']}>
              <ActorName actor={event.actor} />
            </span>
            <div className={styles['what']}>
              <TrailEvent event={event} words={words} />
            </div>
          </li>
        </Fragment>
      ))}
    </ol>
  )
}

function TrailEvent({ event, words }: { event: HistoryEvent; words: RecordWords }) {
  const t = useText('web')
  const format = useFormat()
  const main = event.entries[0]
  const subject = main === undefined ? null : (main.of ?? main.record)
  const then = subject === null ? null : words.pathOn(subject, event.day)
  const subjectOf = (entry: HistoryEntry) => entry.of ?? entry.record
  const lead = (entry: HistoryEntry) => {
    // A part of the same record need not name it again.
    if (entry !== main && subject !== null && subjectOf(entry).id === subject.id) return null
    const record = subjectOf(entry)
    return (
      <>
        <span className="pl-muted">{words.type(record.type)}</span>{' '}
        {record.ref === '' && record.title === '' ? null : (
          <>
            <RecordName record={record} words={words} />{' '}
          </>
        )}
        <span aria-hidden="true" className="pl-muted">
          ·{' '}
        </span>
      </>
    )
  }
  return (
    <HistoryEventView
      event={event}
      words={words}
      lead={lead}
      tail={
        then === null ? undefined : (
          <PathLink to={then} className={styles['then']}>
            {t('trail.then', { day: format.shortDate(event.day) })}
          </PathLink>
        )
      }
      rest={<RestOfEvent seq={event.seq} words={words} lead={lead} />}
    />
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
