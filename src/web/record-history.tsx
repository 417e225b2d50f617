import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { history } from '#platform/ledger/contract.ts'
import { HistoryPanel } from '#ui/history-panel.tsx'
import { useApiLater } from './api.ts'
import { useRecordWords } from './pages/record-words.ts'

const step = 12

/** The history of one record beside its page; older entries on demand. Words come from the module's texts. */
export function RecordHistory({ type, id, namespace }: { type: string; id: string; namespace: string }) {
  const [limit, setLimit] = useState(step)
  const navigate = useNavigate()
  const words = useRecordWords()
  const { data, error, isPending } = useApiLater(history, { query: { type, id, limit } })
  return (
    <HistoryPanel
      entries={data?.items ?? []}
      namespace={namespace}
      otherwise={(action) => words.action(action.split('.')[0] ?? '', action)}
      loading={isPending}
      error={error}
      more={data !== undefined && data.next !== null ? () => setLimit(limit + 48) : undefined}
      onLookAt={(at) =>
        void navigate({
          to: '.',
          search: (old: Record<string, unknown>) => ({ ...old, at }),
        } as Parameters<typeof navigate>[0])
      }
    />
  )
}
