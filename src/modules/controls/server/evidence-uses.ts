import { type Id, toWireId } from '#kernel/id.ts'
import type { EvidenceUses } from '#modules/evidence/server/uses.ts'
import { statement } from '#platform/db/database.ts'
import type { Control } from '../domain/control.ts'
import { type AttachedArtefact, attachedColumns, judgeAttached } from './evidence-line.ts'
import { compareRefs } from './load.ts'
import { languageOf, nameOf } from './views.ts'

interface Row extends AttachedArtefact {
  readonly controlRef: string
  readonly controlTitle: string
  readonly release: string | null
  readonly controlOwnerId: Id<'person'> | null
}

type Facts = Pick<Control, 'ref' | 'ownerId'>

/**
 * The controls an artefact stands for and what it is worth to each. Interviews are judged together, so the other
 * artefacts of those controls are read with it.
 */
export const evidenceUsesOfControls: EvidenceUses = async (tx, artefact, can) => {
  const rows = await tx.rows<Row>(
    statement(
      `select ${attachedColumns}, c.ref as control_ref, c.title as control_title, c.release,
         c.owner_id as control_owner_id
       from control_evidence mine
       join control c on c.org_id = mine.org_id and c.id = mine.control_id and c.withdrawn_at is null
       join control_evidence l on l.org_id = c.org_id and l.control_id = c.id and l.live
       join artefact a on a.org_id = l.org_id and a.id = l.artefact_id
       where mine.org_id = $1 and mine.artefact_id = $2 and mine.live`,
      [tx.org.id, artefact],
    ),
  )
  const language = languageOf(tx.org.language)
  return [...Map.groupBy(rows, (row) => row.controlId)]
    .flatMap(([controlId, attached]) => {
      const own = attached.find((row) => row.id === artefact)
      if (!own) return []
      const control: Facts = { ref: own.controlRef, ownerId: own.controlOwnerId }
      const line = judgeAttached(control, attached, tx).find((one) => one.id === artefact)
      const stale = line?.freshness === 'stale'
      return {
        type: 'control' as const,
        id: toWireId('control', controlId),
        ref: own.controlRef,
        title: nameOf({ ref: own.controlRef, title: own.controlTitle, release: own.release }, language),
        assurance: line?.assurance ?? false,
        counts: line !== undefined && line.acceptable && !stale,
        why: line ? (line.why ?? (stale ? ('stale' as const) : null)) : ('withdrawn' as const),
        can: { detach: can('control.edit', [own.controlOwnerId]) },
      }
    })
    .toSorted((a, b) => compareRefs(a.ref, b.ref))
}
