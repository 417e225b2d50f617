import { Button } from '@mantine/core'
import { type ReactNode, useState } from 'react'
import { Diff } from './diff.tsx'
import { diffWords } from './diff-words.ts'
import { useFormat } from './format.ts'
import styles from './history.module.css'
import type { FieldChange, HistoryWords, NamedRecord } from './history-words.ts'
import { PathLink } from './link.tsx'
import { RatingBadge } from './rating-badge.tsx'
import { useText } from './text.ts'

type Of<Kind extends FieldChange['kind']> = Extract<FieldChange, { kind: Kind }>
type Rating = NonNullable<Of<'rating'>['after']>

const foldedBeyond = 240
const diffedBeyond = 40
const keptAtLeast = 0.35

/** One field of an event: its name, and its value before and after as people read it. */
export function FieldChangeView({
  type,
  change,
  words,
}: {
  /** Record type the field belongs to. */
  type: string
  change: FieldChange
  words: HistoryWords
}) {
  return (
    <div className={styles['change']}>
      <span className={styles['field']}>{words.field(type, change.field)}</span>
      <ChangedValue change={change} words={words} />
    </div>
  )
}

function ChangedValue({ change, words }: { change: FieldChange; words: HistoryWords }) {
  switch (change.kind) {
    case 'text':
      return <TextChange change={change} />
    case 'rating':
      return <RatingChange change={change} />
    case 'items':
    case 'words':
      return <ListChange change={change} words={words} />
    default:
      return (
        <FromTo
          before={change.before === null ? null : <FieldValue change={change} side="before" words={words} />}
          after={change.after === null ? null : <FieldValue change={change} side="after" words={words} />}
        />
      )
  }
}

/** One side of a field: a word, a day, a name with its link. */
export function FieldValue({
  change,
  side,
  words,
}: {
  change: FieldChange
  side: 'before' | 'after'
  words: HistoryWords
}): ReactNode {
  const t = useText('ui')
  const format = useFormat()
  if (change[side] === null) return t('history.nothing')
  switch (change.kind) {
    case 'text':
      return change[side]
    case 'date':
      return format.date(change[side] ?? '')
    case 'instant':
      return format.dateTime(change[side] ?? '')
    case 'flag':
      return change[side] ? t('history.true') : t('history.false')
    case 'number':
      return format.number(change[side] ?? 0)
    case 'bytes':
      return format.bytes(change[side] ?? 0)
    case 'money':
      return format.money(change[side] ?? 0, change.currency)
    case 'word':
      return words.value(change.words, change[side] ?? '')
    case 'counts': {
      const shown = Object.entries(change[side] ?? {}).filter(([, count]) => count > 0)
      return format.list(shown.map(([key, count]) => `${words.value(change.words, key)} ${format.number(count)}`))
    }
    case 'record':
      return change[side] === null ? null : <RecordName record={change[side]} words={words} />
    case 'rating':
      return change[side] === null ? null : <Badge rating={change[side]} />
    case 'items':
    case 'words':
      return format.list(listOf(change, side, words))
  }
}

/** A record as histories mention it, with a link where it has a page. */
export function RecordName({ record, words }: { record: NamedRecord; words: HistoryWords }) {
  const ref = record.title !== '' && words.byName(record.type) ? '' : record.ref
  const name =
    ref === '' && record.title === '' ? (
      words.type(record.type)
    ) : (
      <>
        {ref === '' ? null : <span className="pl-ref">{ref}</span>}
        {ref === '' || record.title === '' ? '' : ' '}
        {record.title}
      </>
    )
  const to = record.id === '' ? null : words.path(record)
  return to === null ? (
    <span>{name}</span>
  ) : (
    <PathLink to={to} className="pl-link pl-link-in-text">
      {name}
    </PathLink>
  )
}

/** What was, struck through, and what is; one of them alone where there was or is nothing. */
function FromTo({ before, after }: { before: ReactNode; after: ReactNode }) {
  const t = useText('ui')
  return (
    <span className={styles['fromTo']}>
      {before === null ? null : <del className={styles['was']}>{before}</del>}
      {before === null ? null : (
        <>
          <span aria-hidden="true" className="pl-muted">
            →
          </span>
          <span className="pl-visually-hidden">{t('history.became')}</span>
        </>
      )}
      <span>{after ?? <span className="pl-muted">{t('history.nothing')}</span>}</span>
    </span>
  )
}

