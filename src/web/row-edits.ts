import { type InfiniteData, type Query, useQueryClient } from '@tanstack/react-query'
import { useMemo, useRef } from 'react'
import type { RouteContract, WireResponse } from '#platform/contract/route.ts'
import type { FieldEdit } from '#ui/field-edit.ts'
import { type CallArgs, call, staleAfter } from './api.ts'
import { findPeople } from './find-people.ts'

type EditOf<Row, K extends FieldEdit<Row>['kind']> = Extract<FieldEdit<Row>, { kind: K }>

/** Writes of a list: one by one through the records' own routes, read again once at the end. */
export interface RowWriter {
  readonly write: <C extends RouteContract>(contract: C, args: CallArgs<C>) => Promise<WireResponse<C>>
  readonly settle: () => Promise<void>
}

interface Fresh {
  readonly id: string
}
interface Page {
  readonly items: readonly Fresh[]
}

/** A list of more pages than this is not fetched anew for a few changed rows: they are put in their places. */
const fewPages = 3

/** Puts what a write answered in the place of the row; only what the list itself shows of it. */
export function patchPages(data: InfiniteData<Page>, fresh: ReadonlyMap<string, object>): InfiniteData<Page> {
  return {
    ...data,
    pages: data.pages.map((page) => ({
      ...page,
      items: page.items.map((row) => {
        const found = fresh.get(row.id) as Record<string, unknown> | undefined
        return found === undefined
          ? row
          : ({ ...row, ...Object.fromEntries(Object.keys(row).map((key) => [key, found[key] ?? null])) } as Fresh)
      }),
    })),
  }
}

/**
 * For the fields a list can change.
 * @param module prefix of the queries a write makes stale, `risk.`, besides history and overview
 * @param also further prefixes
 */
export function useRowWriter(module: string, also: readonly string[] = []): RowWriter {
  const client = useQueryClient()
  const fresh = useRef(new Map<string, object>())
  const others = also.join()
  return useMemo(
    () => ({
      write: async (contract, args) => {
        const answer = await call(contract, args)
        const { id } = (answer ?? {}) as Partial<Fresh>
        if (id !== undefined) fresh.current.set(id, answer as object)
        return answer
      },
      settle: async () => {
        const rows = fresh.current
        fresh.current = new Map()
        const isLong = ({ queryKey, state }: Query) =>
          rows.size > 0 && queryKey.at(-1) === 'pages' && (state.data as InfiniteData<Page>).pages.length > fewPages
        const isStale = staleAfter(module, others === '' ? [] : others.split(','))
        const long = client
          .getQueryCache()
          .findAll({ predicate: (query) => query.state.data !== undefined && isStale(query) && isLong(query) })
        for (const { queryKey } of long) {
          client.setQueryData<InfiniteData<Page>>(queryKey, (old) => (old === undefined ? old : patchPages(old, rows)))
        }
        await client.invalidateQueries({ predicate: (query) => isStale(query) && !long.includes(query) })
      },
    }),
    [client, module, others],
  )
}

/** The field that says who owns a record, or another person of the directory. */
export function personEdit<Row>(
  field: Pick<FieldEdit<Row>, 'key' | 'label' | 'can' | 'save' | 'only'> & {
    value: (row: Row) => { id: string; name: string } | null
    shortcut?: 'o'
    clearable?: boolean
  },
): EditOf<Row, 'record'> {
  const { value, ...rest } = field
  return {
    shortcut: 'o',
    ...rest,
    kind: 'record',
    source: 'people',
    find: findPeople,
    value: (row) => {
      const person = value(row)
      return person === null ? null : { id: person.id, title: person.name }
    },
  }
}
