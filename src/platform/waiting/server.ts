import { dateAt } from '#kernel/time.ts'
import type { ServerModule } from '#platform/http/server-module.ts'
import { useCase } from '#platform/http/use-case.ts'
import { waiting } from './contract.ts'
import { type Waiting, waitingRanks } from './waiting-source.ts'

const told = 50

/** What waits for a person in the registers of the given modules. */
export function waitingModule(modules: readonly Pick<ServerModule, 'waiting'>[]): ServerModule {
  const sources = modules.flatMap((one) => one.waiting ?? [])
  const waitingUseCase = useCase(waiting, async ({ tx, actor, can }) => {
    const today = dateAt(tx.now, tx.org.timeZone)
    const found = await Promise.all(sources.map((source) => source.list({ tx, actor, can, today })))
    const all = found.flat().sort(byUrgency)
    return {
      items: all.slice(0, told).map(({ rank: _rank, ...one }) => ({
        ...one,
        overdue: one.on !== null && one.on < today,
      })),
      total: all.length,
    }
  })
  return { name: 'waiting', records: [], useCases: [waitingUseCase] }
}

// Within a rank by date, then in the order the modules gave.
const noDay = '9999-12-31'
const byUrgency = (a: Waiting, b: Waiting): number =>
  waitingRanks.indexOf(a.rank) - waitingRanks.indexOf(b.rank) ||
  ((a.on ?? noDay) < (b.on ?? noDay) ? -1 : Number(a.on !== b.on))
