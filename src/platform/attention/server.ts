import type { OrgId } from '#kernel/id.ts'
import { dateAt } from '#kernel/time.ts'
import { statement } from '#platform/db/database.ts'
import type { Tx } from '#platform/db/transaction.ts'
import type { ServerModule } from '#platform/http/server-module.ts'
import { stepsUseCase } from '#platform/http/use-case.ts'
import type { AttentionSource } from './attention-source.ts'
import { attention } from './contract.ts'

/** Counts of an organization as of a ledger sequence and a day: the same as long as neither moves. */
interface Counted {
  readonly key: string
  readonly counts: readonly number[]
}

const organizationsKept = 200

/** What needs attention in the registers of the given modules. Each caller is told of what they may read. */
export function attentionModule(modules: readonly Pick<ServerModule, 'attention'>[]): ServerModule {
  const sources = modules.flatMap((one) => one.attention ?? [])
  const kept = new Map<OrgId, Counted>()
  const countAll = async (tx: Tx): Promise<readonly number[]> => {
    const today = dateAt(tx.now, tx.org.timeZone)
    const head = await tx.first<{ seq: number }>(
      statement('select seq from ledger_head where org_id = $1', [tx.org.id]),
    )
    const key = `${String(head?.seq ?? 0)} ${today}`
    const known = kept.get(tx.org.id)
    if (known?.key === key) return known.counts
    const counts = await count(tx, sources, today)
    kept.delete(tx.org.id)
    kept.set(tx.org.id, { key, counts })
    const oldest = kept.keys().next()
    if (kept.size > organizationsKept && oldest.done !== true) kept.delete(oldest.value)
    return counts
  }
  const running = new Map<OrgId, Promise<unknown>>()
  // Who comes while another counts waits for that, without a connection, and finds most of it known.
  const afterOthers = async <T>(org: OrgId, work: () => Promise<T>): Promise<T> => {
    await running.get(org)?.catch(() => undefined)
    const mine = work()
    if (running.has(org)) return mine
    running.set(org, mine)
    return mine.finally(() => running.delete(org))
  }
  const attentionUseCase = stepsUseCase(attention, async ({ actor, withTx }) => {
    const { counts, can } = await afterOthers(actor.org.id, () =>
      withTx('read', async ({ tx, can: may }) => ({ counts: await countAll(tx), can: may })),
    )
    const byPath = new Map<string, { reason: string; count: number }[]>()
    sources.forEach(({ path, reason, readAction }, index) => {
      const found = counts[index] ?? 0
      if (found === 0 || !can(readAction)) return
      byPath.set(path, [...(byPath.get(path) ?? []), { reason, count: found }])
    })
    return { items: [...byPath].map(([path, reasons]) => ({ path, reasons })) }
  })
  return { name: 'attention', records: [], useCases: [attentionUseCase] }
}

// One statement for all that SQL can count, beside what rules have to decide.
async function count(tx: Tx, sources: readonly AttentionSource[], today: string): Promise<number[]> {
  const plain = sources.filter((one): one is AttentionSource & { count: string } => typeof one.count === 'string')
  const columns = plain.map((one, index) => `(${one.count}) as c${String(index)}`)
  const counted =
    plain.length === 0
      ? Promise.resolve(undefined)
      : tx.first<Record<string, number>>(
          statement(`select $1::uuid as org, $2::date as day, ${columns.join(', ')}`, [tx.org.id, today]),
        )
  const [row, ...decided] = await Promise.all([
    counted,
    ...sources.map((one) => (typeof one.count === 'string' ? Promise.resolve(0) : one.count(tx))),
  ])
  return sources.map((one, index) =>
    typeof one.count === 'string'
      ? Number(row?.[`c${String(plain.indexOf(one as AttentionSource & { count: string }))}`] ?? 0)
      : (decided[index] ?? 0),
  )
}
