import { useNavigate, useSearch } from '@tanstack/react-router'
import { useMemo } from 'react'
import { type FilterSpec, type Filters, filtersFrom, type Search } from './url-search.ts'

/** Search, sorting and filters of a list; they live in the address, so a view can be sent to a colleague. */
export interface ListState<S extends FilterSpec = FilterSpec> {
  readonly q: string
  /** `score`, `-score` for descending, null for the register's own order. */
  readonly sort: string | null
  readonly filters: Filters<S>
  /** How many filters are set, search included. */
  readonly active: number
  /** What a list route takes as query: q, sort and the filters that are set. */
  readonly query: Record<string, string | readonly string[]>
  readonly setQ: (q: string) => void
  readonly setSort: (sort: string | null) => void
  readonly setFilter: <K extends keyof S & string>(key: K, value: Filters<S>[K]) => void
  readonly clear: () => void
}

/**
 * The state of a list in the address.
 * @param spec its filters: `{ status: 'many', owner: 'one', overdue: 'flag' }`; declare it outside the component
 */
export function useListState<const S extends FilterSpec>(spec: S): ListState<S> {
  const search = useSearch({ strict: false }) as Search
  const navigate = useNavigate()
  return useMemo(() => {
    const filters = filtersFrom(spec, search)
    const patch = (change: Record<string, unknown>) =>
      void navigate({
        to: '.',
        search: (old: Record<string, unknown>) => ({ ...old, ...change }),
        replace: true,
        resetScroll: false,
      } as Parameters<typeof navigate>[0])
    const q = typeof search['q'] === 'string' ? search['q'] : ''
    const sort = typeof search['sort'] === 'string' ? search['sort'] : null
    const set = Object.entries(filters).flatMap(([key, value]): [string, string | readonly string[]][] => {
      if (Array.isArray(value)) return value.length === 0 ? [] : [[key, value as readonly string[]]]
      if (typeof value === 'string') return [[key, value]]
      return value === true ? [[key, 'true']] : []
    })
    return {
      q,
      sort,
      filters,
      active: set.length + (q === '' ? 0 : 1),
      query: { ...(q === '' ? {} : { q }), ...(sort === null ? {} : { sort }), ...Object.fromEntries(set) },
      setQ: (value) => patch({ q: value === '' ? undefined : value }),
      setSort: (value) => patch({ sort: value ?? undefined }),
      setFilter: (key, value) => patch({ [key]: value === false || value === null ? undefined : value }),
      clear: () => patch({ q: undefined, ...Object.fromEntries(Object.keys(spec).map((key) => [key, undefined])) }),
    }
  }, [spec, search, navigate])
}
