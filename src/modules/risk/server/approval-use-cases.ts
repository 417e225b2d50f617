import type { Id } from '#kernel/id.ts'
import type { Actor } from '#platform/access/policy.ts'
import { type Permission } from '#platform/access/policy.ts'
import type { Tx } from '#platform/db/transaction.ts'
import { useCase } from '#platform/http/use-case.ts'
import { orRefuse, RefusalError } from '#platform/refusal/refusal-error.ts'
import { risks } from '../contract.ts'
import { acceptResidual } from '../domain/accept-residual.ts'
import { approvePlan } from '../domain/approve-plan.ts'
import type { Dossier } from '../domain/dossier.ts'
import { revokeApproval, type SigningAt } from '../domain/sign-approval.ts'
import { signAuthority } from '../domain/sign-authority.ts'
import { signBatch } from '../domain/sign-batch.ts'
import { loadDossiers } from './load.ts'
import { materialHash, occasion } from './occasion.ts'
import { approvalRecord, riskRecord } from './records.ts'
import { dossierOf } from './risk-use-cases.ts'
import { showRisk, words } from './views.ts'

// 6.1.3 f: two separate acts of the risk owner. Each is bound to the state that was shown.
const sign = { plan: approvePlan, acceptance: acceptResidual } as const

function signing(
  tx: Tx,
  actor: Actor,
  given: { seen?: string | undefined; expiresOn?: SigningAt['expiresOn']; note?: string | undefined } = {},
): SigningAt {
  return { ...occasion(tx, actor), hash: materialHash, ...given }
}

export const approvePlanUseCase = useCase(risks.approvePlan, async ({ tx, permission, actor, params, body, can }) => {
  const { row, grant } = await tx.lock(permission, riskRecord, params.riskId)
  const { loaded } = await dossierOf(tx, row.id)
  return tx.commitAndRead(grant, orRefuse(approvePlan(loaded.dossier, signing(tx, actor, body))), () =>
    showRisk(tx, row.id, { actor, can }),
  )
})

export const acceptRiskUseCase = useCase(risks.accept, async ({ tx, permission, actor, params, body, can }) => {
  const { row, grant } = await tx.lock(permission, riskRecord, params.riskId)
  const { loaded } = await dossierOf(tx, row.id)
  return tx.commitAndRead(grant, orRefuse(acceptResidual(loaded.dossier, signing(tx, actor, body))), () =>
    showRisk(tx, row.id, { actor, can }),
  )
})

export const signAuthorityUseCase = useCase(risks.sign, async ({ tx, permission, actor, params, body, can }) => {
  const { row, grant } = await tx.lock(permission, riskRecord, params.riskId)
  const { loaded } = await dossierOf(tx, row.id)
  return tx.commitAndRead(grant, signAuthority(loaded.dossier, body.act, occasion(tx, actor)), () =>
    showRisk(tx, row.id, { actor, can }),
  )
})

export const revokeUseCase = useCase(risks.revoke, async ({ tx, permission, actor, params, body, can }) => {
  const { row, grant } = await tx.lock(permission, riskRecord, params.riskId)
  const { loaded } = await dossierOf(tx, row.id)
  const signed = body.act === 'plan' ? loaded.approvals.plan : loaded.approvals.acceptance
  if (!signed) {
    throw new RefusalError({
      code: 'risk.not_signed',
      message: `${row.ref} has no such approval that could be revoked.`,
      facts: {},
      field: 'act',
    })
  }
  const approval = await tx.lockWith(grant, approvalRecord, signed.id)
  return tx.commitAndRead(grant, revokeApproval(approval, body.reason, occasion(tx, actor)), () =>
    showRisk(tx, row.id, { actor, can }),
  )
})

export const signManyUseCase = useCase(risks.approveMany, async ({ tx, permission, actor, body }) => {
  const dossiers = await lockDossiers(tx, permission, body.riskIds)
  const at = signing(tx, actor)
  const outcome = signBatch(dossiers, (dossier) => sign[body.act](dossier, at))
  const [first] = dossiers
  if (first && outcome.changes.length > 0) {
    const { grant } = await tx.lock(permission, riskRecord, first.risk.id)
    await tx.commit(grant, outcome.changes)
  }
  return {
    signed: [...outcome.signed],
    refused: outcome.refused.map(({ riskId, ref, refusal }) => ({ riskId, ref, ...words(refusal) })),
  }
})

// Locked in order of id, so that two batches cannot wait for each other; somebody else's risks end the request.
async function lockDossiers(tx: Tx, permission: Permission, ids: readonly Id<'risk'>[]): Promise<Dossier[]> {
  const sorted = [...new Set(ids)].sort()
  for (const id of sorted) await tx.lock(permission, riskRecord, id)
  return loadDossiers(tx, sorted)
}
