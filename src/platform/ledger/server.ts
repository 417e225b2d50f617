import { fromWireId } from '#kernel/id.ts'
import type { ServerModule } from '#platform/http/server-module.ts'
import { type Can, useCase } from '#platform/http/use-case.ts'
import { RefusalError } from '#platform/refusal/refusal-error.ts'
import { auditTrail, history, ledgerEvent, ledgerVerification } from './contract.ts'
import type { Known } from './tell.ts'
import { verifyLedger } from './verify.ts'
import { listEvent, listHistory, listTrail } from './views.ts'

/** History, audit trail and verification, over the record types of the given modules. */
export function ledgerModule(modules: readonly Pick<ServerModule, 'records'>[]): ServerModule {
  const records = modules.flatMap((one) => one.records)
  // What the caller may not read is neither shown nor named.
  const knownTo = (can: Can): Known =>
    new Map(records.filter((one) => readable(one, can)).map((one) => [one.type, one]))
  const historyUseCase = useCase(history, async ({ tx, query, can }) => {
    const known = knownTo(can)
    const record = known.get(query.type)
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
  const eventUseCase = useCase(ledgerEvent, ({ tx, params, query, can }) =>
    listEvent(tx, knownTo(can), params.seq, query),
  )
  const verifyUseCase = useCase(ledgerVerification, async ({ tx, query }) => {
    const { seq, hash } = query
    const noted = seq !== undefined && hash !== undefined ? { seq, hash } : null
    const { entries, ok, head, faults } = await verifyLedger(tx, tx.org.id, noted)
    return { entries, ok, head, faults: [...faults] }
  })
  return { name: 'ledger', records: [], useCases: [historyUseCase, trailUseCase, eventUseCase, verifyUseCase] }
}

const readable = (record: { readonly readAction?: string | undefined }, can: Can): boolean =>
  record.readAction === undefined || can(record.readAction)
