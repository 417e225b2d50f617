import { defined } from '#kernel/change.ts'
import type { Id } from '#kernel/id.ts'
import { ok, type Result, refuse } from '#kernel/result.ts'
import { requireHere } from '#modules/people/server/reader.ts'
import { type Actor, grantForNew } from '#platform/access/policy.ts'
import type { BodyOf } from '#platform/contract/route.ts'
import type { Tx } from '#platform/db/transaction.ts'
import { type Can, useCase } from '#platform/http/use-case.ts'
import { orRefuse } from '#platform/refusal/refusal-error.ts'
import { evidence } from '../contract.ts'
import { type ArtefactFields, blankArtefact, type Moment } from '../domain/artefact.ts'
import { addArtefact, changeArtefact, concludeArtefact, withdrawArtefact } from '../domain/artefact-steps.ts'
import { recordHere } from './record-directory.ts'
import { artefactRecord } from './records.ts'
import { listArtefacts, showArtefact } from './views.ts'

export const listEvidenceUseCase = useCase(evidence.list, async ({ tx, query, can, actor }) => ({
  ...(await listArtefacts(tx, query, { can, me: actor.personId })),
  can: { create: can('evidence.create') },
}))

export const showEvidenceUseCase = useCase(evidence.show, ({ tx, params, can, actor }) =>
  showArtefact(tx, params.artefactId, { can, me: actor.personId }),
)

export const addEvidenceUseCase = useCase(evidence.add, async ({ tx, permission, actor, body, can }) => {
  const grant = orRefuse(grantForNew(permission))
  const { kind, title, ...stated } = body
  const fields = { ...fieldsBy(actor, tx), ...(await resolve(tx, stated, can)), kind, title }
  const key = { id: tx.newId<'artefact'>(), orgId: tx.org.id, ref: await tx.nextRef(grant, 'E') }
  await tx.commit(grant, addArtefact(key, fields, null, momentOf(tx)))
  return showArtefact(tx, key.id, { can, me: actor.personId })
})

export const changeEvidenceUseCase = useCase(
  evidence.change,
  async ({ tx, permission, params, body, version, can, actor }) => {
    const { row, grant } = await tx.lock(permission, artefactRecord, params.artefactId, version)
    await tx.commit(grant, changeArtefact(row, await resolve(tx, body, can), momentOf(tx)))
    return showArtefact(tx, row.id, { can, me: actor.personId })
  },
)

export const concludeEvidenceUseCase = useCase(
  evidence.conclude,
  async ({ tx, permission, params, body, can, actor }) => {
    const { row, grant } = await tx.lock(permission, artefactRecord, params.artefactId)
    await tx.commit(grant, concludeArtefact(row, orRefuse(personOf(actor)), body, momentOf(tx)))
    return showArtefact(tx, row.id, { can, me: actor.personId })
  },
)

export const withdrawEvidenceUseCase = useCase(
  evidence.withdraw,
  async ({ tx, permission, params, body, can, actor }) => {
    const { row, grant } = await tx.lock(permission, artefactRecord, params.artefactId)
    await tx.commit(grant, withdrawArtefact(row, tx.now, body.reason))
    return showArtefact(tx, row.id, { can, me: actor.personId })
  },
)

/** When it is, and in which zone the organization counts days. */
export const momentOf = (tx: Pick<Tx, 'now' | 'org'>): Moment => ({ now: tx.now, zone: tx.org.timeZone })

/** What is known of an artefact because of who records it, and when. */
export function fieldsBy(actor: Actor, tx: Pick<Tx, 'now'>): Omit<ArtefactFields, 'kind' | 'title'> {
  return {
    ...blankArtefact,
    collectedBy: actor.kind === 'token' ? 'connector' : 'person',
    collectorId: actor.personId,
    collectedAt: tx.now,
  }
}

type Stated = Omit<Partial<BodyOf<typeof evidence.change>>, 'title'>

/** Checks who and what is named in a request, and leaves out what was not given. */
export async function resolve<S extends Stated>(
  tx: Tx,
  stated: S,
  can: Can,
): Promise<ReturnType<typeof defined<Omit<S, 'recordId'>>> & Partial<Pick<ArtefactFields, 'recordType' | 'recordId'>>> {
  const { recordId, ...rest } = stated
  await requireHere(tx, stated.ownerId ?? null, 'ownerId')
  if (recordId === undefined) return defined(rest)
  const record = recordId === null ? { recordType: null, recordId: null } : await recordHere(tx, recordId, can)
  return { ...defined(rest), ...record }
}

// The product never writes a conclusion, and neither does a script.
function personOf(actor: Actor): Result<Id<'person'>> {
  return actor.personId === null
    ? refuse(
        'evidence.conclusion_by_nobody',
        'Only a person of the directory can conclude what an artefact shows: sign in as one.',
      )
    : ok(actor.personId)
}
