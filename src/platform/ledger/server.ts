import { fromWireId } from '#kernel/id.ts'
import type { ServerModule } from '#platform/http/server-module.ts'
import { type Can, useCase } from '#platform/http/use-case.ts'
import { RefusalError } from '#platform/refusal/refusal-error.ts'
import { auditTrail, history, ledgerVerification } from './contract.ts'
import { verifyLedger } from './verify.ts'
import { listHistory, listTrail, type Registered } from './views.ts'

/** History, audit trail and verification, over the record types of the given modules. */
export function ledgerModule(modules: readonly Pick<ServerModule, 'records' | 'findables'>[]): ServerModule {
  const records = modules.flatMap((one) => one.records)
  const findables = modules.flatMap((one) => one.findables ?? [])
  // What the caller may not read is neither shown nor named.
  const knownTo = (can: Can): Registered => ({
    records: records.filter((one) => readable(one, can)),
    findables: findables.filter((one) => readable(one.record, can)),
  })
  const historyUseCase = useCase(history, async ({ tx, query, can }) => {
    const known = knownTo(can)
    const record = known.records.find((one) => one.type === query.type)
    const id = record === undefined ? null : fromWireId<string>(record.prefix, query.id)
    if (!record || id === null) {
      throw new RefusalError({
        code: 'record.not_found',
        message: `There is no record ${query.id} of type ${query.type} whose history you may read.`,
        facts: {},
      })
    }
    return listHistory(tx, known, record, id, query)
  })
  const trailUseCase = useCase(auditTrail, async ({ tx, query, can }) => ({
    ...(await listTrail(tx, knownTo(can), query)),
    can: { verify: can('history.verify') },
  }))
  const verifyUseCase = useCase(ledgerVerification, async ({ tx, query }) => {
    const { seq, hash } = query
    const noted = seq !== undefined && hash !== undefined ? { seq, hash } : null
    const { entries, ok, head, faults } = await verifyLedger(tx, tx.org.id, noted)
    return { entries, ok, head, faults: [...faults] }
  })
  return { name: 'ledger', records: [], useCases: [historyUseCase, trailUseCase, verifyUseCase] }
}

const readable = (record: { readonly readAction?: string | undefined }, can: Can): boolean =>
  record.readAction === undefined || can(record.readAction)
