import { useEffect, useRef } from 'react'

/** What the keys of a list do. */
export interface TableKeys {
  count: number
  /** Index of the active row, -1 for none. */
  active: number
  move: (index: number, extend: boolean) => void
  /** `page`: as a page of its own, and not beside the list. */
  open: (page: boolean) => void
  edit: () => void
  /** o, d, s: the owner, date or state of the active row; false where it has none to edit. */
  field: (key: 'o' | 'd' | 's') => boolean
  toggle: () => void
  search: () => void
  clear: () => void
  /** Off for a list inside a record that stands beside another list. */
  enabled: boolean
}

/** Whether a key press belongs to a field, a dialog or a menu and not to the page. */
export function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof Element &&
    target.closest(
      'input:not([type=checkbox]),textarea,select,[contenteditable=true],[role=dialog],[role=menu],[role=listbox]',
    ) !== null
  )
}

/** Marks the record beside a list: keys pressed in it are its own. */
export const besideMark = 'data-beside'

/**
 * j k (arrows in the list) move, Enter opens beside the list and with Shift as a page, e edits, o d s change owner, date,
 * state, x selects, / searches, Escape closes or clears.
 */
export function useTableKeys(keys: TableKeys): void {
  const latest = useRef(keys)
  latest.current = keys
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.metaKey || event.ctrlKey || event.altKey || isTyping(event.target)) return
      const { count, active, move, open, edit, field, toggle, search, clear, enabled } = latest.current
      if (!enabled || (event.target instanceof Element && event.target.closest(`[${besideMark}]`) !== null)) return
      const inGrid = event.target instanceof Element && event.target.closest('[role=grid]') !== null
      const onControl = event.target instanceof Element && event.target.closest('a,button') !== null
      const extend = event.shiftKey || event.key === 'J' || event.key === 'K'
      const step = (by: number) => {
        if (count > 0) move(Math.max(0, Math.min(count - 1, active + by)), extend)
      }
      const actions: Record<string, (() => unknown) | undefined> = {
        j: () => step(1),
        J: () => step(1),
        k: () => step(-1),
        K: () => step(-1),
        ArrowDown: inGrid ? () => step(1) : undefined,
        ArrowUp: inGrid ? () => step(-1) : undefined,
        Home: inGrid ? () => move(0, false) : undefined,
        End: inGrid ? () => move(count - 1, false) : undefined,
        Enter: onControl || active < 0 ? undefined : () => open(event.shiftKey),
        e: active < 0 ? undefined : edit,
        o: active < 0 ? undefined : () => field('o'),
        d: active < 0 ? undefined : () => field('d'),
        s: active < 0 ? undefined : () => field('s'),
        x: active < 0 ? undefined : toggle,
        ' ': inGrid && !onControl && active >= 0 ? toggle : undefined,
        '/': search,
        Escape: clear,
      }
      const act = actions[event.key]
      if (act === undefined) return
      if (event.key !== 'Escape') event.preventDefault()
      act()
    }
    document.addEventListener('keydown', onKey)
    return () => document.removeEventListener('keydown', onKey)
  }, [])
}
