import type { AttentionSource } from '#platform/attention/attention-source.ts'

const live = 'from obligation o where o.org_id = $1 and o.withdrawn_at is null'

/** Obligations whose review is late, or of which nobody has decided whether the ISMS addresses them (4.2 c). */
export const obligationAttention: readonly AttentionSource[] = [
  {
    path: '/obligations',
    readAction: 'obligation.read',
    reason: 'reviewOverdue',
    count: `select count(*)::int ${live} and o.review_on < $2`,
  },
  {
    path: '/obligations',
    readAction: 'obligation.read',
    reason: 'undecided',
    count: `select count(*)::int ${live} and o.addressed = 'undecided'`,
  },
]
