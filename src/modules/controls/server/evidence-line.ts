import type { Id } from '#kernel/id.ts'
import { addDays, type LocalDate } from '#kernel/time.ts'
import type { EvidenceLine } from '../domain/status.ts'

/** What the status rule needs to know of an artefact attached to a control. */
export interface EvidenceFacts {
  readonly id: Id<'artefact'>
  readonly ref: string
  readonly title: string
  readonly kind: string
  readonly validUntil: LocalDate | null
  readonly assurance: boolean
}

// Warned of this many days ahead, so that somebody can renew it in time.
const dueSoonDays = 30

/**
 * Evidence as the status rule weighs it. One interview is one person's word; two independent ones count, as does
 * anything that was seen, recorded or filed.
 */
export function evidenceLines<Facts extends EvidenceFacts>(
  facts: readonly Facts[],
  today: LocalDate,
): (EvidenceLine & { readonly id: Id<'artefact'>; readonly title: string })[] {
  const interviews = facts.filter((one) => one.kind === 'interview').length
  return facts.map((one) => ({
    id: one.id,
    ref: one.ref,
    title: one.title,
    freshness: freshnessOf(one.validUntil, today),
    acceptable: one.kind !== 'interview' || interviews >= 2,
    assurance: one.assurance,
  }))
}

function freshnessOf(validUntil: LocalDate | null, today: LocalDate): EvidenceLine['freshness'] {
  if (validUntil === null) return 'undated'
  if (validUntil < today) return 'stale'
  return validUntil <= addDays(today, dueSoonDays) ? 'dueSoon' : 'fresh'
}
