import type { AttentionSource } from '#platform/attention/attention-source.ts'
import { roleTaken } from './reader.ts'

/** Roles that nobody who is here has taken on (5.3). */
export const peopleAttention: readonly AttentionSource[] = [
  {
    path: '/roles',
    readAction: 'role.read',
    reason: 'notTaken',
    count: `select count(*)::int from isms_role r
      where r.org_id = $1 and r.withdrawn_at is null and not ${roleTaken('r')}`,
  },
]
