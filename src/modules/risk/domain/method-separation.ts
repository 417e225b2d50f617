/** How many people stand behind an approval. `unknown`: an API token or the system wrote a part of what was approved. */
export const methodSeparations = ['twoPersons', 'onePerson', 'unknown'] as const
export type MethodSeparation = (typeof methodSeparations)[number]

/** Who did something, as histories keep it. */
export interface Hand {
  readonly kind: 'person' | 'token' | 'system'
  readonly id: string | null
}

/**
 * Whether another person than who approves a version has written it. Approving one's own work is not refused, but told
 * wherever the approval is.
 * @param authors all who drafted or edited it
 */
export function methodSeparation(authors: readonly Hand[], approver: Hand): MethodSeparation {
  const people = authors.filter((author) => author.kind === 'person')
  // Whoever approves it may have made the token that wrote it.
  if (approver.kind !== 'person' || people.length === 0) return 'unknown'
  if (people.some((author) => author.id !== approver.id)) return 'twoPersons'
  return people.length < authors.length ? 'unknown' : 'onePerson'
}
