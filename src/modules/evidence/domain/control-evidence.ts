import { type Change, changed, created, type RecordRow } from '#kernel/change.ts'
import type { Id } from '#kernel/id.ts'
import { ok, type Result, refuse } from '#kernel/result.ts'
import type { Artefact } from './artefact.ts'

/** An artefact stands for a control. One row per pair, whose `live` goes on and off. */
export interface ControlEvidence extends RecordRow {
  readonly id: Id<'control_evidence'>
  readonly controlId: Id<'control'>
  readonly artefactId: Id<'artefact'>
  readonly live: boolean
  /** A certificate or report that covers a provider's part; somebody has read its scope and validity. */
  readonly assurance: boolean
}

/**
 * Lets an artefact stand for a control; null when it already does, in this capacity. A link that was removed before is
 * switched on again.
 * Refuses `evidence.withdrawn`, and `evidence.assurance_unread`: an assurance counts only once a person has concluded
 * that it supports, and it says until when it is valid.
 * @param existing the row of this pair, if there ever was one
 */
export function attachArtefact(
  key: Pick<ControlEvidence, 'id' | 'orgId' | 'controlId'>,
  artefact: Artefact,
  existing: ControlEvidence | undefined,
  assurance = false,
): Result<Change<ControlEvidence> | null> {
  const { ref, title } = artefact
  if (artefact.withdrawnAt !== null) {
    return refuse('evidence.withdrawn', `${ref} ${title} was withdrawn and shows nothing any more.`, { ref })
  }
  if (assurance && !isReadAssurance(artefact)) {
    return refuse(
      'evidence.assurance_unread',
      `Before ${ref} covers a provider's part, read its scope, record your conclusion, and state until when it is valid.`,
      { ref },
      'assurance',
    )
  }
  if (!existing) {
    const link = { ...key, version: 1, artefactId: artefact.id, live: true, assurance }
    return ok(created('control_evidence', link, 'control.evidence_attached'))
  }
  if (existing.live && existing.assurance === assurance) return ok(null)
  return ok(changed('control_evidence', existing, { live: true, assurance }, 'control.evidence_attached'))
}

/** Takes the artefact away from the control; both stay. Null when it was not there. */
export function detachArtefact(link: ControlEvidence, reason = ''): Result<Change<ControlEvidence> | null> {
  if (!link.live) return ok(null)
  return ok(changed('control_evidence', link, { live: false }, 'control.evidence_detached', reason.trim() || null))
}

/** Whether a person has judged that the artefact supports what it is taken for, and its end is known. */
export const isReadAssurance = ({
  verdict,
  concludedBy,
  validUntil,
}: Pick<Artefact, 'verdict' | 'concludedBy' | 'validUntil'>): boolean =>
  verdict === 'supports' && concludedBy !== null && validUntil !== null
