import { defined } from '#kernel/change.ts'
import type { Id } from '#kernel/id.ts'
import { grantForNew } from '#platform/access/policy.ts'
import type { Tx } from '#platform/db/transaction.ts'
import { useCase } from '#platform/http/use-case.ts'
import { orRefuse, RefusalError } from '#platform/refusal/refusal-error.ts'
import { assets } from '../contract.ts'
import { addLevel, changeLevel, suggestedScheme, withdrawLevel } from '../domain/classification.ts'
import { classificationRecord } from './records.ts'
import { listLevels } from './views.ts'

export const schemeUseCase = useCase(assets.scheme, async ({ tx, can }) => ({
  items: await listLevels(tx),
  can: { edit: can('classification.edit') },
}))

export const adoptSchemeUseCase = useCase(assets.adoptScheme, async ({ tx, permission, body }) => {
  const grant = orRefuse(grantForNew(permission))
  if ((await listLevels(tx)).length > 0) {
    throw new RefusalError({
      code: 'classification.exists',
      message: 'There is a classification scheme already: change its levels instead.',
      facts: {},
    })
  }
  const levels = suggestedScheme[body.language]
  await tx.commit(
    grant,
    levels.map((level) => addLevel({ id: tx.newId<'classification'>(), orgId: tx.org.id }, level)),
  )
  return { items: await listLevels(tx) }
})

export const addLevelUseCase = useCase(assets.addLevel, async ({ tx, permission, body }) => {
  const grant = orRefuse(grantForNew(permission))
  const key = { id: tx.newId<'classification'>(), orgId: tx.org.id }
  await tx.commit(grant, addLevel(key, body))
  return showLevel(tx, key.id)
})

export const changeLevelUseCase = useCase(assets.changeLevel, async ({ tx, permission, params, body, version }) => {
  const { row, grant } = await tx.lock(permission, classificationRecord, params.levelId, version)
  await tx.commit(grant, changeLevel(row, defined(body)))
  return showLevel(tx, row.id)
})

export const withdrawLevelUseCase = useCase(assets.withdrawLevel, async ({ tx, permission, params, body }) => {
  const { row, grant } = await tx.lock(permission, classificationRecord, params.levelId)
  const level = await showLevel(tx, row.id)
  await tx.commit(grant, withdrawLevel(row, level.assets, tx.now, body.reason))
  return undefined
})

async function showLevel(tx: Tx, id: Id<'classification'>): Promise<Awaited<ReturnType<typeof listLevels>>[number]> {
  const level = (await listLevels(tx)).find((one) => one.id === id)
  if (level) return level
  throw new RefusalError({
    code: 'classification_level.not_found',
    message: `There is no such classification level in ${tx.org.name}.`,
    facts: {},
  })
}
