import { type Change, changed, created, defined } from '#kernel/change.ts'
import type { Id } from '#kernel/id.ts'
import { attachArtefact, detachArtefact } from '#modules/evidence/domain/control-evidence.ts'
import { artefactRecord } from '#modules/evidence/server/records.ts'
import { requireHere } from '#modules/people/server/reader.ts'
import { grantForNew } from '#platform/access/policy.ts'
import { statement } from '#platform/db/database.ts'
import type { Tx } from '#platform/db/transaction.ts'
import { useCase } from '#platform/http/use-case.ts'
import { orRefuse, RefusalError } from '#platform/refusal/refusal-error.ts'
import { controls } from '../contract.ts'
import {
  addOwnControl,
  changeControl,
  decideApplicability,
  stateImplementation,
  withdrawControl,
} from '../domain/control.ts'
import { evidenceLinks } from './evidence-links.ts'
import { loadControls } from './load.ts'
import { type ControlObligation, controlRecord } from './records.ts'
import { todayOf } from './today.ts'
import { listControls, showControl } from './views.ts'

export const listControlsUseCase = useCase(controls.list, ({ tx, query, can }) => listControls(tx, query, can))

export const showControlUseCase = useCase(controls.show, ({ tx, params, can }) =>
  showControl(tx, params.controlId, can),
)

export const addOwnControlUseCase = useCase(controls.addOwn, async ({ tx, permission, body, can }) => {
  const grant = orRefuse(grantForNew(permission))
  const key = { id: tx.newId<'control'>(), orgId: tx.org.id, ref: await tx.nextRef(grant, 'C') }
  await tx.commit(grant, addOwnControl(key, body))
  return showControl(tx, key.id, can)
})

export const changeControlUseCase = useCase(controls.change, async ({ tx, permission, params, body, version, can }) => {
  const { row, grant } = await tx.lock(permission, controlRecord, params.controlId, version)
  await requireHere(tx, body.ownerId ?? null, 'ownerId')
  await tx.commit(grant, changeControl(row, defined(body)))
  return showControl(tx, row.id, can)
})

export const decideControlUseCase = useCase(controls.decide, async ({ tx, permission, params, body, can }) => {
  const { row, grant } = await tx.lock(permission, controlRecord, params.controlId)
  await tx.commit(grant, decideApplicability(row, body, await driversOf(tx, row.id)))
  return showControl(tx, row.id, can)
})

export const decideManyUseCase = useCase(controls.decideMany, async ({ tx, permission, body }) => {
  const ids = [...new Set(body.ids)].sort()
  const locked = []
  for (const id of ids) locked.push(await tx.lock(permission, controlRecord, id))
  const [first] = locked
  if (first) {
    await tx.commit(
      first.grant,
      locked.map(({ row }) =>
        // What was said for a control before is not overwritten by a blank.
        decideApplicability(
          row,
          { applicability: 'applicable', justification: body.justification || row.justification },
          [],
        ),
      ),
    )
  }
  return { changed: locked.length }
})

export const stateControlUseCase = useCase(controls.state, async ({ tx, permission, actor, params, body, can }) => {
  const { row, grant } = await tx.lock(permission, controlRecord, params.controlId)
  await tx.commit(grant, stateImplementation(row, body.stated, { personId: actor.personId, on: todayOf(tx) }))
  return showControl(tx, row.id, can)
})

export const withdrawControlUseCase = useCase(controls.withdraw, async ({ tx, permission, params, body, can }) => {
  const { row, grant } = await tx.lock(permission, controlRecord, params.controlId)
  await tx.commit(grant, withdrawControl(row, tx.now, body.reason))
  return showControl(tx, row.id, can)
})

export const attachEvidenceUseCase = useCase(controls.attach, async ({ tx, permission, params, body, can }) => {
  const { row, grant } = await tx.lock(permission, controlRecord, params.controlId)
  const [artefact, [link]] = await Promise.all([
    tx.get(artefactRecord, body.artefactId),
    evidenceLinks(tx, [row.id], body.artefactId),
  ])
  const key = { id: tx.newId<'control_evidence'>(), orgId: tx.org.id, controlId: row.id }
  const change = orRefuse(attachArtefact(key, artefact, link, body.assurance))
  if (change) await tx.commit(grant, change)
  return showControl(tx, row.id, can)
})

export const detachEvidenceUseCase = useCase(controls.detach, async ({ tx, permission, params, can }) => {
  const { row, grant } = await tx.lock(permission, controlRecord, params.controlId)
  const [link] = await evidenceLinks(tx, [row.id], params.artefactId)
  const change = link ? orRefuse(detachArtefact(link)) : null
  if (!change) throw notLinked('artefact.not_found', `That evidence is not attached to ${row.ref}.`)
  await tx.commit(grant, change)
  return showControl(tx, row.id, can)
})

export const obligeUseCase = useCase(controls.oblige, async ({ tx, permission, params, body, can }) => {
  const { row, grant } = await tx.lock(permission, controlRecord, params.controlId)
  const link = await obligationLink(tx, row.id, body.obligationId)
  if (!link?.live) {
    const type = 'control_obligation'
    const change: Change = link
      ? changed(type, link, { live: true }, 'control.obliged')
      : created(
          type,
          { id: tx.newId(), orgId: tx.org.id, version: 1, controlId: row.id, ...body, live: true },
          'control.obliged',
        )
    await tx.commit(grant, change)
  }
  return showControl(tx, row.id, can)
})

export const obligeNoMoreUseCase = useCase(controls.obligeNoMore, async ({ tx, permission, params, can }) => {
  const { row, grant } = await tx.lock(permission, controlRecord, params.controlId)
  const link = await obligationLink(tx, row.id, params.obligationId)
  if (!link?.live) throw notLinked('obligation.not_found', `That obligation is no driver of ${row.ref}.`)
  await tx.commit(grant, changed('control_obligation', link, { live: false }, 'control.obliged_no_more'))
  return showControl(tx, row.id, can)
})

function obligationLink(
  tx: Tx,
  control: Id<'control'>,
  obligation: Id<'obligation'>,
): Promise<ControlObligation | undefined> {
  return tx.first<ControlObligation>(
    statement('select * from control_obligation where org_id = $1 and control_id = $2 and obligation_id = $3', [
      tx.org.id,
      control,
      obligation,
    ]),
  )
}

const notLinked = (code: string, message: string): RefusalError => new RefusalError({ code, message, facts: {} })

/** References of the records that ask for a control; a business decision is not one of them. */
async function driversOf(tx: Tx, id: Id<'control'>): Promise<string[]> {
  const [loaded] = await loadControls(tx, [id])
  return (loaded?.drivers ?? []).filter((driver) => driver.kind !== 'business').map((driver) => driver.ref)
}
