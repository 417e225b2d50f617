import { defined } from '#kernel/change.ts'
import { type Grant, grantForNew } from '#platform/access/policy.ts'
import { statement } from '#platform/db/database.ts'
import type { Tx } from '#platform/db/transaction.ts'
import { useCase } from '#platform/http/use-case.ts'
import { orRefuse, RefusalError } from '#platform/refusal/refusal-error.ts'
import { risks } from '../contract.ts'
import { approveMethod } from '../domain/approve-method.ts'
import { defaultMethod } from '../domain/default-method.ts'
import { discardMethod, draftMethod, editMethod, reviseMethod } from '../domain/draft-method.ts'
import type { MethodContent, RiskMethod } from '../domain/method.ts'
import { todayOf } from './load.ts'
import { listMethods, showMatrix, showMethod } from './method-views.ts'
import { occasion } from './occasion.ts'
import { methodRecord } from './records.ts'

export const listMethodsUseCase = useCase(risks.methods, async ({ tx, actor, can }) => ({
  items: await listMethods(tx, { can, actor }),
  can: { create: can('method.edit') },
}))

export const showMatrixUseCase = useCase(risks.matrix, ({ tx, actor, can }) => showMatrix(tx, { can, actor }))

export const draftMethodUseCase = useCase(risks.draftMethod, async ({ tx, permission, actor, body, can }) => {
  const grant = orRefuse(grantForNew(permission))
  const at = occasion(tx, actor)
  const versions = await lockVersions(tx, grant)
  const edition = versions.reduce((last, { edition }) => Math.max(last, edition), 0) + 1
  const year = todayOf(tx).slice(0, 4)
  if (body.from === 'template') {
    const language = body.language ?? (tx.org.language === 'de' ? 'de' : 'en')
    const content = defaultMethod(language, year)
    const change = draftMethod({ ...content, name: freeName(body.name ?? content.name, versions) }, edition, at)
    await tx.commit(grant, change)
    return showMethod(tx, change.after.id, { can, actor })
  }
  const inForce = versions.find((version) => version.status === 'approved')
  if (!inForce) {
    throw new RefusalError({
      code: 'risk.no_method',
      message: 'No risk method is approved yet: draft one from the template.',
      facts: {},
      field: 'from',
    })
  }
  const change = orRefuse(reviseMethod(inForce, freeName(body.name ?? inForce.name, versions), edition, at))
  await tx.commit(grant, change)
  return showMethod(tx, change.after.id, { can, actor })
})

export const changeMethodUseCase = useCase(
  risks.changeMethod,
  async ({ tx, permission, actor, params, body, version, can }) => {
    const { row, grant } = await tx.lock(permission, methodRecord, params.methodId, version)
    await tx.commit(grant, editMethod(row, defined(body) as Partial<MethodContent>))
    return showMethod(tx, row.id, { can, actor })
  },
)

export const approveMethodUseCase = useCase(risks.approveMethod, async ({ tx, permission, actor, params, can }) => {
  const { row, grant } = await tx.lock(permission, methodRecord, params.methodId)
  const versions = await lockVersions(tx, grant)
  const others = versions.filter((version) => version.id !== row.id && version.status !== 'draft')
  const at = {
    ...occasion(tx, actor),
    inForce: versions.find((version) => version.status === 'approved') ?? null,
    otherNames: others.map((version) => version.name),
  }
  await tx.commit(grant, orRefuse(approveMethod(row, at)))
  return showMethod(tx, row.id, { can, actor })
})

export const discardMethodUseCase = useCase(risks.discardMethod, async ({ tx, permission, actor, params, can }) => {
  const { row, grant } = await tx.lock(permission, methodRecord, params.methodId)
  const view = await showMethod(tx, row.id, { can, actor })
  await tx.commit(grant, discardMethod(row, occasion(tx, actor)))
  return { ...view, version: view.version + 1, can: { edit: false, approve: false, revise: false } }
})

// All versions, locked: editions and the version in force change one request at a time.
function lockVersions(tx: Tx, grant: Grant): Promise<RiskMethod[]> {
  if (grant.actor.org.id !== tx.org.id) throw new Error('A grant of one organization was used in another.')
  return tx.rows<RiskMethod>(
    statement('select * from risk_method where org_id = $1 order by edition for update', [tx.org.id]),
  )
}

function freeName(wanted: string, versions: readonly RiskMethod[]): string {
  const taken = new Set(
    versions.filter((version) => version.withdrawnAt === null).map((version) => version.name.trim()),
  )
  for (let n = 1; ; n++) {
    const name = n === 1 ? wanted.trim() : `${wanted.trim()} (${n})`
    if (!taken.has(name)) return name
  }
}
