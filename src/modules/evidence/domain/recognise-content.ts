import type { Artefact, ArtefactContent } from './artefact.ts'

/**
 * The live artefact that already holds uploaded content, the earliest of several: it is linked instead of recorded a
 * second time. Who wants a second one says why (the same report, examined for another supplier).
 * @param sameHash the organization's artefacts with this hash, withdrawn ones too
 * @param separateBecause empty: recognise
 */
export function recogniseContent(
  content: Pick<ArtefactContent, 'sha256'>,
  sameHash: readonly Artefact[],
  separateBecause: string,
): Artefact | undefined {
  if (separateBecause.trim() !== '') return undefined
  const [first] = sameHash
    .filter((artefact) => artefact.sha256 === content.sha256 && artefact.withdrawnAt === null)
    // Ids are made in order of time: the earliest is the one people know.
    .sort((a, b) => (a.id < b.id ? -1 : 1))
  return first
}
