import type { Grant } from '#platform/access/policy.ts'
import { statement } from '#platform/db/database.ts'
import type { Tx } from '#platform/db/transaction.ts'
import { RefusalError } from '#platform/refusal/refusal-error.ts'

const longest = 40

/**
 * Gives out references of one kind of record during an import: the file's own where it is free, else the next of the
 * counter. Works on a copy of the counter; `settle` moves the real one.
 */
export class RefBook {
  readonly prefix: string
  readonly #taken: Set<string>
  readonly #start: number
  #last: number

  constructor(prefix: string, taken: Iterable<string>, last: number) {
    this.prefix = prefix
    this.#taken = new Set([...taken].map(keyOf))
    this.#start = last
    this.#last = last
  }

  /**
   * The reference a new record gets. A bare number `7` becomes `R-7`.
   * @param wanted what the file calls it; null when it says nothing
   */
  take(wanted: string | null): string {
    const own = wanted === null ? null : this.ownForm(wanted)
    if (own !== null && own.length <= longest && !this.#taken.has(keyOf(own))) {
      this.#taken.add(keyOf(own))
      const number = numberOf(own, this.prefix)
      if (number !== null && number > this.#last) this.#last = number
      return own
    }
    for (;;) {
      const next = `${this.prefix}-${++this.#last}`
      if (this.#taken.has(keyOf(next))) continue
      this.#taken.add(keyOf(next))
      return next
    }
  }

  /** How a reference of a file is written here. */
  ownForm(wanted: string): string {
    const flat = wanted.replace(/\s+/gu, ' ').trim()
    return /^\d{1,6}$/.test(flat) ? `${this.prefix}-${Number(flat)}` : flat
  }

  /** Moves the counter past every number given out. Refused when others took some meanwhile. */
  async settle(tx: Tx, grant: Grant): Promise<void> {
    const count = this.#last - this.#start
    if (count <= 0) return
    const first = await tx.nextRef(grant, this.prefix, count)
    if (first === `${this.prefix}-${this.#start + 1}`) return
    throw new RefusalError({
      code: 'conflict.busy',
      message: 'Somebody added records while this was being prepared. Nothing was saved; try again.',
      facts: {},
    })
  }
}

const keyOf = (ref: string): string => ref.toLowerCase()

// Beyond six digits it is somebody's own numbering, not worth moving the counter for.
function numberOf(ref: string, prefix: string): number | null {
  const digits = new RegExp(`^${prefix}-0*(\\d{1,6})$`, 'i').exec(ref)?.[1]
  return digits === undefined ? null : Number(digits)
}

/** Opens the book of a table's references, those of withdrawn records included. */
export async function loadRefBook(tx: Tx, table: string, prefix: string): Promise<RefBook> {
  const [refs, counter] = await Promise.all([
    tx.rows<{ ref: string }>(statement(`select ref from ${table} where org_id = $1`, [tx.org.id])),
    tx.first<{ last: number }>(
      statement('select last from ref_counter where org_id = $1 and prefix = $2', [tx.org.id, prefix]),
    ),
  ])
  return new RefBook(
    prefix,
    refs.map(({ ref }) => ref),
    counter?.last ?? 0,
  )
}

/** Records by which a file's rows are recognised, under their number alone as well: `R-7` is also `7`. */
export function withNumbers<R extends { readonly ref: string | null }>(records: readonly R[], prefix: string): R[] {
  return records.flatMap((record) => {
    const number = record.ref === null ? undefined : new RegExp(`^${prefix}-(\\d{1,6})$`).exec(record.ref)?.[1]
    return number === undefined ? [record] : [record, { ...record, ref: number }]
  })
}
