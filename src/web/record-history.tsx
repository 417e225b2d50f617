import { Button } from '@mantine/core'
import { useInfiniteQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { history, ledgerEvent } from '#platform/ledger/contract.ts'
import { EntryDetail } from '#ui/history-event.tsx'
import { HistoryPanel } from '#ui/history-panel.tsx'
import type { HistoryEntry, HistoryWords } from '#ui/history-words.ts'
import { useText } from '#ui/text.ts'
import { call } from './api.ts'
import { useRecordWords } from './record-words.ts'
import { useScope } from './scope.ts'
import { useLookAt } from './shell/use-look-at.ts'

const first = 8
const step = 24

/** The history of one record beside its page, up to the day looked at; older events on demand. Words come from the modules' texts. */
export function RecordHistory({ type, id }: { type: string; id: string }) {
  const { org, at } = useScope()
  const words = useRecordWords()
  const lookAt = useLookAt()
  const found = useInfiniteQuery({
    queryKey: [history.name, org, type, id, at],
    initialPageParam: null as string | null,
    queryFn: ({ pageParam, signal }) =>
      call(history, {
        query: {
          type,
          id,
          ...(at === null ? {} : { to: at }),
          ...(pageParam === null ? { limit: first } : { cursor: pageParam, limit: step }),
        },
        signal,
      }),
    getNextPageParam: (last) => last.next,
  })
  return (
    <HistoryPanel
      events={found.data?.pages.flatMap((page) => page.items) ?? []}
      words={words}
      loading={found.isPending}
      error={found.error}
      more={found.hasNextPage ? () => void found.fetchNextPage() : undefined}
      loadingMore={found.isFetchingNextPage}
      onLookAt={lookAt}
      until={at}
      renderRest={(event) => <RestOfEvent seq={event.seq} words={words} />}
    />
  )
}

/** All entries of an event that is too large to be told with the others, page by page. */
export function RestOfEvent({
  seq,
  words,
  lead,
}: {
  seq: number
  words: HistoryWords
  lead?: (entry: HistoryEntry) => ReactNode
}) {
  const t = useText('ui')
  const { org } = useScope()
  const found = useInfiniteQuery({
    queryKey: [ledgerEvent.name, org, seq],
    enabled: false,
    initialPageParam: null as string | null,
    queryFn: ({ pageParam, signal }) =>
      call(ledgerEvent, {
        params: { seq: String(seq) },
        query: { limit: 100, ...(pageParam === null ? {} : { cursor: pageParam }) },
        signal,
      }),
    getNextPageParam: (last) => last.next,
  })
  const pages = found.data?.pages
  return (
    <>
      {pages?.flatMap((page) =>
        page.items.map((entry) => <EntryDetail key={entry.seq} entry={entry} words={words} lead={lead} />),
      )}
      {pages !== undefined && !found.hasNextPage ? null : (
        <Button variant="default" size="xs" loading={found.isFetching} onClick={() => void found.fetchNextPage()}>
          {pages === undefined ? t('history.wholeEvent') : t('history.more')}
        </Button>
      )}
    </>
  )
}
