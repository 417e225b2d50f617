import { type RawBuilder, type SelectQueryBuilder, sql } from 'kysely'
import { RefusalError } from '#platform/refusal/refusal-error.ts'
import { sqlBuilder } from './database.ts'
import type { Tx } from './transaction.ts'

/** A page of a list: its rows, how many there are in all, and the cursor of the next page. */
export interface Page<T> {
  readonly items: T[]
  readonly total: number
  readonly next: string | null
}

/** How a list may be sorted: an expression per sort key, a unique tie-break, and the key used when none is given. */
export interface Sorting {
  readonly by: Readonly<Record<string, { readonly sql: RawBuilder<unknown> }>>
  readonly id: RawBuilder<unknown>
  readonly first: string
}

interface Asked {
  readonly cursor?: string | undefined
  readonly limit: number
  readonly sort?: string | undefined
}

/**
 * Reads one page of a query, by keyset: the cursor holds the sort value and id of the last row, so that rows added
 * meanwhile neither repeat nor hide others. One statement; the total is counted beside the rows.
 */
export async function page<Row>(
  tx: Tx,
  // oxlint-disable-next-line typescript/no-explicit-any -- any select will do; the row type is the caller's
  query: SelectQueryBuilder<any, any, any>,
  asked: Asked,
  sorting: Sorting,
): Promise<Page<Row>> {
  const sort = asked.sort ?? sorting.first
  const descending = sort.startsWith('-')
  const key = descending ? sort.slice(1) : sort
  const by = sorting.by[key]
  if (!by) throw new Error(`No sorting by ${key}.`)
  const direction = descending ? sql`desc` : sql`asc`
  const counted = query.clearSelect().select(sql`1`.as('one')).as('counted')
  let rows = query
    .select(sql`(${by.sql})::text`.as('sortValue'))
    // Counted once, before the cursor narrows the rows.
    .select(sqlBuilder.selectFrom(counted).select(sql<number>`count(*)`.as('total')).as('total'))
    .orderBy(sql`${by.sql} ${direction} nulls last`)
    .orderBy(sql`${sorting.id} ${direction}`)
    .limit(asked.limit + 1)
  if (asked.cursor !== undefined) {
    const { value, id } = readCursor(asked.cursor, sort)
    const past = descending ? sql`<` : sql`>`
    rows =
      value === null
        ? rows.where(sql<boolean>`${by.sql} is null and ${sorting.id} ${past} ${id}::uuid`)
        : rows.where(
            sql<boolean>`(${by.sql} ${past} ${value} or (${by.sql} = ${value} and ${sorting.id} ${past} ${id}::uuid) or ${by.sql} is null)`,
          )
  }
  const found = await tx
    .rowsWith<Row & { id: string }, { sortValue: string | null; total: number }>(rows, ['sortValue', 'total'])
    .catch((error: unknown) => {
      // A cursor somebody wrote by hand need not be comparable with the sort column (error class 22: data exception).
      if (asked.cursor !== undefined && (error as { code?: string }).code?.startsWith('22')) throw foreignCursor()
      throw error
    })
  const items = found.rows.slice(0, asked.limit)
  const last = items.at(-1)
  const sorted = found.apart[items.length - 1]
  const next = found.rows.length > asked.limit && last && sorted ? writeCursor(sort, sorted.sortValue, last.id) : null
  return { items, total: found.apart[0]?.total ?? 0, next }
}

function writeCursor(sort: string, value: string | null, id: string): string {
  return Buffer.from(JSON.stringify([sort, value, id])).toString('base64url')
}

function readCursor(cursor: string, sort: string): { value: string | null; id: string } {
  try {
    const [was, value, id] = JSON.parse(Buffer.from(cursor, 'base64url').toString()) as [string, string | null, string]
    if (was === sort && /^[0-9a-f-]{36}$/.test(id) && (value === null || typeof value === 'string'))
      return { value, id }
  } catch {
    // Falls through: what cannot be read is no cursor of ours.
  }
  throw foreignCursor()
}

const foreignCursor = (): RefusalError =>
  new RefusalError({
    code: 'request.invalid',
    message: 'This cursor does not belong to this list and sort order: start again without one.',
    facts: {},
    field: 'cursor',
  })

/** A pattern for `ilike` that finds a text as typed, its wildcards taken literally. */
export const like = (typed: string): string => `%${typed.replaceAll(/[%_\\]/g, '\\$&')}%`
