import type { Change } from '#kernel/change.ts'
import type { Id } from '#kernel/id.ts'
import type { Refusal, Result } from '#kernel/result.ts'
import type { Dossier } from './dossier.ts'

/** What came of signing several risks at once. */
export interface BatchOutcome {
  readonly changes: readonly Change[]
  readonly signed: readonly Id<'risk'>[]
  readonly refused: readonly { readonly riskId: Id<'risk'>; readonly ref: string; readonly refusal: Refusal }[]
}

/**
 * Signs several risks in one go, each by its own rule and over its own state; a risk that is refused does not stop the others.
 * @param sign one of the acts: `(dossier) => approvePlan(dossier, at)`; a risk listed twice is signed once
 */
export function signBatch(
  dossiers: readonly Dossier[],
  sign: (dossier: Dossier) => Result<readonly Change[] | Change>,
): BatchOutcome {
  const changes: Change[] = []
  const signed: Id<'risk'>[] = []
  const refused: BatchOutcome['refused'][number][] = []
  const seen = new Set<Id>()
  for (const dossier of dossiers) {
    const { id, ref } = dossier.risk
    if (seen.has(id)) continue
    seen.add(id)
    const result = sign(dossier)
    if (!result.ok) {
      refused.push({ riskId: id, ref, refusal: result.refusal })
      continue
    }
    signed.push(id)
    changes.push(...('type' in result.value ? [result.value] : result.value))
  }
  return { changes, signed, refused }
}
