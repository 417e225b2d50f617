import type { z } from 'zod'
import type { Id } from '#kernel/id.ts'
import type { Tx } from '#platform/db/transaction.ts'
import type { Can } from '#platform/http/use-case.ts'
import type { artefactView } from '../contract.ts'

/** Where an artefact is used and what it is worth there. */
type EvidenceUse = z.output<typeof artefactView>['uses'][number]

/** What uses an artefact, in one statement. */
export type EvidenceUses = (tx: Tx, artefact: Id<'artefact'>, can: Can) => Promise<EvidenceUse[]>

let usesOf: EvidenceUses = async () => []

/** The controls module, which comes later, says what its controls make of an artefact; `app` connects the two. */
export function publishEvidenceUses(published: EvidenceUses): void {
  usesOf = published
}

/** Where an artefact is used, as published. */
export const evidenceUses: EvidenceUses = (tx, artefact, can) => usesOf(tx, artefact, can)
