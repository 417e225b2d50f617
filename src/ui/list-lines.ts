/** A group a row belongs to: `order` first, then the label; nothing comes last. */
export interface RowGroup {
  readonly key: string
  readonly label: string
  readonly order?: number
}

/** One line of a list on screen: the heading of a group, or a record. */
export type ListLine<Row> =
  | { readonly kind: 'group'; readonly key: string; readonly label: string; readonly rows: readonly Row[] }
  | { readonly kind: 'row'; readonly id: string; readonly row: Row }

type Value = string | number | null

/** Compares two cells: numbers by size, text as people sort it, nothing last whatever the direction. */
function compare(a: Value, b: Value, by: Intl.Collator, direction: 1 | -1): number {
  if (a === null || b === null) return a === b ? 0 : a === null ? 1 : -1
  if (typeof a === 'number' && typeof b === 'number') return (a - b) * direction
  return by.compare(String(a), String(b)) * direction
}

/** Sorts rows by what a column compares; equal rows keep their order. */
export function sortRows<Row>(
  rows: readonly Row[],
  value: (row: Row) => Value,
  descending: boolean,
  language?: string,
): Row[] {
  const by = new Intl.Collator(language, { numeric: true, sensitivity: 'base' })
  const direction = descending ? -1 : 1
  return rows
    .map((row) => ({ row, value: value(row) }))
    .sort((a, b) => compare(a.value, b.value, by, direction))
    .map(({ row }) => row)
}

/**
 * Puts rows under headings. Inside a group they keep their order.
 * @param rest heading of the rows that belong to none
 * @param closed keys of groups whose rows are folded away
 */
export function groupLines<Row>(
  rows: readonly Row[],
  options: {
    readonly id: (row: Row) => string
    readonly group: ((row: Row) => RowGroup | null) | null
    readonly rest: string
    readonly closed: ReadonlySet<string>
    readonly language?: string
  },
): ListLine<Row>[] {
  const { id, group, rest, closed, language } = options
  const line = (row: Row): ListLine<Row> => ({ kind: 'row', id: id(row), row })
  if (group === null) return rows.map(line)
  const groups = new Map<string, { head: RowGroup | null; rows: Row[] }>()
  for (const row of rows) {
    const head = group(row)
    const known = groups.get(head?.key ?? '')
    if (known === undefined) groups.set(head?.key ?? '', { head, rows: [row] })
    else known.rows.push(row)
  }
  const by = new Intl.Collator(language, { numeric: true, sensitivity: 'base' })
  return [...groups.values()]
    .sort(({ head: a }, { head: b }) => {
      if (a === null || b === null) return a === b ? 0 : a === null ? 1 : -1
      return (a.order ?? 0) - (b.order ?? 0) || by.compare(a.label, b.label)
    })
    .flatMap(({ head, rows: own }) => {
      const key = head?.key ?? ''
      const heading: ListLine<Row> = { kind: 'group', key, label: head?.label ?? rest, rows: own }
      return closed.has(key) ? [heading] : [heading, ...own.map(line)]
    })
}
