import type { Id } from '#kernel/id.ts'
import type { ControlEvidence } from '#modules/evidence/domain/control-evidence.ts'
import { statement } from '#platform/db/database.ts'
import type { Tx } from '#platform/db/transaction.ts'

/** The rows between one artefact and some controls: whole, because one that is switched on or off is written back so. */
export function evidenceLinks(
  tx: Tx,
  controlIds: readonly Id<'control'>[],
  artefactId: Id<'artefact'>,
): Promise<ControlEvidence[]> {
  return tx.rows<ControlEvidence>(
    statement(
      'select * from control_evidence where org_id = $1 and control_id = any($2) and artefact_id = $3 for update',
      [tx.org.id, controlIds, artefactId],
    ),
  )
}