// Short texts side by side, long ones word by word: a name of two words has no use for a diff.
function TextChange({ change: { before, after } }: { change: Of<'text'> }) {
  if (before === null || after === null || Math.max(before.length, after.length) <= diffedBeyond) {
    return (
      <FromTo
        before={before === null ? null : <Folded text={before} />}
        after={after === null ? null : <Folded text={after} />}
      />
    )
  }
  // A text written anew has hardly a word in common: both whole are easier to read than the pieces.
  const kept = diffWords(before, after).reduce(
    (sum, { kind, text }) => sum + (kind === 'same' ? text.trim().length : 0),
    0,
  )
  if (kept < Math.max(before.length, after.length) * keptAtLeast) {
    return <FromTo before={<Folded text={before} />} after={<Folded text={after} />} />
  }
  return (
    <Fold length={before.length + after.length}>
      <Diff before={before} after={after} />
    </Fold>
  )
}

const Folded = ({ text }: { text: string }) => <Fold length={text.length}>{text}</Fold>

/** Long text cut after a few lines, with a way to the rest. */
function Fold({ length, children }: { length: number; children: ReactNode }) {
  const t = useText('ui')
  const [all, setAll] = useState(false)
  if (length <= foldedBeyond) return <span className={styles['prose']}>{children}</span>
  return (
    <span>
      <span className={all ? styles['prose'] : styles['folded']}>{children}</span>
      <Button variant="subtle" size="compact-xs" aria-expanded={all} onClick={() => setAll(!all)}>
        {all ? t('history.less') : t('history.all')}
      </Button>
    </span>
  )
}

function listOf(change: Of<'items' | 'words'>, side: 'before' | 'after', words: HistoryWords): string[] {
  if (change.kind === 'words') return (change[side] ?? []).map((one) => words.value(change.words, one))
  return (change[side] ?? []).map(({ text, keys }) => {
    const group = change.words
    return keys.length === 0 || group === null
      ? text
      : `${text}: ${keys.map((key) => words.value(group, key)).join(', ')}`
  })
}

/** What was added to a list and what was taken off it; what stayed is not repeated. */
function ListChange({ change, words }: { change: Of<'items' | 'words'>; words: HistoryWords }) {
  const t = useText('ui')
  const before = listOf(change, 'before', words)
  const after = listOf(change, 'after', words)
  const removed = before.filter((one) => !after.includes(one))
  const added = after.filter((one) => !before.includes(one))
  if (removed.length + added.length === 0) return <span className="pl-muted">{t('history.order')}</span>
  return (
    <ul className={styles['items']}>
      {removed.map((one) => (
        <li key={`-${one}`}>
          <span aria-hidden="true">−</span>
          <span className="pl-visually-hidden">{t('history.removed')}</span> <del className={styles['was']}>{one}</del>
        </li>
      ))}
      {added.map((one) => (
        <li key={`+${one}`}>
          {change.before === null ? null : (
            <>
              <span aria-hidden="true">+</span>
              <span className="pl-visually-hidden">{t('history.added')}</span>{' '}
            </>
          )}
          {one}
        </li>
      ))}
    </ul>
  )
}

const Badge = ({ rating }: { rating: Rating }) => (
  <RatingBadge score={rating.score} label={rating.label ?? undefined} color={rating.color ?? undefined} />
)

/** A level before and after, and the axes that led to the difference. */
function RatingChange({ change: { before, after } }: { change: Of<'rating'> }) {
  const t = useText('ui')
  const nameOf = ({ key, name }: Rating['axes'][number]): string =>
    name ?? (key === 'likelihood' ? t('matrix.likelihood') : t('matrix.consequence'))
  const level = (axis: Rating['axes'][number]): string => `${axis.value} ${axis.level ?? ''}`.trim()
  const keys = [...new Set([...(before?.axes ?? []), ...(after?.axes ?? [])].map((axis) => axis.key))]
  const moved = keys.flatMap((key) => {
    const was = before?.axes.find((axis) => axis.key === key)
    const is = after?.axes.find((axis) => axis.key === key)
    const axis = is ?? was
    return axis === undefined || (was !== undefined && is !== undefined && level(was) === level(is))
      ? []
      : [{ key, name: nameOf(axis), was, is }]
  })
  return (
    <span>
      <FromTo
        before={before === null ? null : <Badge rating={before} />}
        after={after === null ? null : <Badge rating={after} />}
      />
      <ul className={before === null || after === null ? styles['axesInline'] : styles['axes']}>
        {moved.map(({ key, name, was, is }) => (
          <li key={key}>
            <span className="pl-muted">{name}</span>{' '}
            <FromTo before={was === undefined ? null : level(was)} after={is === undefined ? null : level(is)} />
          </li>
        ))}
      </ul>
    </span>
  )
}
