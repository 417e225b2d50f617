import { type Change, defined } from '#kernel/change.ts'
import type { Id } from '#kernel/id.ts'
import { grantForNew } from '#platform/access/policy.ts'
import { statement } from '#platform/db/database.ts'
import type { Tx } from '#platform/db/transaction.ts'
import { useCase } from '#platform/http/use-case.ts'
import { orRefuse, RefusalError } from '#platform/refusal/refusal-error.ts'
import { risks } from '../contract.ts'
import type { At } from '../domain/acting.ts'
import { assessRisk } from '../domain/assess-risk.ts'
import { endActivity } from '../domain/end-activity.ts'
import { failingLinks } from '../domain/failing-controls.ts'
import { assetLinks, obligationLinks, type RiskAsset, type RiskObligation, setLinks } from '../domain/links.ts'
import { planTreatment } from '../domain/plan-treatment.ts'
import { assignOwner, editRisk, recordRisk, reopenRisk, withdrawRisk } from '../domain/record-risk.ts'
import { rescoreRisk } from '../domain/rescore-risk.ts'
import type { Risk } from '../domain/risk.ts'
import type { RunMember, RunResult } from '../domain/run.ts'
import { type LoadedRisk, loadRisk } from './load.ts'
import { occasion, personFacts } from './occasion.ts'
import { riskRecord, runRecord } from './records.ts'
import { listRisks, showRisk } from './views.ts'

export const listRisksUseCase = useCase(risks.list, async ({ tx, query, actor, can }) => ({
  ...(await listRisks(tx, query, { actor, can })),
  can: { create: can('risk.create'), import: can('risk.import') },
}))

export const showRiskUseCase = useCase(risks.show, ({ tx, params, actor, can }) =>
  showRisk(tx, params.riskId, { actor, can }),
)

export const recordRiskUseCase = useCase(risks.record, async ({ tx, permission, actor, body, can }) => {
  const grant = orRefuse(grantForNew(permission))
  const { ownerId, assetIds, obligationIds, ...draft } = body
  if (ownerId !== null && ownerId === actor.personId && !can('risk.claim')) throw ownerIsYourself()
  const at = occasion(tx, actor)
  const [owner, ref] = await Promise.all([personFacts(tx, ownerId, 'ownerId'), tx.nextRef(grant, 'R')])
  const recorded = orRefuse(recordRisk(draft, { ...at, owner, ref }))
  const risk = recorded.after
  const links = [
    ...orRefuse(setLinks(assetLinks, risk, [], assetIds, at)),
    ...orRefuse(setLinks(obligationLinks, risk, [], obligationIds, at)),
  ]
  return tx.commitAndRead(grant, [recorded, ...links], () => showRisk(tx, risk.id, { actor, can }, 'new'))
})

export const changeRiskUseCase = useCase(
  risks.change,
  async ({ tx, permission, actor, params, body, version, can }) => {
    const { row, grant } = await tx.lock(permission, riskRecord, params.riskId, version)
    const { ownerId, assetIds, obligationIds, ...wording } = body
    const at = occasion(tx, actor)
    const changes: Change[] = []
    let risk = row
    const keep = (change: Change<Risk>): void => {
      risk = change.after
      changes.push(change)
    }
    if (Object.values(wording).some((value) => value !== undefined)) keep(orRefuse(editRisk(risk, defined(wording))))
    if (ownerId !== undefined && ownerId !== row.ownerId) {
      if (!can('risk.assign', riskRecord.owners(row))) throw ownerNotYours(row)
      keep(orRefuse(assignOwner(risk, await personFacts(tx, ownerId, 'ownerId'))))
    }
    changes.push(...(await linkChanges(tx, risk, { assetIds, obligationIds }, at)))
    return tx.commitAndRead(grant, changes, () => showRisk(tx, row.id, { actor, can }))
  },
)

const ownerIsYourself = (): RefusalError =>
  new RefusalError({
    code: 'risk.owner_self',
    message: 'You may record risks, but not as their owner: leave the owner open, or name who answers for it.',
    facts: {},
    field: 'ownerId',
  })

// The owner signs for the risk (6.1.3 f): nobody makes themselves its owner by writing into the register.
const ownerNotYours = ({ ref }: Risk): RefusalError =>
  new RefusalError({
    code: 'risk.owner_not_yours',
    message: `Who owns ${ref} is decided by its owner and by those who manage the register; ask one of them.`,
    facts: { ref },
    field: 'ownerId',
  })

export const assessRiskUseCase = useCase(
  risks.assess,
  async ({ tx, permission, actor, params, body, version, can }) => {
    const { row, grant } = await tx.lock(permission, riskRecord, params.riskId, version)
    const { loaded, inForce } = await dossierOf(tx, row.id)
    const { runId, ...input } = body
    const run = runId === null ? null : await inRun(tx, runId, row.id)
    const method = run ? await methodOf(tx, run.run.methodId) : inForce
    const { options, rises, dossier, links } = loaded
    const failing = failingLinks(dossier, links)
    const at = { ...occasion(tx, actor), method: orMethod(method), options, rises, run, failing }
    return tx.commitAndRead(grant, orRefuse(assessRisk(row, input, at)), () => showRisk(tx, row.id, { actor, can }))
  },
)

