import { evidence } from '#modules/evidence/contract.ts'
import { attachArtefact, detachArtefact } from '#modules/evidence/domain/control-evidence.ts'
import { artefactRecord } from '#modules/evidence/server/records.ts'
import { showArtefact } from '#modules/evidence/server/views.ts'
import { statement } from '#platform/db/database.ts'
import { useCase } from '#platform/http/use-case.ts'
import { orRefuse, RefusalError } from '#platform/refusal/refusal-error.ts'
import type { Control } from '../domain/control.ts'
import { evidenceLinks } from './evidence-links.ts'
import { compareRefs } from './load.ts'
import { controlRecord } from './records.ts'
import { languageOf, nameOf } from './views.ts'

type Candidate = Pick<Control, 'id' | 'ref' | 'title' | 'release' | 'ownerId'>

export const usableControlsUseCase = useCase(evidence.usable, async ({ tx, params, can }) => {
  const [, rows] = await Promise.all([
    tx.get(artefactRecord, params.artefactId),
    tx.rows<Candidate>(
      statement(
        `select c.id, c.ref, c.title, c.release, c.owner_id from control c
         where c.org_id = $1 and c.withdrawn_at is null and not exists (
           select from control_evidence l
           where l.org_id = c.org_id and l.control_id = c.id and l.artefact_id = $2 and l.live)`,
        [tx.org.id, params.artefactId],
      ),
    ),
  ])
  const language = languageOf(tx.org.language)
  const items = rows.map((row) => ({
    id: row.id,
    ref: row.ref,
    title: nameOf(row, language),
    can: { attach: can('control.edit', [row.ownerId]) },
  }))
  return { items: items.toSorted((a, b) => compareRefs(a.ref, b.ref)) }
})

export const attachToControlsUseCase = useCase(
  evidence.attach,
  async ({ tx, permission, params, body, can, actor }) => {
    // Locked in order of id, so that two such requests cannot wait for each other.
    const ids = [...new Set(body.controlIds)].sort()
    const [artefact, links, ...locked] = await Promise.all([
      tx.get(artefactRecord, params.artefactId),
      evidenceLinks(tx, ids, params.artefactId),
      ...ids.map((id) => tx.lock(permission, controlRecord, id)),
    ])
    const changes = locked.flatMap(({ row }) => {
      const key = { id: tx.newId<'control_evidence'>(), orgId: tx.org.id, controlId: row.id }
      const link = links.find((one) => one.controlId === row.id)
      return orRefuse(attachArtefact(key, artefact, link, body.assurance)) ?? []
    })
    const [first] = locked
    if (first) await tx.commit(first.grant, changes)
    return showArtefact(tx, artefact.id, { can, me: actor.personId })
  },
)

export const detachFromControlUseCase = useCase(
  evidence.detach,
  async ({ tx, permission, params, body, can, actor }) => {
    const artefact = await tx.get(artefactRecord, params.artefactId)
    const { row, grant } = await tx.lock(permission, controlRecord, body.controlId)
    const [link] = await evidenceLinks(tx, [row.id], artefact.id)
    const change = link ? orRefuse(detachArtefact(link, body.reason)) : null
    if (!change) {
      throw new RefusalError({
        code: 'evidence.not_attached',
        message: `${artefact.ref} is not attached to ${row.ref}.`,
        facts: { ref: artefact.ref, control: row.ref },
      })
    }
    await tx.commit(grant, change)
    return showArtefact(tx, artefact.id, { can, me: actor.personId })
  },
)
