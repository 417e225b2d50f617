import type { Change } from '#kernel/change.ts'
import { ok, type Result } from '#kernel/result.ts'
import type { Artefact, ArtefactContent, ArtefactFields, Moment } from './artefact.ts'
import { addArtefact } from './artefact-steps.ts'

/** Where uploaded content ends up: in a new artefact, or in the one that already holds it. */
export type Placement =
  | { readonly outcome: 'added'; readonly change: Change<Artefact> }
  | { readonly outcome: 'recognised'; readonly artefact: Artefact }

/**
 * Records uploaded content as an artefact, unless a live one already holds the same: then that one is linked instead of
 * a second row. Who wants a second one says why (the same report, examined for another supplier).
 * Refuses as `addArtefact`.
 * @param sameHash the organization's artefacts with this hash, withdrawn ones too
 * @param separateBecause empty: recognise
 */
export function placeContent(
  key: Pick<Artefact, 'id' | 'orgId' | 'ref'>,
  fields: ArtefactFields,
  content: ArtefactContent,
  sameHash: readonly Artefact[],
  separateBecause: string,
  at: Moment,
): Result<Placement> {
  const [first] = sameHash
    .filter((artefact) => artefact.sha256 === content.sha256 && artefact.withdrawnAt === null)
    // Ids are made in order of time: the earliest is the one people know.
    .sort((a, b) => (a.id < b.id ? -1 : 1))
  const because = separateBecause.trim()
  if (first !== undefined && because === '') return ok({ outcome: 'recognised', artefact: first })
  const added = addArtefact(key, fields, content, at, because || null)
  return added.ok ? ok({ outcome: 'added', change: added.value }) : added
}
