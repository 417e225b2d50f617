import type { AttentionSource } from '#platform/attention/attention-source.ts'
import { isActive } from './reader.ts'

/** Roles that nobody who is here has taken on (5.3). */
export const peopleAttention: readonly AttentionSource[] = [
  {
    path: '/roles',
    readAction: 'role.read',
    reason: 'notTaken',
    count: `select count(*)::int from isms_role r where r.org_id = $1 and r.withdrawn_at is null and not exists (
      select from role_assignment a join person p on p.org_id = a.org_id and p.id = a.person_id
      where a.org_id = r.org_id and a.role_id = r.id and a.accepted_at is not null and a.declined_at is null
        and (a.ended_on is null or a.ended_on >= $2) and ${isActive('p')})`,
  },
]
