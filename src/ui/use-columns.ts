import { useMemo, useState } from 'react'
import type { RecordColumn } from './record-column.ts'
import type { ListState } from './use-list-state.ts'

function readChoice(name: string): Record<string, boolean> {
  try {
    const kept = JSON.parse(localStorage.getItem(`plumbline.columns.${name}`) ?? '{}') as unknown
    return kept === null || typeof kept !== 'object' || Array.isArray(kept) ? {} : (kept as Record<string, boolean>)
  } catch {
    return {}
  }
}

/** Which columns a list shows: those its address asks for, else those chosen in this browser, else the usual ones. */
export function useColumns<Column extends Pick<RecordColumn<never>, 'key' | 'primary' | 'hidden'>>(
  name: string,
  columns: readonly Column[],
  list: Pick<ListState, 'columns' | 'setColumns'>,
): {
  visible: readonly Column[]
  /** Keys of those somebody asked for; the others are the usual ones. */
  wanted: ReadonlySet<string>
  toggle: (key: string, on: boolean) => void
} {
  const [chosen, setChosen] = useState(() => readChoice(name))
  const asked = list.columns
  // The same list as long as the choice is the same: rows draw again when their columns change.
  const visible = useMemo(
    () =>
      columns.filter(
        (column) =>
          column.primary === true ||
          (asked === null ? (chosen[column.key] ?? column.hidden !== true) : asked.includes(column.key)),
      ),
    [columns, asked, chosen],
  )
  const wanted = useMemo(
    () => new Set(asked ?? Object.keys(chosen).filter((key) => chosen[key] === true)),
    [asked, chosen],
  )
  return {
    visible,
    wanted,
    toggle: (key, on) => {
      if (asked !== null) {
        const keys = visible.map((column) => column.key)
        list.setColumns(on ? [...keys, key] : keys.filter((one) => one !== key))
        return
      }
      const choice = { ...chosen, [key]: on }
      setChosen(choice)
      try {
        localStorage.setItem(`plumbline.columns.${name}`, JSON.stringify(choice))
      } catch {
        // The choice lasts for this visit.
      }
    },
  }
}
