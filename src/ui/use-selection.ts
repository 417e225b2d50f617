import { useCallback, useMemo, useState } from 'react'

/** The rows of a list somebody has picked. */
export interface Selection {
  readonly ids: ReadonlySet<string>
  /** Picks or drops one row; with `range` everything from the row picked last. */
  readonly pick: (id: string, range: boolean) => void
  readonly set: (ids: readonly string[], on: boolean) => void
  readonly clear: () => void
}

/**
 * A selection after a pick.
 * @param shown ids of the rows on screen, in their order
 * @param anchor the row picked before, from which a range runs; one that is gone starts no range
 */
export function picked(
  old: ReadonlySet<string>,
  shown: readonly string[],
  anchor: string | null,
  id: string,
  range: boolean,
): Set<string> {
  const next = new Set(old)
  const from = anchor === null ? -1 : shown.indexOf(anchor)
  const to = shown.indexOf(id)
  if (range && from >= 0 && to >= 0) {
    for (const one of shown.slice(Math.min(from, to), Math.max(from, to) + 1)) next.add(one)
  } else if (next.has(id)) next.delete(id)
  else next.add(id)
  return next
}

/** Keeps which rows are picked, and where a range starts. */
export function useSelection(shown: readonly string[]): Selection {
  const [state, setState] = useState<{ ids: ReadonlySet<string>; anchor: string | null }>(nothing)
  const pick = useCallback(
    (id: string, range: boolean) =>
      setState((old) => ({ ids: picked(old.ids, shown, old.anchor, id, range), anchor: id })),
    [shown],
  )
  const set = useCallback(
    (ids: readonly string[], on: boolean) =>
      setState((old) => {
        const next = new Set(old.ids)
        for (const id of ids) {
          if (on) next.add(id)
          else next.delete(id)
        }
        return { ids: next, anchor: old.anchor }
      }),
    [],
  )
  const clear = useCallback(() => setState(nothing), [])
  return useMemo(() => ({ ids: state.ids, pick, set, clear }), [state.ids, pick, set, clear])
}

const nothing = { ids: new Set<string>(), anchor: null }
