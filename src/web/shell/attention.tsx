import { attention } from '#platform/attention/contract.ts'
import { useFormat } from '#ui/format.ts'
import { useText } from '#ui/text.ts'
import { useApiLater } from '../api.ts'
import type { NavItem } from '../module.ts'
import { useScope } from '../scope.ts'
import styles from './shell.module.css'

/** How many, by path and reason; empty until known, and for a day in the past. */
export type AttentionCounts = ReadonlyMap<string, ReadonlyMap<string, number>>

const none: AttentionCounts = new Map()

/** What needs attention now, in one request for the whole navigation. */
export function useAttention(): AttentionCounts {
  const { org, at } = useScope()
  const { data } = useApiLater(attention, {}, org !== null && at === null)
  if (data === undefined || at !== null) return none
  return new Map(
    data.items.map(({ path, reasons }) => [path, new Map(reasons.map(({ reason, count }) => [reason, count]))]),
  )
}

/** A quiet number beside an item of the navigation; what it counts is said to a reader and on hovering. */
export function AttentionMark({ item, counts }: { item: NavItem; counts: AttentionCounts }) {
  const t = useText('web')
  const format = useFormat()
  const here = counts.get(item.path)
  const found = (item.attention ?? []).flatMap(({ reason, labelKey }) => {
    const count = here?.get(reason) ?? 0
    return count === 0 ? [] : [{ count, text: t(labelKey, { count, shown: format.number(count) }) }]
  })
  if (found.length === 0) return null
  const total = found.reduce((sum, { count }) => sum + count, 0)
  const words = found.map(({ text }) => text).join('\n')
  return (
    <span className={styles['attention']} title={words}>
      <span aria-hidden="true">{total > 999 ? '999+' : format.number(total)}</span>
      <span className="pl-visually-hidden">{`: ${words}`}</span>
    </span>
  )
}
