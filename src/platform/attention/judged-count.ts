import { isDeepStrictEqual } from 'node:util'
import type { Id, OrgId } from '#kernel/id.ts'
import { dateAt, type LocalDate } from '#kernel/time.ts'
import { statement } from '#platform/db/database.ts'
import type { Tx } from '#platform/db/transaction.ts'

/**
 * A count over many records that only rules can judge. `Basis` is what verdicts hang on besides the records themselves:
 * small, loaded each time, compared by value.
 */
export interface Judging<Type extends string, Basis> {
  readonly basis: (tx: Tx) => Promise<Basis>
  /**
   * The records whose verdict may be another one after what was written since; null where any may.
   * @param since the ledger sequence and basis of the last verdicts
   */
  readonly touched: (
    tx: Tx,
    since: { readonly seq: number; readonly basis: Basis },
    basis: Basis,
  ) => Promise<readonly Id<Type>[] | null>
  /** Which of the given records need attention; of all of them when null. */
  readonly judge: (tx: Tx, only: readonly Id<Type>[] | null) => Promise<readonly Id<Type>[]>
}

interface Verdicts<Type extends string, Basis> {
  readonly seq: number
  readonly day: LocalDate
  readonly basis: Basis
  readonly found: ReadonlySet<Id<Type>>
}

/** After more entries than this, an import say, judging everything costs less than finding out what to judge. */
const entriesLookedAt = 5000

/** Organizations whose verdicts a process remembers. */
const organizationsKept = 200

/**
 * Counts records that need attention, remembering the verdicts of each organization: after a write only those records
 * are judged again that it may have touched, and all of them once a day. Truthful in any read that sees one state of
 * the database, on every server process: the ledger says what was written since.
 */
export function judgedCount<Type extends string, Basis>(judging: Judging<Type, Basis>): (tx: Tx) => Promise<number> {
  const kept = new Map<OrgId, Verdicts<Type, Basis>>()

  async function verdictsOf(tx: Tx): Promise<Verdicts<Type, Basis>> {
    const day = dateAt(tx.now, tx.org.timeZone)
    const [head, basis] = await Promise.all([
      tx.first<{ seq: number }>(statement('select seq from ledger_head where org_id = $1', [tx.org.id])),
      judging.basis(tx),
    ])
    const seq = head?.seq ?? 0
    const known = kept.get(tx.org.id)
    // An older state than the one remembered is judged from scratch: a read that began before the last write.
    const judgeable = known !== undefined && known.day === day && known.seq <= seq && seq - known.seq <= entriesLookedAt
    const touched = judgeable ? await judging.touched(tx, known, basis) : null
    if (known === undefined || touched === null) {
      return { seq, day, basis, found: new Set(await judging.judge(tx, null)) }
    }
    if (touched.length === 0 && known.seq === seq && isDeepStrictEqual(known.basis, basis)) return known
    const found = new Set(known.found)
    for (const id of touched) found.delete(id)
    if (touched.length > 0) for (const id of await judging.judge(tx, touched)) found.add(id)
    return { seq, day, basis, found }
  }

  return async (tx) => {
    const verdicts = await verdictsOf(tx)
    const newest = kept.get(tx.org.id)
    if (newest === undefined || newest.seq <= verdicts.seq) {
      kept.delete(tx.org.id)
      kept.set(tx.org.id, verdicts)
      const oldest = kept.keys().next()
      if (kept.size > organizationsKept && oldest.done !== true) kept.delete(oldest.value)
    }
    return verdicts.found.size
  }
}
