import { useNavigate, useSearch } from '@tanstack/react-router'
import { useContext, useMemo, useState } from 'react'
import { PageParamsContext } from './page-params.ts'
import {
  type FilterSpec,
  type Filters,
  filtersFrom,
  listAddress,
  parseSearch,
  type Search,
  writeSearch,
} from './url-search.ts'

/** Search, sorting, grouping, columns and filters of a list; they live in the address, so it can be sent to a colleague. */
export interface ListState<S extends FilterSpec = FilterSpec> {
  readonly q: string
  /** `score`, `-score` for descending, null for the register's own order. */
  readonly sort: string | null
  /** Key of the column rows are grouped by. */
  readonly group: string | null
  /** Columns the address asks for; null leaves the choice to this browser. */
  readonly columns: readonly string[] | null
  /** The saved view that was opened last, possibly changed since. */
  readonly view: string | null
  readonly filters: Filters<S>
  /** How many filters are set, search included. */
  readonly active: number
  /** What a list route takes as query: q, sort and the filters that are set. */
  readonly query: Record<string, string | readonly string[]>
  /** All of it as one canonical text: equal texts show the same. */
  readonly address: string
  readonly setQ: (q: string) => void
  readonly setSort: (sort: string | null) => void
  readonly setGroup: (group: string | null) => void
  readonly setColumns: (columns: readonly string[]) => void
  readonly setFilter: <K extends keyof S & string>(key: K, value: Filters<S>[K]) => void
  readonly clear: () => void
  /** Puts a saved address in place of the present one. */
  readonly show: (address: string, view: string | null) => void
}

/**
 * The state of a list in the address.
 * @param spec its filters: `{ status: 'many', owner: 'one', overdue: 'flag' }`; declare it outside the component
 */
export function useListState<const S extends FilterSpec>(spec: S): ListState<S> {
  const address = useSearch({ strict: false }) as Search
  const navigate = useNavigate()
  // The address belongs to the list a record stands beside; a list inside that record keeps its state to itself.
  const inside = useContext(PageParamsContext) !== null
  const [own, setOwn] = useState<Search>({})
  const search = inside ? own : address
  return useMemo(() => {
    const filters = filtersFrom(spec, search)
    const go = (next: (old: Record<string, unknown>) => Record<string, unknown>, replace = true) => {
      if (inside) setOwn((old) => parseSearch(writeSearch(next(old))))
      else goTo(next, replace)
    }
    const goTo = (next: (old: Record<string, unknown>) => Record<string, unknown>, replace: boolean) =>
      void navigate({ to: '.', search: next, replace, resetScroll: false } as Parameters<typeof navigate>[0])
    const patch = (change: Record<string, unknown>) => go((old) => ({ ...old, ...change }))
    const text = (key: string): string | null => {
      const value = search[key]
      return typeof value === 'string' && value !== '' ? value : null
    }
    const q = text('q') ?? ''
    const sort = text('sort')
    const group = text('group')
    const columns = text('cols')?.split(',') ?? null
    const set = Object.entries(filters).flatMap(([key, value]): [string, string | readonly string[]][] => {
      if (Array.isArray(value)) return value.length === 0 ? [] : [[key, value as readonly string[]]]
      if (typeof value === 'string') return [[key, value]]
      return value === true ? [[key, 'true']] : []
    })
    const query = { ...(q === '' ? {} : { q }), ...(sort === null ? {} : { sort }), ...Object.fromEntries(set) }
    const cleared = { q: undefined, ...Object.fromEntries(Object.keys(spec).map((key) => [key, undefined])) }
    return {
      q,
      sort,
      group,
      columns,
      view: text('saved'),
      filters,
      active: set.length + (q === '' ? 0 : 1),
      query,
      address: listAddress({ ...query, group, cols: columns?.join(',') }),
      setQ: (value) => patch({ q: value === '' ? undefined : value }),
      setSort: (value) => patch({ sort: value ?? undefined }),
      setGroup: (value) => patch({ group: value ?? undefined }),
      setColumns: (value) => patch({ cols: value.join(',') }),
      setFilter: (key, value) => patch({ [key]: value === false || value === null ? undefined : value }),
      clear: () => patch(cleared),
      show: (address, view) =>
        go(
          (old) => ({
            ...old,
            ...cleared,
            sort: undefined,
            group: undefined,
            cols: undefined,
            ...parseSearch(address),
            saved: view ?? undefined,
          }),
          false,
        ),
    }
  }, [spec, search, navigate, inside])
}
