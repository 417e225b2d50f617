import type { z } from 'zod'
import { type Id, toWireId } from '#kernel/id.ts'
import { statement } from '#platform/db/database.ts'
import { like } from '#platform/db/page.ts'
import type { Tx } from '#platform/db/transaction.ts'
import type { ServerModule } from '#platform/http/server-module.ts'
import { useCase } from '#platform/http/use-case.ts'
import { search, type searchHit } from './contract.ts'
import { type Findable, unionOf } from './findable.ts'

const wordsUsed = 8

/** The search over everything the given modules declare findable. Each caller finds only what they may read. */
export function searchModule(modules: readonly Pick<ServerModule, 'findables'>[]): ServerModule {
  const findables = modules.flatMap((one) => one.findables ?? [])
  const searchUseCase = useCase(search, async ({ tx, query, can }) => {
    const readable = findables.filter(({ record }) => record.readAction === undefined || can(record.readAction))
    return { items: await findRecords(tx, readable, query.q, query.limit) }
  })
  return { name: 'search', records: [], useCases: [searchUseCase] }
}

/**
 * Records whose reference, title or further text holds every word typed, best first: the reference itself (`r12` is
 * R-12), then titles that begin so, then titles that hold it, then the rest. One statement.
 */
async function findRecords(
  tx: Tx,
  findables: readonly Findable[],
  typed: string,
  limit: number,
): Promise<z.output<typeof searchHit>[]> {
  const union = unionOf(findables)
  const words = typed.trim().split(/\s+/).filter(Boolean).slice(0, wordsUsed)
  if (union === null || words.length === 0) return []
  const ref = typed.replaceAll(/[^\p{L}\p{N}]/gu, '').toLowerCase()
  const start = like(typed.trim()).slice(1)
  const found = await tx.rows<{ type: string; id: Id; ref: string | null; title: string }>(
    statement(
      `select type, id, ref, title from (${union}) n
       where live and (lower(replace(ref, '-', '')) = $2 or concat_ws(' ', ref, title, more) ilike all($3))
       order by case when lower(replace(ref, '-', '')) = $2 then 0 when title ilike $4 then 1
         when title ilike all($3) then 2 else 3 end, title collate people, id
       limit $5`,
      [tx.org.id, ref, words.map(like), start, limit],
    ),
  )
  const byType = new Map(findables.map((one) => [one.record.type, one]))
  return found.flatMap(({ type, id, ref, title }) => {
    const findable = byType.get(type)
    if (!findable) return []
    const wire = toWireId(findable.record.prefix, id)
    return [{ type, id: wire, ref: ref ?? '', title, path: `${findable.path}/${ref ?? wire}` }]
  })
}