export const planTreatmentUseCase = useCase(
  risks.plan,
  async ({ tx, permission, actor, params, body, version, can }) => {
    const { row, grant } = await tx.lock(permission, riskRecord, params.riskId, version)
    const { loaded } = await dossierOf(tx, row.id)
    const at = {
      ...occasion(tx, actor),
      method: loaded.dossier.method,
      options: loaded.options,
      controls: loaded.links,
      rises: loaded.rises,
    }
    return tx.commitAndRead(grant, orRefuse(planTreatment(row, body, at)), () => showRisk(tx, row.id, { actor, can }))
  },
)

export const rescoreRiskUseCase = useCase(
  risks.rescore,
  async ({ tx, permission, actor, params, body, version, can }) => {
    const { row, grant } = await tx.lock(permission, riskRecord, params.riskId, version)
    const { loaded } = await dossierOf(tx, row.id)
    const dossier = { ...loaded.dossier, risk: row }
    const at = { ...occasion(tx, actor), failing: failingLinks(dossier, loaded.links) }
    return tx.commitAndRead(grant, orRefuse(rescoreRisk(dossier, body, at)), () => showRisk(tx, row.id, { actor, can }))
  },
)

export const endActivityUseCase = useCase(risks.endActivity, async ({ tx, permission, actor, params, body, can }) => {
  const { row, grant } = await tx.lock(permission, riskRecord, params.riskId)
  const { loaded } = await dossierOf(tx, row.id)
  return tx.commitAndRead(grant, orRefuse(endActivity(row, loaded.options, body.endedOn, occasion(tx, actor))), () =>
    showRisk(tx, row.id, { actor, can }),
  )
})

export const withdrawRiskUseCase = useCase(risks.withdraw, async ({ tx, permission, actor, params, body, can }) => {
  const { row, grant } = await tx.lock(permission, riskRecord, params.riskId)
  return tx.commitAndRead(grant, withdrawRisk(row, body.reason, occasion(tx, actor)), () =>
    showRisk(tx, row.id, { actor, can }),
  )
})

export const reopenRiskUseCase = useCase(risks.reopen, async ({ tx, permission, actor, params, body, can }) => {
  const { row, grant } = await tx.lock(permission, riskRecord, params.riskId)
  return tx.commitAndRead(grant, reopenRisk(row, body.reason), () => showRisk(tx, row.id, { actor, can }))
})

/** A locked risk's dossier. The rows beside it are read under the lock of the risk, which every writer takes first. */
export async function dossierOf(
  tx: Tx,
  id: Id<'risk'>,
): Promise<{ loaded: LoadedRisk; inForce: LoadedRisk['dossier']['inForce'] }> {
  const found = await loadRisk(tx, id, 'list')
  if (!found) throw new Error('The locked risk was not loaded.')
  return { loaded: found.loaded, inForce: found.register.inForce }
}

async function methodOf(tx: Tx, id: Id): Promise<LoadedRisk['dossier']['inForce']> {
  const found = await tx.first<NonNullable<LoadedRisk['dossier']['inForce']>>(
    statement('select * from risk_method where org_id = $1 and id = $2', [tx.org.id, id]),
  )
  return found ?? null
}

function orMethod(method: LoadedRisk['dossier']['inForce']) {
  return orRefuse(
    method
      ? { ok: true, value: method }
      : {
          ok: false,
          refusal: {
            code: 'risk.no_method',
            message: 'No risk method is approved: approve one before scoring risks.',
            facts: {},
          },
        },
  )
}

async function inRun(tx: Tx, runId: Id, riskId: Id<'risk'>) {
  const run = await tx.get(runRecord, runId)
  const [members, result] = await Promise.all([
    tx.rows<RunMember>(
      statement('select * from risk_run_member where org_id = $1 and run_id = $2 and risk_id = $3', [
        tx.org.id,
        runId,
        riskId,
      ]),
    ),
    tx.first<RunResult>(
      statement('select * from risk_run_result where org_id = $1 and run_id = $2 and risk_id = $3 for update', [
        tx.org.id,
        runId,
        riskId,
      ]),
    ),
  ])
  return { run, members, result: result ?? null }
}

// What a risk touches becomes exactly what the request names; parts the request leaves out stay as they are.
async function linkChanges(
  tx: Tx,
  risk: Risk,
  wanted: { assetIds?: readonly Id<'asset'>[] | undefined; obligationIds?: readonly Id<'obligation'>[] | undefined },
  at: At,
): Promise<Change[]> {
  const rows = <Row>(table: string): Promise<Row[]> =>
    tx.rows<Row>(statement(`select * from ${table} where org_id = $1 and risk_id = $2`, [tx.org.id, risk.id]))
  const changes: Change[] = []
  if (wanted.assetIds !== undefined) {
    changes.push(...orRefuse(setLinks(assetLinks, risk, await rows<RiskAsset>('risk_asset'), wanted.assetIds, at)))
  }
  if (wanted.obligationIds !== undefined) {
    const existing = await rows<RiskObligation>('risk_obligation')
    changes.push(...orRefuse(setLinks(obligationLinks, risk, existing, wanted.obligationIds, at)))
  }
  return changes
}
