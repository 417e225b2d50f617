import { IconChevronRight } from '@tabler/icons-react'
import { type ReactNode, useId, useState } from 'react'
import { type SystemName, systemNames } from '#platform/access/system-actors.ts'
import { FieldChangeView } from './field-change.tsx'
import styles from './history.module.css'
import { HistorySentence } from './history-sentence.tsx'
import type { HistoryEntry, HistoryEvent, HistoryWords } from './history-words.ts'
import { reasonOfImport } from './import-reason.ts'
import { useText } from './text.ts'

const partsShown = 3

/** Who acted; a token or the system is named as such. */
export function ActorName({ actor }: { actor: HistoryEvent['actor'] }) {
  const t = useText('ui')
  const systemName = useSystemName()
  if (actor.kind === 'person') return actor.name
  const name = actor.kind === 'system' ? systemName(actor.name) : actor.name
  return t('history.by', { name, kind: t(`history.kind.${actor.kind}`) })
}

/** What the system is called that did something, by the name the ledger keeps; an unknown one stands as it is. */
export function useSystemName(): (stored: string) => string {
  const t = useText('ui')
  return (stored) => {
    const known = systemNames.find((name) => name === stored)
    return known === undefined ? stored : t(`history.system.${systemKeys[known]}`)
  }
}

const systemKeys: Readonly<Record<SystemName, string>> = {
  'command line': 'commandLine',
  demo: 'demo',
  'set-up': 'setUp',
}

/** One event: a sentence and what belongs to it in a line each; opened, every field before and after. */
export function HistoryEventView({
  event,
  words,
  lead,
  tail,
  meta,
  rest,
}: {
  event: HistoryEvent
  words: HistoryWords
  /** Before the sentence: which record it is about. */
  lead?: (entry: HistoryEntry) => ReactNode
  /** Behind the sentence, small. */
  tail?: ReactNode
  /** Under the sentence: who, when. */
  meta?: ReactNode
  /** For a large event: a way to the entries it does not hold itself. */
  rest?: ReactNode
}) {
  const t = useText('ui')
  const [open, setOpen] = useState(false)
  const id = useId()
  const [main, ...parts] = event.entries
  if (main === undefined) return null
  const folds =
    parts.length > partsShown ||
    event.entries.some((entry) => entry.changes.length > 0) ||
    event.size > event.entries.length
  const hidden = event.size - 1 - Math.min(parts.length, partsShown)
  return (
    <div className={styles['event']}>
      {folds ? (
        <button
          type="button"
          className={styles['toggle']}
          aria-expanded={open}
          aria-controls={id}
          aria-label={t('history.details')}
          aria-describedby={`${id}-s`}
          onClick={() => setOpen(!open)}
        >
          <IconChevronRight size={14} stroke={1.8} aria-hidden="true" />
        </button>
      ) : (
        <span className={styles['dot']} aria-hidden="true" />
      )}
      <div className={styles['told']}>
        <div className={styles['sentence']} id={`${id}-s`}>
          {lead?.(main)}
          <strong>
            <HistorySentence entry={main} words={words} />
          </strong>
          {tail === undefined ? null : <span className={styles['tail']}>{tail}</span>}
        </div>
        <Reason entry={main} />
        {open ? null : (
          <ul className={styles['parts']}>
            {parts.slice(0, partsShown).map((part) => (
              <li key={part.seq}>
                {lead?.(part)}
                <HistorySentence entry={part} words={words} />
              </li>
            ))}
            {hidden > 0 ? <li className="pl-muted">{t('history.moreParts', { count: hidden })}</li> : null}
          </ul>
        )}
        {meta === undefined ? null : <div className={styles['meta']}>{meta}</div>}
        <div id={id} hidden={!open}>
          {open ? (
            <div className={styles['detail']}>
              <Changes entry={main} words={words} />
              {parts.map((part) => (
                <EntryDetail key={part.seq} entry={part} words={words} lead={lead} />
              ))}
              {event.size > event.entries.length ? rest : null}
            </div>
          ) : null}
        </div>
      </div>
    </div>
  )
}

/** An entry in full: its sentence, its reason and every field. */
export function EntryDetail({
  entry,
  words,
  lead,
}: {
  entry: HistoryEntry
  words: HistoryWords
  lead?: ((entry: HistoryEntry) => ReactNode) | undefined
}) {
  return (
    <div className={styles['part']}>
      <div>
        {lead?.(entry)}
        <HistorySentence entry={entry} words={words} />
      </div>
      <Reason entry={entry} />
      <Changes entry={entry} words={words} />
    </div>
  )
}

/** Why, in the words of whoever acted; what an import gives as the reason is told in the reader's language. */
function Reason({ entry: { reason } }: { entry: HistoryEntry }) {
  const t = useText('ui')
  if (reason === null) return null
  const said = reasonOfImport(reason)
  const text =
    said === null
      ? t('history.reason', { reason })
      : 'file' in said
        ? t('history.imported', said)
        : said.why === ''
          ? t('history.importUndone', said)
          : t('history.importUndoneWhy', said)
  return <div className={styles['reason']}>{text}</div>
}

const Changes = ({ entry, words }: { entry: HistoryEntry; words: HistoryWords }) =>
  entry.changes.map((change) => (
    <FieldChangeView key={change.field} type={entry.record.type} change={change} words={words} />
  ))
