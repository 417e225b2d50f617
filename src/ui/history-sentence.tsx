import { Fragment, type ReactNode } from 'react'
import { FieldValue, RecordName } from './field-change.tsx'
import { useFormat } from './format.ts'
import type { HistoryEntry, HistoryWords, NamedRecord } from './history-words.ts'
import { useText } from './text.ts'

const namedFields = 3
// No text contains it, so that a placeholder can be found again in a finished sentence.
const mark = '\u0001'

/**
 * What happened, in a sentence of the module: “Link to A.8.13 switched off”. It may mention `{{other}}` (what the entry
 * joins), `{{name}}` (the part itself), `{{what}}` (its headline), `{{fields}}` (what changed) or a field by its name.
 */
export function HistorySentence({ entry, words }: { entry: HistoryEntry; words: HistoryWords }) {
  const t = useText('ui')
  const format = useFormat()
  const values: Record<string, string> = { other: '', name: '', what: '', fields: '' }
  for (const { field } of entry.changes) values[field] = ''
  const marked = Object.fromEntries(Object.keys(values).map((key) => [key, `${mark}${key}${mark}`]))
  const parts = words.sentence(entry.record.type, entry.action, marked, entry.others[0]?.as).split(mark)
  const told = (key: string): ReactNode => {
    switch (key) {
      case 'other':
        return <Records records={entry.others} words={words} />
      case 'name':
        return <RecordName record={entry.record} words={words} />
      case 'what':
        return entry.headline === null ? '' : <FieldValue change={entry.headline} side="after" words={words} />
      case 'fields': {
        const names = entry.changes.map((change) => words.field(entry.record.type, change.field))
        if (names.length === 0) return t('history.noField')
        const rest = names.length - namedFields
        return format.list(
          rest <= 0 ? names : [...names.slice(0, namedFields), t('history.moreFields', { count: rest })],
        )
      }
      default: {
        const change = entry.changes.find(({ field }) => field === key)
        return change === undefined ? '' : <FieldValue change={change} side="after" words={words} />
      }
    }
  }
  return (
    <>
      {parts.map((part, index) => (
        // Every other part is a placeholder; their order is that of the sentence.
        <Fragment key={`${index}-${part}`}>{index % 2 === 0 ? part : told(part)}</Fragment>
      ))}
    </>
  )
}

function Records({ records, words }: { records: readonly NamedRecord[]; words: HistoryWords }) {
  return records.map((record, index) => (
    <Fragment key={`${record.type}-${record.id}`}>
      {index === 0 ? '' : ', '}
      <RecordName record={record} words={words} />
    </Fragment>
  ))
}
