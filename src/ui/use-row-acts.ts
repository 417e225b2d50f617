import { type MouseEvent, useEffect, useMemo, useRef } from 'react'
import type { RowActs } from './table-row.tsx'

interface RowActSources {
  readonly activate: (id: string) => void
  readonly open: (id: string) => void
  /** Null where rows cannot be picked. */
  readonly pick: ((id: string, range: boolean) => void) | null
  readonly edit: (id: string, key: string | null) => void
}

/** A click without a modifier; with one a link is followed as ever, into a new tab or window. */
export const isPlainClick = (event: MouseEvent): boolean =>
  event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey && !event.altKey

/** What rows do when clicked: one object for the life of the table, which always does what was given last. */
export function useRowActs(sources: RowActSources): RowActs {
  const latest = useRef(sources)
  useEffect(() => {
    latest.current = sources
  })
  return useMemo(
    () => ({
      press: (id, event) => {
        const { activate, open, pick } = latest.current
        if (event.defaultPrevented || (event.target as Element).closest('a,button,input,label,[role=dialog]') !== null)
          return
        // Clicks in a menu or dialog of the row bubble here through React, not through the document.
        if (!event.currentTarget.contains(event.target as Element)) return
        activate(id)
        if (event.shiftKey && pick !== null) pick(id, true)
        else if (globalThis.getSelection()?.isCollapsed !== false) open(id)
      },
      pick: (id, range) => {
        latest.current.activate(id)
        latest.current.pick?.(id, range)
      },
      open: (id, event) => {
        const { activate, open } = latest.current
        if (!isPlainClick(event)) return
        event.preventDefault()
        activate(id)
        open(id)
      },
      edit: (id, key) => {
        latest.current.activate(id)
        latest.current.edit(id, key)
      },
    }),
    [],
  )
}
