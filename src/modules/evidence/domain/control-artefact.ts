import { type Change, changed, created, type RecordRow } from '#kernel/change.ts'
import type { Id } from '#kernel/id.ts'
import { ok, type Result, refuse } from '#kernel/result.ts'
import type { Artefact } from './artefact.ts'

/** An artefact stands for a control. One row per pair, whose `live` goes on and off. */
export interface ControlArtefact extends RecordRow {
  readonly id: Id<'controlArtefact'>
  readonly controlId: Id<'control'>
  readonly artefactId: Id<'artefact'>
  /** What of the control it shows; empty when its title says enough. */
  readonly shows: string
  readonly live: boolean
}

/**
 * Lets an artefact stand for a control.
 * Refuses `evidence.withdrawn`, `evidence.already_attached`.
 * @param existing the row of this pair, if there ever was one
 * @param newId used when there was none
 */
export function attachArtefact(
  artefact: Artefact,
  controlId: Id<'control'>,
  existing: ControlArtefact | null,
  newId: Id<'controlArtefact'>,
  shows = '',
): Result<Change<ControlArtefact>> {
  if (artefact.withdrawnAt !== null) {
    return refuse('evidence.withdrawn', `${artefact.ref} ${artefact.title} was withdrawn and shows nothing any more.`, {
      ref: artefact.ref,
    })
  }
  if (existing?.live) {
    return refuse('evidence.already_attached', `${artefact.ref} already stands for this control.`, {
      ref: artefact.ref,
    })
  }
  if (existing !== null) {
    return ok(changed('controlArtefact', existing, { live: true, shows }, 'controlArtefact.attached'))
  }
  const link = { id: newId, orgId: artefact.orgId, version: 1, controlId, artefactId: artefact.id, shows, live: true }
  return ok(created('controlArtefact', link, 'controlArtefact.attached'))
}

/** Takes the artefact away from the control; both stay. Refuses `evidence.not_attached`. */
export function detachArtefact(link: ControlArtefact, reason = ''): Result<Change<ControlArtefact>> {
  if (!link.live) return refuse('evidence.not_attached', 'This artefact does not stand for the control any more.')
  return ok(changed('controlArtefact', link, { live: false }, 'controlArtefact.detached', reason.trim() || null))
}
